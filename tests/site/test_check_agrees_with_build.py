"""What `check` passes, `build` publishes: 500 random edits of the sample, and the cases found.

A build refuses what `check` finds: both read the faults of `site.plan.site_of` and stop there. It
may still stop later, while it makes pages and files: on an error told then, or on an exception.
So, what `check` passes is made here, as `passerelle.SiteGenerator` makes it, in this process:
Pelican and its writer, which are given bytes, are left out, and so is the history (the copy is in
no repository). Fifty edits are tried at once, each in a file of its own. Those that `check` finds
at fault are taken back until the others pass, and these are made; half of the batches on the day
of the preview, half for a publication.

The edits are the same in each run, so that a change is judged by what it changes. To try others:
`EDITS_SEED=7 .venv/bin/python -m pytest tests/site/test_check_agrees_with_build.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import jinja2
import pelican
import pytest

from plugins.content import reading
from plugins.content.record import AnyRecord
from plugins.faults import ContentError, Level
from plugins.models import Kind
from plugins.outputs.pdf import cache
from plugins.outputs.pdf.pdf import Pdf, PdfSource, to_pdf
from plugins.site.plan import PlannedSite, site_of
from plugins.views.pages import Page
from tests.site.random_edits import Edit, random_edit
from tests.sites import ROOT, keep_cards

PARTS, BATCHES, EDITS = 5, 2, 50


class Sample:
    """A copy of a content folder, edited in place and put right again."""

    def __init__(self, root: Path, settings: Mapping[str, Any]) -> None:
        self.root = root
        self.settings = settings
        self.files = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    @contextmanager
    def edited(self, edits: Sequence[Edit]) -> Iterator[None]:
        changes = {path: data for edit in edits for path, data in edit.changes.items()}
        try:
            for path, data in changes.items():
                self._put(path, data)
            yield
        finally:
            for path in changes:
                self._put(path, self.files.get(path))

    def _put(self, path: str, data: bytes | None) -> None:
        file = self.root / path
        if data is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)

    def disagreement(self, edits: Sequence[Edit]) -> str | None:
        """Return how a build stops with those of the edits that `check` passes, None if it ends."""
        with self.edited(edits):
            try:
                planned = site_of(self.settings)
                errors = errors_of(planned)
                if not errors:
                    make(planned)
                    return None
            except Exception as error:  # noqa: BLE001 - of any kind: that is what is sought
                return f"{type(error).__name__}: {error}"
        kept = [edit for edit in edits if not any(holds(edit, error) for error in errors)]
        if len(kept) == len(edits):
            kept = [edit for edit in edits if not any(is_named(edit, error) for error in errors)]
        if len(kept) < len(edits):
            return self.disagreement(kept) if kept else None
        if len(edits) == 1:
            return None
        half = len(edits) // 2
        return self.disagreement(edits[:half]) or self.disagreement(edits[half:])


def holds(edit: Edit, error: ContentError) -> bool:
    """Return True when an error lies in a file of an edit."""
    return error.path.relative_to("content").as_posix() in edit.changes


def is_named(edit: Edit, error: ContentError) -> bool:
    """Return True when an error elsewhere names a file of an edit: what is gone is missed there."""
    return any(Path(path).stem in error.message for path in edit.changes)


def errors_of(planned: PlannedSite) -> list[ContentError]:
    return [fault for fault in planned.faults if fault.level is Level.ERROR]


def make(planned: PlannedSite) -> None:
    """Make every page and file; raise ContentErrors as a build does."""
    for item in planned.plan:
        if isinstance(item, Page):
            planned.theme.render(planned.site.page_view(item))
        else:
            item.content()
    planned.notices.checked()


def settings_of(root: Path, *, is_preview: bool) -> dict[str, Any]:
    settings = pelican.read_settings(str(ROOT / "pelicanconf.py"))
    return {**settings, "PATH": str(root), "IS_PREVIEW": is_preview}


@pytest.fixture(scope="module", autouse=True)
def _nothing_made_twice() -> Iterator[None]:
    """Remember records, templates and PDFs: most files are as they were."""
    known: dict[tuple[str, Path, bytes], AnyRecord] = {}
    read = reading.read_record

    def remembered(kind: Kind, path: Path, data: bytes) -> AnyRecord:
        key = (kind.name, path, data)
        if key not in known:
            known[key] = read(kind, path, data)
        return known[key]

    compiled: dict[tuple[object, ...], object] = {}
    compile_template = jinja2.Environment.compile

    def compiled_once(environment: jinja2.Environment, *template: str, **options: bool) -> object:
        if template not in compiled:
            compiled[template] = compile_template(environment, *template, **options)  # type: ignore[call-overload]
        return compiled[template]

    drawn: dict[str, Pdf] = {}

    def drawn_once(source: PdfSource) -> Pdf:
        key = cache.fingerprint(source)
        if key not in drawn:
            drawn[key] = to_pdf(source)
        return drawn[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_record", remembered)
        patch.setattr(cache, "to_pdf", drawn_once)
        patch.setattr(jinja2.Environment, "compile", compiled_once)
        yield


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, which each test leaves as it was: its files are kept for the others."""
    folder = tmp_path_factory.mktemp("sample")
    keep_cards(folder)
    return shutil.copytree(ROOT / "content", folder / "content")


