"""Whom to tell of a security hole."""

import datetime as dt

from plugins.outputs.web.security_txt import to_security_txt


def test_security_txt() -> None:
    text = to_security_txt(
        "contact@passerelle.example",
        "https://passerelle.example/.well-known/security.txt",
        dt.date(2024, 1, 8),
    )
    assert text.decode() == (
        "Contact: mailto:contact@passerelle.example\n"
        "Expires: 2025-01-06T00:00:00Z\n"
        "Preferred-Languages: fr, en\n"
        "Canonical: https://passerelle.example/.well-known/security.txt\n"
    )
    # RFC 9116 (2.5.5) asks for less than a year ahead.
    assert dt.datetime.fromisoformat("2025-01-06T00:00:00Z") < dt.datetime(
        2025, 1, 8, tzinfo=dt.UTC
    )
