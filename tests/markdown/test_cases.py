"""A text says what its author sees: each slip that a trial found, with the right value."""

from __future__ import annotations

import pytest

from tests.markdown.rendered import problems


@pytest.mark.parametrize(
    "content",
    ["<!-- à compléter -->", "&nbsp;", "<span></span>", "<script>a</script>", "---\n"],
)
@pytest.mark.parametrize("block", ["encart", "bouton\n    adresse: /a/", "etapes"])
def test_a_block_is_empty_when_readers_see_nothing_in_it(block: str, content: str) -> None:
    name = block.partition("\n")[0]
    told = (
        f"3:1 · /// {name} : le bloc est vide. Écrivez son contenu entre les options et « /// »."
    )
    assert told in problems(f"Avant.\n\n/// {block}\n\n{content}\n///\n")


def test_a_block_that_holds_a_picture_or_a_block_is_not_empty() -> None:
    assert problems("/// encart\n\n![Un](a.svg)\n///\n") == []
    assert problems("//// encart\n\n/// agenda\n///\n////\n") == []
