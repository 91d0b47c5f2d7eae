"""From files to an index: the contents published, those set aside, the faults that one hides."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.contents import (
    article,
    errors,
    index_of,
    load_files,
    record_at,
    text,
    warnings,
)

PORTRAIT = "nom: Camille\nconsentement: oui\nexpire_le: 2025-01-01\n"


@pytest.mark.parametrize(
    ("file", "header", "published"),
    [
        ("articles/a.md", "date: 2024-01-08", True),
        ("articles/a.md", "date: 2024-01-08 09:00", True),
        ("articles/a.md", "date: 2024-01-08 09:01", False),
        ("articles/a.md", "date: 2024-01-09", False),
        ("articles/a.md", "date: 2024-01-03\npublier_le: 2024-01-08", True),
        ("articles/a.md", "date: 2024-01-03\npublier_le: 2024-01-08 10:00", False),
        ("articles/a.md", "date: 2024-01-03\nexpire_le: 2024-01-08", True),
        ("articles/a.md", "date: 2024-01-03\nexpire_le: 2024-01-07", False),
        ("articles/a.md", "date: 2024-01-03\nstatut: brouillon", False),
        ("articles/a.md", "date: 2024-01-03\nstatus: draft", False),
        ("articles/a.md", "date: 2024-01-03\nstatus: published", True),
        ("evenements/a.md", "debut: 2025-01-01", True),
        ("evenements/a.md", "debut: 2025-01-01\ndate: 2024-02-01", False),
        ("portraits/a.md", PORTRAIT, True),
        ("portraits/a.md", PORTRAIT.replace("oui", "non"), False),
        ("portraits/a.md", PORTRAIT.replace("2025", "2023"), False),
    ],
)
def test_what_is_published(tmp_path: Path, file: str, header: str, published: bool) -> None:
    index = index_of(tmp_path, {file: text(header)})
    assert (len(index.published), len(index.unpublished)) == (published, not published)


def test_the_clock_is_that_of_paris(tmp_path: Path) -> None:
    """Late on the 7th in London, it is the 8th in Paris."""
    late = datetime(2024, 1, 7, 23, 30, tzinfo=UTC)
    assert load_files(tmp_path, {"articles/a.md": text("date: 2024-01-08")}, late).index.articles


@pytest.mark.parametrize(
    ("file", "header", "address"),
    [
        ("articles/Un été.md", "date: 2024-01-01", "/actualites/un-ete/"),
        ("articles/2024/un.md", "date: 2024-01-01\nslug: deux", "/actualites/deux/"),
        ("evenements/un.md", "debut: 2024", "/evenements/un/"),
        ("lettres/un.md", "numero: 12\ndate: 2024-01-01", "/lettres/12/"),
        ("collectifs/un.md", "genre: chantier\ntitre_court: a", "/chantiers/un/"),
        ("collectifs/un.md", "genre: groupe\ntitre_court: a", "/groupes/un/"),
        ("organisations/un.md", "", "/organisations/un/"),
        ("portraits/un.md", PORTRAIT, "/portraits/un/"),
        ("metiers/un.md", "", "/metiers/un/"),
        ("pages/un.md", "", "/un/"),
    ],
)
def test_addresses(tmp_path: Path, file: str, header: str, address: str) -> None:
    assert [e.address for e in index_of(tmp_path, {file: text(header)}).published] == [address]


def test_name_without_latin_letters(tmp_path: Path) -> None:
    assert errors(load_files(tmp_path, {"articles/日本.md": article()})) == [
        (
            "content/articles/日本.md:1:1 · slug : le nom « 日本.md » n’a "
            "ni lettre latine ni chiffre : "
            "aucune adresse ne peut en être faite. Renommez le fichier, ou ajoutez « slug »."
        )
    ]


def test_faults_of_a_draft_are_told_and_stop_nothing(tmp_path: Path) -> None:
    files = {"articles/a.md": article("statut: brouillon\nzzz: 1", "![](x.svg)\n\n/// encart")}
    loaded = load_files(tmp_path, files)
    assert errors(loaded) == []
    assert [line.split(" : ")[0] for line in warnings(loaded)] == [
        "content/articles/a.md:6:1 · zzz",
        "content/articles/a.md:8:5 · image",
        "content/articles/a.md:10:1 · /// encart",
    ]
    assert record_at(loaded.index, "articles/a.md") in loaded.index.unpublished


def test_what_is_set_aside_says_why(tmp_path: Path) -> None:
    files = {
        "articles/expire.md": article("expire_le: 2024-01-05"),
        "portraits/non.md": text(PORTRAIT.replace("oui", "non")),
        "articles/futur.md": article("publier_le: 2024-02-01"),
    }
    assert warnings(load_files(tmp_path, files)) == [
        (
            "content/articles/expire.md:5:12 · expire_le : 2024-01-05 est "
            "passé : le contenu n’est plus "
            "publié. Retirez le fichier, ou prolongez la date."
        ),
        (
            "content/portraits/non.md:5:15 · consentement : le portrait n’est pas publié : "
            "la personne n’a pas donné son accord. Écrivez « oui » quand vous l’aurez."
        ),
    ]


def test_one_broken_file_is_one_fault(tmp_path: Path) -> None:
    """What names it, by its slug, its title or its file, is not told as a second fault."""
    names = "organisation: reseau\ncollectifs: [numerique, Chantier du numérique]\nevenement: w"
    blocks = (
        "[a](../evenements/w.md#la) /// x\n\n/// evenement | w\n///\n\n"
        "/// agenda\n    collectif: numerique\n///\n\n/// chiffres\n    organisation: reseau\n///\n"
    )
    files = {
        "articles/a.md": article(names, blocks),
        "metiers/m.md": text("voir_aussi: [w]"),
        "evenements/w.md": text("debut: 2024-02-30\ncollectif: numerique"),
        "collectifs/numerique.md": text(
            "genre: chantier\ntitre_court: Num\nzzz: 1", titre="Chantier du numérique"
        ),
        "organisations/reseau.md": "---\ntitre: [\n---\n",
    }
    assert [line.split(" · ")[0] for line in errors(load_files(tmp_path, files))] == [
        "content/collectifs/numerique.md:6:1",
        "content/evenements/w.md:4:8",
        "content/organisations/reseau.md:2:9",
    ]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (
            ("articles/a.md", article("slug: un")),
            ("articles/un.md", article()),
            (
                "content/articles/a.md:5:7 · slug : « un » : l’adresse "
                "/actualites/un/ est déjà celle de "
                "content/articles/un.md. Changez « slug » ou le nom de l’un des deux fichiers."
            ),
        ),
        (
            ("articles/2023/un.md", article()),
            ("articles/2024/un.md", article("statut: brouillon")),
            (
                "content/articles/2024/un.md:1:1 · slug : « un » : "
                "l’adresse /actualites/un/ est déjà "
                "celle de content/articles/2023/un.md. "
                "Changez « slug » ou le nom de l’un des deux fichiers."
            ),
        ),
        (
            ("lettres/a.md", text("numero: 3\ndate: 2024-01-01")),
            ("lettres/b.md", text("numero: 3\ndate: 2024-01-02")),
            (
                "content/lettres/b.md:4:9 · numero : « 3 » : l’adresse "
                "/lettres/3/ est déjà celle de "
                "content/lettres/a.md. Donnez un autre numéro à l’une des deux lettres."
            ),
        ),
        (
            ("pages/agenda.md", text()),
            ("pages/autre.md", text()),
            (
                "content/pages/agenda.md:1:1 · slug : « agenda » : l’adresse /agenda/ est prise "
                "par l’agenda. Changez « slug » ou le nom du fichier."
            ),
        ),
        (
            ("pages/a.md", text("slug: images")),
            ("pages/b.md", text()),
            (
                "content/pages/a.md:4:7 · slug : « images » : l’adresse /images/ est prise par "
                "le dossier des images. Changez « slug » ou le nom du fichier."
            ),
        ),
        (
            ("pages/courriel.md", text()),
            ("pages/b.md", text()),
            (
                "content/pages/courriel.md:1:1 · slug : « courriel » : l’adresse /courriel/ est "
                "prise par le dossier des images des courriels. Changez « slug » ou le nom du "
                "fichier."
            ),
        ),
        (
            ("pages/a.md", text("alias: [/vieux/, /b/]")),
            ("pages/b.md", text()),
            (
                "content/pages/a.md:4:18 · alias.2 : « /b/ » est l’adresse d’une page qui existe. "
                "Retirez cet alias."
            ),
        ),
        (
            ("pages/a.md", text("alias: /agenda/")),
            ("pages/b.md", text()),
            (
                "content/pages/a.md:4:8 · alias.1 : « /agenda/ » est "
                "l’adresse d’une page qui existe. "
                "Retirez cet alias."
            ),
        ),
        (
            ("pages/a.md", text("alias: /vieux/")),
            ("pages/b.md", text("alias: /vieux/")),
            (
                "content/pages/b.md:4:8 · alias.1 : « /vieux/ » est déjà un alias de "
                "content/pages/a.md. Gardez l’un des deux."
            ),
        ),
    ],
)
def test_addresses_are_unique(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str], message: str
) -> None:
    assert errors(load_files(tmp_path, dict([first, second]))) == [message]


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    unreadable = "1:1 · le fichier ne peut pas être lu. Vérifiez ses droits et le disque."
    assert errors(load_files(tmp_path, {"articles/a.md": article()})) == [
        f"content/articles/a.md:{unreadable}",
        f"content/donnees/site.yaml:{unreadable}",
    ]


def test_summary_of_a_pelican_article_is_its_opening(tmp_path: Path) -> None:
    body = "# Un titre\n\n" + "Une phrase *assez* longue. " * 20
    index = index_of(
        tmp_path,
        {
            "articles/long.md": f"Title: A\nDate: 2010-12-03\n\n{body}",
            "articles/court.md": "Title: B\nDate: 2010-12-03\n\nCourt.\n\n/// agenda\n///\n",
            "articles/vide.md": "Title: C\nDate: 2010-12-03\n\n/// agenda\n///\n",
        },
    )
    long, short, empty = (
        record_at(index, f"articles/{n}.md").header.summary for n in ("long", "court", "vide")
    )
    assert long.startswith("Un titre Une phrase assez longue.")
    assert long.endswith("…")
    assert len(long) <= 300
    assert (short, empty) == ("Court.", "C")
