"""The conversation with a server, every end of it told apart."""

from __future__ import annotations

import errno
import re
import socket
import ssl
import traceback
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme

from plugins.french.typography import NBSP
from plugins.mailing.failures import NotSent, SendingError, Uncertain
from plugins.mailing.smtp_session import Parcel, session
from plugins.mailing.smtp_settings import Security, SmtpSettings
from plugins.outputs.mail.eml import Posting, eml, sender_of
from plugins.views.identifiers import message_id
from tests.mailing.servers import (
    DEAFNESS,
    DROP,
    HOST,
    SILENCE,
    Inbox,
    scripted,
    server_context,
    serving,
)
from tests.outputs.letter_samples import LETTER, NOW, SITE_URL, site

LIST = "lettre@listes.exemple.fr"
MESSAGE = eml(LETTER, sender_of(site(), SITE_URL), Posting(LIST, NOW, message_id(3, SITE_URL)))
PARCEL = Parcel("lettre@exemple.fr", LIST, MESSAGE)
PASSWORD = "sésame"
QUICK = 0.3
FAR = datetime(2100, 1, 1, tzinfo=UTC)
LOST = " Rien n’est parti."
CHECK = " Vérifiez PASSERELLE_SMTP_HOTE et PASSERELLE_SMTP_PORT." + LOST
PORTS = " Le port 465 veut PASSERELLE_SMTP_SECURITE=tls, le port 587 starttls." + LOST
LATER = " C’est passager : recommencez dans quelques minutes." + LOST
CUT = " Recommencez, ou vérifiez les réglages." + LOST
ASK = " Demandez-en la raison à l’administrateur du serveur." + LOST


def settings(port: int, **changes: Any) -> SmtpSettings:  # noqa: ANN401 - any field
    return replace(SmtpSettings(HOST, port, Security.NONE, timeout=5), **changes)


def posted(
    with_settings: SmtpSettings, parcel: Parcel = PARCEL, said: list[str] | None = None
) -> str:
    with session(with_settings, (said if said is not None else []).append) as server:
        return server.post(parcel).line


def told(error: SendingError) -> str:
    return str(error).replace(NBSP, " ")


def test_in_the_clear() -> None:
    inbox, said = Inbox(), list[str]()
    with serving(inbox) as port:
        assert posted(settings(port), said=said) == "250 2.0.0 Ok: queued as 4F1B2"
    (envelope,) = inbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (PARCEL.sender, [PARCEL.recipient])
    assert envelope.original_content == PARCEL.message
    assert envelope.mail_options == [f"SIZE={len(PARCEL.message)}"]
    assert inbox.hello == ["[127.0.0.1]"]
    assert said == [
        f"Connexion à 127.0.0.1, port {port}…",
        "Connexion en clair, comme PASSERELLE_SMTP_SECURITE le demande.",
        "Envoi à lettre@listes.exemple.fr…",
    ]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_encrypted(security: Security, certified: ssl.SSLContext) -> None:
    inbox, said = Inbox(), list[str]()
    options: dict[str, Any] = {"tls_context": certified, "require_starttls": True}
    if security is Security.TLS:
        options = {"implicit_tls": certified, "auth_require_tls": False}
    with serving(inbox, authenticator=inbox.authenticate, **options) as port:
        with_login = settings(port, security=security, user="éditrice", password=PASSWORD)
        posted(with_login, said=said)
    (envelope,) = inbox.envelopes
    assert envelope.original_content == PARCEL.message
    assert inbox.logins == [("éditrice".encode(), PASSWORD.encode())]
    assert said[1:3] == [
        "Connexion chiffrée (TLSv1.3).",
        "Identification de « éditrice » acceptée.",
    ]


@pytest.mark.usefixtures("trusted")
def test_login_the_old_way(certified: ssl.SSLContext) -> None:
    inbox = Inbox()
    with serving(
        inbox,
        tls_context=certified,
        authenticator=inbox.authenticate,
        auth_exclude_mechanism=["PLAIN"],
    ) as port:
        posted(settings(port, security=Security.STARTTLS, user="éditrice", password=PASSWORD))
    assert inbox.logins == [("éditrice".encode(), PASSWORD.encode())]


