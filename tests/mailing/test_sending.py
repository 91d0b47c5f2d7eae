"""The sending as an editor asks for it: what is said, what goes, what the journal keeps of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from plugins.french.typography import NBSP
from plugins.mailing.failures import NotSent, SendingError, Uncertain, Unrecorded
from plugins.mailing.journal import Journal, JournalError
from plugins.mailing.sending import Order, example_warnings, send
from plugins.models.data import SendingData, SiteData
from plugins.views.identifiers import message_id
from tests.mailing.orders import environment, order
from tests.mailing.servers import DROP, SILENCE, Inbox, scripted, serving
from tests.outputs.letter_samples import LETTER, NOW, SITE_URL, letter, site
from tests.sites import ROOT

LIST = "lettre@listes.exemple.fr"
FIRST = message_id(3, SITE_URL)
LOST = " Rien n’est parti."
TO_COMMIT = "Le journal des envois a changé : enregistrez-le dans git."


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    (tmp_path / "content" / "donnees").mkdir(parents=True)
    return Journal(tmp_path / "content")


def said_by(an_order: Order, journal: Journal, variables: dict[str, str]) -> list[str]:
    lines: list[str] = []
    send(an_order, journal, variables, lines.append)
    return [line.replace(NBSP, " ") for line in lines]


def told(error: SendingError) -> str:
    return str(error).replace(NBSP, " ")


def refusal(an_order: Order, journal: Journal, variables: dict[str, str]) -> str:
    with pytest.raises(NotSent) as raised:
        said_by(an_order, journal, variables)
    return told(raised.value)


def states(journal: Journal) -> list[tuple[str, str | None]]:
    return [(sending.state.value, sending.reply) for sending in journal.sendings()]


def test_to_the_list(journal: Journal) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        said = said_by(order(), journal, environment(port))
    (envelope,) = inbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("lettre@exemple.fr", [LIST])
    content = envelope.original_content
    assert isinstance(content, bytes)
    arrived = message_from_bytes(content)
    assert [arrived[name] for name in ("To", "Message-ID", "Date")] == [
        LIST,
        FIRST,
        "Mon, 08 Jan 2024 09:00:00 +0100",
    ]
    (sending,) = journal.sendings()
    assert sending == SendingData.model_validate(
        {
            "numero": 3,
            "le": "2024-01-08T09:00:00+01:00",
            "liste": LIST,
            "message_id": FIRST,
            "empreinte": sha256(content).hexdigest(),
            "etat": "accepté",
            "reponse": "250 2.0.0 Ok: queued as 4F1B2",
        }
    )
    kilos = round(len(content) / 1000)
    assert said == [
        "Lettre n° 3, envoi à la liste",
        "De : L’équipe, la lettre <lettre@exemple.fr>",
        f"À : {LIST}",
        f"Objet : {LETTER.subject}".replace(NBSP, " "),
        "Accroche : Ce qui vous attend, et comment en être.",
        f"Poids : {kilos} ko, dont 2 ko de HTML et 1 ko de texte avant codage",
        f"Identifiant : {FIRST}",
        f"Serveur : 127.0.0.1, port {port}, sécurité aucune, sans identification",
        "Envois précédents : aucun",
        f"Connexion à 127.0.0.1, port {port}…",
        "Connexion en clair, comme PASSERELLE_SMTP_SECURITE le demande.",
        f"Envoi à {LIST}…",
        "Accepté par le serveur : « 250 2.0.0 Ok: queued as 4F1B2 ».",
        TO_COMMIT,
    ]


def test_lines_do_not_break_before_high_signs(journal: Journal) -> None:
    lines: list[str] = []
    send(order(confirm=False), journal, {}, lines.append)
    assert f"À{NBSP}: {LIST}" in lines
    with pytest.raises(NotSent, match=f"«{NBSP}x{NBSP}» n’est pas"):
        send(order(test="x"), journal, {}, lines.append)


def test_nothing_goes_without_confirmation(journal: Journal) -> None:
    with scripted() as (script, port):
        said = said_by(order(confirm=False), journal, environment(port))
        tried = said_by(order(confirm=False, test="a@exemple.fr"), journal, environment(port))
    assert said[-1] == (
        "Rien n’est parti. Pour envoyer la lettre à la liste, ajoutez CONFIRMER=oui."
    )
    assert tried[-1] == "Rien n’est parti. Pour envoyer cet essai, ajoutez CONFIRMER=oui."
    assert script.commands == []
    assert journal.sendings() == ()


def test_a_dry_run_tells_all_that_is_missing(journal: Journal) -> None:
    said = said_by(
        order(confirm=False, site=site(lettre=None), site_url="http://localhost:8000"), journal, {}
    )
    assert said[1:3] == ["De : Passerelle <contact@exemple.fr>", "À : aucune liste"]
    assert said[7:] == [
        "Serveur : non réglé",
        "Envois précédents : aucun",
        "Avant l’envoi, il reste à régler :",
        (
            "- content/donnees/site.yaml ne dit pas qui envoie la lettre. Ajoutez le groupe "
            "« lettre: », avec « expediteur: » (une boîte fonctionnelle) et « liste: » (l’adresse "
            "de la liste)."
        ),
        (
            "- Les liens de la lettre ne mèneraient nulle part : « localhost » est un nom "
            "d’exemple. Donnez l’adresse du site publié dans la variable SITEURL."
        ),
        (
            "- PASSERELLE_SMTP_HOTE manque : donnez le nom du serveur d’envoi, par exemple "
            "smtp.exemple.fr."
        ),
        "Rien n’est parti. Réglez d’abord ce qui précède : sans cela, CONFIRMER=oui est refusé.",
    ]


HERE = "listes.exemple.fr"
SETTINGS = {"expediteur": "lettre@exemple.fr", "liste": LIST}
ITSELF = "une adresse d’exemple. Remplacez-la par la vraie."
EXAMPLE = "un nom d’exemple. Donnez l’adresse du site publié dans la variable SITEURL."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"site": site(lettre={"expediteur": "lettre@exemple.fr"})},
            (
                "content/donnees/site.yaml ne dit pas à quelle liste envoyer la lettre. "
                "Ajoutez « liste: » sous « lettre: », avec l’adresse de la liste."
            ),
        ),
        (
            {"site": site(lettre={"expediteur": "a@passerelle.example", "liste": "l@b.test"})},
            (
                "Dans content/donnees/site.yaml, « expediteur » vaut encore "
                "« a@passerelle.example », une adresse d’exemple. Remplacez-la par la vraie.\n"
                "Dans content/donnees/site.yaml, « liste » vaut encore « l@b.test », une adresse "
                "d’exemple. Remplacez-la par la vraie."
            ),
        ),
        (
            {"site": site(lettre={**SETTINGS, "desinscription": ["https://p.example/quitter"]})},
            (
                "Dans content/donnees/site.yaml, « desinscription » vaut encore "
                f"« https://p.example/quitter », {ITSELF}"
            ),
        ),
        (
            {"site": site(lettre={**SETTINGS, "desinscription": [f"q@{HERE}", "q@l.example"]})},
            (
                "Dans content/donnees/site.yaml, « desinscription » vaut encore « q@l.example », "
                f"{ITSELF}"
            ),
        ),
        (
            {"site": site(lettre=SETTINGS, contact="a@b.example")},
            f"Dans content/donnees/site.yaml, « contact » vaut encore « a@b.example », {ITSELF}",
        ),
        (
            {
                "site": site(
                    lettre={
                        **SETTINGS,
                        "reponse": "r@p.example",
                        "identifiant_liste": "lettre.p.example",
                    }
                )
            },
            (
                "Dans content/donnees/site.yaml, « reponse » vaut encore « r@p.example », "
                f"{ITSELF}\nDans content/donnees/site.yaml, « identifiant_liste » vaut encore "
                f"« lettre.p.example », {ITSELF}"
            ),
        ),
        *(
            (
                {"site_url": f"https://{host}:8000/chemin"},
                (
                    "Les liens de la lettre ne mèneraient nulle part : "
                    f"« {host.strip('[]')} » est {EXAMPLE}"
                ),
            )
            for host in (
                "passerelle.example",
                "www.example.org",
                "site.test",
                "site.invalid",
                "localhost",
                "un.localhost",
                "127.0.0.1",
                "127.1.2.3",
                "[::1]",
            )
        ),
    ],
)
def test_list_is_spared(changes: dict[str, Any], message: str, journal: Journal) -> None:
    with scripted() as (script, port):
        assert refusal(order(**changes), journal, environment(port)) == message + LOST
    assert script.commands == []
    assert journal.sendings() == ()


def test_settings_are_checked_before_any_connection(journal: Journal) -> None:
    with scripted() as (script, port):
        variables = {
            **environment(port),
            "PASSERELLE_SMTP_UTILISATEUR": "lettre",
            "PASSERELLE_SMTP_MOT_DE_PASSE": "sésame",
        }
        message = refusal(order(), journal, variables)
    assert message.startswith(
        "PASSERELLE_SMTP_SECURITE vaut « aucune » : le mot de passe passerait"
    )
    assert script.commands == []


def test_to_one_mailbox(journal: Journal) -> None:
    """A test says so, touches no journal, and may come from a site that is not there yet."""
    with scripted() as (script, port):
        said = said_by(
            order(test=" a@exemple.fr", site=site(lettre=None), site_url="https://p.example"),
            journal,
            environment(port),
        )
    assert [command for command in script.commands if ":" in command] == [
        "mail FROM:<contact@exemple.fr>",
        "rcpt TO:<a@exemple.fr>",
    ]
    (message,) = script.messages
    assert b"\r\nTo: a@exemple.fr\r\n" in message
    assert "Objet : [Essai] La lettre n° 3" in said[3]
    assert said[8] == (
        "Attention : les liens de la lettre ne mèneraient nulle part : « p.example » est un nom "
        "d’exemple. Donnez l’adresse du site publié dans la variable SITEURL."
    )
    assert TO_COMMIT not in said
    assert journal.sendings() == ()


@pytest.mark.parametrize("mailbox", ["moi", "a@exemple.fr\nBcc: b@exemple.fr", "a@b.fr, c@d.fr"])
@pytest.mark.parametrize("confirm", [True, False])
def test_mailbox_is_none(mailbox: str, confirm: bool, journal: Journal) -> None:
    shown = " ".join(mailbox.split())
    assert refusal(order(test=mailbox, confirm=confirm), journal, environment()) == (
        f"TEST : « {shown} » n’est pas une adresse de messagerie. "
        "Écrivez-la sous la forme nom@domaine.fr." + LOST
    )


def test_each_message_has_its_identifier(journal: Journal) -> None:
    """Mailboxes drop what bears the identifier of a message that they have."""
    later = NOW + timedelta(minutes=1)
    with scripted() as (script, port):
        variables = environment(port)
        for an_order in (
            order(test="a@exemple.fr"),
            order(test="a@exemple.fr", now=later),
            order(test="b@exemple.fr"),
            order(),
            order(again=True),
            order(again=True),
            order(mail=letter(number=4)),
        ):
            said_by(an_order, journal, variables)
    found = [message_from_bytes(message)["Message-ID"] for message in script.messages]
    assert len(set(found)) == 7
    assert found[3] == FIRST
    assert found[6] == message_id(4, SITE_URL)
    assert [s.message_id for s in journal.sendings()] == found[3:]


def test_identifier_is_not_taken_again(journal: Journal, tmp_path: Path) -> None:
    """An editor takes the first sending out of the journal."""
    file = tmp_path / "content/donnees/envois.yaml"
    with scripted() as (script, port):
        said_by(order(), journal, environment(port))
        said_by(order(again=True), journal, environment(port))
        _, _, second = file.read_text("utf-8").partition("- numero")[2].partition("- numero")
        file.write_text(f"- numero{second}", "utf-8")
        said_by(order(again=True), journal, environment(port))
    found = [message_from_bytes(message)["Message-ID"] for message in script.messages]
    assert len(set(found)) == 3


def test_twice_only_on_purpose(journal: Journal) -> None:
    message = (
        "La lettre n° 3 est déjà partie le 8 janvier 2024 à 9 h, à lettre@listes.exemple.fr. "
        "Pour l’envoyer à la liste une fois de plus, ajoutez ENCORE=oui."
    )
    with scripted() as (script, port):
        variables = environment(port)
        said_by(order(), journal, variables)
        assert refusal(order(), journal, variables) == message + LOST
        shown = said_by(order(confirm=False), journal, variables)
        assert f"- {message}" in shown
        assert shown[8:10] == [
            "Envois précédents : 1",
            "- le 8 janvier 2024 à 9 h, à lettre@listes.exemple.fr : accepté",
        ]
        said_by(order(again=True), journal, variables)
        said_by(order(mail=letter(number=4)), journal, variables)
    assert len(script.messages) == 3
    assert [s.number for s in journal.sendings()] == [3, 3, 4]


ADVICE = (
    "Demandez à la liste si elle a reçu la lettre. Si oui, écrivez « accepté » dans "
    "content/donnees/envois.yaml ; sinon, retirez-en cet envoi, ou recommencez avec ENCORE=oui."
)
PERHAPS = (
    "La lettre n° 3 est peut-être déjà partie le 8 janvier 2024 à 9 h, à "
    f"lettre@listes.exemple.fr : l’envoi est resté incertain. {ADVICE}{LOST}"
)


def test_uncertain_stays_so(journal: Journal) -> None:
    with scripted({".": DROP}) as (script, port):
        with pytest.raises(Uncertain) as raised:
            said_by(order(), journal, environment(port))
        assert told(raised.value) == (
            "« 127.0.0.1 » avait reçu tout le message quand la connexion s’est coupée : il l’a "
            f"peut-être accepté, peut-être pas. {ADVICE} {TO_COMMIT}"
        )
        assert states(journal) == [("incertain", None)]
        assert refusal(order(), journal, environment(port)) == PERHAPS
    with scripted() as (script, port):
        said_by(order(again=True), journal, environment(port))
    assert states(journal) == [("incertain", None), ("accepté", "250 2.0.0 Ok: queued")]
    assert message_from_bytes(script.messages[0])["Message-ID"] != FIRST


@pytest.mark.parametrize(
    "answers", [{"MAIL": "550 No"}, {"RCPT": "450 Hm"}, {"DATA": "554 No"}, {".": "554 Spam"}]
)
def test_what_is_refused_is_not_kept(
    answers: dict[str, str], journal: Journal, tmp_path: Path
) -> None:
    with scripted(answers) as (_, port):
        assert "« 127.0.0.1 » refuse" in refusal(order(), journal, environment(port))
    assert [p.name for p in (tmp_path / "content/donnees").iterdir()] == [".envois.lock"]
    with scripted() as (script, port):
        said_by(order(), journal, environment(port))
    assert message_from_bytes(script.messages[0])["Message-ID"] == FIRST


def test_journal_is_written_before_the_message_goes(journal: Journal) -> None:
    seen: list[list[tuple[str, str | None]]] = []
    with scripted(on_message=lambda: seen.append(states(journal))) as (_, port):
        said_by(order(), journal, environment(port))
    assert seen == [[("incertain", None)]]


class FailingJournal(Journal):
    """A journal whose disk gets full at one of its changes."""

    failing = ""

    def begin(self, sending: SendingData) -> None:
        self._fail("begin")
        super().begin(sending)

    def accept(self, sending: SendingData, reply: str) -> None:
        self._fail("accept")
        super().accept(sending, reply)

    def withdraw(self, sending: SendingData) -> None:
        self._fail("withdraw")
        super().withdraw(sending)

    def _fail(self, change: str) -> None:
        if change == self.failing:
            raise JournalError("Le disque est plein.")


@pytest.fixture
def failing(journal: Journal, tmp_path: Path) -> FailingJournal:
    return FailingJournal(tmp_path / "content")


def test_nothing_goes_that_cannot_be_kept(failing: FailingJournal) -> None:
    failing.failing = "begin"
    with scripted() as (script, port):
        assert refusal(order(), failing, environment(port)) == "Le disque est plein." + LOST
    assert script.messages == []
    assert "DATA" not in [command.upper() for command in script.commands]


def test_accepted_but_not_kept(failing: FailingJournal) -> None:
    failing.failing = "accept"
    with scripted() as (script, port), pytest.raises(Unrecorded) as raised:
        said_by(order(), failing, environment(port))
    assert told(raised.value) == (
        "La lettre est partie, et le serveur l’a acceptée. Le disque est plein. Si le journal dit "
        f"encore l’envoi incertain, écrivez-y « accepté ». {TO_COMMIT}"
    )
    assert len(script.messages) == 1
    assert states(failing) == [("incertain", None)]


def test_refused_but_still_kept(failing: FailingJournal) -> None:
    failing.failing = "withdraw"
    with scripted({".": "554 Spam"}) as (_, port):
        assert refusal(order(), failing, environment(port)) == (
            "« 127.0.0.1 » refuse le message : « 554 Spam ». Demandez-en la raison à "
            "l’administrateur du serveur. Le disque est plein. Le journal dit encore la lettre "
            "incertaine : retirez-en cet envoi." + LOST
        )
    assert states(failing) == [("incertain", None)]


def test_faulty_journal_stops_all_but_tests(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "content/donnees/envois.yaml").write_text("- numero: trois\n", "utf-8")
    with scripted() as (script, port):
        for confirm in (True, False):
            message = refusal(order(confirm=confirm), journal, environment(port))
            assert message.startswith("content/donnees/envois.yaml:1:3 · envois.1.empreinte : ")
            assert "1:11 · envois.1.numero : « trois » : un nombre entier est attendu" in message
        said_by(order(test="a@exemple.fr"), journal, environment(port))
    assert len(script.messages) == 1


def test_of_two_senders_one_sends(journal: Journal, tmp_path: Path) -> None:
    """The second comes while the first one's message is on its way."""
    refused: list[str] = []

    def try_too() -> None:
        other = Journal(tmp_path / "content")
        refused.append(refusal(order(), other, environment(port)))

    with scripted(on_message=try_too) as (script, port):
        said_by(order(), journal, environment(port))
        assert refusal(order(), journal, environment(port)).startswith("La lettre n° 3 est déjà")
    assert refused == [
        "Un autre envoi est en cours. Attendez qu’il se termine, puis recommencez." + LOST
    ]
    assert len(script.messages) == 1


