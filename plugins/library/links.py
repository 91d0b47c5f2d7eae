"""Links of a text: to contents, files, anchors of the page, the web; the remedy for a wrong one."""

import posixpath
import re
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from plugins.content.folder import how_to_convert
from plugins.content.pictures import objection
from plugins.content.record import AnyRecord, has_header
from plugins.faults import shorten
from plugins.french.slugs import slugify
from plugins.french.typography import fold
from plugins.library.addresses import absolute
from plugins.library.authors import author_address
from plugins.library.event_dates import anchors
from plugins.library.selection import Selection, State
from plugins.markdown.bodies import Link
from plugins.markdown.sanitizer import SCHEMES, is_of_a_computer, refused_address
from plugins.models import EventHeader
from plugins.models.blocks import ButtonBlock, ImageBlock

_PELICAN = ("{filename}", "{static}", "{attach}", "|filename|", "|static|", "|attach|")

_SITTING = re.compile(r"seance-([0-9]{4}-[0-9]{2}-[0-9]{2})")

FILE_OF_BLOCK = "/// image fichier"


class BrokenLinkError(ValueError):
    """A link is broken; the French message gives the cause and the remedy.

    `right` is the link that was certainly meant, None in doubt.
    """

    def __init__(self, message: str, right: str | None = None) -> None:
        """Keep the right link beside the message."""
        super().__init__(message)
        self.right = right


def resolve(target: str, record: AnyRecord, selection: Selection) -> str:
    """Return the address of a link written in a content.

    Raises `BrokenLinkError` when the link names a missing or unpublished file. A site address
    (`/agenda/`) is returned unchanged: only the plan of the site can tell whether it exists.
    """
    target = _without_pelican(target.strip())
    try:
        parts = urlsplit(target)
    except ValueError:
        raise BrokenLinkError(f"{shorten(target)} n’est pas une adresse lisible.") from None
    if parts.netloc and not parts.scheme:
        raise BrokenLinkError(f"{shorten(target)} : écrivez l’adresse entière, avec https://.")
    if parts.scheme:
        _check_outside(parts, target)
        # A telephone number is dialled without the spaces that make it legible (RFC 3966, 3).
        return re.sub(r"\s", "", target) if parts.scheme == "tel" else absolute("", target)
    if not parts.path:
        _check_fragment(parts.fragment, record, selection, target)
        return target
    return _resolve_path(parts, target, record, selection)


def _resolve_path(parts: SplitResult, target: str, record: AnyRecord, selection: Selection) -> str:
    static = selection.contents.static
    path = unquote(parts.path)
    if "\\" in path:
        inside = _inside(path.replace("\\", "/"), record, target)
        known = (*static, *selection.linkable_files)
        raise missing(target, inside, known, folder_of(record))
    if path.startswith("/") and not path.endswith(".md") and path[1:] not in static:
        return target
    inside = _inside(path, record, target)
    if inside.endswith(".md"):
        found = _published(inside, record, selection, target)
        if selection.state_of(found) is not State.BROKEN:
            _check_fragment(parts.fragment, found, selection, target)
        is_there = not _is_of_other_years(parts.fragment, found, selection)
        return found.address + _tail(parts.query, parts.fragment * is_there)
    if inside not in static:
        raise missing(target, inside, static, folder_of(record))
    return f"/{inside}{_tail(parts.query, parts.fragment)}"


def _check_outside(parts: SplitResult, target: str) -> None:
    if parts.scheme not in SCHEMES:
        raise BrokenLinkError(refused_address(target))
    if not (parts.hostname if parts.scheme.startswith("http") else parts.path):
        raise BrokenLinkError(f"{shorten(target)} n’est pas une adresse entière. Complétez-la.")
    mailboxes = unquote(parts.path).split(",") if parts.scheme == "mailto" else []
    if not all(is_mailbox(mailbox.strip()) for mailbox in mailboxes):
        raise BrokenLinkError(
            f"{shorten(target)} : l’adresse de messagerie n’est pas entière. "
            "Écrivez-la sous la forme mailto:nom@domaine.fr."
        )


