"""The output is replaced as a whole or not at all, whatever happens to the build."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.build import staging
from plugins.build.staging import StagingError, former_of, remove, staged


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A site that stands already."""
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / "index.html").write_text("ancien")
    return folder


def build(output: Path, text: str = "nouveau") -> None:
    with staged(output) as folder:
        (folder / "index.html").write_text(text)


def content(output: Path) -> dict[str, str]:
    return {
        str(path.relative_to(output)): path.read_text()
        for path in output.rglob("*")
        if path.is_file()
    }


def leftovers(output: Path) -> list[str]:
    """Return what lies beside the output, the lock file apart."""
    return sorted(
        path.name
        for path in output.parent.iterdir()
        if path != output and path.name != f".{output.name}.lock"
    )


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a build in another process; it says "ready" once its staging folder has a file."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


SLOW_BUILD = """
    import sys, time
    from pathlib import Path
    from plugins.build.staging import staged
    with staged(Path(sys.argv[1])) as folder:
        (folder / "index.html").write_text("d’un autre processus", encoding="utf-8")
        print("ready", flush=True)
        time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def slow_build(output: Path) -> Iterator[subprocess.Popen[str]]:
    """A build in another process that would last a minute."""
    with child(SLOW_BUILD, output, 60) as process:
        wait_ready(process)
        yield process
        process.kill()


def test_first_build(tmp_path: Path) -> None:
    output = tmp_path / "sites" / "output"
    build(output)
    assert content(output) == {"index.html": "nouveau"}
    assert leftovers(output) == []


def test_second_build_replaces_all_files(output: Path) -> None:
    (output / "page-disparue.html").write_text("")
    build(output)
    assert content(output) == {"index.html": "nouveau"}
    assert leftovers(output) == []


def test_staging_folder_lies_beside_the_output_and_is_readable_by_a_web_server(
    tmp_path: Path,
) -> None:
    output = tmp_path / "output"
    mask = os.umask(0o022)
    try:
        with staged(output) as folder:
            assert folder.parent == output.parent
            assert list(folder.iterdir()) == []
            (folder / "index.html").touch()
    finally:
        os.umask(mask)
    assert output.stat().st_mode & 0o777 == 0o755


def test_mode_of_the_output_is_kept(output: Path) -> None:
    output.chmod(0o750)
    build(output)
    assert output.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_failing_build_changes_nothing(output: Path, error: type[BaseException]) -> None:
    before = output.stat()
    with pytest.raises(error), staged(output) as folder:
        (folder / "index.html").write_text("à moitié")
        raise error
    assert output.stat() == before
    assert content(output) == {"index.html": "ancien"}
    assert leftovers(output) == []


def test_build_without_a_file_is_refused(output: Path) -> None:
    with pytest.raises(StagingError, match="n’a produit aucun fichier"), staged(output):
        pass
    assert content(output) == {"index.html": "ancien"}


def test_killed_build_changes_nothing_and_the_next_one_cleans_up(
    output: Path, slow_build: subprocess.Popen[str]
) -> None:
    slow_build.send_signal(signal.SIGKILL)
    slow_build.wait()
    assert content(output) == {"index.html": "ancien"}
    assert len(leftovers(output)) == 1
    build(output)
    assert content(output) == {"index.html": "nouveau"}
    assert leftovers(output) == []


def test_kill_at_any_moment_shows_the_old_site_or_the_new_one(output: Path) -> None:
    """Kill builds in a tight loop, at moments spread over their whole course."""
    script = """
        import sys
        from pathlib import Path
        from plugins.build.staging import staged
        print("ready", flush=True)
        for number in range(100_000):
            with staged(Path(sys.argv[1])) as folder:
                for name in ("index.html", "a", "b", "c"):
                    (folder / name).write_text(str(number))
    """
    for attempt in range(6):
        with child(script, output) as process:
            wait_ready(process)
            time.sleep(0.05 + 0.0137 * attempt)
            process.kill()
        files = content(output)
        assert len(set(files.values())) == 1, files
        assert set(files) in ({"index.html"}, {"index.html", "a", "b", "c"})
    build(output)
    assert leftovers(output) == []


def test_second_build_waits_for_the_first(output: Path) -> None:
    waited: list[str] = []
    with child(SLOW_BUILD, output, 0.5) as process:
        wait_ready(process)
        with staged(output, on_wait=lambda: waited.append("oui")) as folder:
            assert content(output) == {"index.html": "d’un autre processus"}
            (folder / "index.html").write_text("le second")
        assert process.wait() == 0
    assert waited == ["oui"]
    assert content(output) == {"index.html": "le second"}


def test_second_build_gives_up_after_the_timeout(
    output: Path, slow_build: subprocess.Popen[str]
) -> None:
    with pytest.raises(StagingError) as caught, staged(output, timeout=0.1):
        pass
    assert str(caught.value) == (
        f"Une autre compilation vers « {output} » est en cours depuis plus de 0 s. "
        "Attendez qu’elle se termine, ou arrêtez-la, puis recommencez."
    )
    assert slow_build.poll() is None
    assert len(leftovers(output)) == 1, "the folder of a running build must stay"


def test_reader_never_meets_a_half_written_site(output: Path) -> None:
    """Read without pause while builds succeed each other: never a missing file."""
    over = threading.Event()
    missing: list[str] = []

    def read() -> None:
        while not over.is_set():
            try:
                (output / "index.html").read_text()
            except OSError as error:
                missing.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(20):
        build(output, str(number))
    over.set()
    reader.join()
    if sys.platform in {"linux", "darwin"}:
        assert missing == []


def test_full_disk(output: Path) -> None:
    """A file-size limit stands for the full disk: the kernel refuses to write on."""
    script = """
        import resource, signal, sys
        from pathlib import Path
        from plugins.build.staging import StagingError, staged
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        try:
            with staged(Path(sys.argv[1])) as folder:
                (folder / "index.html").write_bytes(b"x" * 20_000)
        except StagingError as error:
            print(error)
    """
    with child(script, output) as process:
        message, trace = process.communicate()
    assert message == (
        "Le site n’a pas pu être écrit : le disque est plein ou votre quota est atteint. "
        f"Libérez de la place, puis recommencez. « {output} » reste tel quel.\n"
    ), trace
    assert content(output) == {"index.html": "ancien"}
    assert leftovers(output) == []


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a file system takes root"
)
def test_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disque"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("this container may not mount a file system")
    try:
        output = disk / "output"
        build(output, "ancien")
        with pytest.raises(StagingError, match="le disque est plein"), staged(output) as folder:
            (folder / "index.html").write_bytes(b"x" * 1_000_000)
        assert content(output) == {"index.html": "ancien"}
        assert leftovers(output) == []
        build(output, "nouveau")
        assert content(output) == {"index.html": "nouveau"}
    finally:
        subprocess.run(["umount", disk], check=True)


def test_other_system_errors_of_the_build_pass_unchanged(output: Path) -> None:
    with pytest.raises(FileNotFoundError), staged(output):
        Path(output, "absent").read_text()
    assert leftovers(output) == []


def test_output_that_is_a_symbolic_link(tmp_path: Path, output: Path) -> None:
    link = tmp_path / "lien"
    link.symlink_to(output)
    with pytest.raises(StagingError, match="est un lien symbolique"), staged(link):
        pass
    assert content(output) == {"index.html": "ancien"}


def test_output_that_becomes_a_symbolic_link_during_the_build(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "output", tmp_path / "ailleurs"
    elsewhere.mkdir()
    with pytest.raises(StagingError, match="est un lien symbolique"), staged(output) as folder:
        (folder / "index.html").touch()
        output.symlink_to(elsewhere)
    assert output.is_symlink()


def test_output_that_is_a_file(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.write_text("notes")
    with pytest.raises(StagingError, match="est un fichier, il faut un dossier"), staged(output):
        pass
    assert output.read_text() == "notes"


def test_output_that_would_erase_the_sources(tmp_path: Path) -> None:
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    with (
        pytest.raises(StagingError, match="contient vos sources"),
        staged(tmp_path / "content", sources=[articles]),
    ):
        pass
    with pytest.raises(StagingError, match="contient vos sources"), staged(Path.cwd()):
        pass


def test_output_that_is_a_repository(output: Path) -> None:
    (output / ".git").mkdir()
    with pytest.raises(StagingError, match="est un dépôt git"), staged(output):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(StagingError, match="l’écriture est refusée"), staged(tmp_path / "output"):
        pass


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that cannot swap two folders."""

    def refuse(one: Path, other: Path) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(one), None, str(other))

    monkeypatch.setattr(staging, "_exchange", refuse)


