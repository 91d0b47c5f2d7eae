"""What each block of a text shows: the data that a template of any medium is given."""

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

from plugins.library.links import resolve
from plugins.markdown.bodies import BlockCall, Html
from plugins.models import Header
from plugins.models.blocks import (
    AgendaBlock,
    ArticleBlock,
    ButtonBlock,
    CalloutBlock,
    ChantiersBlock,
    EventBlock,
    FiguresBlock,
    ImageBlock,
    MatrixBlock,
    MatrixMonths,
    QuoteBlock,
)
from plugins.models.fields import Image
from plugins.models.mailboxes import mailto
from plugins.views import agenda
from plugins.views.entries import Entry, EventEntry, OrganisationEntry, RenderedParts
from plugins.views.matrix import matrix

if TYPE_CHECKING:
    from plugins.library.library import Library

# Beyond these, the rule says more than its dates.
_MOST_SITTINGS = 8
_TAG = re.compile(r"<[^>]*>")


def view(
    block: BlockCall, entry: Entry[Header], library: "Library", lit_day: date | None
) -> dict[str, Any]:
    """Return what a block's template shows; `html` is its content, "" without any.

    The month of `lit_day` is lit, if any.
    """
    options = block.options
    return {
        "options": options,
        "html": RenderedParts(entry, block.parts) if block.parts else "",
        **_data(options, block, entry, library, lit_day),
    }


def _data(  # noqa: C901 - one flat case per block
    options: object,
    block: BlockCall,
    entry: Entry[Header],
    library: "Library",
    lit_day: date | None,
) -> dict[str, Any]:
    match options:
        case AgendaBlock():
            occurrences = agenda.select(
                library.occurrences,
                period=options.period,
                group=options.group,
                audience=options.audience,
            )
            return {"occurrences": occurrences}
        case MatrixBlock():
            only_busy = options.months is MatrixMonths.BUSY
            table = matrix(library, options.year, lit_day=lit_day, only_busy=only_busy)
            return {"matrix": table}
        case ChantiersBlock():
            groups = [g for g in library.chantiers if options.state in {None, g.header.state}]
            return {"rows": tuple((g, g.stakes, g.occurrences) for g in groups)}
        case EventBlock():
            event = library.find("event", block.argument)
            assert isinstance(event, EventEntry)
            return _event(event, options)
        case ArticleBlock():
            return {"article": library.find("article", block.argument)}
        case FiguresBlock():
            found = library.find("organisation", options.organisation)
            figures = found.figures if isinstance(found, OrganisationEntry) else ()
            return {"figures": figures}
        case CalloutBlock():
            address = mailto(options.contact, options.subject) if options.contact else None
            return {"title": options.title, "mailbox": options.contact, "mailto": address}
        case QuoteBlock():
            return {"author": options.author, "role": options.role}
        case ButtonBlock():
            return {"address": resolve(options.target, entry, library), "label": _label(block)}
        case ImageBlock():
            image = Image.model_validate(
                {
                    "fichier": options.file,
                    "alt": options.alt,
                    "legende": options.caption,
                    "credit": options.credit,
                }
            )
            return {"image": library.picture(image)}
        case _:
            return {}


def _event(event: EventEntry, options: EventBlock) -> dict[str, Any]:
    """Return an event's sittings, headed by the event when it has several; how to register."""
    shown = event.leading_occurrences(_MOST_SITTINGS)
    rule = event.recurrence_line
    return {
        "event": event,
        "has_sittings": len(event.occurrences) > 1,
        "recurrence": rule[:1].upper() + rule[1:],
        "occurrences": shown,
        "has_others": len(shown) < len(event.occurrences),
        "registration": event.registration if options.tells_registration else None,
    }


def _label(block: BlockCall) -> str:
    """Return the words of a block's content, without their markup."""
    html = "".join(part.text for part in block.parts if isinstance(part, Html))
    return unescape(" ".join(_TAG.sub(" ", html).split()))
