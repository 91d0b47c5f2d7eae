"""The fullest letters that are proposed, with all that the sample's issues repeat, as e-mails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plugins.content.reading import read_record
from plugins.content.record import AnyRecord, has_header
from plugins.faults import Notices
from plugins.library.history import History
from plugins.library.index import Index, read_index
from plugins.models import KINDS, LetterHeader
from plugins.outputs.mail.length import GMAIL_CLIP
from plugins.site.letter_media import LetterMedia
from plugins.theme.theme import Theme
from plugins.views.site import Site
from plugins.writing.letter_pieces import MOST_IN_AGENDA, MOST_IN_BLOCKS, MOST_TEASERS
from plugins.writing.next_letter import propose
from tests.contents import NOW, text
from tests.sites import ROOT

SUMMARY = (
    "Une phrase qui résume ce que l'on y fera, avec qui, et pourquoi il faut y venir tôt. " * 3
)


@pytest.fixture(scope="module")
def bare() -> Index:
    """The sample, without its own events and articles."""
    index = read_index(ROOT / "content", NOW, history=History)
    kept = [r for r in index.contents.records if r.kind.name not in {"event", "article"}]
    return Index(replace(index.contents, records=tuple(kept)), NOW)


def event(number: int) -> AnyRecord:
    """Return an event with all that a row of an e-mail shows."""
    return record(
        f"evenements/rencontre-des-dirigeants-{number}.md",
        text(
            f"debut: 2024-01-{9 + number % 20:02} 14:00\nfin: 16:30\nmodalite: hybride\n"
            "lieu: {nom: Tour Séquoia, adresse: 1 place Carpeaux, ville: La Défense}\n"
            "lien_visio: https://visio.example/salle\ncollectif: numerique\ninscription:\n"
            "  url: https://formulaires.example/une-rencontre-des-dirigeants\n"
            "  contact: communaute@reseau.example",
            titre=f"Rencontre des dirigeants sur les transitions des territoires, {number}",
        ),
    )


def article(number: int) -> AnyRecord:
    return record(
        f"articles/ce-que-change-la-transition-{number}.md",
        text(
            f"date: 2024-01-{1 + number % 8:02}\nrubrique: Retour d'événement",
            titre=f"Ce que la transition des territoires change à nos métiers, {number}",
        ).replace("Un résumé.", SUMMARY),
    )


def record(name: str, data: str) -> AnyRecord:
    kind = next(kind for kind in KINDS if kind.folder == name.partition("/")[0])
    return read_record(kind, Path("content", name), data.encode())


def with_records(index: Index, records: list[AnyRecord]) -> Index:
    return Index(replace(index.contents, records=(*index.contents.records, *records)), NOW)


@pytest.mark.parametrize(
    ("events", "articles", "form"),
    [
        (MOST_IN_BLOCKS, MOST_TEASERS, "/// evenement"),
        (MOST_IN_AGENDA, MOST_TEASERS, "/// agenda"),
        (100, 60, "- ["),
    ],
)
def test_email_is_whole(bare: Index, events: int, articles: int, form: str) -> None:
    told = [*map(event, range(events)), *map(article, range(articles))]
    index = with_records(bare, told)
    proposal = propose(index)
    assert f" -->\n{form}" in proposal.text
    draft = record("lettres/2.md", proposal.text.replace("statut: brouillon\n", ""))
    assert (draft.faults, draft.text_faults()) == ((), ())
    index = with_records(index, [draft])
    site, notices = Site(index, "https://passerelle.example"), Notices()
    assert has_header(draft, LetterHeader)
    mail = LetterMedia(site, Theme(ROOT / "theme", site), [], notices).mail_html(draft)
    assert notices.taken() == ()
    assert len(mail.encode()) < GMAIL_CLIP
    assert [r for r in told if f'{r.address}"' not in mail] == []
