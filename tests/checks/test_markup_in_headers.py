"""A field of a header is plain text: signs of Markdown or HTML in it are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.faults import Level
from tests.contents import article, load_files

SHOWN = " : un champ de l’en-tête n’est que du texte. Retirez ces signes."


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (
            article("", titre="'Le **bilan** et <em>la suite</em>'"),
            ["2:8 · titre : « **bilan** », « <em> », « </em> » sont montrés tels quels"],
        ),
        (
            "---\ntitre: A\nresume: Un [lien](https://a.fr/) et <i>b</i>.\ndate: 2024-01-03\n---\n",
            ["3:9 · resume : « [lien](https://a.fr/) », « <i> », « </i> » sont montrés tels quels"],
        ),
        (
            article("image:\n  fichier: images/a.svg\n  alt: Un <b>mot</b>"),
            ["7:8 · image.alt : « <b> », « </b> » sont montrés tels quels"],
        ),
        (article("", titre="Le **bilan**"), ["2:8 · titre : « **bilan** » est montré tel quel"]),
        (article("", titre="'2 * 3 ** 2, [sic] (voir), si a < b'"), []),
    ],
)
def test_signs_in_a_header(tmp_path: Path, file: str, told: list[str]) -> None:
    found = [f for f in load_files(tmp_path, {"articles/a.md": file}).faults if SHOWN in f.message]
    assert [str(fault) for fault in found] == [
        f"content/articles/a.md:{one}{SHOWN}" for one in told
    ]
    assert all(fault.level is Level.WARNING for fault in found)
