"""Tests of surveys: what is asked, when, and what may be said of the answers."""