def _without_pelican(target: str) -> str:
    target = unquote(target) if target[:3] in {"%7B", "%7C"} else target
    for mark in _PELICAN:
        if target.startswith(mark):
            return target.removeprefix(mark)
    return _page_of_pelican(target)


def _page_of_pelican(target: str) -> str:
    """Return the address of one of Pelican's generated pages, when the site has its equivalent."""
    kind, _, name = target.partition("}")
    match kind:
        case "{index":
            return "/"
        case "{tag" if name:
            try:
                return theme_address(name)
            except ValueError:
                return target
        case "{author" if name:
            return author_address(name) or target
        case "{category":
            raise BrokenLinkError(
                f"{shorten(target)} : ce site n’a pas de page par rubrique. Retirez le lien."
            )
    return target


def theme_address(name: str) -> str:
    """Return the address of a theme's page."""
    return f"/themes/{slugify(name)}/"


def _inside(path: str, record: AnyRecord, target: str) -> str:
    """Return the path relative to the content folder, `/`-separated."""
    if path.startswith("/"):
        return posixpath.normpath(path[1:])
    joined = posixpath.normpath(posixpath.join(folder_of(record), path))
    if joined.startswith(".."):
        raise BrokenLinkError(
            f"{shorten(target)} sort du dossier « content ». Visez un fichier du contenu."
        )
    return joined


def folder_of(record: AnyRecord) -> str:
    """Return the folder of a content, relative to the content folder."""
    return "/".join(record.path.parts[1:-1])


def _published(inside: str, record: AnyRecord, selection: Selection, target: str) -> AnyRecord:
    root = Path(selection.contents.root.name)
    found = selection.at_path(root / inside)
    if found is None:
        known = selection.linkable_files
        raise missing(target, inside, known, folder_of(record))
    if selection.state_of(found) is State.UNPUBLISHED:
        raise BrokenLinkError(unpublished(target))
    return found


def unpublished(target: str) -> str:
    """Return the message about a link to an unpublished content."""
    return (
        f"{shorten(target)} n’est pas publié (brouillon, à paraître ou expiré). "
        "Publiez-le ou retirez le lien."
    )


def _check_fragment(fragment: str, record: AnyRecord, selection: Selection, target: str) -> None:
    fragment = unquote(fragment)
    if not fragment or fragment in record.body.ids:
        return
    if has_header(record, EventHeader) and fragment in anchors(record.header, selection.today):
        return
    if _is_of_other_years(fragment, record, selection):
        return
    close = get_close_matches(fragment, list(record.body.ids), n=1, cutoff=0.6)
    hint = f"Vouliez-vous « #{close[0]} » ?" if close else "Retirez « # » et ce qui suit."
    raise BrokenLinkError(
        f"{shorten(target)} : pas d’intertitre « #{fragment} » à cet endroit. {hint}"
    )


def _tail(query: str, fragment: str) -> str:
    return SplitResult("", "", "", query, fragment).geturl()


def _is_of_other_years(fragment: str, record: AnyRecord, selection: Selection) -> bool:
    """Return True for a sitting of an endless rule in a year that the event's page does not show.

    The link was right when written: the passing of time must not stop a publication.
    """
    day = _SITTING.fullmatch(fragment)
    if not day or not has_header(record, EventHeader):
        return False
    recurrence = record.header.recurrence_set
    is_shown = fragment in anchors(record.header, selection.today)
    if not recurrence or not recurrence.is_endless or is_shown:
        return False
    try:
        return recurrence.plans(date.fromisoformat(day[1]))
    except ValueError:
        return False


def links_of(record: AnyRecord) -> Iterator[Link]:
    """Yield the links and images of a text, blocks included."""
    yield from (link for _, link in named_links(record))


def pictures_of(record: AnyRecord) -> Iterator[Link]:
    """Yield the images of a content: its illustration, then the images of its text."""
    if record.header.image:
        place = record.locate(("image", "fichier"))
        yield Link(f"/{record.header.image.file}", place, is_image=True)
    yield from (link for link in links_of(record) if link.is_image)


