"""Exceptions of a sending, and the French messages for each failure of an SMTP session."""

import re
import smtplib
import socket
import ssl
from collections.abc import Container
from dataclasses import dataclass

from plugins.faults import shorten
from plugins.french.typography import NBSP
from plugins.mailing.smtp_settings import Security, SmtpSettings

_SPACED = re.compile(r" (?=[:;!?»])|(?<=«) ")
_REPLY_LENGTH = 200
_UNAUTHENTICATED = 530
_UNAUTHORIZED = frozenset(("5.7.0", "5.7.1"))  # RFC 3463, 3.8
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?= |$)")  # RFC 2034, 4
_CHECK = "Vérifiez PASSERELLE_SMTP_HOTE et PASSERELLE_SMTP_PORT."
_LATER = "C’est passager : recommencez dans quelques minutes."
_LOGIN = "PASSERELLE_SMTP_UTILISATEUR et PASSERELLE_SMTP_MOT_DE_PASSE"
_PORTS = "Le port 465 veut PASSERELLE_SMTP_SECURITE=tls, le port 587 starttls."


class SendingError(Exception):
    """A sending failed, or its outcome is not known; the message is French."""

    def __init__(self, message: str) -> None:
        super().__init__(french(message))


class NotSent(SendingError):
    """Nothing was sent: the server did not accept the message; `reason` is why."""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message} Rien n’est parti.")
        self.reason = message


class Uncertain(SendingError):
    """The server got the whole message, and its answer is missing or unclear; `reason` is how."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.reason = message


class Unrecorded(SendingError):
    """The server accepted the message, and the journal could not be written."""


def french(text: str) -> str:
    """Return a text with no-break spaces before « : ; ! ? » and within guillemets."""
    return _SPACED.sub(NBSP, text)


@dataclass(frozen=True, slots=True)
class Reply:
    """An SMTP reply: its code, -1 if it has none, and its text on one printable line."""

    code: int
    text: str

    def __str__(self) -> str:
        """Return « 250 2.0.0 Ok »."""
        return f"« {self.line} »"

    @property
    def line(self) -> str:
        """The code and the text, 200 characters at most."""
        line = f"{self.code} {self.text}" if self.code > 0 else self.text
        return line if len(line) <= _REPLY_LENGTH else f"{line[: _REPLY_LENGTH - 1]}…"

    @property
    def status(self) -> str:
        """The enhanced status code, « 5.3.4 »; empty when the server gives none (RFC 2034)."""
        found = _STATUS.match(self.text)
        return found[0] if found else ""

    @property
    def is_positive(self) -> bool:
        """True for a code 2xx: the command was carried out (RFC 5321, 4.2.1)."""
        return self.code // 100 == 2

    @property
    def is_refusal(self) -> bool:
        """True for a code 4xx or 5xx: a refusal, temporary or permanent."""
        return self.code // 100 in {4, 5}

    @property
    def is_temporary(self) -> bool:
        """True for a code 4xx: the server is busy, or greylists."""
        return self.code // 100 == 4

    @property
    def is_about_size(self) -> bool:
        """True if the message is too large (RFC 1870; RFC 3463, 3.4), not the mailbox full."""
        return self.status == "5.3.4" or (self.code == 552 and self.status != "5.2.2")


ENDLESS = Reply(-1, "une ligne sans fin")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the session: its moment, the thing refused and the advice, in French."""

    when: str
    what: str
    advice: str


CONNECTION = Step("à la connexion", "la connexion", _CHECK)
GREETING = Step("à la salutation", "la salutation (EHLO)", _CHECK)
ENCRYPTION = Step("au chiffrement", "de chiffrer la connexion", _CHECK)
LOGIN = Step(
    "à l’identification",
    "l’utilisateur ou le mot de passe",
    f"Vérifiez {_LOGIN}.",
)
SENDER = Step(
    "à l’annonce de l’expéditeur",
    "l’expéditeur",
    "Vérifiez « expediteur » sous « lettre » dans content/donnees/site.yaml, et que le compte a "
    "le droit d’écrire en son nom.",
)
RECIPIENT = Step(
    "à l’annonce du destinataire",
    "le destinataire",
    "Vérifiez son adresse, et que l’expéditeur a le droit de lui écrire.",
)
START = Step(
    "avant le message", "le message", "Demandez-en la raison à l’administrateur du serveur."
)
MESSAGE = Step("avant la fin du message, qu’il n’a donc pas pu accepter", START.what, START.advice)


