"""Where the links of a text lead: other contents, files, places of the page, the web."""

import posixpath
import re
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from plugins.content.image_size import is_picture
from plugins.faults import ContentError, shorten
from plugins.library.link_remedies import (
    SCHEMES,
    is_mailbox,
    missing,
    nearest,
    not_a_picture,
    refusal,
)
from plugins.markdown.bodies import Link
from plugins.models import Header
from plugins.models.blocks import (
    ArticleBlock,
    ButtonBlock,
    EventBlock,
    ImageBlock,
)
from plugins.views.entries import Entry, EventEntry, theme_address

if TYPE_CHECKING:
    from plugins.library.library import Library

_PELICAN = ("{filename}", "{static}", "{attach}", "|filename|", "|static|", "|attach|")

_SITTING = re.compile(r"seance-([0-9]{4}-[0-9]{2}-[0-9]{2})")

_FILE_OF_BLOCK = "/// image fichier"


class BrokenLinkError(ValueError):
    """A link leads nowhere; the message says why and what to do, in French."""


def resolve(target: str, entry: Entry[Header], library: "Library") -> str:
    """Return the address that a link written in `entry` leads to.

    Raises `BrokenLinkError` when it names a file that is not there or not published. A site
    address (`/agenda/`) is returned as it is: only the whole site knows whether it stands.
    """
    target = _without_pelican(target)
    try:
        parts = urlsplit(target)
    except ValueError:
        raise BrokenLinkError(f"{shorten(target)} n’est pas une adresse lisible.") from None
    if parts.netloc and not parts.scheme:
        raise BrokenLinkError(f"{shorten(target)} : écrivez l’adresse entière, avec https://.")
    if parts.scheme:
        _check_outside(parts, target)
        return target
    if not parts.path:
        _check_fragment(parts.fragment, entry, target)
        return target
    path = unquote(parts.path)
    if "\\" in path:
        inside = _inside(path.replace("\\", "/"), entry, target)
        known = (*library.static, *_published_files(library))
        raise BrokenLinkError(missing(target, inside, known, _folder(entry)))
    if path.startswith("/") and not path.endswith(".md") and path[1:] not in library.static:
        return target
    inside = _inside(path, entry, target)
    if inside.endswith(".md"):
        found = _published(inside, entry, library, target)
        if found not in library.broken:
            _check_fragment(parts.fragment, found, target)
        is_there = not _is_of_other_years(parts.fragment, found)
        return found.address + _tail(parts.query, parts.fragment * is_there)
    if inside not in library.static:
        raise BrokenLinkError(missing(target, inside, library.static, _folder(entry)))
    return f"/{inside}{_tail(parts.query, parts.fragment)}"


def _check_outside(parts: SplitResult, target: str) -> None:
    if parts.scheme not in SCHEMES:
        raise BrokenLinkError(refusal(target))
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
    """Return the address of a page that Pelican names, when this site has it."""
    kind, _, name = target.partition("}")
    match kind:
        case "{index":
            return "/"
        case "{tag" if name:
            try:
                return theme_address(name)
            except ValueError:
                return target
        case "{category" | "{author":
            raise BrokenLinkError(
                f"{shorten(target)} : ce site n’a de page ni par rubrique ni par auteur. "
                "Retirez le lien."
            )
    return target


def _inside(path: str, entry: Entry[Header], target: str) -> str:
    """Return the path relative to the content folder, `/`-separated."""
    if path.startswith("/"):
        return posixpath.normpath(path[1:])
    joined = posixpath.normpath(posixpath.join(_folder(entry), path))
    if joined.startswith(".."):
        raise BrokenLinkError(
            f"{shorten(target)} sort du dossier « content ». Visez un fichier du contenu."
        )
    return joined


def _folder(entry: Entry[Header]) -> str:
    """Return the folder of a content, from the content folder."""
    return "/".join(entry.document.path.parts[1:-1])


def _published(inside: str, entry: Entry[Header], library: "Library", target: str) -> Entry[Header]:
    root = Path(library.root.name)
    found = library.at_path(root / inside)
    if found is None:
        known = _published_files(library)
        raise BrokenLinkError(missing(target, inside, known, _folder(entry)))
    if found in library.unpublished:
        raise BrokenLinkError(_unpublished(target))
    return found


def _published_files(library: "Library") -> list[str]:
    """Return the contents that a link may lead to, as paths from the content folder."""
    return ["/".join(entry.document.path.parts[1:]) for entry in library.entries]


def _unpublished(target: str) -> str:
    return (
        f"{shorten(target)} n’est pas publié (brouillon, à paraître ou expiré). "
        "Publiez-le ou retirez le lien."
    )


def _tail(query: str, fragment: str) -> str:
    return SplitResult("", "", "", query, fragment).geturl()


def _check_fragment(fragment: str, entry: Entry[Header], target: str) -> None:
    fragment = unquote(fragment)
    if not fragment or fragment in entry.body.ids:
        return
    if isinstance(entry, EventEntry) and fragment in {o.id for o in entry.occurrences}:
        return
    if _is_of_other_years(fragment, entry):
        return
    close = get_close_matches(fragment, list(entry.body.ids), n=1, cutoff=0.6)
    hint = f"Vouliez-vous « #{close[0]} » ?" if close else "Retirez « # » et ce qui suit."
    raise BrokenLinkError(
        f"{shorten(target)} : pas d’intertitre « #{fragment} » à cet endroit. {hint}"
    )


