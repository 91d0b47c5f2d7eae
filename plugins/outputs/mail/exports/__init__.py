"""The letter for the tools that send it: the files that each one takes, and how to use them."""

from collections.abc import Callable
from enum import StrEnum

from plugins.outputs.mail.exports.archive import to_archive
from plugins.outputs.mail.exports.brevo import to_brevo
from plugins.outputs.mail.exports.delivery import Delivery
from plugins.outputs.mail.exports.exported_file import ExportedFile
from plugins.outputs.mail.exports.listmonk import to_listmonk
from plugins.outputs.mail.letter_mail import LetterMail

__all__ = ["Delivery", "ExportedFile", "Tool", "export"]

_Exporter = Callable[[LetterMail, Delivery], tuple[ExportedFile, ...]]


class Tool(StrEnum):
    """A tool that sends letters; an archive is for any other one."""

    LISTMONK = "listmonk"
    BREVO = "brevo"
    ZIP = "zip"


_EXPORTERS: dict[Tool, _Exporter] = {
    Tool.LISTMONK: to_listmonk,
    Tool.BREVO: to_brevo,
    Tool.ZIP: to_archive,
}


def export(mail: LetterMail, tool: Tool, delivery: Delivery) -> tuple[ExportedFile, ...]:
    """Return what a tool takes of an issue, always the same for the same issue.

    One leaves the letter by the tool's own link. Pictures stay on the site, or lie beside the HTML
    in an archive: written into it (`data:`), none would show in Gmail. Raises ValueError when a
    part of the letter does not name its `unsubscribe_address`.
    """
    return _EXPORTERS[tool](mail, delivery)
