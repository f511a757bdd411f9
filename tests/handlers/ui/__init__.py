"""Pictures: pure functions, called plainly."""
