"""The next issue of the letter, proposed on small contents."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from plugins.checks.suite import check_contents
from plugins.content.reading import read_record
from plugins.content.record import AnyRecord, has_header
from plugins.dates.moments import PARIS
from plugins.french.typography import plain
from plugins.library.history import History
from plugins.library.index import Index, read_index
from plugins.models import KINDS, LetterHeader
from plugins.models.fields import Status
from plugins.views.site import RESERVED
from plugins.writing.letter.proposal import propose
from tests.contents import NOW, SITE, Files, article, group, index_of, load_files, text
from tests.repositories import Repo
from tests.site.letters import LETTERS, write_letters
from tests.sites import ROOT

LAST = """\
---
titre: Une communauté prend forme
numero: 1
date: 2023-12-20
periode: décembre 2023
resume: Le premier numéro.
accroche: Seize volontaires.
redacteurs_en_chef: [Camille Exemple]
contributeurs:
  - "Alix Exemple : la relecture"
editorial:
  signature: Camille Exemple
  fonction: rédactrice en chef
contact: lettre@exemple.fr
---
L'éditorial du premier numéro.

## L'écho

/// article | ancien
///

## Le numérique, *pas à pas*

/// evenement | bilan
///

[Le chantier](../collectifs/numerique.md)

## Portrait

Un portrait.

## L'année 2023

/// matrice
    annee: 2023
    mois: utiles
///

## Recevoir la lettre

//// encart
    contact: lettre@exemple.fr

Écrivez-nous :

/// bouton
    adresse: /flux/

S'abonner
///
////
"""
FILES: Files = {
    "collectifs/numerique.md": group("Numérique"),
    "collectifs/achats.md": group("Achats"),
    "lettres/1.md": LAST,
    "articles/ancien.md": text("date: 2023-12-01", titre="Déjà lu"),
    "articles/neuf.md": text(
        "date: 2024-01-04\nrubrique: Retour d'événement\nevenement: bilan", titre="Ce qu'on en dit"
    ),
    "articles/jour-meme.md": text("date: 2023-12-20", titre="Paru le jour de la lettre"),
    "articles/oublie.md": text("date: 2023-12-19", titre="Paru la veille"),
    "evenements/bilan.md": text("debut: 2023-11-20\ncollectif: numerique", titre="Bilan"),
    "evenements/atelier.md": text(
        "debut: 2024-01-16 17:00\nfin: 18:30\ncollectif: numerique", titre="Atelier"
    ),
    "evenements/achats.md": text("debut: 2024-02-07\ncollectif: achats", titre="Les achats"),
    "evenements/plus-tard.md": text("debut: 2024-02-08", titre="Après le numéro"),
    "evenements/clos.md": text(
        "debut: 2024-03-12\ninscription:\n  contact: a@exemple.fr\n  avant_le: 2024-01-19 12:00",
        titre="Un forum",
    ),
}
PROPOSED = """\
---
## Numéro proposé le 8 janvier 2024, d’après ce qui est arrivé depuis le n° 1 (20 décembre 2023).
## Titres, dates et blocs viennent des fiches : rien n’est rédigé à votre place.
## Les changements de date et l’état des chantiers, que seul git connaît, n’ont pu être cherchés.
## Titre, et objet du courriel : des titres de ce numéro. À récrire.
titre: Ce qu'on en dit · Atelier
numero: 2
## Écrivez « publié » quand la lettre est prête : elle paraît au jour de « date ».
statut: brouillon
## Jour d’envoi. Les rendez-vous proposés vont du 8 janvier au 7 février 2024.
date: 2024-01-08
## La suite de « décembre 2023 », de même durée.
periode: janvier 2024
## Ce que le numéro contient, pour les listes et la recherche.
resume: "Du 8 janvier au 7 février 2024 : 2 rendez-vous, 1 clôture d'inscriptions, 2 articles."
## Ce que la messagerie montre après l’objet : d’autres titres.
accroche: Paru le jour de la lettre · Un forum · Les achats
## Repris de la lettre n° 1 : à relire.
redacteurs_en_chef:
  - Camille Exemple
contributeurs:
  - "Alix Exemple : la relecture"
editorial:
  signature: Camille Exemple
  fonction: rédactrice en chef
