"""The sending of an issue: to the list, once; or to one mailbox, to see it."""

from collections.abc import Callable, Mapping

from plugins.mailing.failures import NotSent, Uncertain, Unrecorded, french
from plugins.mailing.journal import WHEN_UNCERTAIN, Journal, JournalError
from plugins.mailing.plan import Order, Plan, conclusion, description, plan
from plugins.mailing.smtp import Say, session
from plugins.mailing.smtp_failures import Reply

_TO_COMMIT = "Le journal des envois a changé : enregistrez-le dans git."


def send(
    order: Order, journal: Journal, environment: Mapping[str, str], say: Callable[[str], None]
) -> None:
    """Say what goes, then send it if the order is confirmed.

    A test does not touch the journal. Raises NotSent, Uncertain or Unrecorded.
    """

    def tell(line: str) -> None:
        say(french(line))

    try:
        if order.test:
            _execute(plan(order, (), environment), None, tell)
        elif not order.confirm:
            _execute(plan(order, journal.sendings(), environment), journal, tell)
        else:
            with journal.locked():
                _execute(plan(order, journal.sendings(), environment), journal, tell)
    except JournalError as error:
        raise NotSent(str(error)) from error


def _execute(planned: Plan, journal: Journal | None, tell: Say) -> None:
    for line in description(planned):
        tell(line)
    if not planned.order.confirm:
        for line in conclusion(planned):
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
    """Send, and keep the journal at every moment no more assured than the facts."""
    assert planned.settings
    record = planned.record
    try:
        with session(planned.settings, tell) as server:
            reply = server.post(planned.parcel, before_data=lambda: journal.begin(record))
            try:
                journal.accept(record, reply.line)
            except (JournalError, KeyboardInterrupt) as error:
                cause = str(error) or "Vous avez interrompu l’écriture du journal."
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
