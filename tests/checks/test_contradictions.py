"""What a text says of an event against the event's own file: what is told, what is let alone."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from plugins.checks import contradictions
from plugins.checks.suite import check_contents
from plugins.dates.moments import PARIS
from plugins.faults import Level
from plugins.library.index import Index, read_index
from plugins.markdown.sentences import split
from tests.sites import ROOT

NOW = dt.datetime(2024, 1, 8, 12, tzinfo=PARIS)

EVENTS = {
    # One day, with a deadline and a former date.
    "lancement": """debut: 2024-02-08
debut_initial: 2024-01-30
inscription:
  contact: contact@exemple.fr
  avant_le: 2024-01-19""",
    "eco": """seances:
  - debut: 2024-02-02
  - debut: 2024-02-22
collectif: transition""",
    "plusieurs-jours": "debut: 2024-03-25\nfin: 2024-03-26",
    "vague": "debut: 2024-T4",
    "mensuel": """debut: 2024-02-13
recurrence:
  regle: "FREQ=MONTHLY;BYDAY=2TU;COUNT=3\"""",
    "sans-fin": 'debut: 2024-02-13\nrecurrence:\n  regle: "FREQ=MONTHLY;BYDAY=2TU"',
    "decret-du-3-janvier": "debut: 2024-04-02",
}
GROUPS = {"transition": "Transition"}


def index(root: Path, texts: dict[str, str], header: str = "") -> Index:
    """A small content folder around the texts of articles (or of files given by their path)."""
    files = {
        "donnees/site.yaml": "nom: S\naccroche: A\ndescription: D\ncontact: a@exemple.fr\n",
        **{
            f"evenements/{name}.md": (
                f"---\ntitre: {name.replace('-', ' ')}\nresume: R\n{fields}\n---\n"
            )
            for name, fields in EVENTS.items()
        },
        **{
            f"collectifs/{name}.md": (
                f"---\ntitre: {title}\nresume: R\ntitre_court: {title}\ngenre: chantier\n"
                "etat: lancé\n---\n"
            )
            for name, title in GROUPS.items()
        },
    }
    for name, text in texts.items():
        path = name if "/" in name else f"articles/{name}.md"
        extra = header or "date: 2024-01-05\nrubrique: Actualité\n"
        files[path] = f"---\ntitre: T\nresume: R\n{extra}---\n{text}"
    for path, text in files.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    made = read_index(root / "content", NOW)
    faults = check_contents(made, {})
    assert [str(fault) for fault in faults if fault.level is Level.ERROR] == []
    return made


def found(root: Path, text: str, header: str = "") -> list[str]:
    faults = list(contradictions.find(index(root, {"texte": text}, header)))
    assert all(fault.level is Level.WARNING for fault in faults)
    return [str(fault).removeprefix("content/articles/texte.md:") for fault in faults]


LANCEMENT = "[lancement](../evenements/lancement.md)"
ECO = "[réunion](../evenements/eco.md)"
DEUX_JOURS = "[rencontre](../evenements/plusieurs-jours.md)"
VAGUE = "[convention](../evenements/vague.md)"
MENSUEL = "[mensuel](../evenements/mensuel.md)"
ATELIER = "[atelier](../evenements/decret-du-3-janvier.md)"
CHANTIER = "[chantier](../collectifs/transition.md)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"Le {LANCEMENT} a lieu le 9 février.",
            (
                "« 9 février » : l’événement lié se tient le 8 février 2024 "
                "(content/evenements/lancement.md:4). Corrigez l’un des deux."
            ),
        ),
        (
            f"La {ECO} se tient le 1er février 2024.",
            (
                "« 1er février 2024 » : l’événement lié se tient notamment le 2 février 2024 "
                "(content/evenements/eco.md:5). Corrigez l’un des deux."
            ),
        ),
        (
            f"La {ECO} se tiendra le 21 février.",
            (
                "« 21 février » : l’événement lié se tient notamment le 22 février 2024 "
                "(content/evenements/eco.md:6). Corrigez l’un des deux."
            ),
        ),
        (
            f"La {DEUX_JOURS} du mercredi 27 mars.",
            (
                "« mercredi 27 mars » : l’événement lié se tient du 25 au 26 mars 2024 "
                "(content/evenements/plusieurs-jours.md:4). Corrigez l’un des deux."
            ),
        ),
        (
            f"La {VAGUE} se tiendra le 12 mars 2024.",
            (
                "« 12 mars 2024 » : l’événement lié n’a pour date que « 4e trimestre 2024 » "
                "(content/evenements/vague.md:4). Corrigez l’un des deux."
            ),
        ),
        (
            f"Le {MENSUEL} du 13 mars.",
            (
                "« 13 mars » : l’événement lié se tient notamment le 12 mars 2024 "
                "(content/evenements/mensuel.md:6). Corrigez l’un des deux."
            ),
        ),
    ],
)
def test_message(tmp_path: Path, text: str, message: str) -> None:
    (fault,) = found(tmp_path, text)
    assert fault.partition(" · ")[2].replace("\u00a0", " ") == message


