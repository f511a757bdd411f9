"""Stories, each told through the real Bolt app: what Slack sent, what it was told, and what is remembered."""
