"""Views: frozen data for templates and outputs, made from the library as of a day."""