@pytest.mark.parametrize(
    "text",
    [
        # how the link and the day are written
        "Le [lancement](/evenements/lancement/) a lieu le 9 février.",
        "Le [lancement](/evenements/lancement/#ici) a lieu le 9 février.",
        f"Le {LANCEMENT} a lieu le **9 février**.",
        f"Le {LANCEMENT} a lieu le *9*\nfévrier.",
        f"Le {LANCEMENT} a lieu\nle 9\nfévrier\n2024.",
        f"Le {LANCEMENT} a lieu le 9\u00a0févr. 2024.",
        f"Le {LANCEMENT} a lieu le vendredi 9 février à 17 h 30.",
        f"Le {LANCEMENT} a lieu le 09/02/2024.",
        f"Le {LANCEMENT} a lieu le 2024-02-09.",
        f"Le {LANCEMENT} a lieu le 8 février 2023.",
        f"Le {LANCEMENT} a lieu le 30 février.",
        # the event begins the sentence, and says when it is held
        f"Le {LANCEMENT} aura lieu le 9 février.",
        f"Le {LANCEMENT} : 8 mars.",
        f"Le {LANCEMENT}, le 9 février, commence à 17 h.",
        f"L’{LANCEMENT} se tient le 9 février.",
        f"{LANCEMENT} – le 9 février",
        f"- Le {LANCEMENT}, le 9 février\n- autre chose",
        f"> Le {LANCEMENT} a lieu le 9 février.",
        f"### Le {LANCEMENT}, le 9 février",
        f"/// encart\nLe {LANCEMENT} a lieu le 9 février.\n///",
        f"Avant.\n\nLe {LANCEMENT} a lieu le 9 février[^1].\n\n[^1]: Sous réserve.",
        f"Avant[^1].\n\n[^1]: Le {LANCEMENT} a lieu le 9 février.",
        # the day begins the sentence, which is nothing more
        f"9 FÉVRIER : {LANCEMENT}",
        f"1. Le 9 février, {LANCEMENT}",
        f"Le 9 février aura lieu le {LANCEMENT}.",
        f"| Quoi | Quand |\n|---|---|\n| {LANCEMENT} | 9 février |",
        f"| Quand | Quoi | Où |\n|---|---|---|\n| 9 février | {LANCEMENT} | à Paris |",
        # the day is in the words of the link, or just after them
        "Rendez-vous le [9 février](../evenements/lancement.md).",
        "Rendez-vous au [lancement du 9 février](../evenements/lancement.md) !",
        "Rendez-vous au [lancement (le 9 février)](../evenements/lancement.md) !",
        f"Rendez-vous au {LANCEMENT} du 9 février, avec [elle](https://exemple.fr).",
        f"Selon [elle](https://exemple.fr), rendez-vous au {LANCEMENT} (9 février).",
        f"Le {CHANTIER} prépare le {LANCEMENT} du 9 février.",
        "/// bouton\n    adresse: /evenements/lancement/\n\nLancement du 9 février\n///",
        "/// bouton\n    adresse: /evenements/lancement/\n\n9 février\n///",
    ],
)
def test_contradiction_is_told(tmp_path: Path, text: str) -> None:
    assert len(found(tmp_path, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        # right
        f"Le {LANCEMENT} a lieu le 8 février.",
        f"Le {LANCEMENT} a lieu le jeudi 8\u00a0février\u00a02024.",
        f"Le {LANCEMENT} a lieu le **8** février, de 9 h à 12 h.",
        f"Le {LANCEMENT} a lieu le 08/02/2024.",
        f"La {ECO} du 22 février.",
        f"La {DEUX_JOURS} du lundi 25 mars.",
        f"La {DEUX_JOURS}, le 26 mars 2024, continue.",
        f"La {VAGUE} se tiendra le 12 novembre.",
        f"Le {MENSUEL} du 12 mars.",
        f"| Quoi | Quand |\n|---|---|\n| {LANCEMENT} | 8 février |\n| Autre | 9 février |",
        # what the event's file announces: its former date, its deadline, a day in its title
        f"Le {LANCEMENT} du 30 janvier est reporté.",
        f"Inscriptions au {LANCEMENT} (19 janvier).",
        f"L’{ATELIER} du 3 janvier.",
        # not all the days of the event are known
        "Le [café](../evenements/sans-fin.md) du 9 février.",
        # another sentence, another item, another line
        f"Le {LANCEMENT} approche. Le 9 février, autre chose.",
        f"Le {LANCEMENT} ; le 9 février, autre chose.",
        f"Le {LANCEMENT} ! « Le 9 février », dit-il.",
        f"Le {LANCEMENT}… Le 9 février, autre chose.",
        f"- Le {LANCEMENT}\n- 9 février : autre chose",
        f"- {LANCEMENT}\n    - 9 février : autre chose",
        f"9 février : autre chose  \n{LANCEMENT}",
        f"### {LANCEMENT}\n\nLe 9 février.",
        # two days, two events, one event twice
        f"Le {LANCEMENT} du 9 février et la fête du 3 mars.",
        f"Le {LANCEMENT} est reporté du 9 février au 10 février.",
        f"Le {LANCEMENT} (9 février) et la {ECO}.",
        f"Le {LANCEMENT} du 9 février : {LANCEMENT}.",
        # a day that is a part of several
        f"La {DEUX_JOURS} : 26-27 mars.",
        f"La {DEUX_JOURS}, du 25 au 27 mars.",
        f"La {ECO} se tient les 2 et 23 février.",
        f"La {ECO} a lieu la semaine du 5 février.",
        f"La {ECO} a lieu entre le 5 et le 9 février.",
        # a day that may be that of something else
        f"Depuis le 16 octobre, le {LANCEMENT} se prépare.",
        f"Le 16 octobre, le {LANCEMENT} est annoncé.",
        f"16 octobre : le {LANCEMENT} est annoncé.",
        f"Après le {LANCEMENT}, le 9 mars, nous verrons.",
        f"Les inscriptions au {LANCEMENT} ouvrent le 15 janvier.",
        f"Inscriptions au {LANCEMENT} : 15 janvier.",
        "[Inscriptions dès le 15 janvier](../evenements/lancement.md)",
        "[15 janvier : inscriptions](../evenements/lancement.md)",
        f"Inscrivez-vous au {LANCEMENT} avant le 20 janvier.",
        f"Le {LANCEMENT} applique le décret du 3 janvier 2024.",
        f"Le compte rendu du {LANCEMENT} est publié le 12 février.",
        f"Nous parlions du {LANCEMENT} le 12 février.",
        f"La préparation du {LANCEMENT} a lieu le 1er février.",
        f"Comme le 26 janvier 1984, le {LANCEMENT} comptera.",
        # no day
        f"Le {LANCEMENT}, en mars 2024, salle 12, pour 30 personnes.",
        f"Le {LANCEMENT} : `9 février`, <del>9 février</del>.",
        f"Le {LANCEMENT} : 3/4, version 1.2.2024.3, 2024-02-099.",
        # no link to an event of the site
        "Le lancement a lieu le 9 février.",
        "Le [lancement](https://exemple.fr/evenements/lancement/) a lieu le 9 février.",
        f"Le {CHANTIER} se réunit le 9 février.",
    ],
)
def test_nothing_is_told(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"Un.\n\nLe {LANCEMENT} a lieu\nle **9\nfévrier**.", "10:6"),
        (f"Le 9 février, ailleurs.\n\nLe 9 février, {LANCEMENT}.", "9:4"),
        # words that are not found in the file: the link
        (f"Le 1<sup>er</sup> mars, {LANCEMENT}.", "7:37"),
        ("Le [lancement][l] a lieu le 9 février.\n\n[l]: ../evenements/lancement.md", "7:29"),
    ],
)
def test_place_is_that_of_the_date(tmp_path: Path, text: str, place: str) -> None:
    (fault,) = found(tmp_path, text)
    assert fault.partition(" · ")[0] == place


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Un. Deux. Trois.", ["Un. ", "Deux. ", "Trois."]),
        ("À 17 h 30. Le soir.", ["À 17 h 30. ", "Le soir."]),
        ("Le 3 janv. 2024, p. 12, etc. dans la salle… puis rien.", None),
        ("Le 3 janv. Le soir.", ["Le 3 janv. ", "Le soir."]),
        ("« Oui ! » Non ? (Peut-être.) Fin.", ["« Oui ! » ", "Non ? ", "(Peut-être.) ", "Fin."]),
        ("« Oui ! » dit-il.", None),
        ("Un ; deux ; trois", ["Un ; ", "deux ; ", "trois"]),
        ("Voir www.exemple.fr. Puis rien.", ["Voir www.exemple.fr. ", "Puis rien."]),
        ("", []),
    ],
)
def test_split(text: str, sentences: list[str] | None) -> None:
    assert split(text) == ([text] if sentences is None else sentences)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("le 1er mars", "1er mars"),
        ("mardi 16 janvier 2024", "mardi 16 janvier 2024"),
        ("2 févr. 2024", "2 févr. 2024"),
        ("02/03/2024", "02/03/2024"),
        ("2.3.2024", "2.3.2024"),
        ("2024-03-02", "2024-03-02"),
        ("18 mars, salle 12, à 17 h 30", "18 mars"),
        *((text, None) for text in ("12 marsouins", "32 janvier", "112 mars", "3/4", "mai 2024")),
        ("1.2.3.2024", None),
    ],
)
def test_full_days(tmp_path: Path, written: str, day: str | None) -> None:
    told = [fault.split(" » : ")[0] for fault in found(tmp_path, f"{LANCEMENT}, {written}")]
    assert [text.split("« ")[1].replace("\u00a0", " ") for text in told] == ([day] if day else [])


def test_sample_content_does_not_contradict_itself() -> None:
    assert list(contradictions.find(read_index(ROOT / "content", NOW))) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Le {LANCEMENT} " + "le 9 " * 15_000,
        f"Le {LANCEMENT} " + "M. " * 30_000,
        f"Le {LANCEMENT} les " + "1, " * 30_000,
        f"Le {LANCEMENT} du " + "lundi 1er du " * 6_000,
        f"Le {LANCEMENT} " + "loi " * 20_000,
        f"Le {LANCEMENT} le 8 février. " * 1_200,
        f"Le {LANCEMENT} le 9 février. " * 500,
        f"{LANCEMENT} " * 2_500,
    ],
)
def test_time_is_linear(tmp_path: Path, text: str) -> None:
    made = index(tmp_path, {"texte": text})
    start = time.process_time()
    list(contradictions.find(made))
    assert time.process_time() - start < 4
