"""The documentation says what the code does: tables, examples, messages, names, links."""

from __future__ import annotations

import ast
import importlib
import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from functools import cache, reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import pelican
import pytest
from invoke.collection import Collection
from invoke.exceptions import Exit
from PIL import Image
from pypdf import PdfReader

import tasks
from plugins.build.command_line import FrenchProgram
from plugins.build.new_commands import Order, create
from plugins.build.report import TO_MEND, print_refusal
from plugins.dates.in_words import format_day
from plugins.dates.parsing import parse_moment
from plugins.dates.recurrence_phrases import rule_of
from plugins.faults import Level
from plugins.french.typography import plain
from plugins.library.occurrences import STATUS_LABELS
from plugins.mailing.smtp_settings import NAMES
from plugins.models import KINDS
from plugins.models.blocks import BLOCKS
from plugins.site.plan import PlannedSite, site_of
from plugins.tools.guide_tables import renewed, tables
from plugins.tools.memo import TARGET, memo
from plugins.views.pages import Page
from tests.guide import (
    BLOCK_PICTURES,
    CHAPTERS,
    CONTENTS,
    GUIDE,
    GUIDE_PICTURES,
    LONGEST,
    PICTURE,
    SAMPLE_DAY,
    Fence,
    block_picture,
    copied_content,
    example_files,
    fences,
    guide_fences,
    guide_text,
    lines_of,
)
from tests.guide_drawings import drawings
from tests.site.small_content import settings_of
from tests.sites import ROOT

README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
DECISIONS = ROOT / "docs" / "decisions.md"
FORM = ROOT / "docs" / "formulaire.md"
DOCUMENTS = (README, ARCHITECTURE, DECISIONS, FORM, *CHAPTERS)


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def prose(document: Path) -> str:
    """Return a document without its blocks of code."""
    text = document.read_text(encoding="utf-8")
    return re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.DOTALL | re.MULTILINE)


def code_words(document: Path) -> list[str]:
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose(document))


# The guide's tables


@pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
def test_tables_are_those_of_the_models(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    assert renewed(text) == text, "renew them: make docs"


def test_every_table_is_in_the_guide_once() -> None:
    found = re.findall(r"<!-- champs:(\S+) -->", guide_text())
    assert sorted(found) == sorted(tables())


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_field_has_a_description_and_an_example(name: str) -> None:
    assert [line for line in tables()[name].splitlines() if re.search(r"\|\s+\|$", line)] == []


def test_contents_lead_to_every_chapter() -> None:
    told = re.findall(r"\]\(([\w/-]+\.md)\)", CONTENTS.read_text(encoding="utf-8"))
    here = {path.relative_to(GUIDE).as_posix() for path in CHAPTERS}
    parts = {"README.md", "aide-memoire.md", *(path for path in here if path.startswith("blocs-"))}
    assert sorted(told) == sorted(here - parts)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
def test_chapters_are_short(chapter: Path) -> None:
    assert lines_of(chapter) <= LONGEST


@pytest.mark.parametrize("chapter", sorted(GUIDE.glob("*.md")), ids=name_of)
def test_chapters_begin_with_the_shortest_way(chapter: Path) -> None:
    if chapter.name in {"README.md", "aide-memoire.md"}:
        return
    lines = chapter.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert lines[2].startswith("**Le plus court.** ")


def test_every_block_has_its_section() -> None:
    assert {name for name in BLOCKS if f"\n## {name}\n" not in guide_text()} == set()


# The guide's examples


def test_every_example_is_marked() -> None:
    """An example without a mark would be checked by nobody."""
    unmarked = [
        fence.place
        for fence in guide_fences()
        if fence.language in {"markdown", "yaml"}
        and not any(fence.attribute(name) for name in ("title", "entete", "corps"))
    ]
    assert unmarked == []


@cache
def planned(content: Path) -> PlannedSite:
    """Return a content folder read and planned as `make check` does, with its faults."""
    epoch = str(int(SAMPLE_DAY.timestamp()))
    override = {"PATH": str(content), "SOURCE_DATE_EPOCH": epoch}
    return site_of(pelican.read_settings(str(ROOT / "pelicanconf.py"), override=override))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample content with all the guide's examples in it."""
    return copied_content(tmp_path_factory.mktemp("guide"), example_files())


def test_examples_are_right(examples: Path) -> None:
    faults = planned(examples).faults
    mine = set(example_files())
    assert [str(fault) for fault in faults if fault.path.as_posix() in mine] == []


def test_examples_build(examples: Path) -> None:
    """All pages are made, the letters' other forms too; the first event is where the guide says."""
    found = planned(examples)
    made = {}
    for item in found.plan:
        if isinstance(item, Page):
            made[item.address] = found.theme.render(found.site.page_view(item)).decode()
        elif item.address.startswith("/lettres/"):
            assert item.content(), item.address
    event = "/evenements/petit-dejeuner-operateurs/"
    assert f"http://localhost:8000{event}" in guide_text()
    assert f"{event.rstrip('/')}.ics" in found.addresses
    assert event in made
    for address in ("/agenda/", "/agenda/2024/", "/agenda/2024/03/", "/groupes/operateurs/"):
        assert event in made[address], address
    assert "Clôture des inscriptions" in made["/"]
    assert "bienvenue-aux-operateurs" in made["/actualites/"]
    assert not any("pour-plus-tard" in page for page in made.values())
    mine = set(example_files())
    assert [str(fault) for fault in found.notices.checked() if fault.path.as_posix() in mine] == []


def test_phrases_of_recurrences_are_understood() -> None:
    text = (GUIDE / "un-evenement-qui-revient.md").read_text(encoding="utf-8")
    table = text.partition("| Pour | écrivez |")[2].partition("\n\n")[0]
    phrases = re.findall(r"`([^`]+)`", table)
    assert phrases
    assert all(rule_of(phrase).startswith("FREQ=") for phrase in phrases)


# The guide's messages


class Terminal(io.StringIO):
    """A terminal, and what it shows without its colours and links."""

    def isatty(self) -> bool:
        return True

    def shown(self) -> str:
        return re.sub(r"\x1b(?:\[[\d;]*m|\].*?\x1b\\)", "", self.getvalue())


def test_faulty_example_says_what_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "92")
    monkeypatch.setenv("TERM", "xterm")
    shown = guide_fences()
    faulty = [number for number, fence in enumerate(shown) if fence.is_faulty]
    assert faulty
    for number in faulty:
        path = shown[number].attribute("title")
        assert path
        assert shown[number + 1].language == "text"
        folder = tmp_path / str(number)
        faults = planned(copied_content(folder, {path: shown[number].text})).faults
        said = Terminal()
        print_refusal([fault for fault in faults if fault.path.as_posix() == path], said, TO_MEND)
        assert plain(said.shown()) == plain(shown[number + 1].text)


