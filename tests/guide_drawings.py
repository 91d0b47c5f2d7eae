"""The drawings of the guide: what others' pages look like, in our lines, and ways through git.

Screens of GitLab and GitHub are not ours to photograph, and change: each drawing shows the words to
look for, as these tools write them, and the order of the steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

INK = "#14292c"
QUIET = "#4d5f61"
LINE = "#c9d2cf"
PAPER = "#fdfcf8"
TINT = "#e3f0ee"
PETROL = "#0a5a5a"
_SANS = "font-family=\"'Instrument Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif\""
_SERIF = "font-family=\"'Source Serif 4', Georgia, 'Times New Roman', serif\""
_TITLE = f'{_SERIF} font-size="15" font-weight="600" fill="{INK}"'
_CAPTION = f'{_SANS} font-size="14" fill="{INK}"'
_LABEL = f'{_SANS} font-size="11" font-weight="600" fill="#fff"'
_STRONG = f'{_SANS} font-size="13" font-weight="600" fill="{INK}"'
_PLAIN = f'{_SANS} font-size="13" fill="{QUIET}"'

_EDGE = 24
_GAP = 20
_ROW = 26


@dataclass(frozen=True, slots=True)
class Button:
    """What is to be pressed."""

    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A line to be erased."""

    text: str


Row = str | Button | Mark | Gone


@dataclass(frozen=True, slots=True)
class Step:
    """A frame: where one is, what is there, and below it what one does."""

    place: str
    rows: Sequence[Row]
    caption: str


def drawings() -> dict[str, str]:
    """Return every drawing, by the name of its file."""
    return {
        "publier.svg": _frames(_PUBLISH),
        "annuler.svg": _frames(_UNDO, numbered=False),
        "conflit.svg": _frames(_CONFLICT),
        "gitlab.svg": _frames(_GITLAB),
        "github.svg": _frames(_GITHUB),
    }


_PUBLISH = (
    Step("Votre poste", (Mark("make recevoir"), "", "vous écrivez"), "Vous écrivez."),
    Step("L’aperçu", (Mark("make apercu"), "", Mark("make verifier")), "Vous regardez."),
    Step("Le dépôt", (Mark("make enregistrer"), "", "vérifié, envoyé"), "Vous envoyez."),
    Step("La relecture", ("un collègue lit", "", Button("Fusionner")), "Il accepte."),
    Step("Le site", ("compilé, puis", "mis en ligne"), "Les lecteurs lisent."),
)
_UNDO = (
    Step(
        "Le formulaire",
        ("Statut", Mark("brouillon"), "", Button("Enregistrer")),
        "Le contenu quitte le site.",
    ),
    Step(
        "GitLab, GitHub",
        ("Annoncer le séminaire", Mark("fusionnée"), "", Button("Défaire, ou Revert")),
        "Une demande contraire s’ouvre.",
    ),
    Step(
        "Le terminal",
        (Mark("make annuler"), "laquelle ?", "oui", Mark("make enregistrer")),
        "Les fichiers reviennent.",
    ),
)
_CONFLICT = (
    Step(
        "Ce que git écrit",
        ("<<<<<<< HEAD", "debut: 2024-03-14", "=======", "debut: 2024-03-21", ">>>>>>> 3f2a91c"),
        "Votre ligne, puis celle du collègue.",
    ),
    Step(
        "Vous choisissez",
        (
            Gone("<<<<<<< HEAD"),
            Gone("debut: 2024-03-14"),
            Gone("======="),
            Mark("debut: 2024-03-21"),
            Gone(">>>>>>> 3f2a91c"),
        ),
        "Gardez la bonne, effacez le reste.",
    ),
    Step(
        "Ce qui reste",
        (Mark("debut: 2024-03-21"), "", "puis validez"),
        "Le conflit est réglé.",
    ),
)
_GITLAB = (
    Step(
        "Le fichier",
        ("webinaire.md", "", Button("Modifier"), "Modifier le fichier unique"),
        "Ouvrez-le, puis modifiez.",
    ),
    Step(
        "L’éditeur",
        ("titre: Webinaire", Mark("debut: 2024-04-11"), "", Button("Valider les modifications")),
        "Corrigez, puis validez.",
    ),
    Step(
        "La validation",
        ("Message de commit", Mark("Corriger la date"), "Valider dans une", "nouvelle branche"),
        "Dites ce qui change.",
    ),
    Step(
        "La relecture",
        ("", Button("Créer une requête de fusion"), "", "un collègue la fusionne"),
        "Demandez la relecture.",
    ),
)
_GITHUB = (
    Step(
        "Le fichier",
        ("webinaire.md", "", Button("✎"), "Edit this file"),
        "Ouvrez-le, puis le crayon.",
    ),
    Step(
        "L’éditeur",
        ("titre: Webinaire", Mark("debut: 2024-04-11"), "", Button("Commit changes…")),
        "Corrigez, puis enregistrez.",
    ),
    Step(
        "La fenêtre",
        (
            "Commit message",
            Mark("Corriger la date"),
            "Create a new branch",
            Button("Propose changes"),
        ),
        "Dites ce qui change.",
    ),
    Step(
        "La demande",
        ("", Button("Create pull request"), "", "un collègue la fusionne"),
        "Demandez la relecture.",
    ),
)


