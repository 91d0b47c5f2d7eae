"""Asks web servers whether addresses still lead somewhere, as a polite visitor does."""

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import httpx2

_HOSTS_AT_ONCE = 8
_REDIRECTIONS = 5
_GONE = frozenset((404, 410))
_PERMANENT = frozenset((301, 308))
_REDIRECTED = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 503))
_OK_STATUSES = range(200, 300)
_TOO_MANY = 429
# The seconds that a server may ask us to wait before we ask once more.
_PATIENCE = frozenset(map(str, range(31)))


class Verdict(StrEnum):
    """What an address leads to."""

    FOUND = "trouvée"
    MOVED = "déplacée"
    GONE = "absente"
    PRIVATE = "privée"
    SILENT = "muette"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of an address: for `MOVED` the new one, else in French what went wrong."""

    verdict: Verdict
    said: str = ""


def is_private(ip: str) -> bool:
    """Return True for an IP address that readers on the Internet cannot reach."""
    return not ip_address(ip).is_global


async def found_ips(host: str) -> list[str]:
    """Return the IP addresses of a host; raises socket.gaierror."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True)
class Manners:
    """How to visit: who we say we are, how long we wait, and which hosts we leave alone.

    `pause` are seconds between two requests to a host, `timeout` those that an answer may take.
    """

    agent: str
    pause: float = 1.0
    timeout: float = 15.0
    refuses: Callable[[str], bool] = is_private
    resolve: Callable[[str], Awaitable[Collection[str]]] = found_ips
    on_answer: Callable[[int], None] = field(default=lambda _count: None)


def answers_of(addresses: Iterable[str], manners: Manners) -> dict[str, Answer]:
    """Return what each address leads to; several hosts are asked at once, each one at a time."""
    return asyncio.run(_answers_of(list(addresses), manners))


async def _answers_of(addresses: list[str], manners: Manners) -> dict[str, Answer]:
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)
    answers: dict[str, Answer] = {}
    at_once = asyncio.Semaphore(_HOSTS_AT_ONCE)
    async with httpx2.AsyncClient(
        headers={"User-Agent": manners.agent, "Accept-Language": "fr, en;q=0.5"},
        timeout=manners.timeout,
    ) as client:
        visitor = _Visitor(client, manners)

        async def visit(host: list[str]) -> None:
            async with at_once:
                for address in host:
                    answers[address] = await visitor.ask(address)
                    manners.on_answer(len(answers))

        await asyncio.gather(*map(visit, by_host.values()))
    return {address: answers[address] for address in addresses}


@dataclass(frozen=True, slots=True)
class _Reply:
    """The status of a reply, where it sends, and the seconds to wait if it asks for that."""

    status: int
    location: str = ""
    wait: str = ""


class _SilenceError(Exception):
    """A server did not answer; the French message says how."""


class _Visitor:
    """One visit of the web: it never asks a host twice at once, nor one that asked for peace."""

    def __init__(self, client: httpx2.AsyncClient, manners: Manners) -> None:
        self._client = client
        self._manners = manners
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._busy: set[str] = set()
        self._has_proxy = bool(getproxies().keys() & {"http", "https"})

    async def ask(self, address: str) -> Answer:
        """Return what an address leads to, its redirections followed."""
        here, moved, is_permanent = address, "", True
        try:
            for _ in range(_REDIRECTIONS + 1):
                if refused := await self._refused(urlsplit(here).hostname or ""):
                    return refused
                reply = await self._reply(here)
                if not (reply.status in _REDIRECTED and reply.location):
                    return _judged(reply.status, moved)
                here = urljoin(here, reply.location)
                is_permanent = is_permanent and reply.status in _PERMANENT
                moved = here if is_permanent else moved
        except _SilenceError as silence:
            return Answer(Verdict.SILENT, str(silence))
        except (ValueError, httpx2.InvalidURL, httpx2.UnsupportedProtocol):
            return Answer(Verdict.SILENT, "redirection vers une adresse illisible")
        return Answer(Verdict.SILENT, f"plus de {_REDIRECTIONS} redirections")

    async def _refused(self, host: str) -> Answer | None:
        """Return an answer for a host that is not to be asked: it is private, or is none."""
        try:
            ips: Collection[str] = [str(ip_address(host))]
        except ValueError:
            if self._has_proxy:
                return None  # It alone may know the names of the web.
            try:
                ips = await self._manners.resolve(host)
            except socket.gaierror as error:
                if error.errno == socket.EAI_NONAME:
                    return Answer(Verdict.GONE, f"aucun site ne s’appelle « {host} »")
                raise _SilenceError("le nom du site n’a pas pu être cherché") from None
        return Answer(Verdict.PRIVATE) if any(map(self._manners.refuses, ips)) else None

    async def _reply(self, address: str) -> _Reply:
        """Return the reply of a server: to HEAD, else to GET, which some know alone."""
        host = urlsplit(address).netloc
        async with self._turns[host]:
            if host in self._busy:
                raise _SilenceError("le site demande d’attendre")
            reply = await self._asked("HEAD", address)
            if reply is None or (reply.status >= 400 and reply.status not in _BUSY):
                reply = await self._asked("GET", address)
            if reply and reply.status in _BUSY and reply.wait in _PATIENCE:
                await asyncio.sleep(int(reply.wait))
                reply = await self._asked("GET", address)
            if reply is None:
                raise _SilenceError("la réponse est illisible")
            if reply.status in _BUSY and (reply.wait or reply.status == _TOO_MANY):
                self._busy.add(host)
            return reply

    async def _asked(self, method: str, address: str) -> _Reply | None:
        """Return the reply to one request, its text unread; None for a reply that is no HTTP."""
        try:
            async with self._client.stream(method, address) as response:
                found = response.headers
                return _Reply(
                    response.status_code, found.get("Location", ""), found.get("Retry-After", "")
                )
        except httpx2.TimeoutException:
            seconds = f"{self._manners.timeout:g}".replace(".", ",")
            raise _SilenceError(f"pas de réponse en {seconds} s") from None
        except (httpx2.RemoteProtocolError, httpx2.ReadError):
            return None
        except httpx2.TransportError as error:
            raise _SilenceError(_cause(error)) from None
        finally:
            await asyncio.sleep(self._manners.pause)


def _judged(status: int, moved: str) -> Answer:
    if status in _GONE:
        return Answer(Verdict.GONE, f"la page n’existe plus (réponse {status})")
    if status not in _OK_STATUSES:
        return Answer(Verdict.SILENT, f"réponse {status}")
    return Answer(Verdict.MOVED, moved) if moved else Answer(Verdict.FOUND)


def _cause(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLError):
            return "certificat refusé"
        cause = cause.__cause__ or cause.__context__
    return "connexion impossible"
