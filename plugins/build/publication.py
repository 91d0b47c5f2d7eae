"""Builds the site with Pelican, all or nothing; checks the content without building."""

import importlib
import logging
import re
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pelican
from pelican.log import init as init_logging
from pelican.settings import get_settings_from_file

from plugins.build.report import NOTHING_PUBLISHED, print_faults, print_line, print_refusal
from plugins.build.staging import StagingError, staged
from plugins.dates.clock import build_instant
from plugins.faults import ContentError, ContentErrors, Level, shorten
from plugins.library.addresses import is_reserved
from plugins.library.schedule import why_aside
from plugins.site.generator import plan_faults, site_of
from plugins.theme.theme import Theme
from plugins.views.site import Site

# The plugins that check the content and write it; the others only add to the site.
_NEEDED = ("plugins.site.reader", "plugins.site.writer")
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_IMPORTLIB = importlib.__file__
_NOT_REGISTERED = re.compile(r"Cannot register plugin `([^`]+)`")

_EXAMPLE = (
    "Attention : les adresses complètes du site commencent par « {} », un nom d’exemple. "
    "Donnez la vraie adresse : SITEURL=https://www.exemple.fr make publish"
)


class SettingsError(ValueError):
    """The settings cannot be used; the message is French and says what to write."""


def build(settings_file: Path, output: Path) -> int:
    """Build the site into `output`; return 0, or 1 after having said why nothing was changed."""
    started = time.monotonic()

    def run() -> None:
        settings = _read_settings(settings_file)
        sources = [Path(settings["PATH"]), Path(settings["THEME"])]
        with staged(output, sources=sources, on_wait=_say_waiting) as fresh:
            context = _run_pelican(settings_file, fresh)
            site = site_of(context)[0]
            notices = site.told_notices()
            count = sum(1 for _ in fresh.rglob("*.html"))
        print_faults([*context["PASSERELLE_WARNINGS"], *notices])
        if not site.is_preview and is_reserved(urlsplit(site.url).hostname or ""):
            print_line(_EXAMPLE.format(site.url))
        seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
        print_line(f"{count} pages dans {output.name}/, en {seconds} s.")

    return told(run)


def check(settings_file: Path) -> int:
    """Check the content as a build would, without writing; return 0, or 1 on any error."""

    def run() -> None:
        site, _, faults = planned_site(settings_file)
        print_faults([*faults, *site.told_notices()])
        library = site.library
        for entry in library.unpublished:
            reason = why_aside(entry.header, site.now)
            print_line(f"Mis de côté : {entry.document.path.as_posix()}, {reason}.")
        aside = len(library.unpublished)
        print_line(f"Aucune erreur : {len(library.entries)} contenus publiés, {aside} mis de côté.")

    return told(run)


def planned_site(
    settings_file: Path, as_of: datetime | None = None
) -> tuple[Site, Theme, list[ContentError]]:
    """Return the site with its whole plan, its theme, and the warnings; nothing is written.

    `as_of` is an aware instant that takes the place of the settings' clock. Raises ContentErrors
    and SettingsError as a build does.
    """
    settings = _read_settings(settings_file)
    if as_of:
        settings = {**settings, "BUILD_DATE": as_of, "SOURCE_DATE_EPOCH": None}
    context: dict[str, Any] = dict(settings)
    site, theme = site_of(context)
    for name in settings["PLUGINS"]:
        builder = getattr(importlib.import_module(name), "pages", None)
        site.plan.extend(builder(site, theme) if builder else ())
    faults = [*context["PASSERELLE_FAULTS"], *plan_faults(site)]
    if any(fault.level is Level.ERROR for fault in faults):
        raise ContentErrors(faults)
    return site, theme, faults


def _say_waiting() -> None:
    print_line("Une autre compilation est en cours : celle-ci attend son tour.")


def told(run: Callable[[], None], outcome: str = NOTHING_PUBLISHED) -> int:
    """Run, and tell in French what stopped it; `outcome` says what faults kept from being done."""
    try:
        run()
    except ContentErrors as errors:
        print_refusal(errors.errors, outcome=outcome)
        return 1
    except (SettingsError, StagingError) as error:
        print_line(str(error))
        return 1
    return 0


def _run_pelican(settings_file: Path, output: Path) -> dict[str, Any]:
    """Run Pelican as its command does with `--fatal errors`; return the context of the run."""
    init_logging(level=logging.WARNING, fatal="errors", handler=None)
    arguments = pelican.parse_arguments(
        ["-s", str(settings_file), "-o", str(output), "--fatal", "errors"]
    )
    with _listening() as said:
        try:
            instance, settings = pelican.get_instance(arguments)
            _check_plugins(instance, settings)
            return _run(instance)
        except RuntimeError as error:
            if said:
                raise SettingsError(_in_french(said)) from error
            raise


