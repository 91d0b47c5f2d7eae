"""The letter for the tools that send it: the files that each one takes, and how to use them.

listmonk: https://listmonk.app/docs/templating/, https://listmonk.app/docs/apis/campaigns/
Brevo: https://developers.brevo.com/reference/create-email-campaign
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from email.utils import quote
from enum import StrEnum
from pathlib import Path
from string import Template

from plugins.outputs.mail.letter_mail import LetterMail, attribute

_README = "LISEZMOI.txt"
READMES = Path(__file__).parent / "readmes"
"""A text per tool: the steps that an editor follows. `$name` is a value of the letter."""

# Campaigns of listmonk are Go templates; those of Brevo have a template language of its own.
_LISTMONK_UNSUBSCRIBE = "{{ UnsubscribeURL }}"
_LISTMONK_TEMPLATE = '{{ template "content" . }}\n'
"""Nothing around the letter, which has its own head and foot, and no picture that tracks."""
_LISTMONK_ACTIONS = re.compile(r"\{(?=\{)|@(?=TrackLink)")
_LISTMONK_ACTIONS_OR_TAGS = re.compile(rf"<|{_LISTMONK_ACTIONS.pattern}")
_COMMENTS = re.compile(r"(<!--.*?-->)", re.DOTALL)
_BREVO_UNSUBSCRIBE = "{{ unsubscribe }}"
_BREVO_TAGS = re.compile(r"\{(?=[{%])")
_ARCHIVED_PICTURES = "images"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP knows: the same letter gives the same archive on any day."""
_REGULAR_FILE = 0o100644 << 16


class Tool(StrEnum):
    """A tool that sends letters; an archive is for any other one."""

    LISTMONK = "listmonk"
    BREVO = "brevo"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The sender's name and mailbox, and the numbers that the tool gave to the lists."""

    name: str
    mailbox: str
    lists: tuple[int, ...] = ()

    @property
    def sender(self) -> str:
        """The sender as people write it."""
        return f"{self.name} <{self.mailbox}>"

    @property
    def quoted_sender(self) -> str:
        """The sender as a header writes it (RFC 5322, 3.4)."""
        return f'"{quote(self.name)}" <{self.mailbox}>'


def export(mail: LetterMail, tool: Tool, delivery: Delivery) -> dict[str, bytes]:
    """Return the files that a tool takes of an issue, by name; the same issue, the same bytes.

    A reader leaves the letter by the tool's own link. Pictures stay on the site, or lie beside the
    HTML in an archive: Gmail shows none that is written into the HTML (`data:`). Raises ValueError
    when a part of the letter does not name its `unsubscribe_address`.
    """
    match tool:
        case Tool.LISTMONK:
            return _for_listmonk(mail, delivery)
        case Tool.BREVO:
            return _for_brevo(mail, delivery)
        case Tool.ZIP:
            return _archived(mail, delivery)


def _for_listmonk(mail: LetterMail, delivery: Delivery) -> dict[str, bytes]:
    """Return the campaign for its API, the same to paste by hand, and the template around it."""
    ready = replace(
        mail,
        subject=_literal_text(mail.subject),
        html=_literal_html(mail.html),
        text=_literal_text(mail.text),
    ).leaving_at(_LISTMONK_UNSUBSCRIBE)
    campaign: dict[str, object] = {
        "name": f"Lettre {mail.number}",
        "subject": ready.subject,
        "lists": list(delivery.lists),
        "from_email": delivery.quoted_sender,
        "type": "regular",
        "messenger": "email",
        "content_type": "html",
        "body": ready.html,
        "altbody": ready.text,
    }
    return {
        "modele.html": _LISTMONK_TEMPLATE.encode(),
        "lettre.html": ready.html.encode(),
        "lettre.txt": ready.text.encode(),
        "campagne.json": _json(campaign),
        _README: _readme(Tool.LISTMONK, mail, delivery.quoted_sender, ready.subject),
    }


def _literal_html(html: str) -> str:
    """Return HTML that Go's html/template writes back as it was.

    Comments, those for Outlook too, are kept by the function Safe alone.
    """
    pieces = _COMMENTS.split(html)
    pieces[::2] = [_LISTMONK_ACTIONS.sub(lambda m: f"&#{ord(m[0])};", p) for p in pieces[::2]]
    pieces[1::2] = [_safe(comment) for comment in pieces[1::2]]
    return "".join(pieces)


def _literal_text(text: str) -> str:
    """Return a text that Go's templates write back as it was: they take texts for HTML too."""
    return _LISTMONK_ACTIONS_OR_TAGS.sub(lambda found: _safe(found[0]), text)


def _safe(text: str) -> str:
    """Return the action that writes a text unchanged; a string of JSON is a string of Go."""
    return f"{{{{ Safe {json.dumps(text, ensure_ascii=False)} }}}}"


def _for_brevo(mail: LetterMail, delivery: Delivery) -> dict[str, bytes]:
    """Return the campaign for its API, and the HTML to paste by hand.

    Brevo makes the plain text itself. It is asked neither for a preheader, which the letter has,
    nor for a link to a page of its own, which would follow the reader.
    """
    subject = _verbatim(mail.subject)
    html = _BREVO_TAGS.sub("&#123;", mail.html)
    html = replace(mail, html=html).leaving_at(_BREVO_UNSUBSCRIBE).html
    campaign: dict[str, object] = {
        "name": f"Lettre {mail.number}",
        "subject": subject,
        "sender": {"name": delivery.name, "email": delivery.mailbox},
        "htmlContent": html,
        "mirrorActive": False,
    }
    if delivery.lists:
        campaign["recipients"] = {"listIds": list(delivery.lists)}
    return {
        "lettre.html": html.encode(),
        "campagne.json": _json(campaign),
        _README: _readme(Tool.BREVO, mail, delivery.sender, subject),
    }


def _verbatim(text: str) -> str:
    """Return a text that Brevo writes unchanged; outside HTML, it would show references."""
    return f"{{% verbatim %}}{text}{{% endverbatim %}}" if _BREVO_TAGS.search(text) else text


def _archived(mail: LetterMail, delivery: Delivery) -> dict[str, bytes]:
    """Return one ZIP, which many tools import unchanged: the HTML with the pictures beside.

    The readme names the link by which a reader leaves the letter: the tool's tag goes there. Until
    then the link leads to the same place as in the message.
    """
    html = mail.html
    for picture in mail.pictures:
        shown = attribute("src", _archived_path(picture.name))
        html = html.replace(attribute("src", picture.address), shown)
    files = {
        "lettre.html": html.encode(),
        "lettre.txt": mail.text.encode(),
        **{_archived_path(picture.name): picture.data for picture in mail.pictures},
        _README: _readme(Tool.ZIP, mail, delivery.sender, mail.subject),
    }
    return {f"lettre-{mail.number}.zip": _zipped(files)}


def _archived_path(name: str) -> str:
    return f"{_ARCHIVED_PICTURES}/{name}"


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, data)
    return out.getvalue()


def _json(value: dict[str, object]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def _readme(tool: Tool, mail: LetterMail, sender: str, subject: str) -> bytes:
    """Fill the readme of a tool. Raises KeyError when it names a value that is not given."""
    text = Template((READMES / f"{tool}.txt").read_text(encoding="utf-8"))
    filled = text.substitute(
        number=mail.number,
        subject=subject,
        preheader=mail.preheader,
        sender=sender,
        unsubscribe=mail.unsubscribe_address,
    )
    return filled.encode()
