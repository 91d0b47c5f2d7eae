"""The search: its page, and the index that the page's script reads."""

from collections.abc import Iterator
from functools import partial

from plugins.library.index import Index
from plugins.outputs.search import packed, to_search_index
from plugins.store import key_of, store_of
from plugins.views.pages import Bundle, File, Page
from plugins.views.search import search_entry, search_view
from plugins.views.site import SEARCH, SEARCH_INDEX, Site


def pages(site: Site) -> Iterator[Page | File]:
    """Plan the page of the search, and its index."""
    yield Page(
        SEARCH.address,
        "search",
        SEARCH.title,
        "Chercher dans les articles, l’agenda, la lettre et toutes les pages du site.",
        view=partial(search_view, site),
        noindex=True,
    )
    yield index_bundle(site)


def index_bundle(site: Site) -> Bundle:
    """Plan the index, which depends on nothing that is planned: it may be begun before the plan."""
    index = site.index
    return Bundle(f"{SEARCH_INDEX}*", partial(_index_files, index), lambda: index.published)


def _index_files(index: Index) -> bytes:
    """Return the archive of the index, made once for the same contents."""
    entries = [search_entry(record, index) for record in index.newest_first]
    store = store_of(index.contents.root.absolute().parent)
    return store.made(key_of("search", repr(entries)), lambda: packed(to_search_index(entries)))
