"""The preview of a small site, over real HTTP."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.build.local_address import PreviewError
from plugins.build.preview import media_type_of, serve
from tests.previews import ARTICLE, HEADER, Preview, create_project, running_preview

DEAD_LINK = (
    "« rien.md » : aucun fichier « content/articles/rien.md ». "
    "Corrigez le chemin ou retirez le lien."
)
NOW = datetime(2024, 1, 8, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    create_project(tmp_path)
    return tmp_path


@pytest.fixture
def own(project: Path) -> Iterator[Preview]:
    """A preview for one test, which may stop it or change more than its content."""
    with running_preview(project) as preview:
        yield preview


@pytest.mark.parametrize(
    ("address", "status", "media_type"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/index.html", 200, "text/html; charset=utf-8"),
        ("/actualites/bilan/", 200, "text/html; charset=utf-8"),
        ("/images/carre.svg", 200, "image/svg+xml"),
        ("/agenda/tout.ics", 200, "text/calendar; charset=utf-8"),
        ("/flux/tout.rss.xml", 200, "application/xml"),
        ("/recherche/index/pagefind-entry.json", 200, "application/json"),
        ("/recherche/index/rien.json", 404, "text/html; charset=utf-8"),
        ("/rien", 404, "text/html; charset=utf-8"),
        ("/../settings.py", 404, "text/html; charset=utf-8"),
        ("/%2e%2e/settings.py", 404, "text/html; charset=utf-8"),
        ("/actualites/rien/", 404, "text/html; charset=utf-8"),
    ],
)
def test_answers(running_site: Preview, address: str, status: int, media_type: str) -> None:
    answer = running_site.get(address)
    assert (answer.status, answer.headers["Content-Type"]) == (status, media_type)
    assert answer.headers["Cache-Control"] == "no-store"
    if status == 404:
        assert "Cette page n’existe pas" in answer.text


def test_folder_without_its_slash_is_redirected(running_site: Preview) -> None:
    answer = running_site.get("/actualites/bilan")
    assert answer.status == 307
    assert answer.headers["Location"].endswith("/actualites/bilan/")


def test_script_is_added_to_pages_alone(running_site: Preview) -> None:
    found = re.search(r'<script src="([^"]+)"[^>]*></script></body>', running_site.get("/").text)
    assert found is not None
    assert running_site.get(found[1]).headers["Content-Type"].startswith("text/javascript")
    assert "client.js" not in running_site.get("/flux/tout.rss.xml").text
    assert not (running_site.root / "output").exists()


def test_the_form_is_there_and_never_reloaded(running_site: Preview) -> None:
    """A reload would lose what is being written."""
    answer = running_site.get("/admin/")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "client.js" not in answer.text
    assert running_site.get("/admin").headers["Location"].endswith("/admin/")
    assert running_site.get("/admin/form.js").headers["Content-Type"].startswith("text/javascript")
    assert running_site.get("/admin/configuration.json").status == 200
    assert running_site.get("/admin/autre.js").status == 404


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_names_of_this_machine(running_site: Preview, name: str) -> None:
    assert running_site.get("/", f"{name}:{running_site.port}").status == 200


@pytest.mark.parametrize(
    "host", ["exemple.fr", "exemple.fr:{}", "localhost", "localhost:1", "localhost.exemple.fr:{}"]
)
@pytest.mark.parametrize("address", ["/", "/.apercu/evenements", "/.apercu/client.js"])
def test_other_names_are_refused(running_site: Preview, host: str, address: str) -> None:
    """A page of the web that gives its own name this address must not read the preview."""
    answer = running_site.get(address, host.format(running_site.port))
    assert answer.status == 421
    assert answer.text == (
        f"L’aperçu ne répond qu’à l’adresse http://localhost:{running_site.port}/.\n"
    )


def test_change_tells_the_browser_of_the_page(preview: Preview) -> None:
    events = preview.events()
    first = next(events)
    preview.write("Bonsoir")
    second = next(events)
    assert second["version"] != first["version"]
    assert second["report"] is None
    assert "Bonsoir" in preview.get(ARTICLE).text


def test_page_that_a_change_leaves_as_it_was_is_told_nothing(preview: Preview) -> None:
    events = preview.events("/evenements/webinaire/")
    first = next(events)
    preview.write("Bonsoir, sans lien.", HEADER.replace("Bilan", "Autre bilan"))
    preview.write("---", "")
    told = next(events)
    assert told["version"] == first["version"]
    assert told["report"] is not None


def test_settings_that_change_start_the_program_anew(own: Preview) -> None:
    """Two times: a watch on the file itself would miss the second."""
    settings = own.root / "settings.py"
    events = own.events("/")
    version = next(events)["version"]
    for number in range(2):
        text = settings.read_text(encoding="utf-8")
        settings.write_text(f"{text}SITEURL = 'https://site-{number}.example'\n", encoding="utf-8")
        copy = own.root / "pelicanconf.py.new"
        copy.write_text(f"NUMBER = {number}")
        copy.replace(own.root / "pelicanconf.py")
        told = next(events)
        assert told["report"] is None
        assert told["version"] != version
        version = told["version"]
        assert f"https://site-{number}.example/" in own.get("/").text


def test_settings_that_cannot_be_read_and_their_repair(own: Preview) -> None:
    settings = own.root / "settings.py"
    sound = settings.read_text(encoding="utf-8")
    events = own.events()
    version = next(events)["version"]
    settings.write_text(f"{sound}SITEURL = 'passerelle'\n", encoding="utf-8")
    (own.root / "pelicanconf.py").write_text("# faute")
    told = next(events)
    assert told["version"] == version
    assert told["report"] is not None
    assert told["report"].startswith("SITEURL vaut « passerelle »")
    assert "Bilan" in own.get(ARTICLE).text
    settings.write_text(sound, encoding="utf-8")
    (own.root / "pelicanconf.py").write_text("# réparé")
    assert next(events) == {**told, "report": None}


def test_content_at_fault_keeps_its_page_and_reports(preview: Preview) -> None:
    events = preview.events()
    first = next(events)
    preview.write("Bonsoir", HEADER.replace("titre: Bilan\n", ""))
    failed = next(events)
    assert failed["version"] == first["version"]
    assert failed["report"] is not None
    assert "content/articles/bilan.md:1:1 · titre" in failed["report"]
    assert "Un carré" in preview.get(ARTICLE).text
    preview.write("sans erreur")
    repaired = next(events)
    while repaired["report"]:
        repaired = next(events)
    assert repaired["version"] != first["version"]
    assert "titre" in preview.shown()


def test_checks_of_the_whole_site_follow(preview: Preview) -> None:
    events = preview.events()
    first = next(events)
    preview.write("[x](rien.md)")
    assert next(events) == {**first, "report": DEAD_LINK}
    report = next(events)["report"]
    assert report == (
        f"erreur content/articles/bilan.md:6:5 · lien : {DEAD_LINK}\n"
        "1 erreur : le site ne peut pas être publié en l’état."
    )
    preview.write("sans lien")
    assert next(events)["report"] == report
    assert next(events)["report"] is None
    shown = preview.shown()
    # A line that the terminal showed last, such as the count of errors, is not shown again.
    assert report.splitlines()[0] in shown
    assert "Plus aucune erreur." in shown


def test_first_reading_that_finds_a_fault_still_serves(project: Path) -> None:
    (project / "content/articles/bilan.md").write_text("---\nresume: Un bilan.\n---\nTexte.\n")
    with running_preview(project) as preview:
        assert preview.get(ARTICLE).status == 404
        events = preview.events()
        report = next(events)["report"]
        assert report is not None
        assert "titre" in report
        preview.write("Bonjour")
        while next(events)["report"]:
            pass
        assert preview.get(ARTICLE).status == 200


def test_thousand_files_are_one_change(own: Preview) -> None:
    events = own.events("/actualites/")
    next(events)
    for number in range(1000):
        path = own.root / f"content/articles/article-{number}.md"
        path.write_text(f"{HEADER}Texte {number}.\n", encoding="utf-8")
    next(events)
    assert "Texte 999." in own.get("/actualites/article-999/").text
    shown = [line for line in own.stop().splitlines() if "chang" in line]
    assert 1 <= len(shown) <= 3, shown


def test_files_of_editors_are_no_change(preview: Preview) -> None:
    folder = preview.root / "content/articles"
    for name in (".bilan.md.swp", "bilan.md~", "4913", "#bilan.md#", ".#bilan.md", "~$bilan.docx"):
        (folder / name).write_text("?")
        (folder / name).unlink()
    preview.write("Bonsoir")
    events = preview.events()
    while "Bonsoir" not in preview.get(ARTICLE).text:
        next(events)
    shown = [line for line in preview.shown().splitlines() if "chang" in line]
    assert set(shown) == {"content/articles/bilan.md a changé."}


def test_output_folder_is_of_no_use(preview: Preview) -> None:
    output = preview.root / "output"
    output.mkdir()
    (output / "index.html").write_text("ancien")
    assert "ancien" not in preview.get("/").text
    (output / "index.html").unlink()
    output.rmdir()
    assert preview.get("/").status == 200


def test_renamed_and_deleted_articles(preview: Preview) -> None:
    path = preview.root / "content/articles/bilan.md"
    events = preview.events()
    next(events)
    path.rename(path.with_name("autre.md"))
    next(events)
    assert preview.get(ARTICLE).status == 404
    assert preview.get("/actualites/autre/").status == 200
    events = preview.events("/actualites/autre/")
    next(events)
    path.with_name("autre.md").unlink()
    next(events)
    assert preview.get("/actualites/autre/").status == 404


def test_site_under_a_path(project: Path) -> None:
    with (project / "settings.py").open("a", encoding="utf-8") as file:
        file.write("SITEURL = 'https://exemple.fr/un/chemin'\n")
    with running_preview(project, "/un/chemin/") as preview:
        assert preview.get("/").headers["Location"] == "/un/chemin/"
        assert preview.get("/un/chemin/actualites/bilan/").status == 200
        moved = preview.get("/un/chemin/actualites")
        assert moved.headers["Location"] == "/un/chemin/actualites/"
        assert 'src="/un/chemin/.apercu/client.js"' in preview.get("/un/chemin/").text
        assert preview.get("/un/chemin/.apercu/client.js").status == 200


def test_interruption_is_clean_even_with_an_open_page(own: Preview) -> None:
    events = own.events()
    next(events)
    shown = own.stop()
    assert own.process.returncode == 0
    assert shown.endswith("Aperçu arrêté.\n")
    assert "Traceback" not in shown
    assert list(events) == []


def test_port_in_use(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PreviewError) as caught:
            serve(project, ("true",), lambda: NOW, port=port)
    assert str(caught.value) == (
        f"Le port {port} est déjà pris : un aperçu tourne sans doute dans un autre terminal. "
        f"Arrêtez-le (Ctrl-C) ou choisissez un autre port : make apercu PORT={port + 1}"
    )


def test_port_that_does_not_exist(project: Path) -> None:
    with pytest.raises(PreviewError, match="Le port 70000 n’existe pas"):
        serve(project, ("true",), lambda: NOW, port=70_000)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tout.rss.xml", "application/xml"),
        ("tout.atom.xml", "application/xml"),
        ("sitemap.xml", "application/xml"),
        ("agenda.ics", "text/calendar"),
        ("favicon.ico", "image/vnd.microsoft.icon"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("partage.png", "image/png"),
        ("index.html", "text/html"),
        ("police.woff2", "font/woff2"),
        ("inconnu", "application/octet-stream"),
    ],
)
def test_media_type_of(name: str, expected: str) -> None:
    assert media_type_of(name) == expected
