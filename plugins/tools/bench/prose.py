"""French prose drawn at random: sentences, lists, tables, articles of about 330 words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from plugins.french.slugs import slugify
from plugins.tools.bench import vocabulary as words

FIRST_DAY = date(2014, 1, 6)
LAST_DAY = date(2024, 1, 5)
# A link to another article, to be written as each tool does: `[text](article:slug)`.
ARTICLE_LINK = "article:"
_FEWEST, _MOST = 225, 295  # words before the last section


@dataclass(frozen=True, slots=True)
class Article:
    """An article, with its text in Markdown; dates go up with the number."""

    number: int
    slug: str
    title: str
    date: date
    section: str
    summary: str
    themes: tuple[str, ...]
    body: str


def articles(count: int, seed: int) -> list[Article]:
    """Return articles with a title each, the oldest first."""
    rng = Random(f"articles {seed}")  # noqa: S311 - nothing secret
    titles = _titles(count, rng)
    slugs = [f"{slugify(title)[:60].strip('-')}-{n + 1}" for n, title in enumerate(titles)]
    days = (LAST_DAY - FIRST_DAY).days
    return [
        Article(
            number=n + 1,
            slug=slugs[n],
            title=title,
            date=FIRST_DAY + timedelta(days=days * (n + 1) // count),
            section=rng.choice(words.SECTIONS),
            summary=f"{line(rng)} {_short(rng)}",
            themes=tuple(rng.sample(words.THEMES, rng.randint(1, 3))),
            body=_body(rng, n, titles, slugs),
        )
        for n, title in enumerate(titles)
    ]


def line(rng: Random) -> str:
    """Return a sentence for a header: no sign of Markdown, no colon."""
    opener, end = _pick(rng, words.OPENERS), _pick(rng, words.COMPLEMENTS)
    return f"{opener}, {_clause(rng)} {end}."


def sentence(rng: Random) -> str:
    """Return a sentence of any kind."""
    return _SENTENCES[int(rng.random() * len(_SENTENCES))](rng)


def paragraph(rng: Random, sentences: int = 4) -> str:
    """Return sentences, one of them in bold at times."""
    said = [sentence(rng) for _ in range(sentences)]
    if rng.random() < 0.4:
        said.insert(1, f"**{_pick(rng, words.STRESSED).capitalize()}.**")
    return " ".join(said)


def bullets(rng: Random, count: int = 3) -> str:
    """Return a list of Markdown."""
    items = rng.sample(words.ITEMS, count)
    return "".join(f"- {item} ;\n" for item in items[:-1]) + f"- {items[-1]}."


def table(rng: Random) -> str:
    """Return a table of Markdown: three measures, two years."""
    year = rng.randint(2016, 2022)
    rows = (
        f"| {name} | {rng.randint(2, 400)} | {rng.randint(2, 400)} |"
        for name in rng.sample(words.MEASURED, 3)
    )
    head = f"| Indicateur | {year} | {year + 1} |\n| --- | ---: | ---: |"
    return "\n".join((head, *rows))


def _titles(count: int, rng: Random) -> list[str]:
    """Return titles without a double: what is drawn twice is numbered."""
    seen: dict[str, int] = {}
    titles = []
    for _ in range(count):
        topic, town = _pick(rng, words.TOPICS), _pick(rng, words.TOWNS)
        title = f"{_upper(topic)} à {town} : {_pick(rng, words.ANGLES)}"
        seen[title] = seen.get(title, 0) + 1
        titles.append(f"{title} ({seen[title]})" if seen[title] > 1 else title)
    return titles


def _body(rng: Random, number: int, titles: Sequence[str], slugs: Sequence[str]) -> str:
    parts = [paragraph(rng, 3)]
    headings = rng.sample(words.HEADINGS, 6)
    wanted = rng.randint(_FEWEST, _MOST)
    has_table = rng.random() < 0.25
    while headings and sum(part.count(" ") for part in parts) < wanted:
        parts += (f"## {headings.pop()}", paragraph(rng))
        if len(parts) == 3:
            parts.append(bullets(rng))
        elif has_table and len(parts) == 6:
            parts.append(table(rng))
        else:
            parts.append(paragraph(rng, 2))
    links = [
        f"[{titles[other]}]({ARTICLE_LINK}{slugs[other]})"
        for other in rng.sample(range(number), min(number, rng.randint(1, 3)))
    ]
    if links:
        parts.append(f"À lire aussi : {' ; '.join(links)}.")
    return "\n\n".join(parts) + "\n"


def _plain(rng: Random) -> str:
    return f"{_upper(_clause(rng))} {_pick(rng, words.COMPLEMENTS)}."


def _short(rng: Random) -> str:
    return f"{_upper(_pick(rng, words.ASIDES))}."


def _explained(rng: Random) -> str:
    return f"{_upper(_clause(rng))} : {_pick(rng, words.ASIDES)}, et *{_pick(rng, words.ASIDES)}*."


def _quoted(rng: Random) -> str:
    return f"« {_pick(rng, words.SAYINGS)} ! », {_pick(rng, words.SPEAKERS)}."


def _typed(rng: Random) -> str:
    """Return a sentence as one types it: straight quotes, no space before the semicolon."""
    return f'{_upper(_clause(rng))}; le mot d\'ordre, "{_pick(rng, words.INFINITIVES)}", demeure.'


def _asked(rng: Random) -> str:
    return f"Faut-il {_pick(rng, words.INFINITIVES)} ? {_pick(rng, words.ANSWERS)}."


def _counted(rng: Random) -> str:
    many, share = rng.randint(1_000, 60_000), rng.randint(2, 60)
    return (
        f"On compte {many:,} {_pick(rng, words.COUNTED)}, soit {share} % de plus qu'en "
        f"{rng.randint(2008, 2022)}."
    ).replace(",", " ", 1)


def _dated(rng: Random) -> str:
    month, year = _pick(rng, words.MONTHS), rng.randint(2015, 2023)
    return (
        f"Le {rng.randint(2, 28)} {month} {year}, {_clause(rng)} à {_pick(rng, words.TOWNS)}, "
        f"{_pick(rng, words.COMPLEMENTS)}."
    )


_SENTENCES = (
    *(_plain, _plain, _plain, line, line, line, _explained, _explained),
    *(_quoted, _typed, _asked, _counted, _dated),
)


def _clause(rng: Random) -> str:
    subject, verb = _pick(rng, words.SUBJECTS), _pick(rng, words.VERBS)
    return f"{subject} {verb} {_pick(rng, words.OBJECTS)}"


def _pick(rng: Random, choices: Sequence[str]) -> str:
    """Return one of the choices: `Random.choice` takes three times as long."""
    return choices[int(rng.random() * len(choices))]


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