def _frames(steps: Sequence[Step], *, numbered: bool = True) -> str:
    """Draw steps from left to right, joined by arrows when they are numbered."""
    width = 960
    each = (width - 2 * _EDGE - _GAP * (len(steps) - 1)) / len(steps)
    deep = 56 + _ROW * max(len(step.rows) for step in steps)
    height = 2 * _EDGE + deep + 22
    parts: list[str] = []
    for number, step in enumerate(steps):
        left = _EDGE + number * (each + _GAP)
        name = f"{number + 1}. {step.place}" if numbered else step.place
        parts += _frame(step, name, left, each, deep)
        if numbered and number:
            parts.append(_arrow(left - _GAP, _EDGE + deep / 2))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}">\n'
        f'<rect width="{width}" height="{height:g}" fill="{PAPER}"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _frame(step: Step, name: str, left: float, width: float, deep: float) -> Iterator[str]:
    inside = left + 12
    yield _rect(left, _EDGE, width, deep, "#fff", LINE)
    yield f'<path d="M{left:g} {_EDGE}h{width:g}" stroke="{INK}" stroke-width="3"/>'
    yield _text(inside, _EDGE + 26, name, _TITLE)
    for row, what in enumerate(step.rows):
        base = _EDGE + 46 + row * _ROW
        yield from _row(what, inside, base, width - 24)
    yield _text(left, _EDGE + deep + 26, step.caption, _CAPTION)


def _row(what: Row, left: float, top: float, width: float) -> Iterable[str]:
    if isinstance(what, Button):
        yield _rect(left, top, width, _ROW - 2, PETROL, PETROL)
        yield _text(left + 8, top + 17, what.label, _LABEL)
    elif isinstance(what, Mark):
        yield _rect(left, top, width, _ROW - 2, TINT, TINT)
        yield _text(left + 8, top + 17, what.text, _STRONG)
    elif isinstance(what, Gone):
        yield _text(left + 8, top + 17, what.text, f'{_PLAIN} text-decoration="line-through"')
    elif what:
        yield _text(left + 8, top + 17, what, _PLAIN)


def _rect(left: float, top: float, width: float, height: float, fill: str, line: str) -> str:
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" '
        f'fill="{fill}" stroke="{line}"/>'
    )


def _text(left: float, base: float, words: str, style: str) -> str:
    return f'<text x="{left:g}" y="{base:g}" {style}>{escape(words)}</text>'


def _arrow(left: float, middle: float) -> str:
    return (
        f'<path d="M{left + 4:g} {middle:g}h12m-5 -5l5 5l-5 5" '
        f'fill="none" stroke="{PETROL}" stroke-width="2"/>'
    )
