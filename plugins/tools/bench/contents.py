"""A content folder of every kind, drawn at random from a seed; it passes `check`.

    .venv/bin/python -m plugins.tools.bench.contents FOLDER --articles 2000 --events 500

Its articles end in January 2024, its events in December 2025: build it as of `AS_OF`.
"""

import argparse
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from plugins.french.slugs import slugify
from plugins.tools.bench import prose, vocabulary as words
from plugins.tools.bench.prose import Article

AS_OF = datetime(2024, 1, 8, 8, tzinfo=UTC)
"""The instant for which the contents are drawn: the value of SOURCE_DATE_EPOCH."""

LETTERS = 3
_DRAWINGS, _PHOTOGRAPHS = 6, 2
_FIRST_EVENT = date(2021, 1, 4)
_EVENT_DAYS = (date(2025, 12, 1) - _FIRST_EVENT).days
_MAILBOX = "contact@reseau.example"
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_SITE = f"""\
nom: Banc d'essai
accroche: des contenus tirés au sort
description: Un site dont tous les textes sont tirés au sort, pour mesurer le temps de compilation.
contact: {_MAILBOX}
editeur: Le banc d'essai
directeur_de_publication: la personne qui mesure
hebergeur: Exemple SAS
lettre:
  nom: La lettre du banc d'essai
  expediteur: lettre@reseau.example
  liste: lettre@listes.reseau.example
"""
_PAGES = {
    "a-propos": ("À propos", "menu: 10\n"),
    "accessibilite": ("Accessibilité : non conforme", "menu: 20\ndate: 2024-01-03\n"),
    "donnees-personnelles": ("Données personnelles", "menu: 30\n"),
    "mentions-legales": ("Mentions légales", "menu: 40\n"),
    "plan-du-site": ("Plan du site", "menu: 50\ngabarit: plan-du-site\n"),
}


def write_contents(root: Path, *, articles: int, events: int = 0, seed: int = 1) -> None:
    """Write a content folder: the same for the same numbers and seed.

    The other kinds are few, whatever the numbers: 40 themes, 12 groups, 3 letters.
    """
    files = {**_data(), **_pictures(), **_sheets(seed)}
    names = [name for name, _ in _events(events, seed)]
    written = prose.articles(articles, seed)
    files.update((f"evenements/{name}.md", text) for name, text in _events(events, seed))
    files.update((f"articles/{a.slug}.md", _article(a, names, seed)) for a in written)
    files.update(_letters(written, names, seed))
    for folder in {Path(name).parent for name in files}:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def _rng(*names: object) -> Random:
    """Return the source of what one file holds: another file more changes nothing in it."""
    return Random(" ".join(map(str, names)))  # noqa: S311 - nothing secret


def _header(title: str, summary: str, lines: str) -> str:
    return f'---\ntitre: "{title}"\nresume: >-\n  {summary}\n{lines}---\n'


def _data() -> dict[str, str | bytes]:
    themes = (
        f"- nom: {name}\n  resume: {prose.line(_rng('theme', name))}\n" for name in words.THEMES
    )
    return {"donnees/site.yaml": _SITE, "donnees/themes.yaml": "".join(themes)}


def _pictures() -> dict[str, str | bytes]:
    """Return drawings (SVG) and small photographs (PNG)."""
    files: dict[str, str | bytes] = {}
    for number in range(_DRAWINGS):
        circles = "".join(
            f'<circle cx="{60 + 95 * rank}" cy="{90 + 30 * ((rank * 5 + number) % 7)}" r="28"/>'
            for rank in range(6)
        )
        files[f"images/dessin-{number + 1}.svg"] = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">'
            f'<g fill="#36c">{circles}</g></svg>\n'
        )
    for number in range(_PHOTOGRAPHS):
        picture = Image.linear_gradient("L").resize((640, 360)).rotate(90 * number)
        data = BytesIO()
        picture.save(data, "PNG")
        files[f"images/photo-{number + 1}.png"] = data.getvalue()
    return files


def _image(rng: Random) -> str:
    number = rng.randrange(_DRAWINGS + _PHOTOGRAPHS)
    name, alt = (
        (f"dessin-{number + 1}.svg", "Six disques à des hauteurs inégales.")
        if number < _DRAWINGS
        else (f"photo-{number - _DRAWINGS + 1}.png", "Un dégradé du noir au blanc.")
    )
    return f"image:\n  fichier: images/{name}\n  alt: {alt}\n"


def _organisation(rng: Random) -> str:
    return slugify(rng.choice(words.ORGANISATIONS))


def _group(rng: Random) -> str:
    return slugify(rng.choice(words.GROUPS)[1])


# Articles


