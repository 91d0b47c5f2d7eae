"""An SMTP session with the server that sends the letter (RFC 5321)."""

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from select import select

from plugins.faults import shorten
from plugins.mailing import failures
from plugins.mailing.failures import NotSent, Reply, Step, Uncertain
from plugins.mailing.smtp_settings import Security, SmtpSettings

Say = Callable[[str], None]

# RFC 5321, 4.1.3: an address stands for a machine without a name of its own. The real name would
# take a look-up, and is nobody's business.
_HELLO = "[127.0.0.1]"
# RFC 5321, 4.5.3.2.6: once it has the whole message, a server may take ten minutes to accept it.
_PATIENCE = 10
_LIMIT = re.compile(r"[0-9]{1,20}")  # RFC 1870, 3
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message, its lines ended by CRLF, with the sender and the recipient of its envelope."""

    sender: str
    recipient: str
    message: bytes


@contextmanager
def session(settings: SmtpSettings, say: Say) -> Iterator["Session"]:
    """Yield a session, connected, encrypted and logged in; quit it at the end.

    Raises NotSent when one of these steps fails.
    """
    say(f"Connexion à {settings.host}, port {settings.port}…")
    server = _connected(settings)
    try:
        opened = Session(server, settings, say)
        opened.greet()
        opened.encrypt()
        opened.log_in()
        yield opened
        # What was accepted stays so, whatever becomes of the farewell.
        with suppress(OSError, KeyboardInterrupt):
            server.quit()
    finally:
        server.close()


def _connected(settings: SmtpSettings) -> smtplib.SMTP:
    host, port, timeout = settings.host, settings.port, settings.timeout
    try:
        if settings.security is Security.TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, _HELLO, timeout=timeout, context=context)
        return smtplib.SMTP(host, port, _HELLO, timeout=timeout)
    except OSError as error:
        raise _not_sent(error, settings, failures.CONNECTION) from None


class Session:
    """An open session; a failed step raises NotSent, or Uncertain after the whole message."""

    def __init__(self, server: smtplib.SMTP, settings: SmtpSettings, say: Say) -> None:
        self._server = server
        self._settings = settings
        self._say = say

    def greet(self) -> None:
        """Greet the server (EHLO) and learn its extensions."""
        self._obtain(failures.GREETING, self._server.ehlo)

    def encrypt(self) -> None:
        """Encrypt by STARTTLS if the settings ask for it (RFC 3207), and greet again.

        The certificate is verified against the authorities of the system, or of `SSL_CERT_FILE`.
        """
        if self._settings.security is Security.STARTTLS:
            if not self._server.has_extn("starttls"):
                raise NotSent(failures.no_encryption(self._settings))
            context = ssl.create_default_context()
            self._obtain(failures.ENCRYPTION, self._server.starttls, context=context)
            self.greet()
        if isinstance(self._server.sock, ssl.SSLSocket):
            self._say(f"Connexion chiffrée ({self._server.sock.version()}).")
        else:
            self._say("Connexion en clair, comme PASSERELLE_SMTP_SECURITE le demande.")

    def log_in(self) -> None:
        """Log in if there are a user and a password.

        They are sent in UTF-8 (RFC 4616), which smtplib's own login cannot do.
        """
        user, password = self._settings.user, self._settings.password
        if user is None or password is None:
            return
        offered = self._server.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            words = [f"AUTH PLAIN {_plain(user, password)}"]
        elif "LOGIN" in offered:
            words = ["AUTH LOGIN", _base64(user), _base64(password)]
        else:
            raise NotSent(failures.no_login(self._settings, offered))
        for word in words[:-1]:
            self._obtain(failures.LOGIN, self._server.docmd, word, code=334)
        self._obtain(failures.LOGIN, self._server.docmd, words[-1])
        self._say(f"Identification de {shorten(user)} acceptée.")

    def post(self, parcel: Parcel, before_data: Callable[[], None] = lambda: None) -> Reply:
        """Send the message; return the server's reply of acceptance.

        `before_data` is called once the envelope is accepted; an exception of it stops the
        sending. Raises NotSent when the message was not accepted; Uncertain when the session
        ends between the last line of the message and the reply to it. An interruption by hand
        raises one of the two.
        """
        self._say(f"Envoi à {parcel.recipient}…")
        try:
            self._offer(parcel)
            before_data()
            self._obtain(failures.START, self._server.docmd, "DATA", code=354)
            self._transmit(parcel.message)
        except KeyboardInterrupt:
            raise NotSent("L’envoi a été interrompu avant la fin du message.") from None
        return self._conclude()

    def _offer(self, parcel: Parcel) -> None:
        """Give the envelope, with the size if the server takes it (RFC 1870)."""
        size = len(parcel.message)
        options = []
        if self._server.has_extn("size"):
            options.append(f"SIZE={size}")
            limit = _LIMIT.fullmatch(self._server.esmtp_features["size"])
            if limit and 0 < int(limit[0]) < size:
                why = f"{size} octets, alors qu’il en accepte {limit[0]}"
                raise NotSent(failures.too_large(self._settings, why))
        self._obtain(failures.SENDER, self._server.mail, parcel.sender, options)
        self._obtain(failures.RECIPIENT, self._server.rcpt, parcel.recipient)

    def _transmit(self, message: bytes) -> None:
        """Send the message without its last line: the server cannot accept it before that line."""
        stuffed = _LEADING_DOT.sub(b"..", message)  # RFC 5321, 4.5.2
        with self._explaining(failures.MESSAGE):
            self._server.send(stuffed)
        assert self._server.sock
        has_spoken, _, _ = select([self._server.sock], [], [], 0)
        if has_spoken:  # or has gone: either way, it does not wait for the end
            with self._explaining(failures.MESSAGE):
                reply = _reply(*self._server.getreply(), self._settings)
            raise NotSent(failures.refusal(self._settings, reply, failures.MESSAGE))

    def _conclude(self) -> Reply:
        """Send the last line and return the reply of acceptance."""
        settings = self._settings
        patience = settings.timeout * _PATIENCE
        assert self._server.sock
        self._server.sock.settimeout(patience)
        try:
            self._server.send(b".\r\n")
            reply = _reply(*self._server.getreply(), self._settings)
        except OSError as error:
            what = failures.silence(error, patience)
            raise Uncertain(failures.uncertain(settings, what)) from None
        except KeyboardInterrupt:
            what = "vous avez interrompu l’envoi"
            raise Uncertain(failures.uncertain(settings, what)) from None
        self._server.sock.settimeout(settings.timeout)
        if reply.is_refusal:
            raise NotSent(failures.refusal(settings, reply, failures.MESSAGE))
        if not reply.is_positive:
            raise Uncertain(failures.uncertain(settings, f"il a répondu {reply}"))
        return reply

    def _obtain(
        self,
        step: Step,
        command: Callable[..., tuple[int, bytes]],
        *arguments: object,
        code: int | None = None,
        **options: object,
    ) -> None:
        """Run a command; raise NotSent unless the reply is positive, or has that code."""
        with self._explaining(step):
            reply = _reply(*command(*arguments, **options), self._settings)
        if reply.code != code if code else not reply.is_positive:
            offers = self._server.esmtp_features
            raise NotSent(failures.refusal(self._settings, reply, step, offers))

    @contextmanager
    def _explaining(self, step: Step) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _not_sent(error, self._settings, step) from None


def _not_sent(error: OSError, settings: SmtpSettings, step: Step) -> NotSent:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = _reply(error.smtp_code, error.smtp_error, settings)
        return NotSent(failures.refusal(settings, reply, step))
    return NotSent(failures.failure(settings, error, step))


def _reply(code: int, text: bytes | str, settings: SmtpSettings) -> Reply:
    """Return a reply on one line, without the password and without control characters."""
    if isinstance(text, str):  # servers speak in bytes: smtplib gave up reading a line
        return failures.ENDLESS
    said = text.decode("utf-8", "replace")
    user, password = settings.user, settings.password
    if user and password:
        for secret in (_plain(user, password), _base64(password), password):
            said = said.replace(secret, "…")
    shown = "".join(sign if sign.isprintable() else " " for sign in said)
    return Reply(code, " ".join(shown.split()))


def _plain(user: str, password: str) -> str:
    """The credentials of the mechanism PLAIN (RFC 4616, 2)."""
    return _base64(f"\0{user}\0{password}")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
