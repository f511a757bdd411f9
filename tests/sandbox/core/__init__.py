"""The sandbox's core: what Slack promises an app, checked with a tiny Bolt app that does not know it is not Slack."""
