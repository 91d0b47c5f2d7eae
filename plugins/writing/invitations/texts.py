"""The words of an invitation: its title, its place, its meeting link, its text in Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
from markdownify import markdownify

from plugins.french.typography import clean, fold
from plugins.front_matter.document import FORBIDDEN

# What mail programs put before a title: that an event is cancelled, that a message is passed on.
_CANCELLED = re.compile(r"(?i)^(?:annulée?|annulation|cancell?ed)\s*:\s*")
_FORWARDED = re.compile(r"(?i)^(?:tr|fwd?)\s*:\s*")

# The bullet of a word processor, in a font of its own.
_WORD_BULLET = "\uf0b7"
_URL = r"https?://[^\s<>\"«»“”\x00-\x1f]+"
_MEETINGS = re.compile(
    r"(?i)https://(?:teams\.microsoft\.com/(?:l/meetup-join|meet)/|teams\.live\.com/meet/"
    r"|(?:[\w-]+\.)?zoom\.us/(?:j|w|s|my)/|meet\.google\.com/[a-z]{3}-|[\w-]+\.webex\.com/"
    r"|meet\.jit\.si/|(?:visio|webconf|webinaire)\.numerique\.gouv\.fr/.)\S*"
)
_LINK_PROPERTIES = (
    "CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-GOOGLE-CONFERENCE",
    "X-OPENPAAS-VIDEOCONFERENCE",
)
# Places that only say that there is none.
_ONLINE = re.compile(
    r"(?:(?:reunion|conference) )?(?:microsoft )?teams(?: meeting| live event)?"
    r"|(?:reunion )?(?:microsoft )?skype(?: entreprise| for business)?(?: meeting)?"
    r"|(?:reunion )?zoom(?: meeting)?|google meet|(?:en )?visio(?:-?conference)?"
    r"|a distance|en ligne|online|webinaire"
)
# What Teams and Google add to a text stands between two of these lines.
_RULE = re.compile(r"(?m)(^[ \t]*(?:\\?_){20,}[ \t]*$)")
_TEAMS = re.compile(r"(?i)teams\.(?:microsoft|live)\.com|JoinTeamsMeeting")
_OF_GOOGLE = re.compile(r"(?s)-::~:~::~[:~]*::-.*?-::~:~::~[:~]*::-")
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_TAGS = re.compile(r"(?i)</?(?:p|br|a|b|i|u|ul|ol|li|div|span|strong|em|html-blob|html)\b[^>]*>")


def properties(event: icalendar.Component, name: str) -> list[Any]:
    """Return the values of a property, which may stand several times."""
    found: Any = event.get(name, [])
    return found if isinstance(found, list) else [found]


def text_of(event: icalendar.Component, name: str) -> str:
    """Return the text of a property, cleaned; empty when there is none."""
    text = str(next(iter(properties(event, name)), "")).replace(_WORD_BULLET, "•")
    text = FORBIDDEN.sub("", clean(text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def title_of(event: icalendar.Component) -> str:
    """Return the title of an event, without what mail programs put before it."""
    return _CANCELLED.sub("", _FORWARDED.sub("", " ".join(text_of(event, "SUMMARY").split())))


def says_cancelled(event: icalendar.Component) -> bool:
    """Return True when the title says that the event is cancelled, as Outlook's does."""
    return bool(_CANCELLED.match(_FORWARDED.sub("", text_of(event, "SUMMARY"))))


@dataclass
class Place:
    """Where an event is held: a place, the link of a meeting, both; empty when not said."""

    name: str = ""
    link: str = ""
    is_online: bool = False

    @property
    def mode(self) -> str | None:
        """The way to take part, None when nothing tells it."""
        if self.name:
            return "hybride" if self.link or self.is_online else "présentiel"
        return "visio" if self.link or self.is_online else None


def place_of(event: icalendar.Component) -> Place:
    """Return the place of an event and the link of its meeting.

    A link in the text counts when it is that of a known service.
    """
    place = Place()
    names = []
    for part in re.split(r"\s*[;\n]\s*", text_of(event, "LOCATION")):
        urls = list(_urls(part))
        name = re.sub(rf"<?{_URL}>?", "", part).strip(" ,-–:()")
        if urls and not place.link:
            place.link = urls[0]
        if name and _ONLINE.fullmatch(fold(name)):
            place.is_online = True
        elif name:
            names.append(name)
    place.name = ", ".join(names)
    given = [url for name in _LINK_PROPERTIES for url in _values(event, name)]
    texts = (*given, *_urls(text_of(event, "DESCRIPTION")), *_urls(text_of(event, "X-ALT-DESC")))
    known = [url for url in (*texts, *_values(event, "URL")) if _MEETINGS.fullmatch(url)]
    place.link = next(iter([*given, *known]), "") or place.link
    return place


def _values(event: icalendar.Component, name: str) -> Iterator[str]:
    """Yield the web addresses of a property, which may stand several times."""
    for value in properties(event, name):
        if str(value).lower().startswith(("https://", "http://")):
            yield _direct(str(value).strip())


