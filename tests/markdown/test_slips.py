"""Markdown that is badly written is told, where readers would see it as it is."""

from __future__ import annotations

import time

import pytest

from plugins.markdown.prose import Prose
from plugins.markdown.slips import slips
from tests.markdown.rendered import body_of, problems

BOLD = (
    ": ces « ** » sont montrés tels quels. Le gras s’écrit « **mots** », sans espace à l’intérieur."
)
STUCK = (
    "texte : la liste est collée au texte qui la précède, et se lirait à sa suite. "
    "Mettez une ligne vide avant elle."
)
TABLE = "texte : le tableau serait lu comme du texte."
IN_HTML = (
    "texte : l’intertitre est dans du HTML, où il n’est pas lu. Retirez la balise qui l’entoure."
)
NO_ADDRESS = "lien : l’adresse manque. Écrivez [les mots](adresse)."
NO_FILE = "image : le fichier manque. Écrivez ![ce que montre l’image](fichier)."

SHOWN = "est montré tel quel."
BOX = "Ce site n’a pas de cases à cocher. Écrivez « à faire : » ou « fait : »."
FRAME = "Pour un encadré, écrivez « /// encart », une ligne vide, le texte, puis « /// »."
WIKI = "Pour un lien, écrivez « [les mots](adresse) »."
SMILEY = "Écrivez le signe lui-même, ou retirez-le."


def unknown(words: str, label: str, written: str) -> str:
    return (
        f"lien : « {written} » : l’adresse « {label} » n’est donnée nulle part. "
        f"Écrivez « [{words}](adresse) »."
    )


