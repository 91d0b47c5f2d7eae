"""`make enregistrer`, `recevoir` and `annuler`, on repositories made by git, with a server."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.build.git_commands import receive, record, undo
from plugins.build.working_copy import WorkingCopy
from tests.repositories import Repo
from tests.sites import ROOT

AFTER = "Une fois votre travail accepté, ou pour en commencer un autre : make recevoir"
SPACES = str.maketrans("\u00a0\u202f", "  ")


def article(title: str, text: str = "Un texte.") -> str:
    return f"---\ntitre: {title}\nresume: Un résumé.\ndate: 2024-01-08\n---\n{text}\n"


class Editor:
    """An editor's copy: what a command says, its status."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.is_sound = True

    def write(self, name: str, text: str) -> None:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.root / "content" / name).read_text(encoding="utf-8")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, capture_output=True, check=True, text=True
        )
        return done.stdout.strip()

    def record(self, message: str = "", branch: str = "", keep: str = "") -> int:
        sound = 0 if self.is_sound else 1
        return record(self.root, message, branch, keep, lambda: sound, self._say)

    def receive(self, branch: str = "") -> int:
        return receive(self.root, branch, self._say)

    def undo(self, which: str = "", *, is_confirmed: bool = False) -> int:
        return undo(self.root, which, self._say, is_confirmed=is_confirmed)

    def heard(self) -> str:
        text, self.said = "\n".join(self.said).translate(SPACES), []
        return text

    def _say(self, line: str) -> None:
        self.said.append(line)


@pytest.fixture(autouse=True)
def nobody_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)


def copy_of(server: Path, root: Path, name: str) -> Editor:
    subprocess.run(["git", "clone", "--quiet", server, root], check=True, capture_output=True)
    editor = Editor(root)
    editor.git("config", "user.name", name)
    editor.git("config", "user.email", f"{name.lower()}@exemple.fr")
    return editor


@pytest.fixture
def server(tmp_path: Path) -> Path:
    first = Repo(tmp_path / "first")
    (first.content / "articles").mkdir()
    (first.content / "articles" / "bilan.md").write_text(article("Bilan"), encoding="utf-8")
    first.git("add", "--all")
    first.git("commit", "--quiet", "--message", "Annoncer le bilan")
    path = tmp_path / "server.git"
    first.git("clone", "--quiet", "--bare", ".", str(path))
    return path


@pytest.fixture
def camille(server: Path, tmp_path: Path) -> Editor:
    return copy_of(server, tmp_path / "camille", "Camille")


@pytest.fixture
def dominique(server: Path, tmp_path: Path) -> Editor:
    return copy_of(server, tmp_path / "dominique", "Dominique")


# enregistrer


def test_work_is_recorded_and_reaches_the_others(camille: Editor, dominique: Editor) -> None:
    camille.write("articles/webinaire.md", article("Webinaire"))
    (camille.root / "notes.txt").write_text("à moi", encoding="utf-8")
    assert camille.record() == 0
    assert camille.heard() == (
        "Ce qui a changé :\n"
        "   nouveau  content/articles/webinaire.md\n"
        "Enregistré : « Ajouter « Webinaire » ».\n"
        "Envoyé, sur la branche « main ».\n"
        "Pas envoyés, hors de content/ : notes.txt."
    )
    assert dominique.receive() == 0
    assert dominique.heard() == "Reçu des autres : content/articles/webinaire.md."
    assert dominique.read("articles/webinaire.md") == article("Webinaire")
    assert dominique.receive() == 0
    assert dominique.heard() == "Vous avez déjà tout."


def test_the_sentence_is_the_editors_or_tells_how_many(camille: Editor) -> None:
    camille.write("articles/un.md", article("Un"))
    camille.write("articles/deux.md", article("Deux"))
    (camille.root / "content/articles/bilan.md").unlink()
    assert camille.record() == 0
    assert camille.git("log", "-1", "--format=%s") == "Ajouter 2 contenus, retirer 1 contenu"
    camille.write("articles/un.md", article("Un", "Un autre."))
    assert camille.record("Corriger l’article") == 0
    assert camille.git("log", "-1", "--format=%s") == "Corriger l’article"


def test_an_error_stops_it(camille: Editor) -> None:
    camille.write("articles/webinaire.md", "rien")
    camille.is_sound = False
    before = camille.git("rev-parse", "HEAD")
    assert camille.record() == 1
    assert camille.heard() == "Rien n’est enregistré : corrigez d’abord ce qui précède."
    assert camille.git("rev-parse", "HEAD") == before


