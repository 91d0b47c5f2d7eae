"""Faults whose right form is certain are mended; every other byte stays as it is."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from plugins.content.reading import read_record
from plugins.faults import ContentError, Edit, Position
from plugins.models import KINDS
from plugins.writing.mending import Renaming, identified, mended, renamed, renamings
from tests.contents import SVG, Files, load_files

ARTICLE, EVENT = (
    next(kind for kind in KINDS if kind.name == name) for name in ("article", "event")
)
PATH = Path("content/articles/a.md")


def fault(*edits: Edit) -> ContentError:
    return ContentError(PATH, Position(), None, "faute", edits=edits)


def faults_of(data: bytes, path: Path = PATH) -> tuple[ContentError, ...]:
    kind = EVENT if path.parent.name == "evenements" else ARTICLE
    record = read_record(kind, path, data)
    return (*record.faults, *record.text_faults())


def mended_alone(data: bytes, path: Path = PATH) -> bytes:
    """Return a file once nothing in it mends by itself."""
    for _ in range(10):
        after = mended(data, faults_of(data, path))
        if after == data:
            return data
        data = after
    raise AssertionError("mending does not end")


def header(lines: str) -> str:
    return f"---\ntitre: Essai\nresume: Un résumé.\n{lines}\n---\nTexte.\n"


# Headers

DATE, BEGIN = "date: 2024-01-03", "debut: 2024-03-25"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Dates, in every field that has one.
        ("date: 07/02/2027", "date: 2027-02-07"),
        ('date: "7/2/2027"  # en français', 'date: "2027-02-07"  # en français'),
        ("date: 7 février 2027 à 17 h", "date: 2027-02-07 17:00"),
        ("date: mardi 9 janvier 2024", "date: 2024-01-09"),
        (f"{DATE}\npublier_le: 04/01/2024", f"{DATE}\npublier_le: 2024-01-04"),
        # Slugs, names of fields, files.
        (f"{DATE}\nslug: Mon Bilan d’été", f"{DATE}\nslug: mon-bilan-d-ete"),
        (f"{DATE}\nThèmes: [a]\n", f"{DATE}\nthemes: [a]\n"),
        (
            f"{DATE}\nimage: {{fichier: images\\a.svg, alt: a}}",
            f"{DATE}\nimage: {{fichier: images/a.svg, alt: a}}",
        ),
        # YAML.
        (f"{DATE}\nrubrique: Bilan : la suite", f'{DATE}\nrubrique: "Bilan : la suite"'),
        (f"{DATE}\nrubrique: [Appel] aux dons", f'{DATE}\nrubrique: "[Appel] aux dons"'),
        (f"{DATE}\nrubrique: @passerelle", f'{DATE}\nrubrique: "@passerelle"'),
        (f"{DATE}\nrubrique: *Important*", f'{DATE}\nrubrique: "*Important*"'),
        (f"{DATE}\nstatut:publié", f"{DATE}\nstatut: publié"),
    ],
)
def test_header(before: str, after: str) -> None:
    assert mended_alone(header(before).encode()).decode() == header(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("debut: 25/03/2024 8h30\nfin: 25/03/2024 10h", f"{BEGIN} 08:30\nfin: 2024-03-25 10:00"),
        ("debut: mars 2024", "debut: 2024-03"),
        ("debut: T4 2024", "debut: 2024-T4"),
        (
            f"{BEGIN} 17:00\nseances:\n  - debut: 26/03/2024\n    fin: 27/03/2024",
            f"{BEGIN} 17:00\nseances:\n  - debut: 2024-03-26\n    fin: 2024-03-27",
        ),
        (
            f"{BEGIN}\ninscription:\n  contact: a@exemple.fr\n  avant_le: 20.03.2024",
            f"{BEGIN}\ninscription:\n  contact: a@exemple.fr\n  avant_le: 2024-03-20",
        ),
    ],
)
def test_dates_of_an_event(before: str, after: str) -> None:
    path = Path("content/evenements/a.md")
    assert mended_alone(header(before).encode(), path).decode() == header(after)


@pytest.mark.parametrize(
    "lines",
    [
        "date: 01-02-03",  # day, month and year in an order or another
        "date: 07/02/27",
        "date: lundi 9 janvier 2024",  # a Tuesday
        "date: 30/02/2024",
        "date: demain",
        f"{DATE}\ncolectif: numerique",
        f"{DATE}\ntheme: a\nthemes: [b]",
        f"{DATE}\nthèmes: [a]\nthemes: [b]",
        f"{DATE}\nslug: ../ailleurs",
        f'{DATE}\nrubrique: Le "bilan" : la suite',
        f"{DATE}\nrubrique: Bilan : la suite # note",
        f"{DATE}\nrubrique: Chantier #3",
        f"{DATE}\nrubrique: Bilan : la suite,\n  sur deux lignes",
    ],
)
def test_a_header_in_doubt_is_left(lines: str) -> None:
    data = header(lines).encode()
    assert faults_of(data)
    assert mended_alone(data) == data


@pytest.mark.parametrize("debut", ["fin mars 2024", "mi-mars 2024", "début 2024"])
def test_a_date_that_says_more_than_its_right_form_is_left(debut: str) -> None:
    data = header(f"debut: {debut}").encode()
    path = Path("content/evenements/a.md")
    assert faults_of(data, path)
    assert mended_alone(data, path) == data


def test_pelican_header() -> None:
    data = b"Title: Essai\nDate: 03/01/2024\nSummary: x\n\nTexte.\n"
    assert mended_alone(data) == data.replace(b"03/01/2024", b"2024-01-03")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n \n{}", "{}"),
        ("----- \n{rest}", "{}"),
        ("{rest}", "{}"),
        ("{}\x0bAvec\x0c deux signes.\n", "{}Avec deux signes.\n"),
    ],
)
def test_opening_and_invisible_signs(before: str, after: str) -> None:
    whole = header(DATE)
    rest = whole.removeprefix("---\n")
    for ending in ("\n", "\r\n"):
        data, right = (
            text.format(whole, rest=rest).replace("\n", ending).encode() for text in (before, after)
        )
        assert mended_alone(data) == right


@pytest.mark.parametrize("text", ["\uf0b7 un\n\x0b", "-- -\n{rest}", "\nTexte.\n"])
def test_an_opening_in_doubt_is_left(text: str) -> None:
    data = (header(DATE) + text if "rest" not in text else text).encode()
    assert mended_alone(data) == data


# Texts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("• un\n• deux\n", "- un\n- deux\n"),
        ("•\tun\n•\tdeux\n", "- un\n- deux\n"),
        ("Texte :\n▪ un\n▪ deux\n", "Texte :\n\n- un\n- deux\n"),
        ("• un\n\n• deux\n", "- un\n\n- deux\n"),
        ("• un\n  sur deux lignes\n• deux\n", "- un\n  sur deux lignes\n- deux\n"),
        ("- un\n• deux\n• trois\n", "- un\n- deux\n- trois\n"),
        ("- un\n• deux\n- trois\n", "- un\n- deux\n- trois\n"),
        ("- un\n  sur deux lignes\n• deux\n", "- un\n  sur deux lignes\n- deux\n"),
        ("1. un\n2) deux\n3) trois\n", "1. un\n2. deux\n3. trois\n"),
        ("– un\n– deux\n", "- un\n- deux\n"),
        ("-un\n-deux\n", "- un\n- deux\n"),
        ("1) un\n2) deux\n", "1. un\n2. deux\n"),
        ("3° un\n4° deux\n", "3. un\n4. deux\n"),
        ("Texte :\n- un\n- deux\n", "Texte :\n\n- un\n- deux\n"),
        ("Texte\n| a | b |\n|---|---|\n| 1 | 2 |\n", "Texte\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("[la page] (https://exemple.fr)\n", "[la page](https://exemple.fr)\n"),
        ("(la page)[https://exemple.fr]\n", "[la page](https://exemple.fr)\n"),
        ("Voir [la page](https://exemple.fr/a b\n", "Voir [la page](https://exemple.fr/a) b\n"),
        ("Un appel[^1].\n\n[^1] : le texte.\n", "Un appel[^1].\n\n[^1]: le texte.\n"),
        ("// encart\n\nTexte.\n\n///\n", "/// encart\n\nTexte.\n\n///\n"),
        ("/// événement webinaire\n///\n", "/// evenement | webinaire\n///\n"),
        ("- a\n    /// agenda\n    ///\n", "- a\n\n    /// agenda\n    ///\n"),
        ("/// agenda\nperiode: 2024-03\n///\n", "/// agenda\n    periode: 2024-03\n///\n"),
        ("/// agenda\n    periode: 2024-03\n    ///\n", "/// agenda\n    periode: 2024-03\n///\n"),
        ("/// agenda\n    periode: mars 2024\n///\n", "/// agenda\n    periode: 2024-03\n///\n"),
        (
            "/// agenda\n    periode: de mars à juin 2024\n///\n",
            "/// agenda\n    periode: 2024-03/2024-06\n///\n",
        ),
    ],
)
def test_text(before: str, after: str) -> None:
    start = f"---\ntitre: Essai\nresume: Un résumé.\n{DATE}\n---\n"
    for ending in ("\n", "\r\n", "\r"):
        data = f"{start}{before}".replace("\n", ending).encode()
        assert mended_alone(data) == f"{start}{after}".replace("\n", ending).encode()


@pytest.mark.parametrize(
    "body",
    [
        "a) un\nb) deux\n",  # letters: Markdown has none
        "Le projet\n– attendu –\n– et discuté –\navance.\n",
        "<div>\n\n• un\n• deux\n\n</div>\n\n[a] (https://exemple.fr)\n",
        "2024. Une année.\n",
        "~~barré~~\n",
        "Voir [la page](https://exemple.fr. Puis\n",
        "/// agenda\n\n    periode: 2024-03\n///\n",
        "/// evenement\n///\n",
        "/// encart titre\n\nTexte.\n\n///\n",
        "| a | b |\n| 1 | 2 |\n",  # is the first line a heading?
        "```\n• un\n• deux\n```\n\n- [ ] à faire\n",
    ],
)
def test_a_text_in_doubt_is_left(body: str) -> None:
    data = f"---\ntitre: Essai\nresume: Un résumé.\n{DATE}\n---\n{body}".encode()
    assert faults_of(data)
    assert mended_alone(data) == data


# References to files


@pytest.mark.parametrize(
    ("written", "right"),
    [("images/Carre.SVG", "images/carre.svg"), ("images/carré.svg", "images/carre.svg")],
)
def test_a_file_named_with_other_capitals_or_accents(
    tmp_path: Path, written: str, right: str
) -> None:
    before = header(f"{DATE}\nimage:\n  fichier: {written}\n  alt: Un carré")
    files: Files = {"articles/a.md": before, "images/carre.svg": SVG}
    found = [f for f in load_files(tmp_path, files).faults if f.field == "image.fichier"]
    assert mended(before.encode(), found).decode() == before.replace(written, right)


def test_a_point_whose_numbers_are_swapped(tmp_path: Path) -> None:
    before = header(f"{BEGIN}\nlieu:\n  ville: Puteaux\n  coordonnees: 2.2361, 48.8925")
    found = load_files(tmp_path, {"evenements/a.md": before}).faults
    assert mended(before.encode(), found).decode() == before.replace(
        "2.2361, 48.8925", "48.8925, 2.2361"
    )


def test_a_file_with_two_others_alike_is_left(tmp_path: Path) -> None:
    before = header(f"{DATE}\nimage:\n  fichier: images/Carre.SVG\n  alt: Un carré")
    files: Files = {
        "articles/a.md": before,
        "images/carre.svg": SVG,
        "images/carré.svg": SVG,
    }
    found = [f for f in load_files(tmp_path, files).faults if f.field == "image.fichier"]
    assert len(found) == 1
    assert mended(before.encode(), found).decode() == before


# Edits


@pytest.mark.parametrize(
    ("data", "edits", "after"),
    [
        ("a b c\n", [Edit(Position(1, 3), "b", "x")], "a x c\n"),
        ("\ufeffa b\n", [Edit(Position(1, 3), "b", "x")], "\ufeffa x\n"),
        ("a: 'b'\n", [Edit(Position(1, 4), "b", "x")], "a: 'x'\n"),
        ("a\r\nb", [Edit(Position(2, 1), "", "\n")], "a\r\n\r\nb"),
        ("a\r\nb", [Edit(Position(1, 1), "a\n", "")], "b"),
        ("a\r\nb", [Edit(Position(2, 1), "b\n", "")], "a\r\nb"),
        # Not what was described: nothing is done, nor the other half of it.
        ("abc\n", [Edit(Position(1, 2), "c", "x")], "abc\n"),
        ("abc\n", [Edit(Position(1, 2), "b", "x"), Edit(Position(7), "b", "x")], "abc\n"),
        ("abc\n", [Edit(Position(1, 9), "", "x")], "abc\n"),
        ("2024-01-031\n", [Edit(Position(1, 1), "2024-01-03", "x")], "2024-01-031\n"),
    ],
)
def test_edits(data: str, edits: list[Edit], after: str) -> None:
    assert mended(data.encode(), [fault(*edits)]).decode() == after


def test_edits_that_meet() -> None:
    """The first fault is mended; another may ask for the same edit, not for one upon it."""
    same = fault(Edit(Position(1, 1), "a.", "x"))
    upon = fault(Edit(Position(1, 2), ".b.", "y"))
    beside = fault(Edit(Position(1, 3), "b.", "z"))
    assert mended(b"a.b.c\n", [same, same, upon, beside]) == b"xzc\n"


def test_bytes_that_are_no_text_are_left() -> None:
    assert mended(b"\xe9\n", [fault(Edit(Position(), "\xe9", "e"))]) == b"\xe9\n"


LINES = st.sampled_from(
    (
        *("", "Texte :", "Une phrase simple.", "• un", "•\tdeux", "– un", "- un", "-mot", "1) un"),
        *("a) un", "o un", "## Titre", "    code", "```", "| a | b |", "|---|---|", "> • cité"),
        *("[a] (https://e.fr)", "(a)[https://e.fr/]", "[a](https://e.fr", "Note[^1] [^1] : b"),
        *("[^1] : texte", "// encart", "/// encart", "/// agenda", "periode: 2024", "///"),
        *("    periode: mars 2024", "\u00a0\u00a0periode: 2024-03", "    ///", "<!--", "-->"),
        "/// Événement | webinaire",
    )
)
FIELDS = st.sampled_from(
    (
        *("", "# note", "date: 03/01/2024", "date: 2024-01-03", "rubrique: a : b", "statut:publié"),
        *("Thèmes: [a, b]", "thèmes: a", "slug: Mon Bilan", "image:", "  fichier: a\\b.svg"),
        *("  alt: Un carré : vu", "rubrique: @x", "rubrique: [a] b", "\ttab: x", "alias: [/a/]"),
        *("resume: |", "  suite : du texte", "titre: 'x' : y", "lang: fr # x", "publier_le: &a b"),
        *("modifie: '4 janvier 2024'", 'expire_le: "05/02/2027"', "---", "\x0b", "évènement: x"),
    )
)
# A file made on one system, or on two.
ENDINGS = st.sampled_from((("\n",), ("\r\n",), ("\r",), ("\n", "\r\n")))


@settings(deadline=None, max_examples=60)
@given(st.lists(FIELDS, max_size=6), st.lists(LINES, max_size=14), ENDINGS, st.booleans())
def test_any_text(
    fields: list[str], lines: list[str], endings: tuple[str, ...], mark: bool
) -> None:
    """Lines that no edit names keep their bytes and their order; mending ends."""
    whole = ["---", "titre: Essai", "resume: Un résumé.", *fields, "---", *lines]
    text = "".join(map("".join, zip(whole, cycle(endings), strict=False)))
    data = (("\ufeff" if mark else "") + text).encode()
    found = faults_of(data)
    after = mended(data, found)
    before_lines, after_lines = (
        re.findall(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)", d) for d in (data, after)
    )
    named = {edit.position.line - 1 for each in found for edit in each.edits}
    kept = [line for number, line in enumerate(before_lines) if number not in named]
    rest = iter(after_lines)
    assert all(line in rest for line in kept)
    assert mended_alone(mended_alone(data)) == mended_alone(data)


@settings(max_examples=100)
@given(st.binary(max_size=40), st.integers(1, 4), st.integers(1, 12), st.text(max_size=4))
def test_any_bytes_and_any_edit(data: bytes, line: int, column: int, old: str) -> None:
    """An edit that puts back what it found changes nothing, wherever it is."""
    assert mended(data, [fault(Edit(Position(line, column), old, old))]) == data


# Identifiers


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_identifier(ending: str) -> None:
    data = header(f"{DATE}  # un commentaire").replace("\n", ending).encode()
    at = data.rindex(b"---")
    line = f"identifiant: essai-1{ending}".encode()
    assert identified(data, PATH, "essai-1") == data[:at] + line + data[at:]


@pytest.mark.parametrize(
    "text",
    [
        "Title: Essai\nDate: 2024-01-03\n\nTexte.\n",
        "---\n{titre: Essai, resume: Un résumé.}\n---\nTexte.\n",
        "---\ntitre: Essai\nresume: |\n  Un résumé.\n\n  identifiant\n---\nTexte.\n",
        header(f"{DATE}\nidentifiant: deja-la"),
        "---\ntitre: [\n---\n",
    ],
)
def test_a_header_that_would_say_something_else_gets_no_identifier(text: str) -> None:
    after = identified(text.encode(), PATH, "essai-1")
    if after != text.encode():  # a line after a block of text is one of the header
        assert read_record(ARTICLE, PATH, after).header.identifier == "essai-1"
        assert "resume: |" in text
    else:
        assert "resume: |" not in text


# Names of pictures


@pytest.mark.parametrize(
    ("static", "committed", "found"),
    [
        (["images/Photo Été.JPG"], [], [("images/Photo Été.JPG", "images/photo-ete.jpg")]),
        (["images/IMG_1234.jpeg"], [], [("images/IMG_1234.jpeg", "images/img-1234.jpeg")]),
        (["images/a_1.v2.jpg", "images/carre.svg"], [], []),
        (["images/Photo.JPG"], ["images/Photo.JPG"], []),
        (["documents/Bilan 2024.pdf"], [], []),  # no picture
        (["images/Photo.JPG", "images/photo.jpg"], [], []),
        (["images/Photo 1.jpg", "images/Photo-1.jpg"], [], []),
        (["images/木.JPG"], [], []),
        (["images/A.jpg"], [], [("images/A.jpg", "images/a.jpg")]),
    ],
)
def test_sound_names(static: list[str], committed: list[str], found: list[tuple[str, str]]) -> None:
    assert list(renamings(static, committed)) == [Renaming(*pair) for pair in found]


PHOTO = Renaming("images/Photo Été.JPG", "images/photo-ete.jpg")
NAMED = """\
image: {{fichier: images/{0}, alt: x}}
[![Une salle](../images/{0}) et [elle](<../images/{0}>)
<img src="/images/{0}" alt="x">
[plan]: ../images/{0} "Le plan"
/// image
    fichier: images/{0}
"""


@pytest.mark.parametrize(
    "written",
    ["Photo Été.JPG", "Photo%20Été.JPG", "Photo%20%C3%89t%C3%A9.JPG", "Photo E\u0301te\u0301.JPG"],
)
def test_every_text_that_names_a_picture_follows_it(written: str) -> None:
    texts = {
        Path("a.md"): NAMED.format(written).encode(),
        Path("b.md"): b"Rien, et \xe9.\r\n",
    }
    assert renamed(PHOTO, texts, [PHOTO.old]) == {
        Path("a.md"): NAMED.format("photo-ete.jpg").encode()
    }


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("![x](../images/Photo%20Été.JPG) : voir Photo Été.JPG.", []),
        ("[x](https://ailleurs.example/Photo%20Été.JPG)", []),
        ("![x](../images/Ma Photo Été.JPG)", []),
        ("![x](../images/Photo%20Été.JPG)", ["images/2023/Photo Été.JPG"]),
    ],
)
def test_a_picture_named_in_doubt_keeps_its_name(text: str, others: list[str]) -> None:
    assert renamed(PHOTO, {Path("a.md"): text.encode()}, [PHOTO.old, *others]) is None