def _in_french(said: list[str]) -> str:
    """Return what Pelican's errors mean, as far as they are known."""
    for message in said:
        if found := _NOT_REGISTERED.search(message):
            return (
                f"Le module « {found[1]} » n’a pas pu s’enregistrer. "
                "Corrigez sa fonction register()."
            )
    return "Pelican a refusé : " + " ; ".join(said)


def _run(instance: pelican.Pelican) -> dict[str, Any]:
    contexts: list[dict[str, Any]] = []

    def keep(generators: list[Any]) -> None:
        contexts.append(generators[0].context)

    pelican.signals.all_generators_finalized.connect(keep)
    # Its closing line, in English, counts contents that are not Pelican's own: ours says it.
    pelican.console.quiet = True
    try:
        instance.run()
    finally:
        pelican.console.quiet = False
        pelican.signals.all_generators_finalized.disconnect(keep)
    return contexts[0]


def _check_plugins(instance: pelican.Pelican, settings: dict[str, Any]) -> None:
    """Refuse a plugin that Pelican could not load, or registered with no effect."""
    loaded = {getattr(plugin, "__name__", plugin) for plugin in instance.plugins}
    if missing := [name for name in settings["PLUGINS"] if name not in loaded]:
        raise SettingsError(
            f"Le module {shorten(', '.join(missing))} n’a pas pu être chargé. "
            "Corrigez PLUGINS dans pelicanconf.py."
        )


def _read_settings(settings_file: Path) -> dict[str, Any]:
    """Return Pelican's settings, checked where a mistake would go unseen or be told in English."""
    try:
        written = get_settings_from_file(str(settings_file))
        _check_folders(written, settings_file)
        with _listening():
            settings: dict[str, Any] = pelican.read_settings(str(settings_file))
    except SettingsError:
        raise
    except Exception as error:  # a settings file is a program: it raises anything
        raise SettingsError(
            f"{settings_file.name} n’a pas pu être lu ({_cause(error)}). Corrigez-le."
        ) from error
    _check_address(settings["SITEURL"])
    _check_modules(settings["PLUGINS"], settings_file)
    try:
        build_instant(settings.get("BUILD_DATE") or "", settings.get("SOURCE_DATE_EPOCH"))
    except ValueError as error:
        raise SettingsError(str(error)) from None
    return settings


def _check_folders(settings: dict[str, Any], settings_file: Path) -> None:
    for name in ("PATH", "THEME"):
        folder = settings.get(name)
        if not folder or not (settings_file.parent / folder).is_dir():
            raise SettingsError(
                f"{name} vaut {shorten(folder)} : ce dossier n’existe pas. "
                f"Corrigez le chemin dans {settings_file.name}."
            )


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc)
    except ValueError:
        is_whole = False
    if not is_whole or parts.query or parts.fragment or " " in parts.path:
        raise SettingsError(
            f"SITEURL vaut {shorten(address)} : écrivez l’adresse complète du site, "
            "par exemple https://passerelle.example."
        )


def _check_modules(names: list[str], settings_file: Path) -> None:
    """Refuse plugins that cannot work: Pelican tells it in English, or not at all."""
    for name in _NEEDED:
        if name not in names:
            raise SettingsError(
                f"PLUGINS ne contient pas « {name} », sans quoi rien n’est vérifié ni écrit. "
                f"Ajoutez-le dans {settings_file.name}."
            )
    for name in names:
        try:
            module = importlib.import_module(name)
        except Exception as error:
            raise SettingsError(
                f"Le module « {name} » n’a pas pu être chargé ({_cause(error)}). "
                f"Corrigez-le, ou retirez-le de PLUGINS dans {settings_file.name}."
            ) from error
        if not callable(getattr(module, "register", None)):
            raise SettingsError(
                f"Le module « {name} » n’a pas de fonction register() : il ne ferait rien. "
                f"Ajoutez-la, ou retirez-le de PLUGINS dans {settings_file.name}."
            )


def _cause(error: Exception) -> str:
    """Return what went wrong in a program, and where, in words of no language."""
    missing = f" « {error.name} »" if isinstance(error, ImportError) and error.name else ""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if not frame.filename.startswith("<") and frame.filename not in {__file__, _IMPORTLIB}:
            place = f", {Path(frame.filename).name}:{frame.lineno}"
    if isinstance(error, SyntaxError) and error.filename:
        place = f", {Path(error.filename).name}:{error.lineno}"
    return f"{type(error).__name__}{missing}{place}"


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Yield the list of what Pelican logs meanwhile; nothing of it is shown."""
    said = _Said()
    logging.getLogger().addHandler(said)
    try:
        yield said.messages
    finally:
        logging.getLogger().removeHandler(said)


class _Said(logging.Handler):
    """Keeps what Pelican logs as errors, to tell it once and in its place."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
