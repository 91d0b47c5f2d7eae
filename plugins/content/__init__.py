"""The content folder: its files, each read into a record."""
