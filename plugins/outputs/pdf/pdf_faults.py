"""What WeasyPrint could not do, which it only logs, in French for an editor."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

_LOGGERS = ("weasyprint", "fontTools")
# Its messages that a text of ours can cause; their arguments take the places {0}, {1}.
_MESSAGES = {
    "Failed to load image at %r: %s": "l’image {0} ne peut pas être lue",
    "Failed to render SVG image %s": "le dessin {0} ne peut pas être tracé",
    "Failed to load inline SVG: %s": "un dessin ne peut pas être tracé ({0})",
    'Image "%s" has no required alt description': "l’image {0} n’a pas de texte de remplacement",
    "No anchor #%s for internal URI reference": "le lien vers #{0} ne mène nulle part",
    (
        '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)'
    ): "aucune police de l’impression n’a le caractère « {0} » (U+{1:04X}) : remplacez-le",
}


@contextmanager
def recorded() -> Iterator[list[logging.LogRecord]]:
    """Yield the list of what is logged meanwhile, warnings and errors; nothing else shows it.

    The loggers may be those of a program that tells nothing twice, or that stops at an error
    (Pelican's do both): ours is the first of their filters, and lets nothing through.
    """
    keeper = _Keeper()
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.filters.insert(0, keeper)
        logger.setLevel(logging.WARNING)
    try:
        yield keeper.records
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeFilter(keeper)
            logger.setLevel(level)


def sentences(records: Iterable[logging.LogRecord]) -> Iterator[str]:
    """Yield each fault once, in French; one that is ours, not the editor's, as it was logged."""
    told = set()
    for record in records:
        french = _MESSAGES.get(record.msg)
        arguments = record.args if isinstance(record.args, tuple) else ()
        sentence = french.format(*arguments) if french else f"WeasyPrint : {record.getMessage()}"
        if sentence not in told:
            told.add(sentence)
            yield sentence


class _Keeper(logging.Filter):
    """Keeps records from going further."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def filter(self, record: logging.LogRecord) -> bool:
        self.records.append(record)
        return False
