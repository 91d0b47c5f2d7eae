"""Blocks in Markdown: what they hold, and what is told when they are badly written."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from itertools import pairwise

import pytest

from plugins.faults import Position
from plugins.front_matter.document import read_document
from plugins.markdown.bodies import BlockCall, Html
from plugins.markdown.conversion import render
from plugins.models.blocks import (
    BLOCKS,
    AgendaBlock,
    CalloutBlock,
    EventBlock,
    QuoteBlock,
    StepsBlock,
)
from tests.markdown.rendered import PATH, body_of, html_of, problems

NAMES = ", ".join(sorted(BLOCKS))


def test_a_block_is_kept_with_its_options_and_content() -> None:
    body = body_of(
        "Avant\n\n/// encart\n    titre: L'appel : un\n    contact: a@exemple.fr\n\n"
        "**Écrivez**\n///\n\nAprès",
        line=5,
    )
    assert problems("/// encart\n    titre: 'L''appel : un'\n\na\n///") == []
    before, call, after = body_of(
        'Avant\n\n/// encart\n    titre: "L\'appel : un"\n    contact: a@exemple.fr\n\n'
        "**Écrivez**\n///\n\nAprès",
        line=5,
    ).parts
    assert (before, after) == (Html("<p>Avant</p>"), Html("<p>Après</p>"))
    assert isinstance(call, BlockCall)
    assert isinstance(call.options, CalloutBlock)
    assert (call.options.title, call.options.contact) == ("L’appel\u00a0: un", "a@exemple.fr")
    assert call.parts == (Html("<p><strong>Écrivez</strong></p>"),)
    assert (call.position.line, call.argument) == (7, None)
    assert [p.field for p in body.problems] == ["/// encart titre"]


def test_blocks_nest() -> None:
    body = body_of(
        "//// etapes\n\n1. Un\n\n/// agenda\n    periode: 2024-T1\n///\n\n2. Deux\n////\n"
    )
    assert body.problems == ()
    (steps,) = body.parts
    assert isinstance(steps, BlockCall)
    assert isinstance(steps.options, StepsBlock)
    assert [type(block.options) for block in body.blocks()] == [StepsBlock, AgendaBlock]


def test_block_in_a_list_is_found() -> None:
    body = body_of("- Un\n\n    /// evenement | x\n    ///\n")
    assert body.problems == ()
    assert [type(block.options) for block in body.blocks()] == [EventBlock]
    assert next(body.blocks()).position.line == 3


@pytest.mark.parametrize(
    "text",
    ["    /// agenda\n    ///", "```\n/// agenda\n```", "~~~\n/// zzz\n///\n~~~", "`/// agenda`"],
)
def test_blocks_in_code_are_code(text: str) -> None:
    body = body_of(text)
    assert (list(body.blocks()), body.problems) == ([], ())


def test_a_paragraph_may_stand_against_a_block() -> None:
    body = body_of("Avant\n/// agenda\n///\nAprès")
    assert [type(part) for part in body.parts] == [Html, BlockCall, Html]
    assert body.problems == ()


CUT = "un « : » suivi d’une espace coupe la valeur. Mettez toute la valeur entre guillemets : "
NO_OPTION = "l’option n’est pas lisible. Écrivez « option: valeur »."
EMPTY = "le bloc est vide. Écrivez son contenu entre les options et « /// »."
UNCLOSED = "le bloc n’est jamais fermé. Ajoutez une ligne « /// » à sa fin."
UNNUMBERED = "les étapes ne sont pas numérotées. Commencez chacune par « 1. », « 2. », « 3. »."
AS_TEXT = (
    "l’option serait lue comme du texte. Écrivez-la juste sous « /// encart », décalée de quatre "
    "espaces."
)
NO_EMPTY_LINE = "le bloc est mal écrit. Mettez une ligne vide avant lui."
IN_ITEM = (
    "le bloc ne peut pas commencer un élément de liste. Écrivez d’abord le texte de l’élément, "
    "puis une ligne vide, puis le bloc décalé de quatre espaces."
)
MATRIX_AS_TEXT = AS_TEXT.replace("encart", "matrice")
STRAY = "cette ligne ne ferme aucun bloc. Retirez-la, ou mettez autant de barres qu’à l’ouverture."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "/// zzz\n\na\n///",
            f"3:1 · /// zzz : le bloc n’existe pas. Blocs possibles : {NAMES}.",
        ),
        (
            "/// encar\n\na\n///",
            "3:1 · /// encar : le bloc n’existe pas. Vouliez-vous « encart » ?",
        ),
        (
            "a\n\n/// encart\n\na",
            "5:1 · /// encart : le bloc n’est jamais fermé. Ajoutez une ligne « /// » à sa fin.",
        ),
        ("a\n\n///", f"5:1 · /// : {STRAY}"),
        ("/// encart\n\na\n////", f"6:1 · //// : {STRAY}"),
        (
            "/// encart\n\na\n\n/// agenda\n///\n\n///",
            (
                "7:1 · /// agenda : il s’ouvre dans le bloc « encart », qui n’est pas fermé. "
                "Fermez celui-ci avant, ou entourez-le de « //// » (quatre barres)."
            ),
        ),
        (
            "/// encart\n\n///",
            (
                "3:1 · /// encart : le bloc est vide. Écrivez son contenu "
                "entre les options et « /// »."
            ),
        ),
        (
            "/// agenda\n\na\n///",
            (
                "3:1 · /// agenda : le bloc ne prend pas de contenu. "
                "Fermez-le par « /// » sous ses options."
            ),
        ),
        (
            "/// encart\n    objet: z\n    titre: a: b\n\nc\n///",
            f'5:13 · /// encart titre : « a: b » : {CUT}titre: "a: b".',
        ),
        ("/// encart\n    titre\n\nc\n///", f"4:5 · /// encart : {NO_OPTION}"),
        (
            "/// encart\n    1: a\n\nc\n///",
            (
                "4:5 · /// encart 1 : le champ n’existe pas. Retirez-le ; les champs possibles "
                "sont : titre, contact, objet."
            ),
        ),
        ("/// etapes\n\n- a\n- b\n///", f"3:1 · /// etapes : {UNNUMBERED}"),
        ("/// etapes\n\na\n///", f"3:1 · /// etapes : {UNNUMBERED}"),
        ("/// matrice\n  annee: 2024\n///", f"4:3 · /// matrice annee : {MATRIX_AS_TEXT}"),
        ("/// encart\ntitre: a\n\nb\n///", f"4:1 · /// encart titre : {AS_TEXT}"),
        ("/// encart\n  titre: a\n\nb\n///", f"4:3 · /// encart titre : {AS_TEXT}"),
        ("/// encart\n\n    titre: a\n\nb\n///", f"5:5 · /// encart titre : {AS_TEXT}"),
        (
            "/// encart\n    tire: a\n\nb\n///",
            "4:5 · /// encart tire : le champ n’existe pas. Vouliez-vous écrire « titre » ?",
        ),
        (
            "/// encart\n    titre: [a]\n\nb\n///",
            (
                "4:12 · /// encart titre : « a » : une seule valeur est "
                "attendue, sans liste ni groupe. "
                "Écrivez-la sur une ligne."
            ),
        ),
        (
            "/// encart\n    contact: a\n\nb\n///",
            (
                "4:14 · /// encart contact : « a » n’est pas une adresse de messagerie. "
                "Écrivez-la sous la forme nom@domaine.fr."
            ),
        ),
        (
            "/// matrice\n///",
            (
                "3:1 · /// matrice annee : le champ est obligatoire et manque. "
                "Ajoutez « annee: … » (l’année)."
            ),
        ),
        (
            "/// matrice\n    annee: 24\n///",
            "4:12 · /// matrice annee : « 24 » : le nombre doit valoir au moins 1900. Corrigez-le.",
        ),
        (
            "/// agenda\n    periode: 2024-03/2024-01\n///",
            (
                "4:14 · /// agenda periode : « 2024-03/2024-01 » finit avant de commencer. "
                "Échangez les deux dates."
            ),
        ),
        (
            "/// chantiers\n    etat: lancés\n///",
            (
                "4:11 · /// chantiers etat : « lancés » : ce n’est pas un choix possible. "
                "Choisissez parmi : lancé, à lancer, terminé."
            ),
        ),
        (
            "/// agenda | x\n///",
            "3:1 · /// agenda : « x » : ce bloc ne prend rien après « | ». Retirez-le.",
        ),
        (
            "/// article\n///",
            (
                "3:1 · /// article : il manque le contenu à montrer. "
                "Écrivez « /// article | nom-du-fichier »."
            ),
        ),
        (
            "/// article | x\n    titre: a\n///",
            (
                "4:5 · /// article titre : le champ n’existe pas. "
                "Retirez-le : aucun n’est attendu ici."
            ),
        ),
        (
            "/// encart\n    objet: Venir\n\na\n///",
            (
                "4:12 · /// encart objet : « Venir » : sans boîte où écrire, l’objet ne paraîtrait "
                "pas. Ajoutez « contact », ou retirez « objet »."
            ),
        ),
        (
            "/// encart\n    objet: a\n    contact: b\n\nc\n///",
            (
                "5:14 · /// encart contact : « b » n’est pas une adresse de messagerie. "
                "Écrivez-la sous la forme nom@domaine.fr."
            ),
        ),
        (
            "/// citation\n    fonction: préfète\n\na\n///",
            (
                "4:15 · /// citation fonction : « préfète » : sans auteur, la fonction ne "
                "paraîtrait pas. Ajoutez « auteur », ou mettez-y la fonction."
            ),
        ),
        (
            "/// encart\n\na </div> b\n///",
            "3:1 · /// encart : le bloc est coupé par du HTML mal fermé. Retirez ce HTML.",
        ),
    ],
)
def test_what_is_told(text: str, message: str) -> None:
    assert problems(text, line=3) == [message]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "/// encart\n    titre: “Vous” : venez\n\nb\n///\n\n/// encart\n\nc",
            [
                f'4:19 · /// encart titre : « “Vous” : venez » : {CUT}titre: "“Vous” : venez".',
                f"9:1 · /// encart : {UNCLOSED}",
            ],
        ),
        (
            "    /// encart\n\n/// encart\n\n///\n",
            [f"5:1 · /// encart : {EMPTY}"],
        ),
        (
            "> /// encart\n> \n> a\n> ///\n\n/// encart\n    tire: a\n\nb\n///\n",
            [
                "9:5 · /// encart tire : le champ n’existe pas. Vouliez-vous écrire « titre » ?",
            ],
        ),
        (
            (
                "/// encart\n  titre: a\n    objet: b\n\nc\n///\n\n"
                "/// encart\n\n///\n\n/// encart\n\nb"
            ),
            [
                f"4:3 · /// encart titre : {AS_TEXT}",
                f"5:5 · /// encart objet : {AS_TEXT}",
                f"10:1 · /// encart : {EMPTY}",
                f"14:1 · /// encart : {UNCLOSED}",
            ],
        ),
        (
            "/// encart\n    titre: a\n  objet: b\n\nc\n///",
            [f"5:3 · /// encart objet : {AS_TEXT}"],
        ),
    ],
)
def test_each_fault_is_told_of_its_own_block(text: str, messages: list[str]) -> None:
    assert problems(text, line=3) == messages


def test_a_heading_in_a_block_at_fault_can_still_be_linked_to() -> None:
    """Else each link to it would be a second fault."""
    text = "/// citation\n    faux: x\n\n## Un titre\n\nTexte.\n///\n"
    assert problems(text)
    assert "un-titre" in body_of(text).ids


def test_code_that_looks_like_a_block_is_shown_as_written() -> None:
    code = "/// encart | a\n    1: b\n///\n\n/// agenda\n///\n\n/// zzz"
    text = "".join(f"    {line}\n" for line in code.split("\n"))
    assert html_of(f"Un\n\n{text}") == f"<p>Un</p>\n<pre><code>{code}\n</code></pre>"
    assert problems(text) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12:30", "12:30"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("true", "true"),
        ("2024-02-30", "2024-02-30"),
        ("2024-13-45", "2024-13-45"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("=", "="),
        ("<<", "<<"),
        ("'null'", "null"),
        ("null", None),
        ("~", None),
        ("", None),
        ("# rien", None),
        ("a # une remarque", "a"),
        ('"a # b"', "a # b"),
        ("|\n      a\n      b", "a b"),
    ],
)
def test_the_value_of_an_option_is_a_text(written: str, read: str | None) -> None:
    body = body_of(f"/// citation\n    auteur: {written}\n\nb\n///")
    (call,) = body.blocks()
    assert isinstance(call.options, QuoteBlock)
    assert (call.options.author, body.problems) == (read, ())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            "titre: a\n    titre: b",
            (
                "3:5 · /// encart titre : le champ est écrit deux fois (déjà ligne 2). Gardez l’un "
                "des deux."
            ),
        ),
        (
            "titre: Chantier #3",
            (
                "2:21 · /// encart titre : « #3 » serait pris pour un commentaire et perdu. Mettez "
                "toute la valeur entre guillemets (ou une espace après « # »)."
            ),
        ),
        (
            "titre: &a b",
            (
                "2:12 · /// encart titre : « &a b » : les renvois de YAML (« & » et « * ») ne sont "
                "pas permis. Écrivez la valeur en entier, ou entre guillemets."
            ),
        ),
        (
            "titre: {a: b}",
            (
                "2:12 · /// encart titre : « a: b » : une seule valeur est attendue, sans liste ni "
                "groupe. Écrivez-la sur une ligne."
            ),
        ),
        (
            "titre: “a”\n    contact:    b",
            (
                "3:17 · /// encart contact : « b » n’est pas une adresse de messagerie. "
                "Écrivez-la sous la forme nom@domaine.fr."
            ),
        ),
        (
            "titre: a\n    ///",
            (
                "3:5 · /// encart : « /// » est décalé comme une option, et ne ferme rien. "
                "Alignez-le sur l’ouverture du bloc."
            ),
        ),
    ],
)
def test_options_are_read_as_headers_are(options: str, message: str) -> None:
    assert problems(f"/// encart\n    {options}\n\nb\n///") == [message]


def test_a_bomb_in_options_is_never_unfolded() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    names = "abcdefghij"
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in pairwise(names)]
    text = "/// encart\n" + "".join(f"    {line}\n" for line in lines) + "\nb\n///"
    assert [problem.split(" : ")[0] for problem in problems(text)] == ["2:8 · /// encart a"]


NESTED = {
    "a list": ("- a\n\n", "    "),
    "a numbered list": ("1. a\n\n", "    "),
    "a list in a list": ("- a\n    - b\n\n", "        "),
    "a list, by tabs": ("- a\n\n", "\t"),
    "a quotation": ("> a\n>\n", "> "),
    "a quotation in a quotation": ("> > a\n> >\n", "> > "),
    "a list in a quotation": ("> - a\n>\n", ">     "),
    "a quotation in a list": ("- a\n\n", "    > "),
    "a note": ("a[^1]\n\n[^1]: b\n\n", "    "),
}


def nested(place: str, block: str) -> tuple[str, int, int]:
    """Return a text with a block inside something, the line where it starts and its margin."""
    before, margin = NESTED[place]
    lines = "".join(f"{margin}{line}\n" for line in block.split("\n"))
    return before + lines, before.count("\n") + 1, len(margin)


NOT_CLOSED = (
    "une liste entre crochets, ou un groupe entre accolades, n’est pas fermé. Ajoutez « ] » ou "
    "« } »."
)


@pytest.mark.parametrize("place", NESTED)
@pytest.mark.parametrize(
    ("block", "row", "column", "message"),
    [
        ("/// agenda\n    periode: [\n///", 1, 15, f"/// agenda periode : « [ » : {NOT_CLOSED}"),
        ("/// encart\n    titre\n\nb\n///", 1, 5, f"/// encart : {NO_OPTION}"),
        (
            "/// encart\n    tire: a\n\nb\n///",
            1,
            5,
            "/// encart tire : le champ n’existe pas. Vouliez-vous écrire « titre » ?",
        ),
        ("/// encart\n  titre: a\n\nb\n///", 1, 3, f"/// encart titre : {AS_TEXT}"),
        ("/// encart\n    titre: a\n///", 0, 1, f"/// encart : {EMPTY}"),
        ("/// encart\n\na", 0, 1, f"/// encart : {UNCLOSED}"),
        ("/// agneda\n///", 0, 1, "/// agneda : le bloc n’existe pas. Vouliez-vous « agenda » ?"),
        ("/// agenda\n///\n\n///", 3, 1, f"/// : {STRAY}"),
    ],
)
def test_a_block_inside_something_is_told_of_as_any_other(
    place: str, block: str, row: int, column: int, message: str
) -> None:
    text, line, margin = nested(place, block)
    assert problems(text) == [f"{line + row}:{margin + column} · {message}"]


def test_line_ends_of_windows() -> None:
    text = "---\ntitre: a\n---\n- a\n\n    /// encart\n        titre: a: b\n\n    c\n    ///\n"
    document, _ = read_document(PATH, text.replace("\n", "\r\n").encode())
    assert document
    (problem,) = render(document).problems
    assert (problem.position, problem.field) == (Position(7, 17), "/// encart titre")


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("- a\n    /// agenda\n    ///", [f"2:5 · /// agenda : {NO_EMPTY_LINE}"]),
        ("- /// agenda\n      periode: 2024\n  ///", [f"1:3 · /// agenda : {IN_ITEM}"]),
        ("1.  /// agenda\n    ///", [f"1:5 · /// agenda : {IN_ITEM}"]),
        (
            "a\n:   b\n\n    /// agenda\n        periode: [\n    ///",
            [f"5:19 · /// agenda periode : « [ » : {NOT_CLOSED}"],
        ),
        ("a\n:   /// agenda\n    ///", []),
        ("- a\n\n        /// agenda\n            periode: [\n        ///", []),
        ("a\n\n    /// encart\n\n    titre: a\n\n    ///", []),
        ("<!--\n    /// zzz\n    ///\n-->", []),
        ("a\n\n\\///", []),
        ("    /// encart\n\na\n    ///", [f"4:5 · /// : {STRAY}"]),
    ],
)
def test_what_is_no_block_is_told_when_readers_would_see_it(text: str, messages: list[str]) -> None:
    assert problems(text) == messages


LABEL = (
    "3:1 · /// bouton : on ne lit sur un bouton que des mots. Écrivez-les sur une ligne, "
    "sans image, ni liste, ni bloc."
)
NO_LINK = (
    "3:1 · /// bouton : un bouton est déjà un lien, celui d’« adresse ». N’écrivez que ses mots, "
    "sans lien."
)


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ("S’inscrire **en ligne**", []),
        ("S’inscrire\nle 1er", []),
        ("![a](b.svg)", [LABEL]),
        ("Voir ![a](b.svg)", [LABEL]),
        ("- a", [LABEL]),
        ("## a", [LABEL]),
        ("a\n\nb", [LABEL]),
        ("/// agenda\n///", [LABEL]),
        ("a\n\n/// agenda\n///", [LABEL]),
        ("[a](b.md)", [NO_LINK]),
        ("a <https://a.example/>", [NO_LINK]),
    ],
)
def test_what_is_read_on_a_button_is_words(content: str, messages: list[str]) -> None:
    text = f"//// bouton\n    adresse: https://a.example/\n\n{content}\n////"
    assert problems(text, line=3) == messages


@pytest.fixture
def patience() -> Iterator[None]:
    """Stop what does not end."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 10)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("patience")
