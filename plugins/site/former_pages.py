"""The pages at former addresses: of contents that moved, of events withdrawn, of what is gone."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import partial

from plugins.library.former import redirections, removed, withdrawn_events
from plugins.library.index import Index
from plugins.outputs.redirections import to_caddy, to_netlify, to_nginx
from plugins.site.agenda_pages import event_page
from plugins.views.pages import File, Page
from plugins.views.site import Site


@dataclass(frozen=True, slots=True)
class MovedView:
    """The page of a former address; `title` is that of the page to which it leads."""

    title: str
    target: str


def pages(site: Site, planned: Container[str]) -> Iterator[Page | File]:
    """Plan the pages at former addresses but where another is `planned`, and the servers' files."""
    index = site.index
    for event in index.once(withdrawn_events):
        if event.address not in planned:
            yield replace(event_page(site, event), noindex=True, is_former=True)
    moves = {a: t for a, t in index.once(redirections).items() if a not in planned}
    for address, target in moves.items():
        yield _moved(index, address, target)
    gone = tuple(address for address in index.once(removed) if address not in planned)
    for address in gone:
        yield Page(
            address,
            "removed",
            "Page supprimée",
            "Cette page a été supprimée.",
            noindex=True,
            is_former=True,
        )
    yield from _files(site, moves, gone)


def _moved(index: Index, address: str, target: str) -> Page:
    found = index.at_address(target)
    title = found.header.title if found else target
    return Page(
        address,
        "moved",
        "Cette page a changé d’adresse",
        f"Elle est maintenant à l’adresse {target}.",
        noindex=True,
        is_former=True,
        canonical=target,
        view=partial(MovedView, title, target),
    )


def _files(site: Site, moves: dict[str, str], gone: tuple[str, ...]) -> Iterator[File]:
    found = {f"{site.base}{address}": site.link(target) for address, target in moves.items()}
    lost = tuple(f"{site.base}{address}" for address in gone)
    yield File("/_redirects", partial(to_netlify, found))
    yield File("/redirections.caddy", partial(to_caddy, found, lost))
    yield File("/redirections.nginx.conf", partial(to_nginx, found, lost))
