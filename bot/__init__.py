"""What the bot knows. No Slack, no SQL, no clock: values and functions of values."""
