"""The journal: what stands in it stays, and what is written can be read again."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from plugins.mailing.journal import Journal, JournalError
from tests.contents import errors, load_files
from tests.mailing.orders import sending
from tests.outputs.strategies import texts
from tests.sites import ROOT

HEAD = """\
# Journal des envois de la lettre, écrit par la commande d’envoi : enregistrez-le dans git.
# « incertain » : le serveur a peut-être accepté le message. Demandez à la liste si elle a reçu la
# lettre. Si oui, écrivez « accepté » ; sinon, retirez cet envoi, ou recommencez avec ENCORE=oui.
"""
BLOCK = """\
- numero: {number}
  le: '2024-01-08T09:00:00+01:00'
  liste: lettre@listes.exemple.fr
  message_id: <{number}@passerelle.exemple.fr>
  empreinte: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
"""
UNCERTAIN = BLOCK + "  etat: incertain\n"
ACCEPTED = BLOCK + "  etat: accepté\n  reponse: 250 Ok\n"
SHAPE = (
    "content/donnees/envois.yaml n’a pas la forme qu’il faut pour y écrire un envoi. "
    "Mettez chaque envoi en début de ligne, précédé d’un tiret, ses champs dessous."
)
UNKEPT = "Le journal content/donnees/envois.yaml ne peut pas être tenu : "


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "donnees"
    folder.mkdir(parents=True)
    return folder / "envois.yaml"


@pytest.fixture
def journal(file: Path) -> Journal:
    return Journal(file.parent.parent)


def test_without_a_file(journal: Journal) -> None:
    assert journal.sendings() == ()


def test_from_begun_to_accepted(journal: Journal, file: Path) -> None:
    journal.begin(sending())
    assert file.read_text("utf-8") == HEAD + UNCERTAIN.format(number=3)
    assert journal.sendings() == (sending(),)
    journal.accept(sending(), "250 Ok")
    assert file.read_text("utf-8") == HEAD + ACCEPTED.format(number=3)
    assert journal.sendings() == (sending(etat="accepté", reponse="250 Ok"),)
    journal.begin(sending(4))
    assert file.read_text("utf-8") == (
        HEAD + ACCEPTED.format(number=3) + UNCERTAIN.format(number=4)
    )


def test_site_accepts_the_file(journal: Journal, tmp_path: Path) -> None:
    journal.begin(sending())
    journal.accept(sending(), "250 2.0.0 Ok: queued as 4F1B2 # 1")
    journal.begin(sending(4))
    assert errors(load_files(tmp_path, {})) == []


def test_withdrawn(journal: Journal, file: Path) -> None:
    journal.begin(sending())
    journal.withdraw(sending())
    assert not file.exists()
    kept = HEAD + ACCEPTED.format(number=3)
    file.write_text(kept, "utf-8")
    journal.begin(sending(4))
    journal.withdraw(sending(4))
    assert file.read_text("utf-8") == kept


@pytest.mark.parametrize(
    "kept",
    [
        "# Un commentaire.\n\n" + ACCEPTED.format(number=1) + "\n# À la fin, sans fin de ligne.",
        (
            "- {numero: 1, le: 2024-01-03T09:00:00Z, liste: a@exemple.fr, message_id: <1@a.fr>,\n"
            f"   empreinte: {'0' * 64}, etat: accepté}}  # en une ligne\n"
        ),
        "\ufeff" + ACCEPTED.format(number=1),
        "---\n" + ACCEPTED.format(number=1),
        ACCEPTED.format(number=1).replace("\n", "\r\n"),
        "# Rien encore.\n",
        "envois:\n" + ACCEPTED.format(number=1),
        "# « œuvre » 🎉\n" + ACCEPTED.format(number=1),
    ],
)
def test_what_stands_is_kept(journal: Journal, file: Path, kept: str) -> None:
    file.write_bytes(kept.encode())
    before = journal.sendings()
    journal.begin(sending())
    journal.accept(sending(), "250 Ok")
    after = file.read_bytes().decode()
    assert after.startswith(kept)
    assert ("\r\n" in after) == ("\r\n" in kept)
    assert after.replace("\r", "").endswith("\n" + ACCEPTED.format(number=3))
    assert [s.number for s in journal.sendings()] == [*(s.number for s in before), 3]


def test_what_is_changed_meanwhile_is_kept(journal: Journal, file: Path) -> None:
    """An editor saves the file while the message goes."""
    journal.begin(sending())
    text = "# Relu.\n" + file.read_text("utf-8") + ACCEPTED.format(number=5)
    file.write_text(text, "utf-8")
    journal.accept(sending(), "250 Ok")
    assert file.read_text("utf-8") == (
        f"# Relu.\n{HEAD}{ACCEPTED.format(number=3)}{ACCEPTED.format(number=5)}"
    )


def test_what_is_taken_away_meanwhile_is_written_again(journal: Journal, file: Path) -> None:
    journal.begin(sending())
    file.write_text(ACCEPTED.format(number=5), "utf-8")
    journal.accept(sending(), "250 Ok")
    assert file.read_text("utf-8") == ACCEPTED.format(number=5) + ACCEPTED.format(number=3)
    journal.withdraw(sending(6))
    assert len(journal.sendings()) == 2


def test_what_cannot_be_found_again_is_told(journal: Journal, file: Path) -> None:
    journal.begin(sending())
    file.write_text(file.read_text("utf-8").replace("  le: ", "  le:   "), "utf-8")
    before = file.read_bytes()
    with pytest.raises(JournalError) as raised:
        journal.accept(sending(), "250 Ok")
    assert str(raised.value) == SHAPE
    with pytest.raises(JournalError) as raised:
        journal.withdraw(sending())
    assert str(raised.value) == SHAPE
    assert file.read_bytes() == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(texts)
def test_any_reply_can_be_read_again(journal: Journal, file: Path, reply: str) -> None:
    """Whatever a server says, once it is fit to be shown."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in reply).split())
    file.unlink(missing_ok=True)
    journal.begin(sending())
    journal.accept(sending(), f"250 {shown}")
    (read,) = journal.sendings()
    # YAML is read in NFC, which replaces the characters that Unicode holds twice.
    assert read.reply == unicodedata.normalize("NFC", f"250 {shown}".strip())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "- numero: trois\n",
            (
                "content/donnees/envois.yaml:1:11 · envois.1.numero : « trois » : un nombre entier "
                "est attendu, par exemple 3."
            ),
        ),
        (
            "- numero: 3\n numero: 4\n",
            (
                "content/donnees/envois.yaml:2:2 · numero : « 4 » : le retrait de cette ligne "
                "n’est pas celui de ses voisines. Alignez-la sur elles."
            ),
        ),
        ("\xe9".encode("latin-1"), "content/donnees/envois.yaml:1:1 · l’octet 0xe9 n’est pas de"),
    ],
)
def test_faults_stop_all(journal: Journal, file: Path, text: str | bytes, message: str) -> None:
    data = text.encode() if isinstance(text, str) else text
    file.write_bytes(data)
    for reading in (journal.sendings, lambda: journal.begin(sending())):
        with pytest.raises(JournalError) as raised:
            reading()
        assert message in str(raised.value)
    assert file.read_bytes() == data


