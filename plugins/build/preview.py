"""The editor's preview: a server on this machine, whose pages follow the files.

Each page is made when it is asked for, by the process that holds the site (`live_process`); after a
change, the pages that browsers show are made first. Nothing is written. The script that follows the
changes is added to each page on its way to the browser.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import mimetypes
import re
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from types import FrameType
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from plugins.build.live_client import LiveClient, LiveProcessError
from plugins.build.live_messages import Message
from plugins.build.local_address import LocalOnly, listen
from plugins.build.preview_watch import PROGRAM, Changes
from plugins.views.site import FORM

CLIENT_PATH = "/.apercu/client.js"
EVENTS_PATH = "/.apercu/evenements"

_CLIENT = Path(__file__).with_suffix(".js")
_MEDIA_TYPES = {
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".opml": "text/x-opml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    # Feeds too, as servers do: of `application/rss+xml` browsers show the source.
    ".xml": "application/xml",
}
_NO_CACHE = {"Cache-Control": "no-store"}
_FOREVER = {"Cache-Control": "max-age=31536000, immutable"}
_KEEP_ALIVE = 15.0
_STILL_THERE = ":\n\n"
# A file of the theme whose name bears a digest of its bytes.
_HASHED = re.compile(r"/theme/[^?]+\.[0-9a-f]{10}\.\w+$")
_INSTANT = re.compile(rb'(?<=<html lang="fr") data-now="[^"]*"')
# The style sheet of the site, wherever the site lives.
_STYLE = re.compile(rb'(?<=")[^"]*/theme/css/main\.[0-9a-f]{10}\.css(?=")')


def serve(
    root: Path,
    command: Sequence[str],
    clock: Callable[[], datetime],
    *,
    port: int = 8000,
    base: str = "",
    say: Callable[[str], None] = print,
) -> None:
    """Serve the site that the process `command` holds until Ctrl-C; follow the files in `root`.

    `clock` gives the aware instant of each change. `base` is the path under which the site lives
    (`/some/path`, empty for the root of the host). The port opens at once and answers once the
    site has been read.

    Raises PreviewError when the port cannot be opened.
    """
    listener = listen(port)
    try:
        asyncio.run(Preview(root, command, clock, base.rstrip("/"), say).run(listener))
    except KeyboardInterrupt:
        say("Aperçu arrêté.")
    finally:
        listener.close()


@dataclass(frozen=True)
class Answer:
    """What stands at an address.

    `error` says why it could not be made: it is then an older page. Errors of contents may be the
    cause, unless it is one of the theme.
    """

    status: int
    data: bytes = b""
    media_type: str = "text/html"
    moved_to: str = ""
    error: str = ""
    is_of_theme: bool = False

    @property
    def is_good(self) -> bool:
        """True for what stands at the address as the files are now."""
        return self.status == 200 and not self.error

    @property
    def style(self) -> str:
        """The address of the page's style sheet."""
        found = _STYLE.search(self.data)
        return found[0].decode() if found else ""

    @property
    def digest(self) -> str:
        """The digest of the page, whatever its style sheet and the instant that it tells."""
        shown = _INSTANT.sub(b"", _STYLE.sub(b"", self.data))
        return hashlib.sha256(shown).hexdigest()[:16]


