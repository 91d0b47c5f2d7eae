"""Links that do not say where they lead, tables without headers, levels of headings skipped."""

from __future__ import annotations

import pytest

from tests.markdown.rendered import problems

VAGUE = (
    "{} ne dit pas où l’on va à qui lit ou entend ces mots seuls. Écrivez ceux qui nomment la page."
)
IN_BLOCK = "/// encart\n    titre: Titre\n\n| A | B |\n| - | - |\n| a | b |\n///\n\n"
BARE = (
    "tableau : ses colonnes n’ont pas d’en-têtes, que l’on entend avant chaque case. Écrivez sur "
    "sa première ligne ce que contient chaque colonne."
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pour s’inscrire, [cliquez ici](https://a.fr/).", [("1:32 · lien", "« cliquez ici »")]),
        (
            "[**En savoir plus**…](https://a.fr/), [lien](https://a.fr/b)",
            [("1:23 · lien", "« En savoir plus… »"), ("1:46 · lien", "« lien »")],
        ),
        (
            "/// encart\n    titre: Titre\n\nC’est [par ici](b.md)\n///\n",
            [("4:17 · lien", "« par ici »")],
        ),
        (
            "/// bouton\n    adresse: https://a.fr/\n\n**Ici**\n///\n",
            [("1:1 · /// bouton", "« Ici »")],
        ),
        ('[Ici](https://a.fr/ "La page")', [("1:7 · lien", "« Ici »")]),
        ("[ici et là](https://a.fr/), [le lien social](https://a.fr/b)", []),
        ("[![Ici](/images/a.svg)](https://a.fr/)", []),
    ],
)
def test_vague_links(text: str, told: list[tuple[str, str]]) -> None:
    assert problems(text) == [f"{place} : {VAGUE.format(words)}" for place, words in told]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Avant.\n\n|  |  |\n| --- | --- |\n| a | b |", ["3:1"]),
        ("| A |  |\n| --- | --- |\n| a | b |\n\n| | |\n|:-:|---|\n| c | d |", ["5:1"]),
        (
            f"{IN_BLOCK}| | |\n| - | - |\n| c | d |",
            ["9:1"],
        ),
        ("| | A |\n| --- | --- |\n| a | b |", []),
        ("Avant.\n\n<table><tr><td>a</td></tr></table>", ["3:1"]),
        ("<table><tr><th>A</th></tr><tr><td>a</td></tr></table>", []),
    ],
)
def test_tables_without_headers(text: str, places: list[str]) -> None:
    assert problems(text) == [f"{place} · {BARE}" for place in places]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("## A\n\na\n\n#### B\n\nb\n\n#### C\n\nc", [("5:1", "####", "##", "###")]),
        ("# A\n\n### B\n\nb", [("3:1", "###", "#", "##")]),
        ("## A\n\n### B\n\n#### C\n\nc\n\n## D\n\nd", []),
        ("#### A\n\na\n\n## B\n\nb", []),
        (
            "## A\n\n#### B\n\nb\n\n## C\n\n#### D\n\nd",
            [("3:1", "####", "##", "###"), ("9:1", "####", "##", "###")],
        ),
    ],
)
def test_levels_skipped(text: str, told: list[tuple[str, str, str, str]]) -> None:
    assert problems(text) == [
        f"{place} · intertitre : « {written} » saute un niveau sous « {above} », et est lu comme "
        f"« {right} ». Écrivez « {right} »."
        for place, written, above, right in told
    ]
