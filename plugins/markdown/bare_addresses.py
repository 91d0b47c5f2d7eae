"""Addresses written as they are in a text, of the web or of mailboxes, made links."""

import html as html_entities
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

_WEB = (
    r"(?i)(?<![\w/@.])(?:https?://|www\.)"
    r"(?:[^\s<>()\[\]\"«»“”`\x02\x03]|\([^\s<>()\[\]\"«»“”`\x02\x03]{0,80}\))+"
)
_MAILBOX = r"(?<![\w.+%/@-])[\w+%-][\w.+%-]{0,63}@(?:[\w-]{1,63}\.)+[A-Za-z]{2,63}(?![\w@-])"
_HOST = re.compile(r"(?i)(?:https?://|www\.)[\w-]{1,63}(?:\.[\w-]{1,63})*(?::\d+)?(?:[/?#]|$)")
# What ends a sentence, or closes emphasis, is no part of the address before it.
_AFTER = ".,;:!?…'’*_~|"
# Markdown's own links, code and `<https://…>` are taken before, its raw HTML after.
_PRIORITY = 95


class BareAddresses(Extension):
    """Makes `www.exemple.fr`, `https://exemple.fr` and `nom@exemple.fr` links.

    pymdownx.magiclink takes a time that grows with the square of the text, and links inside links.
    """

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Look for addresses where no link, code nor tag is."""
        md.inlinePatterns.register(_Addresses(_WEB, md, _site), "passerelle-web", _PRIORITY)
        md.inlinePatterns.register(
            _Addresses(_MAILBOX, md, _mailbox), "passerelle-mail", _PRIORITY - 1
        )


class _Addresses(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(
        self, pattern: str, md: markdown.Markdown, target: Callable[[str], str | None]
    ) -> None:
        """Make links of what `target` says leads somewhere: None when it is no address."""
        super().__init__(pattern, md)
        self._target = target

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return a link, and the place that it takes."""
        written = m[0].rstrip(_AFTER)
        target = self._target(written)
        if not target or _is_in_tag_or_link(data[: m.start()]):
            return None, None, None
        link = Element("a", {"href": html_entities.unescape(target)})
        link.text = AtomicString(html_entities.unescape(written))
        return link, m.start(), m.start() + len(written)


def _site(written: str) -> str | None:
    if not _HOST.match(written):
        return None
    return f"https://{written}" if written[:4].lower() == "www." else written


def _mailbox(written: str) -> str:
    return f"mailto:{written}"


def _is_in_tag_or_link(before: str) -> bool:
    """Tell whether raw HTML, above a place, has opened a tag or a link that it has not closed."""
    opened = before.rfind("<")
    is_tag = opened > before.rfind(">") and re.match(r"</?[a-zA-Z]", before[opened:])
    lowered = before.lower()
    return bool(is_tag) or lowered.rfind("<a ") > lowered.rfind("</a")
