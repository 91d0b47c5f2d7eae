"""The header of a file: YAML read with the place of every value, judged by its model."""