def test_many_senders_at_once(tmp_path: Path, journal: Journal) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def run() -> None:
        start.wait()
        try:
            send(order(), Journal(tmp_path / "content"), environment(port), lambda _: None)
            outcomes.append("sent")
        except NotSent:
            outcomes.append("refused")

    with scripted() as (script, port):
        threads = [threading.Thread(target=run) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["sent"]
    assert len(script.messages) == 1
    assert len(journal.sendings()) == 1


PROGRAM = """
import os, signal, sys
from pathlib import Path
from plugins.mailing.journal import Journal
from tests.mailing.orders import environment, order
from plugins.mailing.sending import send

class DyingJournal(Journal):
    def accept(self, sending, reply):
        os.kill(os.getpid(), signal.SIGKILL)

kind = DyingJournal if sys.argv[3] == "dying" else Journal
send(order(), kind(Path(sys.argv[1])), environment(int(sys.argv[2])), print)
"""


@pytest.mark.parametrize("moment", ["before the answer", "dying"])
def test_killed(moment: str, journal: Journal, tmp_path: Path) -> None:
    """Killed once the server has the message, before its answer or before the journal has it."""
    processes: list[subprocess.Popen[bytes]] = []

    def kill() -> None:
        if moment != "dying":
            os.kill(processes[0].pid, signal.SIGKILL)

    with scripted(on_message=kill) as (script, port):
        command = (sys.executable, "-c", PROGRAM, tmp_path / "content", str(port), moment)
        processes.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE))
        with processes[0] as process:
            process.communicate(timeout=30)
        assert process.returncode == -signal.SIGKILL
        assert len(script.messages) == 1
        assert states(journal) == [("incertain", None)]
        assert refusal(order(), journal, environment(port)) == PERHAPS