def test_an_item_that_is_a_block_above_a_block_ends() -> None:
    """Neither waits for the other: pymdownx would turn round for ever."""
    assert problems("- /// encart\n  ///\n/// agenda\n///") == [f"1:3 · /// encart : {IN_ITEM}"]


def test_every_block_can_be_written() -> None:
    """Each with its argument, its content and an example of every option."""
    options = {
        "evenement": "inscription: non",
        "agenda": "periode: 2024-01/2024-03\ncollectif: numerique\npublic: cadres",
        "matrice": "annee: 2024\nmois: utiles",
        "chantiers": "etat: à lancer\ndates: toutes",
        "chiffres": "organisation: reseau",
        "extrait": "titre: non\nsuite: non",
        "encart": "titre: a\ncontact: a@exemple.fr\nobjet: b",
        "citation": "auteur: a\nfonction: b",
        "bouton": "adresse: https://a.example/",
        "image": "fichier: a.svg\nalt: a\nlegende: b\ncredit: c",
    }
    for name, block in BLOCKS.items():
        lines = [f"/// {name} | x" if block.ARGUMENT else f"/// {name}"]
        lines += [f"    {option}" for option in options.get(name, "").split("\n") if option]
        content = "1. Texte" if block is StepsBlock else "Texte"
        lines += ["", content] if block.HAS_CONTENT else []
        body = body_of("\n".join([*lines, "///"]))
        assert body.problems == (), name
        (call,) = body.blocks()
        written = {line.split(":")[0] for line in options.get(name, "").split("\n") if line}
        assert {f.alias for f in block.model_fields.values()} == written, name
        assert isinstance(call.options, block)


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_separators_that_editors_do_not_show_end_no_option(sign: str) -> None:
    """The faults below keep their places; such signs stopped the build."""
    assert problems(f"/// agenda\n    periode: 2024{sign}{sign}{sign}\n    publi: b\n///") == [
        "3:5 · /// agenda publi : le champ n’existe pas. Vouliez-vous écrire « public » ?"
    ]
    assert problems(f"/// agenda\n    public: a{sign}b{sign}\n    periode: b: c\n///") == [
        (
            "3:15 · /// agenda periode : « b: c » : un « : » suivi d’une espace coupe la valeur. "
            'Mettez toute la valeur entre guillemets : periode: "b: c".'
        )
    ]
