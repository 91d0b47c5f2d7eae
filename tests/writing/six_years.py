"""Six years of a community, drawn from a seed: what was written before each quarter's letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from plugins.dates.moments import PARIS

FIRST_YEAR, YEARS = 2019, 6
# Quarters, by their rank, in which more was written than an e-mail holds in its usual form.
BUSY = {5: 10, 9: 15, 17: 60}
GROUPS = ("achats", "climat", "emploi", "mobilite", "numerique")
_STATES = ("à lancer", "lancé", "terminé")
_SUBJECTS = ("l'eau", "le climat", "les métiers", "le numérique", "les achats", "la mobilité")
_TOWNS = ("Lyon", "Lille", "Brest", "Nantes", "Dijon", "Metz", "Pau", "Tours")


@dataclass(frozen=True)
class Event:
    """An event as its file states it: its days, a hour, how one registers, whether it is off."""

    name: str
    title: str
    days: tuple[date, ...]
    group: str | None
    deadline: date | None = None
    is_cancelled: bool = False

    @property
    def path(self) -> str:
        return f"evenements/{self.name}.md"

    @property
    def text(self) -> str:
        lines = [f'titre: "{self.title}"', "resume: Une rencontre.", "modalite: à définir"]
        if len(self.days) == 1:
            lines.append(f"debut: {self.days[0]} 14:00")
        else:
            lines.append("seances:")
            lines += [f"  - debut: {day} 14:00" for day in self.days]
        if self.group:
            lines.append(f"collectif: {self.group}")
        if self.deadline:
            lines.append(f"inscription:\n  contact: a@reseau.example\n  avant_le: {self.deadline}")
        if self.is_cancelled:
            lines.append("statut_evenement: annulé")
        return "---\n{}\n---\nLe programme de {}.\n".format("\n".join(lines), self.name)


@dataclass(frozen=True)
class Article:
    """An article, its day and the event that it reports."""

    name: str
    title: str
    day: date
    group: str | None
    event: str | None

    @property
    def path(self) -> str:
        return f"articles/{self.name}.md"

    @property
    def text(self) -> str:
        lines = [f'titre: "{self.title}"', "resume: Ce qui s'est dit.", f"date: {self.day}"]
        if self.group:
            lines.append(f"collectifs: [{self.group}]")
        if self.event:
            lines.append(f"evenement: {self.event}")
        return "---\n{}\n---\nLe récit de {}.\n".format("\n".join(lines), self.name)


@dataclass
class World:
    """What the files state at one time."""

    events: dict[str, Event] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Quarter:
    """What happened before an issue: the files written, and what the issue has to tell of it.

    `moved` are the events of which a day that was announced does not hold any more.
    """

    rank: int
    day: date
    files: dict[str, str]
    articles: frozenset[str]
    moved: frozenset[str]
    states: frozenset[str]

    @property
    def now(self) -> datetime:
        return datetime.combine(self.day, time(9), PARIS)


def quarters(world: World, seed: int = 1) -> Iterator[Quarter]:
    """Yield the quarters; `world` is then as it was on the day of each issue."""
    rng = Random(seed)  # noqa: S311 - nothing secret
    before = date(FIRST_YEAR - 1, 10, 4)
    for rank in range(4 * YEARS):
        day = date(FIRST_YEAR + rank // 4, 1 + 3 * (rank % 4), rng.randint(2, 9))
        yield _quarter(rank, (before, day), world, rng)
        before = day


def _quarter(rank: int, days: tuple[date, date], world: World, rng: Random) -> Quarter:
    before, day = days
    files: dict[str, str] = {}
    moved = _move(day, world, rng)
    changed = _change_groups(rank, world, rng)
    many = BUSY.get(rank, rng.randint(2, 6))
    for number in range(many):
        event = _event(f"rencontre-{rank}-{number}", day, rng)
        world.events[event.name] = event
        files[event.path] = event.text
    articles = {}
    for number in range(many if rank else 4):
        written = day - timedelta(days=rng.randrange((day - before).days if rank else 25))
        # One is of the very day of the last issue, after it was sent.
        written = before if rank and number == 1 else written
        article = _article(f"article-{rank}-{number}", written, world, rng)
        articles[article.name] = article
        files[article.path] = article.text
    world.articles |= articles
    files |= {world.events[name].path: world.events[name].text for name in moved}
    files |= {f"collectifs/{name}.md": _group(name, world.states[name]) for name in changed}
    return Quarter(rank, day, files, frozenset(articles), frozenset(moved), frozenset(changed))


def _event(name: str, day: date, rng: Random) -> Event:
    first = day + timedelta(days=rng.randrange(160))
    more = rng.choice((0, 0, 0, 1, 2, 11))
    days = tuple(first + timedelta(days=7 * week) for week in range(more + 1))
    deadline = first - timedelta(days=rng.randint(5, 40)) if rng.random() < 0.4 else None
    group = rng.choice((None, *GROUPS))
    title = f"Rencontre sur {rng.choice(_SUBJECTS)}, à {rng.choice(_TOWNS)} ({name})"
    return Event(name, title, days, group, deadline)


def _article(name: str, day: date, world: World, rng: Random) -> Article:
    past = sorted(n for n, event in world.events.items() if event.days[-1] < day)
    event = rng.choice(past) if past and rng.random() < 0.5 else None
    title = f"Ce que change {rng.choice(_SUBJECTS)} : l'exemple de {rng.choice(_TOWNS)} ({name})"
    return Article(name, title, day, rng.choice((None, *GROUPS)), event)


def _move(day: date, world: World, rng: Random) -> list[str]:
    """Move or cancel some of the events to come; return their names."""
    events = world.events.values()
    open_to = sorted(e.name for e in events if e.days[0] > day and not e.is_cancelled)
    moved = rng.sample(open_to, min(rng.randrange(3), len(open_to)))
    for name in moved:
        event = world.events[name]
        later = tuple(one + timedelta(days=3) for one in event.days)
        is_cancelled = rng.random() < 0.5
        world.events[name] = (
            replace(event, is_cancelled=True) if is_cancelled else replace(event, days=later)
        )
    return moved


def _change_groups(rank: int, world: World, rng: Random) -> list[str]:
    """Open the groups, in the first quarter all but one; then advance one now and then."""
    if rank in {0, 5}:
        names = list(GROUPS[1:] if rank == 0 else GROUPS[:1])
        world.states |= dict.fromkeys(names, _STATES[0])
        return names
    name = rng.choice(sorted(world.states))
    if world.states[name] == _STATES[-1] or rng.random() < 0.5:
        return []
    world.states[name] = _STATES[_STATES.index(world.states[name]) + 1]
    return [name]


def _group(name: str, state: str) -> str:
    return (
        f"---\ntitre: Le chantier {name}\nresume: Un chantier.\ngenre: chantier\n"
        f"titre_court: {name}\netat: {state}\n---\nCe que fait le chantier {name}.\n"
    )