def test_two_editors_work_on_different_files(camille: Editor, dominique: Editor) -> None:
    camille.write("articles/un.md", article("Un"))
    assert camille.record() == 0
    dominique.write("articles/deux.md", article("Deux"))
    assert dominique.record() == 0
    assert "Reçu des autres : content/articles/un.md." in dominique.heard()
    assert dominique.read("articles/un.md") == article("Un")
    assert dominique.git("log", "--format=%s", "-2", "origin/main").splitlines() == [
        "Ajouter « Deux »",
        "Ajouter « Un »",
    ]


def test_a_conflict_loses_nothing_and_goes_to_a_branch(camille: Editor, dominique: Editor) -> None:
    camille.write("articles/bilan.md", article("Bilan", "La version de Camille."))
    dominique.write("articles/bilan.md", article("Bilan", "La version de Dominique."))
    assert camille.record() == 0
    assert dominique.record() == 1
    assert dominique.heard().splitlines()[-1] == (
        "Vous et un collègue avez changé les mêmes lignes (content/articles/bilan.md). Votre "
        "travail est enregistré ici, rien n’est perdu. Envoyez-le sur une branche, où l’on compare "
        "les deux versions (make enregistrer BRANCHE=mon-travail), ou gardez vos lignes "
        "(make enregistrer GARDER=moi) ou les siennes (make enregistrer GARDER=collegue)."
    )
    assert dominique.read("articles/bilan.md") == article("Bilan", "La version de Dominique.")
    assert dominique.record(branch="mon-travail") == 0
    assert dominique.heard() == f"Envoyé, sur la branche « mon-travail ».\n{AFTER}"
    assert dominique.git("show", "origin/mon-travail:content/articles/bilan.md") == article(
        "Bilan", "La version de Dominique."
    ).rstrip("\n")


def test_a_server_that_wants_a_review_is_told(camille: Editor, server: Path) -> None:
    hook = server / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\nread old new ref\nif [ $ref = refs/heads/main ]; then\n"
        "echo 'GitLab: You are not allowed to push code to protected branches'; exit 1; fi\n"
        "echo 'https://git.exemple.fr/merge_requests/new?source=webinaire'\n"
    )
    hook.chmod(0o755)
    camille.write("articles/webinaire.md", article("Webinaire"))
    assert camille.record() == 1
    assert camille.heard().splitlines()[-1] == (
        "Le serveur n’accepte pas d’envoi direct sur « main » : un collègue doit relire. Votre "
        "travail est enregistré ici. Envoyez-le sur une branche : "
        "make enregistrer BRANCHE=mon-travail"
    )
    assert camille.record(branch="webinaire") == 0
    assert camille.heard() == (
        "Envoyé, sur la branche « webinaire ».\n"
        "Pour faire relire et accepter : "
        "https://git.exemple.fr/merge_requests/new?source=webinaire\n"
        f"{AFTER}"
    )


def test_a_server_out_of_reach_is_told(camille: Editor, server: Path) -> None:
    server.rename(server.with_name("away"))
    camille.write("articles/webinaire.md", article("Webinaire"))
    assert camille.record() == 1
    assert "Votre travail reste enregistré ici, rien n’est perdu." in camille.heard()
    server.with_name("away").rename(server)
    assert camille.record() == 0
    assert camille.heard() == "Envoyé, sur la branche « main »."


def test_a_copy_that_was_not_cloned(server: Path, camille: Editor, tmp_path: Path) -> None:
    """It follows no branch of the server, and does not know which one is the common one."""
    camille.write("articles/un.md", article("Un"))
    assert camille.record() == 0
    copy = Editor(tmp_path / "copie")
    copy.root.mkdir()
    copy.git("init", "--quiet", "--initial-branch=main")
    copy.git("remote", "add", "origin", str(server))
    copy.git("fetch", "--quiet")
    copy.git("reset", "--quiet", "--hard", "origin/main")
    copy.git("config", "user.name", "Claude")
    copy.git("config", "user.email", "claude@exemple.fr")
    camille.write("articles/deux.md", article("Deux"))
    assert camille.record() == 0
    copy.write("articles/trois.md", article("Trois"))
    assert copy.record(branch="trois") == 0
    camille.git("fetch", "--quiet")
    camille.git("merge", "--quiet", "--no-ff", "--message", "Accepter", "origin/trois")
    assert camille.record() == 0
    copy.heard()
    assert copy.receive() == 0
    assert copy.heard().startswith("La branche « trois » est acceptée ou close")
    assert copy.read("articles/deux.md") == article("Deux")
    assert copy.record() == 0
    assert copy.heard().splitlines()[0] == "Rien de nouveau à enregistrer dans content/."


