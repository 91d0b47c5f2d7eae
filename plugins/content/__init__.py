"""The content folder: its files, each read to a record."""
