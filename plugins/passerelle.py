"""The Pelican plugin: `PLUGINS = ["plugins.passerelle"]`.

The site is planned whole before anything of it is written, so that a link can be checked; Pelican
keeps the settings, the signals, the other plugins and the command line.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pelican
from pelican import signals
from pelican.contents import Article, Category, Content, Page as PelicanPage, Tag
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.urlwrappers import Author
from pelican.utils import sanitised_join, wait_for_changes
from pelican.writers import FileOverwriteFailedError, Writer

from plugins.build.earlier import EarlierRun, planned_site
from plugins.build.rendering import (
    OUTCOME,
    Outcome,
    Output,
    Rendering,
    file_name,
    last_output,
    remember_output,
)
from plugins.build.report import print_faults, print_refusal
from plugins.build.staging import former_of
from plugins.content.record import AnyRecord
from plugins.faults import ContentErrors, refuse_errors
from plugins.models import ArticleHeader
from plugins.models.fields import Status
from plugins.store import store_of
from plugins.views.pages import File, Page
from plugins.views.texts import TextMaker

# The settings by which Pelican's own generators write files into the output too.
_WRITING = (
    "ARTICLE_PATHS",
    "DIRECT_TEMPLATES",
    "OUTPUT_SOURCES",
    "PAGE_PATHS",
    "STATIC_PATHS",
    "TEMPLATE_PAGES",
)
_UNFINISHED = "PASSERELLE_UNFINISHED"


def register() -> None:
    """Connect the handlers to signals, in the order of a run; a second call changes nothing."""
    signals.get_generators.connect(_generators)
    signals.all_generators_finalized.connect(_check)  # the last signal before the first write
    signals.get_writer.connect(_writer)
    signals.finalized.connect(_finish)
    # Before Pelican's own filter, which never lets the same words pass twice: an edit may leave
    # the faults as they were.
    pelican.logger.disable_filter()
    pelican.logger.addFilter(_print_faults)
    pelican.logger.enable_filter()


def _generators(runner: pelican.Pelican) -> type[SiteGenerator]:
    """Give Pelican the generator.

    After an exception `pelican --autoreload` runs again at once: this waits for an edit first.
    """
    if runner.settings.get(_UNFINISHED):
        wait_for_changes("", runner.settings)
    runner.settings[_UNFINISHED] = True
    return SiteGenerator


def _check(generators: Sequence[Generator]) -> None:
    for generator in generators:
        if isinstance(generator, SiteGenerator):
            generator.check(generators)


def _writer(_runner: pelican.Pelican) -> type[SiteWriter]:
    return SiteWriter


def _finish(runner: pelican.Pelican) -> None:
    runner.settings.pop(_UNFINISHED, None)


def _print_faults(record: logging.LogRecord) -> bool:
    """Print the faults in place of Pelican's log record of ContentErrors, traceback included."""
    arguments = record.args if isinstance(record.args, tuple) else ()
    errors = next((value for value in arguments if isinstance(value, ContentErrors)), None)
    if errors:
        print_refusal(errors.errors)
    return errors is None