def test_what_git_cannot_do(tmp_path: Path, camille: Editor) -> None:
    (tmp_path / "nowhere").mkdir()
    elsewhere = Editor(tmp_path / "nowhere")
    assert elsewhere.record() == 1
    assert elsewhere.heard().startswith("Ce dossier n’est pas un dépôt git")
    camille.write("articles/un.md", article("Un"))
    assert camille.record(branch="l’été 2024") == 1
    assert camille.heard().splitlines()[-1].startswith("« l’été 2024 » ne peut pas nommer une")


# annuler


def test_a_publication_is_taken_back_and_put_back(camille: Editor) -> None:
    camille.write("articles/bilan.md", article("Bilan", "Corrigé."))
    camille.write("articles/webinaire.md", article("Webinaire"))
    assert camille.record("Annoncer le webinaire") == 0
    camille.heard()
    assert camille.undo() == 0
    shown = camille.heard().splitlines()
    assert shown[0].startswith("1  ")
    assert shown[0].endswith(", Camille : Annoncer le webinaire")
    assert shown[1:3] == [
        "   changé   content/articles/bilan.md",
        "   nouveau  content/articles/webinaire.md",
    ]
    assert shown[3].startswith("2  8 janvier 2024 à ")
    assert shown[-1] == "Pour annuler : make annuler QUOI=1"
    assert camille.undo("1") == 0
    said = camille.heard()
    assert said.splitlines()[1:3] == [
        "   redevient comme avant  content/articles/bilan.md",
        "   s’en va                content/articles/webinaire.md",
    ]
    assert said.endswith("Rien n’a changé. Pour le faire, ajoutez CONFIRMER=oui.")
    assert (camille.root / "content/articles/webinaire.md").exists()
    assert camille.undo("1", is_confirmed=True) == 0
    assert not (camille.root / "content/articles/webinaire.md").exists()
    assert camille.read("articles/bilan.md") == article("Bilan")
    assert camille.git("log", "-1", "--format=%s") == "Annuler « Annoncer le webinaire »"
    assert camille.undo("1", is_confirmed=True) == 0
    assert camille.read("articles/bilan.md") == article("Bilan", "Corrigé.")


def test_a_merged_branch_is_one_publication(camille: Editor) -> None:
    camille.git("switch", "--quiet", "--create", "relu")
    for number in ("un", "deux"):
        camille.write(f"articles/{number}.md", article(number))
        camille.git("add", "--all")
        camille.git("commit", "--quiet", "--message", f"Ajouter {number}")
    camille.git("switch", "--quiet", "main")
    camille.git("merge", "--quiet", "--no-ff", "--message", "Accepter la branche", "relu")
    [merged, _first] = WorkingCopy(camille.root).publications(10)
    assert (merged.subject, len(merged.files)) == ("Accepter la branche", 2)
    assert camille.undo("1", is_confirmed=True) == 0
    names = {path.name for path in (camille.root / "content/articles").iterdir()}
    assert names == {"bilan.md"}


def test_what_cannot_be_taken_back_changes_nothing(camille: Editor) -> None:
    camille.write("articles/bilan.md", article("Bilan", "Une version."))
    assert camille.record("Une version") == 0
    camille.write("articles/bilan.md", article("Bilan", "Une autre."))
    camille.heard()
    assert camille.undo("1", is_confirmed=True) == 1
    assert camille.heard().splitlines()[-1] == (
        "Vous avez des changements qui ne sont pas enregistrés : content/articles/bilan.md. "
        "Enregistrez-les d’abord (make enregistrer), ou mettez-les de côté (make annuler QUOI=0)."
    )
    assert camille.record("Une autre version") == 0
    camille.heard()
    assert camille.undo("2", is_confirmed=True) == 1
    assert camille.heard().splitlines()[-1] == (
        "Des publications plus récentes ont changé les mêmes lignes. Rien n’a changé. Annulez "
        "d’abord celles-ci, ou corrigez à la main : « Une autre version »."
    )
    assert camille.read("articles/bilan.md") == article("Bilan", "Une autre.")
    assert camille.git("status", "--porcelain") == ""
    assert camille.undo("7", is_confirmed=True) == 2
    assert camille.heard() == (
        "« 7 » n’est pas dans la liste de make annuler. "
        "Écrivez l’un de ses numéros : QUOI=1 est la dernière publication."
    )