@pytest.mark.usefixtures("trusted")
def test_wrong_password(certified: ssl.SSLContext) -> None:
    inbox = Inbox()
    with (
        serving(inbox, tls_context=certified, authenticator=inbox.authenticate) as port,
        pytest.raises(NotSent) as raised,
    ):
        posted(settings(port, security=Security.STARTTLS, user="éditrice", password="sesame"))
    assert told(raised.value) == (
        "« 127.0.0.1 » refuse l’utilisateur ou le mot de passe : "
        "« 535 5.7.8 Authentication credentials invalid ». Vérifiez PASSERELLE_SMTP_UTILISATEUR "
        "et PASSERELLE_SMTP_MOT_DE_PASSE." + LOST
    )
    assert inbox.envelopes == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize(
    ("host", "identity", "last_day", "fault"),
    [
        (HOST, "autre.exemple.fr", FAR, "il est à une autre adresse"),
        ("localhost", "autre.exemple.fr", FAR, "il est à un autre nom"),
        (HOST, HOST, datetime(2001, 1, 2, tzinfo=UTC), "il a expiré"),
    ],
)
def test_certificate_at_fault(
    security: Security,
    host: str,
    identity: str,
    last_day: datetime,
    fault: str,
    authority: trustme.CA,
) -> None:
    first_day = datetime(2001, 1, 1, tzinfo=UTC)
    certificate = authority.issue_cert(identity, not_before=first_day, not_after=last_day)
    key = "implicit_tls" if security is Security.TLS else "tls_context"
    with (
        serving(Inbox(), **{key: server_context(certificate)}) as port,
        pytest.raises(NotSent) as raised,
    ):
        posted(settings(port, host=host, security=security))
    assert told(raised.value) == (
        f"Le certificat de « {host} » n’est pas valable : {fault}. Vérifiez "
        "PASSERELLE_SMTP_HOTE ; si votre organisation a sa propre autorité, donnez le chemin de "
        "son certificat dans SSL_CERT_FILE." + LOST
    )


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_unknown_authority(security: Security, certified: ssl.SSLContext) -> None:
    key = "implicit_tls" if security is Security.TLS else "tls_context"
    with serving(Inbox(), **{key: certified}) as port, pytest.raises(NotSent) as raised:
        posted(settings(port, security=security))
    assert "n’est pas valable : l’autorité qui l’a signé est inconnue." in told(raised.value)


