"""The optional second opinion: sentences as vectors, by a small fixed model in numpy. It ranks; it writes nothing."""