def test_what_is_not_recorded_is_set_aside_and_brought_back(camille: Editor) -> None:
    camille.write("articles/bilan.md", article("Bilan", "En cours."))
    camille.write("articles/essai.md", article("Essai"))
    assert camille.undo() == 0
    assert camille.heard().splitlines()[:3] == [
        "0  Vos changements, pas encore enregistrés",
        "   changé   content/articles/bilan.md",
        "   nouveau  content/articles/essai.md",
    ]
    assert camille.undo("0", is_confirmed=True) == 0
    assert camille.heard().splitlines()[-1] == (
        "Mis de côté. Pour le reprendre : make annuler QUOI=0"
    )
    assert camille.read("articles/bilan.md") == article("Bilan")
    assert not (camille.root / "content/articles/essai.md").exists()
    assert camille.undo("0", is_confirmed=True) == 0
    assert camille.read("articles/bilan.md") == article("Bilan", "En cours.")
    assert camille.read("articles/essai.md") == article("Essai")


def test_another_server_is_left_alone(camille: Editor, tmp_path: Path) -> None:
    camille.git("remote", "add", "archives", str(tmp_path / "nowhere.git"))
    camille.write("articles/webinaire.md", article("Webinaire"))
    assert camille.record(branch="webinaire") == 0
    assert camille.git("config", "branch.webinaire.remote") == "origin"


@pytest.mark.parametrize("is_squashed", [True, False])
def test_an_accepted_branch_is_left(
    camille: Editor, dominique: Editor, *, is_squashed: bool
) -> None:
    camille.write("articles/webinaire.md", article("Webinaire"))
    assert camille.record(branch="webinaire") == 0
    dominique.git("fetch", "--quiet")
    if is_squashed:
        dominique.git("merge", "--quiet", "--squash", "origin/webinaire")
        dominique.git("commit", "--quiet", "--message", "Annoncer le webinaire")
        dominique.git("push", "--quiet", "origin", "--delete", "webinaire")
    else:
        dominique.git("merge", "--quiet", "--no-ff", "--message", "Accepter", "origin/webinaire")
    dominique.git("push", "--quiet")
    camille.heard()
    assert camille.receive() == 0
    assert camille.heard() == (
        "La branche « webinaire » est acceptée ou close : vous revoilà sur « main ».\n"
        "Reçu des autres : content/articles/webinaire.md."
    )
    assert camille.read("articles/webinaire.md") == article("Webinaire")


def test_a_branch_under_review_is_kept(camille: Editor) -> None:
    camille.write("articles/webinaire.md", article("Webinaire"))
    assert camille.record(branch="webinaire") == 0
    assert camille.receive() == 0
    assert camille.git("branch", "--show-current") == "webinaire"


def test_what_is_set_aside_stays_there_when_it_meets_later_work(camille: Editor) -> None:
    """No file gets the marks of a conflict."""
    camille.write("articles/bilan.md", article("Bilan", "Le mien."))
    camille.write("articles/essai.md", article("Essai"))
    assert camille.undo("0", is_confirmed=True) == 0
    camille.write("articles/bilan.md", article("Bilan", "Plus récent."))
    assert camille.record("Récrire le bilan") == 0
    camille.heard()
    assert camille.undo("0", is_confirmed=True) == 1
    assert camille.heard() == (
        "Ce que vous avez mis de côté\n"
        "Ce qui a été mis de côté touche des lignes ou des fichiers qui ont changé depuis. Il y "
        "reste, rien n’est perdu, rien n’a changé. Demandez de l’aide à la personne qui maintient "
        "le site."
    )
    assert camille.read("articles/bilan.md") == article("Bilan", "Plus récent.")
    assert camille.git("status", "--porcelain") == ""
    assert camille.git("show", "stash@{0}:content/articles/bilan.md").endswith("Le mien.")
    assert camille.git("show", "stash@{0}^3:content/articles/essai.md").endswith("Un texte.")


def test_what_is_staged_elsewhere_is_neither_lost_nor_taken(camille: Editor) -> None:
    camille.write("articles/bilan.md", article("Bilan", "Fini."))
    assert camille.record("Finir le bilan") == 0
    (camille.root / "notes.txt").write_text("à moi", encoding="utf-8")
    camille.git("add", "notes.txt")
    last = camille.git("rev-parse", "HEAD")
    camille.heard()
    assert camille.undo("1", is_confirmed=True) == 0
    assert camille.git("status", "--porcelain") == "A  notes.txt"
    assert camille.git("diff", "--name-only", last, "HEAD") == "content/articles/bilan.md"
    assert camille.read("articles/bilan.md") == article("Bilan")


