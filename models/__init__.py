"""What Labmate knows: the ceremonies, and the record they leave. No Slack, no wall clock."""
