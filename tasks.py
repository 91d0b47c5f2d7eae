"""The project's commands, called by `make` or `inv`; their messages to editors are French."""

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

from invoke.context import Context
from invoke.tasks import task

from plugins.build.command_line import MISUSE

ROOT = Path(__file__).parent
OUTPUT = ROOT / "output"
EXPORTS = ROOT / "exports"
PREVIEW_SETTINGS = ROOT / "pelicanconf.py"
PUBLISH_SETTINGS = ROOT / "publishconf.py"
ERROR_LOG = ROOT / ".erreur.log"

P = ParamSpec("P")


def command(function: Callable[P, int]) -> Callable[P, None]:
    """Turn a function that returns an exit status into a task; any exception is told in French.

    A status other than 0 ends the process: the tasks asked for after this one do not run.
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


def built(settings_file: Path) -> int:
    """Build the site, unless the last build did the same; return the exit status."""
    from plugins.build.unchanged import LastRun

    last = LastRun(settings_file, "build", OUTPUT)
    if last.said():
        return 0
    from plugins.build import publication

    return publication.build(settings_file, OUTPUT, last)


@task(aliases=["compiler"])
@command
def build(_context: Context) -> int:
    """Build the site into output/, whole or not at all, as of the day of the preview."""
    return built(PREVIEW_SETTINGS)


@task(aliases=["publier"])
@command
def publish(_context: Context) -> int:
    """Build the site to be published into output/, as of today."""
    return built(PUBLISH_SETTINGS)


@task(aliases=["annoncer"])
@command
def announce(_context: Context) -> int:
    """Tell the feeds' hub what changed, once output/ is online."""
    from plugins.build.announcing import announce as announce_feeds
    from plugins.store import store_of

    return announce_feeds(OUTPUT, store_of(ROOT), say)


def checked(form: str = "", files: str = "", *, staged: bool = False, mend: bool = False) -> int:
    """Check the content, unless the last check did the same; return the exit status."""
    from plugins.build.check_report import UsageError, report_of
    from plugins.build.unchanged import LastRun

    try:
        report = report_of(form, files, ROOT, staged=staged)
    except UsageError as error:
        print(error, file=sys.stderr)
        return MISUSE
    if mend:
        from plugins.build import mending

        stream = sys.stderr if form else sys.stdout
        if status := mending.mend(PREVIEW_SETTINGS, stream, report.is_about):
            return status
    last = LastRun(PREVIEW_SETTINGS, "check")
    if run := last.same():
        report.repeat(run.faults, run.lines)
        return 0
    from plugins.build import publication

    return publication.check(PREVIEW_SETTINGS, last, report)


@task(
    aliases=["verifier"],
    help={
        "format": "json, github ou gitlab : les fautes pour une machine, sur la sortie standard",
        "files": "les avis de ces fichiers seulement, par exemple content/articles/bilan.md",
        "staged": "les avis des fichiers que git va enregistrer seulement",
        "mend": "corrige ce qui ne peut se comprendre que d’une façon, et le montre",
        "links": "demande aussi aux autres sites si leurs pages liées existent toujours",
    },
)
@command
def check(
    _context: Context,
    format: str = "",  # noqa: A002 - the option's name
    files: str = "",
    staged: bool = False,
    mend: bool = False,
    links: bool = False,
) -> int:
    """Check the content without building."""
    if links and format:
        say("LIENS=oui ne va pas avec FORMAT : demandez l’un, puis l’autre.")
        return MISUSE
    status = checked(format, files, staged=staged, mend=mend)
    if links and not status:
        from plugins.build import external_links

        status = external_links.check(PREVIEW_SETTINGS, datetime.now(UTC))
    return status


@task(
    help={
        "message": "phrase qui dit ce que vous avez fait",
        "branche": "branche à part, à faire relire",
        "garder": "dans un conflit, les lignes qui restent : moi, ou collegue",
    }
)
@command
def enregistrer(_context: Context, message: str = "", branche: str = "", garder: str = "") -> int:
    """Commit the contents, once checked, and share them."""
    from plugins.build import git_commands

    return git_commands.record(ROOT, message, branche, garder, checked, say)


@task(help={"branche": "branche où aller, par exemple main"})
@command
def recevoir(_context: Context, branche: str = "") -> int:
    """Take the contents that others have shared."""
    from plugins.build import git_commands

    return git_commands.receive(ROOT, branche, say)


@task(
    help={
        "quoi": "rang de la publication dans la liste, 1 pour la dernière",
        "confirmer": "annule sans poser la question",
    }
)
@command
def annuler(_context: Context, quoi: str = "", confirmer: bool = False) -> int:
    """Show the last publications, and take one back."""
    from plugins.build import git_commands

    return git_commands.undo(ROOT, quoi, say, is_confirmed=confirmer)