def test_what_a_publication_did_elsewhere_stays(camille: Editor) -> None:
    """A developer's commit may touch a content too: its code is not taken back."""
    camille.write("articles/bilan.md", article("Bilan", "Retouché.").replace("\n", "\r\n"))
    (camille.root / "code.py").write_text("x = 1\n", encoding="utf-8")
    camille.git("add", "--all")
    camille.git("commit", "--quiet", "--message", "Retoucher")
    (camille.root / "code.py").write_text("x = 2\n", encoding="utf-8")
    camille.git("commit", "--quiet", "--all", "--message", "Du code")
    assert camille.undo("1", is_confirmed=True) == 0
    assert camille.read("articles/bilan.md") == article("Bilan")
    assert (camille.root / "code.py").read_text(encoding="utf-8") == "x = 2\n"
    assert camille.undo("2", is_confirmed=True) == 1
    assert camille.heard().endswith("Cette publication est déjà annulée. Rien n’a changé.")
    assert camille.undo("1", is_confirmed=True) == 0
    assert camille.git("log", "-1", "--format=%s") == "Rétablir « Retoucher »"
    text = (camille.root / "content/articles/bilan.md").read_bytes().decode()
    assert text == article("Bilan", "Retouché.").replace("\n", "\r\n")


def test_a_conflict_is_settled_by_a_word(camille: Editor, dominique: Editor) -> None:
    for keep, winner in (("moi", "La mienne."), ("collegue", "La sienne.")):
        assert camille.receive() == 0
        assert dominique.receive() == 0
        camille.write("articles/bilan.md", article("Bilan", "La sienne."))
        dominique.write("articles/bilan.md", article("Bilan", "La mienne."))
        dominique.write("articles/autre.md", article(keep))
        assert camille.record(keep) == 0
        assert dominique.record(keep) == 1
        assert dominique.record(keep="nous") == 1
        assert dominique.heard().endswith("pour celles de votre collègue.")
        assert dominique.record(keep=keep) == 0
        assert dominique.read("articles/bilan.md") == article("Bilan", winner)
        assert dominique.git("status", "--porcelain") == ""
        assert camille.receive() == 0
        assert camille.read("articles/bilan.md") == article("Bilan", winner)
        camille.write("articles/bilan.md", article("Bilan"))
        assert camille.record() == 0


def test_the_work_sent_on_a_branch_leaves_the_common_one(
    camille: Editor, dominique: Editor
) -> None:
    camille.write("articles/bilan.md", article("Bilan", "La version de Camille."))
    dominique.write("articles/bilan.md", article("Bilan", "La version de Dominique."))
    assert camille.record() == 0
    assert dominique.record() == 1
    assert dominique.record(branch="mon-travail") == 0
    assert dominique.receive("main") == 0
    assert dominique.read("articles/bilan.md") == article("Bilan", "La version de Camille.")
    dominique.write("articles/autre.md", article("Autre"))
    assert dominique.record() == 0
    assert camille.receive() == 0
    assert camille.read("articles/autre.md") == article("Autre")
    assert dominique.receive("nulle-part") == 1
    assert dominique.heard().endswith("ne sont pas enregistrés. Rien n’a changé.")


def test_in_a_terminal_it_asks(camille: Editor) -> None:
    """The list is walked with the arrows; the question is answered by Enter."""
    camille.write("articles/webinaire.md", article("Webinaire"))
    assert camille.record("Annoncer le webinaire") == 0
    code = (
        "from pathlib import Path; from plugins.build.git_commands import undo; "
        f"raise SystemExit(undo(Path({str(camille.root)!r}), '', print, is_confirmed=False))"
    )
    answers = [("Que faut-il annuler", b"\r"), ("reviennent", b"\r")]
    shown, status = in_a_terminal([sys.executable, "-c", code], answers)
    assert status == 0
    assert "Annoncer le webinaire" in shown
    assert "Annulé : les fichiers sont comme avant." in shown
    assert not (camille.root / "content/articles/webinaire.md").exists()


def in_a_terminal(command: list[str], answers: list[tuple[str, bytes]]) -> tuple[str, int]:
    """Run a command in a terminal; give each answer once its question is shown."""
    terminal, inside = pty.openpty()
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    shown, left = b"", list(answers)
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if b"\x1b[6n" in part:
            os.write(terminal, b"\x1b[1;1R")
        if left and left[0][0] in shown.decode("utf-8", "replace"):
            os.write(terminal, left.pop(0)[1])
    return shown.decode("utf-8", "replace"), child.wait()
