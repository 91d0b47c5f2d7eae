"""An invitation to one sitting of a series: one item of `exceptions`, and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.content.reading import read_record
from plugins.content.record import has_header
from plugins.front_matter.document import read_document
from plugins.models import KINDS, EventHeader
from plugins.writing.invitations.reading import read_invitation
from plugins.writing.invitations.sittings import UnsureError, sitting_change, with_sitting

EVENT = next(kind for kind in KINDS if kind.header is EventHeader)
PATH = Path("content/evenements/serie.md")
SERIES = """\
---
titre: Série
resume: Un.  # à relire
debut: 2027-02-02 08:30
fin: 10:00
recurrence:
  # Décidé en comité.
  chaque: premier mardi  # du mois
  fois: 10
{exceptions}# Fin de la série.
lieu: Arche
---
Le texte.
"""
EXCEPTIONS = """\
  exceptions:
    # Vacances.
    - date: 2027-03-02
      statut: annulé
    - date: 2027-04-06  # Pâques
      debut: 2027-04-07 09:00
      titre: Avec la directrice
"""
MARCH, APRIL, MAY = "20270302T083000", "20270406T083000", "20270504T083000"
OFF = "STATUS:CANCELLED"


def invitation(planned: str, *lines: str) -> bytes:
    """Return the calendar of an invitation to one sitting, at hours of Paris."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:serie-1", "SUMMARY:Série")
    return "\r\n".join(
        (*head, f"RECURRENCE-ID:{planned}", *lines, "END:VEVENT", "END:VCALENDAR", "")
    ).encode()


def moved(start: str, end: str) -> tuple[str, str]:
    return f"DTSTART:{start}", f"DTEND:{end}"


def changed(text: str, data: bytes) -> str:
    """Return the text of a series after an invitation."""
    record = read_record(EVENT, PATH, text.encode())
    assert has_header(record, EventHeader)
    document, _ = read_document(PATH, text.encode())
    assert document is not None
    (found,) = read_invitation(data, dt.date(2026, 11, 29))
    change = sitting_change(record, found, document.values)
    return with_sitting(record, text, change, document.values)


