"""A preview may have a day of its own; what a publication of now would refuse stops it too."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.build import publication
from plugins.site.plan import site_of
from tests.site.small_content import write_content
from tests.sites import ROOT

NOW = "2026-11-28 10:00"
DAYS = "Contenu vérifié au 28\u00a0novembre 2026 et au 8\u00a0janvier 2024, jour de l’aperçu."
ONE_DAY = "Contenu vérifié au 28\u00a0novembre 2026."
CLOSING = "1 erreur : à corriger avant de publier."
NOTHING_PUBLISHED = "1 erreur : rien n’a été publié, output/ est resté tel quel."
DEAD_LINK = (
    "lien : « rien.md » : aucun fichier « content/articles/rien.md ». "
    "Corrigez le chemin ou retirez le lien."
)
NO_ALT = (
    "image : « ../images/carre.svg » : la description (alt) manque. "
    "Écrivez ![ce que montre l’image](fichier)."
)
UNPUBLISHED = (
    "lien : « b.md » n’est pas publié (brouillon, à paraître ou expiré). "
    "Publiez-le ou retirez le lien."
)
EXPIRED = (
    "expire_le : 2025-01-01 est passé : le contenu n’est plus publié. "
    "Retirez le fichier, ou prolongez la date."
)
IN_THE_PREVIEW = " (Dans l’aperçu, qui vit le 8\u00a0janvier 2024.)"


def settings_at(folder: Path, preview_day: str | None, **articles: tuple[str, str]) -> Path:
    """Write a small content, articles of a date and a text in it; return its settings."""
    settings = write_content(folder)
    with settings.open("a", encoding="utf-8") as file:
        file.write(f"BUILD_DATE = {NOW!r}\nSOURCE_DATE_EPOCH = None\n")
    if preview_day:
        with (folder / "content/donnees/site.yaml").open("a", encoding="utf-8") as file:
            file.write(f"apercu_au: {preview_day}\n")
    for name, (date, text) in articles.items():
        header = f"---\ntitre: Article {name}\nresume: Un résumé.\ndate: {date}\n---\n"
        (folder / f"content/articles/{name}.md").write_text(header + text, encoding="utf-8")
    return settings


@pytest.mark.parametrize(
    ("day", "settings", "instant"),
    [
        ("2024-01-08", {}, "2024-01-08T09:00:00+01:00"),
        (None, {}, "2026-11-28T10:00:00+01:00"),
        ("2024-01-08", {"IS_PREVIEW": False}, "2026-11-28T10:00:00+01:00"),
        ("2024-01-08", {"SOURCE_DATE_EPOCH": "1720000000"}, "2024-07-03T11:46:40+02:00"),
        ("2026-11-28", {}, "2026-11-28T10:00:00+01:00"),
    ],
)
def test_day_of_a_build(
    tmp_path: Path, day: str | None, settings: dict[str, object], instant: str
) -> None:
    written = publication.read_settings(settings_at(tmp_path, day))
    assert site_of({**written, **settings}).site.now.isoformat() == instant


@pytest.mark.parametrize(("day", "days"), [(None, ONE_DAY), ("2024-01-08", DAYS)])
def test_an_article_of_today_is_judged_on_whatever_day_the_preview_lives(
    tmp_path: Path, day: str | None, days: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_at(tmp_path, day, neuf=("2026-11-28", "[x](rien.md)\n"))
    error = f"erreur content/articles/neuf.md:6:5 · {DEAD_LINK}"

    assert publication.check(settings) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [days]
    assert said.err.splitlines() == [error, CLOSING]

    assert publication.build(settings, tmp_path / "output") == 1
    assert capsys.readouterr().err.splitlines() == [error, NOTHING_PUBLISHED]


@pytest.mark.parametrize(
    ("articles", "faults"),
    [
        # A fault of both days: once, as of today.
        (
            {"a": ("2024-01-02", "[x](rien.md)\n")},
            [f"erreur content/articles/a.md:6:5 · {DEAD_LINK}", CLOSING],
        ),
        # One of the preview alone stops the preview, which says so.
        (
            {"a": ("2024-01-02", "[x](b.md)\n"), "b": ("2026-11-28", "Texte.\n")},
            [
                f"erreur content/articles/a.md:6:5 · {UNPUBLISHED}{IN_THE_PREVIEW}",
                CLOSING,
            ],
        ),
        # An error of the preview that is a warning today, the content having expired.
        (
            {"a": ("2024-01-02\nexpire_le: 2025-01-01", "![](../images/carre.svg)\n")},
            [
                f"erreur content/articles/a.md:7:5 · {NO_ALT}{IN_THE_PREVIEW}",
                f"avis content/articles/a.md:5:12 · {EXPIRED}",
                CLOSING.replace("1 erreur", "1 erreur et 1 avis"),
            ],
        ),
        # What is gone by today is no day to come: at the time, b.md was not there yet.
        (
            {"a": ("2025-01-02", "[x](b.md)\n"), "b": ("2025-03-01", "Texte.\n")},
            [],
        ),
    ],
)
def test_each_fault_is_told_once(
    tmp_path: Path,
    articles: dict[str, tuple[str, str]],
    faults: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = publication.check(settings_at(tmp_path, "2024-01-08", **articles))
    assert capsys.readouterr().err.splitlines() == faults
    assert status == bool(faults)


def test_today_is_not_to_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = {"neuf": ("2026-11-28", "Texte.\n"), "demain": ("2026-11-29", "Texte.\n")}
    assert publication.check(settings_at(tmp_path, "2024-01-08", **articles)) == 0
    assert capsys.readouterr().out.splitlines() == [
        DAYS,
        "Non publié : content/articles/demain.md, à paraître le 29\u00a0novembre 2026.",
        "Publié, mais absent de l’aperçu : content/articles/neuf.md.",
        "Aucune erreur : 4 contenus publiés, 1 non publié.",
    ]


def test_sample_has_its_day_and_the_settings_have_none() -> None:
    assert "apercu_au: 2024-01-08\n" in (ROOT / "content/donnees/site.yaml").read_text("utf-8")
    for name in ("pelicanconf.py", "publishconf.py"):
        assert "2024" not in (ROOT / name).read_text("utf-8")
