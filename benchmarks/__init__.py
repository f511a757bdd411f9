"""Measured side by side in one run on one machine. Read the ratios; the milliseconds belong to the machine."""
