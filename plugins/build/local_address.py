"""The address of the preview: of this machine alone, for those who sit at it."""

import errno
import socket

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"
HIGHEST_PORT = 65_535
_HTTP_PORT = 80


class PreviewError(Exception):
    """The preview cannot start; the message is French, for editors."""


def listen(port: int) -> socket.socket:
    """Return a listening socket of this machine.

    Raises PreviewError when the port cannot be opened.
    """
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
                f"make apercu PORT={port + 1 if port < HIGHEST_PORT else 8001}"
            ) from error
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise PreviewError(
                f"Le port {port} est réservé au système. Choisissez-en un autre : "
                "make apercu PORT=8000"
            ) from error
        raise PreviewError(
            f"L’aperçu ne peut pas ouvrir le port {port} ({error.strerror})."
        ) from error
    return listener


class LocalOnly:
    """An application that answers to the names of this machine alone.

    A page of the web may give its own name the address of this machine (DNS rebinding), and would
    then read the preview: it gives its name away in `Host`.
    """

    def __init__(self, application: ASGIApp, port: int) -> None:
        """Take the application, and the port that it is reached at."""
        self._application = application
        self._port = port
        ports = (f":{port}", "") if port == _HTTP_PORT else (f":{port}",)
        names = ("localhost", HOST, "[::1]")
        self._hosts = {f"{name}{port}".encode() for name in names for port in ports}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse another name with status 421 (RFC 9110, 15.5.20)."""
        host = dict(scope.get("headers", ())).get(b"host", b"").lower()
        if host in self._hosts:
            await self._application(scope, receive, send)
            return
        refusal = PlainTextResponse(
            f"L’aperçu ne répond qu’à l’adresse http://localhost:{self._port}/.\n",
            status_code=421,
            headers={"Cache-Control": "no-store"},
        )
        await refusal(scope, receive, send)
