"""An excerpt is a whole text: its blocks, its links and its notes, and nothing else."""

from __future__ import annotations

import pytest

from plugins.content.reading import read_contents
from plugins.markdown.bodies import Body
from plugins.markdown.excerpts import excerpt, levels_above, placed, section_ids
from tests.markdown.rendered import body_of
from tests.site.letters import EVERYTHING
from tests.sites import ROOT

TEXT = """\
Avant.

## Un

[a](a.md)

### Sous

[b](b.md)

## Deux

/// encart

### Dans

[c](c.md)
///

- élément

    /// bouton
        adresse: d.md

    Lire
    ///

# Trois

Fin.
"""


def said(body: Body | None) -> str:
    assert body is not None
    return body.plain_text()


def targets(body: Body | None) -> list[str]:
    assert body is not None
    return [link.target for link in body.links]


def test_section_goes_to_the_next_of_its_level() -> None:
    body = body_of(TEXT)
    assert section_ids(body) == ("un", "sous", "deux", "trois")
    assert said(excerpt(body, "un")) == "Un a Sous b"
    assert said(excerpt(body, "sous")) == "Sous b"
    assert said(excerpt(body, "deux")) == "Deux Dans c élément Lire"
    assert said(excerpt(body, "un", titled=False)) == "a Sous b"
    assert excerpt(body, "dans") is None
    assert excerpt(body, "") is None


def test_links_are_those_of_the_section() -> None:
    body = body_of(TEXT)
    assert targets(excerpt(body, "sous")) == ["b.md"]
    assert targets(excerpt(body, "deux")) == ["c.md"]
    found = excerpt(body, "deux")
    assert found is not None
    assert [block.options.NAME for block in found.blocks()] == ["encart", "bouton"]
    assert [block.position for block in found.blocks()] == [b.position for b in body.blocks()]


@pytest.mark.parametrize(
    ("level", "levels"), [(1, [2, 3, 2, 3, 2]), (3, [4, 5, 4, 5, 4]), (5, [6, 6, 6, 6, 6])]
)
def test_levels_skip_none_and_stop_at_six(level: int, levels: list[int]) -> None:
    whole = excerpt(body_of(TEXT.replace("# Trois", "## Trois")), None)
    assert whole is not None
    found = placed(whole, level, "x-")
    assert [heading.level for heading in found.headings] == levels
    assert found.ids == {"x-un", "x-sous", "x-deux", "x-dans", "x-trois"}
    assert list(levels_above(found.parts, level).values()) == [levels[2], levels[3]]


def test_headers_of_cells_keep_their_cells() -> None:
    table = '<table><tr><th id="a">A</th></tr><tr><td headers="a">B</td></tr></table>\n'
    (part,) = placed(body_of(table), 1, "x-").parts
    assert 'id="x-a"' in str(part)
    assert 'headers="x-a"' in str(part)


def test_whole_excerpt_says_what_its_source_says() -> None:
    """All the texts of the sample, and one with every block."""
    bodies = [record.body for record in read_contents(ROOT / "content").records]
    for body in (*bodies, body_of(EVERYTHING)):
        whole = excerpt(body, None)
        assert said(whole) == body.plain_text()
        assert whole is not None
        assert [block.options for block in whole.blocks()] == [b.options for b in body.blocks()]
        assert sorted(targets(whole)) == sorted(targets(body))
        for name in section_ids(body):
            assert said(excerpt(body, name)) in body.plain_text() or "↩" in body.plain_text()


def test_ids_of_excerpts_are_taken() -> None:
    assert body_of("## Titre {#extrait-1-a}\n\nx").ids == {"texte-extrait-1-a"}
