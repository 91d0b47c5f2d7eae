"""Drawings (SVG): their size, and whether they hold nothing but a drawing."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from plugins.faults import shorten


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MOST_BYTES = 5_000_000
# Elements drawn, those that references draw again counted each time.
_MOST_DRAWN = 200_000
# Wider than any column of text, in CSS pixels.
_WIDEST = 1200
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
# What drawing programs note for themselves: the author, folders of a computer. It draws nothing.
_NOTES = {
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
}
# SVG 2, less what runs, moves or embeds something else.
_ELEMENTS = _words(
    """
    a circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern
    polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan
    use view filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
    """
)
_LENGTHS = _words(
    """
    cx cy dx dy fr fx fy height markerHeight markerWidth offset r refX refY rx ry stroke-width
    width x x1 x2 y y1 y2
    """
)
_PRESENTATION = _LENGTHS | _words(
    """
    alignment-baseline amplitude azimuth baseFrequency baseline-shift bias clip-path clip-rule
    clipPathUnits color color-interpolation color-interpolation-filters color-rendering d
    diffuseConstant direction display divisor dominant-baseline edgeMode elevation
    enable-background exponent fill fill-opacity fill-rule filter filterUnits flood-color
    flood-opacity font font-family font-feature-settings font-size font-size-adjust font-stretch
    font-style font-variant font-weight gradientTransform gradientUnits image-rendering in in2
    intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning lengthAdjust letter-spacing
    lighting-color limitingConeAngle line-height marker marker-end marker-mid marker-start
    markerUnits mask mask-type maskContentUnits maskUnits method mode numOctaves opacity operator
    order orient overflow paint-order pathLength patternContentUnits patternTransform patternUnits
    pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
    primitiveUnits radius result rotate scale seed shape-rendering side slope spacing
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color
    stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity style surfaceScale tableValues targetX targetY text-align
    text-anchor text-decoration text-orientation text-rendering textLength transform transform-box
    transform-origin type unicode-bidi values vector-effect viewBox visibility white-space
    word-spacing writing-mode xChannelSelector yChannelSelector z
    """
)
# Words: nothing reads them as anything else.
_WORDS = _words(
    """
    baseProfile class contentScriptType contentStyleType id lang media rel role space
    systemLanguage tabindex target title version zoomAndPan
    """
)
_WORD_STARTS = ("aria-", "data-")
_FUNCTIONS = _words(
    """
    format media supports
    blur brightness calc circle clamp color contrast cubic-bezier drop-shadow ellipse grayscale
    hsl hsla hue-rotate inset invert lab lch matrix matrix3d max min not is where nth-child oklab
    oklch opacity path polygon rgb rgba rotate saturate scale scalex scaley sepia skew skewx skewy
    translate translatex translatey url var and or
    """
)
_AT_RULES = {"font-face", "media", "supports"}
_FUNCTION = re.compile(r"([\w-]+)\(")
_AT_RULE = re.compile(r"@([\w-]*)")
_CALL = re.compile(r"url\(", re.IGNORECASE)
_TARGET = re.compile(
    r"url\(\s*(?P<quote>['\"]?)\s*(?:#[^'\"()\s]+"
    r"|data:(?:font/|application/(?:x-)?font)[^'\"()\s]*)"
    r"\s*(?P=quote)\s*\)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"""url\(\s*['"]?#([^'"()\s]+)""", re.IGNORECASE)
_PICTURE = re.compile(r"(?:href=|url\(\s*['\"]?)\s*data:image/(?!svg)", re.IGNORECASE)
_PAGES = {"http", "https", "mailto"}
_STYLE_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_PLAIN_DOCTYPE = re.compile(
    r'<!DOCTYPE\s+svg(?:\s+PUBLIC\s+"-//W3C//DTD SVG [^"<>\[\]]*"\s+"[^"<>\[\]]*")?\s*>'
)
_ENCODING = re.compile(r"\s*<\?xml[^>]*?\sencoding\s*=\s*['\"]([^'\"]*)")
_ENCODINGS = {"utf-8", "us-ascii"}
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_NUMBERS = re.compile(_NUMBER)
_UNIT_NUMBER = re.compile(rf"{_NUMBER}(?:[a-zA-Z]{{1,4}}|%)?")
_KEYWORDS = {"auto", "inherit", "auto-start-reverse", "center", "left", "right", "top", "bottom"}
_BETWEEN = re.compile(r"[\s,]*")
_COMMANDS = re.compile(r"(?:[MmLlHhVvCcSsQqTtAaZz]|[\s,])*")
_STEP = re.compile(r"([a-df-zA-DF-Z])([^a-df-zA-DF-Z]*)")
# The numbers of each command (SVG 2, 9.3); the flags of an arc may be written without a space.
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 1, "Z": 0}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(px|in|cm|mm|pt|pc)?\s*", re.IGNORECASE)
# CSS Values and Units, 6.2: lengths in CSS pixels.
_UNITS = {"px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16}


def read_drawing(path: Path) -> etree._Element | None:
    """Return the `svg` element of a file, None when the file is missing or not a drawing.

    The file is read as UTF-8, whatever encoding it declares, because resvg draws it so.
    """
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError, ValueError):
        return None
    return root if _name(root) == "svg" else None


