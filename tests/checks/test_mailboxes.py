"""The mailbox of a person is told where a service's is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.mailboxes import mailboxes, mailboxes_of_site
from plugins.library.index import read_index
from tests.contents import NOW, article, errors, group, load_files, text, warnings
from tests.sites import ROOT

OF_A_PERSON = (
    "« {} » semble l’adresse d’une personne : elle changera avec elle, et tous la liraient. "
    "Donnez une boîte fonctionnelle."
)


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("camille.exemple@exemple.fr", True),
        ("Camille.Exemple@exemple.fr", True),
        ("jean-pierre.de-la-tour@interieur.gouv.fr", True),
        ("anne.martin.ext@exemple.fr", True),
        ("communaute.cadres.dirigeants@developpement-durable.gouv.fr", False),
        ("contact.presse@exemple.fr", False),
        ("france.services@exemple.fr", False),
        ("marie@exemple.fr", False),
        ("initiative-jeunes@exemple.fr", False),
    ],
)
def test_address_of_a_person(tmp_path: Path, address: str, is_told: bool) -> None:
    registered = text(f"debut: 2024-03-01\ninscription:\n  contact: {address}")
    loaded = load_files(tmp_path, {"evenements/e.md": registered})
    assert errors(loaded) == []
    assert (
        warnings(loaded)
        == [f"content/evenements/e.md:6:12 · inscription.contact : {OF_A_PERSON.format(address)}"]
        * is_told
    )


def test_everywhere_an_address_is_written(tmp_path: Path) -> None:
    address = "camille.exemple@exemple.fr"
    files = {
        "articles/a.md": article("", f"Écrire [nom](mailto:{address}?subject=Oui)."),
        "articles/b.md": article(
            "", f"/// bouton\n    adresse: mailto:{address}\n\nÉcrire\n///", "Autre"
        ),
        "articles/d.md": article(
            "", f"/// encart\n    contact: {address}\n\nRéagissez.\n///", "Encart"
        ),
        "collectifs/c.md": group("C", f"contact: {address}"),
        "lettres/1.md": text(f"numero: 1\ndate: 2024-01-05\ncontact: {address}"),
    }
    assert warnings(load_files(tmp_path, files)) == [
        f"content/{place} : {OF_A_PERSON.format(address)}"
        for place in (
            "articles/a.md:6:14 · lien",
            "articles/b.md:7:14 · /// bouton adresse",
            "articles/d.md:7:14 · /// encart contact",
            "collectifs/c.md:6:10 · contact",
            "lettres/1.md:6:10 · contact",
        )
    ]


def test_data_of_the_site(tmp_path: Path) -> None:
    a, b, c, d = (f"{name}.exemple@exemple.fr" for name in ("camille", "jean", "paul", "luc"))
    data = (
        f"contact: {a}\nnom: Essai\naccroche: un site\ndescription: Un site d’essai.\n"
        f"lettre:\n  expediteur: lettre@exemple.fr\n  reponse: {b}\n  liste: {c}\n"
        f"  desinscription:\n    - https://listes.exemple.fr/lettre\n    - {d}\n"
    )
    loaded = load_files(tmp_path, {"donnees/site.yaml": data})
    assert errors(loaded) == []
    assert warnings(loaded) == [
        f"content/donnees/site.yaml:{place} : {OF_A_PERSON.format(address)}"
        for place, address in (
            ("1:10 · contact", a),
            ("7:12 · lettre.reponse", b),
            ("8:10 · lettre.liste", c),
            ("11:7 · lettre.desinscription.2", d),
        )
    ]


def test_sample_content_names_services() -> None:
    index = read_index(ROOT / "content", NOW)
    assert [fault for record in index.published for fault in mailboxes(record)] == []
    assert list(mailboxes_of_site(index.contents)) == []
