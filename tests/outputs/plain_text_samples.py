"""HTML and the plain text that says the same."""

from __future__ import annotations

LONG = "anticonstitutionnellement " * 6
LONG_LINES = """\
- anticonstitutionnellement anticonstitutionnellement
  anticonstitutionnellement anticonstitutionnellement
  anticonstitutionnellement anticonstitutionnellement

- deux
"""
TABLE = """
<table><thead><tr><th>Nom</th><th>Date</th></tr></thead>
<tbody><tr><td>A</td><td>2 mars</td></tr><tr><th>B</th><td></td></tr></tbody></table>
"""
CORNER = """
<table><tr><th></th><th>Lundi</th><th>Mardi</th></tr>
<tr><td></td><td>premier</td><td>second</td></tr></table>
"""
SPANS = """
<table><tr><th colspan="2">Nom</th><th>Âge</th></tr>
<tr><td rowspan="2">Jean</td><td>Dupont</td><td>33</td></tr>
<tr><td>Martin</td><td>40</td></tr></table>
"""
LIST = "<ul><li>un<ul><li>sous</li></ul></li><li>deux</li></ul>"
FIGURE = '<figure><img alt="Un cercle"><figcaption>Légende</figcaption></figure>'
NOTE = '<a class="footnote-ref" href="#fn:1">1</a>'
A, B = '<a href="https://a.fr/">A</a>', '<a href="https://b.fr/">B</a>'
CASES = [
    ("", "\n"),
    ("<p>Un.</p><p>Deux.</p>", "Un.\n\nDeux.\n"),
    ("<h1>Titre</h1>", f"{'=' * 72}\nTitre\n{'=' * 72}\n"),
    ("<h2>A b</h2><h3>C</h3><h4>D</h4>", "A b\n===\n\nC\n-\n\n* D *\n"),
    ("<h2></h2><p> </p>", "\n"),
    ("<p>a\n  b<br>c</p>", "a b\nc\n"),
    ("<p>30\u00a0juin\u202f!</p>", "30\u00a0juin\u202f!\n"),
    ("<p><strong>gras</strong>, <em>mot </em>et <s>rien</s></p>", "gras, _mot_ et ~rien~\n"),
    ("<p>le 1<sup>er</sup>, m<sup>2</sup></p>", "le 1er, m²\n"),
    ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux\n"),
    ('<ol start="9"><li>un</li><li>deux</li></ol>', "9. un\n10. deux\n"),
    (LIST, "- un\n  - sous\n- deux\n"),
    (f"<ul><li>{LONG}</li><li>deux</li></ul>", LONG_LINES),
    ("<ul></ul><ul><li></li></ul>", "- \n"),
    ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
    ("<pre><code>x = 1\n\n  y\n</code></pre>", "    x = 1\n    \n      y\n"),
    ("<hr>", "* * *\n"),
    ("<dl><dt>Mot</dt><dd>Sens</dd></dl>", "Mot\n    Sens\n"),
    (TABLE, "- A\n  Date\u00a0: 2 mars\n\n- B\n"),
    ("<table><tr><td>A</td><td>B</td></tr></table>", "- A\n  B\n"),
    ("<table><tr><td>oui</td><td>oui</td></tr></table>", "- oui\n  oui\n"),
    ("<table><tr><th>A</th><th>B</th></tr></table>", "- A\n  B\n"),
    (CORNER, "- Lundi\u00a0: premier\n  Mardi\u00a0: second\n"),
    (
        SPANS,
        (
            "- Jean\n  Nom\u00a0: Dupont\n  Âge\u00a0: 33\n\n"
            "- Jean\n  Nom\u00a0: Martin\n  Âge\u00a0: 40\n"
        ),
    ),
    (
        "<table><tr><td>A</td><td><ul><li>un</li><li>deux</li></ul></td></tr></table>",
        "- A\n  - un\n  - deux\n",
    ),
    (
        "<table><tr><td>A<table><tr><td>dedans</td></tr></table></td><td>B</td></tr></table>",
        "- A\n  - dedans\n  B\n",
    ),
    (FIGURE, "[Image\u00a0: Un cercle]\nLégende\n"),
    ("nu <b>et</b><p>p</p>reste", "nu et\n\np\n\nreste\n"),
    ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c\n"),
    ("<p>a\x00b\ufeff</p>", "ab\n"),
    (f"<p>{A}</p>", "A\u00a0[1]\n\n[1] https://a.fr/\n"),
    (f"<p>{A} {A}</p>", "A\u00a0[1] A\u00a0[1]\n\n[1] https://a.fr/\n"),
    ('<p><a href="https://a.fr/">https://a.fr/</a></p>', "https://a.fr/\n"),
    ('<p><a href="mailto:a@b.fr?subject=x">a@b.fr</a></p>', "a@b.fr\n"),
    ('<p><a href="mailto:a@b.fr">Écrire</a></p>', "Écrire\u00a0[1]\n\n[1] écrire à a@b.fr\n"),
    (
        f'<p><a href="mailto:a@b.fr?subject={"mot%20" * 12}">Écrire</a></p>',
        (
            f"Écrire\u00a0[1]\n\n[1] écrire à a@b.fr, avec pour objet «\u00a0{'mot ' * 7}mot\n"
            "    mot mot mot mot\u00a0»\n"
        ),
    ),
    (f"<p>mot<sup>{NOTE}</sup></p>", "mot¹\n"),
    ('<p>Note.\u00a0<a class="footnote-backref" href="#r">↩</a></p>', "Note.\n"),
]
