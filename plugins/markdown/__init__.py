"""Markdown converted into bodies: safe, typeset HTML, its links and its blocks kept apart."""
