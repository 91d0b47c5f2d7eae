"""The contents of the benchmark: the same from one seed, right, and of every kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from plugins.checks.suite import check_contents
from plugins.content.record import has_header
from plugins.faults import Level
from plugins.library.index import read_index
from plugins.models import KINDS, EventHeader
from plugins.tools.bench import prose
from plugins.tools.bench.contents import AS_OF, write_contents
from plugins.views.site import RESERVED
from tests.contents import Loaded, told
from tests.sites import ROOT

EVENT_FORMS = 9


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder, with each form of event twice."""
    root = tmp_path_factory.mktemp("drawn") / "content"
    write_contents(root, articles=30, events=2 * EVENT_FORMS)
    return root


@pytest.fixture(scope="module")
def loaded(drawn: Path) -> Loaded:
    index = read_index(drawn, AS_OF)
    return Loaded(index, tuple(check_contents(index, RESERVED)))


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_one_seed_draws_the_same(drawn: Path, tmp_path: Path) -> None:
    write_contents(tmp_path, articles=30, events=2 * EVENT_FORMS)
    assert files(tmp_path) == files(drawn)


def test_another_seed_draws_others(drawn: Path, tmp_path: Path) -> None:
    write_contents(tmp_path, articles=30, events=2 * EVENT_FORMS, seed=2)
    assert files(tmp_path).keys() != files(drawn).keys()


@pytest.mark.parametrize("level", list(Level))
def test_contents_have_no_fault(loaded: Loaded, level: Level) -> None:
    assert told(loaded, level) == []


@pytest.mark.parametrize("articles", [0, 1])
def test_fewest_contents_have_no_fault(tmp_path: Path, articles: int) -> None:
    write_contents(tmp_path / "content", articles=articles)
    index = read_index(tmp_path / "content", AS_OF)
    assert [str(fault) for fault in check_contents(index, RESERVED)] == []


def test_every_kind_is_there(loaded: Loaded) -> None:
    counts = Counter(record.kind.name for record in loaded.index.published)
    assert {kind.name for kind in KINDS} == counts.keys()
    assert (counts["article"], counts["event"]) == (30, 2 * EVENT_FORMS)


def test_every_form_of_event_is_there(loaded: Loaded) -> None:
    headers = [r.header for r in loaded.index.published if has_header(r, EventHeader)]
    statuses = {header.event_status.value for header in headers}
    assert statuses == {"confirmé", "à confirmer", "reporté", "annulé"}
    assert any(header.sessions for header in headers)
    assert any(header.start and header.start.is_approximate for header in headers)
    recurrences = [header.recurrence for header in headers if header.recurrence]
    assert {bool(recurrence.phrase) for recurrence in recurrences} == {True, False}


def test_articles_have_the_length_and_the_marks_of_real_ones() -> None:
    articles = prose.articles(200, seed=1)
    lengths = [len(article.body.split()) for article in articles]
    assert 310 <= sum(lengths) / len(lengths) <= 350
    text = "".join(article.body for article in articles)
    marks = ("« ", " ! »", " ?", " %", '"', "**", "\n- ", "\n## ", "\n| --- |", "](article:")
    assert [mark for mark in marks if mark not in text] == []
    assert len({article.slug for article in articles}) == 200


def test_no_sentence_is_the_samples(drawn: Path) -> None:
    sample = "".join(p.read_text("utf-8") for p in (ROOT / "content").rglob("*.md"))
    articles = prose.articles(50, seed=1)
    drawn_ones = {s for a in articles for s in a.body.split(". ") if len(s.split()) > 6}
    assert [sentence for sentence in drawn_ones if sentence in sample] == []