@pytest.mark.parametrize(
    ("exceptions", "data", "wanted"),
    [
        (
            "",
            invitation(MARCH, OFF),
            "  exceptions:\n    - date: 2027-03-02\n      statut: annulé\n",
        ),
        (
            "",
            invitation(MARCH, *moved("20270303T090000", "20270303T103000")),
            "  exceptions:\n    - date: 2027-03-02\n      debut: 2027-03-03 09:00\n",
        ),
        (
            "",
            invitation(MARCH, *moved("20270303T090000", "20270303T120000"), "STATUS:TENTATIVE"),
            (
                "  exceptions:\n    - date: 2027-03-02\n      debut: 2027-03-03 09:00\n"
                "      fin: 12:00\n      statut: à confirmer\n"
            ),
        ),
        # One more, after the others.
        (
            EXCEPTIONS,
            invitation(MAY, OFF),
            f"{EXCEPTIONS}    - date: 2027-05-04\n      statut: annulé\n",
        ),
        # The same day: a sitting that was cancelled is held another day, a moved one is cancelled.
        (
            EXCEPTIONS,
            invitation(MARCH, *moved("20270303T083000", "20270303T100000")),
            EXCEPTIONS.replace("statut: annulé", "debut: 2027-03-03 08:30"),
        ),
        (
            EXCEPTIONS,
            invitation(APRIL, OFF),
            EXCEPTIONS.replace("  # Pâques", "") + "      statut: annulé\n",
        ),
        # Held as it was planned, after all.
        (
            EXCEPTIONS,
            invitation(MARCH, *moved(MARCH, "20270302T100000")),
            EXCEPTIONS.replace("    - date: 2027-03-02\n      statut: annulé\n", ""),
        ),
        # The commented field of a new file gives its place.
        (
            "## Les séances.\n#  exceptions:\n##   Le jour.\n#    - date:\n",
            invitation(MARCH, OFF),
            (
                "## Les séances.\n  exceptions:\n    - date: 2027-03-02\n      statut: annulé\n"
                "##   Le jour.\n#    - date:\n"
            ),
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_exception_changes(exceptions: str, data: bytes, wanted: str, end: str) -> None:
    before, after = (SERIES.format(exceptions=e).replace("\n", end) for e in (exceptions, wanted))
    assert changed(before, data) == after


def test_a_recurrence_in_words_alone_stays() -> None:
    text = SERIES.format(exceptions="")
    words = "recurrence: premier mardi  # du mois\n"
    start = text.index("recurrence:")
    text = text[:start] + words + text[text.index("# Fin") :]
    assert changed(text, invitation(MARCH, OFF)) == text.replace(
        words,
        "recurrence:\n  chaque: premier mardi  # du mois\n"
        "  exceptions:\n    - date: 2027-03-02\n      statut: annulé\n",
    )


def test_the_last_exception_goes_with_its_field() -> None:
    only = "  exceptions:\n    - date: 2027-03-02\n      statut: annulé\n"
    data = invitation(MARCH, *moved(MARCH, "20270302T100000"))
    assert changed(SERIES.format(exceptions=only), data) == SERIES.format(exceptions="")


@pytest.mark.parametrize("exceptions", ["", EXCEPTIONS])
def test_what_is_said_already_changes_nothing(exceptions: str) -> None:
    text = SERIES.format(exceptions=exceptions)
    data = invitation(MARCH, OFF) if exceptions else invitation(MAY, *moved(MAY, "20270504T100000"))
    assert changed(text, data) == text


HEAD = "---\ntitre: Série\nresume: Un.\n"


@pytest.mark.parametrize(
    ("text", "data", "reason", "lines"),
    [
        (
            f"{HEAD}debut: 2027-03-02 08:30\n---\n",
            invitation(MARCH, OFF),
            "il n’a pas de « recurrence »",
            ["statut_evenement: annulé"],
        ),
        (
            f"{HEAD}debut: 2027-03-02 08:30\n---\n",
            invitation(MARCH, *moved("20270303T090000", "20270303T103000")),
            "il n’a pas de « recurrence »",
            ["debut: 2027-03-03 09:00", "fin: 10:30"],
        ),
        (
            f"{HEAD}seances:\n  - debut: 2027-03-02 08:30\n  - debut: 2027-03-09 08:30\n---\n",
            invitation(MARCH, OFF),
            "ses dates sont des « seances ». Changez celle qui est prévue ce jour-là",
            ["seances:", "  - debut: 2027-03-02 08:30", "    statut: annulé"],
        ),
        (
            SERIES.format(exceptions=""),
            invitation("20270316T083000", *moved("20270317T083000", "20270317T100000")),
            "aucune séance n’y est prévue à cette date",
            ["recurrence:", "  dates:", "    - 2027-03-17 08:30"],
        ),
        (
            SERIES.format(exceptions=""),
            invitation("20270316T083000", OFF),
            "aucune séance n’y est prévue à cette date",
            [],
        ),
        (
            f"{HEAD}debut: 2027-02-02\nrecurrence: {{chaque: premier mardi, fois: 10}}\n---\n",
            invitation(MARCH, OFF),
            "son en-tête ne se change pas ligne à ligne",
            ["recurrence:", "  exceptions:", "    - date: 2027-03-02", "      statut: annulé"],
        ),
        (
            SERIES.format(exceptions="").replace("recurrence:", "Recurrence:"),
            invitation(MARCH, OFF),
            "son en-tête ne se change pas ligne à ligne",
            ["recurrence:", "  exceptions:", "    - date: 2027-03-02", "      statut: annulé"],
        ),
        # On a day when another sitting is held.
        (
            SERIES.format(exceptions=""),
            invitation(MARCH, *moved(APRIL, "20270406T100000")),
            (
                "« 2027-04-06 08:30 » : une autre séance est prévue à cette date. Changez la date, "
                "ou annulez l’une des deux"
            ),
            [
                "recurrence:",
                "  exceptions:",
                "    - date: 2027-03-02",
                "      debut: 2027-04-06 08:30",
            ],
        ),
        (
            SERIES.format(exceptions=""),
            invitation(MARCH, OFF).replace(b"RECURRENCE-ID", b"RECURRENCE-ID;RANGE=THISANDFUTURE"),
            "elle vaut aussi pour les séances suivantes. Écrivez un élément pour chacune",
            ["recurrence:", "  exceptions:", "    - date: 2027-03-02", "      statut: annulé"],
        ),
    ],
)
def test_what_is_not_certain_is_told(text: str, data: bytes, reason: str, lines: list[str]) -> None:
    with pytest.raises(UnsureError) as raised:
        changed(text, data)
    assert (str(raised.value), raised.value.lines) == (reason, lines)


@pytest.mark.parametrize(
    ("old", "new"), [("recurrence:", "récurrence:"), ("fois: 10", "fois: dix")]
)
def test_a_series_at_fault_is_to_be_mended_first(old: str, new: str) -> None:
    text = SERIES.format(exceptions="").replace(old, new)
    with pytest.raises(UnsureError, match=r"^son en-tête a une erreur") as raised:
        changed(text, invitation(MARCH, OFF))
    assert raised.value.lines == []
