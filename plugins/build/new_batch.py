"""What one command writes in the content folder: all of it at once, or nothing."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from plugins.build.command_line import MISUSE
from plugins.build.memory import memory_of
from plugins.build.prompts import ask_text
from plugins.build.report import print_line
from plugins.checks.references import check as check_references
from plugins.content.reading import Contents, read_contents
from plugins.faults import refuse_errors
from plugins.french.slugs import check_slug, slugify
from plugins.library.index import Index
from plugins.mailing.failures import french
from plugins.models.fields import Status
from plugins.site.plan import instant_of
from plugins.writing.files import write_all
from plugins.writing.new_content import NewContent
from plugins.writing.questions import type_name
from plugins.writing.themes import THEMES_FILE, with_theme

NOTHING_WRITTEN = "rien n’a été écrit"
_PREVIEW = "http://localhost:8000"


class NewContentError(Exception):
    """The content cannot be made as it was asked for; the message is French."""

    def __init__(self, message: str, status: int = MISUSE) -> None:
        super().__init__(french(message))
        self.status = status


class Batch:
    """What is to be written, and the contents that are there.

    `new` are the new contents, `changed` the texts of others by their paths, `themes` the names of
    new themes. Nothing is on the disk before `write`. Questions are put to someone who `is_asked`.
    """

    def __init__(self, settings: Mapping[str, Any], *, is_asked: bool) -> None:
        """Read the contents of Pelican's settings."""
        root = Path(settings["PATH"])
        self.now = instant_of(settings)
        self.there: Contents = read_contents(root, memory_of(root).records)
        self.is_asked = is_asked
        self.new: list[NewContent] = []
        self.changed: dict[Path, str] = {}
        self.themes: list[str] = []

    def filed(
        self, content: NewContent, title: str, name: str, *, takes_proposed: bool
    ) -> NewContent:
        """Return a content under a name of file, else that of its title, unless it is taken."""
        objection = ""
        name = name.removesuffix(".md")
        if not name:
            try:
                name = slugify(title)
            except ValueError:
                objection = "Ce titre n’a ni lettre latine ni chiffre dont nommer le fichier."
        while True:
            if name and not (objection := self._objection(content, name)):
                return content.renamed(name)
            proposed = self._proposed(content, name)
            if takes_proposed:
                return content.renamed(proposed)
            if not self.is_asked:
                raise NewContentError(f"{objection} Donnez un nom : FICHIER={proposed}")
            print_line(french(f"  {objection}"))
            name = ask_text("Nom du fichier", "sans accent ni espace", proposed)

    def _objection(self, content: NewContent, name: str) -> str:
        """Return in French why a file cannot have a name, nothing when it can."""
        try:
            check_slug(name)
        except ValueError as error:
            return str(error)
        placed = content.renamed(name)
        if placed.is_free(self.contents):
            return ""
        if (self.there.root.parent / placed.path).exists():
            return f"{placed.path.as_posix()} existe déjà."
        return f"L’adresse {placed.record.address} est déjà prise."

    def _proposed(self, content: NewContent, name: str) -> str:
        """Return a name that a file can have, near the one that it cannot."""
        try:
            name = slugify(name)
        except ValueError:
            name = type_name(content.kind)
        return content.renamed(name).with_free_name(self.contents).path.stem

    @property
    def contents(self) -> Contents:
        """The contents, with those to be written."""
        new = (content.record for content in self.new)
        return replace(self.there, records=(*self.there.records, *new))

    def text_of(self, path: Path) -> str:
        """Return the text of a content that is there, as it will be once all is written."""
        return self.changed.get(path) or (self.there.root.parent / path).read_bytes().decode()

    def take(self, content: NewContent) -> None:
        """Take a content as to be written. Raises ContentErrors for one that cannot be published.

        A draft may have faults: a publication tells them.
        """
        self.new.append(content)
        record = content.record
        if record.header.status is Status.PUBLISHED:
            index = Index(self.contents, self.now)
            refuse_errors((*record.faults, *record.text_faults(), *check_references(record, index)))

    def write(self) -> tuple[Path, ...]:
        """Write all that was taken, say where it is, and return the files."""
        project = self.there.root.parent
        new = {content.path: content.text for content in self.new}
        changed = dict(self.changed)
        themes = Path(self.there.root.name) / THEMES_FILE
        if self.themes:
            is_there = (project / themes).exists()
            (changed if is_there else new)[themes] = self._text_of_themes(project / themes)
        try:
            write_all(project, new, changed)
        except FileExistsError as error:
            there = Path(error.filename2 or error.filename).relative_to(project).as_posix()
            raise NewContentError(
                f"{there} vient d’être créé par ailleurs : {NOTHING_WRITTEN}.", 1
            ) from None
        except OSError as error:
            raise NewContentError(
                f"Le dossier {self.there.root.name} ne prend pas de fichier ({error.strerror}) : "
                f"{NOTHING_WRITTEN}. Vérifiez ses droits.",
                1,
            ) from None
        self._tell(themes)
        return tuple(project / path for path in (*changed, *new))

    def _text_of_themes(self, file: Path) -> str:
        text = file.read_bytes().decode(errors="surrogateescape") if file.exists() else ""
        for name in self.themes:
            try:
                text = with_theme(text.encode(errors="surrogateescape"), name)
            except ValueError as error:
                raise NewContentError(str(error), status=1) from None
        return text

    def _tell(self, themes: Path) -> None:
        """Say what was written, where the last content is shown, and what is left to do."""
        lines = [f"Mis à jour : {path.as_posix()}" for path in self.changed]
        lines += (f"Thème ajouté dans {themes.as_posix()} : {name}" for name in self.themes)
        lines += (f"Écrit : {content.path.as_posix()}" for content in self.new)
        base = urlsplit(os.environ.get("SITEURL", "")).path.rstrip("/")
        for content in self.new[-1:]:
            record = content.record
            lines.append(f"Aperçu (make apercu) : {_PREVIEW}{base}{record.address}")
            if record.header.status is Status.DRAFT:
                lines.append(
                    "C’est un brouillon : il ne paraît qu’une fois « statut: publié » écrit."
                )
            # A draft may miss what it needs; it is at fault until then, and has no page.
            left = [
                f"« {fault.field} » (pas d’aperçu sans lui)"
                for fault in record.faults
                if (fault.field,) in record.positions
            ]
            if not record.body.plain_text().strip():
                left.append("le texte, en bas du fichier")
            if left:
                lines.append(f"Reste à écrire : {' et '.join(left)}.")
        for line in lines:
            print_line(french(line))
