"""Footnotes that no call leads to: their text alone is left, and told of."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Prose

_TEXT = re.compile(r"(?m)^ {0,3}(?P<mark>\[\^(?P<label>[^\]]*)\]:)")
_LINK, _NOTE, _CALL = "footnote-backref", "fn:", "fnref:"


class LoneNotes(Extension):
    """Takes from the notes that nothing calls their link back, which would lead nowhere.

    `labels` are those of such notes of the text.
    """

    def __init__(self) -> None:
        """Start without notes."""
        super().__init__()
        self.labels: list[str] = []

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Look at notes once all calls and all links back are there."""
        md.treeprocessors.register(_LoneNotes(md, self.labels), "passerelle-notes", 14)
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget the notes of a text."""
        self.labels.clear()


class _LoneNotes(Treeprocessor):
    def __init__(self, md: markdown.Markdown, labels: list[str]) -> None:
        super().__init__(md)
        self._labels = labels

    def run(self, root: Element) -> None:
        called = {element.get("id") for element in root.iter("sup")}
        for note in root.iter("li"):
            label = (note.get("id") or "").removeprefix(_NOTE)
            if note.get("id") == f"{_NOTE}{label}" and f"{_CALL}{label}" not in called:
                self._labels.append(label)
                for parent in list(note.iter()):
                    for child in [c for c in parent if c.get("class") == _LINK]:
                        parent.remove(child)


def lone_note_problems(labels: Iterable[str], prose: Prose) -> Iterator[Problem]:
    """Yield a fault per note that nothing calls, at its text."""
    lone = set(labels)
    for found in _TEXT.finditer(prose.source) if lone else ():
        label = found["label"]
        if label in lone:
            lone.remove(label)
            yield Problem(
                prose.place(found.start("mark")),
                "note",
                f"la note [^{label}] n’est appelée nulle part. "
                f"Écrivez « [^{label}] » là où elle s’applique, ou retirez-la.",
            )
