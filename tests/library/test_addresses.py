"""Addresses made absolute, and hosts that nobody can reach."""

from __future__ import annotations

import pytest

from plugins.library.addresses import absolute, is_reserved

SITE = "https://passerelle.example"


@pytest.mark.parametrize(
    ("site_url", "address", "expected"),
    [
        (SITE, "/", "https://passerelle.example/"),
        (f"{SITE}/", "/agenda/", "https://passerelle.example/agenda/"),
        ("https://hote.example/un/chemin", "/agenda/", "https://hote.example/un/chemin/agenda/"),
        (SITE, "/evenements/x/#seance-2", "https://passerelle.example/evenements/x/#seance-2"),
        (SITE, "/images/été 1.svg", "https://passerelle.example/images/%C3%A9t%C3%A9%201.svg"),
        (SITE, "https://ailleurs.example/é?a=1,2", "https://ailleurs.example/%C3%A9?a=1,2"),
        (SITE, "https://ailleurs.example/é à%20b", "https://ailleurs.example/%C3%A9%20%C3%A0%20b"),
        (SITE, "https://été.example:81/é", "https://xn--t-9fab.example:81/%C3%A9"),
        (SITE, "https://[::1]:81/[a]", "https://[::1]:81/%5Ba%5D"),
        (SITE, f"https://{'é' * 70}.example/", f"https://{'%C3%A9' * 70}.example/"),
        (
            SITE,
            "mailto:a@b.example?subject=Été à",
            "mailto:a@b.example?subject=%C3%89t%C3%A9%20%C3%A0",
        ),
        (SITE, "#été", "#été"),
    ],
)
def test_absolute(site_url: str, address: str, expected: str) -> None:
    assert absolute(site_url, address) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("passerelle.example", True),
        ("www.example.org", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("passerelle.fr", False),
        ("monexample.fr", False),
        ("contest", False),
        ("192.0.2.1", False),
        ("", False),
    ],
)
def test_is_reserved(host: str, expected: bool) -> None:
    assert is_reserved(host) is expected
