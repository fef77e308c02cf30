"""Wiring and entry points: what runs Labmate. Imported by nobody."""
