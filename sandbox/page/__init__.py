"""Keeps the page in the browser: what a person sees of the sandbox, and how what they do reaches the Actor."""

from sandbox.page.routes import routes

__all__ = ["routes"]