def interrupt() -> None:
    """Do what Ctrl+C does."""
    main = threading.main_thread().ident
    assert main
    signal.pthread_kill(main, signal.SIGINT)


INTERRUPTED = (
    "« 127.0.0.1 » avait reçu tout le message quand vous avez interrompu l’envoi : il l’a "
    "peut-être accepté, peut-être pas."
)


def test_interrupted_while_the_server_makes_up_its_mind(journal: Journal) -> None:
    with (
        scripted({".": SILENCE}, on_message=interrupt) as (_, port),
        pytest.raises(Uncertain) as raised,
    ):
        said_by(order(), journal, environment(port))
    assert states(journal) == [("incertain", None)]
    assert told(raised.value) == f"{INTERRUPTED} {ADVICE} {TO_COMMIT}"


def test_try_interrupted_while_the_server_makes_up_its_mind(journal: Journal) -> None:
    with (
        scripted({".": SILENCE}, on_message=interrupt) as (_, port),
        pytest.raises(Uncertain) as raised,
    ):
        said_by(order(test="a@exemple.fr"), journal, environment(port))
    assert told(raised.value) == f"{INTERRUPTED} Voyez si l’essai est arrivé."


class InterruptedJournal(Journal):
    """A journal that is interrupted by hand after one of its changes."""

    after = ""

    def begin(self, sending: SendingData) -> None:
        super().begin(sending)
        if self.after == "begin":
            raise KeyboardInterrupt

    def accept(self, sending: SendingData, reply: str) -> None:
        if self.after == "accept":
            raise KeyboardInterrupt
        super().accept(sending, reply)


