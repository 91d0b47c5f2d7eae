"""French typography: exact outputs, and what holds for any text or HTML."""

import datetime as dt
import re
import time
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser

from plugins.dates.in_words import format_time
from plugins.french import typography, typography_html
from plugins.french.quantities import format_number
from plugins.french.typography import clean, fold, plain, typeset
from plugins.french.typography_html import typeset_html

CASES = [
    ("", ""),
    ("L'écho d'aujourd'hui", "L’écho d’aujourd’hui"),
    ('l\'"État"', "l’«\u00a0État\u00a0»"),
    ("haut de 5'30, années '80", "haut de 5'30, années '80"),
    ('"mot"', "«\u00a0mot\u00a0»"),
    ('" mot "', "«\u00a0mot\u00a0»"),
    ('"a "b" c"', "«\u00a0a “b” c\u00a0»"),
    ('« a "b" »', "«\u00a0a “b”\u00a0»"),
    ("«y» “x”", "«\u00a0y\u00a0» «\u00a0x\u00a0»"),
    ('un écran 27" plat', 'un écran 27" plat'),
    ("objectif : agir", "objectif\u00a0: agir"),
    ("objectif: agir", "objectif\u00a0: agir"),
    ("Qui ? Moi !", "Qui\u202f? Moi\u202f!"),
    ("fin; suite!", "fin\u202f; suite\u202f!"),
    ("Quoi  ?!", "Quoi\u202f?!"),
    ("Attends... [...]", "Attends… […]"),
    ("n°3, N° 4, nº 5", "n°\u00a03, N°\u00a04, n°\u00a05"),
    ("12 %, 12%, 30 €, 50 kg", "12\u00a0%, 12\u00a0%, 30\u00a0€, 50\u00a0kg"),
    ("1 220 000 €", "1\u202f220\u202f000\u00a0€"),
    ("en 2024 120 personnes, 1220000", "en 2024 120 personnes, 1220000"),
    ("01 23 45 67 89.", "01\u00a023\u00a045\u00a067\u00a089."),
    ("+33 (0)1 23 45 67 89", "+33\u00a0(0)1\u00a023\u00a045\u00a067\u00a089"),
    ("+33 1 23 45 67 89", "+33\u00a01\u00a023\u00a045\u00a067\u00a089"),
    ("au 0 800 123 456", "au 0\u00a0800\u00a0123\u00a0456"),
    ("01.23.45.67.89, 01 02 2024", "01.23.45.67.89, 01 02 2024"),
    (
        "20 °C, 20°C, 3,5 M€, 3M€, 2,5Md€",
        "20\u00a0°C, 20\u00a0°C, 3,5\u00a0M€, 3\u00a0M€, 2,5\u00a0Md€",
    ),
    ("Et demain ?, puis qui vient ?.", "Et demain\u202f?, puis qui vient\u202f?."),
    ("a?.b, f(a?,b)", "a?.b, f(a?,b)"),
    ("3 millions d'euros", "3\u00a0millions d’euros"),
    ("le 12 janvier et le 1er mars", "le 12\u00a0janvier et le 1er\u00a0mars"),
    ("de 17h à 18h30, à 9 h 05", "de 17\u00a0h à 18\u00a0h\u00a030, à 9\u00a0h\u00a005"),
    ("ouvert 24h/24", "ouvert 24h/24"),
    ("M. Dupont, Mme Durand", "M.\u00a0Dupont, Mme\u00a0Durand"),
    ("p. 12, art. L. 123-4", "p.\u00a012, art.\u00a0L.\u00a0123-4"),
    ("mot - incise - mot", "mot\u00a0– incise\u00a0– mot"),
    ("mot -- incise --- mot", "mot\u00a0– incise\u00a0— mot"),
    ("3 - 2, rendez-vous\n- point", "3 - 2, rendez-vous\n- point"),
    ("1ère, 1ères, 2ème, 3ièmes", "1re, 1res, 2e, 3es"),
    ("XXIème siècle, Vème, même", "XXIe siècle, Ve, même"),
    ("prêt(e)? oui", "prêt(e)\u202f? oui"),
]
UNTOUCHED = [
    "https://exemple.fr/l'a?b=1!",
    "www.exemple.fr/2ème",
    "initiative-jeunes@exemple.gouv.fr!",
    "plan.md?",
    "17:30",
    "16:9",
    "2024-02-07",
    "2024-02-07 17:30",
    "std::map",
    "color:red;",
    "width:50%",
    'lang="fr"',
    "d['x']",
    "foo('a')",
    ":smile:",
    "bravo :-) merci ;) :)",
    '`l\'a "b"`',
    "{{ l'a }}",
    "--option 'x'",
    "/chemin/l'a",
    "&nbsp;",
    "../x",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_typeset(text: str, expected: str) -> None:
    assert typeset(text) == expected
    assert typeset(expected) == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_leaves_code_and_addresses(text: str) -> None:
    assert typeset(text) == text


def test_agrees_with_formatted_dates_and_numbers() -> None:
    assert typeset("17h30") == format_time(dt.time(17, 30))
    assert typeset("1 220") == format_number(1220)


def test_quotes_pair_within_a_paragraph_only() -> None:
    assert typeset('un "mot\n\nun" autre') == 'un "mot\n\nun" autre'
    assert typeset('un "mot\nun" autre') == "un «\u00a0mot\nun\u00a0» autre"


SIGNS = st.lists(
    st.sampled_from(
        (
            *"  \u00a0\u202f\n'\"«»“”’.…:;!?-–—%€°()[]/&=@_`{}~",
            *("...", "--", "a", "É", "l", "1", "12", "1er", "2ème", "XXIème", "h", "30", "220"),
            *("000", "mars", "n°", "nº", "M.", "p.", "kg", "https://x.fr", "x@y.fr", "a.b", "f(x)"),
            *(":a:", "17h30", "\ufffc", "-o", "/x"),
        )
    ),
    max_size=14,
).map("".join)


@given(st.one_of(SIGNS, st.text()))
@example('"a « b" c »')
@example('"a » “x” b"')
@example("«»")
@example("1 220 000 a")
@example("' !…:")
@example("a!…!")
def test_is_idempotent(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@given(SIGNS)
def test_keeps_letters_and_digits(text: str) -> None:
    bare = text.replace("2ème", "2e").replace("XXIème", "XXIe").replace("º", "")

    def kept(value: str) -> str:
        ordinals = value.replace("2ème", "2e").replace("XXIème", "XXIe").replace("º", "")
        return "".join(c for c in ordinals if c.isalnum())

    assert kept(typeset(text)) == kept(bare)


HTML_CASES = [
    ("<strong>mot</strong> !", "<strong>mot</strong>\u202f!"),
    ("<strong>mot</strong>!", "<strong>mot</strong>\u202f!"),
    ('<a href="a\'b">lien</a> : x', '<a href="a\'b">lien</a>\u00a0: x'),
    ("« <em>x</em> »", "«\u00a0<em>x</em>\u00a0»"),
    ("«<em>x</em>»", "«\u00a0<em>x</em>\u00a0»"),
    ('"<em>x</em>"', "«\u00a0<em>x</em>\u00a0»"),
    ("l'<em>État</em>", "l’<em>État</em>"),
    ("l'<code>x'y</code> !", "l’<code>x'y</code>\u202f!"),
    ("le 1er mars", "le 1<sup>er</sup>\u00a0mars"),
    ("la 1ère, le 2ème", "la 1<sup>re</sup>, le 2<sup>e</sup>"),
    ("XXIe siècle, Ve", "XXI<sup>e</sup> siècle, V<sup>e</sup>"),
    ("1<sup>er</sup> mars", "1<sup>er</sup>\u00a0mars"),
    ("2<b>ème</b>", "2<b><sup>e</sup></b>"),
    ("2e<i>r</i>", "2e<i>r</i>"),
    ("le 12\njanvier\nprochain", "le 12\u00a0janvier\nprochain"),
    ("&quot;a&quot; &amp; l&#39;b&nbsp;:", "«\u00a0a\u00a0» &amp; l’b&nbsp;:"),
    ("&eacute;t&eacute; &lt;b> !", "&eacute;t&eacute; &lt;b>\u202f!"),
    ("<p>a</p><p> ! b</p>", "<p>a</p><p> ! b</p>"),
    ("a<br>! b", "a<br>! b"),
    ("<title>Le 1er mot!</title>1er", "<title>Le 1er mot\u202f!</title>1<sup>er</sup>"),
    ("<p title=\"l'a > b\">l'a</p>", '<p title="l\'a > b">l’a</p>'),
    ("17 <b>h</b> 30", "17\u00a0<b>h</b>\u00a030"),
    ("1 < 2 l'a", "1 < 2 l’a"),
]
HTML_UNTOUCHED = [
    '<!-- l\'a "b" -->',
    '<script>if (a < b) x = "l\'a";</script>',
    "<style>a::after { content: 'x' }</style>",
    "<pre><code>l'a <b>l'b</b></code> l'c</pre>",
    "<kbd>l'a</kbd>",
    "<svg><svg/><text>l'a</text></svg>",
    "<math><mi>l'a</mi></math>",
    "<textarea>l'a <b></textarea>",
    '<span lang="en">it\'s "ok"</span>',
    "<p class=\"l'a\" title='« x'>",
    "<!DOCTYPE html>",
    "<a title=\"l'a",
    "<code>l'a",
    "<!-- l'a",
]


@pytest.mark.parametrize(("html", "expected"), HTML_CASES)
def test_typeset_html(html: str, expected: str) -> None:
    assert typeset_html(html) == expected
    assert typeset_html(expected) == expected


@pytest.mark.parametrize("html", HTML_UNTOUCHED)
def test_leaves_markup_and_code(html: str) -> None:
    assert typeset_html(html) == html


TAGS = st.sampled_from(
    (
        *("<b>", "</b>", "<p>", "</p>", "<br>", "<code>", "</code>", "<sup>", "</sup>", "<", ">"),
        *("<!-- ' -->", '<a title="\'">', "</a>", "&amp;", "&quot;", "&nbsp;", "&#39;", "<img>"),
        *("<svg/>", "<script>", "</script>", "<title>", "</title>", '<i lang="en">', "</i>"),
    )
)
PIECES = st.lists(st.one_of(SIGNS, TAGS), max_size=10).map("".join)


@given(PIECES)
@example("le 1er mars<b> ! </b>2ème")
@example("1 301er, nº 3e, nº 17h30, 17 h 30e")
def test_html_is_idempotent(html: str) -> None:
    once = typeset_html(html)
    assert typeset_html(once) == once


@given(PIECES)
def test_html_keeps_every_element(html: str) -> None:
    def elements(source: str) -> list[tuple[str | None, dict[str, str | None]]]:
        body = LexborHTMLParser(source).root
        assert body is not None
        return [(n.tag, n.attributes) for n in body.traverse() if n.tag != "sup"]

    assert elements(typeset_html(html)) == elements(html)


# The same rules, tried at each character of any text: nothing is skipped as plain words. Each tag
# of HTML is read part by part.
PATTERNS = ("_SIGNS", "_SPACES", "_RAISED")
EVERYWHERE = {name: re.compile("") for name in ("_HAS_SIGNS", "_HAS_SPACES", "_HAS_RANKS")} | {
    name: re.compile(
        getattr(typography, name).pattern.removeprefix(typography._PLAIN_WORDS), re.VERBOSE
    )
    for name in PATTERNS
}
NO_USUAL_TAG = re.compile(r"(?P<text>[^<]*+)(?:<(?!)(?P<slash>)(?P<name>)(?P<attributes>))?")
WORDS = st.lists(
    st.sampled_from(
        (
            *" \u00a0\n,.'’\"«»:;!?-–()[]=@&`/%°º§",
            *(" ", " ", "mot ", "les ", "De ", "Pour ", "Il ", "Vous ", "d'", "L'", "l’", "été"),
            *("I", "V", "X", "D", "M", "P", "L", "R", "n", "h", "m", "t", "œ", "ª", "Ω", "日", "_"),
            *(
                "e",
                "er",
                "ers",
                "re",
                "ème",
                "èmes",
                "ière",
                "ier",
                "ième",
                "nd",
                "ndes",
                "XIV",
                "IX",
                "III",
            ),
            *("0", "1", "12", "000", "220", " 45", "+33", "0 800", " 01 02", "17h30", "17 h 30"),
            *("mars", "janv.", "mai", "kg", "m²", "€", "M€", "°C", "min", "millions", "km/h"),
            *(
                "M.",
                "MM.",
                "Mme",
                "Mlles",
                "Dr",
                "Pr",
                "Mgr",
                "Dupont",
                "Éva",
                "p.",
                "art.",
                "fig.",
            ),
            *("n°", "nº", "N° ", "...", " - ", " -- ", " --- ", " — ", " :", " ;", " !", "? "),
            *("https://x.fr/l'a", "www.x.fr", "mailto:", "x@y.fr", "plan.md", "f('x')", ":a:"),
            *(
                "std::map",
                'lang="fr"',
                "{{ l'a }}",
                "`l'a`",
                "--option",
                "~/x",
                "\ufffc",
                "c'est-à",
            ),
        )
    ),
    max_size=20,
).map("".join)


def test_skips_what_is_in_every_text() -> None:
    """Otherwise the next test would compare the rules with themselves."""
    assert all(getattr(typography, n).pattern != EVERYWHERE[n].pattern for n in PATTERNS)


@settings(max_examples=1000)
@given(st.one_of(WORDS, st.lists(st.one_of(WORDS, TAGS), max_size=6).map("".join)))
@example("Voir la p. 12, l'art. L. 3 et le n° 4 : « Mme Durand », 3 %")
@example("le 1ier")
@example("le Xième")
@example("l’art. R. du code")
@example("le Dr Martin, M. Dupont et les MM. Petit du XXIème siècle")
def test_what_is_skipped_holds_nothing_to_do(text: str) -> None:
    quick = typeset(text), typeset_html(text)
    with (
        patch.multiple(typography, **EVERYWHERE),
        patch.object(typography_html, "_USUAL", NO_USUAL_TAG),
    ):
        assert (typeset(text), typeset_html(text)) == quick


@pytest.mark.parametrize(
    "unit",
    [
        *" \"'<!.-«:&a1",
        *('<a ="', "<!--", "<code>", "<p lang=en>", "a - ", "a.", "a-", "1 234 ", 'a="', "a(", "`"),
        *("://", "x@", "{{", "</", "a'", "[a", ":a", '<b x="', "\n!"),
        *("a,", "a, ", "a\n", ",", "é", "X", "Ia", "a ,", '<a b="x">', "<p>a</p>", "\n"),
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Processor time, which a busy machine does not lengthen: a square law would take minutes."""

    def seconds(size: int) -> float:
        started = time.process_time()
        typeset(unit * (size // len(unit)))
        typeset_html(unit * (size // len(unit)))
        return time.process_time() - started

    assert seconds(20_000) < 8 * seconds(5_000) + 0.5


def test_a_very_long_line() -> None:
    started = time.process_time()
    for sign in (" ", "<"):
        typeset_html(sign * 300_000)
    assert time.process_time() - started < 60


def test_plain() -> None:
    assert plain("l’a\u00a0: «\u00a0b\u202f!") == "l'a : « b !"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Éco-responsabilité", "eco-responsabilite"),
        ("  L’Œuvre\u00a0d'Ève ", "l'oeuvre d'eve"),
        ("rendez\u2011vous, so\u00adcial", "rendez-vous, social"),
        ("STRASSE straße", "strasse strasse"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_clean() -> None:
    assert clean("e\u0301te\u0301\u200b\ufeff\n\u00a0\u00a0\nso\u00adcial\n") == (
        "été\n\nso\u00adcial\n"
    )


@given(st.text())
def test_clean_keeps_lines(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.count("\n") == text.count("\n")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned
