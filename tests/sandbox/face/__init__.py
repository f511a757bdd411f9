"""The face of the sandbox: validation, rendering and the page."""
