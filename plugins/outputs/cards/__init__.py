"""The pictures by which social networks announce the pages that have none of their own."""
