"""What a sending would do, what stands in its way, and how an editor reads it."""

from collections.abc import Iterator, Mapping
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
from plugins.mailing.failures import NotSent, french
from plugins.mailing.journal import WHEN_UNCERTAIN
from plugins.mailing.settings import SmtpSettings, SmtpSettingsErrors, read_settings
from plugins.mailing.smtp import Parcel
from plugins.models.data import SendingData, SendingState, SiteData
from plugins.models.fields import Mailbox
from plugins.outputs.mail.eml import Posting, Sender, eml, sender_of, subject
from plugins.outputs.mail.letter_mail import LetterMail
from plugins.views.identifiers import message_id

_MAILBOX = TypeAdapter[str](Mailbox)
_SITE_FILE = "content/donnees/site.yaml"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    `site_url` is the address of the published site; `now` is aware. Without `test`, a mailbox,
    the letter goes to the list, a second time only with `again`. Without `confirm`, nothing goes.
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
    """What would go and how; `previous` are the earlier sendings of the issue, in order.

    Of a plan without obstacles, `settings` and the recipient are known.
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
        """Return the message in its envelope."""
        assert self.posting.recipient
        return Parcel(self.sender.mailbox, self.posting.recipient, self.message)

    @property
    def record(self) -> SendingData:
        """Return what the journal keeps of it, as long as nobody knows how it ends."""
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


def plan(order: Order, sendings: tuple[SendingData, ...], environment: Mapping[str, str]) -> Plan:
    """Return what an order would do, given all that was sent before.

    Raises NotSent when the test's mailbox is none.
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
        raise NotSent(f"--test : {error.errors()[0]['ctx']['error']}") from None


def _message_id(order: Order, previous: tuple[SendingData, ...]) -> str:
    """Return an identifier that no other message of the issue bears.

    That of the first message to the list is the issue's own.
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
    """Yield what keeps the letter from going to the list, but for the server's settings."""
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
    """Yield a line per address of an issue that is still an example, and that nobody can reach."""
    yield from (french(f"Attention : {example}") for example in _examples(site, site_url))


def _examples(site: SiteData, site_url: str) -> Iterator[str]:
    """Yield what to do about each address that is an example: those of `lettre`, the site's."""
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
    """Yield the key, the host and the whole of each address that a message bears."""
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
            "Pour l’envoyer à la liste une fois de plus, ajoutez --again."
        )
    return (
        f"La lettre n° {sending.number} est peut-être déjà partie {when} : l’envoi est resté "
        f"incertain. {WHEN_UNCERTAIN}"
    )


def description(plan: Plan) -> Iterator[str]:
    """Yield what an editor reads before anything goes."""
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


def conclusion(plan: Plan) -> Iterator[str]:
    """Yield what there is to do before the sending, or to send."""
    if plan.obstacles:
        yield "Avant l’envoi, il reste à régler :"
        yield from (f"- {obstacle}" for obstacle in plan.obstacles)
        yield "Rien n’est parti. Réglez d’abord ce qui précède : sans cela, --confirm est refusé."
        return
    what = "cet essai" if plan.order.test else "la lettre à la liste"
    yield f"Rien n’est parti. Pour envoyer {what}, ajoutez --confirm."


def _server(settings: SmtpSettings | None) -> str:
    if settings is None:
        return "non réglé"
    login = f"utilisateur {shorten(settings.user)}" if settings.user else "sans identification"
    return f"{settings.host}, port {settings.port}, sécurité {settings.security}, {login}"


def _when(instant: datetime) -> str:
    local = instant.astimezone(PARIS)
    return f"le {format_day(local.date())} à {format_time(local.time())}"
