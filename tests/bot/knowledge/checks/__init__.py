"""Tests of the knowledge base: reading, finding, replying."""