def test_messages_are_those_of_the_code() -> None:
    table = plain(guide_text()).partition("<!-- messages -->")[2].partition("<!-- /messages -->")[0]
    rows = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)[2:]
    assert rows
    assert [row for row in rows if row not in said_by_the_code()] == []


@cache
def said_by_the_code() -> str:
    """Return all the texts of the code, with plain apostrophes and spaces."""
    texts = []
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                texts.append("".join(_constant(value) for value in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
    return plain("\n".join(texts))


def _constant(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "…"


def test_what_the_guide_says_in_passing() -> None:
    """The day of the preview, the words of a status, the advice on a date, every folder."""
    guide = plain(guide_text())
    day = plain(format_day(SAMPLE_DAY.date()))
    assert guide.count(f"L'aperçu vit le {day}") == 1
    assert plain(README.read_text(encoding="utf-8")).count("8 January 2024") == 1
    for status, label in STATUS_LABELS.items():
        assert f"| `{status}` | « {label} »" in guide
    with pytest.raises(ValueError, match=r"écrivez 2024-03-25\."):
        parse_moment("25/03/2024")
    assert "pour « 25/03/2024 », il propose 2024-03-25" in guide
    assert {
        kind.folder for kind in KINDS if f"\n| `content/{kind.folder}/` |" not in guide
    } == set()


def test_messages_quoted_as_questions_are_those_of_the_code() -> None:
    text = plain((GUIDE / "que-faire-si.md").read_text(encoding="utf-8"))
    quoted = re.findall(r"^- \*\*« (.+) »\*\*", text, re.MULTILINE)
    assert quoted
    said = said_by_the_code() + plain((ROOT / "tasks.py").read_text(encoding="utf-8"))
    assert [words for words in quoted if words not in said] == []


# Names: files, modules, commands, templates


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_exist(document: Path) -> None:
    """Every `make`, in a block or in a sentence, is accepted by the command line."""
    refused = {}
    for words in _made(document):
        try:
            parsed(words)
        except Exit as error:
            refused[" ".join(words)] = error.message
    assert refused == {}
    for module in re.findall(r"python -m ([\w.]+)", document.read_text(encoding="utf-8")):
        assert importlib.util.find_spec(module), module


def parsed(words: list[str]) -> None:
    """Read a command line as `make` does, without running it. Raises Exit, in French."""
    if words[0] in {"aide", "help"}:
        named = [word.removeprefix("COMMANDE=") for word in words[1:]]
        assert set(named) <= {path.stem for path in (ROOT / "docs/aide").iterdir()}
        return
    program = FrenchProgram(namespace=commands())
    program.create_config()
    program.parse_core(["make", *words])
    program.parse_collection()
    program.parse_tasks()


def test_harmless_commands_of_the_guide_run() -> None:
    """Those that neither write nor wait do what they say, without a refusal."""
    told = {tuple(words) for chapter in CHAPTERS for words in _made(chapter)}
    helps = {words for words in told if words[0] == "aide"}
    assert helps
    for words in ((), *sorted(helps), ("verifier",)):
        done = subprocess.run(["make", *words], cwd=ROOT, check=False, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b""), words
        assert done.stdout


def test_new_contents_of_the_guide_are_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `make nouveau` writes as the guide calls it has no error."""
    content = copied_content(tmp_path, {})
    settings = settings_of(tmp_path)
    told = {tuple(words) for chapter in CHAPTERS for words in _made(chapter)}
    whole = {line for line in told if line[0] == "nouveau" and _needs_no_answer(line)}
    said = {}
    for words in whole:
        answers = dict(word.split("=", 1) for word in words[1:])
        creates = answers.pop("CREER", "") == "oui"
        assert create(settings, Order(answers, creates=creates)) == 0, words
        said[words] = plain(capsys.readouterr().out)
    faults = planned(content).faults
    assert [str(fault) for fault in faults if fault.level is Level.ERROR] == []
    shown = {tuple(shlex.split(ask.text)[1:]): plain(answer.text) for ask, answer in _dialogues()}
    assert shown
    assert shown.items() <= said.items()


def _dialogues() -> list[tuple[Fence, Fence]]:
    """Return each command of the guide that its answer follows."""
    every = guide_fences()
    return [
        (ask, answer)
        for ask, answer in pairwise(every)
        if ask.language == "sh" and answer.language == "text"
    ]


def _needs_no_answer(words: tuple[str, ...]) -> bool:
    return "TYPE=lettre" in words or any(word.startswith("TITRE=") for word in words)


def commands() -> Collection:
    """Return the commands of the house; Invoke takes their help away as it reads them."""
    return deepcopy(Collection.from_module(tasks))


def _made(document: Path) -> list[list[str]]:
    """Return the words that follow every `make` in code, in a block or in a sentence."""
    blocks = [fence.text for fence in fences(document) if fence.language == "sh"]
    lines = "\n".join((*blocks, *code_words(document)))
    told = re.findall(r"^(?:[A-Z_]+=\S* )*make (\S.*)$", lines, re.MULTILINE)
    return [shlex.split(words, comments=True) for words in told]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_paths_exist(document: Path) -> None:
    examples = set(re.findall(r"`([^`]+)`", " ".join(tables().values())))
    missing = [
        word
        for word in code_words(document)
        if word not in examples
        and re.fullmatch(r"[\w./*-]+", word)
        and _looks_like_a_path(word)
        and not any((base / word).exists() for base in BASES)
        and not (ROOT / "theme" / "templates" / f"{word}.html").exists()
    ]
    assert missing == []


BASES = (ROOT, ROOT / "plugins", ROOT / "content", ROOT / "theme" / "templates")
# What commands and editors make.
MADE = {".venv", "output/", "content/documents/", "content/evenements/webinaire.md", "ressources/"}
MADE |= {"content/donnees/envois.yaml", ".cache/"}
# Addresses, periods, links from a file of the content, files that the guide's reader would bring.
NO_PATH = re.compile(r"^(?:/|\.\./|\d{4}-|documents/|exports/|[\w-]+\.(?:md|jpg)$)")


def _looks_like_a_path(word: str) -> bool:
    if word in MADE or word in example_files() or NO_PATH.match(word):
        return False
    return "/" in word or re.search(r"\.(py|html|css|js|toml|lock|sh)$", word) is not None


def test_variables_of_the_sending_are_those_of_the_code() -> None:
    told = set(re.findall(r"PASSERELLE_SMTP_\w+", guide_text()))
    assert told == set(NAMES)


def test_every_package_has_its_line() -> None:
    table = prose(ARCHITECTURE).partition("## The packages")[2].partition("\n\nBeside")[0]
    told = set(re.findall(r"^\| `([\w.]+)/?` \|", table, re.MULTILINE)) - {"plugins"}
    packages = {
        path.name
        for path in (ROOT / "plugins").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert told == packages - {"__init__.py"}


@pytest.mark.parametrize("document", [ARCHITECTURE, DECISIONS], ids=lambda path: path.name)
def test_dotted_names_exist(document: Path) -> None:
    packages = "|".join(path.stem for path in (ROOT / "plugins").iterdir() if path.stem[0] != "_")
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(rf"(?<![\w./])(?:{packages})(?:\.[A-Za-z_]\w*)+", text))
    named = {name for name in named if not name.endswith((".py", ".js", ".md"))}
    assert named
    assert {name for name in named if not _exists(name)} == set()


def _exists(name: str) -> bool:
    parts = name.removeprefix("plugins.").split(".")
    for length in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(["plugins", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        try:
            reduce(getattr, parts[length:], module)
        except AttributeError:
            return False
        return True
    return False


def test_functions_of_the_recipes_exist() -> None:
    """A private name, or a constant in capitals, is somewhere in the code."""
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "plugins").rglob("*.py"))
    code += (ROOT / "tests" / "sites.py").read_text(encoding="utf-8")
    code += (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    code += " ".join(pelican.settings.DEFAULT_CONFIG)
    named = {w for w in code_words(ARCHITECTURE) if re.fullmatch(r"_[a-z_]+|[A-Z][A-Z_]{3,}", w)}
    assert named
    assert {name for name in named if not re.search(rf"\b{name}\b", code)} == set()


def test_filters_and_globals_of_templates_are_told() -> None:
    theme = planned(ROOT / "content").theme
    words = set(re.findall(r"\w+", prose(ARCHITECTURE)))
    assert {*_own(theme.environment.filters), *_own(theme.environment.globals)} - words == set()


def _own(names: dict[str, Any]) -> set[str]:
    """Return what the theme adds to Jinja."""
    from jinja2 import Environment  # noqa: PLC0415

    bare = Environment()  # noqa: S701 - nothing is rendered
    return set(names) - set(bare.filters) - set(bare.globals)


# Links and form


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    faults = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]+`", "", prose(document))):
        if re.match(r"https?:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (document.parent / path) if path else document
        if not file.exists() or (fragment and fragment not in _anchors(file)):
            faults.append(target)
    assert faults == []


def _anchors(document: Path) -> Iterator[str]:
    """Yield the anchors that GitHub and its like give to headings."""
    for heading in re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_documents_are_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 100
    assert len(ARCHITECTURE.read_text(encoding="utf-8").split()) < 1500  # three pages


def test_every_block_is_shown_in_the_guide() -> None:
    text = guide_text()
    for name in BLOCKS:
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        picture = rf"^!\[[^\]]+\]\(\.\./images/blocs/{name}\.png\)$"
        assert re.search(picture, section, re.MULTILINE), name
        assert block_picture(name).stat().st_size < 60_000
    assert sorted(path.stem for path in BLOCK_PICTURES.iterdir()) == sorted(BLOCKS)


def test_every_picture_of_the_guide_is_shown() -> None:
    """Each has its words, and is light."""
    picture = re.compile(r"^!\[([^\]]{20,})\]\(\.\./images/guide/(\S+)\)$", re.MULTILINE)
    shown = picture.findall(guide_text())
    assert sorted(name for _, name in shown) == sorted(p.name for p in GUIDE_PICTURES.iterdir())
    assert {p.name for p in GUIDE_PICTURES.iterdir() if p.stat().st_size > 80_000} == set()


def test_drawings_are_those_of_the_script() -> None:
    made = drawings()
    assert made == {p.name: p.read_text("utf-8") for p in GUIDE_PICTURES.glob("*.svg")}


def test_aide_memoire_is_one_page() -> None:
    """It is drawn anew from its Markdown, and says what the one to print says."""
    (page,) = PdfReader(GUIDE / TARGET).pages
    made = memo(GUIDE, ROOT / "theme/print/fonts")
    (drawn,) = PdfReader(io.BytesIO(made.data)).pages
    assert [round(side) for side in page.mediabox] == [0, 0, 595, 842]
    assert page.extract_text() == drawn.extract_text(), "draw it anew: make docs"


def test_picture() -> None:
    assert PICTURE.stat().st_size < 150_000
    with Image.open(PICTURE) as image:
        assert image.size == (1280, 900)