LOGIN = " Donnez PASSERELLE_SMTP_UTILISATEUR et PASSERELLE_SMTP_MOT_DE_PASSE." + LOST
NO_SERVER = " : ce n’est pas la réponse d’un serveur d’envoi (SMTP)." + CHECK
SENDER = (
    " Vérifiez « expediteur » sous « lettre » dans content/donnees/site.yaml, et que le compte a "
    "le droit d’écrire en son nom." + LOST
)
RECIPIENT = " Vérifiez son adresse, et que l’expéditeur a le droit de lui écrire." + LOST
SHORTER = " Raccourcissez la lettre, ou demandez à l’administrateur d’élever la limite." + LOST
UNFINISHED = "avant la fin du message, qu’il n’a donc pas pu accepter"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"greeting": "SSH-2.0-Open"}, "a répondu « 2.0-Open » à la connexion" + NO_SERVER),
        ({"greeting": "x" * 9000}, "a répondu « une ligne sans fin » à la connexion" + NO_SERVER),
        ({"greeting": "554 5.7.1 No"}, "refuse la connexion : « 554 5.7.1 No »." + CHECK),
        ({"greeting": "421 Busy"}, "refuse pour l’instant la connexion : « 421 Busy »." + LATER),
        ({"greeting": DROP}, "a interrompu l’échange à la connexion." + CUT),
        (
            {"greeting": "220 (vsFTPd 3.0.5)", "EHLO": "530 Please login"},
            "refuse la salutation (EHLO) : « 530 Please login »." + CHECK,
        ),
        ({"EHLO": "hé ?"}, "a répondu « ? » à la salutation" + NO_SERVER),
        ({"EHLO": DROP}, "a interrompu l’échange à la salutation." + CUT),
        (
            {"EHLO": "250" + "x" * 9000},
            "a répondu « une ligne sans fin » à la salutation" + NO_SERVER,
        ),
        ({"MAIL": "550 5.7.1 No"}, "refuse l’expéditeur : « 550 5.7.1 No »." + SENDER),
        (
            {"MAIL": "451 4.7.1 Hm"},
            "refuse pour l’instant l’expéditeur : « 451 4.7.1 Hm »." + LATER,
        ),
        ({"MAIL": "354 Yes"}, "a répondu « 354 Yes » à l’annonce de l’expéditeur" + NO_SERVER),
        ({"MAIL": DROP}, "a interrompu l’échange à l’annonce de l’expéditeur." + CUT),
        (
            {"MAIL": "530 5.7.0 Authentication required"},
            "demande une identification : « 530 5.7.0 Authentication required »." + LOGIN,
        ),
        (
            {"EHLO": "250-essai\r\n250 AUTH PLAIN", "RCPT": "550 5.7.1 Auth is required"},
            "refuse le destinataire sans identification : « 550 5.7.1 Auth is required »." + LOGIN,
        ),
        (
            {"RCPT": "550 5.7.1 Auth is required"},
            "refuse le destinataire : « 550 5.7.1 Auth is required »." + RECIPIENT,
        ),
        (
            {"EHLO": "250-essai\r\n250 AUTH PLAIN", "RCPT": "550 5.1.1 Who?"},
            "refuse le destinataire : « 550 5.1.1 Who? »." + RECIPIENT,
        ),
        (
            {
                "EHLO": "250-essai\r\n250 STARTTLS",
                "MAIL": "530 5.7.0 Must issue a STARTTLS command first",
            },
            "veut une connexion chiffrée : « 530 5.7.0 Must issue a STARTTLS command first »."
            + PORTS,
        ),
        ({"RCPT": "550 5.1.1 Who?"}, "refuse le destinataire : « 550 5.1.1 Who? »." + RECIPIENT),
        (
            {"RCPT": "552 5.2.2 Full"},
            "refuse le destinataire : « 552 5.2.2 Full »." + RECIPIENT,
        ),
        (
            {"RCPT": "450 4.2.0 Greylisted"},
            "refuse pour l’instant le destinataire : « 450 4.2.0 Greylisted »." + LATER,
        ),
        ({"RCPT": DROP}, "a interrompu l’échange à l’annonce du destinataire." + CUT),
        ({"DATA": "503 No"}, "refuse le message : « 503 No »." + ASK),
        ({"DATA": "250 Yes"}, "a répondu « 250 Yes » avant le message" + NO_SERVER),
        ({"DATA": DROP}, "a interrompu l’échange avant le message." + CUT),
        ({".": "554 5.7.1 Spam"}, "refuse le message : « 554 5.7.1 Spam »." + ASK),
        ({".": "451 4.3.0 Hm"}, "refuse pour l’instant le message : « 451 4.3.0 Hm »." + LATER),
        ({".": "421 Bye"}, "refuse pour l’instant le message : « 421 Bye »." + LATER),
        (
            {"RCPT": f"550-5.1.1 un\r\n550 \x1b[31mdeux\x07\u202e {'é' * 300}"},
            f"refuse le destinataire : « 550 5.1.1 un [31mdeux {'é' * 177}… »." + RECIPIENT,
        ),
    ],
)
def test_surely_not_sent(answers: Mapping[str, str], message: str) -> None:
    with scripted(answers) as (_script, port), pytest.raises(NotSent) as raised:
        posted(settings(port))
    assert told(raised.value) == f"« 127.0.0.1 » {message}"


@pytest.mark.parametrize(
    ("answers", "when"),
    [
        (
            {"greeting": SILENCE},
            f"à la connexion. Vérifiez PASSERELLE_SMTP_HOTE et PASSERELLE_SMTP_PORT.{PORTS}",
        ),
        ({"RCPT": SILENCE}, "à l’annonce du destinataire." + LATER),
    ],
)
def test_silence(answers: Mapping[str, str], when: str) -> None:
    with scripted(answers) as (_, port), pytest.raises(NotSent) as raised:
        posted(settings(port, timeout=QUICK))
    assert told(raised.value) == (f"« 127.0.0.1 » s’est tu pendant 0,3 s {when}")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (
            {"EHLO": "250-essai\r\n250 SIZE 1000"},
            f"{len(PARCEL.message)} octets, alors qu’il en accepte 1000",
        ),
        ({"MAIL": "552 Too big"}, "il répond « 552 Too big »"),
        ({".": "552 5.3.4 Too big"}, "il répond « 552 5.3.4 Too big »"),
        ({".": "554 5.3.4 Too big"}, "il répond « 554 5.3.4 Too big »"),
    ],
)
def test_too_large(answers: Mapping[str, str], why: str) -> None:
    with scripted(answers) as (script, port), pytest.raises(NotSent) as raised:
        posted(settings(port))
    assert told(raised.value) == (f"Le message est trop lourd pour « 127.0.0.1 » : {why}.{SHORTER}")
    assert [c for c in script.commands if c.startswith("MAIL")] == [] or "SIZE" not in str(answers)


