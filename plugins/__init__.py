"""Passerelle: the domain, its serializers and the Pelican adapters that carry them."""
