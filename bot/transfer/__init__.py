"""Experiment logs as files: `labmate import` and `labmate export` (docs/import.md)."""
