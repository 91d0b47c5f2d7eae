"""The site of the preview, in memory: what is read and made anew after each change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.build import live_site, memory
from plugins.build.live_site import LiveSite
from plugins.build.publication import read_settings
from plugins.content.reading import read_record
from plugins.content.record import AnyRecord
from plugins.library import index, links
from plugins.library.selection import Selection
from plugins.models import Kind
from plugins.site.plan import site_of
from plugins.theme.theme import Theme
from plugins.views.site import RenderedPage
from tests.previews import ARTICLE, HEADER, create_project

NOW = datetime(2024, 1, 8, 8, tzinfo=UTC)
OTHER = "---\ntitre: Autre\nresume: Un autre.\ndate: 2024-01-03\nthemes: [Essais]\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    create_project(tmp_path)
    return tmp_path


@pytest.fixture
def live(root: Path) -> LiveSite:
    return LiveSite(read_settings(root / "settings.py"))


class Counts:
    """How many files were read and pages rendered."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.rendered = 0


@pytest.fixture
def counts(live: LiveSite, monkeypatch: pytest.MonkeyPatch) -> Counts:
    """Counts from when the site has been read."""
    counts = Counts()
    render = Theme.render

    def counted_read(kind: Kind, path: Path, data: bytes) -> AnyRecord:
        counts.read.append(path.as_posix())
        return read_record(kind, path, data)

    def counted_render(theme: Theme, page: RenderedPage) -> bytes:
        counts.rendered += 1
        return render(theme, page)

    monkeypatch.setattr(memory, "read_record", counted_read)
    # In this process, where it is counted.
    monkeypatch.setattr(memory, "spread", lambda work, items, _tell: [work(item) for item in items])
    monkeypatch.setattr(Theme, "render", counted_render)
    return counts


def save(live: LiveSite, root: Path, **files: str | None) -> None:
    """Write, or remove, files of the content at once, and have their change taken."""
    changed = set()
    for name, text in files.items():
        path = root / "content" / name
        changed.add(path)
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    live.update(frozenset(changed), NOW)


def page(live: LiveSite, address: str = ARTICLE) -> str:
    made = live.make(address)
    assert made is not None
    return made.data.decode()


def test_an_edit_reads_one_file_and_makes_one_page(
    live: LiveSite, root: Path, counts: Counts
) -> None:
    page(live)
    counts.rendered = 0
    save(live, root, **{"articles/bilan.md": f"{HEADER}Un texte neuf.\n"})
    assert "Un texte neuf." in page(live)
    assert counts.read == ["content/articles/bilan.md"]
    assert counts.rendered == 1


def _article(header: str, words: str = "Des mots.") -> str:
    """Return an article of any header, with what every article needs."""
    given = {line.partition(":")[0] for line in header.split("\n")}
    needed = {"titre": "Récit", "resume": "Un récit.", "date": "2024-01-04"}
    others = "".join(f"{name}: {text}\n" for name, text in needed.items() if name not in given)
    return f"---\n{header}\n{others}---\n{words}\n"


def _event(title: str, dates: str = "debut: 2024-03-07 17:00") -> str:
    return f"---\ntitre: {title}\nresume: Un webinaire.\n{dates}\ncollectif: numerique\n---\nMot.\n"


