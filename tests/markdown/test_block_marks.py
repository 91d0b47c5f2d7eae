"""Lines that were meant to open a block, and that readers would see as they are written."""

from __future__ import annotations

import pytest

from tests.markdown.rendered import html_of, problems

BAR = "il manque la barre « | » après le nom du bloc. Écrivez"
ONE_BAR = "il manque une barre au début. Écrivez"
NOTHING = "rien ne suit le nom de ce bloc. Écrivez"
MEANT = "le bloc n’existe pas. Vouliez-vous"
PLAIN = (
    "l’option est décalée par des espaces insécables, et serait lue comme du texte. "
    "Remplacez-les par quatre espaces ordinaires."
)
IN_HTML = "le bloc est dans du HTML, où il n’est pas lu. Retirez la balise qui s’ouvre avant lui."
AS_TEXT = "l’option serait lue comme du texte. Écrivez-la juste sous"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("/// evenement a-b\n///", f"3:1 · /// evenement : {BAR} « /// evenement | a-b »."),
        ("a\n\n/// evenement: x\n///", f"5:1 · /// evenement : {BAR} « /// evenement | x »."),
        ("/// article : x\n///", f"3:1 · /// article : {BAR} « /// article | x »."),
        ("//// article ｜ x\n////", f"3:1 · /// article : {BAR} « //// article | x »."),
        ("/// événement x\n///", f"3:1 · /// événement : {BAR} « /// evenement | x »."),
        ("a\n/// evenement x\n///\nb", f"4:1 · /// evenement : {BAR} « /// evenement | x »."),
        ("- a\n\n    /// article x\n    ///", f"5:5 · /// article : {BAR} « /// article | x »."),
        ("> /// article x\n> ///", f"3:3 · /// article : {BAR} « /// article | x »."),
        (
            "/// agenda 2024\n///",
            f"3:1 · /// agenda : {NOTHING} « /// agenda », et ses options dessous.",
        ),
        ("// agenda", f"3:1 · /// agenda : {ONE_BAR} « /// agenda »."),
        ("//agenda\n    periode: 2024\n///", f"3:1 · /// agenda : {ONE_BAR} « /// agenda »."),
        ("// article | x\n///", f"3:1 · /// article : {ONE_BAR} « /// article | x »."),
        ("/// événement | x\n///", f"3:1 · /// événement : {MEANT} « evenement » ?"),
        ("/// citations\n\na\n///", f"3:1 · /// citations : {MEANT} « citation » ?"),
        (
            "/// agenda\n\u00a0\u00a0\u00a0 periode: 2024\n///",
            f"4:5 · /// agenda periode : {PLAIN}",
        ),
        (
            "/// agenda\npériode : 2024\n///",
            f"4:1 · /// agenda période : {AS_TEXT} « /// agenda », décalée de quatre espaces.",
        ),
        ("<div>\n\n/// agenda\n///", f"5:1 · /// agenda : {IN_HTML}"),
    ],
)
def test_what_was_meant_is_told(text: str, message: str) -> None:
    assert problems(text, line=3) == [message]


def test_a_line_that_opens_nothing_is_told_beside_marks_that_do_not_pair() -> None:
    assert problems("/// evenement x\n\n/// agenda\n///") == [
        f"1:1 · /// evenement : {BAR} « /// evenement | x ».",
        (
            "3:1 · /// agenda : il s’ouvre dans le bloc « evenement », qui n’est pas fermé. "
            "Fermez celui-ci avant, ou entourez-le de « //// » (quatre barres)."
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "// voir plus bas",
        "//exemple.fr/agenda",
        "a // agenda",
        "`/// evenement x`",
        "    /// evenement x",
        "```\n// agenda\n/// evenement x\n```",
        "\\/// evenement x",
    ],
)
def test_what_only_looks_like_an_opening_is_left_alone(text: str) -> None:
    assert problems(text) == []


def test_the_number_of_an_opening_is_never_shown() -> None:
    assert html_of("// agenda") == "<p>// agenda</p>"
