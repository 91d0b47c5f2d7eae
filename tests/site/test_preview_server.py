"""The preview, over real HTTP, with a tiny build command in place of the whole site's."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.build.preview import PreviewError, media_type_of, serve
from tests.previews import Preview, create_project, running_preview


@pytest.fixture
def project(tmp_path: Path) -> Path:
    create_project(tmp_path)
    return tmp_path


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    with running_preview(project) as preview:
        yield preview


@pytest.mark.parametrize(
    ("address", "status", "media_type"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/lettres/1/", 200, "text/html; charset=utf-8"),
        ("/agenda.ics", 200, "text/calendar; charset=utf-8"),
        ("/tout.rss.xml", 200, "application/rss+xml"),
        ("/rien", 404, "text/html; charset=utf-8"),
        ("/../build.py", 404, "text/html; charset=utf-8"),
        ("/%2e%2e/build.py", 404, "text/html; charset=utf-8"),
        ("/lettres/", 404, "text/html; charset=utf-8"),
    ],
)
def test_answers(preview: Preview, address: str, status: int, media_type: str) -> None:
    answer = preview.get(address)
    assert (answer.status, answer.headers["Content-Type"]) == (status, media_type)
    assert answer.headers["Cache-Control"] == "no-store"
    if status == 404:
        assert "Introuvable" in answer.text


def test_folder_without_its_slash_is_redirected(preview: Preview) -> None:
    answer = preview.get("/lettres/1")
    assert answer.status == 307
    assert answer.headers["Location"].endswith("/lettres/1/")


def test_script_is_served_but_never_written(preview: Preview) -> None:
    page = preview.get("/").text
    found = re.search(r'<script src="([^"]+)"[^>]*></script></body>', page)
    assert found is not None
    assert preview.get(found[1]).headers["Content-Type"].startswith("text/javascript")
    assert "script" not in (preview.root / "output" / "index.html").read_text(encoding="utf-8")
    assert "script" not in preview.get("/tout.rss.xml").text


def test_change_rebuilds_and_tells_the_browser(preview: Preview) -> None:
    events = preview.events()
    first = next(events)
    preview.write("Bonsoir")
    second = next(events)
    assert second["version"] != first["version"]
    assert second["report"] is None
    assert "Bonsoir" in preview.get("/").text


def test_saving_by_renaming_over_the_settings_rebuilds(preview: Preview) -> None:
    """Two times: a watch on the file itself would miss the second."""
    events = preview.events()
    next(events)
    for number in range(2):
        copy = preview.root / "pelicanconf.py.new"
        copy.write_text(f"NUMBER = {number}")
        copy.replace(preview.root / "pelicanconf.py")
        assert next(events)["report"] is None


def test_failed_build_keeps_the_old_site_and_reports(preview: Preview) -> None:
    events = preview.events()
    first = next(events)
    preview.write("une faute")
    failed = next(events)
    assert failed == {
        "version": first["version"],
        "report": "content/page.md:1:1 · titre : il manque un <titre>.",
    }
    assert "Bonjour" in preview.get("/").text
    preview.write("sans erreur")
    repaired = next(events)
    assert repaired["report"] is None
    assert repaired["version"] != first["version"]
    assert "il manque un <titre>" in preview.stop()


def test_first_build_that_fails_still_serves(project: Path) -> None:
    (project / "content" / "page.md").write_text("faute")
    with running_preview(project) as preview:
        assert preview.get("/").status == 404
        events = preview.events()
        report = next(events)["report"]
        assert report is not None
        assert "il manque un <titre>" in report
        preview.write("Bonjour")
        assert next(events)["report"] is None
        assert preview.get("/").status == 200


def test_site_under_a_path(project: Path) -> None:
    with running_preview(project, "/un/chemin/") as preview:
        assert preview.get("/").headers["Location"] == "/un/chemin/"
        assert preview.get("/un/chemin/lettres/1/").status == 200
        assert 'src="/un/chemin/.apercu/client.js"' in preview.get("/un/chemin/").text
        assert preview.get("/un/chemin/.apercu/client.js").status == 200


def test_interruption_is_clean_even_with_an_open_page(preview: Preview) -> None:
    events = preview.events()
    next(events)
    shown = preview.stop()
    assert preview.process.returncode == 0
    assert shown.endswith("Aperçu arrêté.\n")
    assert "Traceback" not in shown
    assert list(events) == []


def test_port_in_use(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PreviewError) as caught:
            serve(project, project / "output", ("true",), port=port)
    assert str(caught.value) == (
        f"Le port {port} est déjà pris : un aperçu tourne sans doute dans un autre terminal. "
        f"Arrêtez-le (Ctrl-C) ou choisissez un autre port : make serve PORT={port + 1}"
    )


def test_port_that_does_not_exist(project: Path) -> None:
    with pytest.raises(PreviewError, match="Le port 70000 n’existe pas"):
        serve(project, project / "output", ("true",), port=70_000)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tout.rss.xml", "application/rss+xml"),
        ("tout.atom.xml", "application/atom+xml"),
        ("sitemap.xml", "application/xml"),
        ("agenda.ics", "text/calendar"),
        ("index.html", "text/html"),
        ("police.woff2", "font/woff2"),
        ("inconnu", "application/octet-stream"),
    ],
)
def test_media_type_of(name: str, expected: str) -> None:
    assert media_type_of(name) == expected
