"""What Labmate shows: pure functions from facts to Block Kit. No queries, no clock, no settings."""
