"""A text in Markdown becomes a body: safe, typeset HTML with its links and blocks told apart."""