def bullets(sign: str, right: str = "- ") -> str:
    return (
        f"texte : « {sign} » ne fait pas une liste : ses lignes se suivraient. Commencez chacune "
        f"par « {right}», après une ligne vide."
    )


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("a\n\n[b]() et [c]( )", [f"5:4 · {NO_ADDRESS}", f"5:13 · {NO_ADDRESS}"]),
        ('a <a href="">b</a>', [f"3:6 · {NO_ADDRESS}"]),
        ("[b][r]\n\n[r]: <>", [f"3:1 · {NO_ADDRESS}"]),
        ("![a]()", [f"3:5 · {NO_FILE}"]),
        ("a [b][c]", [f"3:3 · {unknown('b', 'c', '[b][c]')}"]),
        ("a [b][]", [f"3:3 · {unknown('b', 'b', '[b][]')}"]),
        ("[b] [c]\n\n[d]: /e/", [f"3:1 · {unknown('b', 'c', '[b] [c]')}"]),
        (
            "a[^9]",
            [
                (
                    "3:2 · note : la note [^9] n’a pas de texte. Ajoutez plus bas une ligne "
                    "« [^9]: son texte », ou retirez l’appel."
                )
            ],
        ),
        (
            "a[^9]\n\n[^9] : b",
            [
                (
                    "5:1 · note : le texte de la note [^9] n’est pas lu. Écrivez « [^9]: », sans "
                    "espace avant le deux-points."
                )
            ],
        ),
        (
            "a[^1]\n\n[^1]: b\n[^9]: perdue\n    suite",
            [
                (
                    "6:1 · note : la note [^9] n’est appelée nulle part. Écrivez « [^9] » là où "
                    "elle s’applique, ou retirez-la."
                )
            ],
        ),
    ],
)
def test_what_leads_nowhere_is_refused(text: str, messages: list[str]) -> None:
    assert problems(text, line=3) == messages
    assert not any(problem.is_warning for problem in body_of(text).problems)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[a] (https://b.fr/c)",
            (
                "3:1 · texte : « [a] (https://b.fr/c) » : une espace sépare « ] » de « ( », et ce "
                "n’est pas un lien. Écrivez « [a](https://b.fr/c) »."
            ),
        ),
        (
            "a\u00a0: [b] (../c.md#d)",
            (
                "3:5 · texte : « [b] (../c.md#d) » : une espace sépare « ] » de « ( », et ce "
                "n’est pas un lien. Écrivez « [b](../c.md#d) »."
            ),
        ),
        (
            "(a)[www.b.fr]",
            (
                "3:1 · texte : « (a)[www.b.fr] » : les mots vont entre crochets, l’adresse entre "
                "parenthèses. Écrivez « [a](www.b.fr) »."
            ),
        ),
        ("a\n**b c", f"4:1 · texte : « **b » {BOLD}"),
        ("**a** et ** b **", f"3:10 · texte : « ** » {BOLD}"),
        ("*a* b**", f"3:5 · texte : « b** » {BOLD}"),
        (
            "a ~~b c~~",
            (
                "3:3 · texte : « ~~b c~~ » : les « ~~ » sont montrés tels quels, ce site ne barre "
                "pas. Retirez-les, et leur texte s’il n’a plus cours."
            ),
        ),
        ("• a\n• **b**\n\n• c", f"3:1 · {bullets('•')}"),
        ("a :\n\n  ▪\u00a0*b*", f"5:3 · {bullets('▪')}"),
        ("– a\n– b", f"3:1 · {bullets('–')}"),
        ("·\u00a0 a\u00a0;\n·\u00a0 b.", f"3:1 · {bullets('·')}"),
        ("o\u00a0 a\u00a0;\no\u00a0 b.", f"3:1 · {bullets('o')}"),
        ("§\u00a0 a\u00a0;\n§\u00a0 b.", f"3:1 · {bullets('§')}"),
        ("1-\u00a0un ;\n2-\u00a0deux.", f"3:1 · {bullets('1-', '1. ')}"),
        ("1° un ;\n2° deux.", f"3:1 · {bullets('1°', '1. ')}"),
        ("a) un ;\nb) deux.", f"3:1 · {bullets('a)', '1. ')}"),
        ("-une salle ;\n-un café.", f"3:1 · {bullets('-une')}"),
        (
            "2024. Une année pleine de promesses.\n\nUn paragraphe.",
            (
                "3:1 · texte : « 2024. » commence ici une liste numérotée. Pour une phrase, "
                "écrivez « 2024\\. »."
            ),
        ),
        (
            "- a\n\nb\n\n    Une phrase mal décalée.\n    Suite.",
            (
                "7:5 · texte : quatre espaces au début de cette ligne la montrent comme du code. "
                "Retirez-les."
            ),
        ),
        (
            "Voir [a](https://b.fr/c puis d.",
            (
                "3:6 · texte : « [a](https://b.fr/c » : la parenthèse de l’adresse n’est pas "
                "fermée. Écrivez « [a](https://b.fr/c) »."
            ),
        ),
        ("- [ ] réserver\n- [x] prévenir", f"3:3 · texte : « [ ] » {SHOWN} {BOX}"),
        ('!!! note "A"\n    b', f"3:1 · texte : « !!! » {SHOWN} {FRAME}"),
        ("[[Accueil]]", f"3:1 · texte : « [[Accueil]] » {SHOWN} {WIKI}"),
        ("a :smile:", f"3:4 · texte : « :smile: » {SHOWN} {SMILEY}"),
        ("1) a\n2) b", f"3:1 · {bullets('1)', '1. ')}"),
        ("a\n- b\n- c", f"4:1 · {STUCK}"),
        ("a\n* **b**\n* c", f"4:1 · {STUCK}"),
        ("a\u00a0:\n- b", f"4:1 · {STUCK}"),
        ("a\nb\n1. c\n2. d", f"5:1 · {STUCK}"),
        ("| a | b |\n| c | d |", f"3:1 · {TABLE} Ajoutez sous cette ligne « | --- | --- | »."),
        ("a\n| b |\n|---|\n| c |", f"4:1 · {TABLE} Mettez une ligne vide avant lui."),
        (
            "| a | b |\n|---|\n| c | d |",
            (
                f"3:1 · {TABLE} Sa deuxième ligne, de tirets, doit avoir autant de colonnes que "
                "la première."
            ),
        ),
        ("<div>\n## A\n</div>", f"4:1 · {IN_HTML}"),
        (
            "| a | b |\n|---|---|\n| c | d |\n| e | f | g |",
            (
                "6:1 · tableau : cette ligne a plus de cases que le tableau n’a de colonnes : les "
                "dernières sont perdues. Ajoutez une colonne, ou écrivez « \\| » pour une barre "
                "qui n’en est pas une."
            ),
        ),
    ],
)
def test_what_is_shown_as_it_is_written_is_told(text: str, message: str) -> None:
    assert problems(text, line=3) == [message]
    assert all(problem.is_warning for problem in body_of(text).problems)


