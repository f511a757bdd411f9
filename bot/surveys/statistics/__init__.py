"""The sums of a report: plain numbers in, estimates with their uncertainty out. Each formula names its source."""