class SiteGenerator(Generator):  # type: ignore[misc]
    """The generator that plans and writes the whole site.

    The published contents are `articles` and `pages` of Pelican's context: every content other than
    an article is a page to Pelican.
    """

    def generate_context(self) -> None:
        """Load the content, plan the pages and files, send `content_object_init` per content."""
        self.outcome: Outcome | None = self.settings.get(OUTCOME)
        self.earlier = self.outcome.earlier if self.outcome else EarlierRun()
        self.is_alone = self.outcome and not any(self.settings[name] for name in _WRITING)
        planned = planned_site(self.settings, self.earlier, to_build=True)
        self.planned = planned
        self.site, self.theme, self.plan = planned.site, planned.theme, planned.plan
        self.faults, self.notices = planned.faults, planned.notices
        self.contents: dict[str, Content] = {}
        # Nobody but other plugins and Pelican's generators would look at them.
        for record in () if self.is_alone else self.site.index.published:
            kind = RecordArticle if isinstance(record.header, ArticleHeader) else RecordPage
            content = kind(record, partial(self._html, record), self.settings, self.context)
            self.contents[record.address] = content
            self.add_source_path(content)
        # New lists: Pelican's generators write the contents of theirs.
        self.context["articles"] = [*self.context["articles"], *self._of_kind(RecordArticle)]
        self.context["pages"] = [*self.context["pages"], *self._of_kind(RecordPage)]

    def _html(self, record: AnyRecord) -> str:
        texts = TextMaker(record, self.site.index, lit_day=self.site.today)
        return str(self.theme.expand(texts.whole()))

    def check(self, generators: Sequence[Generator]) -> None:
        """Raise ContentErrors when the content cannot be published."""
        try:
            refuse_errors(self.faults)
        except ContentErrors:
            for begun in self.earlier.under_way.values():
                begun.give_up()
            raise
        self._counted = generators

    def generate_output(self, writer: SiteWriter) -> None:
        """Write the whole site; on an error found while rendering, write nothing."""
        store = store_of(Path(self.settings["PATH"]).absolute().parent)
        outcome = self.outcome
        output = last_output(outcome.output, store) if outcome else Output()
        rendering = Rendering(self.planned, store, output, self.earlier)
        if self.is_alone:
            for name in rendering.stand(Path(self.output_path), former_of(output.folder)):
                writer.stands(name)
        with _temporary_folder(Path(self.output_path)) as folder:
            made = rendering.make(folder)
            notices = self.notices.checked()
            for item, name, path in made:
                writer.take(path, name, {**self.context, **self._local_context(item, name)})
            for name in rendering.bundle_folders():
                writer.clear(name)
        faults = *self.faults, *notices
        if outcome:
            remember_output(outcome.output, Path(self.output_path), rendering.keys, store)
            outcome.faults, outcome.until = faults, self.planned.published.until
        print_faults(faults)
        self._count()

    def _local_context(self, item: Page | File, name: str) -> dict[str, Any]:
        """Return the context variables that Pelican's own generators set when they write a file."""
        content = self.contents.get(item.address)
        found = {"article" if isinstance(content, Article) else "page": content} if content else {}
        return {"output_file": name, **found}

    def _count(self) -> None:
        """Add the contents to Pelican's generators, which its closing summary counts.

        They have written by now, so nothing is written twice.
        """
        # As records: a draft is only counted, and a Content would be given to every plugin.
        drafts = [
            record for record in self.site.index.unpublished if record.header.status is Status.DRAFT
        ]
        for generator in self._counted:
            match generator:
                case ArticlesGenerator():
                    generator.articles.extend(self._of_kind(RecordArticle))
                    generator.drafts.extend(d for d in drafts if d.kind.name == "article")
                case PagesGenerator():
                    generator.pages.extend(self._of_kind(RecordPage))
                    generator.draft_pages.extend(d for d in drafts if d.kind.name != "article")

    def _of_kind(self, kind: type[Content]) -> Iterator[Content]:
        return (content for content in self.contents.values() if isinstance(content, kind))


class SiteWriter(Writer):  # type: ignore[misc]
    """Pelican's writer, extended to files of any bytes."""

    def take(self, made: Path, name: str, context: dict[str, Any]) -> None:
        """Move a file to its place in the output and send `content_written`.

        A file already written there from `TEMPLATE_PAGES` stays. Raises RuntimeError when `name`
        leads out of the output, FileOverwriteFailedError when the file was already written in this
        run.
        """
        path = sanitised_join(self.output_path, name)
        if path in self._overridden_files:
            return
        if path in self._written_files:
            raise FileOverwriteFailedError(path)
        self._written_files.add(path)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        made.replace(path)
        signals.content_written.send(path, context=context)

    def clear(self, name: str) -> None:
        """Remove from a folder of the output what an earlier run wrote and this one did not."""
        for path in Path(sanitised_join(self.output_path, name)).rglob("*"):
            if path.is_file() and str(path) not in self._written_files:
                path.unlink()

    def stands(self, name: str) -> None:
        """Count a file of the output as written."""
        self._written_files.add(sanitised_join(self.output_path, name))


class _RecordContent(Content):  # type: ignore[misc]
    """A published content for Pelican's plugins to read; Pelican does not write its page."""

    def __init__(
        self,
        record: AnyRecord,
        html: Callable[[], str],
        settings: dict[str, Any],
        context: dict[str, Any],
    ) -> None:
        self._html = html
        source = Path(settings["PATH"]).absolute().parent / record.path
        super().__init__("", dict(_metadata(record, settings)), settings, str(source), context)

    def _get_content(self) -> str:
        """Return the text as HTML; Pelican calls this method when a plugin reads `content`."""
        return self._html()


class RecordArticle(_RecordContent, Article):  # type: ignore[misc]
    """An article."""


class RecordPage(_RecordContent, PelicanPage):  # type: ignore[misc]
    """Any content other than an article."""


def _metadata(record: AnyRecord, settings: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield a content's metadata under Pelican's names; the category defaults to the folder."""
    header = record.header
    category = header.section if isinstance(header, ArticleHeader) else record.kind.folder
    yield "title", header.title
    yield "slug", record.slug
    yield "url", record.address.lstrip("/")
    yield "save_as", file_name(record.address)
    yield "summary", header.summary
    yield "status", "published"
    yield "lang", header.language
    yield "category", Category(category, settings)
    yield "tags", [Tag(theme, settings) for theme in header.themes]
    if header.authors:
        yield "authors", [Author(author, settings) for author in header.authors]
    if header.date:
        yield "date", header.date.instant
    if header.modified:
        yield "modified", header.modified.instant


@contextmanager
def _temporary_folder(output: Path) -> Iterator[Path]:
    """Yield an empty temporary folder inside the output; one left by a killed run is removed."""
    folder = output / ".passerelle"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
