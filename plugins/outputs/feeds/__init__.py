"""Feeds: RSS, Atom, JSON Feed, and their list."""
