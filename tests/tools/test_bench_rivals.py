"""The sites of the benchmark for Pelican and Hugo: every article has its page, links, feeds."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from lxml import etree

from plugins.tools.bench import rivals
from plugins.tools.bench.prose import Article, articles

ARTICLES = articles(12, seed=1)
HUGO = rivals.hugo_command()


@pytest.mark.parametrize(
    ("write", "command", "place", "feed"),
    [
        (rivals.write_pelican, rivals.pelican_command(), "{}.html", "feeds/all.atom.xml"),
        (rivals.write_hugo, HUGO or [], "articles/{}/index.html", "index.xml"),
    ],
    ids=["Pelican", "Hugo"],
)
def test_rival_builds_every_article(
    tmp_path: Path,
    write: Callable[[Path, Iterable[Article]], None],
    command: Sequence[str],
    place: str,
    feed: str,
) -> None:
    assert command, "Hugo is in requirements.lock"
    write(tmp_path, ARTICLES)
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    output = tmp_path / "output"
    for article in ARTICLES:
        html = (output / place.format(article.slug)).read_text(encoding="utf-8")
        linked = re.findall(r"\(article:([^)]+)\)", article.body)
        assert [slug for slug in linked if f"/{slug}" not in html] == []
        assert "article:" not in html
        assert html.count("<h2") >= article.body.count("\n## ")
    names = [etree.QName(element).localname for element in etree.parse(output / feed).iter("{*}*")]
    assert sum(name in {"entry", "item"} for name in names) == len(ARTICLES)
