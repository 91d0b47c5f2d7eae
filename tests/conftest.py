"""What the tests share: one real build of the sample content, a server for it, golden files."""

from __future__ import annotations

import gc
import http.server
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from plugins.build.preview import media_type_of
from tests.alone import seed
from tests.photographs import build_photographs
from tests.previews import Preview, create_project, running_preview
from tests.sites import BuiltSite, build_site

GOLDEN = Path(__file__).parent / "golden"

LASTING = {"browser", "site", "test_alone.py", "test_docs.py"}
"""The folders and files whose tests take seconds rather than milliseconds."""

LONGEST = {
    "test_incremental.py",
    "test_pelican_plugin.py",
    "test_preview_server.py",
    "test_form.py",
}
"""The files that take half a minute or more, which come first: nothing of theirs is shared."""

MadeOnce = Callable[[str, Callable[[Path], object]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write the golden files instead of comparing"
    )


def pytest_configure() -> None:
    # A shell that runs this in the background has it ignore Ctrl-C, and so all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # How long an example takes says more of what else the machine does than of the code.
    settings.register_profile("passerelle", deadline=None)
    settings.load_profile("passerelle")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have several workers begin with what lasts: a long file at the end leaves one alone."""
    if hasattr(config, "workerinput"):
        items.sort(
            key=lambda item: (not LONGEST & {*item.path.parts}, not LASTING & {*item.path.parts})
        )


def pytest_collection_finish() -> None:
    """Look for what can be freed less often, never among what pytest keeps for the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Say how to repeat a run that failed: with -q, pytest does not show its head."""
    if exitstatus == pytest.ExitCode.TESTS_FAILED and (order := seed(config)):
        terminalreporter.write_line(f"Same order: --randomly-seed={order}")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MadeOnce:
    """Return a folder that is made once per session, by the worker that needs it first.

    Nothing may be written in it: other tests read it, in other processes too.
    """
    session = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        session = session.parent

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        path = session / name
        with FileLock(session / f"{name}.lock"):
            if not path.exists():
                unfinished = session / f"{name}.unfinished"
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir()
                make(unfinished)
                unfinished.rename(path)
        return path

    return folder


@pytest.fixture(scope="session")
def site(made_once: MadeOnce) -> BuiltSite:
    """The sample content, built once by the real thing."""
    return BuiltSite(made_once("site", lambda folder: build_site(folder / "output")) / "output")


@pytest.fixture(scope="session")
def photographs(made_once: MadeOnce) -> BuiltSite:
    """A small site with photographs, built by the real thing."""
    return BuiltSite(made_once("photographs", build_photographs) / "output")


@pytest.fixture(scope="session")
def site_url(site: BuiltSite) -> Iterator[str]:
    """The address at which the built site is served, without a slash at its end."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def photographs_url(photographs: BuiltSite) -> Iterator[str]:
    """The address at which the small site with photographs is served."""
    with served(photographs) as address:
        yield address


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview of a small site, which no test changes for good."""
    project = tmp_path_factory.mktemp("preview")
    create_project(project)
    with running_preview(project) as preview:
        yield preview


@pytest.fixture
def preview(running_site: Preview) -> Iterator[Preview]:
    """The preview of a small site, for a test that changes its content."""
    yield running_site
    running_site.put_back()


@contextmanager
def served(site: BuiltSite) -> Iterator[str]:
    """Serve a built site; give its address, without a slash at its end."""
    handler = partial(_SiteHandler, directory=str(site.path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Answer as the published site does: its own 404 page, its media types."""

    def guess_type(self, path: object) -> str:
        return media_type_of(str(path))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str | bytes], None]:
    """Compare a text with the golden file of that name; `make golden` writes it anew."""
    renew = bool(request.config.getoption("--renew-golden"))

    def compare(name: str, actual: str | bytes) -> None:
        path = GOLDEN / name
        content = actual.encode() if isinstance(actual, str) else actual
        if renew:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.exists(), f"no golden file {name}: write it with « make golden »"
        assert content.decode() == path.read_bytes().decode()

    return compare
