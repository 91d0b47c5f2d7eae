"""A site as large as a test asks for: events, articles, issues, all related to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.contents import group, text, write

FIRST_DAY = date(2024, 1, 1)
_HOURS = "09:00", "12:30", "17:00"


@dataclass(frozen=True)
class Size:
    """How many contents of each kind; the events are spread evenly over `days`."""

    events: int = 0
    articles: int = 0
    letters: int = 1
    groups: int = 6
    organisations: int = 3
    series: int = 4
    themes: int = 5
    days: int = 366


def write_site(root: Path, size: Size) -> Path:
    """Write such a site; return its content folder."""
    return write(root / "content", files_of(size))


def files_of(size: Size) -> dict[str, str]:
    """Return the files of a site; the first event is on `FIRST_DAY`."""
    files = {
        f"collectifs/g{n}.md": group(f"Groupe {n}", genre="chantier" if n % 2 else "groupe")
        for n in range(size.groups)
    }
    files |= {
        f"organisations/o{n}.md": text(titre=f"Réseau {n}") for n in range(size.organisations)
    }
    files |= {f"evenements/e{n}.md": _event(n, size) for n in range(size.events)}
    files |= {f"articles/a{n}.md": _article(n, size) for n in range(size.articles)}
    files |= {f"lettres/{n}.md": _letter(n, size) for n in range(1, size.letters + 1)}
    files["pages/plan-du-site.md"] = text("gabarit: plan-du-site", titre="Plan du site")
    return files


def _event(number: int, size: Size) -> str:
    day = FIRST_DAY + timedelta(days=number * size.days // size.events)
    return text(
        f"debut: {day} {_HOURS[number % len(_HOURS)]}\n"
        f"collectif: g{number % size.groups}\n"
        f"organisation: o{number % size.organisations}\n"
        f"serie:\n  nom: Série {number % size.series}\n  numero: {number // size.series + 1}\n"
        f"themes: [Thème {number % size.themes}]\npublic: [Public {number % size.series}]\n"
        "modalite: présentiel\nlieu:\n  ville: Nantes\n"
        f"inscription:\n  contact: contact@exemple.fr\n  avant_le: {day - timedelta(days=5)}\n",
        f"Le programme de la rencontre {number}.\n",
        f"Rencontre {number}",
    )


def _article(number: int, size: Size) -> str:
    day = FIRST_DAY - timedelta(days=number % 300)
    about = f"evenement: e{number % size.events}\n" if size.events else ""
    return text(
        f"date: {day}\n{about}collectifs: [g{number % size.groups}]\n"
        f"organisation: o{number % size.organisations}\nthemes: [Thème {number % size.themes}]\n",
        f"Ce que le [groupe](../collectifs/g{number % size.groups}.md) a dit en {number} mots.\n",
        f"Nouvelle {number}",
    )


def _letter(number: int, size: Size) -> str:
    day = FIRST_DAY - timedelta(days=30 * (size.letters - number + 1))
    return text(
        f"numero: {number}\ndate: {day}\n",
        "## Les dates\n\n/// agenda\n///\n\n/// matrice\n    annee: 2024\n///\n\n"
        "/// chantiers\n    dates: toutes\n///\n",
        f"La lettre {number}",
    )
