"""The letter for MailPoet, which takes no HTML, but templates of its own blocks.

https://github.com/mailpoet/mailpoet: `newsletters/templates/import-template.jsx`,
`lib/Newsletter/Shortcodes`, `lib/Newsletter/NewsletterHtmlSanitizer.php`
"""

from plugins.outputs.mail.exports.delivery import Delivery
from plugins.outputs.mail.exports.exported_file import ExportedFile
from plugins.outputs.mail.exports.mailpoet_blocks import SHORTCODES, to_blocks
from plugins.outputs.mail.exports.readme import to_readme
from plugins.outputs.mail.letter_mail import LetterMail

_UNSUBSCRIBE = "[link:subscription_unsubscribe_url]"
_WORD_JOINER = "\u2060"


def to_mailpoet(mail: LetterMail, delivery: Delivery) -> tuple[ExportedFile, ...]:
    """Return the template to import, with all of the letter; MailPoet makes the plain text."""
    html = mail.leaving_at(_UNSUBSCRIBE).html
    template: dict[str, object] = {
        "name": f"Lettre {mail.number}",
        "categories": '["saved", "standard"]',
        "body": {"content": _row(to_blocks(html)), "globalStyles": _STYLES},
    }
    return (
        ExportedFile.of_json("modele.json", template),
        to_readme(
            "mailpoet",
            number=str(mail.number),
            subject=_safe_text(mail.subject),
            preheader=_safe_text(mail.preheader),
            sender=delivery.sender,
        ),
    )


def _row(blocks: list[dict[str, object]]) -> dict[str, object]:
    """Return the content of a template: one row of one column."""
    column = _container("vertical", blocks)
    return _container("vertical", [_container("horizontal", [column])])


def _container(orientation: str, blocks: list[dict[str, object]]) -> dict[str, object]:
    return {
        "type": "container",
        "orientation": orientation,
        "styles": {"block": {"backgroundColor": "transparent"}},
        "blocks": blocks,
    }


def _safe_text(text: str) -> str:
    """Return a text in which MailPoet finds no shortcode: it knows no way to escape one."""
    return SHORTCODES.sub(f"[{_WORD_JOINER}", text)


_STYLES = {
    "text": {"fontColor": "#052126", "fontFamily": "Georgia", "fontSize": "16px"},
    "h1": {"fontColor": "#052126", "fontFamily": "Georgia", "fontSize": "30px"},
    "h2": {"fontColor": "#052126", "fontFamily": "Georgia", "fontSize": "24px"},
    "h3": {"fontColor": "#052126", "fontFamily": "Georgia", "fontSize": "18px"},
    "link": {"fontColor": "#052126", "textDecoration": "underline"},
    "wrapper": {"backgroundColor": "#fcfaf6"},
    "body": {"backgroundColor": "#fcfaf6"},
}
