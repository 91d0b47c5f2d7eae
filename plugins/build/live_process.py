"""The process that holds the site of a preview, `python -m plugins.build.live_process SETTINGS`.

It answers one message at a time on its standard output, and prints nothing there. The checks run
in a copy of the process, so that pages never wait for them; their outcome comes between answers.
"""

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BufferedWriter, FileIO
from pathlib import Path
from select import select
from typing import IO, Any, NoReturn

from jinja2 import TemplateSyntaxError

from plugins.build.live_messages import packed, read_message
from plugins.build.live_site import LiveSite, told
from plugins.build.publication import SettingsError, read_settings
from plugins.build.unchanged import PLUGIN
from plugins.faults import Level
from plugins.french.spelling import prepare as prepare_spelling
from plugins.library.history import History, read_history
from plugins.library.links import BrokenLinkError

# In seconds, without a message: browsers have loaded what they show.
_PAUSE = 0.4
ERROR_LOG = ".erreur.log"
_LEFT_OUT = "L’aperçu se passe des autres modules de PLUGINS : {}. « make compiler » les emploie."
_UNEXPECTED = (
    "Erreur inattendue, qui ne vient pas de votre contenu : {}\n"
    "Transmettez le fichier {} à la personne qui maintient le site."
)


class LiveProcess:
    """A site in memory, and the check of it that is under way."""

    def __init__(self, settings: Mapping[str, Any], answers: IO[bytes]) -> None:
        """Read the whole site."""
        self._content = Path(settings["PATH"])
        self._root = self._content.parent
        self._answers = answers
        self._site = LiveSite(settings)
        self._check: _Check | None = None
        self._is_due = True

    def run(self, messages: FileIO) -> None:
        """Answer until the messages end; when they pause, have the site checked."""
        self._send({"errors": self._site.errors()})
        while True:
            pipes = [self._check.pipe] if self._check else []
            ready, _, _ = select([messages, *pipes], [], [], _PAUSE if self._is_due else None)
            if messages in ready:
                message = read_message(messages)
                if message is None:
                    break
                self._answer(message)
            elif self._check and ready:
                self._end_check(self._check)
            else:
                prepare_spelling()
                self._check, self._is_due = _Check(self._site, self._content), False
        self._put_check_off()

    def _answer(self, message: Mapping[str, Any]) -> None:
        if "changed" in message:
            # First: as long as the copy lives, what is written here is copied page by page.
            self._put_check_off()
            changed = frozenset(self._root / path for path in message["changed"])
            self._site.update(changed, datetime.fromisoformat(message["now"]))
            self._send({"errors": self._site.errors()})
            return
        try:
            made = self._site.make(message["make"])
        except Exception as error:  # noqa: BLE001 - a template, or a content at fault, raises anything
            told = _told_of_template(error, self._root)
            said = told or told_error(error, self._root)
            self._send({"status": 500, "error": said, "is_of_theme": bool(told)})
            return
        if made is None:
            self._send({"status": 404})
        elif made.moved_to:
            self._send({"status": 307, "moved_to": made.moved_to})
        else:
            self._send({"status": 200, "is_page": made.is_page}, made.data)

    def _put_check_off(self) -> None:
        """Give up the check that is under way; another is due."""
        if self._check:
            self._check.stop()
        self._check, self._is_due = None, True

    def _end_check(self, check: "_Check") -> None:
        """Tell the outcome of the check that is over; take the history that it has read."""
        self._check = None
        outcome = check.outcome()
        if outcome:
            is_other = self._site.remember(outcome.history)
            self._send({"errors": outcome.errors, "lines": outcome.lines, "is_other": is_other})

    def _send(self, header: Mapping[str, object], data: bytes = b"") -> None:
        self._answers.write(packed(header, data))
        self._answers.flush()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check has found: the errors, every fault on its line, and the history it has read."""

    errors: str
    lines: tuple[str, ...]
    history: History


class _Check:
    """A check of the whole site by a copy of this process, of lower priority."""

    def __init__(self, site: LiveSite, content: Path) -> None:
        """Start it."""
        reading, writing = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(reading)
            _check(site, content, writing)
        os.close(writing)
        self.pipe = FileIO(reading)

    def outcome(self) -> Outcome | None:
        """Return what was found, once `pipe` can be read; None if the process has died."""
        with self.pipe:
            data = self.pipe.read()
        os.waitpid(self._process, 0)
        # Written by our own process, a moment ago.
        return pickle.loads(data) if data else None  # noqa: S301

    def stop(self) -> None:
        """Give the check up."""
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self.pipe.close()


def _check(site: LiveSite, content: Path, writing: int) -> NoReturn:
    """Check the site, write the outcome, and end the process."""
    status = 1
    try:
        with open(writing, "wb") as pipe:
            os.nice(10)
            history = read_history(content)
            site.remember(history)
            try:
                faults = site.faults()
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is told
                outcome = Outcome(told_error(error, content.parent), (), history)
            else:
                is_sound = all(fault.level is Level.WARNING for fault in faults)
                lines = tuple(told(faults).splitlines())
                errors = [fault for fault in faults if fault.level is Level.ERROR]
                outcome = Outcome("" if is_sound else told(errors), lines, history)
            pickle.dump(outcome, pipe)
        status = 0
    finally:
        # Nothing of the parent's is ended or flushed twice.
        os._exit(status)


def told_error(error: Exception, root: Path) -> str:
    """Return an exception in French, as one of the program unless it is of a link or a template."""
    if isinstance(error, BrokenLinkError):
        return str(error)
    if told := _told_of_template(error, root):
        return told
    (root / ERROR_LOG).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return _UNEXPECTED.format(error, ERROR_LOG)


def _told_of_template(error: Exception, root: Path) -> str:
    """Return an exception with the line of the template that raised it, empty if none did."""
    frames = [(f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)][-1:]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    path, line = frames[-1] if frames else ("", None)
    if not path.endswith(".html"):
        return ""
    shown = Path(path).relative_to(root) if Path(path).is_relative_to(root) else Path(path)
    reason = f"{type(error).__name__} : {error}"
    return f"{shown.as_posix()}:{line}:1 · le gabarit ne peut pas être rendu ({reason})."


def main(settings_file: Path) -> int:
    """Hold the site of settings until no message comes any more; return an exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    messages = FileIO(sys.stdin.fileno(), closefd=False)
    answers = BufferedWriter(FileIO(os.dup(sys.stdout.fileno()), "w"))
    # What anything prints goes to the terminal, not among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # What is read stays: it is not looked through again and again for what could be freed.
    gc.disable()
    try:
        settings = read_settings(settings_file)
        if others := [str(name) for name in settings["PLUGINS"] if name != PLUGIN]:
            print(_LEFT_OUT.format(", ".join(others)), file=sys.stderr)
        process = LiveProcess(settings, answers)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001 - an editor must never meet a traceback
        print(told_error(error, settings_file.parent), file=sys.stderr)
        return 70
    gc.freeze()
    gc.enable()
    process.run(messages)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
