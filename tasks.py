"""The project's commands. Editors read their help, so it is in French."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec
from urllib.parse import urlsplit

from invoke.collection import Collection
from invoke.context import Context
from invoke.main import program
from invoke.tasks import task

from plugins.build.command_line import FrenchProgram

ROOT = Path(__file__).parent
OUTPUT = ROOT / "output"
EXPORTS = ROOT / "exports"
PREVIEW_SETTINGS = ROOT / "pelicanconf.py"
PUBLISH_SETTINGS = ROOT / "publishconf.py"
ERROR_LOG = ROOT / ".erreur.log"

# `inv` has made its Program before it reads this file; what it then does is ours.
program.__class__ = FrenchProgram

P = ParamSpec("P")


def command(function: Callable[P, int]) -> Callable[P, None]:
    """Make a function that returns an exit status a task; whatever it raises is told in French.

    A failure ends the process, so that the tasks asked for after this one do not run.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        os.chdir(ROOT)
        try:
            status = function(*args, **kwargs)
        except KeyboardInterrupt:
            say("\nInterrompu.")
            status = 130
        except Exception as error:  # noqa: BLE001 - an editor must never meet a traceback
            ERROR_LOG.write_text(traceback.format_exc(), encoding="utf-8")
            say(
                f"Erreur inattendue, qui ne vient pas de votre contenu : {error}\n"
                f"Transmettez le fichier {ERROR_LOG.name} à la personne qui maintient le site."
            )
            status = 70
        if status:
            raise SystemExit(status)

    return run


@task(help={"publish": "compile le site à publier (publishconf.py, date du jour)"})
@command
def build(_context: Context, publish: bool = False) -> int:
    """Compile le site dans output/, en entier ou pas du tout."""
    from plugins.build import publication

    return publication.build(PUBLISH_SETTINGS if publish else PREVIEW_SETTINGS, OUTPUT)


@task
@command
def check(_context: Context) -> int:
    """Vérifie le contenu sans compiler le site."""
    from plugins.build import publication

    return publication.check(PREVIEW_SETTINGS)


@task(help={"port": "port de l’aperçu, 8000 par défaut"})
@command
def serve(_context: Context, port: str = "8000") -> int:
    """Compile le site, le sert à http://localhost:8000 et le recompile à chaque changement."""
    from plugins.build.preview import PreviewError, serve as serve_preview

    base = urlsplit(os.environ.get("SITEURL", "")).path
    build_command = (sys.executable, "-m", "invoke", "build")
    try:
        serve_preview(ROOT, OUTPUT, build_command, port=int(port), base=base, say=say)
    except ValueError:
        say(f"« {port} » n’est pas un numéro de port. Exemple : make serve PORT=8001")
        return 2
    except PreviewError as error:
        say(str(error))
        return 1
    return 0


@task(name="build", positional=["number"], help={"number": "numéro de la lettre"})
@command
def letter_build(_context: Context, number: str) -> int:
    """Prépare le courriel, le texte, le PDF et le message d’une lettre dans exports/."""
    from plugins.build import letter_commands as commands

    return commands.build(PUBLISH_SETTINGS, number, EXPORTS)


@task(
    name="send",
    positional=["number"],
    help={
        "number": "numéro de la lettre",
        "test": "boîte qui reçoit un essai, au lieu de la liste",
        "again": "envoie à la liste une lettre déjà partie",
        "confirm": "envoie ; sans cette option, rien ne part",
    },
)
@command
def letter_send(
    _context: Context, number: str, test: str = "", again: bool = False, confirm: bool = False
) -> int:
    """Montre ce qui partirait à la liste, ou à la boîte d’un essai ; l’envoie si on le confirme."""
    from plugins.build import letter_commands as commands

    now = datetime.now(UTC)
    return commands.send(
        PUBLISH_SETTINGS, number, test=test or None, again=again, confirm=confirm, now=now
    )


