"""Addresses made absolute, hosts that nobody can reach, links that write to a mailbox."""

from __future__ import annotations

import pytest

from plugins.library.addresses import absolute, in_words, is_reserved, mailto

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


TO_A = "écrire à a@b.fr"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mailto:a@b.fr", TO_A),
        ("mailto:a%2Bz@b.fr,c@d.fr", "écrire à a+z@b.fr, c@d.fr"),
        (mailto("a@b.fr", "L’objet : un"), f"{TO_A}, avec pour objet «\u00a0L'objet : un\u00a0»"),
        ("mailto:a@b.fr?Subject=x+y", f"{TO_A}, avec pour objet «\u00a0x+y\u00a0»"),
        (
            "mailto:a@b.fr?body=SIGNOFF%0D%0Alettre",
            f"{TO_A}, avec pour texte «\u00a0SIGNOFF lettre\u00a0»",
        ),
        (
            "mailto:a@b.fr?subject=x&body=y",
            f"{TO_A}, avec pour objet «\u00a0x\u00a0» et pour texte «\u00a0y\u00a0»",
        ),
        ("mailto:a@b.fr?subject=&cc=c@d.fr", TO_A),
        ("https://b.fr/?a=mailto:", "https://b.fr/?a=mailto:"),
    ],
)
def test_what_a_link_does_in_words(address: str, words: str) -> None:
    assert in_words(address) == words