def _article(article: Article, events: list[str], seed: int) -> str:
    rng = _rng("article", seed, article.number)
    lines = (
        f"date: {article.date}\nrubrique: {article.section}\n"
        f"themes: [{', '.join(article.themes)}]\n"
    )
    if rng.random() < 0.3:
        lines += f"collectifs: [{_group(rng)}]\n"
    if rng.random() < 0.3:
        lines += f"organisation: {_organisation(rng)}\n"
    if rng.random() < 0.1:
        lines += _image(rng)
    body = re.sub(rf"\({prose.ARTICLE_LINK}([^)]+)\)", r"(\1.md)", article.body)
    if events and rng.random() < 0.2:
        body += f"\nVoir [le rendez-vous](../evenements/{rng.choice(events)}.md).\n"
    return _header(article.title, article.summary, lines) + body


# Events


def _events(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each event, every form in turn."""
    forms = (
        *(_single, _online, _days_long, _sessions, _recurring, _listed),
        *(_approximate, _cancelled, _postponed),
    )
    for number in range(count):
        rng = _rng("event", seed, number)
        day = _FIRST_EVENT + timedelta(days=_EVENT_DAYS * number // count)
        what, town = rng.choice(words.EVENTS), rng.choice(words.TOWNS)
        title = f"{what} n° {number + 1} : {rng.choice(words.TOPICS)}, à {town}"
        lines = forms[number % len(forms)](day, rng)
        lines += f"collectif: {_group(rng)}\norganisation: {_organisation(rng)}\n"
        lines += f"public: agents de {town}\nthemes: [{rng.choice(words.THEMES)}]\n"
        text = f"{prose.paragraph(rng)}\n\n## Au programme\n\n{prose.bullets(rng)}\n"
        yield (
            f"{slugify(what)}-{number + 1}",
            _header(title, prose.line(rng), lines) + text,
        )


def _place(rng: Random) -> str:
    name, town = rng.choice(words.PLACES), rng.choice(words.TOWNS)
    number = rng.randint(1, 90)
    return f"lieu:\n  nom: {name}\n  adresse: {number} rue du Marché\n  ville: {town}\n"


def _single(day: date, rng: Random) -> str:
    registration = f"inscription:\n  contact: {_MAILBOX}\n  avant_le: {day - timedelta(days=7)}\n"
    link = "lien_visio: https://visio.example/salle\n"
    return f"debut: {day} 14:00\nfin: 16:30\nmodalite: hybride\n{_place(rng)}{link}{registration}"


def _online(day: date, _rng: Random) -> str:
    registration = "inscription:\n  url: https://formulaires.example/webinaire\n  places: 80\n"
    return f"debut: {day} 17:00\nfin: 18:30\nmodalite: visio\n{registration}"


def _days_long(day: date, rng: Random) -> str:
    return f"debut: {day}\nfin: {day + timedelta(days=1)}\nmodalite: présentiel\n{_place(rng)}"


def _sessions(day: date, rng: Random) -> str:
    return (
        f"seances:\n"
        f"  - titre: Première séance\n    debut: {day} 09:30\n    fin: 12:00\n"
        f"    modalite: présentiel\n"
        f"  - titre: Seconde séance\n    debut: {day + timedelta(days=21)}\n"
        f"    modalite: à définir\n{_place(rng)}"
    )


def _recurring(day: date, rng: Random) -> str:
    """Return an event that comes back on the first weekday of its kind of each month."""
    first = day.replace(day=1 + (day.day - 1) % 7)
    return (
        f"debut: {first} 12:30\nfin: 14:00\nmodalite: présentiel\n{_place(rng)}"
        f"recurrence:\n  chaque: premier {_WEEKDAYS[first.weekday()]} du mois\n"
        f"  fois: {rng.randint(3, 8)}\n"
    )


def _listed(day: date, rng: Random) -> str:
    others = ", ".join(str(day + timedelta(days=days)) for days in (14, 35))
    return (
        f"debut: {day} 18:00\nfin: 20:00\nmodalite: présentiel\n{_place(rng)}"
        f"recurrence:\n  dates: [{others}]\n"
    )


def _approximate(day: date, rng: Random) -> str:
    """Return an event of a quarter, of a month or of a year, none of which is near."""
    when = rng.choice((f"{day.year}-T{(day.month + 2) // 3}", f"{day:%Y-%m}", f"{day.year}"))
    if abs(day - AS_OF.date()) < timedelta(days=366):
        when = f"{AS_OF.year + 1}-T{(day.month + 2) // 3}"
    return f"debut: {when}\nmodalite: à définir\nstatut_evenement: à confirmer\n"


def _cancelled(day: date, rng: Random) -> str:
    return f"debut: {day} 10:00\nmodalite: présentiel\n{_place(rng)}statut_evenement: annulé\n"


def _postponed(day: date, rng: Random) -> str:
    return (
        f"debut: {day} 10:00\ndebut_initial: {day - timedelta(days=30)}\nmodalite: présentiel\n"
        f"{_place(rng)}statut_evenement: reporté\n"
    )


# The few others


def _sheets(seed: int) -> dict[str, str]:
    """Return the groups, organisations, portraits, job sheets and standing pages."""
    files = {}
    states = ("lancé", "à lancer", "terminé")
    for rank, (title, short) in enumerate(words.GROUPS):
        kind = "chantier" if rank < 9 else "groupe"
        files[f"collectifs/{slugify(short)}.md"] = _sheet(
            title,
            f"genre: {kind}\ntitre_court: {short}\netat: {states[rank % 3]}\nordre: {10 * rank}\n"
            f"enjeux: {prose.line(_rng('stakes', seed, short))}\ncontact: {_MAILBOX}\n",
            seed,
        )
    for rank, name in enumerate(words.ORGANISATIONS):
        files[f"organisations/{slugify(name)}.md"] = _sheet(
            name,
            "devise: Bien faire\nchiffres_cles:\n  - libelle: adhérents\n"
            f"    valeur: {320 + rank}\n    au: 2023\n"
            f"  - libelle: année de création\n    valeur: {1990 + rank}\n"
            "    unite: année\nliens:\n  - titre: Site\n    url: https://reseau.example/\n",
            seed,
        )
    for first_name in words.FIRST_NAMES:
        files[f"portraits/{slugify(first_name)}-exemple.md"] = _sheet(
            f"{first_name} Exemple, au conseil d'administration",
            f"nom: {first_name} Exemple\nfonction: responsable d'un service\n"
            "consentement: true\nexpire_le: 2099-12-31\n",
            seed,
        )
    for name in words.JOBS:
        files[f"metiers/{slugify(name)}.md"] = _sheet(name, f"themes: [{words.THEMES[0]}]\n", seed)
    for name, (title, lines) in _PAGES.items():
        files[f"pages/{name}.md"] = _sheet(title, lines, seed)
    return files


def _sheet(title: str, lines: str, seed: int) -> str:
    rng = _rng("sheet", seed, title)
    return (
        _header(title, prose.line(rng), lines)
        + f"{prose.paragraph(rng)}\n\n## Les missions\n\n{prose.paragraph(rng)}\n\n"
        f"{prose.bullets(rng)}\n\n## Pour en savoir plus\n\n{prose.paragraph(rng)}\n"
    )


def _letters(articles: list[Article], events: list[str], seed: int) -> dict[str, str]:
    """Return the issues of the letter, with every block that its contents allow."""
    files = {}
    for number in range(1, LETTERS + 1):
        rng = _rng("letter", seed, number)
        sent = date(2023, 9 + number, 20)
        lines = (
            f"numero: {number}\ndate: {sent}\nperiode: {words.MONTHS[sent.month - 1]} {sent.year}\n"
            f"accroche: Ce que le banc d'essai a tiré au sort.\ncontact: {_MAILBOX}\n"
            "editorial:\n  signature: La rédaction\n"
        )
        blocks = [
            "/// agenda\n    periode: 2024-T1\n///",
            "/// matrice\n    annee: 2024\n    mois: utiles\n///",
            "/// chantiers\n    etat: à lancer\n///",
            f"/// chiffres\n    organisation: {_organisation(rng)}\n///",
            f"/// extrait | metiers/{slugify(rng.choice(words.JOBS))}#les-missions\n///",
            f"/// citation\n    auteur: Alix Exemple\n\n{rng.choice(words.SAYINGS)}.\n///",
            f"/// encart\n    contact: {_MAILBOX}\n    objet: Participer\n\n**Une idée ?**\n///",
            "/// etapes\n1. **S'inscrire.** Le formulaire est en ligne.\n2. **Venir.** Voilà.\n///",
            "/// bouton\n    adresse: https://reseau.example/\n\nVoir le réseau\n///",
            "/// image\n    fichier: images/dessin-1.svg\n    alt: Six disques.\n///",
        ]
        if events:
            blocks.append(f"/// evenement | {events[-number % len(events)]}\n///")
        if articles:
            blocks.append(f"/// article | {articles[-number % len(articles)].slug}\n///")
        sections = "\n\n".join(
            f"## {rank}. {heading}\n\n{prose.paragraph(rng)}\n\n{block}"
            for rank, (heading, block) in enumerate(
                zip(rng.sample(words.HEADINGS, len(blocks)), blocks, strict=True), start=1
            )
        )
        title = f"La lettre n° {number} du banc d'essai"
        summary = prose.line(rng)
        text = f"{prose.paragraph(rng)}\n\n{sections}\n"
        files[f"lettres/{number}.md"] = _header(title, summary, lines) + text
    return files


def main() -> None:
    """Write contents into a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_contents(given.folder, articles=given.articles, events=given.events, seed=given.seed)


if __name__ == "__main__":
    main()
