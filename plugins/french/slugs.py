"""Slugs: the last part of the address of a content."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from plugins.faults import RightFormError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_LENGTH = 80


# The same names of themes and series are on many contents.
@lru_cache(maxsize=16_384)
def slugify(text: str) -> str:
    """Return the slug of a French text: ASCII lower case, words joined by single hyphens.

    A long one is cut between two words at ``MAX_LENGTH``. Raise ValueError when no letter is left.
    """
    folded = text.casefold().replace("œ", "oe").replace("æ", "ae")
    letters = unicodedata.normalize("NFKD", folded)
    bare = "".join(c for c in letters if not unicodedata.combining(c) and c != "\u00ad").lower()
    slug = _cut("-".join(re.findall(r"[a-z0-9]+", bare)))
    if not slug:
        raise ValueError(
            f"« {_shown(text)} » n’a ni lettre latine ni chiffre. Écrivez un slug, par exemple "
            "ma-page."
        )
    return slug


def check_slug(text: str) -> None:
    """Raise ValueError (French, with the right form) for a text that is no slug."""
    if SLUG.fullmatch(text):
        if len(text) > MAX_LENGTH:
            raise RightFormError(
                f"« {_shown(text)} » a {len(text)} caractères, {MAX_LENGTH} au plus. "
                f"Écrivez {_cut(text)}.",
                _cut(text),
            )
        return
    fault = f"« {_shown(text)} » {_fault(text)}."
    try:
        right = slugify(text)
    except ValueError:
        raise ValueError(f"{fault} Écrivez par exemple ma-page.") from None
    message = f"{fault} Écrivez {right}."
    # « ../bilan » may be meant for a link, or for another field.
    raise ValueError(message) if "/" in text or "\\" in text else RightFormError(message, right)


def _cut(slug: str) -> str:
    if len(slug) <= MAX_LENGTH:
        return slug
    head, hyphen, _ = slug[: MAX_LENGTH + 1].rpartition("-")
    return head if hyphen else slug[:MAX_LENGTH]


def _shown(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown[:40] + "…" if len(shown) > 40 else shown


def _fault(text: str) -> str:
    if not text.strip():
        return "est vide"
    if "/" in text or "\\" in text or ".." in text:
        return "sort de son dossier : un slug n’a ni barre ni points"
    if any(c.isspace() for c in text):
        return "contient une espace"
    if text != text.lower():
        return "contient une majuscule"
    if not text.isascii():
        return "contient un accent ou un signe spécial"
    return "n’a pas que des lettres de a à z, des chiffres et des traits d’union simples"
