"""`mailto:` links to functional mailboxes (RFC 6068), and their words."""

from urllib.parse import quote, unquote, urlsplit

from plugins.french.typography import NBSP, plain

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