EDITS: dict[str, dict[str, str | None]] = {
    "words": {"articles/bilan.md": f"{HEADER}Le [webinaire](../evenements/webinaire.md).\n"},
    "other words": {
        "articles/bilan.md": f"{HEADER}Notre [webinaire](../evenements/webinaire.md) !\n"
    },
    "title": {"articles/bilan.md": f"{HEADER.replace('Bilan', 'Bilan 2')}Des mots.\n"},
    "link": {"articles/bilan.md": f"{HEADER}Le [site](https://exemple.fr).\n"},
    "new": {"articles/autre.md": f"{OTHER}Voir le [bilan](bilan.md).\n"},
    "words that another shows": {"articles/bilan.md": f"{HEADER}Des mots encore.\n"},
    "renamed": {"articles/autre.md": None, "articles/nouveau.md": f"{OTHER}Un texte.\n"},
    "draft": {
        "articles/nouveau.md": OTHER.replace("---\n", "---\nstatut: brouillon\n", 1) + "Rien.\n"
    },
    "data": {
        "donnees/site.yaml": (
            "nom: Grand site\naccroche: pour tous\ndescription: Un site.\ncontact: nom@exemple.fr\n"
        )
    },
    "event": {
        "evenements/webinaire.md": (
            "---\ntitre: Webinaire\nresume: Un webinaire.\ndebut: 2024-03-07 17:00\n"
            "collectif: numerique\n---\nLe texte du webinaire.\n"
        )
    },
    "deleted": {"articles/nouveau.md": None},
    "named by its title": {"articles/recit.md": _article("evenement: Webinaire du soir")},
    "the event that a title names": {"evenements/webinaire.md": _event("Webinaire du soir")},
    "another event of that title": {"evenements/autre.md": _event("Webinaire du soir")},
    "first of two events renamed": {"evenements/autre.md": _event("Rien de tel")},
    "dates of an event": {
        "evenements/webinaire.md": _event("Webinaire du soir", "debut: 2024-05-02 09:00")
    },
    "cancelled": {
        "evenements/webinaire.md": _event(
            "Webinaire du soir", "debut: 2024-05-02 09:00\nstatut_evenement: annulé"
        )
    },
    "themes": {"articles/recit.md": _article("themes: [Essais, Budget]")},
    "themes that two share": {"articles/bilan.md": _article("themes: [Essais]", "Du texte.")},
    "summary": {"articles/bilan.md": _article("resume: Autre résumé.\nthemes: [Essais]")},
    "date": {"articles/bilan.md": _article("date: 2022-05-04\nthemes: [Essais]")},
    "day to come": {"articles/bilan.md": _article("date: 2030-05-04\nthemes: [Essais]")},
    "day of now": {"articles/bilan.md": _article("date: 2024-01-08\nthemes: [Essais]")},
    "link to a heading": {
        "articles/recit.md": _article("themes: [Essais]", "Voir [la suite](bilan.md).")
    },
    "another address": {"articles/bilan.md": _article("slug: compte-rendu\nthemes: [Essais]")},
    "group": {
        "collectifs/numerique.md": (
            "---\ntitre: Le numérique\ntitre_court: Num\nresume: Un groupe.\ngenre: chantier\n"
            "ordre: 1\n---\nUn texte.\n"
        )
    },
    "group of an article": {"articles/recit.md": _article("collectifs: [numerique]")},
    "group gone": {
        "collectifs/numerique.md": None,
        "articles/recit.md": None,
        "evenements/webinaire.md": None,
        "evenements/autre.md": None,
        "articles/bilan.md": _article("slug: compte-rendu"),
    },
    "themes of the site": {"donnees/themes.yaml": "- nom: Essais\n  resume: Des essais.\n"},
}


def test_every_page_is_that_of_a_site_read_anew(live: LiveSite, root: Path) -> None:
    settings = read_settings(root / "settings.py")
    addresses: set[str] = set()
    for name, files in EDITS.items():
        save(live, root, **files)
        assert live.errors() == "", name
        fresh = LiveSite(settings)
        # Those that are no more included.
        addresses.update(item.address for item in site_of(settings).plan)
        for address in sorted(addresses):
            assert live.make(address) == fresh.make(address), (name, address)


