"""An article written for Pelican, with its own keys, builds as it is."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from lxml import html

from plugins.build import publication
from tests.site.small_content import write_content

BODY = """\
# First heading

Some *text* with {filename} links: [the event]({filename}../evenements/webinaire.md),
[the same](|filename|/evenements/webinaire.md) and ![A square]({static}/images/carre.svg)

## Second heading

More text.
"""
HEADERS = {
    "as in Pelican's documentation": (
        "Title: My super title\nDate: 2010-12-03 10:20\nModified: 2010-12-05 19:30\n"
        "Category: Python\nTags: pelican, publishing\nSlug: my-super-post\n"
        "Authors: Alexis Metaireau, Conan Doyle\nSummary: Short version for index and feeds\n\n"
    ),
    "between fences": (
        "---\ntitle: My super title\ndate: 2010-12-03 10:20\ncategory: Python\n"
        "tags: pelican, publishing\nslug: my-super-post\nauthor: Alexis Metaireau; Conan Doyle\n"
        "summary: Short version for index and feeds\nlang: fr\nstatus: published\n---\n"
    ),
    "without a summary": (
        "TITLE: My super title\ndate: 2010/12/03\nCategory: Python\nTags: pelican, publishing\n"
        "Slug: my-super-post\nAuthors: Alexis Metaireau, Conan Doyle\n\n"
    ),
}


@pytest.fixture(scope="module", params=list(HEADERS.values()), ids=list(HEADERS))
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built with one Pelican article dropped into it."""
    folder = tmp_path_factory.mktemp("pelican")
    settings = write_content(folder)
    (folder / "content/articles/pelican.md").write_text(request.param + BODY, encoding="utf-8")
    assert publication.build(settings, folder / "output") == 0
    return folder / "output"


def page(output: Path, address: str) -> html.HtmlElement:
    return html.fromstring((output / address / "index.html").read_bytes())


def test_article_has_its_page(output: Path) -> None:
    article = page(output, "actualites/my-super-post")
    main = article.xpath("//main")[0]
    assert main.xpath("string(.//h1)").strip() == "My super title"
    assert [h.text_content() for h in main.xpath(".//h2")][:1] == ["First heading"]
    assert "Second heading" in [h.text_content() for h in main.xpath(".//h3")]
    text = " ".join(main.text_content().split())
    for words in ("Python", "Alexis Metaireau", "Conan Doyle", "pelican", "publishing"):
        assert words in text
    assert main.xpath(".//a[text()='the event']/@href") == ["/evenements/webinaire/"]
    assert main.xpath(".//a[text()='the same']/@href") == ["/evenements/webinaire/"]
    assert main.xpath(".//img[@alt='A square']/@src") == ["/images/carre.svg"]


def test_article_stands_in_lists_themes_and_feeds(output: Path) -> None:
    for address in ("actualites", "themes/pelican", "themes/publishing"):
        assert page(output, address).xpath("//a[@href='/actualites/my-super-post/']"), address
    feed = feedparser.parse((output / "flux/actualites.rss.xml").read_bytes())
    entry = next(e for e in feed.entries if e.title == "My super title")
    assert entry.published.startswith("Fri, 03 Dec 2010")
    assert entry.summary


def test_title_with_a_colon_and_a_draft(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    articles = tmp_path / "content/articles"
    header = "---\nTitle: News: a colon\nDate: 2010-12-03\nTags: one\n---\n"
    (articles / "colon.md").write_text(header + "Text.\n", encoding="utf-8")
    (articles / "draft.md").write_text(
        "Title: Unfinished\nDate: 2010-12-03\nStatus: draft\n\nText.\n", encoding="utf-8"
    )

    assert publication.build(settings, tmp_path / "output") == 0

    shown = page(tmp_path / "output", "actualites/colon").xpath("string(//h1)")
    assert shown.strip().replace("\u00a0", " ").replace("News :", "News:") == "News: a colon"
    assert not (tmp_path / "output/actualites/draft").exists()


def test_what_pelican_s_markdown_offers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table of contents, code with its language, a footnote, a table, a file beside the text."""
    settings = write_content(tmp_path)
    articles = tmp_path / "content/articles"
    (articles / "notes.pdf").write_bytes(b"%PDF-1.7\n")
    (articles / "rich.md").write_text(
        "Title:Rich\nDate: Fri, 03 Dec 2010 10:20:00 +0100\nLang: en\nstatus: published\n\n"
        "[TOC]\n\n# Code[^1]\n\n    :::python\n    print('it''s')\n\n"
        "# Table\n\na | b\n--|--\n1 | 2\n\n[Notes]({attach}notes.pdf)\n\n[^1]: Don't panic!\n",
        encoding="utf-8",
    )

    assert publication.build(settings, tmp_path / "output") == 0
    assert capsys.readouterr().err == ""

    main = page(tmp_path / "output", "actualites/rich").xpath("//main")[0]
    assert main.xpath(".//li/a[@href='#code']") == main.xpath(".//li/a[starts-with(., 'Code')]")
    assert main.xpath("string(.//pre)") == "print('it''s')\n"
    assert main.xpath(".//td/text()") == ["1", "2"]
    assert "Don't panic!" in main.text_content()
    assert main.xpath(".//a[starts-with(., 'Notes')]/@href") == ["/articles/notes.pdf"]
    assert (tmp_path / "output/articles/notes.pdf").is_file()
