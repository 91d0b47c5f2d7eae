"""Passerelle as Pelican's users know a plugin: its command, its settings, its signals."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

import pelican
import pytest
from lxml import html

from plugins.build import publication
from tests.previews import free_port
from tests.site.small_content import settings_of, write_content
from tests.sites import ROOT, build_site, run_apart

PELICAN = str(Path(sys.executable).with_name("pelican"))
PATIENCE = 60.0
EVENT = "evenements/webinaire.md"
ARTICLE = "articles/bilan.md"
CLOSING = "1 erreur : rien n’a été publié, output/ est resté tel quel."
PRECEDES = (
    "erreur content/evenements/webinaire.md:5:6 · fin : « 16:00 » précède le début (17:00). "
    "Corrigez l’un des deux."
)


def pelican_command(folder: Path, *options: str) -> list[str]:
    return [
        *(PELICAN, "content", "-s", "settings.py"),
        *("-o", str(folder / "output"), *options),
    ]


def run_pelican(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run Pelican's own command where `write_content` wrote."""
    _, *arguments = pelican_command(folder, *options)
    return run_apart(partial(_pelican, arguments), folder)


def _pelican(arguments: list[str]) -> int:
    return pelican.main(arguments) or 0


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the command has written the site."""
    folder = tmp_path_factory.mktemp("built")
    write_content(folder)
    assert run_pelican(folder).returncode == 0
    return folder


def copy_of(built: Path, folder: Path) -> None:
    """Fill an empty folder with that one, as it stands after the command."""
    shutil.copytree(built, folder, dirs_exist_ok=True)
    settings_of(folder)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_settings(settings: Path, text: str) -> None:
    """Append lines to a settings file, whose folder may then hold plugins."""
    with settings.open("a", encoding="utf-8") as file:
        file.write(f"sys.path.insert(0, {str(settings.parent)!r})\n{textwrap.dedent(text)}")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def words(text: str) -> str:
    return " ".join(text.split())


# The command


@pytest.mark.parametrize("settings", ["pelicanconf.py", "publishconf.py"])
def test_command_reads_the_settings_of_the_site(settings: str) -> None:
    done = subprocess.run(
        [PELICAN, "content", "-s", settings, "--print-settings", "PLUGINS"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, words(done.stdout)) == (0, "PLUGINS: ['plugins.passerelle']")


def test_command_writes_the_site_of_a_build_and_counts_it(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    for name in (ARTICLE, EVENT):
        draft = (tmp_path / "content" / name).with_stem("brouillon")
        draft.write_text(
            (tmp_path / "content" / name)
            .read_text(encoding="utf-8")
            .replace("resume:", "statut: brouillon\nresume:"),
            encoding="utf-8",
        )
    build_site(tmp_path / "built", settings)

    done = run_pelican(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert words(done.stdout).startswith(
        "Done: Processed 1 article, 1 draft, 0 hidden articles, 2 pages, 0 hidden pages "
        "and 1 draft page in "
    )
    assert files(tmp_path / "output") == files(tmp_path / "built")


def test_command_writes_over_a_former_site(built: Path, tmp_path: Path) -> None:
    copy_of(built, tmp_path)
    before = files(tmp_path / "output")
    replace(tmp_path / "content" / ARTICLE, "Un bilan.", "Un autre bilan.")
    (tmp_path / "output/ailleurs.txt").write_text("À garder")
    (tmp_path / "output/.passerelle").mkdir()
    (tmp_path / "output/.passerelle/0").write_text("What a killed run left")

    done = run_pelican(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    after = files(tmp_path / "output")
    index = "recherche/index/"
    others = {name for name in after if not name.startswith(index)}
    assert others == {*(name for name in before if not name.startswith(index)), "ailleurs.txt"}
    # The files of the search have names made of what they hold: none of a former one stays.
    assert len(after) == len(before) + 1
    assert "Un autre bilan." in after["actualites/bilan/index.html"].decode()


def precedes(content: Path) -> None:
    replace(content / EVENT, '"18:30"', '"16:00"')


def unprintable(content: Path) -> None:
    """Break what only the making of the letter's PDF shows."""
    (content / "lettres").mkdir()
    (content / "lettres/1.md").write_text(
        "---\ntitre: Un numéro\nnumero: 1\ndate: 2024-01-05\nresume: Deux mots.\n---\nUn 木.\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (precedes, PRECEDES),
        (
            unprintable,
            (
                "erreur content/lettres/1.md:7:4 · PDF : aucune police de l’impression n’a le "
                "caractère « 木 » (U+6728) : remplacez-le."
            ),
        ),
    ],
)
def test_command_tells_faults_and_writes_nothing(
    built: Path, tmp_path: Path, broken: Callable[[Path], None], line: str
) -> None:
    copy_of(built, tmp_path)
    before = files(tmp_path / "output")
    broken(tmp_path / "content")
    replace(tmp_path / "content" / ARTICLE, "Un bilan.", "Un autre bilan.")

    done = run_pelican(tmp_path)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [line, CLOSING]
    assert done.stdout.strip() == ""
    assert files(tmp_path / "output") == before

    shutil.rmtree(tmp_path / "output")
    assert run_pelican(tmp_path).returncode == 1
    assert files(tmp_path / "output") == {}


