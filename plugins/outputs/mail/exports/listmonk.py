"""The letter for listmonk, whose campaigns are Go templates.

https://listmonk.app/docs/templating/, https://listmonk.app/docs/apis/campaigns/
"""

import json
import re
from dataclasses import replace
from email.utils import quote

from plugins.outputs.mail.exports.delivery import Delivery
from plugins.outputs.mail.exports.exported_file import ExportedFile
from plugins.outputs.mail.exports.readme import to_readme
from plugins.outputs.mail.letter_mail import LetterMail

_UNSUBSCRIBE = "{{ UnsubscribeURL }}"
_TEMPLATE = '{{ template "content" . }}\n'
"""Nothing around the letter, which has its own head and foot, and no picture that tracks."""
_COMMENTS = re.compile(r"(<!--.*?-->)", re.DOTALL)
_ACTIONS = re.compile(r"\{(?=\{)|@(?=TrackLink)")
_ACTIONS_AND_TAGS = re.compile(rf"<|{_ACTIONS.pattern}")


def to_listmonk(mail: LetterMail, delivery: Delivery) -> tuple[ExportedFile, ...]:
    """Return the campaign for its API, the same to paste by hand, and the template around it."""
    ready = replace(
        mail,
        subject=_safe_text(mail.subject),
        html=_safe_html(mail.html),
        text=_safe_text(mail.text),
    ).leaving_at(_UNSUBSCRIBE)
    campaign: dict[str, object] = {
        "name": f"Lettre {mail.number}",
        "subject": ready.subject,
        "lists": list(delivery.lists),
        "from_email": _sender(delivery),
        "type": "regular",
        "messenger": "email",
        "content_type": "html",
        "body": ready.html,
        "altbody": ready.text,
    }
    return (
        ExportedFile.of_text("modele.html", _TEMPLATE),
        ExportedFile.of_text("lettre.html", ready.html),
        ExportedFile.of_text("lettre.txt", ready.text),
        ExportedFile.of_json("campagne.json", campaign),
        to_readme(
            "listmonk",
            number=str(mail.number),
            subject=ready.subject,
            sender=_sender(delivery),
        ),
    )


def _safe_html(html: str) -> str:
    """Return HTML that Go's html/template writes back as it was.

    It drops comments, those for Outlook too, unless the function Safe gives them.
    """
    pieces = _COMMENTS.split(html)
    pieces[::2] = [_ACTIONS.sub(lambda found: f"&#{ord(found[0])};", p) for p in pieces[::2]]
    pieces[1::2] = [_safe(comment) for comment in pieces[1::2]]
    return "".join(pieces)


def _safe_text(text: str) -> str:
    """Return a text that Go's templates write back as it was: they take texts for HTML too."""
    return _ACTIONS_AND_TAGS.sub(lambda found: _safe(found[0]), text)


def _safe(text: str) -> str:
    """Return the action that writes a text as it is; strings of JSON are strings of Go."""
    return f"{{{{ Safe {json.dumps(text, ensure_ascii=False)} }}}}"


def _sender(delivery: Delivery) -> str:
    return f'"{quote(delivery.name)}" <{delivery.mailbox}>'
