"""Files that robots read."""