def test_interrupted_before_the_message_goes(journal: Journal, tmp_path: Path) -> None:
    interrupted = InterruptedJournal(tmp_path / "content")
    interrupted.after = "begin"
    with scripted() as (script, port):
        assert refusal(order(), interrupted, environment(port)) == (
            "L’envoi a été interrompu avant la fin du message." + LOST
        )
    assert (script.messages, journal.sendings()) == ([], ())


def test_interrupted_once_accepted(journal: Journal, tmp_path: Path) -> None:
    interrupted = InterruptedJournal(tmp_path / "content")
    interrupted.after = "accept"
    with scripted() as (_, port), pytest.raises(Unrecorded) as raised:
        said_by(order(), interrupted, environment(port))
    assert "Vous avez interrompu l’écriture du journal. Si le journal" in told(raised.value)
    assert states(journal) == [("incertain", None)]


def test_nobody_reads_what_is_said(journal: Journal) -> None:
    """The terminal is gone when the server accepts: the journal knows already."""

    def fail(line: str) -> None:
        if line.startswith("Accepté"):
            raise BrokenPipeError

    with scripted() as (_, port), pytest.raises(BrokenPipeError):
        send(order(), journal, environment(port), fail)
    assert states(journal) == [("accepté", "250 2.0.0 Ok: queued")]


