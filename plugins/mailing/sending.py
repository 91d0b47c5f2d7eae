"""The sending of an issue to the list, once, or to one mailbox as a test."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from plugins.dates.in_words import format_day, format_time
from plugins.dates.moments import PARIS
from plugins.faults import shorten
from plugins.french.quantities import weight
from plugins.library.addresses import is_reserved
from plugins.mailing.failures import NotSent, Reply, Uncertain, Unrecorded, french
from plugins.mailing.journal import WHEN_UNCERTAIN, Journal, JournalError
from plugins.mailing.smtp_session import Parcel, Say, session
from plugins.mailing.smtp_settings import SmtpSettings, SmtpSettingsErrors, read_settings
from plugins.models.data import SendingData, SendingState, SiteData
from plugins.models.fields import Mailbox
from plugins.outputs.mail.eml import Posting, Sender, eml, sender_of, subject
from plugins.outputs.mail.letter_mail import LetterMail
from plugins.views.identifiers import message_id

_TO_COMMIT = "Le journal des envois a changé : enregistrez-le dans git."
_MAILBOX = TypeAdapter[str](Mailbox)
_SITE_FILE = "content/donnees/site.yaml"


@dataclass(frozen=True, slots=True)
class Order:
    """An issue to send, and how the editor asked for it.

    `site_url` is the address of the published site; `now` is aware. `test` is the mailbox of a
    test; without it the letter goes to the list, a second time only with `again`. Nothing goes
    without `confirm`.
    """

    mail: LetterMail
    site: SiteData
    site_url: str
    now: datetime
    test: str | None = None
    again: bool = False
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The message of an order, ready to go; `previous` are the issue's earlier sendings, in order.

    A plan without obstacles has `settings` and a recipient.
    """

    order: Order
    sender: Sender
    posting: Posting
    message: bytes
    settings: SmtpSettings | None
    previous: tuple[SendingData, ...]
    obstacles: tuple[str, ...]

    @property
    def parcel(self) -> Parcel:
        """The message in its envelope."""
        assert self.posting.recipient
        return Parcel(self.sender.mailbox, self.posting.recipient, self.message)

    @property
    def record(self) -> SendingData:
        """The journal's entry for this sending, uncertain as long as its outcome is not known."""
        return SendingData.model_validate(
            {
                "numero": self.order.mail.number,
                "le": self.posting.date.isoformat(timespec="seconds"),
                "liste": self.posting.recipient,
                "message_id": self.posting.message_id,
                "empreinte": sha256(self.message).hexdigest(),
                "etat": SendingState.UNCERTAIN,
            }
        )


def send(
    order: Order, journal: Journal, environment: Mapping[str, str], say: Callable[[str], None]
) -> None:
    """Describe the message, then send it if the order is confirmed.

    A test does not touch the journal. Raises NotSent, Uncertain or Unrecorded.
    """

    def tell(line: str) -> None:
        say(french(line))

    try:
        if order.test:
            _execute(_plan(order, (), environment), None, tell)
        elif not order.confirm:
            _execute(_plan(order, journal.sendings(), environment), journal, tell)
        else:
            with journal.locked():
                _execute(_plan(order, journal.sendings(), environment), journal, tell)
    except JournalError as error:
        raise NotSent(str(error)) from error


def _execute(planned: Plan, journal: Journal | None, tell: Say) -> None:
    for line in _description(planned):
        tell(line)
    if not planned.order.confirm:
        for line in _conclusion(planned):
            tell(line)
        return
    if planned.obstacles or planned.settings is None:
        raise NotSent("\n".join(planned.obstacles))
    reply = _send_to_list(planned, journal, tell) if journal else _try(planned, tell)
    tell(f"Accepté par le serveur : {reply}.")
    if journal:
        tell(_TO_COMMIT)


def _try(planned: Plan, tell: Say) -> Reply:
    assert planned.settings
    try:
        with session(planned.settings, tell) as server:
            return server.post(planned.parcel)
    except Uncertain as outcome:
        raise Uncertain(f"{outcome.reason} Voyez si l’essai est arrivé.") from outcome


