"""The links of contents to other sites, asked when an editor wants it, and remembered."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from plugins.build.progress import Stages
from plugins.build.publication import planned_site, told
from plugins.build.report import print_faults, print_line
from plugins.build.web_answers import Answer, Manners, Verdict, answers_of
from plugins.content.record import AnyRecord
from plugins.faults import ContentError, Level, Position, field_name, shorten
from plugins.library.addresses import absolute, is_reserved
from plugins.library.index import Index
from plugins.library.links import named_links
from plugins.models.fields import texts_in
from plugins.store import Store, store_of

_AGENT = "Passerelle/1.0 (link check; +{site}; {contact})"
_GOOD_FOR = {Verdict.FOUND: timedelta(days=7), Verdict.MOVED: timedelta(days=7)}
_BAD_FOR = timedelta(days=1)


def check(settings_file: Path, now: datetime) -> int:
    """Ask the sites to which published contents link; print what is to mend; return 0, or 1."""

    def run() -> None:
        planned = planned_site(settings_file)
        index, site = planned.published, planned.site
        links = external_links(index, urlsplit(site.url).hostname or "")
        agent = _AGENT.format(site=site.url, contact=index.contents.site.contact)
        with Stages().stage("Liens vers d’autres sites", len(links)) as stage:
            manners = Manners(agent, on_answer=stage.reach)
            answers = remembered(links, store_of(settings_file.parent), now, manners)
        print_faults(tuple(faults_of(links, answers)))
        for line in silent(links, answers):
            print_line(line)
        print_line(_summary(answers))

    return told(run)


@dataclass(frozen=True, slots=True)
class Mention:
    """A link of a content to another site: the name of its field, its place, its fragment."""

    record: AnyRecord
    field: str
    place: Position
    fragment: str


Links = Mapping[str, list[Mention]]


def external_links(index: Index, own_host: str) -> Links:
    """Return the addresses of other sites in published contents, each with its mentions.

    The names reserved for examples lead nowhere, and are left out.
    """
    found: dict[str, list[Mention]] = defaultdict(list)
    for record in index.published:
        for target, name, place in _targets(record):
            address, fragment = urldefrag(absolute("", target.strip()))
            parts = urlsplit(address)
            host = parts.hostname or ""
            is_asked = host and host != own_host and (_is_ip(host) or not is_reserved(host))
            if parts.scheme in {"http", "https"} and is_asked:
                found[address].append(Mention(record, name, place, fragment))
    return found


def _targets(record: AnyRecord) -> Iterator[tuple[str, str, Position]]:
    for name, link in named_links(record):
        if not link.is_image:
            yield link.target, name, link.position
    for path, text in texts_in(record.header):
        if text.startswith(("https://", "http://")):
            yield text, field_name(path) or "", record.locate(path)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def remembered(
    addresses: Iterable[str], store: Store, now: datetime, manners: Manners
) -> dict[str, Answer]:
    """Return what addresses lead to; an answer counts for a week, a silence for a day.

    `now` is the aware instant at which they are asked.
    """
    keys = {address: f"web:{hashlib.sha256(address.encode()).hexdigest()}" for address in addresses}
    kept = store.found(list(keys.values()))
    known: dict[str, Answer] = {}
    for address, key in keys.items():
        if key in kept:
            asked_at, verdict, said = json.loads(kept[key])
            answer = Answer(Verdict(verdict), said)
            if now - datetime.fromisoformat(asked_at) < _GOOD_FOR.get(answer.verdict, _BAD_FOR):
                known[address] = answer
    new = answers_of((address for address in keys if address not in known), manners)
    store.keep(
        {
            keys[address]: json.dumps((now.isoformat(), answer.verdict, answer.said)).encode()
            for address, answer in new.items()
        }
    )
    return {address: known.get(address) or new[address] for address in keys}


def faults_of(links: Links, answers: Mapping[str, Answer]) -> Iterator[ContentError]:
    """Yield a warning per mention of an address that is gone, was moved, or is not for readers."""
    for address, mentions in links.items():
        answer = answers[address]
        for mention in mentions:
            if message := _message(address, answer, mention.fragment):
                yield mention.record.error_at(mention.place, mention.field, message, Level.WARNING)


def _message(address: str, answer: Answer, fragment: str) -> str:
    match answer.verdict:
        case Verdict.GONE:
            return f"{shorten(address)} : {answer.said}. Corrigez ou retirez le lien."
        case Verdict.PRIVATE:
            return (
                f"{shorten(address)} est une adresse d’un réseau privé, que les lecteurs ne "
                "peuvent pas atteindre. Retirez le lien."
            )
        case Verdict.MOVED:
            new = f"{answer.said}#{fragment}" if fragment else answer.said
            return f"{shorten(address)} a changé d’adresse. Écrivez « {new} »."
        case _:
            return ""


def silent(links: Links, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Yield a line per address of which nothing can be said today, with its first place."""
    for address, mentions in links.items():
        answer = answers[address]
        if answer.verdict is Verdict.SILENT:
            first = mentions[0]
            place = f"{first.record.path.as_posix()}:{first.place.line}"
            yield f"N’a pas répondu : {address} ({answer.said}), dans {place}."


def _summary(answers: Mapping[str, Answer]) -> str:
    count = len(answers)
    if not count:
        return "Aucun lien vers un autre site."
    found = sum(answer.verdict is Verdict.FOUND for answer in answers.values())
    quiet = sum(answer.verdict is Verdict.SILENT for answer in answers.values())
    again = " (redemandées demain)" if quiet else ""
    some = f"{count} adresse{'s' if count > 1 else ''} d’autres sites"
    wrong = count - found - quiet
    return f"{some} : {found} en place, {wrong} à corriger, {quiet} sans réponse{again}."