def named_links(record: AnyRecord) -> Iterator[tuple[str, Link]]:
    """Yield the links of a text, each after the field name that faults use."""
    for link in record.body.links:
        yield "image" if link.is_image else "lien", link
    for block in record.body.blocks():
        match block.options:
            case ButtonBlock():
                yield "/// bouton adresse", Link(block.options.target, block.place("adresse"))
            case ImageBlock():
                place = block.place("fichier")
                yield FILE_OF_BLOCK, Link(f"/{block.options.file}", place, is_image=True)


# Similarity of two names, from 0 to 1, above which one may be a mistyping of the other.
_NEAR = 0.7
_MAILBOX = re.compile(r"[^@\s/]+@[^@\s/.]+(\.[^@\s/.]+)+")
_WEB_HOST = re.compile(r"www\.|[\w.-]+\.(?:fr|com|org|net|eu)(?:[/:?#]|$)")


def is_mailbox(text: str) -> bool:
    """Return True when a text is the address of a mailbox."""
    return bool(_MAILBOX.fullmatch(text))


def missing(
    target: str, inside: str, known: Collection[str], folder: str | None
) -> BrokenLinkError:
    """Return the fault of a missing file, with the link to write to the nearest known file.

    `inside`, `known` and `folder` are paths from the content folder. `folder` is the folder of the
    text with the link; None when the target starts from the content folder itself.
    """
    if is_mailbox(target):
        right = f"mailto:{target}"
        message = f"{shorten(target)} est une adresse de messagerie. Écrivez « {right} »."
        return BrokenLinkError(message, right)
    if _WEB_HOST.match(target):
        right = f"https://{target}"
        message = f"{shorten(target)} est une adresse du web. Écrivez « {right} »."
        return BrokenLinkError(message, right)
    if is_of_a_computer(target):
        return BrokenLinkError(refused_address(target))
    same = same_file(inside, known)
    near = same or nearest(inside, known)
    if near and folder is not None:
        near = f"/{near}" if target.startswith("/") else posixpath.relpath(near, folder or ".")
        near = near.replace(" ", "%20")
    if "\\" in target:
        right = near or target.replace("\\", "/")
        message = f"{shorten(target)} : les dossiers se séparent par « / ». Écrivez « {right} »."
        return BrokenLinkError(message, near if same else None)
    hint = f"Vouliez-vous « {near} » ?" if near else "Corrigez le chemin ou retirez le lien."
    message = f"{shorten(target)} : aucun fichier « content/{inside} ». {hint}"
    return BrokenLinkError(message, near if same else None)


def same_file(path: str, known: Collection[str]) -> str | None:
    """Return the only known path that a path is but for capitals, accents, spaces and hyphens."""
    found = [other for other in known if _spoken(other) == _spoken(path)]
    return found[0] if len(found) == 1 else None


def nearest(path: str, known: Collection[str]) -> str | None:
    """Return the known path with the most similar file name, in any folder, None if too unlike."""
    by_name: dict[str, list[str]] = {}
    for other in known:
        by_name.setdefault(_name(other), []).append(other)
    names = get_close_matches(_name(path), by_name, n=1, cutoff=_NEAR)
    close = get_close_matches(path, by_name[names[0]], n=1, cutoff=0) if names else []
    return close[0] if close else None


def picture_fault(written: str, path: Path) -> str | None:
    """Return the message for a file that cannot be published as a picture, None for a sound one.

    `written` is its name in the content.
    """
    if remedy := how_to_convert(written):
        return f"{shorten(written)} n’est pas une image que montrent les navigateurs. {remedy}"
    said = objection(path)
    return f"{shorten(written)} {said}" if said else None


def _name(path: str) -> str:
    """Return the file name of a path for comparison: folded, without suffix, spaces as hyphens."""
    return _spoken(posixpath.splitext(posixpath.basename(path.rstrip("/").replace("\\", "/")))[0])


def _spoken(path: str) -> str:
    return re.sub(r"[ _-]+", "-", fold(path))
