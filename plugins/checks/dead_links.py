"""Broken links of the contents."""

from collections.abc import Collection, Iterator
from urllib.parse import unquote, urlsplit

from plugins.content.pictures import is_picture
from plugins.content.record import AnyRecord
from plugins.faults import ContentError, shorten
from plugins.library.index import Index
from plugins.library.links import (
    FILE_OF_BLOCK,
    BrokenLinkError,
    folder_of,
    missing,
    named_links,
    nearest,
    not_a_picture,
    unpublished,
)


def check_links(
    record: AnyRecord, index: Index, addresses: Collection[str] | None
) -> Iterator[ContentError]:
    """Yield a fault per broken link of a content.

    `addresses` are the root-relative addresses of the plan; None before the site is planned.
    """
    contents = index.contents
    for name, link in named_links(record):
        try:
            address = index.resolve(record, link.target)
        except BrokenLinkError as error:
            yield record.error_at(link.position, name, str(error))
            continue
        path = unquote(urlsplit(address).path)
        if link.is_image:
            is_from_root = name == FILE_OF_BLOCK
            written = link.target.removeprefix("/") if is_from_root else link.target
            folder = None if is_from_root else folder_of(record)
            if message := _image_fault(written, address, index, folder):
                yield record.error_at(link.position, name, message)
        elif path.endswith(".svg") and path[1:] in contents.static:
            if not is_picture(contents.root / path[1:]):
                yield record.error_at(link.position, name, not_a_picture(link.target))
        elif addresses is not None and address.startswith("/") and path not in addresses:
            message = _no_page(link.target, path, index, addresses)
            yield record.error_at(link.position, name, message)


def _image_fault(written: str, address: str, index: Index, folder: str | None) -> str | None:
    if not address.startswith("/"):
        return (
            f"{shorten(written)} est sur un autre site, qui saurait qui lit cette page. "
            "Déposez l’image dans « content/images »."
        )
    contents = index.contents
    file = unquote(urlsplit(address).path)[1:]
    if file not in contents.static:
        return missing(written, file, contents.static, folder)
    return None if is_picture(contents.root / file) else not_a_picture(written)


def _no_page(target: str, path: str, index: Index, addresses: Collection[str]) -> str:
    if any(record.address == path for record in index.unpublished):
        return unpublished(target)
    near = nearest(path, addresses)
    hint = f"Vouliez-vous « {near} » ?" if near else "Corrigez ou retirez le lien."
    if path + "/" in addresses:
        hint = f"Ajoutez la barre finale : « {path}/ »."
    return f"{shorten(target)} : aucune page à cette adresse. {hint}"
