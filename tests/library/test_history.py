"""The origin of events and their revisions, read from real repositories."""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.library.history import FileHistory, History, read_history
from plugins.library.history.appointment import signature
from plugins.library.history.lineage import Change, Commit, sources_of, trace
from plugins.library.history.readings import read_header
from tests.repositories import FIRST, HOUR, EventHistory, Repo


def event(name: str = "Webinaire", start: str = "2024-02-07 17:00", **fields: str) -> str:
    """Return an event's file; its text depends on its name, so that git tells two events apart."""
    header = {"titre": name, "resume": "…", "debut": start, **fields}
    lines = "\n".join(f"{key}: {value}" for key, value in header.items())
    own = "\n".join(f"{name}, point {n}, {name.upper()}, {name[::-1]}." for n in range(12))
    return f"---\n{lines}\n---\n{own}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "dépôt de l'équipe")


def at(hours: int) -> datetime:
    """Return when the commit of that rank was made."""
    return datetime.fromtimestamp(FIRST + hours * HOUR, UTC)


A, B, C = "evenements/a.md", "evenements/b.md", "evenements/c.md"


# Renames


def test_event_never_touched(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({"articles/x.md": "Title: x\n\nTexte"})
    assert repo.of(A) == EventHistory(A, 0, at(0), at(0))
    assert repo.history().notice is None


def test_histories_are_values(repo: Repo) -> None:
    """Frozen, equal when read twice, kept through a pickle."""
    repo.commit({A: event(), B: event("Autre")})
    history = repo.history()
    assert repo.history() == history
    copy = pickle.loads(pickle.dumps(history))  # noqa: S301 - our own bytes
    assert copy == history
    one, other = history.files[A], history.files[B]
    assert one != other
    assert {copy.files[A], one} == {one}
    with pytest.raises(FrozenInstanceError):
        one.revisions = 1  # type: ignore[misc]


def test_renamed_with_new_slug_and_title(repo: Repo) -> None:
    old, new = "evenements/déjeuner d'été.md", "evenements/2024/déjeuner passerelle.md"
    repo.commit({old: event("Déjeuner")})
    text = event("Déjeuner", slug="passerelle").replace("titre: Déjeuner", "titre: Passerelle")
    repo.move(old, new)
    repo.commit({new: text})
    repo.move(new, A)
    repo.commit()
    assert repo.of(A) == EventHistory(old, 0, at(0), at(0))
    assert repo.history().of(repo.content / old) is None


@pytest.mark.parametrize("staged", [False, True])
def test_rename_that_is_not_committed(repo: Repo, *, staged: bool) -> None:
    repo.commit({A: event(), B: event("Séminaire")})
    repo.move(A, C)
    repo.write(C, event(slug="nouveau", lieu="Paris"))
    if staged:
        repo.git("add", "--all")
    assert repo.of(C) == EventHistory(A, 1, at(0), datetime.fromtimestamp(FIRST + 1, UTC))
    assert repo.of(B).origin == B


def test_renamed_with_the_folder_of_the_content(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.git("mv", "content", "contenu")
    repo.content = repo.root / "contenu"
    repo.commit()
    assert repo.of(A).origin == A


def test_first_written_elsewhere(repo: Repo) -> None:
    repo.commit({"pages/idée.md": event(), "../notes/autre.md": event("Séminaire")})
    repo.move("pages/idée.md", A)
    repo.move("../notes/autre.md", B)
    repo.commit()
    assert (repo.of(A).origin, repo.of(B).origin) == ("pages/idée.md", "notes/autre.md")


def test_copy_is_new(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({B: event()})
    repo.write(C, event())
    assert [repo.of(path).origin for path in (A, B, C)] == [A, B, C]
    assert repo.of(B).created_at == at(1)
    assert repo.of(C) == EventHistory(C, 0, None, None)


def test_copy_whose_model_is_rewritten_is_new(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({A: event("Séminaire"), B: event()})
    assert (repo.of(A).origin, repo.of(B).origin) == (A, B)


@pytest.mark.parametrize("committed", [False, True])
def test_two_files_that_swap_their_names(repo: Repo, *, committed: bool) -> None:
    repo.commit({A: event("Webinaire")})
    repo.commit({B: event("Séminaire", "2024-03-01")})
    repo.move(A, C)
    repo.move(B, A)
    repo.move(C, B)
    if committed:
        repo.commit()
    assert repo.of(A) == EventHistory(B, 0, at(1), at(1))
    assert repo.of(B) == EventHistory(A, 0, at(0), at(0))


def test_files_that_take_each_other_s_names_in_turn(repo: Repo) -> None:
    repo.commit({A: event("Webinaire"), B: event("Séminaire")})
    repo.move(B, C)
    repo.move(A, B)
    repo.commit()
    repo.commit({A: event("Convention")})
    assert [repo.of(path).origin for path in (A, B, C)] == [f"{A}~2", A, B]


def test_renamed_onto_another(repo: Repo) -> None:
    repo.commit({A: event("Webinaire"), B: event("Séminaire")})
    repo.move(A, B)
    repo.commit()
    assert repo.of(B).origin == A


def test_deleted_then_written_anew(repo: Repo) -> None:
    repo.commit({A: event("Webinaire")})
    (repo.content / A).unlink()
    repo.commit()
    repo.commit({A: event("Séminaire")})
    assert repo.of(A) == EventHistory(f"{A}~2", 0, at(2), at(2))
    repo.commit({A: event("Séminaire", "2025-01-01")})
    assert repo.of(A) == EventHistory(f"{A}~2", 1, at(2), at(3))


def test_deleted_by_mistake_and_put_back(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({A: event(start="2024-03-01")})
    (repo.content / A).unlink()
    repo.commit()
    repo.commit({A: event(start="2024-03-01")})
    # Calendars were told that it is cancelled: its return is news.
    assert repo.of(A) == EventHistory(A, 3, at(0), at(3))


def test_name_given_to_another_after_a_rename(repo: Repo) -> None:
    repo.commit({A: event("Webinaire")})
    repo.move(A, B)
    repo.commit()
    repo.commit({A: event("Séminaire")})
    assert (repo.of(A).origin, repo.of(B).origin) == (f"{A}~2", A)
    (repo.content / B).unlink()
    repo.commit()
    assert repo.of(A).origin == f"{A}~2"


# Revisions


def test_change_of_the_hour(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({A: event(start="2024-02-07 18:00")})
    assert repo.of(A) == EventHistory(A, 1, at(0), at(1))
    repo.commit({A: event("Autre titre", start="2024-02-07 18 h")})
    assert repo.of(A) == EventHistory(A, 1, at(0), at(1))
    repo.commit({A: event(start="2024-02-07 18:00", statut_evenement="annulé")})
    assert repo.of(A) == EventHistory(A, 2, at(0), at(3))
    repo.commit({A: event(start="2024-02-07 18:00")})
    assert repo.of(A) == EventHistory(A, 3, at(0), at(4))


def test_change_that_is_not_committed(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({B: event("Séminaire")})
    repo.write(A, event(start="2024-03-01"))
    assert repo.of(A) == EventHistory(A, 1, at(0), at(1))
    repo.write(A, event(start="2024-03-01", modifie="2024-02-01 10:00"))
    modified = datetime(2024, 2, 1, 9, tzinfo=UTC)
    assert repo.of(A) == EventHistory(A, 1, at(0), modified)
    repo.write(A, event(start="2024-03-01", modifie="2023-12-01"))
    assert repo.of(A) == EventHistory(A, 1, at(0), at(1))
    repo.write(A, event(modifie="2024-02-01"))
    assert repo.of(A) == EventHistory(A, 0, at(0), at(0))


def test_new_event_that_is_not_committed(repo: Repo) -> None:
    repo.commit()
    repo.write(A, event())
    repo.write(B, event("Séminaire", modifie="2024-02-01 10:00"))
    assert repo.of(A) == EventHistory(A, 0, None, None)
    assert repo.of(B) == EventHistory(B, 0, None, datetime(2024, 2, 1, 9, tzinfo=UTC))


def test_event_that_git_ignores(repo: Repo) -> None:
    (repo.root / ".gitignore").write_text("content/evenements/\n")
    repo.commit({A: event()})
    assert repo.of(A) == EventHistory(A, 0, None, None)


def test_clock_that_goes_back(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.time -= 10 * HOUR
    repo.commit({A: event(start="2024-03-01")})
    assert repo.of(A) == EventHistory(A, 1, at(0), datetime.fromtimestamp(FIRST + 1, UTC))


def test_version_that_cannot_be_read(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({A: "<<<<<<< HEAD\n" + event()})
    assert repo.of(A) == EventHistory(A, 0, at(0), at(0))
    repo.commit({A: event(start="2024-03-01")})
    assert repo.of(A) == EventHistory(A, 1, at(0), at(2))


def test_line_ends_of_another_system(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.commit({A: event().replace("\n", "\r\n")})
    assert repo.of(A).revisions == 0
    repo.git("config", "core.autocrlf", "true")
    repo.git("config", "core.safecrlf", "true")
    assert repo.of(A).revisions == 0


# Merges


def diverge(repo: Repo, ours: Sequence[str], theirs: Sequence[str]) -> None:
    """Move the event to each of these starts, on `main` and on `branche`."""
    repo.commit({A: event()})
    repo.git("switch", "--quiet", "--create=branche")
    for start in theirs:
        repo.commit({A: event(start=start)})
    repo.git("switch", "--quiet", "main")
    for start in ours:
        repo.commit({A: event(start=start)})
    repo.commit({B: event("Séminaire")})


@pytest.mark.parametrize("onto", ["main", "branche"])
def test_merge_of_a_change(repo: Repo, onto: str) -> None:
    diverge(repo, [], ["2024-03-01", "2024-03-02"])
    repo.git("switch", "--quiet", onto)
    repo.merge("branche" if onto == "main" else "main")
    assert repo.of(A) == EventHistory(A, 2, at(0), at(2))


@pytest.mark.parametrize("onto", ["main", "branche"])
def test_merge_of_two_changes(repo: Repo, onto: str) -> None:
    """Whoever had one of the two sides sees the number rise, if the date is not the one he had."""
    diverge(repo, ["2024-03-01"], ["2024-04-01", "2024-04-02"])
    repo.git("switch", "--quiet", onto)
    main_wins = "--strategy-option=" + ("ours" if onto == "main" else "theirs")
    repo.merge("branche" if onto == "main" else "main", main_wins)
    assert "2024-03-01" in (repo.content / A).read_text()
    assert repo.of(A).revisions == 3


@pytest.mark.parametrize("onto", ["main", "branche"])
def test_merge_of_a_rename(repo: Repo, onto: str) -> None:
    diverge(repo, [], ["2024-03-01"])
    repo.move(A, C)
    repo.commit()
    repo.git("switch", "--quiet", onto)
    repo.merge("branche" if onto == "main" else "main")
    assert repo.of(C) == EventHistory(A, 1, at(0), at(1))


@pytest.mark.parametrize("onto", ["main", "branche"])
def test_merge_of_an_event_born_and_renamed_in_a_branch(repo: Repo, onto: str) -> None:
    repo.commit()
    repo.git("switch", "--quiet", "--create=branche")
    repo.commit({A: event()})
    repo.move(A, C)
    repo.commit()
    repo.git("switch", "--quiet", "main")
    repo.commit({B: event("Séminaire")})
    repo.git("switch", "--quiet", onto)
    repo.merge("branche" if onto == "main" else "main")
    assert repo.of(C) == EventHistory(A, 0, at(1), at(1))


def test_merge_of_one_addition_made_twice(repo: Repo) -> None:
    repo.commit()
    repo.git("switch", "--quiet", "--create=branche")
    repo.commit({A: event()})
    repo.git("switch", "--quiet", "main")
    repo.commit({A: event()})
    repo.merge("branche")
    assert repo.of(A) == EventHistory(A, 0, at(1), at(2))


def test_merge_of_two_events_born_under_one_name(repo: Repo) -> None:
    repo.commit()
    repo.git("switch", "--quiet", "--create=branche")
    repo.commit({A: event("Séminaire")})
    repo.move(A, B)
    repo.commit()
    repo.git("switch", "--quiet", "main")
    repo.commit({A: event("Webinaire")})
    repo.merge("branche")
    assert (repo.of(B).origin, repo.of(A).origin) == (A, f"{A}~{A}")


def test_resemblance_seen_from_the_other_side_of_a_merge(repo: Repo) -> None:
    """Removed, then another like it written: two events, though a merge may look like a rename."""
    repo.commit({A: event()})
    repo.git("switch", "--quiet", "--create=branche")
    repo.commit({B: event("Séminaire")})
    repo.git("switch", "--quiet", "main")
    (repo.content / A).unlink()
    repo.commit()
    repo.commit({C: event(start="2025-01-01")})
    repo.merge("branche")
    assert repo.of(C).origin == C


def test_revisions_never_go_down_along_the_history(repo: Repo) -> None:
    diverge(repo, ["2024-03-01"], ["2024-04-01", "2024-04-02", "2024-04-01"])
    repo.git("switch", "--quiet", "branche")
    repo.merge("main", "--strategy-option=theirs")
    repo.commit({A: event(start="2024-04-02")})
    repo.git("switch", "--quiet", "main")
    repo.merge("branche", "--strategy-option=ours")
    edges = repo.git("rev-list", "--all", "--parents").splitlines()
    facts = {}
    for name, *_ in (line.split() for line in edges):
        repo.git("checkout", "--quiet", "--detach", name)
        facts[name] = repo.of(A)
    for name, *parents in (line.split() for line in edges):
        for parent in parents:
            assert facts[name].origin == facts[parent].origin
            assert facts[name].revisions >= facts[parent].revisions
            assert (facts[name].revised_at or at(0)) >= (facts[parent].revised_at or at(0))


# Files of the past


def past(repo: Repo, hours: float, *names: str) -> dict[str, bytes]:
    instant = datetime.fromtimestamp(FIRST + hours * HOUR, UTC)
    found = repo.history().files_at(instant, [repo.content / name for name in names])
    return {path.relative_to(repo.content).as_posix(): data for path, data in found.items()}


def test_files_at_an_instant(repo: Repo) -> None:
    first, second, third = (event(start=f"2024-02-0{day} 17:00") for day in (7, 8, 9))
    repo.commit({A: first, "articles/l'été.md": "Un"})
    repo.commit({A: second, B: third})
    repo.write(A, third)
    assert past(repo, -0.5, A) == {}
    assert past(repo, 0, A, B) == {A: first.encode()}
    assert past(repo, 0.9, A, "articles/l'été.md") == {
        A: first.encode(),
        "articles/l'été.md": b"Un",
    }
    assert past(repo, 1, A, B, "articles/inconnu.md") == {
        A: second.encode(),
        B: third.encode(),
    }
    assert past(repo, 5) == {}


def test_files_at_an_instant_before_renames(repo: Repo) -> None:
    """The second one is not committed."""
    repo.commit({A: event()})
    repo.move(A, B)
    repo.commit()
    repo.move(B, C)
    for hours in (0, 1):
        assert past(repo, hours, C) == {C: event().encode()}


def test_files_at_an_instant_before_a_merge(repo: Repo) -> None:
    """What a branch held is not what was published."""
    repo.commit({A: event()})
    repo.git("checkout", "--quiet", "-b", "branche")
    repo.commit({A: event(start="2024-03-01")})
    repo.git("checkout", "--quiet", "main")
    repo.merge("branche")
    assert past(repo, 1, A) == {A: event().encode()}
    assert past(repo, 2, A) == {A: event(start="2024-03-01").encode()}


def test_files_at_an_instant_without_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({A: event()})
    history = repo.history()
    monkeypatch.setenv("PATH", "")
    assert history.files_at(at(1), [repo.content / A]) == {}


# Determinism and surroundings


def test_nothing_depends_on_the_user_s_settings(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({A: event(), "evenements/é è.md": event("Séminaire")})
    repo.move(A, B)
    repo.commit({B: event(start="2024-03-01")})
    expected = repo.history()
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[core]\n quotePath = true\n abbrev = 5\n pager = false\n[color]\n ui = always\n"
        "[diff]\n renames = false\n renameLimit = 1\n noprefix = true\n external = false\n"
        "[log]\n showSignature = true\n date = relative\n[i18n]\n logOutputEncoding = latin1\n"
    )
    for name, value in {
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_DIR": str(tmp_path / "ailleurs"),
        "GIT_INDEX_FILE": str(tmp_path / "index"),
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_EXTERNAL_DIFF": "false",
        "LC_ALL": "fr_FR.UTF-8",
        "TZ": "Pacific/Apia",
    }.items():
        monkeypatch.setenv(name, value)
    assert repo.history() == expected


def test_repository_is_left_as_it_was(repo: Repo) -> None:
    repo.commit({A: event()})
    repo.move(A, B)
    repo.write(B, event(start="2024-03-01"))

    def files() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in repo.root.rglob("*") if p.is_file()}

    before = files()
    assert repo.of(B).origin == A
    assert files() == before


def test_content_that_is_the_whole_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "content", ".")
    repo.commit({A: event()})
    repo.move(A, B)
    repo.commit()
    assert repo.of(B).origin == A


def test_path_as_the_caller_has_it(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({A: event()})
    monkeypatch.chdir(repo.root)
    history = read_history(Path("content"))
    assert history.of(Path("content") / A) == history.of(repo.content / A) != None  # noqa: E711
    assert history.of(repo.root / "ailleurs.md") is None


def test_repository_without_a_commit(repo: Repo) -> None:
    repo.write(A, event())
    assert repo.history() == History(repo.content, {A: FileHistory(A, 0, None, None)}, None)


def test_content_that_is_a_submodule(repo: Repo, tmp_path: Path) -> None:
    repo.commit({A: event()})
    repo.move(A, B)
    repo.commit()
    outer = Repo(tmp_path / "site")
    outer.git(
        *("-c", "protocol.file.allow=always", "submodule", "--quiet", "add"),
        *(str(repo.root), "sources"),
    )
    found = read_history(outer.root / "sources" / "content")
    assert found.notice is None
    assert found.files[B].origin == A


LOST = (
    "un contenu renommé y compte pour un nouveau, son ancienne adresse ne mène plus à lui, et les "
    "changements de date ou de lieu ne sont pas numérotés dans les calendriers."
)


def test_submodule_inside_the_content(repo: Repo) -> None:
    inner = Repo(repo.content / "evenements" / "partenaires", ".")
    inner.write("c.md", event("Séminaire"))
    inner.commit()
    repo.write(A, event())
    history = repo.history()
    assert history.notice == (
        "l’historique est incomplet : « evenements/partenaires » est un dépôt dans le dépôt "
        "(sous-module). Placez ces contenus dans le dépôt du contenu, ou donnez à chacun un "
        "« identifiant »."
    )
    assert set(history.files) == {A, "evenements/partenaires/c.md"}


def test_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.commit({A: event()})
    repo.commit({A: event(start="2024-03-01")})
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--depth=1", repo.root.as_uri(), str(clone))
    assert read_history(clone / "content") == History(
        clone / "content",
        {},
        f"l’historique est incomplet (clone superficiel) : {LOST} Récupérez-le en entier avec "
        "« git fetch --unshallow » (dans une intégration continue, « fetch-depth: 0 » pour GitHub "
        "et Gitea, « GIT_DEPTH: 0 » pour GitLab).",
        is_shallow=True,
    )


def test_no_repository(tmp_path: Path) -> None:
    assert read_history(tmp_path).notice == (
        f"l’historique manque (le contenu n’est dans aucun dépôt git) : {LOST}"
    )


def test_no_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert repo.history().notice == (
        f"l’historique manque (git n’est pas installé) : {LOST} Installez git."
    )


def test_no_room_for_temporary_files(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({A: event()})
    monkeypatch.setattr(tempfile, "tempdir", str(repo.root / "nulle part"))
    assert repo.history().notice == (f"l’historique manque (No such file or directory) : {LOST}")


def test_no_content(tmp_path: Path) -> None:
    missing = tmp_path / "content"
    assert read_history(missing).notice == (
        f"l’historique manque (le dossier {missing} n’existe pas)."
    )


def test_damaged_repository(repo: Repo) -> None:
    repo.commit({A: event()})
    shutil.rmtree(repo.root / ".git" / "objects")
    (repo.root / ".git" / "objects").mkdir()
    history = repo.history()
    assert history.files == {}
    assert history.notice
    assert history.notice.startswith("l’historique manque (git a échoué : « fatal: ")


def test_missing_blob(repo: Repo) -> None:
    repo.commit({A: event()})
    blob = repo.git("rev-parse", f"HEAD:content/{A}").strip()
    repo.commit({A: event(start="2024-03-01")})
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert repo.history().notice == (
        f"l’historique est incomplet (l’objet {blob[:12]} manque dans le dépôt) : {LOST} "
        "Récupérez un clone complet."
    )


# The pure parts


@pytest.mark.parametrize(
    ("changes", "sources"),
    [
        ([Change("a", None, "1")], {}),
        ([Change("a", "1", "2")], {"a": "a"}),
        ([Change("a", "1", None)], {}),
        ([Change("b", "1", "2", "a")], {"b": "a"}),
        ([Change("a", "1", "2"), Change("b", "2", "1")], {"a": "b", "b": "a"}),
        ([Change("a", "1", None), Change("b", "2", "1")], {"b": "a"}),
        ([Change("a", "1", "3"), Change("b", None, "1")], {"a": "a"}),
        (
            [Change("a", "1", "3"), Change("b", "2", "1"), Change("c", "3", "2")],
            {"a": "c", "b": "a", "c": "b"},
        ),
        (
            [Change("a", "1", "4"), Change("b", "2", "1"), Change("c", None, "2")],
            {"a": "a", "b": "b"},
        ),
    ],
)
def test_sources_of(changes: list[Change], sources: dict[str, str]) -> None:
    assert sources_of(changes) == sources
    assert sources_of(reversed(changes)) == sources


def test_file_that_two_branches_rename_differently() -> None:
    commits = [
        Commit("1", 10, ()),
        Commit("2", 20, ("1",)),
        Commit("3", 30, ("1",)),
        Commit("4", 40, ("2", "3")),
    ]
    changes = {
        ("1", None): [Change("a", None, "x")],
        ("2", "1"): [Change("b", "x", "x", "a")],
        ("3", "1"): [Change("c", "x", "x", "a")],
        ("4", "2"): [Change("c", None, "x")],
        ("4", "3"): [Change("b", None, "x")],
    }
    files = trace(commits, changes).files
    assert {path: version.birth.path for path, version in files.items()} == {"b": "a", "c": "a"}


PLAIN = "debut: 2024-02-07 17:00\nfin: 18:30\nlieu: Le Havre\nmodalite: visio"


@pytest.mark.parametrize(
    "header",
    [
        "lieu: {nom: le  havre}\nmodalite: Visio\nfin: 2024-02-07T18:30\ndebut: 2024-02-07 17h",
        f"{PLAIN}\ntitre: Autre\nresume: Autre\nslug: autre\nstatut: brouillon\npublic: tous",
        f"{PLAIN}\nstatut_evenement: Confirme\nseances:\nrecurrence: ~\nlien_visio: null",
        f"# note\n{PLAIN}\ninscription:\n  places: 40\n  avant_le:\ndebut_initial: 2024-01-01",
        'seances:\n  - {debut: 2024-02-07 17:00, fin: "18:30", lieu: Le Havre, modalite: visio}',
        (
            "modalite: visio\nlieu:\n  nom: Le Havre\n"
            "seances:\n  - titre: Ouverture\n    debut: 2024-02-07 17:00\n    fin: 18:30"
        ),
    ],
)
def test_same_appointment(header: str) -> None:
    assert signed(header) == signed(PLAIN)


@pytest.mark.parametrize(
    "header",
    [
        PLAIN.replace("17:00", "17:15"),
        PLAIN.replace("18:30", "19:30"),
        PLAIN.replace("fin: 18:30\n", ""),
        PLAIN.replace("2024-02-07 17:00", "2024-02"),
        PLAIN.replace("Le Havre", "Paris"),
        PLAIN.replace("lieu: Le Havre", "lieu: {ville: Le Havre}"),
        PLAIN.replace("Le Havre", "{nom: Le Havre, coordonnees: '49.4938, 0.1077'}"),
        PLAIN.replace("visio", "hybride"),
        f"{PLAIN}\nlien_visio: https://visio.example/1",
        f"{PLAIN}\nstatut_evenement: reporté",
        f"{PLAIN}\nrecurrence: {{regle: FREQ=WEEKLY}}",
        f"{PLAIN}\ninscription: {{avant_le: 2024-02-01}}",
        PLAIN.replace("17:00", "dix-sept heures"),
        "seances:\n  - {debut: 2024-02-07 17:00, fin: '18:30', lieu: Le Havre}",
        "",
    ],
)
def test_other_appointment(header: str) -> None:
    assert signed(header) != signed(PLAIN)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("regle: FREQ=WEEKLY;COUNT=3", "regle: 'rrule: count=3; freq=weekly'", True),
        ("regle: FREQ=WEEKLY;COUNT=3", "regle: FREQ=WEEKLY;COUNT=4", False),
        ("dates: [2024-01-02, 2024-02-06]", "dates: ['2024-02-06', '2024-01-02']", True),
        ("dates: [2024-01-02, 2024-02-06]", "dates: [2024-01-02]", False),
        (
            "exceptions: [{date: 2024-01-02, statut: annulé}, {date: 2024-02-06, fin: 18:30}]",
            "exceptions: [{fin: 18:30, date: 2024-02-06}, {date: 2024-01-02, statut: Annule}]",
            True,
        ),
        (
            "exceptions: [{date: 2024-01-02, statut: annulé}]",
            "exceptions: [{date: 2024-01-02, debut: 2024-01-03}]",
            False,
        ),
    ],
)
def test_recurrence(one: str, other: str, *, same: bool) -> None:
    signatures = [signed(f"debut: 2024-01-02\nrecurrence: {{{text}}}") for text in (one, other)]
    assert (signatures[0] == signatures[1]) is same


def test_session_of_an_event_given_up() -> None:
    sessions = "seances: [{debut: 2024-01-02, statut: à confirmer}]\nstatut_evenement: annulé"
    assert signed(sessions) == signed(sessions.replace("à confirmer", "confirmé"))


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (b"---\ndebut: 2024\n---\n", {"debut": "2024"}),
        (b"\xef\xbb\xbf---\r\ndebut: 2024\r\n---\r\n", {"debut": "2024"}),
        (b"Title: x\nDebut: 2024\n\nTexte", {"title": "x", "debut": "2024"}),
        (b"---\na: x & y\n---\n", {"a": "x & y"}),
        (b"---\na: &b [x]\nc: *b\n---\n", None),
        (b"---\nouvert: [\n---\n", None),
        (b"---\na: " + b"[" * 7000 + b"\n---\n", None),
        (b"---\ndebut: \xe9\n---\n", None),
        (b"", None),
    ],
)
def test_read_header(data: bytes, header: dict[str, str] | None) -> None:
    assert read_header(data) == header


def signed(header: str) -> object:
    read = read_header(f"---\nx: y\n{header}\n---\n".encode())
    assert read is not None
    return signature(read)
