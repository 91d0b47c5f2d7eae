"""Views are functions of the record, the index and the day: they touch no file."""

from __future__ import annotations

import builtins
import gc
import io
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plugins.dates.in_words import public_holidays
from plugins.faults import Notices
from plugins.library.index import read_index
from plugins.site.plan import Plan
from plugins.theme.theme import Theme
from plugins.views.letters import letter_page_view, letter_view
from plugins.views.pages import Page
from plugins.views.site import Site
from plugins.views.site_calendars import SiteCalendars
from tests.sites import ROOT


@pytest.fixture
def nothing_is_collected() -> Iterator[None]:
    """What other tests left may touch files when it is collected."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("nothing_is_collected")
def test_views_are_made_without_any_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture changed after the reading of the contents must not change a page."""
    index = read_index(ROOT / "content", datetime(2024, 1, 8, 8, tzinfo=UTC))
    # Its library looks for its own version when it is loaded.
    public_holidays(index.today.year)
    site = Site(index, "https://passerelle.example")
    items = Plan(site, Theme(ROOT / "theme", site), Notices())
    # The plan gives the view of an issue’s page the weight of its PDF, rendered for it.
    pages = [p for p in items if isinstance(p, Page) and p.template != "letter"]

    def refusing(function: Callable[..., Any]) -> Callable[..., Any]:
        def checked(path: object, *arguments: object, **options: object) -> object:
            # The libraries read data of their own when first used, such as names of holidays.
            if not isinstance(path, int) and not str(path).startswith((sys.prefix, "/usr")):
                pytest.fail(f"a view touches {path}")
            return function(path, *arguments, **options)

        return checked

    with monkeypatch.context() as patch:
        for module, names in {
            builtins: ["open"],
            io: ["open"],
            os: ["open", "stat", "lstat", "scandir", "listdir"],
            Path: ["open", "stat", "is_file", "exists", "read_bytes", "read_text"],
        }.items():
            for name in names:
                patch.setattr(module, name, refusing(getattr(module, name)))
        views = [site.page_view(page) for page in pages]
        mails = [letter_view(r, index, lit_day=None, for_mail=True) for r in index.letters]
        for letter in index.letters:
            letter_page_view(letter, site, pdf_label="", mail="", preview=None, state=None)
        calendars = SiteCalendars(index, site.url)
        files = [calendars.calendar(subscription) for subscription in calendars.subscriptions]
    assert len(views) > 100
    assert any(mail.image and mail.image.mail_src and mail.image.width for mail in mails)
    assert any(calendar.events for calendar in files)