@task(
    name="export",
    positional=["number"],
    iterable=["to_list"],
    help={
        "number": "numéro de la lettre",
        "for_": "listmonk, brevo ou zip",
        "to_list": "numéro d’une liste de l’outil ; peut être répété",
        "inline": "met les images dans le HTML ; sans cette option, elles restent sur le site",
    },
)
@command
def letter_export(
    _context: Context,
    number: str,
    for_: str = "",
    to_list: list[str] | None = None,
    inline: bool = False,
) -> int:
    """Prépare dans exports/ ce que prend un autre outil d’envoi."""
    from plugins.build import letter_commands as commands

    return commands.export(PUBLISH_SETTINGS, number, for_, to_list or [], EXPORTS, inline=inline)


@task
@command
def lint(_context: Context) -> int:
    """Vérifie le style du code Python (ruff)."""
    return run_all(
        python("-m", "ruff", "check"),
        python("-m", "ruff", "format", "--check"),
    )


@task
@command
def types(_context: Context) -> int:
    """Vérifie les types du code Python (mypy)."""
    return run_all(python("-m", "mypy"))


@task
@command
def test(_context: Context) -> int:
    """Installe les outils d’essai qui manquent, puis vérifie tout : style, types, essais."""
    from tests.tooling import ToolingError, provide

    try:
        provide(say)
    except ToolingError as error:
        say(str(error))
        return 1
    return run_all(
        python("-m", "ruff", "check"),
        python("-m", "ruff", "format", "--check"),
        python("-m", "mypy"),
        # A file's tests stay together: they share what it takes long to build.
        python("-m", "pytest", "-n", "auto", "--dist", "loadfile"),
    )


@task
@command
def golden(_context: Context) -> int:
    """Renouvelle les fichiers de référence de tests/golden/ ; relisez ensuite git diff."""
    return run_all(python("-m", "pytest", "-q", "--renew-golden", "--ignore=tests/browser"))


@task
@command
def docs(_context: Context) -> int:
    """Renouvelle les tableaux du guide de rédaction d’après les modèles."""
    from plugins.tools.guide_tables import renew

    guide = ROOT / "docs/guide-de-redaction.md"
    say(f"{guide.name} : {'renouvelé' if renew(guide) else 'déjà à jour'}.")
    return 0


@task(help={"upgrade": "prend les versions les plus récentes que permet pyproject.toml"})
@command
def lock(_context: Context, upgrade: bool = False) -> int:
    """Réécrit requirements.lock d’après pyproject.toml."""
    return run_all(
        python(
            *("-m", "uv", "pip", "compile", "--quiet", "--all-extras", "--generate-hashes"),
            *("--no-emit-index-url", "--python-version", "3.11.2"),
            *("--custom-compile-command", "make lock"),
            *("--output-file", "requirements.lock", "pyproject.toml"),
            *(("--upgrade",) if upgrade else ()),
        )
    )


@task
@command
def clean(_context: Context) -> int:
    """Supprime le site compilé et les caches."""
    from plugins.build.staging import remove

    remove(OUTPUT)
    shutil.rmtree(EXPORTS, ignore_errors=True)
    for cache in (".cache", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"):
        shutil.rmtree(ROOT / cache, ignore_errors=True)
    ERROR_LOG.unlink(missing_ok=True)
    return 0


def python(*arguments: str) -> list[str]:
    """Return a command for this environment's Python."""
    return [sys.executable, *arguments]


def run_all(*commands: list[str]) -> int:
    """Run every command, even after a failure, to show all faults; return the first bad status."""
    statuses = [subprocess.run(command, check=False).returncode for command in commands]
    return next((status for status in statuses if status), 0)


def say(message: str) -> None:
    """Show a message at once, even through a pipe."""
    print(message, flush=True)


namespace = Collection(build, check, serve, lint, types, test, golden, docs, lock, clean)
namespace.add_collection(
    Collection("letter", letter_build, letter_send, letter_export), name="letter"
)