class Preview:
    """One run of the preview server."""

    def __init__(
        self,
        root: Path,
        command: Sequence[str],
        clock: Callable[[], datetime],
        base: str,
        say: Callable[[str], None],
    ) -> None:
        """Start nothing yet."""
        self._clock = clock
        self._base = base
        self._say = say
        self._client = LiveClient(root, command, say, self._take_outcome)
        self._changes = Changes(root.resolve())
        self._closing = asyncio.Event()
        self._turned = asyncio.Condition()
        self._session = secrets.token_hex(4)
        self._turn = 0
        # How many times anything has changed, and how many times files that pages only name.
        self._changed = self._files_changed = 0
        self._answers: dict[str, asyncio.Task[Answer]] = {}
        self._pages: dict[str, Answer] = {}
        self._errors = self._own_errors = ""
        self._lines: tuple[str, ...] = ()

    async def run(self, listener: socket.socket) -> None:
        """Read the site, then serve it and follow its files until the server is asked to stop."""
        watch = asyncio.create_task(self._changes.watch(self._closing))
        watch.add_done_callback(self._tell_end_of_watch)
        tasks = [watch]
        try:
            self._say("Lecture du site…")
            await self._start()
            port = listener.getsockname()[1]
            self._say(f"Aperçu : http://localhost:{port}{self._base}/ (Ctrl-C pour arrêter)")
            tasks.append(asyncio.create_task(self._follow()))
            config = uvicorn.Config(
                LocalOnly(self.application(), port),
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
            await _Server(config, self._closing).serve(sockets=[listener])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._client.stop()

    def application(self) -> Starlette:
        """Return the web application: the site, the script that follows it, and its events."""
        site = Mount(
            self._base,
            routes=[
                Route(CLIENT_PATH, self._script),
                Route(EVENTS_PATH, self._events),
                Route("/{path:path}", self._serve),
            ],
        )
        if not self._base:
            return Starlette(routes=site.routes)

        async def to_site(_request: Request) -> Response:
            return RedirectResponse(f"{self._base}/")

        return Starlette(routes=[Route("/", to_site), site])

    async def _start(self) -> None:
        """Start the process that holds the site; what it says in dying is the report."""
        try:
            message = await self._client.start()
            self._errors = self._own_errors = message["errors"]
        except LiveProcessError as error:
            self._errors = self._own_errors = str(error)

    async def _follow(self) -> None:
        """Have each change read, then tell the browsers, for ever."""
        while True:
            changed = await self._changes.taken()
            self._say(_told(changed))
            is_program = any(path.parts[0] in PROGRAM for path in changed)
            if is_program or not self._client.is_running:
                await self._start()
            else:
                await self._update(changed)
            self._files_changed += any(_is_file(path) for path in changed)
            await self._forget()

    def _tell_end_of_watch(self, watch: asyncio.Task[None]) -> None:
        if not watch.cancelled() and (error := watch.exception()):
            self._say(
                f"L’aperçu ne suit plus les fichiers ({error}). Arrêtez-le (Ctrl-C), relancez-le."
            )

    async def _update(self, changed: frozenset[PurePath]) -> None:
        paths = [path.as_posix() for path in changed]
        try:
            message, _ = await self._client.ask(
                {"changed": paths, "now": self._clock().isoformat()}
            )
        except LiveProcessError as error:
            self._errors = self._own_errors = str(error)
            return
        # The errors of the last check stand until the next is over, unless an edit bears on them.
        if message["errors"] != self._own_errors:
            self._errors = self._own_errors = message["errors"]
            self._tell((*self._lines, *self._errors.splitlines()))

    async def _take_outcome(self, message: Message) -> None:
        """Show what a check of the whole site has found; the terminal shows what is new of it."""
        lines = tuple(message["lines"]) or tuple(message["errors"].splitlines())
        self._tell(lines)
        if self._errors and not message["errors"]:
            self._say("Plus aucune erreur.")
        self._errors = message["errors"]
        await (self._forget() if message["is_other"] else self._wake())

    def _tell(self, lines: tuple[str, ...]) -> None:
        """Show in the terminal the lines that it did not show last."""
        known = set(self._lines)
        for line in lines:
            if line not in known:
                self._say(line)
        self._lines = lines

    async def _forget(self) -> None:
        """Forget what was made before a change."""
        self._changed += 1
        self._answers.clear()
        await self._wake()

    async def _wake(self) -> None:
        """Wake the streams of all browsers: each asks for its page at once."""
        async with self._turned:
            self._turn += 1
            self._turned.notify_all()

    async def _answer(self, address: str) -> Answer:
        """Return what stands at an address of the site; it is made once between two changes."""
        if address not in self._answers:
            self._answers[address] = asyncio.create_task(self._make(address))
        return await asyncio.shield(self._answers[address])

    async def _make(self, address: str) -> Answer:
        try:
            message, data = await self._client.ask({"make": address})
        except LiveProcessError as error:
            message, data = {"status": 500, "error": str(error)}, b""
        match message["status"]:
            case 200:
                kind = media_type_of(address) if not message["is_page"] else "text/html"
                answer = Answer(200, data, kind)
                if message["is_page"]:
                    self._pages[address] = answer
                return answer
            case 404:
                if address == "/404.html":
                    return Answer(404, _NO_PAGE)
                return replace(await self._answer("/404.html"), status=404)
            case 307:
                return Answer(307, moved_to=message["moved_to"])
        before = self._pages.get(address, Answer(500, _NOT_MADE))
        is_of_theme = message.get("is_of_theme", False)
        return replace(before, error=message["error"], is_of_theme=is_of_theme)

    async def _serve(self, request: Request) -> Response:
        answer = await self._answer(_address_of(f"/{request.path_params['path']}"))
        if answer.moved_to:
            return RedirectResponse(self._base + quote(answer.moved_to))
        data = answer.data
        # A reload of the form would lose what is being written.
        if answer.media_type == "text/html" and request.url.path != self._base + FORM:
            data = self._with_script(answer)
        headers = _FOREVER if _HASHED.search(request.url.path) and answer.is_good else _NO_CACHE
        return Response(data, answer.status, headers=headers, media_type=answer.media_type)

    async def _script(self, _request: Request) -> Response:
        return Response(_CLIENT.read_bytes(), media_type="text/javascript", headers=_NO_CACHE)

    async def _events(self, request: Request) -> Response:
        address = request.query_params.get("page", "/").removeprefix(self._base)
        return StreamingResponse(
            self._stream(_address_of(address)), media_type="text/event-stream", headers=_NO_CACHE
        )

    async def _stream(self, address: str) -> AsyncIterator[str]:
        """Yield the state of a page, then each change of it, until the server stops."""
        closing = asyncio.create_task(self._closing.wait())
        sent = ""
        try:
            while not self._closing.is_set():
                turn = asyncio.create_task(self._other_than(self._turn))
                event = await self._event(address)
                yield event if event != sent else _STILL_THERE
                sent = event
                await asyncio.wait(
                    {closing, turn}, timeout=_KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED
                )
                turn.cancel()
        finally:
            closing.cancel()

    async def _other_than(self, turn: int) -> None:
        async with self._turned:
            await self._turned.wait_for(lambda: self._turn != turn)

    async def _event(self, address: str) -> str:
        """Return the state of a page as one server-sent event."""
        answer = await self._answer(address)
        is_shown = answer.is_of_theme or not self._errors
        report = "\n".join(filter(None, (answer.error if is_shown else "", self._errors)))
        state = {
            "version": self._version(answer),
            "style": answer.style,
            "report": report or None,
        }
        return f"data: {json.dumps(state)}\n\n"

    def _version(self, answer: Answer) -> str:
        """Return the name of what a page shows: another one means that it is to be reloaded."""
        count = self._changed if b"<iframe" in answer.data else self._files_changed
        return f"{self._session}-{count}-{answer.digest}"

    def _with_script(self, answer: Answer) -> bytes:
        """Return a page with the script that follows its changes."""
        script = (
            f'<script src="{html.escape(self._base + CLIENT_PATH)}" '
            f'data-evenements="{html.escape(self._base + EVENTS_PATH)}" '
            f'data-version="{self._version(answer)}" defer></script>'
        ).encode()
        before, end, after = answer.data.rpartition(b"</body>")
        return before + script + end + after if end else answer.data + script


def _address_of(path: str) -> str:
    """Return the address of the site at a path: `index.html` stands for its folder."""
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def _is_file(path: PurePath) -> bool:
    """Return True for a file that pages show without its bytes being in their HTML."""
    return path.parts[0] == "content" and path.suffix not in {".md", ".yaml", ""}


def _told(changed: frozenset[PurePath]) -> str:
    if len(changed) == 1:
        return f"{next(iter(changed)).as_posix()} a changé."
    return f"{len(changed)} fichiers ont changé."


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

_NOT_MADE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Page à corriger</title></head>
<body><h1>Page à corriger</h1><p>Une erreur empêche de montrer cette page.</p></body>
</html>
""".encode()
