"""A passage shown elsewhere, in real builds: pages, the letter's forms, feeds, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from plugins.build import publication
from plugins.french.typography import plain
from tests.conftest import MadeOnce
from tests.outputs import json_feed_reading, poppler
from tests.site.letters import LETTERS, built_letters
from tests.site.small_content import write_content
from tests.sites import BuiltSite

OTHER = (
    "---\ntitre: Autre\nresume: Autre.\ndate: 2024-01-03\n---\n## Avant\n\n"
    "/// extrait | articles/bilan\n///\n"
)


def test_letter_shows_it_in_every_form(made_once: MadeOnce) -> None:
    site = BuiltSite(built_letters(made_once) / "output")
    address = f"/lettres/{LETTERS['everything']}/"
    page = site.read(address)
    ids = html.fromstring(page).xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    pdf = site.file(f"{address}lettre-{LETTERS['everything']}.pdf").read_bytes()
    forms = {
        "page": html.fromstring(page).text_content(),
        "e-mail": html.fromstring(site.read(f"{address}courriel.html").encode()).text_content(),
        "text": site.read(f"{address}lettre-{LETTERS['everything']}.txt"),
        "PDF": poppler.text(pdf),
    }
    for form, said in forms.items():
        # Plain text marks bold words; paper has a hyphen of its own.
        words = " ".join(plain(said).replace("*", "").replace("\u2010", "-").split())
        for sentence in ("Depuis la loi n° 84-53", "Lire la suite : Dextera", "On adhère pour un"):
            assert sentence in words, form


def test_the_sample_writes_a_presentation_once(site: BuiltSite) -> None:
    """The source alone is found by a search."""
    sentence = "L’association s’adresse à celles et ceux"
    for address in ("/organisations/dextera/", "/a-propos/"):
        assert site.read(address).count(sentence) == 1
    page = html.fromstring(site.read("/a-propos/"))
    (excerpt,) = page.xpath("//*[@data-pagefind-ignore]")
    assert sentence in excerpt.text_content()
    assert "data-pagefind-ignore" not in site.read("/organisations/dextera/")


def test_feeds_have_one_entry_per_content(tmp_path: Path) -> None:
    """The entry of the content that shows a passage holds it, with absolute addresses."""
    settings = write_content(tmp_path)
    (tmp_path / "content/articles/autre.md").write_text(OTHER, encoding="utf-8")
    assert publication.build(settings, tmp_path / "output") == 0
    site = BuiltSite(tmp_path / "output")
    feed = json_feed_reading.read(site.file("/flux/actualites.json").read_bytes())
    texts = {str(item.url).split("/")[-2]: str(item.content_html) for item in feed.items}
    assert sorted(texts) == ["autre", "bilan"]
    for text in texts.values():
        assert "/evenements/webinaire/" in text
        assert 'href="/' not in text
        assert 'src="/' not in text


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (
            "articles/bilant",
            "« articles/bilant » : contenu inconnu. Vouliez-vous « articles/bilan » ?",
        ),
        (
            "articles/autre",
            (
                "« articles/autre » contient ce bloc lui-même : l’extrait n’aurait pas de fin. "
                "Choisissez un autre passage, ou retirez le bloc."
            ),
        ),
    ],
)
def test_check_and_build_refuse_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argument: str, message: str
) -> None:
    settings = write_content(tmp_path)
    text = OTHER.replace("articles/bilan", argument)
    (tmp_path / "content/articles/autre.md").write_text(text, encoding="utf-8")
    line = f"erreur content/articles/autre.md:8:1 · /// extrait : {message}"
    assert publication.check(settings) == 1
    assert capsys.readouterr().err.splitlines()[0] == line
    assert publication.build(settings, tmp_path / "output") == 1
    assert capsys.readouterr().err.splitlines()[0] == line
    assert not (tmp_path / "output").exists()