def failure(settings: SmtpSettings, error: OSError, step: Step) -> str:
    """The message for a step that failed without a reply."""
    host = f"« {settings.host} »"
    cause = _cause(error)
    match cause:
        case ssl.SSLCertVerificationError():
            return _certificate(settings, cause)
        case TimeoutError():
            advice = f"{_CHECK} {_PORTS}" if step is CONNECTION else _LATER
            return f"{host} s’est tu pendant {seconds(settings.timeout)} {step.when}. {advice}"
        case socket.gaierror():
            return (
                f"Le serveur {host} est introuvable. "
                "Vérifiez PASSERELLE_SMTP_HOTE et votre connexion au réseau."
            )
        case ConnectionRefusedError():
            return f"{host} n’écoute pas sur le port {settings.port}. {_CHECK}"
        case (
            ConnectionError()
            | smtplib.SMTPServerDisconnected()
            | ssl.SSLEOFError()
            | ssl.SSLZeroReturnError()
        ):
            return (
                f"{host} a interrompu l’échange {step.when}. Recommencez, ou vérifiez les réglages."
            )
        case ssl.SSLError():
            return f"{host} ne parle pas TLS sur le port {settings.port} ({cause.reason}). {_PORTS}"
    return f"{host} ne peut pas être joint ({cause.strerror or cause}). {_CHECK}"


def refusal(settings: SmtpSettings, reply: Reply, step: Step, offers: Container[str] = ()) -> str:
    """The message for a refused step; `offers` are the extensions that the server announced."""
    host = f"« {settings.host} »"
    if not reply.is_refusal:
        return nonsense(settings, reply, step)
    if reply.is_temporary:
        return f"{host} refuse pour l’instant {step.what} : {reply}. {_LATER}"
    if reply.is_about_size:
        return too_large(settings, f"il répond {reply}")
    if step in {SENDER, RECIPIENT, START}:
        is_early = reply.code == _UNAUTHENTICATED  # RFC 3207, 4; RFC 4954, 6
        if is_early and settings.security is Security.NONE and "starttls" in offers:
            return f"{host} veut une connexion chiffrée : {reply}. {_PORTS}"
        if is_early and settings.user is None:
            return f"{host} demande une identification : {reply}. Donnez {_LOGIN}."
        if reply.status in _UNAUTHORIZED and settings.user is None and "auth" in offers:
            return f"{host} refuse {step.what} sans identification : {reply}. Donnez {_LOGIN}."
    return f"{host} refuse {step.what} : {reply}. {step.advice}"


def nonsense(settings: SmtpSettings, reply: Reply, step: Step) -> str:
    """The message for a reply without meaning: no SMTP server, or a broken one."""
    return (
        f"« {settings.host} » a répondu {reply} {step.when} : ce n’est pas la réponse d’un serveur "
        f"d’envoi (SMTP). {_CHECK}"
    )


def too_large(settings: SmtpSettings, why: str) -> str:
    """The message for a letter too large for the server."""
    return (
        f"Le message est trop lourd pour « {settings.host} » : {why}. Raccourcissez la lettre, ou "
        "demandez à l’administrateur d’élever la limite."
    )


def no_encryption(settings: SmtpSettings) -> str:
    """The message for a server without STARTTLS."""
    return (
        f"« {settings.host} » n’offre pas de chiffrement (STARTTLS) sur le port {settings.port}. "
        "Essayez le port 465 avec PASSERELLE_SMTP_SECURITE=tls, ou demandez le bon port à "
        "l’administrateur du serveur."
    )


def no_login(settings: SmtpSettings, offered: list[str]) -> str:
    """The message for a server that takes no password."""
    known = f" (il propose : {shorten(', '.join(offered))})" if offered else ""
    return (
        f"« {settings.host} » n’accepte pas d’identification par mot de passe{known}. Retirez "
        f"{_LOGIN} s’il n’en demande pas, ou demandez à son administrateur comment s’identifier."
    )


def uncertain(settings: SmtpSettings, what: str) -> str:
    """The message for a letter that the server may have accepted."""
    return (
        f"« {settings.host} » avait reçu tout le message quand {what} : il l’a peut-être accepté, "
        "peut-être pas."
    )


def silence(error: OSError, patience: float) -> str:
    """The cause of a missing last reply: `patience` seconds of silence, or a lost connection."""
    if isinstance(_cause(error), TimeoutError):
        return f"il s’est tu pendant {seconds(patience)}"
    return "la connexion s’est coupée"


def seconds(duration: float) -> str:
    """Return « 0,5 s »."""
    return f"{duration:g} s".replace(".", ",")


def _cause(error: OSError) -> OSError:
    """The error of the system behind smtplib's own exception."""
    hidden = error.__context__
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(hidden, OSError):
        return hidden
    return error


# OpenSSL's x509_vfy.h.
_CERTIFICATE_FAULTS = {
    9: "il n’est pas encore valable",
    10: "il a expiré",
    18: "il s’est signé lui-même",
    19: "l’autorité qui l’a signé est inconnue",
    20: "l’autorité qui l’a signé est inconnue",
    21: "l’autorité qui l’a signé est inconnue",
    62: "il est à un autre nom",
    64: "il est à une autre adresse",
}


def _certificate(settings: SmtpSettings, error: ssl.SSLCertVerificationError) -> str:
    fault = _CERTIFICATE_FAULTS.get(error.verify_code, error.verify_message)
    return (
        f"Le certificat de « {settings.host} » n’est pas valable : {fault}. Vérifiez "
        "PASSERELLE_SMTP_HOTE ; si votre organisation a sa propre autorité, donnez le chemin de "
        "son certificat dans SSL_CERT_FILE."
    )