def _send_to_list(planned: Plan, journal: Journal, tell: Say) -> Reply:
    """Send, and never let the journal claim more than is known at that moment."""
    assert planned.settings
    record = planned.record
    try:
        with session(planned.settings, tell) as server:
            reply = server.post(planned.parcel, before_data=lambda: journal.begin(record))
            try:
                journal.accept(record, reply.line)
            except (JournalError, KeyboardInterrupt) as error:
                was_refused = isinstance(error, JournalError)
                cause = error if was_refused else "Vous avez interrompu l’écriture du journal."
                raise Unrecorded(
                    f"La lettre est partie, et le serveur l’a acceptée. {cause} Si le journal "
                    f"dit encore l’envoi incertain, écrivez-y « accepté ». {_TO_COMMIT}"
                ) from error
            return reply
    except Uncertain as outcome:
        raise Uncertain(f"{outcome.reason} {WHEN_UNCERTAIN} {_TO_COMMIT}") from outcome
    except NotSent as refusal:
        try:
            if record in journal.sendings():
                journal.withdraw(record)
        except JournalError as error:
            raise NotSent(
                f"{refusal.reason} {error} Le journal dit encore la lettre incertaine : "
                "retirez-en cet envoi."
            ) from error
        raise


def _plan(order: Order, sendings: tuple[SendingData, ...], environment: Mapping[str, str]) -> Plan:
    """Prepare the message of an order, and list the obstacles to its sending.

    Raises NotSent when the test's mailbox is not a valid address.
    """
    sender = sender_of(order.site, order.site_url)
    previous = tuple(s for s in sendings if s.number == order.mail.number)
    posting = Posting(
        _tester(order.test) if order.test else sender.list_mailbox,
        order.now.astimezone(PARIS),
        _message_id(order, previous),
        is_test=bool(order.test),
    )
    settings = None
    obstacles = [] if order.test else list(_obstacles(order, previous))
    try:
        settings = read_settings(environment)
    except SmtpSettingsErrors as errors:
        obstacles.extend(errors.faults)
    message = eml(order.mail, sender, posting)
    return Plan(order, sender, posting, message, settings, previous, tuple(obstacles))


def _tester(mailbox: str) -> str:
    try:
        return _MAILBOX.validate_python(mailbox)
    except ValidationError as error:
        raise NotSent(f"TEST : {error.errors()[0]['ctx']['error']}") from None


def _message_id(order: Order, previous: tuple[SendingData, ...]) -> str:
    """Return a Message-ID unlike that of any other message of the issue.

    The first message to the list bears the issue's own.
    """
    number, site_url = order.mail.number, order.site_url
    if order.test:
        return message_id(number, site_url, f"essai {order.now.isoformat()} {order.test}")
    taken = {sending.message_id for sending in previous}
    attempts = (
        message_id(number, site_url, f"envoi {attempt}" if attempt > 1 else "")
        for attempt in count(len(previous) + 1)
    )
    return next(attempt for attempt in attempts if attempt not in taken)


def _obstacles(order: Order, previous: tuple[SendingData, ...]) -> Iterator[str]:
    """Yield the obstacles to a sending to the list, other than the server's settings."""
    letter = order.site.letter
    if letter is None:
        yield (
            f"{_SITE_FILE} ne dit pas qui envoie la lettre. Ajoutez le groupe « lettre: », avec "
            "« expediteur: » (une boîte fonctionnelle) et « liste: » (l’adresse de la liste)."
        )
    elif letter.list_mailbox is None:
        yield (
            f"{_SITE_FILE} ne dit pas à quelle liste envoyer la lettre. "
            "Ajoutez « liste: » sous « lettre: », avec l’adresse de la liste."
        )
    yield from _examples(order.site, order.site_url)
    if previous and not order.again:
        yield _already_sent(previous[-1])


def example_warnings(site: SiteData, site_url: str) -> Iterator[str]:
    """Yield a warning for each address of an issue that is still an example."""
    for example in _examples(site, site_url):
        yield french(f"Attention : {example[0].lower()}{example[1:]}")


