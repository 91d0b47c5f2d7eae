"""The year matrix in the room that it is given: no word is cut, nothing stands out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from plugins.theme.theme import Theme
from plugins.views.matrix import Breadth, Matrix, matrix
from plugins.views.site import Site
from tests.contents import NOW, group, index_of, text
from tests.sites import ROOT

NAME = "Réorganisation interministérielle"
CONVENTION = "Convention des cadres dirigeants"
MONTHLY = [
    (f"debut: 2024-{month:02}-15\nmodalite: hybride\ncollectif: a", "Réunion")
    for month in range(1, 13)
]
OPEN = [
    (f"debut: 2024-{month:02}\ncollectif: a", "Rencontre interrégionale") for month in range(1, 13)
]
FOR_ALL = [
    ("debut: 2024-T4\ncollectif: tous", CONVENTION),
    ("debut: 2024-23\ncollectif: tous", "Séminaire d’automne"),
]
LEAST = {Breadth.NARROW: 640, Breadth.FULL: 920, Breadth.BROAD: 1200, Breadth.ENDLESS: 3520}
"""Up to which breadth, in pixels, the rows of a matrix are blocks."""

# A word of a hundred letters is cut where no line would hold it.
CUT = """box => {
  const found = [];
  const within = element => element.getBoundingClientRect();
  for (const cell of box.querySelectorAll("td, tbody th, .matrix__month")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.parentElement.checkVisibility() || text.parentElement.closest(".visually-hidden")) {
        continue;
      }
      for (const word of text.textContent.matchAll(/[^ \\n-]+/g)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = [...range.getClientRects()].filter(line => line.width > 1);
        const isCut = new Set(lines.map(line => Math.round(line.top))).size > 1;
        if (isCut && word[0].length < 100) {
          found.push(`cut: ${word[0]}`);
        }
        if (lines.some(line => line.right > within(cell).right + 0.5) && cell.closest("tbody")) {
          found.push(`sticks out: ${word[0]}`);
        }
      }
    }
  }
  const table = box.querySelector("table");
  if (within(table).width > within(box).width + 0.5) found.push("the table sticks out");
  return [getComputedStyle(table).display, found];
}"""


def shown_by(theme: Theme, table: Matrix) -> str:
    block: Any = theme.environment.get_template("blocks/matrice.html").module
    return str(block.web(table, None))


@pytest.mark.parametrize(
    ("dates", "breadth"),
    [
        pytest.param([*FOR_ALL[:1], *MONTHLY[:3]], Breadth.NARROW, id="a band"),
        pytest.param([*FOR_ALL, *MONTHLY[:2]], Breadth.NARROW, id="two bands in two lines"),
        pytest.param([*FOR_ALL, *MONTHLY], Breadth.FULL, id="twelve months"),
        pytest.param([*FOR_ALL, *MONTHLY, *OPEN[:3]], Breadth.BROAD, id="long words"),
        pytest.param([*FOR_ALL, *MONTHLY, *OPEN], Breadth.ENDLESS, id="long words in all months"),
        pytest.param(
            [("debut: 2024-05\ncollectif: tous", "anticonstitutionnellement" * 8)],
            Breadth.ENDLESS,
            id="an endless word",
        ),
    ],
)
def test_no_word_is_cut(
    tmp_path: Path, page: Page, site_url: str, dates: list[tuple[str, str]], breadth: Breadth
) -> None:
    events = {
        f"evenements/{number}.md": text(header, titre=title)
        for number, (header, title) in enumerate(dates)
    }
    index = index_of(tmp_path, {"collectifs/a.md": group(NAME), **events})
    table = matrix(index, 2024, lit_day=NOW.date())
    assert table.breadth == breadth
    theme = Theme(ROOT / "theme", Site(index, "https://passerelle.example"))
    page.set_viewport_size({"width": 1500, "height": 900})
    page.goto(f"{site_url}/404.html")
    page.evaluate(
        "html => { document.body.innerHTML = html; return document.fonts.ready; }",
        shown_by(theme, table),
    )
    seen = {}
    for width in (320, 640, 641, 700, 920, 921, 1000, 1200, 1201, 1280):
        page.evaluate("width => { document.body.style.inlineSize = `${width}px`; }", width)
        seen[width] = page.locator(".matrix-box").evaluate(CUT)
    shown = {width: "table" if width > LEAST[breadth] else "block" for width in seen}
    assert seen == {width: [display, []] for width, display in shown.items()}
