"""What a text says of an event against the event's own file: what is told, what is let alone."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from plugins.checks import contradictions
from plugins.checks.sentences import split
from plugins.checks.written_days import find_days
from plugins.dates.moments import PARIS
from plugins.faults import Level
from plugins.library.library import Library
from plugins.library.loading import load
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
    "soir": "debut: 2024-02-07 17:00\nfin: 18:30",
}
GROUPS = {"transition": "Transition"}


def library(root: Path, texts: dict[str, str], header: str = "") -> Library:
    """A small content folder around the texts of articles (or of files given by their path)."""
    files = {
        "donnees/site.yaml": "nom: S\naccroche: A\ndescription: D\ncontact: a@exemple.fr\n",
        **{
            f"evenements/{name}.md": f"---\ntitre: {name}\nresume: R\n{fields}\n---\n"
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
    loaded = load(root / "content", NOW, {})
    assert [str(fault) for fault in loaded.faults if fault.level is Level.ERROR] == []
    return loaded.library


def found(root: Path, text: str, header: str = "") -> list[str]:
    faults = list(contradictions.find(library(root, {"texte": text}, header)))
    assert all(fault.level is Level.WARNING for fault in faults)
    return [str(fault).removeprefix("content/articles/texte.md:") for fault in faults]


LANCEMENT = "[lancement](../evenements/lancement.md)"
ECO = "[réunion](../evenements/eco.md)"
DEUX_JOURS = "[rencontre](../evenements/plusieurs-jours.md)"
VAGUE = "[convention](../evenements/vague.md)"
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
            f"La seconde {ECO} se tient le 21 février.",
            (
                "« 21 février » : l’événement lié se tient notamment le 22 février 2024 "
                "(content/evenements/eco.md:6). Corrigez l’un des deux."
            ),
        ),
        (
            f"La {ECO} se tient les 2 et 23 février.",
            (
                "« 2 et 23 février » : l’événement lié se tient notamment le 22 février 2024 "
                "(content/evenements/eco.md:6). Corrigez l’un des deux."
            ),
        ),
        (
            f"La {DEUX_JOURS} dure du 25 au 27 mars.",
            (
                "« du 25 au 27 mars » : l’événement lié se tient du 25 au 26 mars 2024 "
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
            f"Les inscriptions au {LANCEMENT} sont ouvertes jusqu’au vendredi 26 janvier.",
            (
                "« vendredi 26 janvier » : les inscriptions à l’événement lié sont closes le "
                "19 janvier 2024 (content/evenements/lancement.md:8). Corrigez l’un des deux."
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
        f"Le {LANCEMENT} : 8 mars.",
        f"9 FÉVRIER : {LANCEMENT}",
        "[Le lancement du 9 février](../evenements/lancement.md)",
        f"Le {LANCEMENT} a lieu avenue Foch, av. Foch, au n° 12, le 9 février.",
        f"Le {LANCEMENT}, avec M. Martin, aura lieu le 9 février.",
        f"Le {LANCEMENT}, avec J. Martin (cf. p. 12), aura lieu le 9 février.",
        f"Le {LANCEMENT}… le 9 février.",
        f"- Le {LANCEMENT}, le 9 février\n- autre chose",
        f"1. Le 9 février, {LANCEMENT}",
        f"| Quoi | Quand |\n|---|---|\n| {LANCEMENT} | 9 février |",
        f"> Le {LANCEMENT} a lieu le 9 février.",
        f"### Le {LANCEMENT}, le 9 février",
        f"Le {LANCEMENT} (9 février) et la {ECO} du 2 février.",
        f"La {ECO} du 2 février et le {LANCEMENT} du 9 février.",
        f"Le {LANCEMENT} du 9 février (inscriptions avant le 19 janvier).",
        f"Les inscriptions pour le {LANCEMENT} du 8 février : avant le 20 janvier.",
        f"La {DEUX_JOURS} a lieu les 26 et 27 mars.",
        f"La {DEUX_JOURS} a lieu les 24, 25 et 26 mars.",
        f"La {DEUX_JOURS} : 26-27 mars.",
        f"La {DEUX_JOURS} a lieu du lundi 1er au mardi 2 avril.",
        f"La {ECO} a lieu la semaine du 5 février.",
        f"La {ECO} a lieu entre le 5 et le 9 février.",
        f"/// encart\nLe {LANCEMENT} a lieu le 9 février.\n///",
        "/// bouton\n    adresse: /evenements/lancement/\n\nJe viens le 9 février\n///",
        f"Avant.\n\nLe {LANCEMENT} a lieu le 9 février[^1].\n\n[^1]: Sous réserve.",
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
        f"Le {LANCEMENT} du 30 janvier est reporté au 8 février.",
        f"Le {LANCEMENT} est reporté du 30 janvier au 8 février.",
        f"Inscrivez-vous au {LANCEMENT} avant le 19 janvier.",
        f"La {ECO} se tient les 2 et 22 février.",
        f"La {ECO} se tient le 2 puis le 22 février.",
        f"La {ECO} du 22 février.",
        f"La {DEUX_JOURS} : 25–26 mars 2024, du 25 au 26 mars.",
        f"La {DEUX_JOURS} commence le lundi 25 mars.",
        f"La {ECO} a lieu la semaine du 29 janvier.",
        f"La {ECO} a lieu entre le 19 et le 23 février.",
        f"La {VAGUE} se tiendra le 12 novembre.",
        f"La {VAGUE} se tiendra entre octobre et décembre 2024.",
        f"Le {LANCEMENT} (8 février) suit la {ECO} du 2 février.",
        f"| Quoi | Quand |\n|---|---|\n| {LANCEMENT} | 8 février |\n| Autre | 9 février |",
        # another sentence, another item, another line
        f"Le {LANCEMENT} approche. Le 9 février, autre chose.",
        f"Le {LANCEMENT} approche ; le 9 février, autre chose.",
        f"Le {LANCEMENT} approche ! « Le 9 février », dit-il.",
        f"Le {LANCEMENT} commence à 17 h 30. Le 9 février, autre chose.",
        f"Le {LANCEMENT} approche… Le 9 février, autre chose.",
        f"- Le {LANCEMENT}\n- 9 février : autre chose",
        f"- {LANCEMENT}\n    - 9 février : autre chose",
        f"9 février : autre chose  \n{LANCEMENT}",
        f"### {LANCEMENT}\n\nLe 9 février.",
        # once the event is dated, another date is about something else
        f"Depuis la réunion du 4 décembre, le {LANCEMENT} du 8 février se prépare.",
        f"Le {LANCEMENT} du 8 février et la fête du 3 mars.",
        f"Le {LANCEMENT} a lieu le 8 février et non le 9 février.",
        # what the words before the date say
        f"Depuis le 16 octobre, le {LANCEMENT} se prépare.",
        f"Après le 16 octobre, le {LANCEMENT}.",
        f"Les inscriptions au {LANCEMENT} ouvrent le 15 janvier.",
        f"Dès le lundi 15 janvier, inscrivez-vous au {LANCEMENT}.",
        f"Le {LANCEMENT}, à compter du 15 janvier, se prépare.",
        f"Le {LANCEMENT} applique la loi n° 84-53 du 26 janvier 1984.",
        f"Le {LANCEMENT} applique le décret du 3 janvier 2024.",
        f"Le compte rendu du {LANCEMENT} est publié le 12 février.",
        f"La veille du 9 février, {LANCEMENT}.",
        f"Comme le 26 janvier 1984, le {LANCEMENT} comptera.",
        f"Répondez à la {ECO} avant le 20 janvier.",
        f"Répondez pour le 15 janvier au plus tard : {LANCEMENT}.",
        f"Inscrivez-vous à la {ECO} avant le 20 janvier.",
        # no day
        f"Le {LANCEMENT}, en mars 2024, salle 12, pour 30 personnes.",
        f"Le {LANCEMENT} : `9 février`, <del>9 février</del>.",
        f"Le {LANCEMENT}, à 3/4, version 1.2.2024.3, 2024-02-099.",
        # no link to an event of the site
        "Le lancement a lieu le 9 février.",
        "Le [lancement](https://exemple.fr/evenements/lancement/) a lieu le 9 février.",
        f"Le {CHANTIER} se réunit le 9 février.",
    ],
)
def test_nothing_is_told(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("path", "header", "text"),
    [
        ("evenements/autre.md", "debut: 2024-03-09\n", f"Après le {LANCEMENT}, le 9 mars."),
        (
            "articles/bilan.md",
            "date: 2024-01-05\nrubrique: Actualité\nevenement: soir\n",
            f"Le 7 février, on a parlé du {LANCEMENT}.",
        ),
        (
            "collectifs/autre.md",
            "titre_court: A\ngenre: chantier\netat: lancé\n",
            f"Le 9 février, puis le {LANCEMENT}.",
        ),
    ],
)
def test_own_days_are_no_contradiction(tmp_path: Path, path: str, header: str, text: str) -> None:
    own = tmp_path / "content/evenements/sien.md"
    own.parent.mkdir(parents=True)
    if path.startswith("collectifs"):
        own.write_text(
            "---\ntitre: S\nresume: R\ndebut: 2024-02-09\ncollectif: autre\n---\n", "utf-8"
        )
    texts = {path: text}
    assert list(contradictions.find(library(tmp_path, texts, header))) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"Un.\n\nLe {LANCEMENT} a lieu\nle **9\nfévrier**.", "10:6"),
        (f"Le 9 février, ailleurs.\n\nLe 9 février, {LANCEMENT}.", "9:4"),
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
        ("M. Le Goff et Mme Roux, av. Foch, n. 3, p. 12, art. 4.", None),
        ("À 17 h 30. Le soir.", ["À 17 h 30. ", "Le soir."]),
        ("Le 3 janv. 2024, etc. dans la salle… puis rien.", None),
        ("Le 3 janv. Le soir.", ["Le 3 janv. ", "Le soir."]),
        ("« Oui ! » Non ? (Peut-être.) Fin.", ["« Oui ! » ", "Non ? ", "(Peut-être.) ", "Fin."]),
        ("« Oui ! » dit-il.", None),
        ("Un ; deux ; trois", ["Un ; ", "deux ; ", "trois"]),
        ("J.-P. Martin et A. Durand.", None),
        ("Voir www.exemple.fr. Puis rien.", ["Voir www.exemple.fr. ", "Puis rien."]),
        ("", []),
    ],
)
def test_split(text: str, sentences: list[str] | None) -> None:
    assert split(text) == ([text] if sentences is None else sentences)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("le 1er février", [(None, 2, 1)]),
        ("mardi 16 janvier 2024", [(2024, 1, 16)]),
        ("les 23 et 24 novembre", [(None, 11, 23), (None, 11, 24)]),
        ("les 1er, 2 et 3 mai 2024", [(2024, 5, 1), (2024, 5, 2), (2024, 5, 3)]),
        ("les lundi 5 et mardi 6 août", [(None, 8, 5), (None, 8, 6)]),
        ("du 25 au 26 mars", [(None, 3, 25), (None, 3, 26)]),
        ("du 30 mars au 2 avril 2024", [(2024, 3, 30), (2024, 4, 2)]),
        ("du 30 décembre au 2 janvier 2024", [(2023, 12, 30), (2024, 1, 2)]),
        ("du 30 décembre 2023 au 2 janvier 2024", [(2023, 12, 30), (2024, 1, 2)]),
        ("entre le 5 et le 9 février", [(None, 2, 5), (None, 2, 9)]),
        ("25–26 mars", [(None, 3, 25), (None, 3, 26)]),
        ("le 2 févr. 2024", [(2024, 2, 2)]),
        ("02/02/2024, 2.2.2024 et 2024-02-02", [(2024, 2, 2)] * 3),
        ("la semaine du 29 janvier", [(None, 1, 29), (None, 2, 4)]),
        ("salle 12, 18 mars", [(None, 3, 18)]),
        ("à 17 h 30, 18 mars", [(None, 3, 18)]),
        ("12 marsouins, 32 janvier, 112 mars, 3/4, mai 2024, 1.2.3.2024", []),
    ],
)
def test_find_days(text: str, days: list[tuple[int | None, int, int]]) -> None:
    assert [tuple(day) for mention in find_days(text) for day in mention.days] == days


def test_sample_content_does_not_contradict_itself() -> None:
    assert list(contradictions.find(load(ROOT / "content", NOW, {}).library)) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Le {LANCEMENT} " + "le 9 " * 20_000,
        f"Le {LANCEMENT} " + "M. " * 30_000,
        f"Le {LANCEMENT} les " + "1, " * 30_000,
        f"Le {LANCEMENT} du " + "lundi 1er du " * 10_000,
        f"Le {LANCEMENT} " + "loi " * 20_000,
        f"Le {LANCEMENT} le 8 février. " * 2_000,
        f"Le {LANCEMENT} le 9 février. " * 500,
        f"{LANCEMENT} " * 2_500,
    ],
)
def test_time_is_linear(tmp_path: Path, text: str) -> None:
    made = library(tmp_path, {"texte": text})
    for entry in made.entries:
        made.body_of(entry.document)
    start = time.process_time()
    list(contradictions.find(made))
    assert time.process_time() - start < 4