@pytest.mark.usefixtures("no_exchange")
def test_where_no_exchange_exists(output: Path) -> None:
    build(output)
    assert content(output) == {"index.html": "nouveau"}
    assert leftovers(output) == []


def test_build_killed_between_the_two_renames(output: Path) -> None:
    output.rename(output.parent / ".output.previous")
    with pytest.raises(ValueError, match="échec"), staged(output):
        raise ValueError("échec")
    assert content(output) == {"index.html": "ancien"}
    assert leftovers(output) == []


def test_folders_that_look_like_ours_stay(output: Path) -> None:
    for name in (".output-notes", ".output-cafe1234.bak", "output-cafe1234"):
        (output.parent / name).mkdir()
    build(output)
    assert leftovers(output) == [".output-cafe1234.bak", ".output-notes", "output-cafe1234"]


def test_remove(output: Path, slow_build: subprocess.Popen[str]) -> None:
    slow_build.kill()
    slow_build.wait()
    remove(output)
    assert not output.exists()
    assert leftovers(output) == []
    remove(output)


def test_the_former_site_may_be_kept(output: Path) -> None:
    for text in ("deux", "trois"):
        with staged(output, keeps_former=True) as folder:
            (folder / "index.html").write_text(text)
    assert content(output) == {"index.html": "trois"}
    assert content(former_of(output)) == {"index.html": "deux"}
    remove(output)
    assert leftovers(output) == []


def test_a_first_site_has_no_former_one(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with staged(output, keeps_former=True) as folder:
        (folder / "index.html").write_text("un")
    assert leftovers(output) == []
