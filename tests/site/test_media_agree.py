"""What a letter says of dates: all media tell the same days and states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from plugins.french.typography import plain
from plugins.outputs.pdf.paper_links import with_addresses
from plugins.outputs.text.plain_text import to_plain_text
from plugins.theme.media import Medium, feed, mail, paper, text, web
from plugins.theme.theme import Theme
from plugins.views.letters import letter_view
from plugins.views.site import Site
from tests import contents
from tests.contents import group
from tests.sites import ROOT

MEDIA = {"page": web, "feed": feed, "e-mail": mail, "text": text, "PDF": paper}

# Each event with what is to be said of it: states and registration, then where one registers.
EVENTS = {
    "tenu": (
        (
            "debut: 2024-02-07 17:00\nfin: 18:30\nmodalite: visio\n"
            "inscription: {contact: a@reseau.example}"
        ),
        {"s'inscrire"},
        {"a@reseau.example"},
    ),
    "annule": (
        (
            "debut: 2024-02-13 08:30\nfin: 10:00\nstatut_evenement: annulé\nmodalite: visio\n"
            "inscription: {url: https://form.example/b, avant_le: 2024-02-01}"
        ),
        {"annulé"},
        set(),
    ),
    "sans-date": (
        (
            "debut: 2024-02-12\nstatut_evenement: reporté\nmodalite: visio\n"
            "inscription: {contact: c@reseau.example}"
        ),
        {"reporté, nouvelle date à venir"},
        set(),
    ),
    "nouvelle-date": (
        (
            "debut: 2024-02-20 14:00\nfin: 17:00\nstatut_evenement: reporté\n"
            "debut_initial: 2024-01-30 14:00\nmodalite: hybride\nlieu: La Défense\n"
            "inscription: {url: https://form.example/d, contact: d@reseau.example, "
            "avant_le: 2024-02-16 12:00, places: 40, interet: https://form.example/d-interet}"
        ),
        {
            "reporté",
            "d'abord annoncé : mardi 30 janvier 2024",
            "s'inscrire jusqu'au vendredi 16 février 2024 à 12 h (40 places)",
            "intéressé, mais pas disponible",
        },
        {"form.example/d", "d@reseau.example", "form.example/d-interet"},
    ),
    "a-confirmer": (
        "debut: 2024-02-27\nfin: 2024-02-28\nstatut_evenement: à confirmer\nmodalite: hybride",
        {"à confirmer"},
        set(),
    ),
    "approximatif": ("debut: 2024-T4\nmodalite: présentiel", {"date à confirmer"}, set()),
    "approximatif-annule": ("debut: 2024-T2\nstatut_evenement: annulé", {"annulé"}, set()),
    "approximatif-reporte": (
        "debut: 2024-T3\nstatut_evenement: reporté\ndebut_initial: 2024-03",
        {"reporté", "d'abord annoncé : mars 2024", "date à confirmer"},
        set(),
    ),
    "approximatif-passe": ("debut: 2023-T3", set(), set()),
    "approximatif-sans-date": (
        "debut: 2024-T3\nstatut_evenement: reporté",
        {"reporté, nouvelle date à venir"},
        set(),
    ),
    "complet": (
        (
            "debut: 2024-03-06\ninscription: {url: https://form.example/e, complet: oui, "
            "interet: https://form.example/e-interet}"
        ),
        {"complet : il ne reste aucune place", "intéressé, mais pas disponible"},
        {"form.example/e-interet"},
    ),
    "clos": (
        "debut: 2024-03-07\ninscription: {url: https://form.example/f, avant_le: 2024-01-05}",
        {"inscriptions closes depuis le vendredi 5 janvier 2024"},
        set(),
    ),
    "interet-seul": (
        "debut: 2024-03-08\ninscription: {interet: https://form.example/g-interet}",
        {"intéressé, mais pas disponible"},
        {"form.example/g-interet"},
    ),
    "passe": ("debut: 2023-11-08\ninscription: {contact: h@reseau.example}", set(), set()),
    "recurrent": (
        (
            "debut: 2024-01-09 12:30\nfin: 13:30\nrecurrence:\n"
            "  regle: FREQ=WEEKLY;BYDAY=TU;COUNT=30\n  exceptions:\n"
            "    - {date: 2024-01-16, debut: 2024-01-17 12:30}\n"
            "    - {date: 2024-01-23, statut: annulé}"
        ),
        {"déplacé", "d'abord annoncé : mardi 16 janvier 2024", "annulé"},
        set(),
    ),
    "seances": (
        (
            "seances:\n  - {titre: Ouverture, debut: 2024-01-31, moment: journée, "
            "modalite: présentiel}\n"
            "  - {debut: 2024-03-19, moment: après-midi, modalite: visio, statut: annulé}\n"
            "  - {titre: Clôture, debut: 2024-05, modalite: à définir}\n"
            "inscription: {contact: i@reseau.example}"
        ),
        {"annulé", "date à confirmer", "s'inscrire"},
        {"i@reseau.example"},
    ),
}
PLANNED = (
    "mercredi 7 février 2024, de 17 h à 18 h 30, en visio",
    "annulé : mardi 13 février 2024, de 8 h 30 à 10 h, en visio",
    "reporté, nouvelle date à venir : lundi 12 février 2024, en visio",
    (
        "reporté : mardi 20 février 2024, de 14 h à 17 h, en présentiel et en visio, "
        "d'abord annoncé : mardi 30 janvier 2024"
    ),
    "à confirmer : du mardi 27 au mercredi 28 février 2024, en présentiel et en visio",
    "4e trimestre 2024, date à confirmer, en présentiel",
    "annulé : 2e trimestre 2024",
    "reporté : 3e trimestre 2024, date à confirmer, d'abord annoncé : mars 2024",
    "mercredi 6 mars 2024",
    "mercredi 31 janvier 2024, journée, en présentiel",
    "annulé : mardi 19 mars 2024, après-midi, en visio",
    "mai 2024, date à confirmer, modalités à définir",
    (
        "déplacé : mercredi 17 janvier 2024, de 12 h 30 à 13 h 30, "
        "d'abord annoncé : mardi 16 janvier 2024"
    ),
)
# Beside the days of the matrix: state, then mode.
NOTES = {
    ("7", "visio"),
    ("12", "reporté"),
    ("13", "annulé"),
    ("17", "déplacé"),
    ("19", "annulé"),
    ("20", "reporté", "hybride"),
    ("23", "annulé"),
    ("27–28", "à confirmer", "hybride"),
}
LISTS = {
    "agenda": "/// agenda\n    periode: 2024-02/2024-12\n///\n",
    "chantiers": "/// chantiers\n///\n",
    "chantiers, toutes les dates": "/// chantiers\n    dates: toutes\n///\n",
    "matrice": "/// matrice\n    annee: 2024\n///\n\n/// matrice\n    annee: 2023\n///\n",
}
_DAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?(?:\d+ )?[a-zéû]+ \d{4}"
WORDS = re.compile(
    rf"""reporté(?:,\ nouvelle\ date\ à\ venir)? | annulé | déplacé | (?:date\ )?à\ confirmer
    | d'abord\ annoncé\ :\ {_DAY.replace(" ", "[ ]")}
    | complet\ :\ il\ ne\ reste\ aucune\ place
    | inscriptions\ closes\ depuis\ le\ {_DAY.replace(" ", "[ ]")}
    | s'inscrire(?:\ jusqu'au\ {_DAY.replace(" ", "[ ]")}(?:\ à\ \d+\ h)?)?(?:\ \(\d+\ places\))?
    | intéressé,\ mais\ pas\ disponible""",
    re.VERBOSE,
)
MONTHS = "janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc|trimestre"
WHERE = re.compile(r"form\.example/[a-z-]+|[a-z]@reseau\.example")


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    return Letter(tmp_path_factory.mktemp("media"))


class Letter:
    """An issue with a rubric per event and per list, in every medium."""

    def __init__(self, folder: Path) -> None:
        events = {
            f"evenements/{name}.md": contents.text(f"collectif: c\n{header}", titre=f"Ici {name}")
            for name, (header, _, _) in EVENTS.items()
        }
        blocks = {**{n: f"/// evenement | {n}\n///\n" for n in EVENTS}, **LISTS}
        body = "".join(f"## {name}\n\n{block}\n" for name, block in blocks.items())
        issue = contents.text("numero: 1\ndate: 2024-01-08", body)
        files = {
            **events,
            "evenements/dernier.md": contents.text("collectif: fini\ndebut: 2023-11-14"),
            "collectifs/c.md": group("Chantier"),
            "collectifs/fini.md": group("Chantier fini", "etat: terminé"),
            "collectifs/attente.md": group("Chantier en attente"),
            "lettres/1.md": issue,
        }
        index = contents.index_of(folder, files)
        self._site = Site(index, "https://passerelle.example")
        self._theme = Theme(ROOT / "theme", self._site)
        (letter,) = index.letters
        self._letter = letter_view(letter, index, lit_day=None, for_mail=True)
        self.feed = "".join(
            self._theme.expand(rubric.text, feed(self._site)) for rubric in self._letter.rubrics
        )
        self.rubrics = {name: dict(self._rubrics(make(self._site))) for name, make in MEDIA.items()}

    def _rubrics(self, medium: Medium) -> Iterator[tuple[str, html.HtmlElement]]:
        for name, rubric in zip((*EVENTS, *LISTS), self._letter.rubrics, strict=True):
            yield name, self._element(self._theme.expand(rubric.text, medium))

    @staticmethod
    def _element(markup: str) -> html.HtmlElement:
        element = html.fragment_fromstring(markup, create_parent="div")
        for unseen in element.xpath(".//*[@hidden or @class='visually-hidden']"):
            unseen.drop_tree()
        for state in element.xpath(".//*[starts-with(@class, 'status ')]"):
            state.text += " :"  # what the style sheet writes
        return element

    def told(self, medium: str, rubric: str) -> str:
        """Return the words of a rubric as a reader meets them."""
        element = self.rubrics[medium][rubric]
        if medium == "text":
            found = to_plain_text(html.tostring(element, encoding="unicode"))
            found = re.sub(r"\[\d+\]( https:.*)?", "", plain(found))
        elif medium == "PDF":
            page = with_addresses(html.tostring(element, encoding="unicode"), self._site.url)
            found = html.fromstring(page).text_content()
        else:
            found = element.text_content()
        return " ".join(plain(found).replace("·", ":").lower().split())

    def addresses(self, medium: str, rubric: str) -> set[str]:
        return set(WHERE.findall(html.tostring(self.rubrics[medium][rubric], encoding="unicode")))

    def notes(self, medium: str) -> set[tuple[str, ...]]:
        """Return the days of the matrix that bear something, each with its state and its mode."""
        element = self.rubrics[medium]["matrice"]
        cells = [e.text_content() for e in element.xpath(".//*[contains(@class, 'x__item')]")]
        if medium in {"e-mail", "feed", "text"}:
            lines = element.xpath(".//td[contains(@class, 'dates')] | .//li")
            cells = [c for line in lines for c in plain(line.text_content()).split(" ; ")]
        found = (plain(cell).lower() for cell in cells if "ici" not in cell.lower())
        return {note for note in map(_note, found) if len(note) > 1}


def _note(cell: str) -> tuple[str, ...]:
    days, states, modes = (
        re.findall(pattern, cell)
        for pattern in (r"\d+(?:–\d+)?", "annulé|reporté|déplacé|à confirmer", "visio|hybride")
    )
    return (*days, *states, *modes)


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("event", EVENTS)
def test_states_and_registration(letter: Letter, event: str, medium: str) -> None:
    _, words, addresses = EVENTS[event]
    assert set(WORDS.findall(letter.told(medium, event))) == words
    assert letter.addresses(medium, event) == addresses


@pytest.mark.parametrize("rubric", [*EVENTS, "agenda"])
def test_days_and_hours(letter: Letter, rubric: str) -> None:
    tokens = {
        medium: set(re.findall(rf"\d+|{MONTHS}", WHERE.sub("", letter.told(medium, rubric))))
        for medium in MEDIA
    }
    assert tokens == dict.fromkeys(MEDIA, tokens["page"])


@pytest.mark.parametrize("medium", MEDIA)
def test_planned_dates_of_a_chantier(letter: Letter, medium: str) -> None:
    told = letter.told(medium, "chantiers")
    assert [sentence for sentence in PLANNED if sentence not in told] == []


@pytest.mark.parametrize("medium", MEDIA)
def test_past_dates_of_a_chantier_are_told_when_asked_for(letter: Letter, medium: str) -> None:
    past = "mercredi 8 novembre 2023"
    assert past not in letter.told(medium, "chantiers")
    assert past in letter.told(medium, "chantiers, toutes les dates")


@pytest.mark.parametrize("medium", MEDIA)
def test_a_chantier_without_dates_to_come_is_finished_or_awaits_one(
    letter: Letter, medium: str
) -> None:
    told = letter.told(medium, "chantiers")
    assert [told.count(words) for words in ("terminé", "date à fixer")] == [1, 1]
    assert told.index("chantier fini") < told.index("terminé")
    assert told.index("chantier en attente") < told.index("date à fixer")
    told = letter.told(medium, "chantiers, toutes les dates")
    assert "terminé" not in told
    assert "mardi 14 novembre 2023" in told


@pytest.mark.parametrize("medium", MEDIA)
def test_the_agenda_tells_the_last_day_to_register(letter: Letter, medium: str) -> None:
    """Of what one may register for, not of what is cancelled; the 5th of January is not asked."""
    told = letter.told(medium, "agenda")
    assert told.count("clôture des inscriptions") == 1
    before, _, after = told.partition("clôture des inscriptions : ici nouvelle-date")
    assert "ici annule" in before
    assert "ici approximatif" in after
    assert len(re.findall(r"\b16 ?février", told)) == 1
    assert re.search(r"\bà 12 h\b", after)


@pytest.mark.parametrize("medium", MEDIA)
def test_notes_of_the_matrix(letter: Letter, medium: str) -> None:
    assert letter.notes(medium) == NOTES
    told = letter.told(medium, "matrice")
    assert "annulé : ici approximatif-annule" in told
    assert "reporté : ici approximatif-reporte" in told
    awaited = re.findall(r"ici (approximatif[a-z-]*)(?:, \d\S+ trimestre \d+)?, date à", told)
    assert set(awaited) == {"approximatif", "approximatif-reporte"}


@pytest.mark.parametrize("medium", MEDIA)
def test_a_rule_stands_for_its_sittings(letter: Letter, medium: str) -> None:
    told = letter.told(medium, "recurrent")
    assert "chaque mardi, de 12 h 30 à 13 h 30, 30 fois" in told
    assert "toutes les dates" in told
    assert len(re.findall("12 h 30", told)) == 1 + 8


@pytest.mark.parametrize("medium", MEDIA)
def test_an_event_of_several_sittings_is_named_once(letter: Letter, medium: str) -> None:
    told = letter.told(medium, "seances")
    assert told.count("ici seances") == 1
    for name in ("ouverture", "annulé : séance 2", "clôture"):
        assert name in told


@pytest.mark.parametrize("medium", MEDIA)
def test_two_matrices_are_told_apart(letter: Letter, medium: str) -> None:
    told = letter.told(medium, "matrice")
    assert "2024" in told.partition("2023")[0]
    assert "2023" in told


def test_feeds_have_nothing_that_a_style_sheet_hides(letter: Letter) -> None:
    found = [word for word in ("hidden", "data-state", 'class="status') if word in letter.feed]
    assert found == []


@pytest.mark.parametrize("event", EVENTS)
def test_a_day_is_told_once_in_feeds(letter: Letter, event: str) -> None:
    told = letter.told("feed", event)
    days = re.findall(r"\d+ [a-zéû]+ \d{4}", told)
    assert [day for day in days if days.count(day) > 1] == []