def test_command_tells_warnings(tmp_path: Path) -> None:
    write_content(tmp_path)
    replace(tmp_path / "content" / EVENT, "resume:", "statut: brouillon\nresume:")
    precedes(tmp_path / "content")
    replace(tmp_path / "content" / ARTICLE, "[webinaire](../evenements/webinaire.md)", "webinaire")

    done = run_pelican(tmp_path)

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        PRECEDES.replace("erreur", "avis").replace(":5:6", ":6:6"),
    ]


# The server that rebuilds


class Watched:
    """`pelican -lr` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.said = folder / "said.txt"
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                pelican_command(folder, "-lr", "-p", str(self.port), "-b", "127.0.0.1"),
                cwd=folder,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def get(self, address: str) -> str:
        """Return the page at an address, empty while there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", address)
            return connection.getresponse().read().decode()
        except (ConnectionError, http.client.RemoteDisconnected):
            return ""
        finally:
            connection.close()

    def wait(self, happened: Callable[[], bool], saved: Path | None = None) -> None:
        """Wait; a file just saved is saved again now and then, lest nobody watched it yet."""
        deadline = time.monotonic() + PATIENCE
        for turn in count(1):
            if happened():
                return
            assert time.monotonic() < deadline, self.said.read_text(encoding="utf-8")
            time.sleep(0.1)
            if saved and turn % 40 == 0:
                saved.touch()

    def faults(self) -> list[str]:
        lines = self.said.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(("erreur ", "1 erreur"))]


@contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    server = Watched(folder)
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()


def test_listening_command_rebuilds_and_outlives_faults(tmp_path: Path) -> None:
    """A fault is told once for each edit, even the same; the site that stood is served."""
    write_content(tmp_path)
    event = tmp_path / "content" / EVENT
    page = "/evenements/webinaire/"
    with watched(tmp_path) as server:
        server.wait(lambda: "Le texte du webinaire." in server.get(page))
        replace(event, "Le texte du", "Le nouveau texte du")
        server.wait(lambda: "Le nouveau texte du webinaire." in server.get(page), event)

        replace(event, '"18:30"', '"16:00"')
        server.wait(lambda: server.faults()[-2:] == [PRECEDES, CLOSING], event)
        told = server.faults()
        time.sleep(2)
        assert server.faults() == told
        replace(event, "nouveau texte", "texte en faute")
        server.wait(lambda: server.faults() == [*told, PRECEDES, CLOSING], event)
        assert "Le nouveau texte du webinaire." in server.get(page)

        replace(event, '"16:00"', '"18:00"')
        server.wait(lambda: "Le texte en faute du webinaire." in server.get(page), event)

        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(PATIENCE) == 0
    said = server.said.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert "ContentErrors" not in said


# The signals

RECORDER = """
    import json
    from pathlib import Path
    from pelican import signals
    from pelican.contents import Article
    from plugins import passerelle

    contents, written = [], []

    def read(content):
        contents.append({
            "class": "Article" if isinstance(content, Article) else "Page",
            "title": content.title,
            "slug": content.slug,
            "url": content.url,
            "save_as": content.save_as,
            "source": content.relative_source_path,
            "exists": Path(content.source_path).is_file(),
            "date": content.date.isoformat() if hasattr(content, "date") else None,
            "category": str(content.category),
            "tags": [str(tag) for tag in content.tags],
            "authors": [str(author) for author in getattr(content, "authors", [])],
            "status": content.status,
            "summary": content.summary,
            "content": content.content,
            "metadata": " ".join(sorted(content.metadata)),
        })

    def wrote(path, context):
        about = context.get("article") or context.get("page")
        written.append([path, Path(path).is_file(), context["output_file"], about and about.slug])

    def finish(pelican):
        said = {"contents": contents, "written": written, "articles": CONTEXT["articles"]}
        Path(__file__).with_suffix(".json").write_text(json.dumps(said))

    CONTEXT = {}

    def planned(generators):
        context = generators[0].context
        CONTEXT["articles"] = [article.slug for article in context["articles"]]
        assert all(name in context["generated_content"] for name in ("articles/bilan.md",))

    def register():
        passerelle.register()  # a second time: nothing is done twice
        signals.content_object_init.connect(read)
        signals.content_written.connect(wrote)
        signals.all_generators_finalized.connect(planned)
        signals.finalized.connect(finish)
"""


