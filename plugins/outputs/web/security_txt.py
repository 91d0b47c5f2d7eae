"""Whom to tell of a security hole (RFC 9116)."""

from datetime import date, timedelta

VALID_FOR = timedelta(days=364)
"""The RFC recommends less than a year."""


def to_security_txt(mailbox: str, canonical: str, built_on: date) -> bytes:
    """Return security.txt, valid for a year from the day of the build; `canonical` is absolute."""
    lines = (
        f"Contact: mailto:{mailbox}",
        f"Expires: {(built_on + VALID_FOR).isoformat()}T00:00:00Z",
        "Preferred-Languages: fr, en",
        f"Canonical: {canonical}",
    )
    return "".join(f"{line}\n" for line in lines).encode()