contact: lettre@exemple.fr
---
<!--
Mode d’emploi. Les remarques comme celle-ci sont pour vous : aucun lecteur ne les voit.
Chacune dit d’où vient ce qui la suit : gardez-le, présentez-le d’une phrase à vous, ou effacez-le
avec sa remarque. Un bloc va de « /// nom » à « /// » : ses dates viennent des fiches.
Un intertitre pris dans une remarque n’a rien de neuf : effacez-le, ou ôtez les signes autour.
-->

<!-- Éditorial : quelques lignes à vous, ici, avant le premier intertitre. Effacez cette remarque \
si ce numéro n’en a pas. -->

## L'écho

<!-- « Ce qu’on en dit » : Retour d’événement, 4 janvier 2024, compte rendu de « Bilan ». -->
/// article | neuf
///

<!-- « Paru le jour de la lettre » : Actualité, 20 décembre 2023. -->
/// article | jour-meme
///

## Le numérique, pas à pas

<!-- « Atelier » : mardi 16 janvier 2024, de 17 h à 18 h 30. -->
/// evenement | atelier
///

<!-- « Un forum » : inscriptions jusqu’au vendredi 19 janvier 2024 à 12 h. -->
/// evenement | clos
///

<!-- « Les achats » : mercredi 7 février 2024. -->
/// evenement | achats
///

<!-- ## Portrait -->

## L'année 2024

/// matrice
    annee: 2024
    mois: utiles
///

## Recevoir la lettre

//// encart
    contact: lettre@exemple.fr

Écrivez-nous :

/// bouton
    adresse: /flux/

