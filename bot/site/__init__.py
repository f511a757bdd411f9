"""The reader's view: the whole base as a small static site, worked out for one day, and as files for programs."""
