"""Messages, with remedies, for links to missing files and for files that are not pictures."""

import posixpath
import re
from collections.abc import Collection
from difflib import get_close_matches

from plugins.content.folder import how_to_convert
from plugins.faults import shorten
from plugins.french.typography import fold
from plugins.markdown.sanitizer import is_of_a_computer, refused_address

# Similarity of two names, from 0 to 1, above which one may be a mistyping of the other.
_NEAR = 0.7
_MAILBOX = re.compile(r"[^@\s/]+@[^@\s/.]+(\.[^@\s/.]+)+")
_WEB_HOST = re.compile(r"www\.|[\w.-]+\.(?:fr|com|org|net|eu)(?:[/:?#]|$)")


def is_mailbox(text: str) -> bool:
    """Return True when a text is the address of a mailbox."""
    return bool(_MAILBOX.fullmatch(text))


def missing(target: str, inside: str, known: Collection[str], folder: str | None) -> str:
    """Return the message for a missing file, with the link to write to the nearest known file.

    `inside`, `known` and `folder` are paths from the content folder. `folder` is the folder of the
    text with the link; None when the target starts from the content folder itself.
    """
    if is_mailbox(target):
        return f"{shorten(target)} est une adresse de messagerie. Écrivez « mailto:{target} »."
    if _WEB_HOST.match(target):
        return f"{shorten(target)} est une adresse du web. Écrivez « https://{target} »."
    if is_of_a_computer(target):
        return refused_address(target)
    near = nearest(inside, known)
    if near and folder is not None:
        near = f"/{near}" if target.startswith("/") else posixpath.relpath(near, folder or ".")
        near = near.replace(" ", "%20")
    if "\\" in target:
        right = near or target.replace("\\", "/")
        return f"{shorten(target)} : les dossiers se séparent par « / ». Écrivez « {right} »."
    hint = f"Vouliez-vous « {near} » ?" if near else "Corrigez le chemin ou retirez le lien."
    return f"{shorten(target)} : aucun fichier « content/{inside} ». {hint}"


def nearest(path: str, known: Collection[str]) -> str | None:
    """Return the known path with the most similar file name, in any folder, None if too unlike."""
    by_name: dict[str, list[str]] = {}
    for other in known:
        by_name.setdefault(_name(other), []).append(other)
    names = get_close_matches(_name(path), by_name, n=1, cutoff=_NEAR)
    close = get_close_matches(path, by_name[names[0]], n=1, cutoff=0) if names else []
    return close[0] if close else None


def not_a_picture(file: str) -> str:
    """Return the message for a file named like a picture that is not a picture."""
    if remedy := how_to_convert(file):
        return f"{shorten(file)} n’est pas une image que montrent les navigateurs. {remedy}"
    if file.lower().endswith(".svg"):
        return (
            f"{shorten(file)} n’est pas un dessin, contient un programme ou appelle un autre "
            "fichier. Exportez-le de nouveau, sans script, ses images incorporées."
        )
    return f"{shorten(file)} n’est pas une image lisible. Enregistrez-la de nouveau."


def _name(path: str) -> str:
    """Return the file name of a path for comparison: folded, without suffix, spaces as hyphens."""
    stem = posixpath.splitext(posixpath.basename(path.rstrip("/").replace("\\", "/")))[0]
    return re.sub(r"[ _-]+", "-", fold(stem))