@pytest.mark.parametrize("limit", ["SIZE", "SIZE 0", "SIZE ²", f"SIZE {'9' * 5000}"])
def test_no_limit(limit: str) -> None:
    with scripted({"EHLO": f"250-essai\r\n250 {limit}"}) as (script, port):
        posted(settings(port))
    assert script.messages == [PARCEL.message]


HUGE = replace(PARCEL, message=b"0123456789" * 7 + b"\r\n")
HUGE = replace(HUGE, message=HUGE.message * 300_000)


def test_dropped_before_the_end_of_a_long_message() -> None:
    with scripted({"message": DROP}) as (_, port), pytest.raises(NotSent) as raised:
        posted(settings(port), HUGE)
    assert told(raised.value) == f"« 127.0.0.1 » a interrompu l’échange {UNFINISHED}.{CUT}"


def test_server_reads_no_more() -> None:
    with scripted({"message": DEAFNESS}) as (_, port), pytest.raises(NotSent) as raised:
        posted(settings(port, timeout=QUICK), HUGE)
    assert told(raised.value) == f"« 127.0.0.1 » s’est tu pendant 0,3 s {UNFINISHED}.{LATER}"


def test_refused_before_the_end_of_the_message() -> None:
    """A server that does not wait for the end is heard before it is given."""
    with (
        scripted({"message": "552 5.3.4 Enough"}) as (_script, port),
        pytest.raises(NotSent) as raised,
    ):
        posted(settings(port))
    assert told(raised.value) == (
        "Le message est trop lourd pour « 127.0.0.1 » : il répond « 552 5.3.4 Enough »." + SHORTER
    )


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (DROP, "la connexion s’est coupée"),
        (SILENCE, "il s’est tu pendant 0,3 s"),
        ("okay, thanks", "il a répondu « , thanks »"),
        ("354 More?", "il a répondu « 354 More? »"),
    ],
)
def test_uncertain(answer: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.mailing.smtp_session._PATIENCE", QUICK / 5)
    with scripted({".": answer}) as (script, port), pytest.raises(Uncertain) as raised:
        posted(settings(port, timeout=5))
    assert told(raised.value) == (
        f"« 127.0.0.1 » avait reçu tout le message quand {what} : il l’a peut-être accepté, "
        "peut-être pas."
    )
    assert script.messages == [PARCEL.message]


@pytest.mark.parametrize("farewell", [DROP, "500 no", "x" * 9000])
def test_farewell_changes_nothing(farewell: str) -> None:
    with scripted({"QUIT": farewell}) as (script, port):
        assert posted(settings(port)) == "250 2.0.0 Ok: queued"
    assert script.messages == [PARCEL.message]


def test_nobody_listens() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotSent) as raised:
        posted(settings(port))
    assert told(raised.value) == f"« 127.0.0.1 » n’écoute pas sur le port {port}.{CHECK}"


def test_unknown_host() -> None:
    with pytest.raises(NotSent) as raised:
        posted(settings(25, host="serveur.invalid"))
    assert told(raised.value) == (
        "Le serveur « serveur.invalid » est introuvable. "
        "Vérifiez PASSERELLE_SMTP_HOTE et votre connexion au réseau." + LOST
    )


def test_unreachable_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> socket.socket:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(NotSent) as raised:
        posted(settings(25))
    assert told(raised.value) == (
        f"« 127.0.0.1 » ne peut pas être joint (Network is unreachable).{CHECK}"
    )


