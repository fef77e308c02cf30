"""The only package that speaks Slack: Labmate's ears and mouth."""
