"""`cadrage`: what stays of a picture that is cut."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from plugins.models.fields import Image

REMEDY = (
    "n’est pas un cadrage. Écrivez le côté à garder (haut, bas, gauche, droite, centre, ou deux à "
    "la fois : haut gauche), ou deux pourcentages, depuis la gauche puis depuis le haut : "
    "30\u00a0% 20\u00a0%."
)


def image(written: str) -> Image:
    return Image.model_validate({"fichier": "images/a.jpg", "alt": "Une tour", "cadrage": written})


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("haut", (50, 0)),
        ("bas", (50, 100)),
        ("gauche", (0, 50)),
        ("droite", (100, 50)),
        ("centre", (50, 50)),
        ("haut gauche", (0, 0)),
        ("Droite, bas", (100, 100)),
        ("centre haut", (50, 0)),
        ("30% 20%", (30, 20)),
        ("30 %, 20 %", (30, 20)),
        ("0% 100%", (0, 100)),
    ],
)
def test_a_focal_point_is_read(written: str, point: tuple[int, int]) -> None:
    assert image(written).focus == point


@pytest.mark.parametrize(
    "written", ["milieu", "haut bas", "haut haut", "30%", "30 20", "30% 120%", "centre centre", ","]
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValidationError) as error:
        image(written)
    assert error.value.errors()[0]["ctx"]["error"].args == (f"« {written} » {REMEDY}",)
