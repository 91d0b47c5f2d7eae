"""Servers on the loopback: one that works, and one that does as it is told, however wrong."""

from __future__ import annotations

import asyncio
import select
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"


@dataclass
class Inbox:
    """What a server has accepted, and who logged in."""

    envelopes: list[Envelope] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    hello: list[str] = field(default_factory=list)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.hello.append(hostname)
        return lines

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.envelopes.append(envelope)
        return "250 2.0.0 Ok: queued as 4F1B2"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: object
    ) -> AuthResult:
        assert isinstance(login, LoginPassword)
        self.logins.append((login.login, login.password))
        return AuthResult(success=login.password == "sésame".encode(), handled=False)


@contextmanager
def serving(
    inbox: Inbox,
    *,
    implicit_tls: ssl.SSLContext | None = None,
    **options: Any,  # noqa: ANN401 - aiosmtpd's
) -> Iterator[int]:
    """Run a real server; yield its port."""
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    ports: list[int] = []

    async def start() -> asyncio.Server:
        server = await loop.create_server(
            lambda: SMTP(inbox, loop=loop, ident="essai", hostname="essai", **options),
            HOST,
            0,
            ssl=implicit_tls,
        )
        ports.append(server.sockets[0].getsockname()[1])
        return server

    def run() -> None:
        server = loop.run_until_complete(start())
        ready.set()
        loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(task)
        loop.run_until_complete(server.wait_closed())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(5)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


DROP = "(ends the connection)"
SILENCE = "(says no more)"
DEAFNESS = "(says no more, and does not read what is sent)"
GOOD: Mapping[str, str] = {
    "greeting": "220 essai ESMTP",
    "EHLO": "250 essai",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 go on",
    ".": "250 2.0.0 Ok: queued",
    "QUIT": "221 bye",
}


@dataclass
class Script:
    """What the server answers to each command; `DROP` and `SILENCE` are answers too.

    « message » is answered while the message is still to come, « . » after it; `on_message` is
    called in between. A server that has accepted STARTTLS goes away.
    """

    answers: dict[str, str]
    on_message: Callable[[], None] = lambda: None
    tls: ssl.SSLContext | None = None
    commands: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)


@contextmanager
def scripted(
    answers: Mapping[str, str] | None = None,
    *,
    on_message: Callable[[], None] = lambda: None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[tuple[Script, int]]:
    """Run a server that answers as the script says; yield the script and the port."""
    script = Script({**GOOD, **(answers or {})}, on_message, tls)
    stop = threading.Event()
    with socket.create_server((HOST, 0)) as listener:
        threads = [threading.Thread(target=_listen, args=(listener, script, stop))]
        threads[0].start()
        try:
            yield script, listener.getsockname()[1]
        finally:
            stop.set()
            threads[0].join()


def _listen(listener: socket.socket, script: Script, stop: threading.Event) -> None:
    listener.settimeout(0.01)
    talks = []
    while not stop.is_set():
        with suppress(TimeoutError):
            connection, _ = listener.accept()
            talks.append(threading.Thread(target=_talk, args=(connection, script, stop)))
            talks[-1].start()
    for talk in talks:
        talk.join()


class _Over(Exception):
    """The conversation has ended."""


def _talk(connection: socket.socket, script: Script, stop: threading.Event) -> None:
    connection.settimeout(5)
    try:
        with suppress(_Over, OSError):
            if script.tls:
                connection = script.tls.wrap_socket(connection, server_side=True)
            _Talk(connection, script, stop).run()
    finally:
        connection.close()


class _Talk:
    """One conversation, as the script wants it."""

    def __init__(self, connection: socket.socket, script: Script, stop: threading.Event) -> None:
        self._connection = connection
        self._script = script
        self._stop = stop
        self._received = b""

    def run(self) -> None:
        self._answer("greeting")
        while True:
            command = self._line().decode()
            self._script.commands.append(command)
            verb = command.split(" ")[0].upper()
            self._answer(verb if verb in self._script.answers else "?")
            if verb == "DATA":
                self._message()
            if verb in {"QUIT", "STARTTLS"}:
                return

    def _message(self) -> None:
        if "message" in self._script.answers:
            self._answer("message")
        while b"\r\n.\r\n" not in self._received:
            self._receive()
        message, _, self._received = self._received.partition(b"\r\n.\r\n")
        self._script.messages.append((message + b"\r\n").replace(b"\r\n..", b"\r\n."))
        self._script.on_message()
        self._answer(".")

    def _answer(self, verb: str) -> None:
        answer = self._script.answers.get(verb, "500 what?")
        if answer == SILENCE:
            self._wait_for_the_client_to_leave()
        if answer == DEAFNESS:
            self._stop.wait()
        if answer in {SILENCE, DEAFNESS, DROP}:
            raise _Over
        self._connection.sendall(f"{answer}\r\n".encode())

    def _wait_for_the_client_to_leave(self) -> None:
        while not self._stop.is_set():
            readable, _, _ = select.select([self._connection], [], [], 0.01)
            if readable and not self._connection.recv(65536):
                return

    def _line(self) -> bytes:
        while b"\r\n" not in self._received:
            self._receive()
        line, _, self._received = self._received.partition(b"\r\n")
        return line

    def _receive(self) -> None:
        if sys.platform == "linux":  # else the end of a message waits for 40 ms
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        data = self._connection.recv(65536)
        if not data:
            raise _Over
        self._received += data
