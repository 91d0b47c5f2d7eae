"""The editor's preview: build, serve on this machine, rebuild and reload at each change.

The built files stay untouched: the script that reloads the page is added to each HTML answer, on
its way to the browser.
"""

from __future__ import annotations

import asyncio
import errno
import html
import json
import mimetypes
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from watchfiles import Change, DefaultFilter, awatch

HOST = "127.0.0.1"
WATCHED_FOLDERS = ("content", "theme", "plugins")
WATCHED_FILES = ("pelicanconf.py",)
CLIENT_PATH = "/.apercu/client.js"
EVENTS_PATH = "/.apercu/evenements"

_CLIENT = Path(__file__).with_suffix(".js")
_MEDIA_TYPES = {
    ".atom.xml": "application/atom+xml",
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".opml": "text/x-opml",
    ".rss.xml": "application/rss+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_NO_CACHE = {"Cache-Control": "no-store"}
_DEBOUNCE = 100
_KEEP_ALIVE = 15.0
HIGHEST_PORT = 65_535
_LONGEST_LINE = 2**24


class PreviewError(Exception):
    """The preview cannot start; the message is French, for editors."""


def serve(
    root: Path,
    output: Path,
    command: Sequence[str],
    *,
    port: int = 8000,
    base: str = "",
    say: Callable[[str], None] = print,
) -> None:
    """Build by `command`, serve `output` until Ctrl-C, rebuild when a source in `root` changes.

    `base` is the path under which the site lives (`/some/path`, empty for the root of the host).
    The port opens at once and answers once the first build is over.

    Raises PreviewError when the port cannot be opened.
    """
    listener = _listen(port)
    preview = Preview(root, output, tuple(command), base.rstrip("/"), say)
    try:
        asyncio.run(preview.run(listener))
    except KeyboardInterrupt:
        say("Aperçu arrêté.")
    finally:
        listener.close()


def _listen(port: int) -> socket.socket:
    """Return a listening socket; opened before the build, so that a taken port shows at once."""
    if not 0 <= port <= HIGHEST_PORT:
        raise PreviewError(f"Le port {port} n’existe pas. Choisissez un nombre de 1024 à 65535.")
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PreviewError(
                f"Le port {port} est déjà pris : un aperçu tourne sans doute dans un autre "
                "terminal. Arrêtez-le (Ctrl-C) ou choisissez un autre port : "
                f"make serve PORT={port + 1 if port < HIGHEST_PORT else 8001}"
            ) from error
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise PreviewError(
                f"Le port {port} est réservé au système. Choisissez-en un autre : "
                "make serve PORT=8000"
            ) from error
        raise PreviewError(
            f"L’aperçu ne peut pas ouvrir le port {port} ({error.strerror})."
        ) from error
    return listener


@dataclass
class State:
    """The state shown in browsers: the latest good build, and the report of a failed one since."""

    version: int = 0
    report: str | None = None
    session: str = field(default_factory=lambda: secrets.token_hex(4))
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def event(self) -> str:
        """Return the state as one server-sent event."""
        return f"data: {json.dumps({'version': self.label, 'report': self.report})}\n\n"

    @property
    def label(self) -> str:
        """The build's name, unique across runs of the preview."""
        return f"{self.session}-{self.version}"

    async def update(self, report: str | None) -> None:
        """Record the end of a build, and notify all browsers."""
        async with self.changed:
            self.report = report
            if report is None:
                self.version += 1
            self.changed.notify_all()

    async def other_than(self, event: str) -> None:
        """Wait until the state differs from `event`."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.event() != event)


@dataclass
class Preview:
    """One run of the preview server."""

    root: Path
    output: Path
    command: tuple[str, ...]
    base: str
    say: Callable[[str], None]
    state: State = field(default_factory=State)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, listener: socket.socket) -> None:
        """Build, then serve and rebuild until the server is asked to stop."""
        dirty = asyncio.Event()
        tasks = [asyncio.create_task(watch) for watch in self._watches(dirty)]
        try:
            await self._build()
            port = listener.getsockname()[1]
            self.say(f"Aperçu : http://localhost:{port}{self.base}/ (Ctrl-C pour arrêter)")
            tasks.append(asyncio.create_task(self._rebuild(dirty)))
            config = uvicorn.Config(
                self.application(),
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
            await _Server(config, self.closing).serve(sockets=[listener])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def application(self) -> Starlette:
        """Return the web application: the site, the script that reloads it, and its events."""
        site = Mount(
            self.base,
            routes=[
                Route(CLIENT_PATH, self._client),
                Route(EVENTS_PATH, self._events),
                Mount("/", SiteFiles(self.output, self._add_client)),
            ],
        )
        if not self.base:
            return Starlette(routes=site.routes)

        async def to_site(_request: Request) -> Response:
            return RedirectResponse(f"{self.base}/")

        return Starlette(routes=[Route("/", to_site), site])

    def _watches(self, dirty: asyncio.Event) -> list[Coroutine[None, None, None]]:
        """Return the watches that set `dirty`: of folders, in depth; of files, by their folder.

        Many editors save by renaming a new file over the old one: a watch on the file itself
        would be lost at the first change.
        """

        def files(_change: Change, path: str) -> bool:
            return Path(path).name in WATCHED_FILES

        watches = [self._watch(dirty, recursive=False, paths=[self.root], wanted=files)]
        folders = [self.root / name for name in WATCHED_FOLDERS if (self.root / name).is_dir()]
        if folders:
            wanted = DefaultFilter()
            watches.append(self._watch(dirty, recursive=True, paths=folders, wanted=wanted))
        return watches

    async def _watch(
        self,
        dirty: asyncio.Event,
        *,
        recursive: bool,
        paths: list[Path],
        wanted: Callable[[Change, str], bool],
    ) -> None:
        async for _changes in awatch(
            *paths,
            watch_filter=wanted,
            recursive=recursive,
            debounce=_DEBOUNCE,
            stop_event=self.closing,
            ignore_permission_denied=True,
        ):
            dirty.set()

    async def _rebuild(self, dirty: asyncio.Event) -> None:
        while True:
            await dirty.wait()
            dirty.clear()
            self.say("Un fichier a changé : nouvelle compilation…")
            await self._build()

    async def _build(self) -> None:
        """Build in a process of its own, so that changed plugins are loaded anew."""
        process = await asyncio.create_subprocess_exec(
            *self.command,
            cwd=self.root,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=_LONGEST_LINE,
        )
        assert process.stdout is not None
        lines: list[str] = []
        try:
            while line := await process.stdout.readline():
                lines.append(line.decode(errors="replace").rstrip("\n"))
                self.say(lines[-1])
            status = await process.wait()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.terminate()
                await process.wait()
        report = "\n".join(lines).strip() or f"La compilation s’est arrêtée (code {status})."
        await self.state.update(report if status else None)

    async def _client(self, _request: Request) -> Response:
        return Response(_CLIENT.read_bytes(), media_type="text/javascript", headers=_NO_CACHE)

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=_NO_CACHE)

    async def _stream(self) -> AsyncIterator[str]:
        """Yield the state, then each change of it, until the server stops."""
        closing = asyncio.create_task(self.closing.wait())
        try:
            while not self.closing.is_set():
                sent = self.state.event()
                yield sent
                change = asyncio.create_task(self.state.other_than(sent))
                await asyncio.wait(
                    {closing, change}, timeout=_KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED
                )
                change.cancel()
        finally:
            closing.cancel()

    def _add_client(self, page: bytes) -> bytes:
        """Return the page with the script that follows the builds."""
        script = (
            f'<script src="{html.escape(self.base + CLIENT_PATH)}" '
            f'data-evenements="{html.escape(self.base + EVENTS_PATH)}" '
            f'data-version="{self.state.label}" defer></script>'
        ).encode()
        before, end, after = page.rpartition(b"</body>")
        return before + script + end + after if end else page + script


class SiteFiles(StaticFiles):
    """The built files, read at each request, with the answers of a plain web server."""

    def __init__(self, output: Path, add_client: Callable[[bytes], bytes]) -> None:
        super().__init__(directory=output, html=True, check_dir=False)
        self.output = output
        self.add_client = add_client
        self.config_checked = True

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file's answer; the site's own 404 page where there is none."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            return self._missing()
        return self._missing() if response.status_code == 404 else response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,  # noqa: ARG002 - signature of the parent
        scope: Scope,  # noqa: ARG002
        status_code: int = 200,
    ) -> Response:
        """Return the whole file: a build may replace it while it is being sent."""
        path = Path(full_path)
        media_type = media_type_of(path.name)
        try:
            body = path.read_bytes()
        except FileNotFoundError:
            return self._missing()
        if media_type == "text/html":
            body = self.add_client(body)
        return Response(body, status_code, headers=_NO_CACHE, media_type=media_type)

    def _missing(self) -> Response:
        try:
            page = (self.output / "404.html").read_bytes()
        except OSError:
            page = _NO_PAGE
        return HTMLResponse(self.add_client(page), 404, headers=_NO_CACHE)


def media_type_of(name: str) -> str:
    """Return the media type of a file name; our own table first, as systems differ."""
    for suffix, media_type in _MEDIA_TYPES.items():
        if name.endswith(suffix):
            return media_type
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


class _Server(uvicorn.Server):
    """A server that closes the browsers' open event streams when it is asked to stop."""

    def __init__(self, config: uvicorn.Config, closing: asyncio.Event) -> None:
        super().__init__(config)
        self._closing = closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._closing.set()
        super().handle_exit(sig, frame)


_NO_PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Page introuvable</title></head>
<body><h1>Page introuvable</h1><p>Le site n’a pas encore de page à cette adresse.</p></body>
</html>
""".encode()
