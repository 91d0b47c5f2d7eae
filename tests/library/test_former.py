"""Where former addresses lead, as git and editors tell; what was published and is gone."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plugins.library.former import first_address, redirections, removed, withdrawn_events
from plugins.library.index import Index, read_index
from plugins.library.publication import changed_at, last_news, published_at
from plugins.models.fields import EventStatus
from tests.contents import NOW, SITE, article, group, record_at, text
from tests.repositories import Repo

A, B, C = "articles/a.md", "articles/b.md", "articles/c.md"
FROM_A_TO_B = {"/actualites/a/": "/actualites/b/"}
PORTRAIT = "nom: N\nconsentement: true\nexpire_le: 2030-01-01"
LATER = NOW + dt.timedelta(days=1)
EVENT = "debut: 2024-02-07 17:00\nmodalite: visio"


def repository(tmp_path: Path, files: dict[str, str]) -> Repo:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, **files})
    return repo


def index_of(repo: Repo, now: dt.datetime = NOW) -> Index:
    return read_index(repo.content, now)


def moves(repo: Repo, now: dt.datetime = NOW) -> dict[str, str]:
    return redirections(index_of(repo, now))


def long(name: str) -> str:
    """Return a text of its own, so that git tells two files apart."""
    return "\n\n".join(f"{name} {number} {name[::-1] * number}." for number in range(20))


@pytest.mark.parametrize(
    ("former", "present", "file", "written", "addresses"),
    [
        (A, B, article(), None, ("/actualites/a/", "/actualites/b/")),
        ("pages/a.md", "pages/b.md", text(), None, ("/a/", "/b/")),
        ("metiers/a.md", "metiers/b.md", text(), None, ("/metiers/a/", "/metiers/b/")),
        (
            "portraits/a.md",
            "portraits/b.md",
            text(PORTRAIT),
            None,
            ("/portraits/a/", "/portraits/b/"),
        ),
        (
            "evenements/a.md",
            "evenements/b.md",
            text("debut: 2024-02-07"),
            None,
            ("/evenements/a/", "/evenements/b/"),
        ),
        (
            "collectifs/a.md",
            "collectifs/a.md",
            group("A"),
            group("A", genre="groupe"),
            ("/chantiers/a/", "/groupes/a/"),
        ),
        (
            "lettres/a.md",
            "lettres/a.md",
            text("numero: 1\ndate: 2024-01-05"),
            text("numero: 2\ndate: 2024-01-05"),
            ("/lettres/1/", "/lettres/2/"),
        ),
        ("articles/a.md", "pages/a.md", article(), None, ("/actualites/a/", "/a/")),
    ],
)
def test_new_address(
    tmp_path: Path,
    former: str,
    present: str,
    file: str,
    written: str | None,
    addresses: tuple[str, str],
) -> None:
    repo = repository(tmp_path, {former: file})
    assert moves(repo) == {}
    repo.move(former, present)
    if written:
        repo.write(present, written)
    assert moves(repo) == dict([addresses])
    repo.commit()
    index = index_of(repo)
    assert redirections(index) == dict([addresses])
    assert first_address(record_at(index, present), index) == addresses[0]


def test_every_address_leads_to_the_last(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.commit({A: article("slug: bilan")})
    repo.commit({A: article("slug: bilan-2024", "Un autre texte.\n", "Un autre titre")})
    last = "/actualites/bilan-2024/"
    assert moves(repo) == {"/actualites/a/": last, "/actualites/bilan/": last}
    repo.commit({A: article("", "Un autre texte.\n", "Un autre titre")})
    assert moves(repo) == {
        "/actualites/bilan/": "/actualites/a/",
        "/actualites/bilan-2024/": "/actualites/a/",
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(article("statut: brouillon"), article(), id="a draft"),
        pytest.param(article("publier_le: 2024-01-09"), article(), id="not yet published"),
        pytest.param(article("collectif: oui"), article(), id="at fault"),
        pytest.param(article(), article("statut: brouillon"), id="withdrawn"),
    ],
)
def test_nobody_saw_it(tmp_path: Path, first: str, second: str) -> None:
    repo = repository(tmp_path, {A: first})
    repo.move(A, B)
    repo.write(B, second)
    repo.commit()
    assert moves(repo) == {}


def test_a_living_page_leads_nowhere_else(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.move(A, B)
    repo.commit({A: article("", long("Vœux"), "Vœux")})
    assert moves(repo) == {}


def test_the_last_content_at_an_address_counts(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article("", long("Bilan"))})
    repo.move(A, B)
    repo.commit()
    repo.commit({A: article("", long("Vœux"), "Vœux")})
    repo.move(A, C)
    repo.commit()
    assert moves(repo) == {"/actualites/a/": "/actualites/c/"}
    (repo.content / C).unlink()
    repo.commit()
    assert moves(repo) == {}


def test_renamed_in_a_branch(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.git("checkout", "--quiet", "-b", "branche")
    repo.move(A, B)
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.commit({"pages/c.md": text()})
    repo.merge("branche")
    assert moves(repo) == FROM_A_TO_B


@pytest.mark.parametrize(
    ("alias", "former"),
    [
        ("/2019/bilan/", "/2019/bilan/"),
        ("/2019/bilan", "/2019/bilan/"),
        ("/2019/bilan.html", "/2019/bilan.html"),
    ],
)
def test_alias(tmp_path: Path, alias: str, former: str) -> None:
    repo = repository(tmp_path, {A: article(f"alias: {alias}")})
    index = index_of(repo)
    assert redirections(index) == {former: "/actualites/a/"}
    assert first_address(record_at(index, A), index) == alias


def test_what_is_written_comes_before_what_git_tells(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article(), C: article("", long("Vœux"), "Vœux")})
    repo.move(A, B)
    repo.commit({C: article("alias: /actualites/a/", long("Vœux"), "Vœux")})
    assert moves(repo) == {"/actualites/a/": "/actualites/c/"}
    repo.write(
        "donnees/adresses.yaml",
        "- {ancienne: /actualites/a, vers: supprimé}\n"
        "- {ancienne: /2018/x.html, vers: https://ailleurs.example/x}\n",
    )
    index = index_of(repo)
    assert redirections(index) == {"/2018/x.html": "https://ailleurs.example/x"}
    assert removed(index) == ("/actualites/a/",)


def test_former_addresses_of_a_deleted_content_lead_where_its_own_does(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.move(A, B)
    repo.commit()
    (repo.content / B).unlink()
    repo.commit()
    assert moves(repo) == {}
    repo.write("donnees/adresses.yaml", "- {ancienne: /actualites/b/, vers: /agenda/}\n")
    assert moves(repo) == {"/actualites/a/": "/agenda/", "/actualites/b/": "/agenda/"}


def test_identifier_wins_over_git(tmp_path: Path) -> None:
    """A rename and a rewrite at once change nothing, where git sees two files."""
    first = text(f"identifiant: x\n{EVENT}", long("Webinaire"), "Webinaire")
    second = text(f"identifiant: x\n{EVENT}", long("Autre chose"), "Séminaire")
    repo = repository(tmp_path, {"evenements/a.md": first})
    (repo.content / "evenements/a.md").unlink()
    repo.commit({"evenements/b.md": second})
    index = index_of(repo)
    event = record_at(index, "evenements/b.md")
    assert redirections(index) == {"/evenements/a/": "/evenements/b/"}
    assert published_at(event, index) == dt.datetime(2024, 1, 8, 8, tzinfo=dt.UTC)
    assert repo.of("evenements/b.md").revisions == 0
    assert withdrawn_events(index) == ()


def test_all_that_bear_one_identifier_are_one(tmp_path: Path) -> None:
    fields = f"identifiant: x\n{EVENT}"
    repo = repository(tmp_path, {"evenements/a.md": text(fields, long("Webinaire"))})
    repo.git("rm", "--quiet", "content/evenements/a.md")
    repo.commit({"evenements/b.md": text(fields, long("Autre chose"))})
    repo.git("rm", "--quiet", "content/evenements/b.md")
    repo.commit()
    index = index_of(repo)
    assert [event.address for event in withdrawn_events(index)] == ["/evenements/b/"]
    assert redirections(index) == {"/evenements/a/": "/evenements/b/"}


def test_another_identifier_is_another_content(tmp_path: Path) -> None:
    """The event of next year is often written over that of this year."""
    body = long("Webinaire")
    repo = repository(tmp_path, {"evenements/a.md": text(f"identifiant: x\n{EVENT}", body)})
    repo.move("evenements/a.md", "evenements/b.md")
    repo.commit({"evenements/b.md": text(f"identifiant: y\n{EVENT}", body)})
    index = index_of(repo)
    assert redirections(index) == {}
    assert [event.address for event in withdrawn_events(index)] == ["/evenements/a/"]
    assert repo.of("evenements/b.md").created_at == dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC)


# Events withdrawn


@pytest.mark.parametrize("committed", [False, True])
def test_event_deleted_before_it_was_held(tmp_path: Path, *, committed: bool) -> None:
    fields = f"{EVENT}\nimage: {{fichier: images/x.svg, alt: x}}"
    repo = repository(tmp_path, {"evenements/a.md": text(fields), "images/x.svg": "<svg/>"})
    before = repo.of("evenements/a.md")
    (repo.content / "evenements/a.md").unlink()
    if committed:
        repo.commit()
    index = index_of(repo, LATER)
    [event] = withdrawn_events(index)
    assert event.address == "/evenements/a/"
    assert event.header.event_status is EventStatus.CANCELLED
    assert event.header.image is None
    assert [o.is_cancelled for o in index.occurrences_of(event)] == [True]
    assert index.identifier_of(event) == before.origin
    history = index.history_of(event)
    assert history
    assert history.revisions == before.revisions + 1
    assert last_news(event, index) == (repo.at(1) if committed else repo.at(0))
    assert index.find("event", "a") is None


@pytest.mark.parametrize(
    ("days", "count"), [pytest.param(365, 1, id="a year"), pytest.param(366, 0, id="later")]
)
def test_for_a_year(tmp_path: Path, days: int, count: int) -> None:
    repo = repository(tmp_path, {"evenements/a.md": text(EVENT)})
    (repo.content / "evenements/a.md").unlink()
    repo.commit()
    assert len(withdrawn_events(index_of(repo, NOW + dt.timedelta(days=days)))) == count


@pytest.mark.parametrize(
    ("event", "others"),
    [
        pytest.param(text("debut: 2024-01-07"), {}, id="held"),
        pytest.param(text(f"{EVENT}\nstatut: brouillon"), {}, id="a draft"),
        pytest.param(
            text(EVENT),
            {"donnees/adresses.yaml": "- {ancienne: /evenements/a/, vers: /agenda/}\n"},
            id="leads elsewhere",
        ),
        pytest.param(text(EVENT), {B: article("alias: /evenements/a/")}, id="an alias"),
    ],
)
def test_not_withdrawn(tmp_path: Path, event: str, others: dict[str, str]) -> None:
    repo = repository(tmp_path, {"evenements/a.md": event})
    (repo.content / "evenements/a.md").unlink()
    repo.commit(others)
    assert withdrawn_events(index_of(repo)) == ()


# Times


def test_only_what_readers_see_is_a_change(tmp_path: Path) -> None:
    first = text("ordre: 3\ngenre: chantier\ntitre_court: A", "Un texte, des mots.\n")
    repo = repository(tmp_path, {"collectifs/a.md": first})

    def changed() -> dt.datetime | None:
        index = index_of(repo, LATER)
        return changed_at(record_at(index, "collectifs/a.md"), index)

    assert changed() is None
    unseen = first.replace("ordre: 3", "# note, revue\nordre: 3\nidentifiant: a  # stable")
    repo.commit({"collectifs/a.md": unseen + "\n<!-- à revoir -->\n"})
    assert changed() is None
    repo.commit({"collectifs/a.md": unseen.replace("texte,", "texte ;")})
    assert changed() == repo.at(2)
    repo.move("collectifs/a.md", "collectifs/b.md")
    repo.move("collectifs/b.md", "collectifs/a.md")
    assert changed() == repo.at(2)


def test_a_draft_is_published_when_it_is_one_no_more(tmp_path: Path) -> None:
    repo = repository(tmp_path, {"metiers/a.md": text("statut: brouillon")})
    repo.commit({"metiers/a.md": text()})
    repo.commit({"metiers/a.md": text("", "Un autre texte.\n")})
    index = index_of(repo, LATER)
    assert published_at(record_at(index, "metiers/a.md"), index) == repo.at(1)


def test_deleted_and_put_back(tmp_path: Path) -> None:
    """Calendars were told that it is cancelled: its return must count as later."""
    repo = repository(tmp_path, {"evenements/a.md": text(EVENT)})
    repo.git("rm", "--quiet", "content/evenements/a.md")
    repo.commit()
    [gone] = withdrawn_events(index_of(repo))
    cancelled = index_of(repo).history_of(gone)
    repo.git("revert", "--no-edit", "HEAD")
    index = index_of(repo)
    back = index.history_of(record_at(index, "evenements/a.md"))
    assert withdrawn_events(index) == ()
    assert cancelled
    assert back
    assert (back.origin, back.created_at) == (cancelled.origin, cancelled.created_at)
    assert back.revisions > cancelled.revisions


def test_without_the_whole_history(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.move(A, B)
    repo.commit()
    clone = tmp_path / "copie"
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(clone))
    assert redirections(read_index(clone / "content", NOW)) == {}
    (repo.root / ".git").rename(tmp_path / "git")
    assert moves(repo) == {}


def test_few_processes_however_long_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The texts of all commits are read at once: a process for each would take minutes."""
    repo = repository(tmp_path, {A: article()})
    for number in range(12):
        repo.commit({A: article(f"slug: a{number}")})
    run = subprocess.run
    runs: list[object] = []

    def counted(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - of subprocess.run
        runs.append(arguments)
        return run(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", counted)
    assert len(moves(repo)) == 12
    assert len(runs) <= 9
