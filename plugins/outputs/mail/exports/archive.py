"""The letter for any other tool: its HTML with the pictures beside, in one archive."""

import io
import zipfile

from plugins.outputs.mail.exports.delivery import Delivery
from plugins.outputs.mail.exports.exported_file import ExportedFile
from plugins.outputs.mail.exports.readme import to_readme
from plugins.outputs.mail.letter_mail import LetterMail, attribute

_PICTURES = "images"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP knows: nothing tells when the archive was made."""
_REGULAR_FILE = 0o100644 << 16


def to_archive(mail: LetterMail, delivery: Delivery) -> tuple[ExportedFile, ...]:
    """Return one ZIP, which many tools import as it is.

    What differs by tool is told in it: its tag for the link by which one leaves the letter. Until
    it is put there, the link leads where it leads in the message.
    """
    html = mail.html
    for picture in mail.pictures:
        html = html.replace(attribute("src", picture.address), f'src="{_path(picture.name)}"')
    files = (
        ExportedFile.of_text("lettre.html", html),
        ExportedFile.of_text("lettre.txt", mail.text),
        *(ExportedFile(_path(picture.name), picture.data) for picture in mail.pictures),
        to_readme(
            "zip",
            number=str(mail.number),
            subject=mail.subject,
            preheader=mail.preheader,
            sender=delivery.sender,
            unsubscribe=mail.unsubscribe_address,
        ),
    )
    return (ExportedFile(f"lettre-{mail.number}.zip", _zipped(files)),)


def _path(name: str) -> str:
    return f"{_PICTURES}/{name}"


def _zipped(files: tuple[ExportedFile, ...]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in sorted(files, key=lambda file: file.name):
            entry = zipfile.ZipInfo(file.name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, file.data)
    return out.getvalue()
