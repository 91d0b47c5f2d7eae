"""A text says what its author sees: each slip that a trial found, with the right value."""

from __future__ import annotations

import pytest

from tests.markdown.rendered import html_of, problems


@pytest.mark.parametrize(
    "content",
    ["<!-- à compléter -->", "&nbsp;", "<span></span>", "<script>a</script>", "---\n"],
)
@pytest.mark.parametrize("block", ["encart", "bouton\n    adresse: /a/", "etapes"])
def test_a_block_is_empty_when_readers_see_nothing_in_it(block: str, content: str) -> None:
    name = block.partition("\n")[0]
    told = f"3:1 · /// {name} : le bloc est vide. Écrivez son contenu entre les options et « /// »."
    assert told in problems(f"Avant.\n\n/// {block}\n\n{content}\n///\n")


def test_a_block_that_holds_a_picture_or_a_block_is_not_empty() -> None:
    assert problems("/// encart\n\n![Un](a.svg)\n///\n") == []
    assert problems("//// encart\n\n/// agenda\n///\n////\n") == []


def test_words_after_a_sign_of_a_tag_are_shown() -> None:
    text = "Si le taux est <b et le seuil > 3, alors **oui**.\n\nUn second paragraphe."
    assert html_of(text) == (
        "<p>Si le taux est &lt;b et le seuil &gt; 3, alors <strong>oui</strong>.</p>\n"
        "<p>Un second paragraphe.</p>"
    )
    assert problems(text) == []


NOT_CLOSED = (
    "la balise n’est pas fermée, et vaudrait pour tout ce qui suit. Écrivez « </b> » là où elle "
    "finit ; un « < » à montrer s’écrit « &lt; »."
)
TAKEN = (
    "des mots qui suivent « < » sont pris pour une balise, et ne sont pas montrés. "
    "Un « < » à montrer s’écrit « &lt; »."
)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("Un <b> mot.\n\nSuite.", [f"1:4 · <b> : {NOT_CLOSED}"]),
        ("<p et le seuil > 3\n", [f"1:1 · <p> : {TAKEN}"]),
        ("Un <b>mot</b>, <i title='a'>deux</i>, `<b>`, <!-- <b> --> et `a<b>c`.", []),
        ("<details open>\n<summary>A</summary>\n</details>", []),
    ],
)
def test_a_tag_that_takes_words_or_stays_open_is_told(text: str, messages: list[str]) -> None:
    assert problems(text) == messages
