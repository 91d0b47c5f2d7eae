"""The files of the content folder, as they go online."""

from collections.abc import Iterator
from functools import partial

from plugins.outputs.picture_copies import light_copies, plain_copy
from plugins.outputs.pictures import PictureCache
from plugins.views.pages import File
from plugins.views.site import Site

_MOST_KEPT = 20_000


def static_file(path: str, site: Site) -> File:
    """Plan the file of a path of the content folder; no picture goes online as it was given."""
    return File(
        f"/{path}", partial(picture_cache(site).published, site.index.contents.path_of(path))
    )


def picture_copies(path: str, site: Site) -> Iterator[File]:
    """Plan the copies of a picture of the content folder."""
    contents, address = site.index.contents, f"/{path}"
    file = contents.static_at(address)
    plain = plain_copy(address, file)
    copy = picture_cache(site).copy
    for one in (*([plain] if plain else []), *light_copies(address, file)):
        yield File(one.address, partial(copy, contents.path_of(path), one))


def published_weight(path: str, site: Site) -> int:
    """Return the weight in bytes of a file of the content folder as it goes online."""
    return len(picture_cache(site).published(site.index.contents.path_of(path)))


def picture_cache(site: Site) -> PictureCache:
    """Return the published pictures kept beside the content folder."""
    return PictureCache(site.index.contents.root.parent / ".cache" / "images", _MOST_KEPT)
