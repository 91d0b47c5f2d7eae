"""What an item of the site tells of the texts that it shows: after an edit, it is trusted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import MemberDescriptorType

import pytest

from plugins.checks.suite import check_contents, check_leftovers, check_plan
from plugins.content.reading import Contents, read_contents
from plugins.faults import Notices
from plugins.library.index import Index
from plugins.library.reuse import T, Texts, no_texts
from plugins.markdown.bodies import Body
from plugins.site.plan import Plan
from plugins.theme.theme import Theme
from plugins.views.pages import File, Page
from plugins.views.site import RESERVED, Site
from tests.contents import NOW
from tests.sites import ROOT

# Blocks of every kind that shows something of another content, a chain of excerpts.
SHOWN = {
    "articles/montre.md": """---
titre: Ce que montrent les blocs
date: 2024-01-04
resume: Un résumé.
---
/// extrait | pages/relais#texte
///

/// article | operateurs-webinaire
///

/// evenement | webinaire-operateurs
///

/// agenda
///
""",
    "articles/en-travaux.md": """---
titre: Un brouillon aux mots inconus
statut: brouillon
date: 2024-01-04
---
Un mot inconnnu, mardi 8 février 2024, et [le déjeuner](../evenements/dejeuner-passerelle-levy.md).

/// extrait | pages/relais#texte
///
""",
    "pages/relais.md": """---
titre: Un relais
resume: Un résumé.
---
## Texte

/// extrait | organisations/dextera
///
""",
    "lettres/90.md": """---
numero: 90
titre: Un numéro qui montre
date: 2024-01-05
resume: Un résumé.
---
## Une rubrique

/// extrait | pages/relais#texte
///
""",
}
WORDS = ("parts", "sentences", "fingerprint", "problems")


class Reads:
    """The contents whose words are read, known by their bodies."""

    def __init__(self, contents: Contents) -> None:
        self._paths = {id(record.body): record.path.as_posix() for record in contents.records}
        self.found: set[str] = set()
        self._is_outline = False

    def note(self, body: Body) -> None:
        path = self._paths.get(id(body))
        if path and not self._is_outline:
            self.found.add(path)

    @contextmanager
    def of_outline(self) -> Iterator[None]:
        """Count nothing: what others know of a content is read."""
        was, self._is_outline = self._is_outline, True
        try:
            yield
        finally:
            self._is_outline = was

    def of(self, make: Callable[[], T]) -> tuple[T, set[str]]:
        """Return what a function makes, and the contents whose words it reads."""
        before, self.found = self.found, set()
        made = make()
        found, self.found = self.found, before | self.found
        return made, found


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    root = shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("textes") / "content")
    for name, text in SHOWN.items():
        (root / name).write_text(text, encoding="utf-8")
    return read_contents(root)


@pytest.fixture
def reads(contents: Contents, monkeypatch: pytest.MonkeyPatch) -> Reads:
    reads = Reads(contents)
    for name in WORDS:
        monkeypatch.setattr(Body, name, _noted(getattr(Body, name), reads))
    monkeypatch.setattr(Body, "blocks", _quietly(Body.blocks, reads))
    ids = _quietly(vars(Body)["ids"].fget, reads)
    monkeypatch.setattr(Body, "ids", property(lambda body: frozenset(ids(body))))
    return reads


def _noted(slot: MemberDescriptorType, reads: Reads) -> property:
    def get(body: Body) -> object:
        reads.note(body)
        return slot.__get__(body, Body)

    return property(get, slot.__set__)


def _quietly(read: Callable[[Body], Iterable[T]], reads: Reads) -> Callable[[Body], Iterator[T]]:
    def quiet(body: Body) -> Iterator[T]:
        with reads.of_outline():
            return iter(list(read(body)))

    return quiet


def plan_of(contents: Contents) -> tuple[Site, Plan]:
    """Return a plan of which nothing is gathered yet."""
    site = Site(Index(contents, NOW), "https://passerelle.example", is_preview=True)
    return site, Plan(site, Theme(ROOT / "theme", site), Notices())


def paths(texts: Texts) -> set[str]:
    return {record.path.as_posix() for record in texts()}


def make(site: Site, item: Page | File) -> None:
    if isinstance(item, Page):
        site.page_view(item)
    else:
        item.content()


def test_an_item_made_alone_reads_no_other_words_than_it_tells(
    contents: Contents, reads: Reads
) -> None:
    _, whole = plan_of(contents)
    untold = {}
    read = 0
    for address in {item.address: item for item in whole if not _is_one_of_many(item)}:
        site, plan = plan_of(contents)
        plan.whole()  # An e-mail asks for the addresses of all: see below what shapes them.
        item = plan.find(address)
        assert item
        if isinstance(item, Page) and item.follows_files:
            make_pdf(plan, item)
        _, found = reads.of(lambda site=site, item=item: make(site, item))  # type: ignore[misc]
        read += bool(found)
        if others := found - paths(item.texts):
            untold[address] = others
    assert untold == {}
    assert read > 70


def _is_one_of_many(item: Page | File) -> bool:
    """Return True for an item of a kind whose first ones tell of all: theirs is one function."""
    if re.match("/flux/[a-z]+-", item.address):
        return True
    return item.address.endswith((".ics", ".svg", ".png", ".avif", ".webp", ".jpg", ".woff2"))


def make_pdf(plan: Plan, letter: Page) -> None:
    """Make the PDF, whose length the page of an issue states."""
    for item in plan.found():
        if isinstance(item, File) and item.address.startswith(letter.address + "lettre-"):
            item.content()


def test_calendars_read_no_words(contents: Contents, reads: Reads) -> None:
    site, plan = plan_of(contents)
    for item in plan:
        if item.address.endswith(".ics"):
            _, found = reads.of(lambda item=item: make(site, item))  # type: ignore[misc]
            assert found == set()


def test_planning_reads_no_other_words_than_it_tells(contents: Contents, reads: Reads) -> None:
    _, plan = plan_of(contents)
    _, found = reads.of(plan.addresses)
    told = paths(plan.texts)
    assert found <= told
    assert "content/pages/relais.md" in told


def test_a_check_reads_no_other_words_than_it_tells(contents: Contents, reads: Reads) -> None:
    names = []

    def watched(name: str, make: Callable[[], T], texts: Texts = no_texts) -> T:
        value, found = reads.of(make)
        assert found <= paths(texts), name
        names.append(name)
        return value

    _, plan = plan_of(contents)
    index = Index(contents, NOW)
    addresses = plan.addresses()
    list(check_contents(index, RESERVED, watched))
    list(check_leftovers(index, watched))
    list(check_plan(index, addresses, RESERVED, watched))
    assert len(names) == len(set(names)) > 100
