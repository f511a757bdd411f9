"""The curated base: its records, how they are read and checked, how they are found, and what is said."""
