"""What axe finds against a page, and what sticks out of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from playwright.sync_api import Page

TAGS = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
    "RGAAv4",
]


_RUN = """([context, tags, colours, iframes]) => axe.run(context, {
  runOnly: colours
    ? axe.getRules(tags).filter(rule => rule.tags.includes("cat.color")).map(rule => rule.ruleId)
    : tags,
  iframes,
  resultTypes: ["violations"],
})"""


def violations(
    page: Page,
    without: Collection[str] = (),
    *,
    within: str = "html",
    colours: bool = False,
    frames: bool = True,
) -> list[str]:
    """Return a line per element at fault, those of `without` set aside.

    With `colours`, rules about colours alone: the others find the same in another colour scheme.
    """
    result: dict[str, Any] = page.evaluate(_RUN, [within, TAGS, colours, frames])
    return [
        f"{violation['id']}: {node['html'][:200]} - {node['failureSummary']}"
        for violation in result["violations"]
        if violation["id"] not in without
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """Return the elements that stick out, when the page scrolls sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const width = innerWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const wide = [...document.body.querySelectorAll("*")]
            .filter(element => element.getBoundingClientRect().right > width + 0.5)
            .map(element => `sticks out: ${element.cloneNode().outerHTML.slice(0, 160)}`);
          return wide.length ? wide.slice(0, 10) : ["the page scrolls sideways"];
        }"""
    )
    return found
