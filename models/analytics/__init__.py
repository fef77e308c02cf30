"""What needs pandas or the plotting library. It runs in a child process and is imported by nothing else.

The parent's side is `models.frames`.
"""
