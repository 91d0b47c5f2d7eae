"""What pages and outputs show: frozen data, made from the library as of a day."""
