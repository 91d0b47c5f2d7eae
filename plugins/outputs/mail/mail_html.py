"""The HTML of an e-mail: MJML compiled to tables that every client lays out, styles put in line."""

import re

from css_inline import CSSInliner
from mjml import mjml2html

_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
# What screen readers say of the whole message.
_ROLE = re.compile(r'(<div aria-label="[^"]*" aria-roledescription=)"email"')
_HEAD_END = "</head>"
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_CLASS_NAME = re.compile(r"\.([a-z][\w-]*)")
# Only within a tag: the letter's text may hold the same words.
_CLASSES = re.compile(r'(<[a-z][^<>]*?) class="([^"]*)"')
_ID = re.compile(r'(<[a-z][^<>]*?) id="[^"]*"')


def to_mail_html(mjml: str, inline_css: str, head_css: str) -> str:
    """Return a whole HTML document, its styles in line.

    `inline_css` goes element by element into `style` attributes, which every client reads; what
    is enhancement alone (dark scheme, narrow screens) is `head_css`, in the head. No remote font
    is named. Raises ValueError when the MJML is not well formed.
    """
    compiled = mjml2html(mjml, disable_comments=False, fonts={})
    compiled = _ROLE.sub(r'\1"courriel"', compiled, count=1)
    inliner = CSSInliner(
        inline_style_tags=False,
        keep_style_tags=True,
        load_remote_stylesheets=False,
        extra_css=inline_css,
    )
    html = inliner.inline(_BETWEEN_TAGS.sub(">\n<", compiled))
    style = f'<style type="text/css">\n{head_css.strip()}\n</style>'
    return _lightened(html.replace(_HEAD_END, style + _HEAD_END, 1))


def _lightened(html: str) -> str:
    """Return the document without the classes and ids that no style and no link of it names."""
    styles = "".join(_STYLE.findall(html))
    known = set(_CLASS_NAME.findall(styles))

    def kept(match: re.Match[str]) -> str:
        names = [name for name in match[2].split() if name in known]
        return f'{match[1]} class="{" ".join(names)}"' if names else match[1]

    return _ID.sub(r"\1", _CLASSES.sub(kept, html))
