"""Published contents whose files were deleted: their readers find nothing, and nothing says why."""

from collections.abc import Iterator

from plugins.dates.in_words import format_day
from plugins.faults import START, ContentError, Level
from plugins.library.former import REMEMBERED, unanswered, withdrawn_events
from plugins.library.index import Index


def deleted_contents(index: Index) -> Iterator[ContentError]:
    """Yield a warning for each deleted content that readers could see, until its editor answers.

    The answer is where its address leads now, or « supprimé ».
    """
    withdrawn = {event.path for event in index.once(withdrawn_events)}
    for departed in unanswered(index):
        record, address = departed.record, departed.record.address
        lost = (
            "a été supprimé avant d’avoir lieu. Il reste annulé dans les calendriers et sur sa "
            f"page jusqu’au {format_day((departed.deleted_at + REMEMBERED).date())}."
            if record.path in withdrawn
            else "a été supprimé : les liens et les favoris qui y mènent sont rompus."
        )
        yield ContentError(
            departed.path,
            START,
            None,
            f"« {record.header.title} » {lost} Dites dans donnees/adresses.yaml où mène son "
            f"adresse : « - {{ancienne: {address}, vers: /…/}} », ou « vers: supprimé ».",
            Level.WARNING,
        )
