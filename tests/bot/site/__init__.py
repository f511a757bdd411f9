"""Tests of what the bot knows: rules and values, through plain calls."""
