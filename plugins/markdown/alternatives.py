"""The words of an image, for those who do not see it: what is sure to tell them nothing."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from plugins.faults import shorten
from plugins.french.typography import fold
from plugins.models.fields import IMAGE_ENDINGS

_EMPTY_WORDS = {
    *("capture", "capture d'ecran", "dessin", "icone", "illustration", "image", "img", "logo"),
    *("photo", "photographie", "picture", "schema", "visuel"),
}
_RANK = re.compile(r"[\s.()-]*(?:n[°o]\s*)?\d*[\s.()]*$")
# The names that cameras and telephones give: IMG_2034, DSC-0012, PXL_20240103_101500.
_OF_A_CAMERA = re.compile(r"(?i)(?:dji|dsc[fn]?|gopr|img|mvimg|pxl)[-_ ]?\d{3}[\w-]*")
# With an article: « photo de groupe » and « image de synthèse » say something.
_OPENING = re.compile(
    r"(?i)(?:image|photo|photographie|illustration)\s+"
    r"(?:(?:de\s+la|du|des|d['’]une?|montrant|représentant)\s|de\s+l['’])"
)


def doubtful_alternative(alt: str, target: str, caption: str | None = None) -> str | None:
    """Return in French why the words of an image tell nothing; None when they may be right.

    `target` is the image's address or path.
    """
    alt = " ".join(alt.split())
    folded = fold(alt)
    if _RANK.sub("", folded) in _EMPTY_WORDS:
        return f"{shorten(alt)} ne dit rien à qui ne voit pas l’image. Écrivez ce qu’elle montre."
    if _is_file_name(alt, PurePosixPath(unquote(urlsplit(target).path)).stem):
        return (
            f"{shorten(alt)} est le nom d’un fichier, qui ne dit rien à qui ne voit pas l’image. "
            "Écrivez ce qu’elle montre."
        )
    if found := _OPENING.match(alt):
        return (
            f"{shorten(found[0].strip())} est de trop : l’image est déjà annoncée comme telle. "
            "Commencez par ce qu’elle montre."
        )
    if caption and folded == fold(caption):
        return (
            f"{shorten(alt)} répète la légende, qui serait entendue deux fois. "
            "Écrivez ce que l’image montre."
        )
    return None


def _is_file_name(alt: str, stem: str) -> bool:
    """Return True for a name with its suffix, a camera's, or that of the file as it is written.

    A file named by one plain word, such as « marseille », may show just that.
    """
    if alt.lower().endswith(IMAGE_ENDINGS) or _OF_A_CAMERA.fullmatch(alt):
        return True
    return alt == stem and not stem.isalpha()