@pytest.mark.parametrize("part", range(PARTS))
def test_random_edits(root: Path, part: int) -> None:
    seed = os.environ.get("EDITS_SEED", "0")
    for batch in range(BATCHES):
        sample = Sample(root, settings_of(root, is_preview=batch % 2 == 0))
        random = Random(  # noqa: S311 - draws edits, not secrets
            f"{seed} {part} {batch}"
        )
        paths = random.sample(sorted(sample.files), EDITS)
        edits = [random_edit(sample.files, path, random) for path in paths]
        said = sample.disagreement(edits)
        alone = [
            f"{found} ← {one}" for one in edits if said and (found := sample.disagreement([one]))
        ]
        assert said is None, "\n".join(alone)


def test_a_title_of_signs_that_do_not_show_is_told(root: Path) -> None:
    """Such titles were taken for written; what compares titles then stopped."""
    sample = Sample(root, settings_of(root, is_preview=True))
    path = "articles/operateurs-webinaire.md"
    text = re.sub("(?m)^titre: .*", "titre: \u200b", sample.files[path].decode())
    with sample.edited([Edit("no title", {path: text.encode()})]):
        told = errors_of(site_of(sample.settings))
    assert [(fault.field, fault.message) for fault in told] == [
        ("titre", "la valeur est vide. Remplissez-la ou retirez la ligne.")
    ]


def test_what_stops_a_build_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound edit is made, an edit at fault is taken back: only the first can stop a build."""

    def fail(_planned: PlannedSite) -> None:
        raise ValueError("stop")

    sample = Sample(root, settings_of(root, is_preview=True))
    monkeypatch.setattr(sys.modules[__name__], "make", fail)
    path = "articles/" + next(file.name for file in sorted((root / "articles").glob("*.md")))
    data = sample.files[path]
    sound = Edit("sound", {path: data + b"\nEncore.\n"})
    assert sample.disagreement([sound]) == "ValueError: stop"
    assert sample.disagreement([Edit("at fault", {path: data + b"\n[a](x.md)\n"})]) is None
    assert (root / path).read_bytes() == data


EMPTY = "le bloc est vide. Écrivez son contenu entre les options et « /// »."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("\u200b\n", []),
        ("<!-- à compléter -->\n", []),
        ("> " * 300 + "a\n", []),
        ("/// encart\n///\n", [EMPTY]),
        ("/// encart\n\n<!-- à compléter -->\n///\n", [EMPTY]),
        ("/// bouton\n    adresse: /\n\n\u200b\n///\n", [EMPTY]),
    ],
)
def test_a_content_without_text_is_published_and_an_empty_block_told(
    root: Path, text: str, told: list[str]
) -> None:
    """Its name sorts before all others: nothing was converted before it."""
    header = "---\ntitre: Fermeture\nresume: Les bureaux ferment.\ndate: 2024-01-02\n---\n"
    sample = Sample(root, settings_of(root, is_preview=True))
    with sample.edited([Edit("no text", {"articles/0.md": (header + text).encode()})]):
        planned = site_of(sample.settings)
        assert [error.message for error in errors_of(planned)] == told
        if not told:
            make(planned)
            assert "/actualites/0/" in {item.address for item in planned.plan}
