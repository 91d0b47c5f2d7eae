"""Views: frozen data for templates and outputs, made from the index as of a day."""
