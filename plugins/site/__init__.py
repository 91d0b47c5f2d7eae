"""The plan of the site, part by part: every page and file."""