def _urls(text: str) -> Iterator[str]:
    for found in re.finditer(_URL, html.unescape(text)):
        yield _direct(found[0].rstrip(".,;:!?)"))


def _direct(url: str) -> str:
    """Return the address that a wrapper of Outlook or Google leads to, any other as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host, query = parts.hostname or "", parse_qs(parts.query)
    if host.endswith(".safelinks.protection.outlook.com") and "url" in query:
        return query["url"][0]
    if host in ("www.google.com", "google.com") and parts.path == "/url" and "q" in query:
        return query["q"][0]
    return url


@dataclass
class Body:
    """The text of an event in Markdown, and the mailboxes that stand in it."""

    text: str = ""
    mailboxes: list[str] = field(default_factory=list)


def body_of(event: icalendar.Component) -> Body:
    """Return the text of an event in Markdown, without what Teams and Google add to it."""
    written = text_of(event, "DESCRIPTION")
    if not written or _TAGS.search(written):
        text = _from_html(written or text_of(event, "X-ALT-DESC"))
    else:
        text = _from_plain(_without_additions(written))
    return Body(text, sorted(set(_MAILBOX.findall(text))))


def _without_additions(text: str) -> str:
    """Return a text without what Google puts between its signs, Teams below its first line."""
    first, *others = _RULE.split(_OF_GOOGLE.sub("", text))
    # Lines and what follows each, in pairs.
    pairs = zip(others[::2], others[1::2], strict=True)
    kept = [f"{rule}{part}" for rule, part in pairs if not _TEAMS.search(part) and part.strip()]
    return "".join([first, *kept])


_LINKS = re.compile(r"""(?i)(\bhref=)["'](https?://[^"'<>]*)["']""")


def _from_html(written: str) -> str:
    direct = _LINKS.sub(lambda m: f'{m[1]}"{_direct(html.unescape(m[2]))}"', written)
    text = _without_additions(
        markdownify(direct, heading_style="ATX", bullets="-", strip=["img", "style", "script"])
    )
    text = re.sub(r"(?m)^#+ (.*)$", r"**\1**", text)
    # A line of three bars would open a block.
    text = re.sub(r"(?m)^(\s*)/(?=//)", r"\1&#47;", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


_BULLET = re.compile(r"[-*•·–▪][ \t]+")
_DRAWN = re.compile(r"(?m)^[ \t]*([-_=*~#─━])\1{4,}[ \t]*$")
_SPECIAL = re.compile(r"[\\`*_\[\]{}]")
# What no backslash takes the meaning from.
_ENTITIES = {"<": "&lt;", "~": "&#126;", "^": "&#94;", "|": "&#124;", "=": "&#61;", "&": "&amp;"}
_WITH_MEANING = re.compile(r"<(?=[A-Za-z/!?])|(?<=\S)[~^](?=\S)|[|]|==+|&(?=#|\w+;)")
_AT_START = re.compile(r"#|[-+=:~](?=[-+=:~\s]|$)|>|/(?=//)|!(?=!!)|\?(?=\?\?)|[0-9]+[.)](?=\s|$)")


def _from_plain(written: str) -> str:
    """Return a plain text in Markdown: its paragraphs, lines and lists of dashes are kept.

    A line drawn with signs only parts paragraphs.
    """
    blocks = re.split(r"\n\s*\n", _DRAWN.sub("\n\n", written).strip())
    return "\n\n".join(filter(None, map(_paragraph, blocks)))


def _paragraph(block: str) -> str:
    lines: list[str] = []
    was_item = False
    for line in filter(None, map(str.strip, block.split("\n"))):
        bullet = _BULLET.match(line)
        if lines:
            lines.append("\n" if bullet and was_item else "\n\n" if bullet or was_item else "  \n")
        was_item = bool(bullet)
        lines.append(f"- {_escaped(line[bullet.end() :])}" if bullet else _escaped(line))
    return "".join(lines)


def _escaped(line: str) -> str:
    """Return a line whose signs mean nothing in Markdown; addresses become links."""
    parts = []
    done = 0
    for found in re.finditer(rf"<?(?P<url>{_URL})>?", line):
        url = found["url"].rstrip(".,;:!?)")
        parts += [_escaped_words(line[done : found.start()]), f"<{_direct(url)}>"]
        done = found.end() if found[0].endswith(">") else found.start("url") + len(url)
    text = "".join([*parts, _escaped_words(line[done:])])
    return _AT_START.sub(_escaped_start, text, count=1) if _AT_START.match(text) else text


def _escaped_words(words: str) -> str:
    named = _WITH_MEANING.sub(lambda m: "".join(_ENTITIES[sign] for sign in m[0]), words)
    return _SPECIAL.sub(r"\\\g<0>", named)


def _escaped_start(found: re.Match[str]) -> str:
    sign = found[0]
    if sign[-1] in ".)":
        return f"{sign[:-1]}\\{sign[-1]}"
    return f"\\{sign}" if sign in "#-+>!" else f"&#{ord(sign)};"
