"""The programs the tests need beside Python: found, or installed where that is allowed."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

NODE_FOLDER = Path(__file__).parent
AXE = NODE_FOLDER / "node_modules" / "axe-core" / "axe.min.js"
VNU = NODE_FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

_APT_OPTIONS = ("-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")


class ToolingError(Exception):
    """A program is missing and cannot be installed from here; the message is French."""


@dataclass(frozen=True)
class Program:
    """A program, under the names it goes by, and the Debian package that brings it."""

    names: tuple[str, ...]
    package: str

    def path(self) -> str | None:
        """Return where the program is, or None."""
        return next((path for name in self.names if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Library:
    """A shared index of Linux, and the Debian package that brings it."""

    name: str
    package: str

    def path(self) -> str | None:
        """Return the library's name when it can be loaded, or elsewhere than on Linux; or None."""
        if sys.platform == "linux":
            try:
                ctypes.CDLL(self.name)
            except OSError:
                return None
        return self.name


CADDY = Program(("caddy",), "caddy")
"""What the site is published with, beside nginx."""
CALCURSE = Program(("calcurse",), "calcurse")
"""What the calendars are read with, beside libical and ical.js."""
CHROMIUM = Program(("chromium", "chromium-browser", "google-chrome"), "chromium")
EXIFTOOL = Program(("exiftool",), "libimage-exiftool-perl")
"""What metadata of published files are searched with."""
NEWSBOAT = Program(("newsboat",), "newsboat")
"""What feeds are followed with."""
NGINX = Program(("nginx", "/usr/sbin/nginx"), "nginx-light")
JAVA = Program(("java",), "default-jre-headless")
NODE = Program(("node", "nodejs"), "nodejs")
NPM = Program(("npm",), "npm")
PDFTOTEXT = Program(("pdftotext",), "poppler-utils")
"""What PDFs are read with, beside veraPDF: this and the other tools of Poppler."""
KHAL = Program(("khal",), "khal")
"""What calendars are followed with."""
LIBATOMIC = Library("libatomic.so.1", "libatomic1")
"""What Playwright's own Node needs, and a bare Debian lacks."""
LIBICAL = Library("libical.so.3", "libical3")
"""What the calendars are read with, beside ical.js."""


def provide(say: Callable[[str], None]) -> None:
    """Install what is missing; do nothing, quickly, when all is there.

    Raises ToolingError, with the commands to run by hand, where installing is not allowed.
    """
    stamp = _stamp()
    needed: list[Program | Library] = [
        CADDY,
        CALCURSE,
        CHROMIUM,
        EXIFTOOL,
        JAVA,
        KHAL,
        LIBATOMIC,
        LIBICAL,
        NEWSBOAT,
        NGINX,
        NODE,
        PDFTOTEXT,
        *([] if stamp.exists() else [NPM]),
    ]
    if missing := [need.package for need in needed if need.path() is None]:
        _install(missing, say)
    if not stamp.exists():
        say("Installation d’axe-core, de caniemail, d’ical.js et du vérificateur HTML (npm ci)…")
        _run(("npm", "ci"), folder=NODE_FOLDER)
        stamp.touch()


def _stamp() -> Path:
    """Return the file that says that the present lock is installed."""
    lock = NODE_FOLDER / "package-lock.json"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    return NODE_FOLDER / "node_modules" / f".installed-{digest}"


def _install(packages: Sequence[str], say: Callable[[str], None]) -> None:
    names = " ".join(packages)
    prefix = _privilege()
    if shutil.which("apt-get") is None or prefix is None:
        raise ToolingError(
            f"Il manque des programmes pour les essais : {names}.\n"
            "Installez-les, puis recommencez. Sous Debian ou Ubuntu :\n"
            f"    sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
        )
    say(f"Installation de {names} (apt-get)…")
    environment = (*prefix, "env", "DEBIAN_FRONTEND=noninteractive")
    _run((*environment, "apt-get", "update", "-qq"))
    _run((*environment, "apt-get", "install", "-qq", *_APT_OPTIONS, *packages))


def _privilege() -> tuple[str, ...] | None:
    """Return what to put before a command to run it as root, without asking for a password."""
    if os.geteuid() == 0:
        return ()
    sudo = ("sudo", "-n")
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run((*sudo, "true"), check=False, capture_output=True)
    return sudo if allowed.returncode == 0 else None


def _run(command: Sequence[str], folder: Path | None = None) -> None:
    """Run the command; show what it printed only when it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise ToolingError(
            f"La commande « {' '.join(command)} » a échoué (code {done.returncode}) :\n"
            f"{done.stdout.strip()}\nVérifiez la connexion et l’espace libre, puis recommencez."
        )
