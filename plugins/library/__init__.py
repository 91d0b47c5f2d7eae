"""All the contents together: names, addresses, links, citations, what git knows of them."""
