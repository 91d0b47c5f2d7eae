"""The body of a text is the same whatever was converted before it, nothing included."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from plugins.front_matter.document import Document
from plugins.markdown.bodies import Body
from plugins.markdown.conversion import render

ARTICLE, LETTER = "content/articles/essai.md", "content/lettres/1.md"
TOO_DEEP = "> " * 2000 + "a"
# Each leaves something behind in a converter that is not its own.
TEXTS = {
    "nothing": (ARTICLE, ""),
    "unseen sign": (ARTICLE, "\u200b"),
    "comment": (ARTICLE, "<!-- à venir -->"),
    "lone note": (ARTICLE, "a\n\n[^9]: perdue"),
    "same note, called": (ARTICLE, "a[^9]\n\n[^9]: appelée"),
    "wide row": (ARTICLE, "| a | b |\n|---|---|\n| c | d |\n| e | f | g |"),
    "address": (ARTICLE, "[a][b] et CNFPT\n\n[b]: /c/\n*[CNFPT]: Centre"),
    "no address": (ARTICLE, "[a][b] et CNFPT\n\n### D\n\nd"),
    "block left open": (ARTICLE, "/// citation\n    auteur: A\n\nb"),
    "block": (ARTICLE, "## A\n\n/// encart\n\nb\n///"),
    "empty letter": (LETTER, ""),
    "letter": (LETTER, "### A\n\na\n\n## B\n\n/// agenda\n///"),
    "too deep": (ARTICLE, TOO_DEEP),
}


def body_of(name: str) -> Body:
    path, text = TEXTS[name]
    return render(Document(Path(path), {}, text, 3))


@pytest.mark.parametrize("text", ["", "\u200b"])
@pytest.mark.parametrize("before", [(), (TOO_DEEP,)])
def test_text_without_words_read_first(text: str, before: tuple[str, ...]) -> None:
    """In a process of its own: one that has converted a text would hide the defect."""
    code = (
        "from pathlib import Path\n"
        "from plugins.front_matter.document import Document\n"
        "from plugins.markdown.conversion import render\n"
        f"for text in {(*before, text)!r}:\n"
        f"    body = render(Document(Path({ARTICLE!r}), {{}}, text, 3))\n"
        "print(body)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stderr, run.stdout.strip()) == ("", str(Body()))


@pytest.mark.parametrize(("first", "second"), list(combinations(TEXTS, 2)))
def test_two_texts_in_both_orders(first: str, second: str) -> None:
    body = body_of(first)
    after = body_of(second)
    assert body_of(first) == body
    assert body_of(second) == after
