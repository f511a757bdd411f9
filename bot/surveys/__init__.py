"""Surveys: what is asked, when, and what may be said of the answers."""
