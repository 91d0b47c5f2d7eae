"""The words of an image that tell nothing are known, and only those."""

from __future__ import annotations

import pytest

from plugins.markdown.alternatives import doubtful_alternative

NOTHING = " ne dit rien à qui ne voit pas l’image. Écrivez ce qu’elle montre."
NAME = (
    " est le nom d’un fichier, qui ne dit rien à qui ne voit pas l’image. "
    "Écrivez ce qu’elle montre."
)
OPENING = " est de trop : l’image est déjà annoncée comme telle. Commencez par ce qu’elle montre."


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        ("image", f"« image »{NOTHING}"),
        ("Photo 2", f"« Photo 2 »{NOTHING}"),
        ("Illustration n° 3.", f"« Illustration n° 3. »{NOTHING}"),
        ("LOGO", f"« LOGO »{NOTHING}"),
        ("Capture d’écran", f"« Capture d’écran »{NOTHING}"),
        ("IMG_2034.jpg", f"« IMG_2034.jpg »{NAME}"),
        ("Page de couverture.PNG", f"« Page de couverture.PNG »{NAME}"),
        ("dsc-0012", f"« dsc-0012 »{NAME}"),
        ("PXL_20240103_101500", f"« PXL_20240103_101500 »{NAME}"),
        ("seminaire-2024", f"« seminaire-2024 »{NAME}"),
        ("Image de la salle", f"« Image de la »{OPENING}"),
        ("photo d’une table", f"« photo d’une »{OPENING}"),
        ("Photographie montrant un quai", f"« Photographie montrant »{OPENING}"),
        ("Illustration de l’hôtel de ville", f"« Illustration de l’ »{OPENING}"),
        ("Photo de groupe devant la préfecture", None),
        ("Image de synthèse d’un quartier", None),
        ("Logo de la communauté", None),
        ("Image", f"« Image »{NOTHING}"),
        ("Imagerie médicale", None),
        ("Seminaire 2024", None),
        ("DSI et DRH autour d’une table", None),
    ],
)
def test_words_that_tell_nothing(alt: str, message: str | None) -> None:
    assert doubtful_alternative(alt, "../images/seminaire-2024.jpg") == message


def test_a_plain_word_may_be_the_name_of_the_file() -> None:
    assert doubtful_alternative("Marseille", "images/Marseille.jpg") is None


def test_a_caption_is_not_said_twice() -> None:
    assert doubtful_alternative("Le quai, vu du phare", "a.jpg", "Le quai, vu du phare") == (
        "« Le quai, vu du phare » répète la légende, qui serait entendue deux fois. "
        "Écrivez ce que l’image montre."
    )
