"""The rules of `python -m bot check`, one module for each kind of thing that they look at."""
