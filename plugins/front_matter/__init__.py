"""Headers and data files: YAML read with the place of every value, and validated."""
