"""Pictures: a value of the domain in, Block Kit out; and forms read back where they were drawn."""
