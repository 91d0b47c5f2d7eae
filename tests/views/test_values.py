"""Records and views are values: small, comparable, the same after a journey through a pickle."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path, PosixPath
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup
from pydantic import BaseModel

from plugins.content.reading import read_contents
from plugins.content.record import AnyRecord
from plugins.faults import Notices
from plugins.library.addresses import year_address
from plugins.library.index import Index, read_index
from plugins.site.plan import Plan
from plugins.theme.theme import Theme
from plugins.views.frise import mail_frise
from plugins.views.letters import letter_view
from plugins.views.pages import File, Page
from plugins.views.site import RenderedPage, Site
from tests.sites import ROOT

NOW = datetime(2024, 1, 8, 8, tzinfo=UTC)


@cache
def records() -> tuple[AnyRecord, ...]:
    return read_contents(ROOT / "content").records


@cache
def views() -> dict[str, RenderedPage]:
    """The view of every page of the sample, by address."""
    site = Site(read_index(ROOT / "content", NOW), "https://passerelle.example", is_preview=True)
    items = Plan(site, Theme(ROOT / "theme", site), Notices())
    pdfs = [item for item in items if isinstance(item, File) and item.address.endswith(".pdf")]
    for pdf in pdfs:  # the pages of the letter state their weights
        pdf.content()
    with pytest.MonkeyPatch.context() as patch:
        drawing = "plugins.site.letter_media.LetterPrint.pdf"
        patch.setattr(drawing, lambda *_: pytest.fail("a view draws a PDF"))
        return {page.address: site.page_view(page) for page in items if isinstance(page, Page)}


def weight(value: object) -> int:
    return len(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def test_a_record_is_the_file_and_nothing_more() -> None:
    """Its text is in it once, as HTML, and its sentences with a digit once more, for the checks.

    Only a text that is long itself makes it weigh 10 kB.
    """
    too_heavy = {
        str(record.path): weight(record)
        for record in records()
        if weight(record) > max(10_000, 1.8 * (ROOT / record.path).stat().st_size)
    }
    assert too_heavy == {}


def test_most_records_are_small() -> None:
    weights = sorted(map(weight, records()))
    assert weights[len(weights) * 9 // 10] < 5_000


def test_records_are_the_same_however_often_they_are_read() -> None:
    assert read_contents(ROOT / "content").records == records()


def test_records_travel() -> None:
    for record in records():
        assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - ours


@pytest.mark.parametrize("protocol", [pickle.HIGHEST_PROTOCOL])
def test_views_travel(protocol: int) -> None:
    different = [
        address
        for address, view in views().items()
        if pickle.loads(pickle.dumps(view, protocol)) != view  # noqa: S301 - ours
    ]
    assert different == []


def test_views_are_light() -> None:
    weights = {address: weight(view) for address, view in views().items()}
    assert {address: w for address, w in weights.items() if w > 200_000} == {}
    assert sum(w < 20_000 for w in weights.values()) > len(weights) / 2


def letter_inputs(index: Index) -> dict[str, object]:
    """Return what the templates of the e-mail, the plain text and the PDF get of each issue."""
    site = Site(index, "https://passerelle.example")
    found: dict[str, object] = {"site": site.view}
    for letter in index.letters:
        number = letter.header.number
        lasting = letter_view(letter, index, lit_day=None)
        strip = site.frise(lasting.year)
        found[f"{number}, text and PDF"] = (lasting, strip)
        mailed = letter_view(letter, index, lit_day=None, for_mail=True)
        found[f"{number}, e-mail"] = (mailed, mail_frise(strip, {year_address(strip.year)}))
    return found


def test_inputs_of_the_letter_travel_and_are_light() -> None:
    inputs = letter_inputs(read_index(ROOT / "content", NOW))
    assert len(inputs) > 2
    for name, value in inputs.items():
        assert pickle.loads(pickle.dumps(value)) == value, name  # noqa: S301 - ours
        assert weight(value) < 200_000, name


def test_inputs_of_the_letter_are_the_same_however_often_they_are_made() -> None:
    first, again = (letter_inputs(read_index(ROOT / "content", NOW)) for _ in range(2))
    assert first == again


def test_two_equal_views_give_the_same_page() -> None:
    theme = Theme(ROOT / "theme", Site(read_index(ROOT / "content", NOW), "https://p.example"))
    for view in views().values():
        copy = pickle.loads(pickle.dumps(view))  # noqa: S301 - ours
        assert theme.render(copy) == theme.render(view)


def test_a_view_of_another_day_is_another_view() -> None:
    """Else a page would keep the dates of the day when it was first made."""
    later = read_index(ROOT / "content", NOW.replace(year=2025))
    site = Site(later, "https://passerelle.example", is_preview=True)
    items = Plan(site, Theme(ROOT / "theme", site), Notices())
    [home] = [p for p in items if p.address == "/"]
    assert isinstance(home, Page)
    assert site.page_view(home) != views()["/"]


SHOWN_WHOLE = (
    *(str, int, float, bool, type(None), Decimal, Markup),
    *(datetime, date, time, timedelta, Path, PosixPath, ZoneInfo),
)


def values_in(value: object) -> Iterator[object]:
    """Yield a value and all that it is made of."""
    yield value
    parts: Iterable[object] = ()
    if is_dataclass(value):
        parts = (getattr(value, item.name) for item in fields(value))
    elif isinstance(value, BaseModel):
        parts = (getattr(value, name) for name in type(value).model_fields)
    elif isinstance(value, dict):
        parts = (*value, *value.values())
    elif isinstance(value, tuple | list | frozenset):
        parts = value
    for part in parts:
        yield from values_in(part)


def is_shown_whole(kind: type) -> bool:
    """Return True for a type whose repr tells all that two values of it can differ by."""
    if is_dataclass(kind):
        is_made = hasattr(kind.__repr__, "__wrapped__")  # by `dataclass`, not written by us
        return is_made and all(item.repr for item in fields(kind))
    if issubclass(kind, BaseModel):
        return all(item.repr for item in kind.model_fields.values())
    if issubclass(kind, tuple | list | dict | Enum):
        return True
    return kind in SHOWN_WHOLE


def test_the_repr_of_a_view_tells_it_from_all_others() -> None:
    """A page is kept under it: it tells all of the view, and no place in the memory."""
    kinds = {type(value) for view in views().values() for value in values_in(view)}
    assert len(kinds) > 50
    assert [kind for kind in kinds if not is_shown_whole(kind)] == []
    for view in views().values():
        assert " at 0x" not in repr(view)
        assert repr(pickle.loads(pickle.dumps(view))) == repr(view)  # noqa: S301 - ours


@pytest.mark.parametrize("name", ["articles", "evenements", "lettres"])
def test_a_record_depends_on_its_file_alone(tmp_path: Path, name: str) -> None:
    """Alone in a folder, a file gives the record that it gives among all others."""
    for path in sorted((ROOT / "content" / name).glob("*.md"))[:3]:
        content = tmp_path / path.stem / "content"
        (content / name).mkdir(parents=True)
        (content / name / path.name).write_bytes(path.read_bytes())
        [alone] = read_contents(content).records
        assert alone == next(r for r in records() if r.path == alone.path)
