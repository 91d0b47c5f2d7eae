"""All that outputs are made of is frozen, comparable and can be sent to another process."""

from __future__ import annotations

import datetime as dt
import importlib
import pickle
import pkgutil
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from plugins import outputs
from plugins.dates.moments import PARIS
from plugins.outputs.calendars.calendar import PALETTE, Alarm, CalendarImage, Color, Repetition
from plugins.outputs.cards.card import Card, Colours
from plugins.outputs.cards.png import Band
from plugins.outputs.feeds.feed import FeedEnclosure, FeedPicture
from plugins.outputs.form.configuration import Choice, FormSource
from plugins.outputs.mail.eml import Posting, sender_of
from plugins.outputs.mail.exports import Delivery
from plugins.outputs.mail.length import Fitted, MailSection
from plugins.outputs.mail.letter_mail import MailPicture
from plugins.outputs.pdf.causes import PdfFault
from plugins.outputs.pdf.pdf import Pdf, PdfError
from plugins.outputs.picture_copies import Copy
from plugins.outputs.search import SearchEntry
from plugins.outputs.text.lines import Line
from plugins.outputs.web import Icon, MappedPage
from tests.outputs.calendar_samples import CALENDAR, WEBINAR
from tests.outputs.feed_samples import FEED, FIRST
from tests.outputs.letter_samples import SITE_URL, letter, site
from tests.outputs.pdf_samples import BODY, source

PICTURE = MailPicture("https://site.example/a.png", "a.png", "image/png", b"\x89PNG")
SECTION = MailSection("Agenda", "agenda", ("<h2>Agenda</h2>", "<p>Rien</p>"), is_cut=True)
ALARM = Alarm(dt.datetime(2024, 2, 1, 9, tzinfo=PARIS), "Dernier jour")
WEEKLY = Repetition("FREQ=WEEKLY;COUNT=3", excluded=(dt.datetime(2024, 2, 14, 17, tzinfo=PARIS),))
EVENT = replace(WEBINAR, color=PALETTE[0], alarm=ALARM, repetition=WEEKLY)
SAMPLES = (
    *(FEED, FIRST, FeedEnclosure("https://site.example/a.png", 12, "image/png")),
    FeedPicture(FeedEnclosure("https://site.example/a.png", 12, "image/png"), 40, 30, "Un quai"),
    *(replace(CALENDAR, events=(EVENT,)), EVENT, ALARM, WEEKLY, Color("indigo", "#4b0082")),
    CalendarImage("https://site.example/a.jpg", "image/jpeg"),
    *(letter(pictures=(PICTURE,)), PICTURE, SECTION, Fitted("<p>Rien</p>", (SECTION,), 2)),
    *(sender_of(site(), SITE_URL), Posting(None, dt.datetime(2024, 1, 8, tzinfo=PARIS), "<a@b>")),
    Copy("/tailles/images/a.jpg/400.avif", "AVIF", 400, 300, (50, 20)),
    Delivery("La lettre", "lettre@site.example", (3,)),
    SearchEntry("/a/", "Des mots.", (("titre", "A"),), (("Année", ("2024",)),), "2024-01-08"),
    Card(site="Essai", tagline="", kind="", title="Titre", year=2024),
    Colours("#ffffff", "#000000", "#005454", "#dbf3ef", "#9d2e1c"),
    *(Choice("operateurs", "Opérateurs"), FormSource("Essai", SITE_URL, "/a.css", "/a.svg")),
    *(Band(1, 1, b"\x03\x00", 1), Icon("/a.png", 192), MappedPage("https://site.example/")),
    *(
        source(BODY),
        Pdf(b"%PDF-1.7", 1),
        PdfFault("un signe manque", "✗"),
        Line("mot", "- ", goes_on=True),
    ),
)


def data_types() -> Iterator[type]:
    """Yield the public dataclasses of the outputs."""
    for found in pkgutil.walk_packages(outputs.__path__, f"{outputs.__name__}."):
        for name, value in vars(importlib.import_module(found.name)).items():
            is_own = getattr(value, "__module__", None) == found.name
            if is_own and isinstance(value, type) and is_dataclass(value) and name[0] != "_":
                yield value


def test_every_type_is_tried() -> None:
    assert {type(sample) for sample in SAMPLES} == set(data_types())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_another_process_has_the_same(sample: object) -> None:
    copy = pickle.loads(pickle.dumps(sample))  # noqa: S301 - our own bytes
    assert copy is not sample
    assert copy == sample


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_nothing_changes_it(sample: object) -> None:
    assert is_dataclass(sample)
    for field in fields(sample):
        with pytest.raises(FrozenInstanceError):
            setattr(sample, field.name, None)


def test_faults_come_back_from_another_process() -> None:
    error = PdfError((PdfFault("une image manque"), PdfFault("un signe aussi", "✗")))
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (copy.faults, str(copy)) == (error.faults, "une image manque ; un signe aussi")
