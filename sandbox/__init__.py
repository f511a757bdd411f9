"""A small stand-in for Slack on this machine: the unchanged bot connects to it, and a person chats in a browser."""
