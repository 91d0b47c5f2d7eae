"""What robots may visit (RFC 9309)."""


def to_robots(sitemap: str, *, may_index: bool = True) -> bytes:
    """Return robots.txt; `sitemap` is absolute, and nothing is to be visited unless `may_index`."""
    if not may_index:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n".encode()
