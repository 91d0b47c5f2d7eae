"""The letter for Brevo, whose campaigns are written in Brevo's template language.

https://developers.brevo.com/reference/create-email-campaign
"""

import re
from dataclasses import replace

from plugins.outputs.mail.exports.delivery import Delivery
from plugins.outputs.mail.exports.exported_file import ExportedFile
from plugins.outputs.mail.exports.readme import to_readme
from plugins.outputs.mail.letter_mail import LetterMail

_UNSUBSCRIBE = "{{ unsubscribe }}"
_TAGS = re.compile(r"\{(?=[{%])")


def to_brevo(mail: LetterMail, delivery: Delivery) -> tuple[ExportedFile, ...]:
    """Return the campaign for its API, and the HTML to paste by hand.

    Brevo makes the plain text itself. The letter has its preheader and the link to its own page:
    Brevo's, which would repeat the one and follow the reader by the other, are not asked for.
    """
    subject = _safe_text(mail.subject)
    html = replace(mail, html=_TAGS.sub("&#123;", mail.html)).leaving_at(_UNSUBSCRIBE).html
    campaign: dict[str, object] = {
        "name": f"Lettre {mail.number}",
        "subject": subject,
        "sender": {"name": delivery.name, "email": delivery.mailbox},
        "htmlContent": html,
        "mirrorActive": False,
    }
    if delivery.lists:
        campaign["recipients"] = {"listIds": list(delivery.lists)}
    return (
        ExportedFile.of_text("lettre.html", html),
        ExportedFile.of_json("campagne.json", campaign),
        to_readme(
            "brevo",
            number=str(mail.number),
            subject=subject,
            sender=delivery.sender,
        ),
    )


def _safe_text(text: str) -> str:
    """Return a text that Brevo writes as it is, which HTML's references would not do."""
    return f"{{% verbatim %}}{text}{{% endverbatim %}}" if _TAGS.search(text) else text
