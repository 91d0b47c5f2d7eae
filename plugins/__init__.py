"""Passerelle: the domain, its serializers and the Pelican plugin that carries them."""
