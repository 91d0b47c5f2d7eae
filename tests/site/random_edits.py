"""Edits of the sample's files such as a hand or a machine makes by mistake, drawn at random."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

Files = Mapping[str, bytes]
"""The bytes of the files of a content folder, by path."""

_VALUES = (
    *("", "~", "oui", "0", "-1", "99999999999999999999", "a: b", "[a", "{a: b}", "- a", "*a", "&a"),
    *(
        '"',
        "'",
        "|",
        "# a",
        "@a",
        "%",
        "«",
        "…",
        "\u200b",
        "\t",
        "e\u0301",
        "🙂",
        "…/..",
        "a" * 400,
    ),
    *("2024", "2024-02-30", "2024-13", "2024-T4", "2034-01-01", "1024-01-01", "0001-01-01"),
    *("9999-12-31", "2024-03-31 02:30", "25:00", "00:00", "2024-01-08", "brouillon", "publié"),
    *("annulé", "reporté", "visio", "hybride", "tous", "chantier", "lancé", "contact@exemple.fr"),
    *("https://exemple.fr", "http://[", "javascript:alert(1)", "../../x", "/", "a.md", "images/a"),
    *("**gras**", "<b>", "<script>", "&lt;", "[a](b)", "FREQ=DAILY", "FREQ=DAILY;COUNT=999999"),
    *("90, 180", "49.4, 0.1", "1 000", "1e999", "nan"),
)
_LINES = (
    *("///", "////", "/// encart", "/// encart\n///", "/// encart\n\n<!-- à compléter -->\n///"),
    *(
        "/// citation\n\n\u200b\n///",
        "/// bouton\n    adresse: /\n\n<!-- -->\n///",
        "/// agenda\n///",
    ),
    *("/// etapes\n///", "/// etapes\n\n- \n///", "/// image\n    fichier: images/x.png\n///"),
    *(
        "/// chantiers\n    etat: lancé\n///",
        "/// matrice\n    annee: 1024\n///",
        "/// inconnu\n///",
    ),
    *(
        "/// matrice\n///",
        "/// agenda\n    de: 2024-13\n///",
        "/// chiffres\n///",
        "/// evenement | x",
    ),
    *(
        "/// extrait | pages/a-propos\n///",
        "/// extrait | articles/x#y\n///",
        "/// article | x\n///",
    ),
    *("<div>", "</div>", "<b", "<!--", "-->", "<img src=x>", "<table><tr><td>", "&#0;", "&#xd800;"),
    *(
        "[a](",
        "[a]()",
        "[](x.md)",
        "![](x.png)",
        "![a](../images/x.png)",
        "[a][b]",
        "[b]: /x",
        "[^1]",
    ),
    *(
        "[^1]: note",
        "# a",
        "#",
        "## ",
        "---",
        "===",
        "```",
        "~~~",
        "| a |\n|---|",
        "|---|",
        "> " * 60,
    ),
    *(
        "- " * 60 + "a",
        "    code",
        "\t",
        "1.",
        "*",
        "[a](http://[)",
        "[a](mailto:)",
        "<http://[>",
        "$a$",
    ),
    *(
        "\x00",
        "\x0c",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ue000",
        "\ufffd",
        "\u202e",
        "\ud7ff",
        "a" * 9000,
    ),
    *("titre: encore", "inconnu: oui", "statut: brouillon", "expire_le: 2020-01-01", "langue: ar"),
    *(
        "publier_le: 2030-01-01",
        "slug: Été!",
        "slug: agenda",
        "image: x",
        "alias: /agenda/",
        "date:",
    ),
)
_ODD_BYTES = (
    b"\xff",
    b"\x00",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\r",
    b"\x1b[0m",
    b"\xef\xbb\xbf",
    b"\x7f",
)
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_FIELD = re.compile(r"^(?P<key> *(?:- )?[a-z_]+:) *(?P<value>\S.*)$", re.MULTILINE)
_BLOCK = re.compile(r"^/{3,}.*$", re.MULTILINE)


@dataclass(frozen=True)
class Edit:
    """A named change of some files: the new bytes of each, None for a file that is gone."""

    name: str
    changes: Mapping[str, bytes | None]

    def __str__(self) -> str:
        """Return what to write where, to see it again."""
        return f"{self.name} : {dict(self.changes)!r}"[:1500]


def random_edit(files: Files, path: str, random: Random) -> Edit:
    """Return a random edit of a file."""
    data = files[path]
    if not path.endswith((".md", ".yaml")):
        edit: Callable[..., Mapping[str, bytes | None]] = random.choice(
            (_remove, _rename, _cut, _empty)
        )
    else:
        edit = random.choice(_OF_FILES + _OF_TEXTS * 3)
    changes = edit(path, data, random)
    return Edit(edit.__name__.strip("_"), changes)


def _remove(path: str, _data: bytes, _random: Random) -> Mapping[str, bytes | None]:
    return {path: None}


def _rename(path: str, data: bytes, random: Random) -> Mapping[str, bytes | None]:
    file = Path(path)
    name = random.choice(("renomme", "Été 2024", "…", "index", "a.b", "1"))
    folder = random.choice((file.parent.as_posix(), "pages", "articles", "evenements", "images"))
    return {path: None, f"{folder}/{name}{file.suffix}": data}


def _copy(path: str, data: bytes, _random: Random) -> Mapping[str, bytes | None]:
    return {str(Path(path).with_stem(f"{Path(path).stem}-copie")): data}


def _cut(path: str, data: bytes, random: Random) -> Mapping[str, bytes | None]:
    return {path: data[: random.randrange(len(data))]}


def _empty(path: str, _data: bytes, random: Random) -> Mapping[str, bytes | None]:
    return {path: random.choice((b"", b"\n", b"---\n---\n", b"---\n", b"\xef\xbb\xbf"))}


def _odd_bytes(path: str, data: bytes, random: Random) -> Mapping[str, bytes | None]:
    place = random.randrange(len(data))
    return {path: data[:place] + random.choice(_ODD_BYTES) + data[place:]}


def _recode(path: str, data: bytes, random: Random) -> Mapping[str, bytes | None]:
    encoding = random.choice(("utf-16", "cp1252", "utf-8-sig"))
    return {path: data.decode().encode(encoding, errors="replace")}


def _on_text(change: Callable[[str, Random], str]) -> Callable[..., Mapping[str, bytes | None]]:
    def edit(path: str, data: bytes, random: Random) -> Mapping[str, bytes | None]:
        return {path: change(data.decode(), random).encode("utf-8", errors="surrogatepass")}

    edit.__name__ = change.__name__
    return edit


def _on_lines(change: Callable[[list[str], int, Random], None]) -> Callable[[str, Random], str]:
    def edit(text: str, random: Random) -> str:
        lines = text.split("\n")
        change(lines, random.randrange(len(lines)), random)
        return "\n".join(lines)

    edit.__name__ = change.__name__
    return edit


def _delete_line(lines: list[str], number: int, _random: Random) -> None:
    del lines[number]


def _duplicate_line(lines: list[str], number: int, _random: Random) -> None:
    lines.insert(number, lines[number])


def _swap_lines(lines: list[str], number: int, random: Random) -> None:
    other = random.randrange(len(lines))
    lines[number], lines[other] = lines[other], lines[number]


def _indent_line(lines: list[str], number: int, random: Random) -> None:
    lines[number] = random.choice((" ", "  ", "    ", "\t", "\u00a0")) + lines[number]


def _insert_line(lines: list[str], number: int, random: Random) -> None:
    lines.insert(number, random.choice(_LINES))


def _insert_paragraph(lines: list[str], number: int, random: Random) -> None:
    lines.insert(number, f"\n{random.choice(_LINES)}\n")


def _change_value(text: str, random: Random) -> str:
    fields = list(_FIELD.finditer(text))
    if not fields:
        return text
    field, value = random.choice(fields), random.choice(_VALUES)
    return f"{text[: field.end('key')]} {value}{text[field.end() :]}"


def _swap_values(text: str, random: Random) -> str:
    fields = list(_FIELD.finditer(text))
    if len(fields) < 2:
        return text
    first, second = sorted(random.sample(fields, 2), key=lambda field: field.start())
    return (
        text[: first.start("value")]
        + second["value"]
        + text[first.end() : second.start("value")]
        + first["value"]
        + text[second.end() :]
    )


def _change_dates(text: str, random: Random) -> str:
    dates = [*_DATE.findall(text), *("2023-12-31", "2024-02-29", "2026-11-29", "2034-02-01")]
    return _DATE.sub(lambda found: random.choice((found[0], random.choice(dates))), text)


def _break_block(text: str, random: Random) -> str:
    marks = list(_BLOCK.finditer(text))
    if not marks:
        return f"{text}\n/// encart\n"
    mark = random.choice(marks)
    other = random.choice(
        ("", "//", f"/{mark[0]}", f"  {mark[0]}", f"{mark[0]} x", "///", mark[0] * 2)
    )
    return text[: mark.start()] + other + text[mark.end() :]


def _drop_body(text: str, random: Random) -> str:
    end = text.find("\n---", 3)
    return text[: end + 4] + random.choice(("", "\n", "\n\u200b\n", "\n<!-- -->\n", "\n///\n"))


def _drop_character(text: str, random: Random) -> str:
    place = random.randrange(len(text))
    return text[:place] + text[place + 1 :]


_OF_FILES = (_remove, _rename, _copy, _cut, _empty, _odd_bytes, _recode)
_OF_TEXTS = (
    *map(
        _on_text,
        (
            *map(
                _on_lines,
                (
                    _delete_line,
                    _duplicate_line,
                    _swap_lines,
                    _indent_line,
                    _insert_line,
                    _insert_paragraph,
                ),
            ),
            _change_value,
            _swap_values,
            _change_dates,
            _break_block,
            _drop_body,
            _drop_character,
        ),
    ),
)