@pytest.mark.parametrize(
    "text",
    [
        "[a][b] et [b][]\n\n[b]: /c/",
        "\\[a][b] et \\*\\*c et \\~~d~~",
        "`[a][b]`, ``**``, `[^9]` et `~~a~~`",
        "    • a\n    **b\n    [c][d]\n    [^9]",
        "```\n• a\n**b\n[c][d]\n[^9]\n| e | f |\n| g | h |\n```",
        "<!--\n• a\n**b\n[c][d]\n-->",
        "a [sic] (voir plus bas) et [b] (c)",
        "**a** (**b**) **c**d",
        "a\n- b - c",
        "a\n2024. Puis",
        "- a\nsuite\n- b\n- c",
        "- a\n    - b\n    - c",
        "> a\n\n- b\n- c",
        "— Oui, dit-il.\n\n— Non.",
        "1) a, puis",
        "a · b\n· c",
        "| a | b |\n|---|:-:|\n| `c|d` | e\\|f | |",
        "a | b\n--- | ---\nc | d",
        "\\# a",
        "2024\\. Une année",
        "1) a\nA. Martin\nB. Durand",
        "    l'année = [1, 2, 3]",
        "12:30:45 et std::map::x, `:smile:` et a:b:c",
        "[[1]](https://a.example/)",
        "-5 °C\n-3 °C",
    ],
)
def test_what_is_well_written_is_left_alone(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    "piece", ["**a ", "[a][b] ", "• a\n\n", "## A\n\nb\n- c\n- d\n\n", "` a ", "[^1] ", "a**a"]
)
def test_time_grows_as_the_text_does(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    prose = Prose(text, 1, f"<p>{text}</p>")
    list(slips(prose))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text",
    [
        "[Nom du site] [adresse du site]",
        "Il donne accès […][à] des informations.",
        'Le texte.\n\n{% hint style="info" %}\n\nSuite.',
    ],
)
def test_brackets_that_are_no_links(text: str) -> None:
    assert [problem for problem in problems(text) if "lien" in problem] == []


IN_HTML = "Ce texte est dans du HTML, où il n’est pas lu : retirez la balise qui l’entoure."


def test_commands_of_other_programs() -> None:
    """They are told once, and not as words taken for a tag."""
    text = '{% hint style="info" %}\nUn mot.\n{% endhint %}\n\n- Un\n- Deux {% endtab %}\n'
    (told,) = problems(text)
    assert told == (
        '1:1 · texte : « {% hint style="info" %} » est montré tel quel. C’est la commande d’un '
        "autre logiciel. Retirez-la."
    )


def test_right_marks_in_html_are_told_once() -> None:
    text = "<details>\n<summary>Plus</summary>\n\n**La trame**\n\nEt **la** suite.\n\n</details>\n"
    (told,) = problems(text)
    assert told == f"4:1 · texte : « **La » : ces « ** » sont montrés tels quels. {IN_HTML}"


def test_right_table_in_html() -> None:
    text = "<details>\n<summary>Plus</summary>\n\n| A | B |\n| - | - |\n| c | d |\n\n</details>\n"
    (told,) = problems(text)
    assert told == f"4:1 · texte : le tableau serait lu comme du texte. {IN_HTML}"


@pytest.mark.parametrize("opening", ["```js {5}", "```js{2,5}", "```js [vite.config.js]"])
def test_code_that_opens_with_more_than_a_language(opening: str) -> None:
    (told,) = problems(f"Avant.\n\n{opening}\nlet a = 1\n```\n")
    assert told == (
        f"3:1 · code : « {opening} » : seul le nom du langage est lu après « ``` ». "
        "Écrivez « ```js »."
    )