@task(aliases=["apercu"], help={"port": "port de l’aperçu, 8000 par défaut"})
@command
def serve(_context: Context, port: str = "8000") -> int:
    """Serve the site on this machine, each page as its files are now; nothing is written."""
    from plugins.build.local_address import HIGHEST_PORT, PreviewError
    from plugins.build.preview import serve as serve_preview

    if not port.isdecimal() or int(port) > HIGHEST_PORT:
        say(f"« {port} » n’est pas un numéro de port. Exemple : make apercu PORT=8001")
        return MISUSE
    base = urlsplit(os.environ.get("SITEURL", "")).path
    live = python("-m", "plugins.build.live_process", str(PREVIEW_SETTINGS))
    try:
        serve_preview(ROOT, live, lambda: datetime.now(UTC), port=int(port), base=base, say=say)
    except PreviewError as error:
        say(str(error))
        return 1
    return 0


@task(aliases=["lettre"], help={"n": "numéro de la lettre"})
@command
def letter(_context: Context, n: str = "") -> int:
    """Write the e-mail, text, PDF and message of an issue into exports/."""
    from plugins.build import letter_commands

    return letter_commands.build(PUBLISH_SETTINGS, n, EXPORTS)


@task(
    aliases=["envoyer"],
    help={
        "n": "numéro de la lettre",
        "test": "boîte qui reçoit un essai, au lieu de la liste",
        "again": "envoie à la liste une lettre déjà partie",
        "confirm": "envoie ; sans cette option, rien ne part",
    },
)
@command
def send(
    _context: Context, n: str = "", test: str = "", again: bool = False, confirm: bool = False
) -> int:
    """Show the message to the list, or to the mailbox of a test; send it if confirmed."""
    from plugins.build import letter_commands

    now = datetime.now(UTC)
    return letter_commands.send(
        PUBLISH_SETTINGS, n, test=test or None, again=again, confirm=confirm, now=now
    )


@task(
    aliases=["exporter"],
    help={
        "n": "numéro de la lettre",
        "for_": "listmonk, brevo ou zip",
        "lists": "numéros des listes de l’outil, par exemple 3,4",
        "inline": "met les images dans le HTML ; sans cette option, elles restent sur le site",
    },
)
@command
def export(
    _context: Context, n: str = "", for_: str = "", lists: str = "", inline: bool = False
) -> int:
    """Write an issue's files for another sending tool into exports/."""
    from plugins.build import letter_commands

    numbers = lists.replace(",", " ").split()
    return letter_commands.export(PUBLISH_SETTINGS, n, for_, numbers, EXPORTS, inline=inline)


@task(
    help={
        "type_": "article, evenement, lettre, collectif, organisation, portrait, metier ou page",
        "titre": "titre du contenu",
        "resume": "une ou deux phrases",
        "date": "quand : 7 février 2027 17h, 25-26 mars, T4 2027, chaque premier mardi",
        "modalite": "présentiel, visio, hybride ou à définir",
        "lieu": "nom du lieu",
        "lien_visio": "lien de la visioconférence, lu de tous",
        "collectif": "chantier ou groupe",
        "organisation": "organisation concernée",
        "serie": "série de rendez-vous",
        "themes": "thèmes, séparés par des virgules",
        "rubrique": "nature d’un article",
        "evenement": "événement dont l’article est le compte rendu",
        "genre": "chantier ou groupe",
        "titre_court": "nom court d’un collectif",
        "nom": "prénom et nom de la personne",
        "consentement": "oui : la personne a donné son accord écrit",
        "expire_le": "dernier jour du portrait",
        "statut": "brouillon ou publié",
        "fichier": "nom du fichier",
        "creer": "crée aussi le collectif, l’organisation, la série ou le thème nommés",
        "depuis": "invitation d’un agenda, par exemple invitation.ics",
        "mettre_a_jour": "écrit ce que l’invitation change dans un contenu déjà là",
        "ouvrir": "ouvre le fichier écrit",
    },
)
@command
def nouveau(  # noqa: PLR0913, PLR0917 - every answer is an option too
    _context: Context,
    type_: str = "",
    titre: str = "",
    resume: str = "",
    date: str = "",
    modalite: str = "",
    lieu: str = "",
    lien_visio: str = "",
    collectif: str = "",
    organisation: str = "",
    serie: str = "",
    themes: str = "",
    rubrique: str = "",
    evenement: str = "",
    genre: str = "",
    titre_court: str = "",
    nom: str = "",
    consentement: str = "",
    expire_le: str = "",
    statut: str = "",
    fichier: str = "",
    depuis: str = "",
    creer: bool = False,
    mettre_a_jour: bool = False,
    ouvrir: bool = False,
) -> int:
    """Write a new content, from options or from answers in the terminal."""
    given = {name.strip("_").upper(): value for name, value in locals().items() if value}
    from plugins.build.new_commands import Order, create

    answers = {n: str(v) for n, v in given.items() if isinstance(v, str) and n != "DEPUIS"}
    order = Order(answers, depuis, updates=mettre_a_jour, creates=creer, opens=ouvrir)
    return create(PREVIEW_SETTINGS, order)