S'abonner
///
////
"""
LETTER = next(kind for kind in KINDS if kind.name == "letter")


def proposed(root: Path, files: Files = FILES, now: datetime = NOW) -> str:
    return propose(index_of(root, files, now)).text


def after(last: str) -> Files:
    """Return the files with another last issue."""
    return {**FILES, "lettres/1.md": last}


def issue(body: str, header: str = "periode: décembre 2023", number: int = 1) -> str:
    """Return an issue of the day of the first one."""
    day = "" if "date:" in header else "date: 2023-12-20\n"
    return text(f"numero: {number}\n{day}{header}", body, f"Lettre {number}")


def value(proposal: str, key: str) -> str | None:
    """Return what the header of a proposal says under a key, None without it."""
    found = re.search(rf"(?m)^{key}: (.*)$", proposal)
    return found[1] if found else None


def headings(proposal: str) -> list[str]:
    """Return the headings, those in a remark after « - »."""
    _, _, body = proposal.partition("\n---\n")
    found = re.findall(r"(?m)^(<!-- )?## (.*?)(?: -->)?$", body)
    return [f"- {title}" if remark else title for remark, title in found]


def faults_of(index: Index, path: Path, proposal: str) -> list[str]:
    """Return the faults of a proposal, as it is and once published."""
    draft = read_record(LETTER, path, proposal.encode())
    assert draft.header.status is Status.DRAFT
    ready = read_record(LETTER, path, proposal.replace("statut: brouillon\n", "").encode())
    found = []
    for record in (draft, ready):
        contents = replace(index.contents, records=(*index.contents.records, record))
        checked = check_contents(Index(contents, index.now, index.history), RESERVED)
        found += [str(fault) for fault in (*record.text_faults(), *checked) if fault.path == path]
    return found


def test_a_whole_proposal(tmp_path: Path) -> None:
    index = index_of(tmp_path, FILES)
    proposal = propose(index)
    assert proposal.path == Path("content/lettres/2.md")
    assert proposal.text == PROPOSED
    assert faults_of(index, proposal.path, proposal.text) == []


@pytest.fixture(scope="module")
def sample() -> Index:
    return read_index(ROOT / "content", NOW)


@pytest.mark.parametrize("day", ["2024-01-08", "2024-06-03", "2031-01-01"])
def test_the_sample(sample: Index, day: str) -> None:
    index = sample.at(datetime.fromisoformat(f"{day}T09:00+01:00"))
    proposal = propose(index)
    assert faults_of(index, proposal.path, proposal.text) == []
    assert headings(proposal.text)[0] == "L'écho de la communauté"
    assert headings(proposal.text)[-1] == "Recevoir la lettre"


def test_after_issues_that_nobody_wishes(tmp_path: Path) -> None:
    """One with every block, one without a rubric of ours, titles and signs of all sorts."""
    write_letters(tmp_path / "content")
    whole = read_index(tmp_path / "content", NOW, history=History)
    for number in LETTERS.values():
        kept = tuple(r for r in whole.contents.records if number == number_of(r, number))
        index = Index(replace(whole.contents, records=kept), NOW)
        proposal = propose(index)
        assert value(proposal.text, "numero") == str(number + 1)
        assert faults_of(index, proposal.path, proposal.text) == []


def number_of(record: AnyRecord, default: int) -> int:
    """Return the number of an issue, a default for another content."""
    return record.header.number if has_header(record, LetterHeader) else default


# The last issue, and what comes of it


def test_first_issue(tmp_path: Path) -> None:
    """Its period is the month, and the articles of the month before are new."""
    files = {name: data for name, data in FILES.items() if not name.startswith("lettres/")}
    index = index_of(tmp_path, files)
    proposal = propose(index)
    assert proposal.path == Path("content/lettres/1.md")
    assert value(proposal.text, "numero") == "1"
    assert value(proposal.text, "periode") == "janvier 2024"
    assert headings(proposal.text) == ["Rendez-vous", "À lire"]
    assert re.findall(r"/// \w+ \| (\S+)", proposal.text) == [
        *("atelier", "clos", "achats", "neuf", "jour-meme", "oublie"),
    ]
    assert faults_of(index, proposal.path, proposal.text) == []


def test_nothing_happened(tmp_path: Path) -> None:
    """There is a frame, valid too: an agenda says that there is nothing."""
    index = index_of(tmp_path, {"lettres/1.md": issue("## Rubrique\n\nTexte.\n")})
    proposal = propose(index)
    assert value(proposal.text, "titre") == "La lettre n° 2, 8 janvier 2024"
    assert value(proposal.text, "accroche") is None
    assert value(proposal.text, "resume") == '"Du 8 janvier au 7 février 2024 : rien de neuf."'
    assert headings(proposal.text) == ["- Rubrique", "Rendez-vous"]
    assert proposal.text.endswith("/// agenda\n    periode: 2024-01-08/2024-02-07\n///\n")
    assert faults_of(index, proposal.path, proposal.text) == []


@pytest.mark.parametrize(
    ("day", "period", "last_day"),
    [
        ("2023-12-27", "janvier 2024", "31 janvier 2024"),
        ("2024-01-25", "janvier 2024", "24 février 2024"),
        ("2024-03-05", "mars 2024", "4 avril 2024"),
        ("2025-03-05", "mars 2025", "4 avril 2025"),
    ],
)
def test_period_of_a_monthly_letter(tmp_path: Path, day: str, period: str, last_day: str) -> None:
    proposal = proposed(tmp_path, now=datetime.fromisoformat(f"{day}T09:00+01:00"))
    assert value(proposal, "periode") == period
    assert f" au {last_day}.\n" in proposal


@pytest.mark.parametrize(
    ("told", "period", "last_day"),
    [
        ("periode: 4e trimestre 2023", "1er trimestre 2024", "7 avril 2024"),
        ("periode: T3 2023", "4e trimestre 2023", "7 avril 2024"),
        ("periode: Hiver 2023-2024", "Printemps 2024", "31 mai 2024"),
        ("periode: novembre-décembre 2023", "de janvier à février 2024", "7 mars 2024"),
        ("date: 2024-01-05", None, "7 février 2024"),
    ],
)
def test_period_is_as_long_as_the_last(
    tmp_path: Path, told: str, period: str | None, last_day: str
) -> None:
    proposal = proposed(tmp_path, after(issue("Texte.\n", told)))
    assert value(proposal, "periode") == period
    assert f" au {last_day}.\n" in proposal


def test_period_in_other_words(tmp_path: Path) -> None:
    """The length is then the time between the last two issues; the editor writes the words."""
    files = {
        **after(issue("Texte.\n", "periode: avant Noël", number=2)),
        "lettres/0.md": text("numero: 1\ndate: 2023-10-20", titre="Lettre 1"),
    }
    index = index_of(tmp_path, files)
    proposal = propose(index)
    assert value(proposal.text, "periode") is None
    assert "## « avant Noël » n’est pas une suite de mois connue : écrivez la" in proposal.text
    assert "\n#periode:\n" in proposal.text
    assert "vont du 8 janvier au 7 mars 2024." in proposal.text
    assert faults_of(index, proposal.path, proposal.text) == []


@pytest.mark.parametrize(
    ("last", "path"),
    [
        ("lettres/9.md", "lettres/10.md"),
        ("lettres/2023/lettre-009.md", "lettres/2023/lettre-010.md"),
        ("lettres/noel.md", "lettres/10.md"),
    ],
)
def test_file_is_named_as_the_last(tmp_path: Path, last: str, path: str) -> None:
    index = index_of(tmp_path, {last: issue("Texte.\n", number=9)})
    assert propose(index).path == Path("content", path)


def test_an_issue_waits(tmp_path: Path) -> None:
    draft = issue("Texte.\n", "statut: brouillon", number=2)
    with pytest.raises(ValueError, match="commencée") as refused:
        propose(index_of(tmp_path / "a", {**FILES, "lettres/suite.md": draft}))
    assert plain(str(refused.value)) == (
        "La lettre n° 2 est déjà commencée : content/lettres/suite.md. Complétez-la, ou supprimez "
        "ce fichier pour une autre proposition."
    )
    ready = issue("Texte.\n", "publier_le: 2024-01-10", number=2)
    with pytest.raises(ValueError, match="prête") as refused:
        propose(index_of(tmp_path / "b", {**FILES, "lettres/2.md": ready}))
    assert plain(str(refused.value)) == (
        "La lettre n° 2 est prête, et paraîtra le 10 janvier 2024 : content/lettres/2.md. La "
        "suivante se prépare quand elle a paru."
    )
    unnumbered = issue("Texte.\n", "statut: brouillon", number=2).replace("numero: 2\n", "")
    with pytest.raises(ValueError, match="Une lettre est déjà commencée"):
        propose(index_of(tmp_path / "d", {**FILES, "lettres/2.md": unnumbered}))
    faulty = issue("Texte.\n", "inconnu: oui", number=2)
    with pytest.raises(ValueError, match="faute") as refused:
        propose(load_files(tmp_path / "c", {**FILES, "lettres/2.md": faulty}).index)
    assert plain(str(refused.value)) == (
        "Une lettre est en faute : content/lettres/2.md. Corrigez-la d'abord."
    )


def test_an_older_draft_or_an_expired_issue_is_no_obstacle(tmp_path: Path) -> None:
    files = {
        "lettres/1.md": issue("Texte.\n", "statut: brouillon", number=1),
        "lettres/2.md": issue("Texte.\n", "expire_le: 2023-12-31", number=2),
    }
    assert propose(index_of(tmp_path, files)).path == Path("content/lettres/3.md")


# Titles


def test_titles_that_fit(tmp_path: Path) -> None:
    """The lead article comes first; what is too long is left out, and no title is used twice."""
    files = {
        **FILES,
        "articles/long.md": article(titre="Un titre bien trop long pour un objet " * 4),
        "articles/une.md": text("date: 2023-12-28\nune: oui", titre="À la une"),
        "evenements/annule.md": text("debut: 2024-01-09\nstatut_evenement: annulé", titre="Annulé"),
    }
    proposal = proposed(tmp_path / "a", files)
    assert value(proposal, "titre") == "À la une · Atelier"
    assert value(proposal, "accroche") == (
        "Ce qu'on en dit · Un forum · Les achats · Paru le jour de la lettre"
    )
    last = LAST.replace("Une communauté prend forme", "À la une · Atelier")
    proposal = proposed(tmp_path / "b", {**files, "lettres/1.md": last})
    assert value(proposal, "titre") == "La lettre n° 2, 8 janvier 2024"


# Rubrics


def test_new_matter_comes_before_what_each_issue_repeats(tmp_path: Path) -> None:
    last = issue("## Mot de la fin\n\nTexte.\n\n## Nous écrire\n\n/// encart\n\nIci.\n///\n")
    proposal = proposed(tmp_path, after(last))
    assert headings(proposal) == ["- Mot de la fin", "Rendez-vous", "À lire", "Nous écrire"]


def test_matter_goes_where_its_group_was_told(tmp_path: Path) -> None:
    """Else where the last issue had most of its kind."""
    last = issue(
        "## Divers\n\n/// evenement | bilan\n///\n\n"
        "## Les achats\n\n[Une date](../evenements/achats.md)\n\n"
        "## À vos agendas\n\n/// agenda\n    periode: 2023-12\n///\n\n"
        "[Le forum](../evenements/clos.md)\n"
    )
    files = {**after(last), "evenements/bilan.md": text("debut: 2023-11-20\ncollectif: numerique")}
    proposal = proposed(tmp_path, files)
    told = re.findall(r"(?m)^(?:## |/// \w+ \| )(.*)$", proposal.partition("\n---\n")[2])
    assert told == [
        *("Divers", "atelier"),
        *("Les achats", "achats"),
        *("À vos agendas", "clos"),
        *("À lire", "neuf", "jour-meme"),
    ]


def test_blocks_of_the_day_are_repeated(tmp_path: Path) -> None:
    """A call stays with its text; a block that would show nothing is left out."""
    last = issue(
        "## Les chantiers\n\n/// chantiers\n    etat: lancé\n///\n\n/// encart\n\nVenez.\n///\n\n"
        "## À venir\n\n/// chantiers\n    etat: terminé\n///\n\n"
        "## Chez nous\n\n/// agenda\n    collectif: numerique\n    periode: 2023-12\n///\n\n"
        "## Une idée\n\nUn texte du jour.\n\n/// encart\n\nÉcrivez-lui.\n///\n\n"
        "## Le tableau\n\nUn texte.\n\n/// matrice\n    annee: 2023\n///\n"
    )
    proposal = proposed(tmp_path / "a", after(last))
    assert (
        "## Les chantiers\n\n/// chantiers\n    etat: lancé\n///\n\n<!-- ## À venir -->" in proposal
    )
    assert (
        "/// agenda\n    periode: 2024-01-08/2024-02-07\n    collectif: numerique\n///" in proposal
    )
    assert "## Le tableau\n\n/// matrice\n    annee: 2024\n///" in proposal
    empty = {name: FILES[name] for name in ("collectifs/numerique.md", "articles/neuf.md")}
    empty |= {"lettres/1.md": last, "evenements/bilan.md": FILES["evenements/bilan.md"]}
    assert "<!-- ## Le tableau -->" in proposed(tmp_path / "b", empty)


def test_what_the_last_issue_showed_is_said(tmp_path: Path) -> None:
    last = issue("## Rendez-vous\n\n/// evenement | atelier\n///\n")
    proposal = proposed(tmp_path, after(last))
    assert "de 17 h à 18 h 30. Déjà dans la lettre n° 1. -->" in proposal
    assert proposal.count("Déjà dans") == 1


def test_a_file_whose_name_is_the_slug_of_another(tmp_path: Path) -> None:
    """A block names the slug when the name of the file would lead elsewhere."""
    files = {
        **FILES,
        "evenements/a.md": text("slug: b\ndebut: 2024-01-10", titre="Un"),
        "evenements/b.md": text("slug: c\ndebut: 2024-01-11", titre="Deux"),
    }
    proposal = proposed(tmp_path, files)
    assert re.findall(r"« (Un|Deux) ».*\n/// evenement \| (\w+)", proposal) == [
        ("Un", "a"),
        ("Deux", "c"),
    ]


# Forms


@pytest.mark.parametrize(
    ("events", "form"),
    [(20, "/// evenement"), (21, "/// agenda"), (30, "/// agenda"), (31, "- [")],
)
def test_form_of_many_events(tmp_path: Path, events: int, form: str) -> None:
    files: Files = {
        f"evenements/e{n}.md": text(f"debut: 2024-01-{9 + n % 20:02}", titre=f"Rendez-vous {n}")
        for n in range(events)
    }
    proposal = proposed(tmp_path, files)
    assert len(re.findall(rf"(?m)^{re.escape(form)}", proposal)) == (
        1 if form == "/// agenda" else events
    )
    assert proposal.count("/// agenda\n") == (form == "/// agenda")


@pytest.mark.parametrize(("articles", "form"), [(12, "/// article"), (13, "- [")])
def test_form_of_many_articles(tmp_path: Path, articles: int, form: str) -> None:
    files: Files = {
        f"articles/a{n}.md": text(f"date: 2024-01-{1 + n % 8:02}", titre=f"'[Article] {n}'")
        for n in range(articles)
    }
    index = index_of(tmp_path, files)
    proposal = propose(index)
    assert len(re.findall(rf"(?m)^{re.escape(form)}", proposal.text)) == articles
    assert faults_of(index, proposal.path, proposal.text) == []


def test_a_list_tells_few_dates_of_each(tmp_path: Path) -> None:
    weekly = "debut: 2024-01-09 12:00\nrecurrence:\n  chaque: mardi\n  fois: 60"
    files = {f"evenements/e{n}.md": text(weekly, titre=f"Permanence {n}") for n in range(9)}
    dates = " ; ".join(f"mardi {day} janvier 2024 à 12 h" for day in (9, 16, 23))
    line = f"- [Permanence 1](../evenements/e1.md), {dates} et 2 autres\n"
    assert line in proposed(tmp_path, files)


# What git tells


def repository(root: Path, files: dict[str, str]) -> Repo:
    """Return a repository in which an issue is published, on the 8th of January at 9."""
    repo = Repo(root)
    last = LAST.replace("2023-12-20", "2024-01-08")
    repo.commit({"donnees/site.yaml": SITE, "lettres/1.md": last, **files})
    return repo


def later(repo: Repo, files: dict[str, str]) -> str:
    """Return the proposal of the first of February, after some files were written."""
    repo.commit(files)
    return propose(read_index(repo.content, datetime(2024, 2, 1, 9, tzinfo=PARIS))).text


BASE = {name: str(FILES[name]) for name in ("collectifs/numerique.md", "evenements/bilan.md")}
BASE |= {"articles/ancien.md": str(FILES["articles/ancien.md"])}
WEEKLY = "debut: 2024-04-02\nrecurrence:\n  chaque: mardi\n  fois: 3"
TWICE = "seances:\n  - debut: 2024-04-02\n  - debut: {}"
ADVICE = (
    " Pour que les lecteurs voient aussi l’ancienne date, écrivez « statut_evenement: reporté » et "
    "« debut_initial: 2024-04-02 17:00 » dans content/evenements/deplace.md."
)
CHANGED = {
    "deplace": ("debut: 2024-04-02 17:00", "debut: 2024-05-07 17:00"),
    "reporte": (
        "debut: 2024-04-02",
        "debut: 2024-05-07\nstatut_evenement: reporté\ndebut_initial: 2024-04-02",
    ),
    "annule": ("debut: 2024-04-02", "debut: 2024-04-02\nstatut_evenement: annulé"),
    "fixe": ("debut: 2024-T2", "debut: 2024-05-07"),
    "seance": (TWICE.format("2024-04-09"), TWICE.format("2024-04-10")),
    "regle": (
        WEEKLY,
        f"{WEEKLY}\n  exceptions:\n    - date: 2024-04-09\n      statut: annulé",
    ),
}
TOLD = {
    "deplace": f"mardi 2 avril 2024 à 17 h. À présent : mardi 7 mai 2024 à 17 h.{ADVICE}",
    "reporte": "mardi 2 avril 2024. À présent : Reporté : mardi 7 mai 2024.",
    "annule": "mardi 2 avril 2024. À présent : Annulé : mardi 2 avril 2024.",
    "fixe": "2e trimestre 2024, date à confirmer. À présent : mardi 7 mai 2024.",
    "seance": "mardi 9 avril 2024. À présent : mardi 2 avril 2024 ; mercredi 10 avril 2024.",
    "regle": "mardi 9 avril 2024. À présent : mardi 2 avril 2024 ; Annulé : mardi 9 avril 2024 ; "
    "mardi 16 avril 2024.",
}
# A place, one date more, a date that was over, a draft, a cancelled date, a fault, a theme.
UNCHANGED = {
    "lieu": ("debut: 2024-04-02", "debut: 2024-04-02\nlieu: Lyon"),
    "plus": ("debut: 2024-04-02", TWICE.format("2024-04-09")),
    "passe": ("debut: 2024-01-03", "debut: 2024-01-04"),
    "brouillon": ("debut: 2024-04-02\nstatut: brouillon", "debut: 2024-04-03"),
    "retabli": ("debut: 2024-04-02\nstatut_evenement: annulé", "debut: 2024-04-09"),
    "faute": ("debut: le 2 avril", "debut: 2024-04-03"),
    "theme": ("debut: 2024-04-02", "debut: 2024-04-02\nthemes: [Climat]"),
}


def test_dates_that_do_not_hold_any_more(tmp_path: Path) -> None:
    states = CHANGED | UNCHANGED
    before, now = (
        {f"evenements/{name}.md": text(pair[n], titre=name) for name, pair in states.items()}
        for n in (0, 1)
    )
    proposal = later(repository(tmp_path, {**BASE, **before}), now)
    rubric = proposal.partition("## Dates changées\n\n")[2].partition("\n## ")[0]
    pieces = re.findall(r"<!-- (.*) -->\n/// evenement \| (\w+)\n///\n", rubric)
    assert {name: told for told, name in pieces} == {
        name: f"« {name} » a changé. Ne tient plus : {told}" for name, told in TOLD.items()
    }


def test_a_renamed_file_is_followed(tmp_path: Path) -> None:
    body = "\n\n".join(f"Le paragraphe {n} du programme, qui ne change pas." for n in range(9))
    forum = text("debut: 2024-04-02", body, "Forum")
    repo = repository(tmp_path, {**BASE, "evenements/forum.md": forum})
    repo.move("evenements/forum.md", "evenements/grand-forum.md")
    proposal = later(repo, {"evenements/grand-forum.md": forum.replace("04-02", "04-03")})
    assert "Ne tient plus : mardi 2 avril 2024." in proposal
    assert "/// evenement | grand-forum\n" in proposal


def test_chantiers_opened_and_ended(tmp_path: Path) -> None:
    files = {
        **BASE,
        "collectifs/achats.md": group("Achats", "etat: à lancer\nordre: 1"),
        "collectifs/climat.md": group("Climat", "ordre: 2"),
    }
    proposal = later(
        repository(tmp_path, files),
        {
            "collectifs/achats.md": group("Achats", "etat: lancé\nordre: 1"),
            "collectifs/climat.md": group("Climat", "etat: terminé\nordre: 2"),
            "collectifs/numerique.md": group("Numérique", "enjeux: Mieux dits."),
            "collectifs/cercle.md": group("Cercle", "ordre: 3", genre="groupe"),
        },
    )
    assert (
        "## Chantiers et groupes\n\n"
        "<!-- « Achats » était « à lancer » ; « Climat » était « lancé » ; "
        "« Cercle » est nouveau. -->\n"
        "- [Achats](../collectifs/achats.md) : chantier lancé\n"
        "- [Climat](../collectifs/climat.md) : chantier terminé\n"
        "- [Cercle](../collectifs/cercle.md) : groupe lancé\n"
    ) in proposal


def test_article_of_an_earlier_date_written_since(tmp_path: Path) -> None:
    """Readers never saw it: git knows, its date does not."""
    repo = repository(tmp_path, {**BASE, "articles/a.md": text("date: 2024-01-02", titre="Su")})
    proposal = later(repo, {"articles/tard.md": text("date: 2024-01-03", titre="Tard")})
    assert re.findall(r"/// article \| (\S+)", proposal) == ["tard"]


def test_a_site_that_is_younger_than_its_letter(tmp_path: Path) -> None:
    """Contents brought at once into git are not all new."""
    repo = Repo(tmp_path)
    repo.commit({"donnees/site.yaml": SITE, **{n: str(data) for n, data in FILES.items()}})
    proposal = propose(read_index(repo.content, datetime(2024, 2, 1, 9, tzinfo=PARIS))).text
    assert re.findall(r"/// article \| (\S+)", proposal) == ["neuf", "jour-meme"]
    assert "Chantiers et groupes" not in proposal
