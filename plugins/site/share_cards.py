"""The cards by which social networks announce pages, each drawn once for all builds."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

from plugins.outputs.cards.card import CardMaker
from plugins.store import key_of, store_of
from plugins.theme.theme import Theme
from plugins.views.heads import card_address, card_of, has_card
from plugins.views.pages import File, Page
from plugins.views.site import Site


def files(site: Site, theme: Theme, plan: Sequence[Page | File]) -> Iterator[File]:
    """Plan the cards of the pages of a plan."""
    cards = _Cards(site, theme)
    found = {
        card_address(page): page
        for page in reversed(plan)
        if isinstance(page, Page) and has_card(page, site.index)
    }
    for address in sorted(found):
        yield File(address, partial(cards.png, found[address]), stands_alone=True)


class _Cards:
    """The cards of a site, in its colours and in the fonts of its letter on paper."""

    def __init__(self, site: Site, theme: Theme) -> None:
        self._site = site
        self._theme = theme
        self._fonts = theme.folder / "print" / "fonts"
        self._store = store_of(site.index.contents.root.absolute().parent)

    def png(self, page: Page) -> bytes:
        card = card_of(page, self._site.index)
        marks = tuple((month.dots, month.rings) for month in self._site.frise(card.year).months)
        key = key_of("card", self._look, repr((card, marks)))
        return self._store.made(key, lambda: self._maker.png(card, marks))

    @cached_property
    def _look(self) -> str:
        """A digest of what cards have in common: their colours, their fonts."""
        digest = hashlib.sha256(repr(self._theme.card_colours).encode())
        for path in sorted(self._fonts.glob("*.ttf")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @cached_property
    def _maker(self) -> CardMaker:
        return CardMaker(self._fonts, self._theme.card_colours)
