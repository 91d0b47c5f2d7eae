"""Slips of Markdown: signs that readers would see as written, or text that they would not see."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from plugins.faults import Edit, empty_line_above, shorten
from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Prose

_BOX = "Ce site n’a pas de cases à cocher. Écrivez « à faire : » ou « fait : »."
_ADMONITION = "Pour un encadré, écrivez « /// encart », une ligne vide, le texte, puis « /// »."
_WIKI = "Pour un lien, écrivez « [les mots](adresse) »."
_COMMAND = "C’est la commande d’un autre logiciel. Retirez-la."
_SMILEY = "Écrivez le signe lui-même, ou retirez-le."
# « […][à] » is a quotation that was mended.
_REFERENCE = re.compile(
    r"\[(?<!\\\[)(?P<words>(?=[^\[\]\n]*\w)[^\[\]\n^][^\[\]\n]*)\](?P<gap> ?)"
    r"\[(?P<label>[^\[\]\n^]*)\]"
)
_ADDRESS = re.compile(r"(?m)^ {0,3}\[[^\]\n^]+\]:")
_NOTE = re.compile(
    r"\[\^(?<!\\\[\^)(?P<label>[^\]\n]{1,200})\](?P<is_text>[ \u00a0\u202f]+:(?=[ \u00a0]))?"
)
_GAP = re.compile(
    r"\[(?<!\\\[)(?P<words>[^\[\]\n]+)\](?P<gap>[ \u00a0\u202f]+\()"
    r"(?P<target>(?:https?://|www\.|mailto:|\.{0,2}/)[^()\s]*|[^()\s]+\.md(?:#[^()\s]*)?)\)"
)
_SWAPPED = re.compile(
    r"\((?<!\\\()(?P<words>[^()\n]+)\)\[(?P<target>(?:https?://|www\.)[^\]\s]*)\]"
)
_STRUCK = re.compile(r"~~(?<!\\~~)(?P<words>[^~\n]+)~~")
_UNCLOSED = re.compile(
    r"\[(?<!\\\[)(?P<words>[^\[\]\n]+)\]\((?P<target>(?:https?://|www\.|mailto:|\.{1,2}/)[^()\s]*)"
    r"(?=\s|\Z)(?![^()\n]*\))"
)
# Signs that other programs read: what is in every text that holds one, and what to write here.
_FOREIGN = (
    (
        ("[ ]", "[x]", "[X]"),
        re.compile(r"(?m)^[ \t]*[-*+][ \t]+(?P<sign>\[[ xX]\])(?=[ \t])"),
        _BOX,
    ),
    (("!!!", "???"), re.compile(r"(?m)^[ \t]*(?P<sign>!!!|\?\?\?\+?)(?=[ \t]+\w)"), _ADMONITION),
    (("{%",), re.compile(r"(?P<sign>\{%[^\n{}]*%\})"), _COMMAND),
    (("[[",), re.compile(r"(?<!\\)(?P<sign>\[\[[^\[\]\n]+\]\])(?![(\[])"), _WIKI),
    ((":",), re.compile(r":(?<![\w:\\]:)(?P<sign>[a-z][a-z0-9_+-]+):(?![\w:/])"), _SMILEY),
)
_RIGHT_BOLD = re.compile(r"(?<!\S)[(«“]?\*\*(?=\w)[^*\n]*[\w.!?…]\*\*(?![\w*])")
_IN_HTML = "Ce texte est dans du HTML, où il n’est pas lu : retirez la balise qui l’entoure."
_YEAR = re.compile(r" {0,3}(?P<year>\d{4})\.[ \t]+\S")
_CODE = re.compile(r" {4,}(?P<words>(?:[A-ZÀ-ÞŒ][’']?[a-zà-ÿœ]|À |« )[^`={}\[\]<>_\\|$#]*)")
_ITEM = re.compile(r" {0,3}(?P<mark>[-*+]|\d+\.)[ \t]+\S")
_BULLET = re.compile(r"[ \t]*(?P<mark>[•●▪◦‣■➢➤])[ \t\u00a0]*\S")
_DASH = re.compile(r"[ \t]*(?P<mark>[–—])[ \u00a0\u202f]\S")
_NUMBER = re.compile(r"[ \t]*(?P<mark>\d{1,2}(?:[)°]|[-/](?=[ \u00a0]))|[a-zA-Z]\))[ \u00a0]+\S")
_WORD_BULLET = re.compile(r"[ \t]*(?P<mark>[·o§])[ \t\u00a0]+\S")
_STUCK = re.compile(r" {0,3}(?P<mark>-[^\W\d_][\w’']*)")
_HEADING = re.compile(r"(?P<mark>#{1,6}) +\S")
_HTML = re.compile(r"(?m)^[ \t]*</?[a-zA-Z]")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_SEPARATOR = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
# The marks of lists elsewhere, the least number of their lines, and what to write.
_LISTS = (
    *((_BULLET, 1, "- "), (_DASH, 2, "- "), (_WORD_BULLET, 2, "- "), (_STUCK, 2, "- ")),
    (_NUMBER, 2, "1. "),
)
# What a list may be stuck to without harm, or what is no paragraph.
_NO_PARAGRAPH = re.compile(r"[ \t]*(?:[-*+>|]|\d+\.[ \t]|#|/{2,}|<|\[[^\]]*\]:)|[ \t]{4}")
_NOTE_TEXT = re.compile(r"(?m)^ {0,3}(?P<mark>\[\^(?P<label>[^\]]*)\]:)")


def slips(
    prose: Prose, wide_rows: Iterable[str] = (), lone_notes: Iterable[str] = ()
) -> Iterator[Problem]:
    """Yield the slips of a text: errors for dead links and notes, warnings for the others.

    `wide_rows` are the rows with more cells than their table has columns, `lone_notes` the labels
    of the notes that nothing calls. In a text with HTML, where Markdown is not read, no slip has a
    remedy of its own.
    """
    has_html = bool(_HTML.search(prose.source))
    for problem in (*_text_slips(prose), *_line_slips(prose)):
        yield replace(problem, edits=()) if has_html else problem
    yield from _wide_rows(wide_rows, prose)
    yield from _lone_notes(lone_notes, prose)


def _text_slips(prose: Prose) -> Iterator[Problem]:
    """Yield the slips inside a line: links, notes, bold, struck words."""
    if "[" in prose.source:
        yield from _references(prose)
        if "[^" in prose.source:
            yield from _notes(prose)
        yield from _links(prose)
    if "**" in prose.source:
        yield from _bold(prose)
    yield from _foreign(prose)
    for found in _STRUCK.finditer(prose.source) if "~~" in prose.source else ():
        if "~~" in prose.shown:
            yield _warning(
                prose,
                found.start(),
                f"{shorten(found[0])} : les « ~~ » sont montrés tels quels, ce site ne barre pas. "
                "Retirez-les, et leur texte s’il n’a plus cours.",
            )


def _references(prose: Prose) -> Iterator[Problem]:
    """Yield the links `[words][label]` whose label has no address.

    « [Nom] [adresse] » may be words to fill in, unless the text gives addresses to labels.
    """
    has_addresses = bool(_ADDRESS.search(prose.source))
    for found in _REFERENCE.finditer(prose.source):
        words, label = found["words"], found["label"] or found["words"]
        is_link = has_addresses or not found["gap"]
        if is_link and f"]{found['gap']}[{found['label']}]" in prose.shown:
            yield Problem(
                prose.place(found.start()),
                "lien",
                f"{shorten(found[0])} : l’adresse « {label} » n’est donnée nulle part. "
                f"Écrivez « [{words}](adresse) ».",
            )


def _notes(prose: Prose) -> Iterator[Problem]:
    """Yield the calls of notes without a text, and the texts hidden by a space before the colon."""
    notes = [found for found in _NOTE.finditer(prose.source) if found[0] in prose.shown]
    texts = {found["label"] for found in notes if found["is_text"]}
    for found in notes:
        label = found["label"]
        edits: tuple[Edit, ...] = ()
        if found["is_text"]:
            if prose.place(found.start()).column == 1:
                edits = (Edit(prose.place(found.start()), found[0], f"[^{label}]:"),)
            message = (
                f"le texte de la note [^{label}] n’est pas lu. "
                f"Écrivez « [^{label}]: », sans espace avant le deux-points."
            )
        elif label in texts:
            continue
        else:
            message = (
                f"la note [^{label}] n’a pas de texte. Ajoutez plus bas une ligne "
                f"« [^{label}]: son texte », ou retirez l’appel."
            )
        yield Problem(prose.place(found.start()), "note", message, edits=edits)


def _links(prose: Prose) -> Iterator[Problem]:
    for found in _GAP.finditer(prose.source):
        if f"]{found['gap']}" in prose.shown:
            right = f"[{found['words']}]({found['target']})"
            yield _warning(
                prose,
                found.start(),
                f"{shorten(found[0])} : une espace sépare « ] » de « ( », et ce n’est pas un lien. "
                f"Écrivez « {right} ».",
                (Edit(prose.place(found.start()), found[0], right),),
            )
    for found in _UNCLOSED.finditer(prose.source):
        if "](" in prose.shown:
            right = f"[{found['words']}]({found['target']})"
            # What ends the sentence may be a part of the address, or not.
            is_whole = found["target"][-1] == "/" or found["target"][-1].isalnum()
            yield _warning(
                prose,
                found.start(),
                f"{shorten(found[0])} : la parenthèse de l’adresse n’est pas fermée. "
                f"Écrivez « {right} ».",
                (Edit(prose.place(found.start()), found[0], right),) if is_whole else (),
            )
    for found in _SWAPPED.finditer(prose.source) if ")[" in prose.source else ():
        if ")[" in prose.shown:
            right = f"[{found['words']}]({found['target']})"
            yield _warning(
                prose,
                found.start(),
                f"{shorten(found[0])} : les mots vont entre crochets, l’adresse entre parenthèses. "
                f"Écrivez « {right} ».",
                (Edit(prose.place(found.start()), found[0], right),),
            )


def _foreign(prose: Prose) -> Iterator[Problem]:
    """Yield the first of each sign of other Markdowns that readers see."""
    for signs, pattern, remedy in _FOREIGN:
        if not any(sign in prose.source for sign in signs):
            continue
        found = next((f for f in pattern.finditer(prose.source) if f["sign"] in prose.shown), None)
        if found:
            sign = shorten(found[0].strip().lstrip("-*+ "))
            message = f"{sign} est montré tel quel. {remedy}"
            yield _warning(prose, found.start("sign"), message)


def _bold(prose: Prose) -> Iterator[Problem]:
    """Yield the first word with visible `**` of each line; in HTML, of the first one."""
    index, has_right = 0, False
    for line in prose.shown.split("\n"):
        word = next((word for word in line.split() if "**" in word), None) if "**" in line else None
        if not word:
            continue
        found = re.compile(rf"(?<!\S){re.escape(word)}(?!\S)").search(prose.source, index)
        if found:
            index = found.end()
            is_right = _RIGHT_BOLD.match(prose.source, found.start())
            if is_right and has_right:
                continue
            has_right = has_right or bool(is_right)
            yield _warning(
                prose,
                found.start(),
                f"{shorten(word)} : ces « ** » sont montrés tels quels. {_IN_HTML}"
                if is_right
                else f"{shorten(word)} : ces « ** » sont montrés tels quels. Le gras s’écrit "
                "« **mots** », sans espace à l’intérieur.",
            )


def _line_slips(prose: Prose) -> Iterator[Problem]:
    """Yield the lists, tables and headings read as the lines of a paragraph."""
    bullets_before = False
    for lines in prose.paragraphs():
        has_bullets = bool(_BULLET.match(lines[0][1]))
        if not (has_bullets and bullets_before):
            yield from _other_bullets(prose, lines)
        bullets_before = has_bullets
        yield from _stuck_list(prose, lines)
        yield from _table(prose, lines)
        yield from _heading(prose, lines)
        yield from _year(prose, lines[0])
        yield from _accidental_code(prose, lines)


def _other_bullets(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    """Yield the first line of a list written with the bullets of a word processor."""
    for sign, least, right in _LISTS:
        found = [(index, match) for index, text in lines if (match := sign.match(text))]
        if len(found) < least or not prose.shows_line(found[0][1].string):
            continue
        index, match = found[0]
        yield _warning(
            prose,
            index + match.start("mark"),
            f"« {match['mark']} » ne fait pas une liste : ses lignes se suivraient. Commencez "
            f"chacune par « {right}», après une ligne vide.",
            _right_marks(prose, lines, found, right),
        )


def _right_marks(
    prose: Prose, lines: list[tuple[int, str]], found: list[tuple[int, re.Match[str]]], right: str
) -> tuple[Edit, ...]:
    """Return the edits that make items of lines; none in doubt.

    A dash may stand inside a sentence: each line below the first one must begin with one. « a) »
    has no mark here. A number stays the item's.
    """
    index, first = found[0]
    count = sum(start >= index for start, _ in lines)
    if first.re in {_DASH, _STUCK} and len(found) < count:
        return ()
    above = [text for start, text in lines if start < index]
    # Below an item, an empty line would part the items of one list.
    is_stuck = bool(above) and not any(map(_ITEM.match, above))
    edits = [empty_line_above(prose.place(index).line)] if is_stuck else []
    for start, item in found:
        old, new = item.string[item.start("mark") : item.end() - 1], right
        if item.re is _STUCK:
            old = "-"
        elif item.re is _NUMBER:
            number = re.match(r"\d+", item["mark"])
            if not number:
                return ()
            new = f"{number[0]}. "
        edits.append(Edit(prose.place(start + item.start("mark")), old, new))
    return tuple(edits)


def _stuck_list(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    """Yield the first item of a list without an empty line between it and the paragraph above.

    A line alone may begin with a dash or a number of the sentence: it counts only after a colon.
    """
    for number in range(1, len(lines)):
        (_, above), (index, text) = lines[number - 1 : number + 1]
        found = _ITEM.match(text)
        if not found or _NO_PARAGRAPH.match(above):
            continue
        items = sum(bool(_ITEM.match(text)) for _, text in lines[number:])
        if items < 2 and not above.rstrip().endswith(":"):
            continue
        if prose.shows_line(text):
            yield _warning(
                prose,
                index + found.start("mark"),
                "la liste est collée au texte qui la précède, et se lirait à sa suite. "
                "Mettez une ligne vide avant elle.",
                (empty_line_above(prose.place(index).line),),
            )
            return


def _table(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    rows = [number for number, (_, text) in enumerate(lines) if _ROW.fullmatch(text)]
    if len(rows) < 2:
        return
    first = rows[0]
    index, text = lines[first]
    if not prose.shows_line(text):
        return
    edits: tuple[Edit, ...] = ()
    if not any(_SEPARATOR.fullmatch(lines[number][1]) for number in rows):
        message = (
            "le tableau serait lu comme du texte. Ajoutez sous cette ligne "
            f"« |{' --- |' * _columns(text)} »."
        )
    elif first:
        message = "le tableau serait lu comme du texte. Mettez une ligne vide avant lui."
        edits = (empty_line_above(prose.place(index).line),)
    elif _columns(lines[1][1]) == _columns(text):
        message = f"le tableau serait lu comme du texte. {_IN_HTML}"
    else:
        message = (
            "le tableau serait lu comme du texte. Sa deuxième ligne, de tirets, doit avoir "
            "autant de colonnes que la première."
        )
    yield _warning(prose, index + len(text) - len(text.lstrip()), message, edits)


def _columns(row: str) -> int:
    return row.strip().strip("|").count("|") + 1


def _heading(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    for index, text in lines:
        if _HEADING.match(text) and prose.shows_line(text):
            yield _warning(
                prose,
                index,
                "l’intertitre est dans du HTML, où il n’est pas lu. Retirez la balise qui "
                "l’entoure.",
            )


def _year(prose: Prose, line: tuple[int, str]) -> Iterator[Problem]:
    """Yield a paragraph that its year and a full stop make a numbered list."""
    index, text = line
    found = _YEAR.match(text)
    if found and prose.shows_list(found["year"]):
        yield _warning(
            prose,
            index + found.start("year"),
            f"« {found['year']}. » commence ici une liste numérotée. Pour une phrase, écrivez "
            f"« {found['year']}\\. ».",
        )


def _accidental_code(prose: Prose, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    """Yield the sentences that four spaces show as code."""
    index, text = lines[0]
    found = _CODE.fullmatch(text.rstrip())
    if found and len(found["words"].split()) >= 3 and prose.shows_code(found["words"]):
        yield _warning(
            prose,
            index + found.start("words"),
            "quatre espaces au début de cette ligne la montrent comme du code. Retirez-les.",
        )


def _wide_rows(rows: Iterable[str], prose: Prose) -> Iterator[Problem]:
    """Yield the rows with more cells than their table has columns."""
    index = 0
    for row in rows:
        index = max(index, prose.source.find(row, index))
        yield Problem(
            prose.place(index),
            "tableau",
            "cette ligne a plus de cases que le tableau n’a de colonnes : les dernières sont "
            "perdues. Ajoutez une colonne, ou écrivez « \\| » pour une barre qui n’en est pas une.",
            is_warning=True,
        )


def _lone_notes(labels: Iterable[str], prose: Prose) -> Iterator[Problem]:
    """Yield the notes that nothing calls."""
    lone = set(labels)
    for found in _NOTE_TEXT.finditer(prose.source) if lone else ():
        label = found["label"]
        if label in lone:
            lone.remove(label)
            yield Problem(
                prose.place(found.start("mark")),
                "note",
                f"la note [^{label}] n’est appelée nulle part. "
                f"Écrivez « [^{label}] » là où elle s’applique, ou retirez-la.",
            )


def _warning(prose: Prose, index: int, message: str, edits: tuple[Edit, ...] = ()) -> Problem:
    return Problem(prose.place(index), "texte", message, is_warning=True, edits=edits)
