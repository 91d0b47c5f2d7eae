"""The files of the content folder, as they go online."""

from collections.abc import Iterable, Iterator
from functools import partial

from plugins.content.record import AnyRecord
from plugins.outputs.picture_copies import Copy, feed_copy, light_copies, plain_copy, shared_copy
from plugins.outputs.pictures import PictureCache
from plugins.store import store_of
from plugins.views.pages import File
from plugins.views.site import Site


def static_file(path: str, site: Site) -> File:
    """Plan the file of a path of the content folder; no picture goes online as it was given."""
    return File(
        f"/{path}", partial(picture_cache(site).published, site.index.contents.path_of(path))
    )


def picture_copies(path: str, site: Site) -> Iterator[File]:
    """Plan the copies of a picture of the content folder."""
    contents, address = site.index.contents, f"/{path}"
    file = contents.static_at(address)
    copies = (plain_copy(address, file), feed_copy(address, file), *light_copies(address, file))
    for copy in dict.fromkeys(filter(None, copies)):
        yield _file_of(copy, path, site)


def shared_pictures(records: Iterable[AnyRecord], site: Site) -> dict[str, File]:
    """Plan the pictures by which social networks announce contents, each once, by address."""
    found = {}
    for record in records:
        if image := record.header.image:
            file = site.index.contents.static_at(f"/{image.file}")
            if copy := shared_copy(f"/{image.file}", file, image.focus):
                found[copy.address] = _file_of(copy, image.file, site)
    return found


def _file_of(copy: Copy, path: str, site: Site) -> File:
    make = picture_cache(site).copy
    return File(copy.address, partial(make, site.index.contents.path_of(path), copy))


def published_weight(path: str, site: Site) -> int:
    """Return the weight in bytes of a file of the content folder as it goes online."""
    return len(picture_cache(site).published(site.index.contents.path_of(path)))


def picture_cache(site: Site) -> PictureCache:
    """Return the published pictures kept beside the content folder."""
    return PictureCache(store_of(site.index.contents.root.absolute().parent))
