"""All the checks of the contents, as of the day of an index."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from plugins.checks.contradictions import find as find_contradictions
from plugins.checks.documents import check_documents
from plugins.checks.event_facts import event_facts
from plugins.checks.mailboxes import mailboxes, mailboxes_of_site
from plugins.checks.oversights import FAR, oversights, oversights_of_day, unused_texts
from plugins.checks.pictures import check_positions, picture_oversights
from plugins.checks.references import (
    check as check_references,
    check_addresses,
    check_links,
    check_unique,
)
from plugins.checks.twins import same_texts, same_titles
from plugins.checks.wording import wording
from plugins.checks.written_facts import written_facts
from plugins.content.record import AnyRecord, has_header
from plugins.faults import ContentError, Level, as_warning
from plugins.library.index import Index
from plugins.library.reuse import Reuse, made_anew
from plugins.library.selection import appears, has_expired
from plugins.models import EventHeader, Header, PortraitHeader
from plugins.models.fields import Status

Check = Callable[[AnyRecord, Index], Iterable[ContentError]]


def check_contents(
    index: Index, reserved: Mapping[str, str], reuse: Reuse = made_anew
) -> Iterator[ContentError]:
    """Yield every fault that can be found without the plan.

    `reserved` maps the addresses of the site's own pages to their French names. A draft may be
    unfinished: its faults are warnings.
    """

    def told(record: AnyRecord, check: Check) -> tuple[ContentError, ...]:
        texts = partial(index.texts_of, record)
        return reuse(f"faults of {record.path}", lambda: tuple(check(record, index)), texts)

    yield from index.contents.faults
    yield from reuse("faults of the site", lambda: tuple(_check_site(index, reserved)))
    for record in index.published:
        yield from told(record, _check_published)
    for record in index.broken:
        yield from told(record, _check_broken)
    for record in index.unpublished:
        yield from told(record, _check_unpublished)
    yield from find_contradictions(index)


def _check_site(index: Index, reserved: Mapping[str, str]) -> Iterator[ContentError]:
    """Yield the faults that the words of the texts do not shape."""
    yield from mailboxes_of_site(index.contents)
    yield from check_unique([*index.published, *index.unpublished], reserved)
    yield from check_positions(index)
    yield from check_documents(index)


def check_leftovers(index: Index, reuse: Reuse = made_anew) -> Iterator[ContentError]:
    """Yield the contents that repeat others, and the texts that no content leads to."""
    yield from reuse("unused texts", lambda: tuple(unused_texts(index)))
    yield from reuse("same titles", lambda: tuple(same_titles(index)))
    yield from same_texts(index)


def _check_published(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    yield from record.text_faults()
    yield from check_references(record, index)
    yield from oversights_of_day(record, index)
    yield from _wording_advice(record, index)
    yield from _header_advice(record, index)


def _wording_advice(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield the advice about the words of a content, whatever its header lacks."""
    yield from mailboxes(record)
    yield from wording(record, index)


def _header_advice(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield the advice that a whole header allows, published or not."""
    yield from oversights(record, index)
    yield from picture_oversights(record, index)
    yield from written_facts(record, index)
    if has_header(record, EventHeader):
        yield from event_facts(record, index)


def _check_broken(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    yield from record.faults
    yield from record.text_faults()
    yield from check_references(record, index)


def _check_unpublished(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    yield from map(as_warning, (*record.faults, *record.text_faults()))
    yield from _surprisingly_unpublished(record, index)
    if not _is_being_written(record, index):
        return
    yield from _wording_advice(record, index)
    if not record.faults:
        yield from _header_advice(record, index)


def _is_being_written(record: AnyRecord, index: Index) -> bool:
    """Return True for a draft, or what is to come: its author can still heed advice in time."""
    header = record.header
    if isinstance(header, PortraitHeader) and not header.consent:
        return False
    return not has_expired(header, index.now)


def check_plan(
    index: Index, planned: Sequence[str], reserved: Mapping[str, str], reuse: Reuse = made_anew
) -> Iterator[ContentError]:
    """Yield the faults found with the whole plan: broken links, addresses taken twice.

    `planned` are the addresses of every page and file, unquoted.
    """
    known = {*planned, *(f"/{path}" for path in index.contents.static)}
    known |= {record.address for record in index.broken}
    among = hashlib.sha256("\n".join(planned).encode()).hexdigest()
    for record in (*index.published, *index.broken):
        name = f"links of {record.path} among {among}"
        check = partial(_links_checked, record, index, known)
        yield from reuse(name, check, partial(index.texts_of, record))
    own = [address for address in planned if address not in reserved]
    check_own = partial(_addresses_checked, index, own)
    yield from reuse(f"faults of addresses among {among}", check_own)


def _links_checked(
    record: AnyRecord, index: Index, known: Collection[str]
) -> tuple[ContentError, ...]:
    return tuple(check_links(record, index, known))


def _addresses_checked(index: Index, planned: list[str]) -> tuple[ContentError, ...]:
    return tuple(check_addresses(index, planned))


def check_coming(index: Index) -> Iterator[ContentError]:
    """Yield, as warnings, the faults that would stop the publication on a day to come.

    The index of each day on which a content is to be published is made from the same records.
    """
    days: dict[datetime, list[AnyRecord]] = {}
    for record in index.unpublished:
        if day := _day(record.header, index.now):
            days.setdefault(day, []).append(record)
    for day in sorted(days):
        ahead = index.at(day)
        for record in days[day]:
            faults = (
                *record.text_faults(),
                *check_references(record, ahead),
                *check_links(record, ahead, None),
            )
            yield from (as_warning(fault) for fault in faults if fault.level is Level.ERROR)


def _day(header: Header, now: datetime) -> datetime | None:
    if header.status is Status.DRAFT or has_expired(header, now):
        return None
    day = appears(header)
    return day if day and day > now else None


def _surprisingly_unpublished(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning for an unpublished content whose author may believe it published."""
    header, day = record.header, appears(record.header)
    if isinstance(header, PortraitHeader) and not header.consent:
        yield record.error(
            ("consentement",),
            "le portrait n’est pas publié : la personne n’a pas donné son accord. Écrivez « oui » "
            "quand vous l’aurez.",
            Level.WARNING,
        )
    elif header.status is not Status.PUBLISHED:
        return
    elif header.expires_on and day and header.expires_on.day < day.date():
        yield record.error(
            ("expire_le",),
            f"{header.expires_on.day} précède la parution ({day.date()}) : le contenu ne "
            "paraîtrait jamais. Vérifiez les deux dates.",
            Level.WARNING,
        )
    elif day and (day - index.now).days > FAR:
        is_date = bool(header.date and header.date.instant == day)
        yield record.error(
            ("date",) if is_date else ("publier_le",),
            f"{day.date()} est dans {day.year - index.today.year} ans : le contenu n’est pas "
            "publié d’ici là. Vérifiez l’année.",
            Level.WARNING,
        )
    elif header.expires_on and has_expired(header, index.now):
        yield record.error(
            ("expire_le",),
            f"{header.expires_on.day.isoformat()} est passé : le contenu n’est plus publié. "
            "Retirez le fichier, ou prolongez la date.",
            Level.WARNING,
        )
