"""All the contents together: their names, addresses, links, citations and git history."""
