"""HTML as plain text."""
