"""The server's end of the process that holds the site."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from plugins.build.live_messages import Message, packed, receive

_LAST_LINES = 60


class LiveProcessError(Exception):
    """The process has ended; the message is what it said last."""


class LiveClient:
    """The process that holds the site: started, asked, and started anew when its program changes.

    `on_outcome` takes the outcome of each check, `say` a line of what the process prints.
    """

    def __init__(
        self,
        root: Path,
        command: Sequence[str],
        say: Callable[[str], None],
        on_outcome: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Start nothing yet."""
        self._root = root
        self._command = command
        self._say = say
        self._on_outcome = on_outcome
        self._process: Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._waiting: deque[asyncio.Future[tuple[Message, bytes]]] = deque()
        self._said: deque[str] = deque(maxlen=_LAST_LINES)

    @property
    def is_running(self) -> bool:
        """True while the process can be asked."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> Message:
        """Start the process anew; return its first message, once it has read the site.

        Raises LiveProcessError, as `ask` does.
        """
        await self.stop()
        self._said.clear()
        self._process = await asyncio.create_subprocess_exec(
            *self._command, cwd=self._root, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        first = self._expect()
        self._tasks = [
            asyncio.create_task(self._listen(self._process)),
            asyncio.create_task(self._relay(self._process)),
        ]
        message, _ = await first
        return message

    async def ask(self, message: Message) -> tuple[Message, bytes]:
        """Send a message, and return the answer to it with its data."""
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            raise LiveProcessError(self._last_words())
        answer = self._expect()
        process.stdin.write(packed(message))
        with suppress(ConnectionError):
            await process.stdin.drain()
        return await answer

    async def stop(self) -> None:
        """End the process."""
        if self.is_running and self._process:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._fail()

    def _expect(self) -> asyncio.Future[tuple[Message, bytes]]:
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        return answer

    async def _listen(self, process: Process) -> None:
        """Give each answer to who waits for it, the outcomes of checks to `on_outcome`."""
        assert process.stdout is not None
        with suppress(asyncio.IncompleteReadError):
            while True:
                message, data = await receive(process.stdout)
                if "lines" in message:
                    await self._on_outcome(message)
                elif not (answer := self._waiting.popleft()).done():
                    answer.set_result((message, data))
        await process.wait()
        # What it said last may still be on its way.
        await asyncio.sleep(0.1)
        self._fail()

    async def _relay(self, process: Process) -> None:
        assert process.stderr is not None
        while line := await process.stderr.readline():
            self._said.append(line.decode(errors="replace").rstrip("\n"))
            self._say(self._said[-1])

    def _fail(self) -> None:
        """Tell all who wait that the process has ended."""
        while self._waiting:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_exception(LiveProcessError(self._last_words()))

    def _last_words(self) -> str:
        return "\n".join(self._said).strip() or "Le programme de l’aperçu s’est arrêté."
