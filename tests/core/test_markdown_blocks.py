"""Blocks in Markdown: what they hold, and what is told when they are badly written."""

from __future__ import annotations

from itertools import pairwise

import pytest

from plugins.core.blocks import BLOCKS, AgendaBlock, CalloutBlock, EventBlock, StepsBlock
from plugins.core.bodies import BlockCall, Html
from tests.core.test_markdown import body_of, html_of, problems

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
MATRIX_AS_TEXT = AS_TEXT.replace("encart", "matrice")
STRAY = "cette ligne ne ferme aucun bloc. Retirez-la, ou mettez autant de barres qu’à l’ouverture."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "/// encar\n\na\n///",
            f"3:1 · /// encar : le bloc n’existe pas. Blocs possibles : {NAMES}.",
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
            f'5:13 · /// encart titre : {CUT}titre: "a: b".',
        ),
        ("/// encart\n    titre\n\nc\n///", f"4:5 · /// encart : {NO_OPTION}"),
        ("/// encart\n    1: a\n\nc\n///", f"4:5 · /// encart 1 : {NO_OPTION}"),
        (
            "/// encart\n    titre: 2024-13-45\n\nc\n///",
            (
                "4:5 · /// encart titre : l’option n’est pas lisible. "
                "Mettez sa valeur entre guillemets."
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
            "4:11 · /// encart tire : le champ n’existe pas. Vouliez-vous écrire « titre » ?",
        ),
        (
            "/// encart\n    titre: [a]\n\nb\n///",
            (
                "4:12 · /// encart titre : « … » : une seule valeur est "
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
            "/// evenement | x\n    titre: a\n///",
            (
                "4:12 · /// evenement titre : le champ n’existe pas. "
                "Retirez-le : aucun n’est attendu ici."
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
                f'4:19 · /// encart titre : {CUT}titre: "“Vous” : venez".',
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
                "9:11 · /// encart tire : le champ n’existe pas. Vouliez-vous écrire « titre » ?",
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


def test_code_that_looks_like_a_block_is_shown_as_written() -> None:
    code = "/// encart | a\n    1: b\n///\n\n/// agenda\n///\n\n/// zzz"
    text = "".join(f"    {line}\n" for line in code.split("\n"))
    assert html_of(f"Un\n\n{text}") == f"<p>Un</p>\n<pre><code>{code}\n</code></pre>"
    assert problems(text) == []


def test_a_bomb_in_options_is_an_option_like_another() -> None:
    """Aliases that would unfold to a billion values are never unfolded."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    names = "abcdefghij"
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in pairwise(names)]
    text = "/// encart\n" + "".join(f"    {line}\n" for line in lines) + "\nb\n///"
    assert len(problems(text)) == len(names)


def test_every_block_can_be_written() -> None:
    """Each with its argument, its content and an example of every option."""
    options = {
        "agenda": "periode: 2024-01/2024-03\ncollectif: numerique\npublic: cadres",
        "matrice": "annee: 2024\nmois: utiles",
        "chantiers": "etat: à lancer",
        "chiffres": "organisation: reseau",
        "encart": "titre: a\ncontact: a@exemple.fr\nobjet: b",
        "citation": "auteur: a\nfonction: b",
        "bouton": "adresse: https://a.example/",
        "image": "fichier: a.svg\nalt: a\nlegende: b\ncredit: c",
    }
    for name, block in BLOCKS.items():
        lines = [f"/// {name} | x" if block.ARGUMENT else f"/// {name}"]
        lines += [f"    {option}" for option in options.get(name, "").split("\n") if option]
        lines += ["", "1. Texte"] if block.HAS_CONTENT else []
        body = body_of("\n".join([*lines, "///"]))
        assert body.problems == (), name
        (call,) = body.blocks()
        written = {line.split(":")[0] for line in options.get(name, "").split("\n") if line}
        assert {f.alias for f in block.model_fields.values()} == written, name
        assert isinstance(call.options, block)