def _is_of_other_years(fragment: str, entry: Entry[Header]) -> bool:
    """True for a sitting of an endless rule that the page of the event shows no more, or not yet.

    The link was right when it was written: time alone may not stop a publication.
    """
    day = _SITTING.fullmatch(fragment)
    if not day or not isinstance(entry, EventEntry):
        return False
    recurrence = entry.header.recurrence_set
    is_shown = fragment in {o.id for o in entry.occurrences}
    if not recurrence or not recurrence.is_endless or is_shown:
        return False
    try:
        return recurrence.plans(date.fromisoformat(day[1]))
    except ValueError:
        return False


def links_of(entry: Entry[Header]) -> Iterator[Link]:
    """Yield the links and images of a text, and those that its blocks make."""
    yield from (link for _, link in _named_links(entry))


def pictures_of(entry: Entry[Header]) -> Iterator[Link]:
    """Yield the images that a content shows: its illustration, then those of its text."""
    if entry.header.image:
        place = entry.document.locate(("image", "fichier"))
        yield Link(f"/{entry.header.image.file}", place, is_image=True)
    yield from (link for link in links_of(entry) if link.is_image)


def _named_links(entry: Entry[Header]) -> Iterator[tuple[str, Link]]:
    """Yield the links with the names that faults give them."""
    for link in entry.body.links:
        yield "image" if link.is_image else "lien", link
    for block in entry.body.blocks():
        match block.options:
            case ButtonBlock():
                yield "/// bouton adresse", Link(block.options.target, block.place("adresse"))
            case ImageBlock():
                place = block.place("fichier")
                yield _FILE_OF_BLOCK, Link(f"/{block.options.file}", place, is_image=True)


def check(
    entry: Entry[Header], library: "Library", addresses: Collection[str] | None
) -> Iterator[ContentError]:
    """Yield a fault per link of a content that leads nowhere.

    `addresses` are those of all the pages and files of the site, root-relative; None when they
    are not known.
    """
    for name, link in _named_links(entry):
        try:
            address = resolve(link.target, entry, library)
        except BrokenLinkError as error:
            yield entry.error_at(link.position, name, str(error))
            continue
        path = unquote(urlsplit(address).path)
        if link.is_image:
            is_from_root = name == _FILE_OF_BLOCK
            written = link.target.removeprefix("/") if is_from_root else link.target
            folder = None if is_from_root else _folder(entry)
            if message := _image_fault(written, address, library, folder):
                yield entry.error_at(link.position, name, message)
        elif path.endswith(".svg") and path[1:] in library.static:
            if not is_picture(library.root / path[1:]):
                yield entry.error_at(link.position, name, not_a_picture(link.target))
        elif addresses is not None and address.startswith("/") and path not in addresses:
            yield entry.error_at(
                link.position, name, _no_page(link.target, path, library, addresses)
            )


def _image_fault(written: str, address: str, library: "Library", folder: str | None) -> str | None:
    if not address.startswith("/"):
        return (
            f"{shorten(written)} est sur un autre site, qui saurait qui lit cette page. "
            "Déposez l’image dans « content/images »."
        )
    file = unquote(urlsplit(address).path)[1:]
    if file not in library.static:
        return missing(written, file, library.static, folder)
    return None if is_picture(library.root / file) else not_a_picture(written)


def _no_page(target: str, path: str, library: "Library", addresses: Collection[str]) -> str:
    if any(entry.address == path for entry in library.unpublished):
        return _unpublished(target)
    near = nearest(path, addresses)
    hint = f"Vouliez-vous « {near} » ?" if near else "Corrigez ou retirez le lien."
    if path + "/" in addresses:
        hint = f"Ajoutez la barre finale : « {path}/ »."
    return f"{shorten(target)} : aucune page à cette adresse. {hint}"


def static_files_of(entry: Entry[Header], library: "Library") -> Iterator[str]:
    """Yield the files, relative to the content folder, that a content shows or links to."""
    if entry.header.image:
        yield entry.header.image.file
    if isinstance(entry, EventEntry):
        yield from (document.file for document in entry.header.documents)
    for link in links_of(entry):
        try:
            path = unquote(urlsplit(resolve(link.target, entry, library)).path)
        except BrokenLinkError:
            continue
        if path.startswith("/") and path[1:] in library.static:
            yield path[1:]


def cited_by(entry: Entry[Header], library: "Library") -> Iterator[Entry[Header]]:
    """Yield the contents that a text links to, or shows in a block."""
    for link in links_of(entry):
        try:
            address = urlsplit(resolve(link.target, entry, library)).path
        except BrokenLinkError:
            continue
        if found := library.at_address(address):
            yield found
    for block in entry.body.blocks():
        if isinstance(block.options, EventBlock | ArticleBlock):
            found = library.find(str(block.options.ARGUMENT), block.argument)
            if found:
                yield found