def drawing_objection(path: Path) -> str | None:
    """Return in French why a drawing cannot be published, and the remedy; None for a sound one.

    The sentence follows the name of the file.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            return "pèse plus de 5\u00a0Mo. Simplifiez ses tracés, ou exportez-le en PNG."
        root = read_drawing(path)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        root = None
    if root is None or etree.QName(root).namespace != _SVG:
        return "n’est pas un dessin SVG lisible. Enregistrez-le de nouveau."
    part = _refused_part(root, text)
    if part is None:
        return _ENDLESS if _is_endless(root) else None
    if _PICTURE.search(part):
        # It may hold a position or an author, or take all the memory.
        return (
            "contient une photographie, dont le lieu ou l’auteur partiraient avec lui. "
            "Exportez le tout en PNG, ou retirez la photographie."
        )
    return (
        f"contient {shorten(part)}, qui n’est pas permis dans un dessin publié. Exportez-le "
        "en « SVG simple » : ni programme, ni animation, ni appel à un autre fichier."
    )


_ENDLESS = (
    "n’a pas de fin : une de ses parties se répète elle-même, ou trop de fois. Exportez-le en PNG."
)


def _refused_part(root: etree._Element, text: str) -> str | None:
    """Return what a drawing holds beside a drawing, as it is written.

    Only known elements, attributes and functions are sound: those that draw, and read nothing
    beside the drawing itself. Values that WeasyPrint cannot end with are refused too.
    """
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in _ENCODINGS:
        # Browsers would read other signs than we do.
        return f"encoding={declared[1]}"
    if len(_DOCTYPE.findall(text)) > len(_PLAIN_DOCTYPE.findall(text)):
        return "<!DOCTYPE … [ … ]>"
    for notes in list(root.iter(f"{{{_SVG}}}metadata")):
        if (parent := notes.getparent()) is not None:
            if _name(parent) == "style":
                return "style"
            parent.remove(notes)  # as in `without_notes`
    nodes = (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings())
    return next((part for node in nodes if (part := _refused_in(node))), None)


def without_notes(path: Path) -> bytes:
    """Return a sound drawing without comments and without what a program notes for itself."""
    root = read_drawing(path)
    assert root is not None
    data = path.read_bytes()
    notes = [node for node in root.iter() if _is_note(node) or _name(node) == "metadata"]
    own = [(n, key) for n in root.iter() for key in n.attrib if _namespace(key) in _NOTES]
    if not notes and not own and b"<!--" not in data:
        return data
    for node, key in own:
        del node.attrib[key]
    for node in notes:
        if (parent := node.getparent()) is not None:
            parent.remove(node)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _namespace(name: str | bytes) -> str | None:
    return etree.QName(name).namespace


def _is_note(node: etree._Element) -> bool:
    return isinstance(node.tag, str) and _namespace(node.tag) in _NOTES


def _refused_in(node: etree._Element) -> str | None:
    if not isinstance(node.tag, str):
        # A processing instruction may call a style sheet.
        return f"<?{getattr(node, 'target', '')}"
    if _is_note(node):
        return None
    name = _name(node)
    if _namespace(node.tag) != _SVG or name not in _ELEMENTS:
        return name
    if name == "style":
        style = "".join(map(str, node.itertext()))
        # Browsers leave out the words of an element in it, and would read another style.
        if len(node) or not _is_sound_style(style):
            found = _PICTURE.search(style)
            return found[0] if found else "style"
    return next(
        (
            f"{_short(key)}={str(value).strip()}"
            for key, value in node.attrib.items()
            if not _is_sound(name, str(key), str(value))
        ),
        None,
    )


def _short(key: str | bytes) -> str:
    return etree.QName(key).localname


def _is_sound(element: str, key: str, value: str) -> bool:
    space, name = _namespace(key), _short(key)
    if space in _NOTES:
        return True
    if name == "href" and space in {None, _XLINK}:
        return _is_sound_target(element, value.strip())
    if space == _XLINK:
        return name in {"actuate", "arcrole", "role", "show", "title", "type"}
    if space == _XML:
        return name in {"lang", "space", "id"}
    if space is not None:
        return False
    if name in _WORDS or name.startswith(_WORD_STARTS):
        return True
    return name in _PRESENTATION and _is_sound_value(name, value)


def _is_sound_target(element: str, target: str) -> bool:
    if not target or target.startswith("#"):
        return True
    if element == "a":
        return urlsplit(target).scheme in _PAGES
    # A picture embedded in the drawing would need checks of its own.
    return False


def _is_sound_value(name: str, value: str) -> bool:
    if name == "d":
        return _is_sound_path(value)
    if name == "viewBox":
        return _holds_numbers(value) and len(_NUMBERS.findall(value)) == 4
    if name == "points":
        return _holds_numbers(value) and len(_NUMBERS.findall(value)) % 2 == 0
    if name in _LENGTHS and "(" not in value:
        return value.strip() in _KEYWORDS or _holds_numbers(value)
    return _is_sound_style(value)


def _holds_numbers(value: str) -> bool:
    return bool(_BETWEEN.fullmatch(_UNIT_NUMBER.sub(" ", value)))


def _is_sound_path(path: str) -> bool:
    """Return True for a path by the grammar: WeasyPrint never ends with « Z 1 »."""
    if not _COMMANDS.fullmatch(_NUMBERS.sub(" ", path)) or path.strip()[:1] not in {"", "M", "m"}:
        return False
    for command, rest in _STEP.findall(path):
        numbers, arity = len(_NUMBERS.findall(rest)), _ARITY[command.upper()]
        if numbers % arity or not numbers if arity else numbers:
            return False
    return True


def _is_sound_style(style: str) -> bool:
    style = _unescaped(style)
    return (
        {name.lower() for name in _FUNCTION.findall(style)} <= _FUNCTIONS
        and {name.lower() for name in _AT_RULE.findall(style)} <= _AT_RULES
        and len(_CALL.findall(style)) == len(_TARGET.findall(style))
    )


def _is_endless(root: etree._Element) -> bool:
    """Return True for a drawing that its references to itself make endless, or nearly so."""
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    named = {node.get("id"): node for node in nodes if node.get("id")}
    drawn: dict[etree._Element, int] = {}

    def weigh(node: etree._Element) -> int:
        if node not in drawn:
            drawn[node] = _MOST_DRAWN + 1  # until all of it is known: it may call itself
            called = [named[name] for name in _references(node) if name in named]
            children = [child for child in node if isinstance(child.tag, str)]
            drawn[node] = 1 + sum(map(weigh, (*children, *called)))
        return drawn[node]

    try:
        return weigh(root) > _MOST_DRAWN
    except RecursionError:
        return True


def _references(node: etree._Element) -> Iterator[str]:
    """Yield the ids of what an element draws again; a link draws nothing."""
    for key, value in node.attrib.items():
        if _short(key) == "href" and _name(node) != "a":
            yield str(value).strip().removeprefix("#")
        elif "url(" in value:
            yield from _REFERENCE.findall(str(value))


def _unescaped(style: str) -> str:
    """Return a style with its CSS escapes decoded."""
    return _STYLE_ESCAPE.sub(
        lambda found: chr(int(found[1], 16) % 0x110000) if found[1] else found[2], style
    )


def drawing_size(root: etree._Element) -> tuple[int, int] | None:
    """Return the width and height of a drawing in CSS pixels, None when both are missing.

    A drawing with only a `viewBox` fills its column.
    """
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = _box(root)
    if box and not (width and height):
        if not width:
            width = height * box[0] / box[1] if height else _WIDEST
        height = width * box[1] / box[0]
    return (max(1, round(width)), max(1, round(height))) if width and height else None


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _length(value: str | None) -> float | None:
    """Return a length in CSS pixels, None for a percentage or a missing one."""
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * _UNITS[(found[2] or "px").lower()] if found else None


def _box(root: etree._Element) -> tuple[float, float] | None:
    """Return the width and height of a `viewBox`, in its own units."""
    numbers = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        _, _, width, height = map(float, numbers)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