@task
@command
def lint(_context: Context) -> int:
    """Check the style of the Python code (ruff)."""
    return run_all(
        python("-m", "ruff", "check"),
        python("-m", "ruff", "format", "--check"),
    )


@task
@command
def types(_context: Context) -> int:
    """Check the types of the Python code (mypy)."""
    return run_all(python("-m", "mypy"))


@task
@command
def contracts(_context: Context) -> int:
    """Check that imports follow the layers of the packages (import-linter)."""
    return run_all(lint_imports())


@task
@command
def test(_context: Context) -> int:
    """Install the test tools that are missing, then check all: style, types, layers, tests."""
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
        lint_imports(),
        # A file's tests stay together: they share what it takes long to build.
        python("-m", "pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"),
    )


@task(name="test-alone")
@command
def alone(_context: Context) -> int:
    """Run each test file by itself, in a random order."""
    from tests.alone import run_each_alone

    return 0 if run_each_alone(say) else 1


@task
@command
def golden(_context: Context) -> int:
    """Renew the reference files of tests/golden/; read git diff afterwards."""
    ignored = ("--ignore=tests/browser", "--ignore=tests/test_alone.py")
    return run_all(python("-m", "pytest", "-q", "--renew-golden", *ignored))


@task
@command
def docs(_context: Context) -> int:
    """Renew what the models tell: the guide's tables, its aide-mémoire, the JSON Schemas."""
    from plugins.tools import guide_tables, json_schemas
    from plugins.tools.memo import TARGET, write_memo

    guide = ROOT / "docs/guide"
    changed = [chapter.relative_to(ROOT) for chapter in guide_tables.renew(guide)]
    say("\n".join(f"{chapter} : renouvelé." for chapter in changed) or "Guide : déjà à jour.")
    write_memo(guide, ROOT / "theme/print/fonts")
    say(f"{TARGET} : écrit.")
    schemas = ROOT / ".vscode/schemas"
    say(f"{schemas.name}/ : {'renouvelés' if json_schemas.renew(schemas) else 'déjà à jour'}.")
    return 0


@task(
    help={
        "sizes": "nombres d’articles, par exemple 200,2000",
        "rounds": "nombre de tours, chaque outil à son tour",
        "seed": "graine du tirage des contenus",
        "profile": "montre où passe le temps, étape par étape, sans rien comparer",
    },
)
@command
def bench(
    _context: Context,
    sizes: str = "200,2000",
    rounds: str = "3",
    seed: str = "1",
    profile: bool = False,
) -> int:
    """Time our builds, stock Pelican's and Hugo's on contents drawn at random; write docs/bench."""
    numbers = [number.strip() for number in sizes.split(",")]
    if not all(number.isdecimal() and int(number) for number in (*numbers, rounds, seed)):
        say("Écrivez des nombres entiers. Exemple : inv bench --sizes 200,2000 --rounds 3")
        return MISUSE
    from plugins.tools.bench import commands

    counts = sorted(map(int, numbers))
    if profile:
        return commands.show_profile(ROOT, counts[-1], int(seed), say)
    return commands.run(ROOT, counts, int(rounds), int(seed), say)


@task(help={"upgrade": "prend les versions les plus récentes que permet pyproject.toml"})
@command
def lock(_context: Context, upgrade: bool = False) -> int:
    """Write requirements.lock anew from pyproject.toml."""
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
    """Delete the built site and the caches."""
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


def lint_imports() -> list[str]:
    """Return the command that checks the contracts of pyproject.toml."""
    return [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]


def run_all(*commands: list[str]) -> int:
    """Run every command, even after a failure, to show all faults; return the first bad status."""
    statuses = [subprocess.run(command, check=False).returncode for command in commands]
    return next((status for status in statuses if status), 0)


def say(message: str) -> None:
    """Show a message at once, even through a pipe."""
    print(message, flush=True)
