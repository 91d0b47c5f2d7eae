"""Links that write to a functional mailbox."""

from urllib.parse import quote

from plugins.core.typography import plain


def mailto(mailbox: str, subject: str | None = None) -> str:
    """Return a `mailto:` link (RFC 6068), its subject filled in."""
    return f"mailto:{mailbox}" + (f"?subject={quote(plain(subject))}" if subject else "")
