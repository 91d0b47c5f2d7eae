"""Builds the site with Pelican, all or nothing; checks the content without building."""

import importlib
import logging
import os
import re
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pelican
from pelican.plugins._utils import get_namespace_plugins, load_legacy_plugin
from pelican.settings import get_settings_from_file

from plugins.build.check_report import PLAIN, CheckReport
from plugins.build.earlier import EarlierRun, planned_site as site_planned
from plugins.build.parallel import beside
from plugins.build.rendering import OUTCOME, Outcome
from plugins.build.report import print_line, print_refusal
from plugins.build.staging import StagingError, staged
from plugins.build.unchanged import PLUGIN, LastRun
from plugins.dates.in_words import format_day
from plugins.dates.moments import build_instant
from plugins.faults import ContentError, ContentErrors, refuse_errors, shorten
from plugins.library.addresses import is_reserved
from plugins.library.selection import State, why_unpublished
from plugins.site.plan import PlannedSite

_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_IMPORTLIB = importlib.__file__

_EXAMPLE = (
    "Attention : les adresses complètes du site commencent par « {} », un nom d’exemple. "
    "Donnez la vraie adresse : make publier SITEURL=https://www.exemple.fr"
)

_WAITING = "Une autre compilation est en cours : celle-ci attend son tour."
_NOT_REGISTERED = "Le module « {} » n’a pas pu s’enregistrer. Corrigez sa fonction register()."
_REFUSED = "Un module de PLUGINS signale une erreur, avec laquelle rien n’est publié :"
_WARNED = "Un module de PLUGINS signale :"


class SettingsError(ValueError):
    """The settings cannot be used; the French message gives the right form."""


def build(settings_file: Path, output: Path, last: LastRun | None = None) -> int:
    """Build the site into `output`; return 0, or 1 after having said why nothing was changed.

    `last` keeps what this build did, for the next one.
    """
    started = time.monotonic()
    at_end = ExitStack()

    def clear(folder: Path) -> None:
        # The former site has as many files as this one; meanwhile, what was done is kept.
        at_end.callback(beside(partial(shutil.rmtree, folder, ignore_errors=True)))

    def run() -> None:
        settings = read_settings(settings_file)
        sources = [Path(settings["PATH"]), Path(settings["THEME"])]
        said = partial(print_line, _WAITING)
        outcome = Outcome(output, EarlierRun(last))
        keeps = bool(last) and settings["PLUGINS"] == [PLUGIN]
        with staged(
            output, sources=sources, on_wait=said, clear=clear, keeps_former=keeps
        ) as fresh:
            plugins = _plugins(settings, settings_file)
            _run_pelican(settings_file, fresh, plugins, outcome)
            files = (name for _, _, names in os.walk(fresh) for name in names)
            count = sum(name.endswith(".html") for name in files)
        url = settings["SITEURL"]
        is_example = not settings["IS_PREVIEW"] and is_reserved(urlsplit(url).hostname or "")
        warned = (_EXAMPLE.format(url),) if is_example else ()
        if last and outcome.until:
            same = f"{count} pages dans {output.name}/, déjà à jour."
            kept = outcome.earlier.to_keep()
            last.keep(outcome.until, outcome.faults, (*warned, same), kept)
        seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
        for line in (*warned, f"{count} pages dans {output.name}/, en {seconds} s."):
            print_line(line)

    with at_end:
        return told(run)


def check(settings_file: Path, last: LastRun | None = None, report: CheckReport = PLAIN) -> int:
    """Check the content as a build and a publication of now would; return 0, or 1 on any error.

    Nothing is written. The day, or days, of the checks are told. `last` keeps what this check said,
    for the next one.
    """

    def run() -> None:
        earlier = EarlierRun(last)
        planned = site_planned(read_settings(settings_file), earlier)
        index, preview = planned.published, planned.site.index
        is_elsewhere = preview.today != index.today
        days = [f"au {format_day(index.today)}"]
        if is_elsewhere:
            days.append(f"au {format_day(preview.today)}, jour de l’aperçu")
        checked = f"Contenu vérifié {' et '.join(days)}."
        report.say(checked)
        refuse_errors(planned.faults)
        faults = *planned.faults, *planned.notices.checked()
        lines = list(_summary(planned))
        report.accept(faults, lines)
        if last:
            last.keep(index.until, faults, (checked, *lines), earlier.to_keep())

    return told(run, report.refuse, report.say)


def _summary(planned: PlannedSite) -> Iterator[str]:
    """Yield what a check found without fault."""
    index, preview = planned.published, planned.site.index
    for record in index.unpublished:
        reason = why_unpublished(record.header, index.now)
        yield f"Non publié : {record.path.as_posix()}, {reason}."
    if preview.today != index.today:
        for record in preview.unpublished:
            if index.state_of(record) is State.PUBLISHED:
                yield f"Publié, mais absent de l’aperçu : {record.path.as_posix()}."
    shown, others = len(index.published), len(index.unpublished)
    plurals = ["s" if number > 1 else "" for number in (shown, others)]
    yield (
        f"Aucune erreur : {shown} contenu{plurals[0]} publié{plurals[0]}, "
        f"{others} non publié{plurals[1]}."
    )


