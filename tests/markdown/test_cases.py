"""A text says what its author sees: each slip that a trial found, with the right value."""

from __future__ import annotations

import re

import pytest

from tests.markdown.rendered import html_of, problems


@pytest.mark.parametrize(
    "content",
    ["<!-- à compléter -->", "&nbsp;", "<span></span>", "<script>a</script>", "---\n"],
)
@pytest.mark.parametrize("block", ["encart", "bouton\n    adresse: /a/", "etapes"])
def test_a_block_is_empty_when_readers_see_nothing_in_it(block: str, content: str) -> None:
    name = block.partition("\n")[0]
    told = f"3:1 · /// {name} : le bloc est vide. Écrivez son contenu entre les options et « /// »."
    assert told in problems(f"Avant.\n\n/// {block}\n\n{content}\n///\n")


def test_a_block_that_holds_a_picture_or_a_block_is_not_empty() -> None:
    assert problems("/// encart\n\n![Un](a.svg)\n///\n") == []
    assert problems("//// encart\n\n/// agenda\n///\n////\n") == []


def test_words_after_a_sign_of_a_tag_are_shown() -> None:
    text = "Si le taux est <b et le seuil > 3, alors **oui**.\n\nUn second paragraphe."
    assert html_of(text) == (
        "<p>Si le taux est &lt;b et le seuil &gt; 3, alors <strong>oui</strong>.</p>\n"
        "<p>Un second paragraphe.</p>"
    )
    assert problems(text) == []


NOT_CLOSED = (
    "la balise n’est pas fermée, et vaudrait pour tout ce qui suit. Écrivez « </b> » là où elle "
    "finit ; un « < » à montrer s’écrit « &lt; »."
)
TAKEN = (
    "des mots qui suivent « < » sont pris pour une balise, et ne sont pas montrés. "
    "Un « < » à montrer s’écrit « &lt; »."
)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("Un <b> mot.\n\nSuite.", [f"1:4 · <b> : {NOT_CLOSED}"]),
        ("<p et le seuil > 3\n", [f"1:1 · <p> : {TAKEN}"]),
        ("Un <b>mot</b>, <i title='a'>deux</i>, `<b>`, <!-- <b> --> et `a<b>c`.", []),
        ("<details open>\n<summary>A</summary>\n</details>", []),
    ],
)
def test_a_tag_that_takes_words_or_stays_open_is_told(text: str, messages: list[str]) -> None:
    assert problems(text) == messages


NO_WORDS = "« https://a.example/ » : les mots du lien manquent. Écrivez [les mots](adresse)."
WORDLESS = "l’intertitre n’a pas de mots. Écrivez-les sur la même ligne, ou retirez-le."
DASHES = (
    "les tirets de la ligne suivante en font un intertitre. Pour un trait, mettez une ligne vide "
    "avant eux ; pour un intertitre, écrivez « ## » et ses mots."
)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "Avant [](https://a.example/).",
            [f"1:10 · lien : {NO_WORDS}"],
        ),
        (
            "Avant [ ](https://a.example/).",
            [f"1:11 · lien : {NO_WORDS}"],
        ),
        ("[![Un](a.svg)](https://a.example/)", []),
        ("##\n\nTexte.", [f"1:1 · intertitre : {WORDLESS}"]),
        ("## ##\n\nTexte.", [f"1:1 · intertitre : {WORDLESS}"]),
        ("Merci à tous de votre venue.\n---\nÀ bientôt.", [f"1:1 · intertitre : {DASHES}"]),
        ("Le programme\n---\nÀ bientôt.", []),
    ],
)
def test_links_and_headings_without_words_are_refused(text: str, messages: list[str]) -> None:
    assert problems(text) == messages


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Écrire en C#\n\nTexte.", '<h2 id="ecrire-en-c">Écrire en C#</h2>\n<p>Texte.</p>'),
        ("## Fermé ##\n\nTexte.", '<h2 id="ferme">Fermé</h2>\n<p>Texte.</p>'),
        ("##Titre\n\nTexte.", '<h2 id="titre">Titre</h2>\n<p>Texte.</p>'),
        ("#MoisDuNumérique : une semaine.", "<p>#MoisDuNumérique\u00a0: une semaine.</p>"),
        ("#2 de la saison, il plaît.", "<p>#2 de la saison, il plaît.</p>"),
        ("Des cadres\\\n12 rue\\\nParis", "<p>Des cadres<br>\n12 rue<br>\nParis</p>"),
        ("C:\\dossier et \\*", "<p>C:\\dossier et *</p>"),
        (
            "==important==, H~2~O, x^2^.",
            "<p><mark>important</mark>, H<sub>2</sub>O, x<sup>2</sup>.</p>",
        ),
        ("~10 % à ~20 %, a^b et c^d, a == b", "<p>~10\u00a0% à ~20\u00a0%, a^b et c^d, a == b</p>"),
        ("de ~10-~20 à a==b ou c==d", "<p>de ~10-~20 à a==b ou c==d</p>"),
    ],
)
def test_signs_mean_what_their_author_sees(text: str, html: str) -> None:
    assert html_of(text) == html
    assert problems(text) == []


def test_a_line_alone_after_a_sign_of_headings_is_told() -> None:
    told = (
        "1:1 · texte : le « # » est montré tel quel. Pour un intertitre, écrivez "
        "« ## Nos prochaines dates » ; pour un mot-dièse, « \\#Nos prochaines dates »."
    )
    assert problems("#Nos prochaines dates\n\nTexte.") == [told]
    assert problems("\\#Passerelle\n\nTexte.") == []


def test_an_escaped_bar_in_the_code_of_a_table_is_a_bar() -> None:
    text = "| Signe | Sens |\n|---|---|\n| `a\\|b` | ou |"
    assert "<td><code>a|b</code></td>" in html_of(text)
    assert problems(text) == []


def test_links_back_of_a_note_have_names_of_their_own() -> None:
    html = html_of("Un[^1], deux[^1] et trois[^1], puis[^2].\n\n[^1]: A.\n[^2]: B.")
    assert re.findall(r'title="([^"]*)">↩</a>(.)', html) == [
        ("Retour au 1er appel de la note 1", " "),
        ("Retour au 2e appel de la note 1", " "),
        ("Retour au 3e appel de la note 1", "<"),
        ("Retour à l’appel de la note 2", "<"),
    ]


def test_a_question_mark_before_a_comma_has_its_space() -> None:
    assert html_of("Lire *Et demain ?*, puis *Qui vient ?*.") == (
        "<p>Lire <em>Et demain\u202f?</em>, puis <em>Qui vient\u202f?</em>.</p>"
    )
