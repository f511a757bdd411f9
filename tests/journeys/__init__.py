"""People in a browser, the sandbox, and the bot as it is shipped: nothing stands in for anything but Slack itself."""
