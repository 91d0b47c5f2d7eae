"""What a content says of another is true; what deserves a look is said without stopping."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.references import check_addresses
from tests.contents import (
    SVG,
    Files,
    article,
    errors,
    group,
    index_of,
    load_files,
    text,
    warnings,
)

FILES: Files = {
    "articles/bilan.md": article(),
    "evenements/webinaire.md": text("debut: 2024-03-01\npublic: [élus, cadres]"),
    "evenements/brouillon.md": text("debut: 2024-03-01\nstatut: brouillon"),
    "collectifs/numerique.md": group("Num", "noms: [Les outils]"),
    "collectifs/transition.md": text("genre: groupe\ntitre_court: Trans", titre="La transition"),
    "organisations/dextera.md": text("nom_complet: Le réseau Dextera", titre="Dextera"),
    "images/carre.svg": SVG,
    "images/faux.png": b"faux",
    "donnees/themes.yaml": "- nom: Énergie\n",
}
WHERE = "Écrivez le nom d’un fichier du dossier"
UNPUBLISHED = "n’est pas publié (brouillon, à paraître ou expiré)."


@pytest.mark.parametrize(
    "header",
    [
        "organisation: dextera",
        "organisation: DEXTERA",
        "organisation: Le reseau Dextera",
        "collectifs: [numerique, Num, Les outils, Numérique]",
        "collectifs: [Trans]",
        "evenement: webinaire",
        "evenement: Essai",
        "image:\n  fichier: images/carre.svg\n  alt: a",
        "themes: [energie]",
    ],
)
def test_references_that_hold(tmp_path: Path, header: str) -> None:
    loaded = load_files(tmp_path, {**FILES, "articles/a.md": article(header)})
    assert (errors(loaded), warnings(loaded)) == ([], [])


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "organisation: dextra",
            "5:15 · organisation : « dextra » : organisation inconnue. Vouliez-vous « dextera » ?",
        ),
        (
            "organisation: zzz",
            (
                "5:15 · organisation : « zzz » : organisation inconnue. "
                f"{WHERE} « organisations », sans « .md »."
            ),
        ),
        (
            "collectifs: [numerique, numerik]",
            "5:25 · collectifs.2 : « numerik » : collectif inconnu. Vouliez-vous « numerique » ?",
        ),
        (
            "collectifs: zzz",
            (
                f"5:13 · collectifs.1 : « zzz » : collectif inconnu. {WHERE} « collectifs », "
                "sans « .md »."
            ),
        ),
        (
            "evenement: webinar",
            "5:12 · evenement : « webinar » : événement inconnu. Vouliez-vous « webinaire » ?",
        ),
        (
            "evenement: brouillon",
            f"5:12 · evenement : « brouillon » {UNPUBLISHED} Publiez-le ou retirez cette mention.",
        ),
        (
            "image:\n  fichier: images/caré.svg\n  alt: a",
            (
                "6:12 · image.fichier : « images/caré.svg » : aucun fichier "
                "« content/images/caré.svg ». "
                "Vouliez-vous « images/carre.svg » ?"
            ),
        ),
        (
            "image:\n  fichier: zzz.jpg\n  alt: a",
            (
                "6:12 · image.fichier : « zzz.jpg » : aucun fichier « content/zzz.jpg ». "
                "Déposez le fichier ou corrigez."
            ),
        ),
        (
            "image:\n  fichier: images/faux.png\n  alt: a",
            (
                "6:12 · image.fichier : « images/faux.png » n’est pas une image lisible. "
                "Enregistrez-la de nouveau."
            ),
        ),
    ],
)
def test_references_of_an_article(tmp_path: Path, header: str, message: str) -> None:
    loaded = load_files(tmp_path, {**FILES, "articles/a.md": article(header)})
    assert errors(loaded) == [f"content/articles/a.md:{message}"]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "evenements/e.md",
            text("debut: 2024-03-01\ncollectif: tout"),
            "5:12 · collectif : « tout » : collectif inconnu. Vouliez-vous « tous » ?",
        ),
        (
            "evenements/e.md",
            text("debut: 2024-03-01\ndocuments:\n  - titre: a\n    fichier: p.pdf"),
            (
                "7:14 · documents.1.fichier : « p.pdf » : aucun fichier « content/p.pdf ». "
                "Déposez le fichier ou corrigez."
            ),
        ),
        (
            "metiers/m.md",
            text("voir_aussi: [bilan, bilans]"),
            (
                "4:21 · voir_aussi.2 : « bilans » : aucun contenu publié de ce nom. "
                "Vouliez-vous « bilan » ?"
            ),
        ),
        (
            "pages/p.md",
            text("", "/// article | bilans\n///\n"),
            "6:1 · /// article : « bilans » : article inconnu. Vouliez-vous « bilan » ?",
        ),
        (
            "pages/p.md",
            text("", "/// evenement | brouillon\n///\n"),
            (
                f"6:1 · /// evenement : « brouillon » {UNPUBLISHED} "
                "Publiez-le ou retirez cette mention."
            ),
        ),
        (
            "pages/p.md",
            text("", "/// agenda\n    collectif: numerik\n///\n"),
            (
                "7:16 · /// agenda collectif : « numerik » : collectif inconnu. "
                "Vouliez-vous « numerique » ?"
            ),
        ),
        (
            "pages/p.md",
            text("", "/// agenda\n    collectif: numerique, zzz\n///\n"),
            (
                "7:16 · /// agenda collectif : « numerique, zzz » : un seul collectif est possible "
                "ici. Écrivez un bloc pour chacun."
            ),
        ),
        (
            "evenements/e.md",
            text("debut: 2024-03-01\norganisation: dextera et dextera"),
            (
                "5:15 · organisation : « dextera et dextera » : une seule organisation est "
                "possible ici. N’en gardez qu’un nom."
            ),
        ),
        (
            "pages/p.md",
            text("", "/// chiffres\n    organisation: dextra\n///\n"),
            (
                "7:19 · /// chiffres organisation : « dextra » : organisation inconnue. "
                "Vouliez-vous « dextera » ?"
            ),
        ),
    ],
)
def test_other_references(tmp_path: Path, file: str, content: str, message: str) -> None:
    assert errors(load_files(tmp_path, {**FILES, file: content})) == [f"content/{file}:{message}"]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "articles/a.md",
            article("themes: [Énergies]"),
            (
                "5:10 · themes.1 : « Énergies » n’est pas dans donnees/themes.yaml. "
                "Vouliez-vous « Énergie » ?"
            ),
        ),
        (
            "articles/a.md",
            article("themes: zzz"),
            (
                "5:9 · themes.1 : « zzz » n’est pas dans donnees/themes.yaml. "
                "Ajoutez-le si c’est voulu."
            ),
        ),
        (
            "evenements/e.md",
            text("debut: 2024-T1"),
            (
                "4:8 · debut : « 2024-T1 » est encore approximatif, et la période commence déjà. "
                "Donnez le jour dès qu’il est connu."
            ),
        ),
        (
            "evenements/e.md",
            text("seances:\n  - debut: 2024-01-09?"),
            (
                "5:12 · seances.1.debut : « 2024-01-09? » est encore approximatif, et la période "
                "commence dans 1 jour. Donnez le jour dès qu’il est connu."
            ),
        ),
        (
            "evenements/e.md",
            text("debut: 2024-03"),
            (
                "4:8 · debut : « 2024-03 » est encore approximatif, et la période commence dans "
                "53 jours. Donnez le jour dès qu’il est connu."
            ),
        ),
        (
            "evenements/e.md",
            text("debut: 2024-03-07?"),
            (
                "4:8 · debut : « 2024-03-07? » est encore approximatif, et la période commence "
                "dans 59 jours. Donnez le jour dès qu’il est connu."
            ),
        ),
        ("evenements/e.md", text("debut: 2024-03-08?"), None),
        ("evenements/e.md", text("debut: 2024-T2"), None),
        ("evenements/e.md", text("debut: 2029-01-11"), None),
        (
            "evenements/e.md",
            text("debut: 2029-01-12"),
            "4:8 · debut : « 2029-01-12 » est dans 5 ans. Vérifiez l’année.",
        ),
        (
            "evenements/e.md",
            text("debut: 2124-03-01"),
            "4:8 · debut : « 2124-03-01 » est dans 100 ans. Vérifiez l’année.",
        ),
        (
            "evenements/e.md",
            text("debut: 2024-03-01\nrecurrence: {regle: FREQ=YEARLY;UNTIL=21500301}"),
            "4:8 · debut : « 2029-03-01 » est dans 5 ans. Vérifiez l’année.",
        ),
        (
            "pages/p.md",
            text("", "/// agenda\n    public: cadre\n///\n"),
            (
                "7:13 · /// agenda public : « cadre » : aucun événement n’a ce public. "
                "Publics connus : cadres, élus."
            ),
        ),
        (
            "pages/p.md",
            text("", "/// agenda\n    public: Elus ; cadres\n///\n"),
            (
                "7:13 · /// agenda public : « Elus ; cadres » : un seul public est possible ici. "
                "Écrivez un bloc pour chacun."
            ),
        ),
        ("pages/p.md", text("", "/// agenda\n    public: Elus\n    collectif: tous\n///\n"), None),
    ],
)
def test_reminders(tmp_path: Path, file: str, content: str, message: str | None) -> None:
    loaded = load_files(tmp_path, {**FILES, file: content})
    assert errors(loaded) == []
    assert warnings(loaded) == ([f"content/{file}:{message}"] if message else [])


def test_each_session_has_its_own_reminder(tmp_path: Path) -> None:
    sessions = "seances:\n  - debut: 2024-01-09?\n  - debut: 2024-01-10?\n  - debut: 2124-01-01"
    loaded = load_files(tmp_path, {**FILES, "evenements/e.md": text(sessions)})
    assert [warning.split(" : ")[0] for warning in warnings(loaded)] == [
        "content/evenements/e.md:5:12 · seances.1.debut",
        "content/evenements/e.md:6:12 · seances.2.debut",
        "content/evenements/e.md:7:12 · seances.3.debut",
    ]


def test_addresses_of_the_site_itself(tmp_path: Path) -> None:
    """A file or an alias may not take the address of a page that no content makes."""
    index = index_of(
        tmp_path,
        {
            "articles/a.md": article(
                "alias: [/agenda/2024/, /vieux/]", "[a](/evenements/w.ics) [b](b.pdf)"
            ),
            "articles/b.pdf": b"%PDF",
            "evenements/w.ics": b"BEGIN:VCALENDAR",
        },
    )
    planned = ["/agenda/2024/", "/evenements/w.ics", "/actualites/a/", "/articles/b.pdf"]
    assert [str(e) for e in check_addresses(index, [*planned, "/evenements/w.ics"])] == [
        (
            "content/evenements/w.ics:1:1 · l’adresse /evenements/w.ics "
            "est celle d’un fichier que le "
            "site fabrique. Renommez ce fichier ou changez-le de dossier."
        ),
        (
            "content/articles/a.md:5:9 · alias.1 : « /agenda/2024/ » est l’adresse d’une page qui "
            "existe. Retirez cet alias."
        ),
    ]


def test_a_content_at_the_address_of_a_page_of_the_site(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        {
            "articles/bilan.md": article("slug: '2024'"),
            "articles/2024.md": article("slug: autre"),
        },
    )
    planned = ["/actualites/2024/", "/actualites/2024/", "/actualites/autre/"]
    assert [str(e) for e in check_addresses(index, planned)] == [
        (
            "content/articles/bilan.md:5:7 · slug : « 2024 » : l’adresse /actualites/2024/ est "
            "celle d’une page que le site fabrique. Changez « slug » ou le nom du fichier."
        )
    ]
