"""Labmate's sense of time: the ticker, what is due, and delivery."""
