"""The letter: the list of its issues, and each of them."""

from collections.abc import Iterator

from pelican import signals

from plugins.core.entries import NamedAddress
from plugins.core.pages import Page
from plugins.core.site import Site
from plugins.generator import PlannedGenerator, planner
from plugins.theme import Theme

LETTERS = NamedAddress("La lettre", "/lettres/")


def pages(site: Site, _theme: Theme) -> Iterator[Page]:
    """Plan the pages of the letter."""
    yield Page(
        LETTERS.address,
        "letters",
        LETTERS.title,
        "Tous les numéros de la lettre de la communauté.",
        "letters",
        section=LETTERS.address,
        context={"entries": site.library.letters},
    )
    for letter in site.library.letters:
        yield Page(
            letter.address,
            "letter",
            letter.title,
            letter.summary,
            "letter",
            (LETTERS,),
            LETTERS.address,
            context={"entry": letter},
            image=letter.image.src if letter.image else None,
            lastmod=letter.last_change,
        )


def _generator(_pelican: object) -> type[PlannedGenerator]:
    return planner(pages)


def register() -> None:
    """Give Pelican the generator."""
    signals.get_generators.connect(_generator)
