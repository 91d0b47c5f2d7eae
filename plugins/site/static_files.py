"""The files of the content folder, as they go online."""

from functools import partial

from plugins.outputs.pictures import PictureCache
from plugins.views.pages import File
from plugins.views.site import Site

_MOST_KEPT = 5_000


def static_file(path: str, site: Site) -> File:
    """Plan the file of a path of the content folder; no picture goes online as it was given."""
    return File(
        f"/{path}", partial(picture_cache(site).published, site.index.contents.path_of(path))
    )


def published_weight(path: str, site: Site) -> int:
    """Return the weight in bytes of a file of the content folder as it goes online."""
    return len(picture_cache(site).published(site.index.contents.path_of(path)))


def picture_cache(site: Site) -> PictureCache:
    """Return the published pictures kept beside the content folder."""
    return PictureCache(site.index.contents.root.parent / ".cache" / "images", _MOST_KEPT)