def test_plugins_hear_of_all_that_is_read_and_written(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    header = "themes: [Cloud, Données]\nauteurs: [La rédaction]\nrubrique: Appel\nresume:"
    replace(tmp_path / "content" / ARTICLE, "resume:", header)
    draft = (tmp_path / "content" / ARTICLE).read_text(encoding="utf-8")
    (tmp_path / "content/articles/brouillon.md").write_text(
        draft.replace("resume:", "statut: brouillon\nresume:"), encoding="utf-8"
    )
    (tmp_path / "recorder.py").write_text(textwrap.dedent(RECORDER), encoding="utf-8")
    add_settings(settings, 'PLUGINS = ["plugins.passerelle", "recorder"]\n')

    done = run_pelican(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads((tmp_path / "recorder.json").read_text())
    contents = {content["slug"]: content for content in said["contents"]}
    assert sorted(contents) == ["bilan", "numerique", "webinaire"]
    article = contents["bilan"]
    assert '<a href="/evenements/webinaire/">' in article.pop("content")
    assert article == {
        "class": "Article",
        "title": "Bilan",
        "slug": "bilan",
        "url": "actualites/bilan/",
        "save_as": "actualites/bilan/index.html",
        "source": "articles/bilan.md",
        "exists": True,
        "date": "2024-01-02T00:00:00+01:00",
        "category": "Appel",
        "tags": ["Cloud", "Données"],
        "authors": ["La rédaction"],
        "status": "published",
        "summary": "Un bilan.",
        "metadata": "authors category date lang save_as slug status summary tags title url",
    }
    event = contents["webinaire"]
    assert (event["class"], event["date"], event["category"]) == ("Page", None, "evenements")
    assert said["articles"] == ["bilan"]

    written = {path: rest for path, *rest in said["written"]}
    assert len(written) == len(said["written"])
    output = tmp_path / "output"
    assert {Path(path).relative_to(output).as_posix() for path in written} == set(files(output))
    for path, (is_there, name, _) in written.items():
        assert is_there
        assert output / name == Path(path)
    about = {name: slug for _, name, slug in written.values() if slug}
    assert about == {content["save_as"]: slug for slug, content in contents.items()}


def test_template_page_wins(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    (tmp_path / "content/404.txt").write_text("Rien chez {{ SITENAME }}", encoding="utf-8")
    add_settings(settings, 'TEMPLATE_PAGES = {"404.txt": "404.html"}\n')

    done = run_pelican(tmp_path)

    assert done.returncode == 0
    assert (tmp_path / "output/404.html").read_text() == "Rien chez Passerelle"


# The settings of Jinja


def test_settings_of_jinja_reach_the_templates_and_win(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    replace(
        tmp_path / "theme/templates/404.html",
        "{% block main %}",
        "{% block main %}\n{% set found = [] %}{% do found.append(MOTTO|shouted) %}\n"
        "<p id='essai'>{{ found[0] }}{% if 4 is square %}, carré{% endif %}{{ MOTTO|plain }}</p>",
    )
    add_settings(
        settings,
        f"""
        THEME = {str(tmp_path / "theme")!r}
        JINJA_ENVIRONMENT = {{"extensions": ["jinja2.ext.do"]}}
        JINJA_FILTERS = {{"shouted": str.upper, "plain": lambda text: f" ({{text}})"}}
        JINJA_GLOBALS = {{"MOTTO": "bonjour"}}
        JINJA_TESTS = {{"square": lambda n: n in (1, 4, 9)}}
        """,
    )

    assert publication.build(settings, tmp_path / "output") == 0

    page = html.fromstring((tmp_path / "output/404.html").read_bytes())
    assert page.xpath("string(//p[@id='essai'])") == "BONJOUR, carré (bonjour)"


# Other plugins


def test_files_are_compressed_by_pelican_precompress(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    add_settings(
        settings,
        'PLUGINS = ["plugins.passerelle", "precompress"]\n'
        "PRECOMPRESS_BROTLI = PRECOMPRESS_ZOPFLI = False\n",
    )

    said = build_site(tmp_path / "output", settings)

    assert " pages dans output/, en " in said
    built = files(tmp_path / "output")
    texts = {name for name in built if name.endswith((".html", ".css", ".xml"))}
    assert {Path(name).suffix for name in texts} == {".html", ".css", ".xml"}
    for name in texts:
        assert gzip.decompress(built[f"{name}.gz"]) == built[name]


SPEAKING = """
    import logging
    from pelican import signals

    def say(pelican):
        logging.getLogger(__name__).{level}("Half %s done", "of it")

    def register():
        signals.finalized.connect(say)
"""


@pytest.mark.parametrize(
    ("level", "status", "line"),
    [
        ("warning", 0, "Un module de PLUGINS signale : Half of it done"),
        (
            "error",
            1,
            (
                "Un module de PLUGINS signale une erreur, avec laquelle rien n’est publié :\n"
                "Half of it done"
            ),
        ),
    ],
)
def test_what_a_plugin_logs_is_told(tmp_path: Path, level: str, status: int, line: str) -> None:
    settings = write_content(tmp_path)
    (tmp_path / "extras").mkdir()
    (tmp_path / "extras/speaking.py").write_text(textwrap.dedent(SPEAKING.format(level=level)))
    add_settings(
        settings,
        'PLUGINS = ["plugins.passerelle", "speaking"]\n'
        f"PLUGIN_PATHS = [{str(tmp_path / 'extras')!r}]\n",
    )

    done = run_apart(partial(publication.build, settings, tmp_path / "output"))

    assert done.returncode == status
    assert line in (done.stderr if status == 0 else done.stdout)
    assert (tmp_path / "output").exists() == (status == 0)
