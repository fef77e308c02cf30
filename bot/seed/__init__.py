"""The team that `labmate play` begins with, and the weeks that it has behind it."""
