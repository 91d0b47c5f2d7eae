"""The theme: Jinja, the media of a text, the assets."""
