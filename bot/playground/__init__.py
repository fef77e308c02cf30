"""A Slack workspace on this machine; imports nothing of Labmate's."""
