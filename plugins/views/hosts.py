"""Names of hosts that stand for others, and that nobody can reach."""

from ipaddress import ip_address

_RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")


def is_reserved(host: str) -> bool:
    """Tell whether a host is this machine, or an example (RFC 2606, RFC 6761)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return any(f".{host}".endswith(f".{name}") for name in _RESERVED)
