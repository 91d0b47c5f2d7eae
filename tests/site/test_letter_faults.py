"""What the PDF would lack is told of every issue at once, and nothing is published."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.build import publication
from tests.site.small_content import write_content

LETTER = """\
---
titre: Un numéro
numero: {number}
date: 2024-01-05
resume: Deux mots.
---
Un éditorial.

{text}
"""


def test_all_faults_at_once_and_each_time(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Pelican's loggers, which WeasyPrint gets too, tell nothing twice and stop at an error."""
    settings = write_content(tmp_path)
    folder = tmp_path / "content" / "lettres"
    folder.mkdir()
    for number, text in ((1, "Un 木."), (2, "Un 木."), (3, "Rien.")):
        (folder / f"{number}.md").write_text(
            LETTER.format(number=number, text=text), encoding="utf-8"
        )
    for _ in range(2):
        assert publication.build(settings, tmp_path / "output") == 1
        said = capfd.readouterr().err.splitlines()
        assert said[:2] == [
            f"erreur content/lettres/{number}.md:9:4 · PDF : aucune police de l’impression n’a le "
            "caractère « 木 » (U+6728) : remplacez-le."
            for number in (1, 2)
        ]
        assert said[2] == (
            "2 erreurs dans 2 fichiers : rien n’a été publié, output/ est resté tel quel."
        )
        assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_picture_cut_short_is_told_before_anything_is_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    settings = write_content(tmp_path)
    folder = tmp_path / "content" / "lettres"
    folder.mkdir()
    # Its head is sound, the rest is missing.
    (tmp_path / "content" / "images" / "creux.png").write_bytes(picture()[:100])
    text = LETTER.format(number=3, text="![Rien](../images/creux.png)")
    (folder / "3.md").write_text(text, encoding="utf-8")
    arguments = [tmp_path / "output"] if command == "build" else []
    assert getattr(publication, command)(settings, *arguments) == 1
    assert capfd.readouterr().err.splitlines()[0] == (
        "erreur content/lettres/3.md:9:9 · image : « ../images/creux.png » est incomplète ou "
        "abîmée. Copiez-la de nouveau depuis l’original."
    )


def picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(out, "PNG")
    return out.getvalue()
