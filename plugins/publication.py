"""Builds the site with Pelican, all or nothing; checks the content without building."""

import importlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pelican
from pelican.log import init as init_logging

from plugins.core.errors import ContentErrors, Level, shorten
from plugins.core.staging import StagingError, staged
from plugins.generator import plan_faults, site_of
from plugins.report import print_faults, print_line, print_refusal


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
            count = sum(1 for _ in fresh.rglob("*.html"))
        print_faults(context["PASSERELLE_WARNINGS"])
        seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
        print_line(f"{count} pages dans {output.name}/, en {seconds} s.")

    return _told(run)


def check(settings_file: Path) -> int:
    """Check the content as a build would, without writing; return 0, or 1 on any error."""

    def run() -> None:
        settings = _read_settings(settings_file)
        context: dict[str, Any] = dict(settings)
        site, theme = site_of(context)
        for name in settings["PLUGINS"]:
            builder = getattr(importlib.import_module(name), "pages", None)
            site.plan.extend(builder(site, theme) if builder else ())
        faults = [*context["PASSERELLE_FAULTS"], *plan_faults(site)]
        if any(fault.level is Level.ERROR for fault in faults):
            raise ContentErrors(faults)
        print_faults(faults)
        count = len(site.library.entries)
        aside = len(site.library.unpublished)
        print_line(f"Aucune erreur : {count} contenus publiés, {aside} mis de côté.")

    return _told(run)


def _say_waiting() -> None:
    print_line("Une autre compilation est en cours : celle-ci attend son tour.")


def _told(run: Callable[[], None]) -> int:
    """Run, and tell in French what stopped it."""
    try:
        run()
    except ContentErrors as errors:
        print_refusal(errors.errors)
        return 1
    except (SettingsError, StagingError) as error:
        print_line(str(error))
        return 1
    return 0


def _run_pelican(settings_file: Path, output: Path) -> dict[str, Any]:
    """Run Pelican as its command does with `--fatal errors`; return the context of the run."""
    said = _Said()
    init_logging(level=logging.WARNING, fatal="errors", handler=None)
    logging.getLogger().addHandler(said)
    arguments = pelican.parse_arguments(
        ["-s", str(settings_file), "-o", str(output), "--fatal", "errors"]
    )
    try:
        instance, settings = pelican.get_instance(arguments)
        _check_plugins(instance, settings)
        return _run(instance)
    except RuntimeError as error:
        if said.messages:
            raise SettingsError("Pelican a refusé : " + " ; ".join(said.messages)) from error
        raise
    finally:
        logging.getLogger().removeHandler(said)


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
    """Return Pelican's settings, checked where a mistake would go unseen."""
    settings: dict[str, Any] = pelican.read_settings(str(settings_file))
    address = settings["SITEURL"]
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            f"SITEURL vaut {shorten(address)} : écrivez l’adresse complète du site, "
            "par exemple https://passerelle.example."
        )
    return settings


class _Said(logging.Handler):
    """Keeps what Pelican logs as errors, to tell it once and in its place."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
