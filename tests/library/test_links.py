"""Where links lead, and what is told of those that lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.references import check_links
from plugins.library.links import links_of, resolve
from tests.contents import SVG, Files, article, group, load_files, record_at, text

FILES: Files = {
    "articles/ici.md": article(),
    "articles/2024/la.md": article("slug: autre", "## Un été\n\nTexte.\n"),
    "articles/brouillon.md": article("statut: brouillon"),
    "articles/faute.md": article("zzz: 1"),
    "evenements/w.md": text("seances:\n  - debut: 2024-03-01\n  - debut: 2024-04-01"),
    "collectifs/numerique.md": group("Num"),
    "images/a b.svg": SVG,
    "images/faux.png": b"ceci n'est pas une image",
    "images/programme.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "articles/p.pdf": b"%PDF",
}
SITE = {
    *("/", "/themes/energie/", "/auteurs/la-redaction/", "/agenda/", "/agenda/2024/"),
    *("/404.html", "/chantiers/numerique/"),
}


def faults(tmp_path: Path, body: str) -> list[str]:
    files = {**FILES, "articles/ici.md": article("", body)}
    index = load_files(tmp_path, files).index
    known = SITE | {f"/{path}" for path in index.contents.static}
    known |= {record.address for record in (*index.published, *index.broken)}
    found = check_links(record_at(index, "articles/ici.md"), index, known)
    return [str(fault).removeprefix("content/articles/ici.md:") for fault in found]


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("2024/la.md", "/actualites/autre/"),
        ("./2024/la.md", "/actualites/autre/"),
        ("2024/la.md#un-ete", "/actualites/autre/#un-ete"),
        ("2024/la.md?a=b#un-ete", "/actualites/autre/?a=b#un-ete"),
        ("/articles/2024/la.md", "/actualites/autre/"),
        ("../collectifs/numerique.md", "/chantiers/numerique/"),
        ("../evenements/w.md#seance-2", "/evenements/w/#seance-2"),
        ("../images/a%20b.svg", "/images/a b.svg"),
        ("/images/a b.svg", "/images/a b.svg"),
        ("p.pdf#page=2", "/articles/p.pdf#page=2"),
        ("/agenda/", "/agenda/"),
        ("/agenda/2024/#x", "/agenda/2024/#x"),
        ("https://exemple.fr/a?b#c", "https://exemple.fr/a?b#c"),
        ("mailto:a@exemple.fr?subject=b", "mailto:a@exemple.fr?subject=b"),
        ("mailto:a%40exemple.fr,b@c.fr", "mailto:a%40exemple.fr,b@c.fr"),
        ("mailto:a@exemple.fr, b@c.fr", "mailto:a@exemple.fr,%20b@c.fr"),
        (
            "https://partage.example/Documents partages/Note (v2).pdf",
            "https://partage.example/Documents%20partages/Note%20(v2).pdf",
        ),
        ("https://a.example/b%20c d/é#f g", "https://a.example/b%20c%20d/%C3%A9#f%20g"),
        (
            "mailto:contact@exemple.fr?subject=Inscription au déjeuner",
            "mailto:contact@exemple.fr?subject=Inscription%20au%20d%C3%A9jeuner",
        ),
        ("tel:+33 1 23 45 67 89", "tel:+33123456789"),
        ("tel:+33123456789", "tel:+33123456789"),
        ("{filename}2024/la.md", "/actualites/autre/"),
        ("{filename}/articles/2024/la.md", "/actualites/autre/"),
        ("|filename|2024/la.md", "/actualites/autre/"),
        ("%7Bfilename%7D2024/la.md", "/actualites/autre/"),
        ("{static}/images/a%20b.svg", "/images/a b.svg"),
        ("{attach}p.pdf", "/articles/p.pdf"),
        ("{index}", "/"),
        ("{tag}Énergie", "/themes/energie/"),
        ("{author}La Rédaction", "/auteurs/la-redaction/"),
        ("faute.md#nulle-part", "/actualites/faute/#nulle-part"),
    ],
)
def test_links_that_lead_somewhere(tmp_path: Path, target: str, address: str) -> None:
    index = load_files(tmp_path, FILES).index
    assert resolve(target, record_at(index, "articles/ici.md"), index) == address
    assert faults(tmp_path, f"[a](<{target}>)\n") == []


UNPUBLISHED = "n’est pas publié (brouillon, à paraître ou expiré). Publiez-le ou retirez le lien."


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            "Voir [a](2024/las.md).",
            (
                "6:10 · lien : « 2024/las.md » : aucun fichier « content/articles/2024/las.md ». "
                "Vouliez-vous « 2024/la.md » ?"
            ),
        ),
        (
            "[a](00000000000000000000000000)",
            (
                "6:5 · lien : « 00000000000000000000000000 » : aucun fichier « "
                "content/articles/00000000000000000000000000 ». "
                "Corrigez le chemin ou retirez le lien."
            ),
        ),
        (
            "[a](../../secret.md)",
            (
                "6:5 · lien : « ../../secret.md » sort du dossier « content ». "
                "Visez un fichier du contenu."
            ),
        ),
        ("[a](brouillon.md)", f"6:5 · lien : « brouillon.md » {UNPUBLISHED}"),
        (
            "[a](/actualites/brouillon/)",
            f"6:5 · lien : « /actualites/brouillon/ » {UNPUBLISHED}",
        ),
        (
            "[a](/agenda)",
            (
                "6:5 · lien : « /agenda » : aucune page à cette adresse. "
                "Ajoutez la barre finale : « /agenda/ »."
            ),
        ),
        (
            "[a](/agenda/2023/)",
            (
                "6:5 · lien : « /agenda/2023/ » : aucune page à cette adresse. "
                "Vouliez-vous « /agenda/2024/ » ?"
            ),
        ),
        (
            "[a](/nulle-part/du-tout/)",
            (
                "6:5 · lien : « /nulle-part/du-tout/ » : aucune page à cette adresse. "
                "Corrigez ou retirez le lien."
            ),
        ),
        (
            "[a](2024/la.md#un-ete-chaud)",
            (
                "6:5 · lien : « 2024/la.md#un-ete-chaud » : pas "
                "d’intertitre « #un-ete-chaud » à cet "
                "endroit. Vouliez-vous « #un-ete » ?"
            ),
        ),
        (
            "[a](#zzz)",
            (
                "6:5 · lien : « #zzz » : pas d’intertitre « #zzz » à cet endroit. "
                "Retirez « # » et ce qui suit."
            ),
        ),
        (
            "[a](../evenements/w.md#seance-3)",
            (
                "6:5 · lien : « ../evenements/w.md#seance-3 » : pas "
                "d’intertitre « #seance-3 » à cet "
                "endroit. Retirez « # » et ce qui suit."
            ),
        ),
        (
            "[a](//exemple.fr/agenda/)",
            "6:5 · lien : « //exemple.fr/agenda/ » : écrivez l’adresse entière, avec https://.",
        ),
        (
            "[a]({category}Python)",
            (
                "6:5 · lien : « {category}Python » : ce site n’a pas de page par rubrique. "
                "Retirez le lien."
            ),
        ),
        (
            "[a](<{tag}日本>)",
            (
                "6:6 · lien : « {tag}日本 » : aucun fichier « content/articles/{tag}日本 ». "
                "Corrigez le chemin ou retirez le lien."
            ),
        ),
        (
            "[a](../images/programme.svg)",
            (
                "6:5 · lien : « ../images/programme.svg » contient « onload=alert(1) », qui "
                "n’est pas permis dans un dessin publié. Exportez-le en « SVG simple » : ni "
                "programme, ni animation, ni appel à un autre fichier."
            ),
        ),
        ("[a](mailto:)", "6:5 · lien : « mailto: » n’est pas une adresse entière. Complétez-la."),
        (
            "![Un](../images/a_b.png)",
            (
                "6:7 · image : « ../images/a_b.png » : aucun fichier « content/images/a_b.png ». "
                "Vouliez-vous « ../images/a%20b.svg » ?"
            ),
        ),
        (
            "![Un](../images/faux.png)",
            (
                "6:7 · image : « ../images/faux.png » n’est pas une image lisible. "
                "Enregistrez-la de nouveau."
            ),
        ),
        (
            "/// bouton\n    adresse: las.md\n\nLire\n///",
            (
                "7:14 · /// bouton adresse : « las.md » : aucun fichier "
                "« content/articles/las.md ». Vouliez-vous « 2024/la.md » ?"
            ),
        ),
        (
            "/// image\n    fichier: images/z.svg\n    alt: a\n///",
            (
                "7:14 · /// image fichier : « images/z.svg » : aucun fichier « "
                "content/images/z.svg ». Corrigez le chemin ou retirez le lien."
            ),
        ),
        (
            "/// bouton\n    adresse: /agenda\n\nLire\n///",
            (
                "7:14 · /// bouton adresse : « /agenda » : aucune page à cette adresse. "
                "Ajoutez la barre finale : « /agenda/ »."
            ),
        ),
        (
            "![Un](../images/page.svg)",
            (
                "6:7 · image : « ../images/page.svg » : aucun fichier « content/images/page.svg ». "
                "Corrigez le chemin ou retirez le lien."
            ),
        ),
        (
            "[a](/chantiers/abcdef/)",
            (
                "6:5 · lien : « /chantiers/abcdef/ » : aucune page à cette adresse. "
                "Corrigez ou retirez le lien."
            ),
        ),
        *(
            (
                f"[a]({target})",
                (
                    f"6:5 · lien : « {target} » : l’adresse de messagerie n’est pas entière. "
                    "Écrivez-la sous la forme mailto:nom@domaine.fr."
                ),
            )
            for target in ("mailto:foo@bar", "mailto:foo", "mailto:a@exemple.fr,b@c")
        ),
        *(
            (
                f"[a]({target})",
                f"6:5 · lien : « {target} » est {kind}. Écrivez « {start}{target} ».",
            )
            for target, kind, start in (
                ("www.exemple.fr", "une adresse du web", "https://"),
                ("exemple.fr/page?a=b", "une adresse du web", "https://"),
                ("foo@bar.fr", "une adresse de messagerie", "mailto:"),
            )
        ),
        (
            "![Un](/agenda/)",
            (
                "6:7 · image : « /agenda/ » : aucun fichier « content/agenda/ ». "
                "Corrigez le chemin ou retirez le lien."
            ),
        ),
        (
            "![Un](https://exemple.fr/a.png)",
            (
                "6:7 · image : « https://exemple.fr/a.png » est sur un autre site, qui saurait qui "
                "lit cette page. Déposez l’image dans « content/images »."
            ),
        ),
    ],
)
def test_links_that_lead_nowhere(tmp_path: Path, body: str, fault: str) -> None:
    assert faults(tmp_path, body + "\n") == [fault]


def test_files_of_a_content_are_those_it_shows(tmp_path: Path) -> None:
    body = (
        "[a](p.pdf) ![b](<../images/a b.svg>) [c](2024/la.md) [d](absent.pdf)\n\n"
        "/// image\n    fichier: images/c.svg\n    alt: a\n///\n\n"
        "/// bouton\n    adresse: q.pdf\n\nLire\n///\n"
    )
    header = "image:\n  fichier: images/d.svg\n  alt: a"
    files = {
        **FILES,
        "articles/ici.md": article(header, body),
        "images/c.svg": SVG,
        "images/d.svg": SVG,
        "articles/q.pdf": b"%PDF",
        "images/inutile.svg": SVG,
    }
    index = load_files(tmp_path, files).index
    record = record_at(index, "articles/ici.md")
    assert sorted(index.static_files_of(record)) == [
        "articles/p.pdf",
        "articles/q.pdf",
        "images/a b.svg",
        "images/c.svg",
        "images/d.svg",
    ]
    assert len(list(links_of(record))) == 6
    assert index.static_used == index.static_files_of(record)
