"""Twenty-four issues in a row, each begun by the proposal, against what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from plugins.checks.contradictions import find as contradictions
from plugins.checks.oversights import oversights
from plugins.checks.references import check as check_references, check_links
from plugins.checks.twins import same_titles
from plugins.checks.written_facts import written_facts
from plugins.content.reading import Contents, read_contents, read_record
from plugins.content.record import AnyRecord, Record, has_header
from plugins.faults import Notices
from plugins.french.typography import plain
from plugins.library.history import read_history
from plugins.library.index import Index
from plugins.models import KINDS, LetterHeader
from plugins.outputs.mail.length import GMAIL_CLIP
from plugins.site.letter_media import LetterMedia
from plugins.theme.theme import Theme
from plugins.views.site import Site
from plugins.writing.letter.proposal import propose
from tests.repositories import DATA, Repo
from tests.sites import ROOT
from tests.writing.six_years import YEARS, Event, Quarter, World, quarters

HOUR = 3600


@dataclass(frozen=True)
class Issue:
    """A proposal taken as an issue: what it had to tell, and the site of its day.

    `events` are those of the coming days, each with its first day among them, held or closed.
    """

    quarter: Quarter
    text: str
    events: dict[str, date]
    closing: frozenset[str]
    letter: Record[LetterHeader]
    index: Index

    def named(self, kind: str, heading: str = "") -> list[str]:
        """The files of a kind that blocks or links name, in order, in one rubric or in all."""
        text = self.rubric(heading) if heading else self.text
        found = re.findall(rf"(?m)^/// {kind} \| (\S+)$|\.\./{kind}s/(\S+)\.md", text)
        return [block or link for block, link in found]

    def rubric(self, heading: str) -> str:
        return self.text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]

    @property
    def has_agenda(self) -> bool:
        return "/// agenda" in self.text


@pytest.fixture(scope="module")
def issues(tmp_path_factory: pytest.TempPathFactory) -> list[Issue]:
    return list(published(Repo(tmp_path_factory.mktemp("six-years"))))


def published(repo: Repo) -> Iterator[Issue]:
    """Yield the issues: each is the proposal of its day, published an hour later."""
    repo.write("donnees/site.yaml", DATA)
    world = World()
    contents = read_contents(repo.content)
    for quarter in quarters(world):
        contents = committed(repo, quarter, contents, quarter.files, -2 * HOUR)
        proposal = propose(Index(contents, quarter.now, read_history(repo.content)))
        name = f"lettres/{quarter.rank + 1}.md"
        assert proposal.path == Path("content", name)
        text = proposal.text.replace("statut: brouillon\n", "")
        if quarter.rank == 0:
            text = text.replace("periode: janvier 2019", "periode: 1er trimestre 2019")
        contents = committed(repo, quarter, contents, {name: text}, HOUR)
        index = Index(contents, quarter.now)
        letter = index.at_path(proposal.path)
        assert letter
        assert has_header(letter, LetterHeader)
        closing = frozenset(e.name for e in world.events.values() if is_open(e, quarter))
        yield Issue(quarter, text, coming(world, quarter), closing, letter, index)


def committed(
    repo: Repo, quarter: Quarter, contents: Contents, files: dict[str, str], after: int
) -> Contents:
    """Commit files some seconds after the instant of a quarter; return the contents with them."""
    repo.time = int(quarter.now.timestamp()) + after - HOUR
    repo.commit(files)
    new = {name: read(name, text) for name, text in files.items()}
    known = {"/".join(record.path.parts[1:]): record for record in contents.records}
    return replace(contents, records=tuple((known | new).values()))


def read(name: str, text: str) -> AnyRecord:
    kind = next(kind for kind in KINDS if kind.folder == name.partition("/")[0])
    return read_record(kind, Path("content", name), text.encode())


# What is expected, from what was written alone


def span(quarter: Quarter) -> tuple[date, date]:
    """The days from an issue to the eve of the next one, or to the end of its period."""
    day = quarter.day
    months = 1 if quarter.rank == 0 else 3
    following = (day.replace(day=1) + timedelta(days=31 * months)).replace(day=1)
    return day, max(following - timedelta(days=1), following.replace(day=day.day) - timedelta(1))


def coming(world: World, quarter: Quarter) -> dict[str, date]:
    """Return the events of the coming days, each with its first day among them."""
    first, last = span(quarter)
    found = {}
    for event in world.events.values():
        days = [day for day in event.days if first <= day <= last]
        days += [event.deadline] if event.deadline and is_open(event, quarter) else []
        if days:
            found[event.name] = min(days)
    return found


def is_open(event: Event, quarter: Quarter) -> bool:
    """True when the deadline of an event is one of the coming days."""
    first, last = span(quarter)
    return bool(event.deadline and first <= event.deadline <= last and not event.is_cancelled)


# The proposals


def test_there_is_one_each_quarter(issues: list[Issue]) -> None:
    assert len(issues) == 4 * YEARS
    assert [i.letter.header.number for i in issues] == list(range(1, 4 * YEARS + 1))
    assert [i.letter.header.date.day for i in issues] == [i.quarter.day for i in issues]
    year = [f"{rank} trimestre 2024" for rank in ("1er", "2e", "3e", "4e")]
    assert [plain(i.letter.header.period or "") for i in issues[-4:]] == year


def test_what_was_written_is_many(issues: list[Issue]) -> None:
    """What follows would prove nothing of an empty site."""
    assert sum(len(issue.events) for issue in issues) > 150
    assert sum(len(issue.closing) for issue in issues) > 40
    assert sum(len(issue.quarter.articles) for issue in issues) > 140
    assert sum(len(issue.quarter.moved) for issue in issues) > 10
    assert sum(len(issue.quarter.states) for issue in issues) > 8
    assert {i.quarter.rank for i in issues if i.has_agenda}
    assert any(i.rubric("Rendez-vous").count("\n- [") > 40 for i in issues)
    assert any(i.rubric("À lire").count("\n- [") > 40 for i in issues)


def test_each_has_every_event_and_no_other(issues: list[Issue]) -> None:
    for issue in issues:
        if issue.has_agenda:
            days = "/".join(day.isoformat() for day in span(issue.quarter))
            assert f"/// agenda\n    periode: {days}\n///\n" in issue.text
            assert set(issue.named("evenement")) == issue.quarter.moved
        else:
            assert set(issue.named("evenement")) == issue.events.keys() | issue.quarter.moved


def test_events_are_in_order(issues: list[Issue]) -> None:
    for issue in issues:
        days = [issue.events[name] for name in issue.named("evenement", "Rendez-vous")]
        assert days == sorted(days)


def test_each_has_every_deadline(issues: list[Issue]) -> None:
    """A block and an agenda tell it by themselves, a list in its line, a remark in all cases."""
    for issue in issues:
        told = re.findall(
            r"^(?:<!-- |- \[).*inscriptions jusqu[’']au .*$", issue.text, re.MULTILINE
        )
        for name in () if issue.has_agenda else issue.closing - issue.quarter.moved:
            assert [line for line in told if f"({name})" in line], (issue.quarter.day, name)


def test_each_has_every_article_since_the_last(issues: list[Issue]) -> None:
    for issue in issues:
        assert set(issue.named("article")) == issue.quarter.articles
        found = [issue.index.find("article", name) for name in issue.named("article")]
        days = [article.header.date.day for article in found if article and article.header.date]
        assert len(days) == len(issue.quarter.articles)
        assert days == sorted(days, reverse=True)


def test_each_tells_dates_that_do_not_hold_any_more(issues: list[Issue]) -> None:
    for issue in issues:
        assert set(issue.named("evenement", "Dates changées")) == issue.quarter.moved


def test_each_tells_new_states(issues: list[Issue]) -> None:
    for issue in issues[1:]:
        rubric = issue.rubric("Chantiers et groupes")
        assert set(re.findall(r"\.\./collectifs/(\w+)\.md", rubric)) == issue.quarter.states


def test_each_passes_the_checks(issues: list[Issue]) -> None:
    for issue in issues:
        letter, index = issue.letter, issue.index
        found = [
            *letter.faults,
            *letter.text_faults(),
            *check_references(letter, index),
            *check_links(letter, index, None),
            *oversights(letter, index),
            *written_facts(letter, index),
            # Only a list of dates gives days to events.
            *(contradictions(index) if "\n- [" in issue.rubric("Rendez-vous") else ()),
        ]
        assert [fault for fault in found if fault.path == letter.path] == []
    assert [fault for fault in same_titles(issues[-1].index) if "lettres" in str(fault.path)] == []


def test_the_heaviest_are_whole_in_an_email(issues: list[Issue]) -> None:
    heaviest = sorted(issues, key=lambda issue: len(issue.text))[-3:]
    richest = sorted(issues, key=lambda issue: issue.text.count("///"))[-2:]
    agendas = [issue for issue in issues if issue.has_agenda][-2:]
    for issue in [*heaviest, *richest, *agendas]:
        site = Site(issue.index, "https://passerelle.example")
        notices = Notices()
        mail = LetterMedia(site, Theme(ROOT / "theme", site), [], notices).mail_html(issue.letter)
        assert len(mail.encode()) < GMAIL_CLIP
        assert notices.taken() == ()
        links = {urlsplit(link).path for link in html.fromstring(mail).xpath("//a/@href")}
        wanted = {f"/evenements/{name}/" for name in issue.events.keys() | issue.quarter.moved}
        wanted |= {f"/actualites/{name}/" for name in issue.quarter.articles}
        assert wanted - links == set()
