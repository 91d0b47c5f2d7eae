"""Addresses: made absolute, of the agenda, of mailboxes (`mailto:`); reserved hosts."""

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit

from plugins.french.typography import NBSP, plain

_RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")


def absolute(site_url: str, address: str) -> str:
    """Return an address, escaped; an address of the site gets its scheme and host.

    Existing escapes are kept, and links within a page (`#…`) are returned unchanged.
    """
    if address.startswith("#"):
        return address
    if address.startswith("/"):
        return f"{site_url.rstrip('/')}{quoted(address)}"
    host = urlsplit(address).netloc
    if not host:
        return quoted(address)
    scheme, _, rest = address.partition("//")
    return f"{scheme}//{_ascii_host(host)}{quoted(rest.removeprefix(host))}"


# The same addresses are on many pages, in their links and in their structured data.
@lru_cache(maxsize=65_536)
def quoted(address: str) -> str:
    """Escape the characters that an address may not contain (RFC 3986, 2)."""
    return quote(address, safe="/#?&=%+:;,@!$'()*~-._")


def is_reserved(host: str) -> bool:
    """Return True for loopback addresses and reserved host names (RFC 2606, RFC 6761)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return any(f".{host}".endswith(f".{name}") for name in _RESERVED)


def year_address(year: int) -> str:
    """Return the address of a year's page."""
    return f"/agenda/{year:04d}/"


def news_address(year: int) -> str:
    """Return the address of the articles of a year."""
    return f"/actualites/{year:04d}/"


def month_address(year: int, month: int) -> str:
    """Return the address of a month's page."""
    return f"/agenda/{year:04d}/{month:02d}/"


def _ascii_host(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:  # a label that is too long or holds forbidden characters
        return quote(host)


_SCHEME = "mailto:"
_FIELDS = {"subject": "objet", "body": "texte"}


def mailto(mailbox: str, subject: str | None = None) -> str:
    """Return a `mailto:` link with a subject."""
    return f"{_SCHEME}{mailbox}" + (f"?subject={quote(plain(subject))}" if subject else "")


def in_words(address: str) -> str:
    """Return a `mailto:` link as an instruction to a person; any other address unchanged.

    « écrire à a@b.fr, avec pour objet « Inscription » »: the reader copies the subject.
    """
    if not address.startswith(_SCHEME):
        return address
    parts = urlsplit(address)
    filled = [
        f"pour {_FIELDS[name.lower()]} «{NBSP}{' '.join(unquote(value).split())}{NBSP}»"
        for name, _, value in (field.partition("=") for field in parts.query.split("&"))
        if name.lower() in _FIELDS and value
    ]
    words = f"écrire à {unquote(parts.path).replace(',', ', ')}"
    return f"{words}, avec {' et '.join(filled)}" if filled else words