def test_what_an_edit_has_no_part_in_is_not_found_again(
    live: LiveSite, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dates are unrolled, links followed, for what the edited contents bear on alone."""
    page(live)
    events = live.site.index.events
    followed: list[str] = []

    def counted(target: str, record: AnyRecord, selection: Selection) -> str:
        followed.append(record.slug)
        return links.resolve(target, record, selection)

    monkeypatch.setattr(index, "resolve", counted)
    save(live, root, **{"articles/bilan.md": f"{HEADER.replace('Bilan', 'Bilan 2')}Des mots.\n"})
    page(live)
    assert live.site.index.events is events
    assert set(followed) <= {"bilan"}


def test_a_thousand_files_at_once(live: LiveSite, root: Path, counts: Counts) -> None:
    names = [f"articles/article-{number}.md" for number in range(1000)]
    save(live, root, **dict.fromkeys(names, f"{OTHER}Un texte.\n"))
    assert len(counts.read) == 1000
    assert "Un texte." in page(live, "/actualites/article-999/")


def test_a_renamed_folder(live: LiveSite, root: Path) -> None:
    folder = root / "content/articles"
    (folder / "2024").mkdir()
    (folder / "bilan.md").rename(folder / "2024/bilan.md")
    live.update(frozenset({folder / "bilan.md", folder / "2024"}), NOW)
    assert live.errors() == ""
    (folder / "2024").rename(folder / "2025")
    live.update(frozenset({folder / "2024", folder / "2025"}), NOW)
    assert [r.path.as_posix() for r in live.site.index.articles] == [
        "content/articles/2025/bilan.md"
    ]


def test_a_file_that_went_before_it_was_read(live: LiveSite, root: Path) -> None:
    live.update(frozenset({root / "content/articles/4913"}), NOW)
    assert "Bilan" in page(live)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\nresume: Un bilan.\ndate: 2024-01-02\n---\nTexte.\n", "titre"),
        ("", "en-tête"),
        (f"{HEADER}/// inconnu\n///\n", "inconnu"),
    ],
)
def test_a_content_at_fault_is_shown_as_it_was(
    live: LiveSite, root: Path, text: str, message: str
) -> None:
    before = page(live)
    save(live, root, **{"articles/bilan.md": text})
    assert page(live) == before
    assert "content/articles/bilan.md:" in live.errors()
    assert message in live.errors()
    save(live, root, **{"articles/bilan.md": f"{HEADER}Réparé.\n"})
    assert "Réparé." in page(live)
    assert live.errors() == ""


def test_a_content_at_fault_from_the_start_has_no_page(root: Path) -> None:
    (root / "content/articles/bilan.md").write_text("---\nresume: Un bilan.\n---\n")
    live = LiveSite(read_settings(root / "settings.py"))
    assert live.make(ARTICLE) is None
    assert "bilan.md" in live.errors()


def test_faults_are_those_of_a_check(live: LiveSite, root: Path) -> None:
    save(live, root, **{"articles/bilan.md": f"{HEADER}[x](rien.md)\n"})
    assert live.errors() == ""
    planned = site_of(read_settings(root / "settings.py"))
    assert set(planned.faults) == set(live.faults())
    assert "rien.md" in live_site.told(live.faults())
    assert live_site.told(live.faults()).endswith(
        "1 erreur : le site ne peut pas être publié en l’état."
    )


def test_a_broken_template_and_its_repair(live: LiveSite, root: Path) -> None:
    template = root / "theme/templates/article.html"
    sound = template.read_text(encoding="utf-8")
    template.write_text("{% if %}", encoding="utf-8")
    live.update(frozenset({template}), NOW)
    with pytest.raises(Exception, match="Expected an expression"):
        live.make(ARTICLE)
    template.write_text(sound, encoding="utf-8")
    live.update(frozenset({template}), NOW)
    assert "Bilan" in page(live)


def test_addresses(live: LiveSite) -> None:
    moved = live.make("/actualites")
    assert moved is not None
    assert moved.moved_to == "/actualites/"
    assert live.make("/rien/") is None
    assert live.make("/rien") is None
    picture = live.make("/images/carre.svg")
    assert picture is not None
    assert picture.data.startswith(b"<svg")
    assert not picture.is_page


def test_the_card_of_a_page_follows_its_title(live: LiveSite, root: Path) -> None:
    before = live.make("/partage/actualites/bilan.png")
    assert before
    assert before.data.startswith(b"\x89PNG")
    save(live, root, **{"articles/bilan.md": f"{HEADER}Bonjour".replace("Bilan", "Un autre bilan")})
    after = live.make("/partage/actualites/bilan.png")
    assert after
    assert after.data != before.data


EVENT = "titre: Fête\nresume: Une fête.\ndebut: 2024-02-07 17:00\n"


@pytest.mark.parametrize(
    ("name", "header", "address"),
    [
        ("evenements/fete.md", f"{EVENT}statut: brouillon\ncollectif: numerique", "/evenements/"),
        ("articles/fete.md", "titre: Fête\nresume: Une.\ndate: 2024-03-01", "/actualites/"),
    ],
)
def test_what_is_not_published_yet_is_shown_at_its_address_alone(
    live: LiveSite, root: Path, name: str, header: str, address: str
) -> None:
    before = page(live, address)
    save(live, root, **{name: f"---\n{header}\n---\nIci.\n"})
    assert "<h1" in page(live, f"{address}fete/")
    assert "Fête" in page(live, f"{address}fete/")
    assert page(live, address) == before
    save(live, root, **{name: f"---\n{header}\n---\nLà.\n"})
    assert "Là." in page(live, f"{address}fete/")
    for added in ("\nexpire_le: 2024-01-01", "\nmodalite: zoom"):
        save(live, root, **{name: f"---\n{header}{added}\n---\nIci.\n"})
        assert live.make(f"{address}fete/") is None


def test_a_portrait_without_consent_has_no_page(live: LiveSite, root: Path) -> None:
    header = "titre: Camille\nresume: Un.\nnom: Camille\nexpire_le: 2034-01-01\nstatut: brouillon"
    for consent, is_shown in (("non", False), ("oui", True)):
        text = f"---\n{header}\nconsentement: {consent}\n---\nTexte.\n"
        save(live, root, **{"portraits/camille.md": text})
        assert (live.make("/portraits/camille/") is not None) == is_shown