def test_tls_where_there_is_none() -> None:
    with scripted() as (_, port), pytest.raises(NotSent) as raised:
        posted(settings(port, security=Security.TLS))
    assert re.fullmatch(
        rf"« 127.0.0.1 » ne parle pas TLS sur le port {port} \([A-Z_]+\)\.{re.escape(PORTS)}",
        told(raised.value),
    )


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {},
            "« 127.0.0.1 » n’offre pas de chiffrement (STARTTLS) sur le port {}. Essayez le port "
            "465 avec PASSERELLE_SMTP_SECURITE=tls, ou demandez le bon port à l’administrateur du "
            "serveur." + LOST,
        ),
        (
            {"EHLO": "250-essai\r\n250 STARTTLS", "STARTTLS": "454 4.7.0 No TLS"},
            "« 127.0.0.1 » refuse pour l’instant de chiffrer la connexion : « 454 4.7.0 No TLS »."
            + LATER,
        ),
        (
            {"EHLO": "250-essai\r\n250 STARTTLS", "STARTTLS": "220 go on"},
            "« 127.0.0.1 » a interrompu l’échange au chiffrement." + CUT,
        ),
    ],
)
def test_no_encryption(answers: Mapping[str, str], message: str) -> None:
    with scripted(answers) as (script, port), pytest.raises(NotSent) as raised:
        posted(settings(port, security=Security.STARTTLS, user="a", password=PASSWORD))
    assert told(raised.value) == message.format(port)
    assert [command for command in script.commands if command.startswith("AUTH")] == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {},
            "« 127.0.0.1 » n’accepte pas d’identification par mot de passe. Retirez "
            "PASSERELLE_SMTP_UTILISATEUR et PASSERELLE_SMTP_MOT_DE_PASSE s’il n’en demande pas, ou "
            "demandez à son administrateur comment s’identifier." + LOST,
        ),
        (
            {"EHLO": "250-essai\r\n250 AUTH XOAUTH2 NTLM"},
            "« 127.0.0.1 » n’accepte pas d’identification par mot de passe (il propose : "
            "« XOAUTH2, NTLM »). Retirez PASSERELLE_SMTP_UTILISATEUR et "
            "PASSERELLE_SMTP_MOT_DE_PASSE s’il n’en demande pas, ou demandez à son administrateur "
            "comment s’identifier." + LOST,
        ),
        (
            {"EHLO": "250-essai\r\n250 AUTH=LOGIN", "AUTH": "454 4.7.0 Busy"},
            "« 127.0.0.1 » refuse pour l’instant l’utilisateur ou le mot de passe : "
            "« 454 4.7.0 Busy »." + LATER,
        ),
        (
            {"EHLO": "250-essai\r\n250 AUTH PLAIN", "AUTH": DROP},
            "« 127.0.0.1 » a interrompu l’échange à l’identification." + CUT,
        ),
    ],
)
def test_no_login(answers: Mapping[str, str], message: str, certified: ssl.SSLContext) -> None:
    with scripted(answers, tls=certified) as (_, port), pytest.raises(NotSent) as raised:
        posted(settings(port, security=Security.TLS, user="a", password=PASSWORD))
    assert told(raised.value) == message


@pytest.mark.usefixtures("trusted")
def test_password_is_never_shown(certified: ssl.SSLContext) -> None:
    """Not even when the server repeats it."""
    blob = b64encode(f"\0a\0{PASSWORD}".encode()).decode()
    echo = f"535 {PASSWORD} {b64encode(PASSWORD.encode()).decode()} {blob}"
    answers = {"EHLO": "250-essai\r\n250 AUTH PLAIN", "AUTH": echo}
    with_login = settings(0, security=Security.TLS, user="a", password=PASSWORD)
    with scripted(answers, tls=certified) as (script, port), pytest.raises(NotSent) as raised:
        posted(replace(with_login, port=port))
    assert script.commands[-1] == f"AUTH PLAIN {blob}"
    assert "« 535 … … … »" in told(raised.value)
    shown = "".join(traceback.format_exception(raised.value)) + repr(with_login)
    assert PASSWORD not in shown
    assert blob not in shown


def test_a_step_back_before_the_data() -> None:
    """What is to be done first may fail: the server then gets nothing."""

    def fail() -> None:
        raise LookupError("no journal")

    said: list[str] = []
    with (
        scripted() as (script, port),
        pytest.raises(LookupError),
        session(settings(port), said.append) as server,
    ):
        server.post(PARCEL, before_data=fail)
    assert [command.split(" ")[0] for command in script.commands] == ["ehlo", "mail", "rcpt"]
    assert script.messages == []