def _examples(site: SiteData, site_url: str) -> Iterator[str]:
    """Yield a remedy for each example address: those of `lettre`, then the site's own."""
    for key, host, written in _written_addresses(site):
        if is_reserved(host):
            yield (
                f"Dans {_SITE_FILE}, « {key} » vaut encore {shorten(written)}, une adresse "
                "d’exemple. Remplacez-la par la vraie."
            )
    host = urlsplit(site_url).hostname or ""
    if is_reserved(host):
        yield (
            f"Les liens de la lettre ne mèneraient nulle part : « {host} » est un nom d’exemple. "
            "Donnez l’adresse du site publié dans la variable SITEURL."
        )


def _written_addresses(site: SiteData) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the host and the text of each address in a message."""
    letter = site.letter
    mailboxes = [
        ("expediteur", letter and letter.sender),
        ("reponse", letter and letter.reply_to),
        ("liste", letter and letter.list_mailbox),
        ("identifiant_liste", letter and letter.list_id),
        *(("desinscription", way) for way in (letter.ways_out if letter else ())),
    ]
    if letter is None or not letter.ways_out:  # the site's mailbox then stands for what lacks
        mailboxes.append(("contact", site.contact))
    for key, written in mailboxes:
        if written:
            yield key, urlsplit(written).hostname or written.rpartition("@")[2], written


def _already_sent(sending: SendingData) -> str:
    when = f"{_when(sending.sent_at)}, à {sending.list_mailbox}"
    if sending.state is SendingState.ACCEPTED:
        return (
            f"La lettre n° {sending.number} est déjà partie {when}. "
            "Pour l’envoyer à la liste une fois de plus, ajoutez ENCORE=oui."
        )
    return (
        f"La lettre n° {sending.number} est peut-être déjà partie {when} : l’envoi est resté "
        f"incertain. {WHEN_UNCERTAIN}"
    )


def _description(plan: Plan) -> Iterator[str]:
    """Yield the lines that an editor reads before the sending."""
    order, mail, posting = plan.order, plan.order.mail, plan.posting
    kind = "essai" if order.test else "envoi à la liste"
    yield f"Lettre n° {mail.number}, {kind}"
    yield f"De : {plan.sender.name} <{plan.sender.mailbox}>"
    yield f"À : {posting.recipient or 'aucune liste'}"
    yield f"Objet : {subject(mail, posting)}"
    yield f"Accroche : {mail.preheader}"
    yield (
        f"Poids : {weight(len(plan.message))}, dont {weight(len(mail.html.encode()))} de HTML et "
        f"{weight(len(mail.text.encode()))} de texte avant codage"
    )
    yield f"Identifiant : {posting.message_id}"
    yield f"Serveur : {_server(plan.settings)}"
    if not order.test:
        yield f"Envois précédents : {len(plan.previous) or 'aucun'}"
    for sending in plan.previous:
        yield f"- {_when(sending.sent_at)}, à {sending.list_mailbox} : {sending.state}"
    if order.test:
        yield from example_warnings(order.site, order.site_url)


def _conclusion(plan: Plan) -> Iterator[str]:
    """Yield the lines after a sending that was not confirmed: obstacles, or how to confirm."""
    if plan.obstacles:
        yield "Avant l’envoi, il reste à régler :"
        yield from (f"- {obstacle}" for obstacle in plan.obstacles)
        yield (
            "Rien n’est parti. Réglez d’abord ce qui précède : sans cela, CONFIRMER=oui est refusé."
        )
        return
    what = "cet essai" if plan.order.test else "la lettre à la liste"
    yield f"Rien n’est parti. Pour envoyer {what}, ajoutez CONFIRMER=oui."


def _server(settings: SmtpSettings | None) -> str:
    if settings is None:
        return "non réglé"
    login = f"utilisateur {shorten(settings.user)}" if settings.user else "sans identification"
    return f"{settings.host}, port {settings.port}, sécurité {settings.security}, {login}"


def _when(instant: datetime) -> str:
    local = instant.astimezone(PARIS)
    return f"le {format_day(local.date())} à {format_time(local.time())}"
