"""Addresses on the web: those of the site made absolute, those of the agenda, reserved hosts."""

from ipaddress import ip_address
from urllib.parse import quote, urlsplit

_RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")


def absolute(site_url: str, address: str) -> str:
    """Return an address of the site with scheme and host, and one of the web as it is, escaped.

    Escapes already there stay, and so does a link within a page (`#…`).
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


def quoted(address: str) -> str:
    """Escape the characters that no address may hold (RFC 3986, 2)."""
    return quote(address, safe="/#?&=%+:;,@!$'()*~-._")


def is_reserved(host: str) -> bool:
    """Return True for this machine and for the hosts of examples (RFC 2606, RFC 6761)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return any(f".{host}".endswith(f".{name}") for name in _RESERVED)


def year_address(year: int) -> str:
    """Return the address of a year's page."""
    return f"/agenda/{year:04d}/"


def month_address(year: int, month: int) -> str:
    """Return the address of a month's page."""
    return f"/agenda/{year:04d}/{month:02d}/"


def _ascii_host(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:  # a label too long, or of signs that no host has
        return quote(host)