INDENTED = textwrap.indent(ACCEPTED.format(number=1), "  ")


@pytest.mark.parametrize(
    "text", ["[]\n", INDENTED, f"envois:\n{INDENTED}", ACCEPTED.format(number=1) + "...\n"]
)
def test_unusual_forms_are_left_alone(journal: Journal, file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    journal.sendings()
    with pytest.raises(JournalError) as raised:
        journal.begin(sending())
    assert str(raised.value) == SHAPE
    assert file.read_text("utf-8") == text


def _fail(code: int) -> Callable[..., None]:
    def fail(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "le disque est plein ou votre quota est atteint. Libérez de la place."),
        (errno.EROFS, "l’accès est refusé. Vérifiez les droits du dossier."),
        (errno.EIO, "le système a répondu « Input/output error ». Vérifiez le disque."),
    ],
)
def test_disk_at_fault(
    journal: Journal,
    file: Path,
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal.begin(sending())
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", _fail(code))
    with pytest.raises(JournalError) as raised:
        journal.accept(sending(), "250 Ok")
    assert str(raised.value) == UNKEPT + message
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["envois.yaml"]


def test_disk_really_full(file: Path) -> None:
    """No file may grow beyond 100 octets: the journal stays as it was."""
    file.write_text(ACCEPTED.format(number=1), "utf-8")
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from plugins.mailing.journal import Journal, JournalError\n"
        "from tests.mailing.orders import sending\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try:\n"
        "    Journal(Path(sys.argv[1])).begin(sending())\n"
        "except JournalError as error:\n"
        "    sys.stdout.buffer.write(str(error).encode())\n"
    )
    command = (sys.executable, "-c", program, str(file.parent.parent))
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.decode() == (
        UNKEPT + "le disque est plein ou votre quota est atteint. Libérez de la place."
    )
    assert file.read_text("utf-8") == ACCEPTED.format(number=1)
    assert [path.name for path in file.parent.iterdir()] == ["envois.yaml"]


def test_symbolic_link_is_refused(journal: Journal, file: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs.yaml"
    elsewhere.write_text("[]\n", "utf-8")
    file.symlink_to(elsewhere)
    with pytest.raises(JournalError) as raised:
        journal.begin(sending())
    assert str(raised.value) == (
        "content/donnees/envois.yaml est un lien symbolique. Copiez le fichier à sa place."
    )


def test_folder_is_missing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "content")
    with pytest.raises(JournalError, match="No such file or directory"):
        journal.begin(sending())


def test_rights_are_kept(journal: Journal, file: Path) -> None:
    file.write_text(ACCEPTED.format(number=1), "utf-8")
    file.chmod(0o664)
    journal.begin(sending())
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


def test_one_sending_at_a_time(journal: Journal, file: Path) -> None:
    other = Journal(file.parent.parent)
    with journal.locked():
        with pytest.raises(JournalError) as raised, other.locked():
            pass
        assert str(raised.value) == (
            "Un autre envoi est en cours. Attendez qu’il se termine, puis recommencez."
        )
    with other.locked():
        pass


def test_lock_and_leftovers_are_no_content(journal: Journal, file: Path, tmp_path: Path) -> None:
    leftover = file.with_name(".envois.yaml-0123abcd")
    leftover.write_text("à moitié", "utf-8")
    with journal.locked():
        assert not leftover.exists()
        journal.begin(sending())
        assert errors(load_files(tmp_path, {})) == []
