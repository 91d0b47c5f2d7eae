"""Markdown becomes safe, typeset HTML; what cannot be kept is told with its place."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, strategies as st
from selectolax.lexbor import LexborHTMLParser

from plugins.markdown.bodies import Html
from tests.markdown.rendered import body_of, html_of, problems


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un *mot* et **deux**.", "<p>Un <em>mot</em> et <strong>deux</strong>.</p>"),
        ('L\'été "chaud" !', "<p>L’été «\u00a0chaud\u00a0»\u202f!</p>"),
        ("Le 1er et la 2ème.", "<p>Le 1<sup>er</sup> et la 2<sup>e</sup>.</p>"),
        ("`l'été !`", "<p><code>l'été !</code></p>"),
        ("    l'été !", "<pre><code>l'été !\n</code></pre>"),
        ("```\n/// agenda\nl'été !\n```", "<pre><code>/// agenda\nl'été !\n</code></pre>"),
        ("    :::python\n    x = 'a'", "<pre><code>x = 'a'\n</code></pre>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> cité", "<blockquote>\n<p>cité</p>\n</blockquote>"),
        ("Mot\n:   Sens", "<dl>\n<dt>Mot</dt>\n<dd>Sens</dd>\n</dl>"),
        ("SG\n\n*[SG]: Secrétariat", '<p><abbr title="Secrétariat">SG</abbr></p>'),
        (
            "a | b\n--- | ---\n1 | 2",
            (
                '<div class="table-scroll"><table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n'
                "</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table></div>"
            ),
        ),
        ("![Un](a.svg)", '<figure><img alt="Un" src="a.svg"></figure>'),
        (
            "![L'un](a.svg \"L'autre !\")",
            '<figure><img alt="L’un" src="a.svg"><figcaption>L’autre\u202f!</figcaption></figure>',
        ),
        (
            "Voir ![L'un & \"l'autre\"](a.svg).",
            '<p>Voir <img alt="L’un &amp; « l’autre »" src="a.svg">.</p>',
        ),
        ("Voir ![Un](a.svg).", '<p>Voir <img alt="Un" src="a.svg">.</p>'),
        ("[a](b.md#c)", '<p><a href="b.md#c">a</a></p>'),
        ("<https://a.example/>", '<p><a href="https://a.example/">https://a.example/</a></p>'),
        ('a<br>b <em class="x" style="y" onclick="z">c</em>', "<p>a<br>b <em>c</em></p>"),
        ("Deux  \nlignes", "<p>Deux<br>\nlignes</p>"),
        ("&lt;prénom>", "<p>&lt;prénom&gt;</p>"),
        ("", ""),
    ],
)
def test_conversion(text: str, html: str) -> None:
    assert html_of(text) == html
    assert problems(text) == []


def test_another_language_keeps_its_signs() -> None:
    assert html_of("Don't: why?", lang="en") == "<p>Don't: why?</p>"


def test_footnotes() -> None:
    tree = LexborHTMLParser(html_of("Un mot[^1].\n\n[^1]: Sa note.\n"))

    def attribute(selector: str, name: str) -> str:
        node = tree.css_first(selector)
        assert node is not None
        return node.attributes[name] or ""

    assert attribute("sup a", "href") == "#" + attribute("li", "id")
    assert attribute("li a", "href") == "#" + attribute("sup", "id")
    assert attribute("li a", "title") == "Retour à l’appel de la note 1"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n# C", [(2, "a"), (3, "b"), (2, "c")]),
        ("## A\n\n### B", [(2, "a"), (3, "b")]),
        ("### A\n\n###### B\n\n#### C\n\n### D", [(2, "a"), (3, "b"), (3, "c"), (2, "d")]),
        ("###### A\n\n# B", [(2, "a"), (2, "b")]),
        ("# " + "\n\n# ".join("ABCDEFGH"), [(2, letter) for letter in "abcdefgh"]),
        (
            "\n\n".join(f"{'#' * n} T{n}" for n in range(1, 7)),
            [(n, f"t{n - 1}") for n in range(2, 7)] + [(6, "t6")],
        ),
        ("## L'été\n\n## L'été\n\n## L’été !", [(2, "l-ete"), (2, "l-ete_1"), (2, "l-ete_2")]),
        (
            "## Enjeux\n\n## Contenu\n\n## Séance 1",
            [(2, "texte-enjeux"), (2, "texte-contenu"), (2, "texte-seance-1")],
        ),
        ("## 日本\n\n## ???", [(2, "section"), (2, "section_1")]),
        ("## A {#autre}\n\n## B {#autre}", [(2, "autre"), (2, "")]),
        ("## A {#contenu}", [(2, "texte-contenu")]),
    ],
)
def test_headings(text: str, levels: list[tuple[int, str]]) -> None:
    body = body_of(text)
    assert [(heading.level, heading.id) for heading in body.headings] == levels
    assert body.ids == {name for _, name in levels if name}


def test_text_is_what_is_read() -> None:
    body = body_of("# Un\n\nDeux *trois*.\n\n/// encart\n\nQuatre\n///\n\n![Cinq](a.svg)")
    assert body.plain_text() == "Un Deux trois . Quatre"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[a](b.md) et [c](b.md)", [("b.md", 10, 5), ("b.md", 10, 18)]),
        ("b.md\n\n[a](b.md)", [("b.md", 12, 5)]),
        ("Un [a][r]\n\n[r]: /agenda/ 'x'", [("/agenda/", 12, 6)]),
        ("![a](x.svg)", [("x.svg", 10, 6)]),
        ('<a href="b.md">c</a>', [("b.md", 10, 10)]),
        ("<nom@exemple.fr>", [("mailto:nom@exemple.fr", 10, 2)]),
        ("[a](b.md?x=1&y=2)", [("b.md?x=1&y=2", 10, 5)]),
        ("/// encart\n\n[a](b.md)\n///", [("b.md", 12, 5)]),
    ],
)
def test_links_know_their_place(text: str, places: list[tuple[str, int, int]]) -> None:
    links = body_of(text, line=10).links
    assert [(link.target, link.position.line, link.position.column) for link in links] == places


REFUSED = "n’est pas permise. Donnez une adresse https://."
REMOVED = (
    "cette balise n’est pas permise : elle est retirée du texte. "
    "Écrivez-le en Markdown ; un « < » à montrer s’écrit « &lt; »."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[a](javascript:alert)",
            f"3:5 · lien : « javascript:alert » : une adresse « javascript: » {REFUSED}",
        ),
        (
            "[a](JaVaScRiPt:alert)",
            f"3:5 · lien : « JaVaScRiPt:alert » : une adresse « JaVaScRiPt: » {REFUSED}",
        ),
        (
            'a\n<a href="data:text/html,x">b</a>',
            f"4:10 · lien : « data:text/html,x » : une adresse « data: » {REFUSED}",
        ),
        (
            "[a][1]\n\n[1]: ftp://b.example/",
            f"5:6 · lien : « ftp://b.example/ » : une adresse « ftp: » {REFUSED}",
        ),
        (
            "![a](data:x)",
            (
                "3:6 · image : « data:x » : une adresse « data: » n’est pas permise. "
                "Déposez l’image dans « content/images »."
            ),
        ),
        ("[a](https://)", "3:5 · lien : « https:// » n’est pas une adresse lisible. Corrigez-la."),
        (
            "[a](https://b.example:port/)",
            "3:5 · lien : « https://b.example:port/ » n’est pas une adresse lisible. Corrigez-la.",
        ),
        (
            "![](a.svg)",
            (
                "3:5 · image : « a.svg » : la description (alt) manque. "
                "Écrivez ![ce que montre l’image](fichier)."
            ),
        ),
        (
            '<img src="a.svg">',
            (
                "3:11 · image : « a.svg » : la description (alt) manque. "
                "Écrivez ![ce que montre l’image](fichier)."
            ),
        ),
        (
            "Un\n\n```\nl'été",
            (
                "5:1 · code : le code ouvert par « ``` » n’est jamais fermé. "
                "Ajoutez une ligne « ``` » à sa fin."
            ),
        ),
        ("Un <script>alert(1)</script>", f"3:4 · <script> : {REMOVED}"),
        ("Un\n\n<iframe src='x'></iframe>", f"5:1 · <iframe> : {REMOVED}"),
        ("Écrire à <prénom>.<prénom>", f"3:10 · <prénom> : {REMOVED}"),
        ("<h1>Un</h1>", f"3:1 · <h1> : {REMOVED}"),
        ("<style>p { color: red }</style>", f"3:1 · <style> : {REMOVED}"),
        ("<svg><path/></svg>", f"3:1 · <svg> : {REMOVED}"),
    ],
)
def test_what_is_refused_or_lost_is_told(text: str, message: str) -> None:
    assert problems(text, line=3)[0] == message


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//x></SCRIPT>",
        "<img src=x onerror=alert(1) alt=a>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "[a](javascript:alert(1))",
        "<a href='java\nscript:alert(1)'>a</a>",
        "<form action='//x'><input name=a></form>",
        "<style>@import '//x'</style>",
        "<base href='//x'>",
        "<p style='background:url(//x)'>a</p>",
        "<object data='//x'></object><embed src='//x'>",
        "a {: onclick=alert(1) }",
        "![a](x.svg){: onerror=alert(1) }",
    ],
)
def test_nothing_dangerous_is_left(text: str) -> None:
    html = "".join(part.text for part in body_of(text).parts if isinstance(part, Html))
    for node in LexborHTMLParser(f"<body>{html}</body>").css("body *"):
        assert node.tag in {"p", "a", "img", "figure"}
        assert set(node.attributes) <= {"href", "src", "alt"}
        address = node.attributes.get("href") or node.attributes.get("src") or "lien:0"
        assert re.fullmatch(r"lien:\d+", address)


def test_what_is_nested_too_deep_is_told() -> None:
    deep = "\n".join("  " * n + "- a" for n in range(300))
    assert problems(deep, line=3) == [
        "3:1 · None : trop de listes ou de citations emboîtées. Simplifiez le texte."
    ]
    assert html_of("Un *mot*.") == "<p>Un <em>mot</em>.</p>"


def test_conversion_depends_on_the_text_alone() -> None:
    text = "## Un\n\nMot[^1] [a](b.md)\n\n[^1]: c\n\n/// encart\n\nd\n///"
    first = body_of(text)
    body_of("## Un\n\n*[a]: x\n\n[a]: y.md\n\n[^1]: autre")
    assert body_of(text) == first


PIECES = st.sampled_from(
    [
        *"*_`#>-+!|[](){}<>&\"'\\/:;~^=\n \t",
        "\n\n",
        "## ",
        "```\n",
        "    ",
        "/// encart\n",
        "/// agenda\n",
        "//// etapes\n",
        "/// article | x\n",
        "///\n",
        "////\n",
        "    titre: a\n",
        "    annee: 2024\n",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<table>",
        "<td>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<a href='",
        "[a](",
        "![",
        "](b.svg)",
        "javascript:",
        "lien:0",
        'href="lien:7"',
        "[^1]",
        "\n[^1]: ",
        "\n*[a]: b",
        "{: #contenu }",
        "| a | b |\n|---|---|\n",
        "l'été",
        "1er",
    ]
)
MARKDOWN = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)


@example("Le 3 mai &#xE000;, un signe des polices d’icônes")
@given(MARKDOWN)
def test_any_text_becomes_safe_html(text: str) -> None:
    body = body_of(text)
    html = html_of(text)
    assert "lien:" not in html.replace("lien:0", "").replace("lien:7", "")
    assert not re.search(r"[0-9a-f]{16}:\d+[:/]", html + body.plain_text())
    tree = LexborHTMLParser(html)
    assert not tree.css("script, style, iframe, form, h1")
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    levels = [heading.level for heading in body.headings]
    assert levels[:1] in ([], [2])
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for problem in body.problems:
        assert problem.position.line >= 1
        assert problem.message.endswith((".", "»."))