def test_hours_are_those_of_paris(journal: Journal) -> None:
    instant = datetime.fromisoformat("2024-07-01T22:30:15.123456+00:00")
    with scripted() as (script, port):
        said_by(order(now=instant), journal, environment(port))
        message = refusal(order(), journal, environment(port))
    assert b"\r\nDate: Tue, 02 Jul 2024 00:30:15 +0200\r\n" in script.messages[0]
    assert "le 2 juillet 2024 à 0 h 30" in message


def test_sample_site_is_spared(journal: Journal) -> None:
    """The repository's own settings are examples: no letter leaves from them."""
    text = (ROOT / "content/donnees/site.yaml").read_text("utf-8")
    assert "@passerelle.example" in text
    sample = site(
        lettre={"expediteur": "lettre@passerelle.example", "liste": "l@listes.passerelle.example"}
    )
    assert isinstance(sample, SiteData)
    here = "Attention : dans content/donnees/site.yaml,"
    links = "Attention : les liens de la lettre ne mèneraient nulle part :"
    lines = [line.replace(NBSP, " ") for line in example_warnings(sample, "https://p.example")]
    assert lines == [
        f"{here} « expediteur » vaut encore « lettre@passerelle.example », {ITSELF}",
        f"{here} « liste » vaut encore « l@listes.passerelle.example », {ITSELF}",
        f"{links} « p.example » est {EXAMPLE}",
    ]
    assert list(example_warnings(site(), SITE_URL)) == []
    assert "une adresse d’exemple" in refusal(order(site=sample), journal, environment())
