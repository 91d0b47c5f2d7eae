"""Structured data: what search engines are told of a page, as JSON-LD 1.1 (schema.org)."""