def planned_site(settings_file: Path, as_of: datetime | None = None) -> PlannedSite:
    """Return the site with its whole plan, its theme, and the warnings; nothing is written.

    `as_of` is an aware instant that takes the place of the settings' clock. Raises ContentErrors
    and SettingsError as a build does.
    """
    settings = read_settings(settings_file)
    last = None if as_of else LastRun(settings_file, "plan")
    earlier = EarlierRun(last)
    planned = site_planned(settings, earlier, as_of)
    refuse_errors(planned.faults)
    if last:
        last.keep(planned.published.until, planned.faults, (), earlier.to_keep())
    return planned


def told(
    run: Callable[[], None],
    refuse: Callable[[Sequence[ContentError]], None] = print_refusal,
    say: Callable[[str], None] = print_line,
) -> int:
    """Run a command and return its status; `refuse` and `say` tell why it stopped."""
    try:
        run()
    except ContentErrors as errors:
        refuse(errors.errors)
        return 1
    except (SettingsError, StagingError) as error:
        say(str(error))
        return 1
    return 0


def _run_pelican(
    settings_file: Path, fresh: Path, plugins: Mapping[str, Any], outcome: Outcome
) -> None:
    """Run Pelican into `fresh` as its command does, `plugins` by their names in the settings.

    What plugins log as warnings is printed as it is. Raises SettingsError when one could not
    register, or logs an error, as `--fatal errors` does.
    """
    arguments = pelican.parse_arguments(["-s", str(settings_file), "-o", str(fresh)])
    with _recorded() as records:
        instance, _ = pelican.get_instance(arguments)
        for name, plugin in plugins.items():
            if plugin not in instance.plugins:
                raise SettingsError(_NOT_REGISTERED.format(name))
        if set(plugins) == {PLUGIN}:
            # Another plugin may write into the files of `fresh`: none is then one of the output.
            instance.settings[OUTCOME] = outcome
        # Ours says what its closing line says, in French.
        pelican.console.quiet = True
        try:
            instance.run()
        finally:
            pelican.console.quiet = False
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    if errors:
        raise SettingsError("\n".join((_REFUSED, *errors)))
    for record in records:
        print_line(f"{_WARNED} {record.getMessage()}", sys.stderr)


def read_settings(settings_file: Path) -> dict[str, Any]:
    """Return Pelican's settings, checked where a mistake would go unseen or be told in English."""
    try:
        written = get_settings_from_file(str(settings_file))
        _check_folders(written, settings_file)
        with _recorded():
            settings: dict[str, Any] = pelican.read_settings(str(settings_file))
    except SettingsError:
        raise
    except Exception as error:  # a settings file is a program: it raises anything
        raise SettingsError(
            f"{settings_file.name} n’a pas pu être lu ({_cause(error)}). Corrigez-le."
        ) from error
    _check_address(settings["SITEURL"])
    _plugins(settings, settings_file)
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


def _plugins(settings: Mapping[str, Any], settings_file: Path) -> dict[str, Any]:
    """Return the plugins by their names in the settings; refuse those that cannot work.

    Pelican tells in English, or not at all, that it found none of that name, or no register().
    """
    wanted = settings.get("PLUGINS") or []
    if PLUGIN not in wanted:
        raise SettingsError(
            f"PLUGINS ne contient pas « {PLUGIN} », sans quoi rien n’est vérifié ni écrit. "
            f"Ajoutez-le dans {settings_file.name}."
        )
    found = {}
    for name in wanted:
        try:
            found[name] = _plugin(name, settings["PLUGIN_PATHS"])
        except Exception as error:
            raise SettingsError(
                f"Le module « {name} » n’a pas pu être chargé ({_cause(error)}). "
                f"Corrigez-le, ou retirez-le de PLUGINS dans {settings_file.name}."
            ) from error
        if not callable(getattr(found[name], "register", None)):
            raise SettingsError(
                f"Le module « {name} » n’a pas de fonction register() : il ne ferait rien. "
                f"Ajoutez-la, ou retirez-le de PLUGINS dans {settings_file.name}."
            )
    return found


def _plugin(name: object, paths: Sequence[str]) -> Any:  # noqa: ANN401 - a module, or an object
    """Return the plugin that Pelican finds under a name: its namespace comes first."""
    if not isinstance(name, str):
        return name
    # Private to Pelican, whose public ways load all plugins at once and only log what fails: the
    # fault of one could not be told.
    namespace = get_namespace_plugins()
    for full_name in (name, f"pelican.plugins.{name}"):
        if full_name in namespace:
            return namespace[full_name]
    return load_legacy_plugin(name, paths) if paths else importlib.import_module(name)


def _cause(error: Exception) -> str:
    """Return the name of an exception, with the file and line of its origin."""
    missing = f" « {error.name} »" if isinstance(error, ImportError) and error.name else ""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if not frame.filename.startswith("<") and frame.filename not in {__file__, _IMPORTLIB}:
            place = f", {Path(frame.filename).name}:{frame.lineno}"
    if isinstance(error, SyntaxError) and error.filename:
        place = f", {Path(error.filename).name}:{error.lineno}"
    return f"{type(error).__name__}{missing}{place}"


@contextmanager
def _recorded() -> Iterator[list[logging.LogRecord]]:
    """Yield the list of the warnings and errors logged meanwhile; nothing else shows them."""
    recorder = BufferingHandler(sys.maxsize)
    recorder.setLevel(logging.WARNING)
    logging.getLogger().addHandler(recorder)
    try:
        yield recorder.buffer
    finally:
        logging.getLogger().removeHandler(recorder)
