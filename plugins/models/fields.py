"""The types of the fields of headers.

Each reads the text of the YAML header and yields a value that needs no further check, or raises
a ValueError whose French sentence says what to write instead.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from plugins.dates.moments import Moment, Published
from plugins.dates.parsing import not_a_date, parse_moment, parse_publication
from plugins.faults import KeyPath, RightFormError, shorten
from plugins.french.slugs import check_slug, slugify
from plugins.french.typography import capitalised, clean, fold, typeset

T = TypeVar("T")

_POLE, _ANTIMERIDIAN = 90, 180
_OF_A_COMPUTER = re.compile(r"(?i)file:|[a-z]:[\\/]|\\\\")
IMAGE_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")


class ValueKind(Enum):
    """The kinds of values that an editor writes; a field's annotation bears it, or its class."""

    LINE = "line"
    SLUG = "slug"
    MOMENT = "moment"
    END = "end"
    PUBLICATION = "publication"
    YES_NO = "yes or no"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    REFERENCE = "reference"
    PICTURE = "picture"
    FILE = "file"
    MAILBOX = "mailbox"
    WEB_ADDRESS = "web address"
    SITE_ADDRESS = "address of the site"
    COORDINATES = "coordinates"
    FOCAL_POINT = "focal point"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class RefersTo:
    """A mark of a field that names contents of these types, `theme` a theme, `any` any content."""

    kinds: tuple[str, ...]


class Part(BaseModel):
    """A group of fields inside a header: closed, frozen, read by its French keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=False
    )


def texts_in(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts of a group of fields, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts_in(item, (*path, number))
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from texts_in(getattr(value, name), (*path, field.alias or name))


# The last keys of the fields that hold prose, and of those that hold names.
_PROSE = frozenset(
    (
        *("accroche", "alt", "devise", "enjeux", "legende", "libelle", "objet", "public"),
        *("resume", "rubrique", "texte", "titre"),
    )
)
_NAMES = frozenset(
    (
        *("adresse", "auteurs", "contributeurs", "credit", "fonction", "intervenants", "nom"),
        *("nom_complet", "noms", "parrains", "partenaires", "redacteurs_en_chef", "referents"),
        *("scrutin", "siege", "signature", "themes", "titre_court", "ville"),
    )
)


def prose_in(part: BaseModel) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts of a group of fields that are prose, each with its path."""
    return ((path, text) for path, text in texts_in(part) if _key(path) in _PROSE)


def names_in(part: BaseModel) -> Iterator[str]:
    """Yield the names of persons, places, groups and functions in a group of fields."""
    return (text for path, text in texts_in(part) if _key(path) in _NAMES)


def _key(path: KeyPath) -> str | int:
    """Return the last key of a path, the rank in a list left out."""
    return next(part for part in reversed(path) if isinstance(part, str))


def _text(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    if isinstance(value, str):
        text = " ".join(clean(value).split())
        # A soft hyphen or an accent alone shows nothing: such a value is empty.
        return text if text.isascii() or fold(text) else ""
    return value


def listed(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    """Accept `a, b` (Pelican's way) where a list is expected."""
    if isinstance(value, str):
        separator = ";" if ";" in value else ","
        return [item.strip() for item in value.split(separator) if item.strip()]
    return value


def _yes_no(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    if isinstance(value, bool):
        return value
    words = {"oui": True, "true": True, "vrai": True, "non": False, "false": False, "faux": False}
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise ValueError(f"{shorten(value)} n’est ni oui ni non. Écrivez « oui » ou « non ».")


def _slug(value: str) -> str:
    check_slug(value)
    return value


def _name(value: str) -> str:
    try:
        slugify(value)
    except ValueError:
        raise ValueError(
            f"{shorten(value)} n’a ni lettre latine ni chiffre : aucune adresse ne peut en être "
            "faite. Écrivez-le en lettres latines."
        ) from None
    return value


def written_as(pattern: str, advice: str) -> AfterValidator:
    """Return a validator of values that match a pattern as a whole."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{shorten(value)} {advice}")
        return value

    return AfterValidator(check)


@dataclass(frozen=True, slots=True)
class StandingFor:
    """The reading of a text alone as a group with only that key."""

    key: str

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
        """Return the group that a text stands for, any other value as it is."""
        return {self.key: value} if isinstance(value, str) else value


def standing_for(key: str) -> BeforeValidator:
    """Return a validator that takes a text alone for a group with only that key."""
    return BeforeValidator(StandingFor(key))


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", value):
        raise ValueError(
            f"{shorten(value)} n’est pas une adresse du web. "
            "Écrivez-la en entier, avec https:// au début."
        )
    return value


def _file(value: str) -> str:
    parts = value.split("/")
    if _OF_A_COMPUTER.match(value):
        raise ValueError(
            f"{shorten(value)} est un fichier de votre ordinateur. Déposez-le dans « content », "
            "puis écrivez son chemin, par exemple images/seminaire.jpg."
        )
    if "\\" in value:
        path = value.replace("\\", "/")
        raise RightFormError(
            f"{shorten(value)} : les dossiers se séparent par « / ». Écrivez « {path} ».", path
        )
    if value.startswith("/") or ".." in parts or "" in parts or ":" in value:
        raise ValueError(
            f"{shorten(value)} sort du dossier « content ». "
            "Écrivez le chemin depuis « content », par exemple images/seminaire.jpg."
        )
    return value


def _image_file(value: str) -> str:
    if not value.lower().endswith(IMAGE_ENDINGS):
        raise ValueError(
            f"{shorten(value)} n’est pas une image reconnue. "
            f"Utilisez un fichier {', '.join(IMAGE_ENDINGS)}."
        )
    return _file(value)


def _old_address(value: str) -> str:
    if not value.startswith("/") or ".." in value.split("/") or re.search(r"[\s?#\\:]", value):
        raise ValueError(
            f"{shorten(value)} n’est pas une ancienne adresse du site. "
            "Écrivez-la depuis la racine, par exemple /2019/bilan/."
        )
    return value


_REMOVED = frozenset({"supprime", "supprimee"})


def _new_address(value: str) -> str:
    if fold(value) in _REMOVED:
        return ""
    if value.startswith("https://") and not re.search(r"\s", value):
        return value
    try:
        return _old_address(value)
    except ValueError:
        raise ValueError(
            f"{shorten(value)} n’est pas une adresse. Écrivez celle d’une page du site depuis la "
            "racine, par exemple /actualites/bilan/, une adresse https, ou « supprimé »."
        ) from None


def _coordinates(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    """Read `49.4938, 0.1077`: degrees north, degrees east (WGS 84)."""
    if not isinstance(value, str):
        return value
    try:
        latitude, longitude = (float(part) for part in value.split(","))
    except ValueError:
        latitude, longitude = 91.0, 181.0
    if abs(latitude) > _POLE or abs(longitude) > _ANTIMERIDIAN:
        raise ValueError(
            f"{shorten(value)} n’est pas un point de la Terre. "
            "Écrivez latitude et longitude en degrés, par exemple 49.4938, 0.1077."
        )
    return latitude, longitude


_SIDES = {"gauche": 0, "droite": 100}, {"haut": 0, "bas": 100}
_MIDDLE = 50
_PERCENTAGES = re.compile(r"(\d{1,3})\s*%[\s,;]+(\d{1,3})\s*%")


def _focal_point(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    """Read `haut gauche` or `30 % 20 %`: percentages from the left, from the top."""
    if not isinstance(value, str):
        return value
    if found := _PERCENTAGES.fullmatch(value.strip()):
        point = (int(found[1]), int(found[2]))
        if max(point) <= 100:
            return point
    words = fold(value).replace(",", " ").split()
    x, y = (next((side[w] for w in words if w in side), _MIDDLE) for side in _SIDES)
    named = [sum(word in sides for word in words) for sides in _SIDES]
    if not words or max(named) > 1 or len(words) != sum(named) + ("centre" in words):
        raise ValueError(
            f"{shorten(value)} n’est pas un cadrage. Écrivez le côté à garder (haut, bas, gauche, "
            "droite, centre, ou deux à la fois : haut gauche), ou deux pourcentages, depuis la "
            "gauche puis depuis le haut : 30\u00a0% 20\u00a0%."
        )
    return x, y


def _read_by(kind: type[T], parse: Callable[[str], T]) -> PlainValidator:
    """Return a validator that takes a value of a type, or the text or number that states one."""

    def read(value: object) -> T:
        if isinstance(value, kind):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | dt.date):
            raise ValueError(not_a_date(str(value)))  # noqa: TRY004 - Pydantic takes a ValueError
        return parse(str(value))

    return PlainValidator(read)


# A line of text that is displayed: spaces squeezed, French typography applied.
Text = Annotated[
    str, BeforeValidator(_text), StringConstraints(min_length=1), AfterValidator(typeset)
]
Title = Annotated[Text, Field(max_length=200)]
Summary = Annotated[Text, Field(max_length=300)]
# A line that is displayed, and that an address is made of.
Name = Annotated[Text, AfterValidator(_name)]
ShortTitle = Annotated[Text, Field(max_length=40)]
# A line of text that is not displayed as such (an attribute, a key).
PlainLine = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1)]
Slug = Annotated[str, BeforeValidator(_text), AfterValidator(_slug), ValueKind.SLUG]
Reference = Annotated[PlainLine, ValueKind.REFERENCE]
# The end of a period: a moment, or a time of the day on which it starts.
End = Annotated[PlainLine, ValueKind.END]
Coordinates = Annotated[tuple[float, float], BeforeValidator(_coordinates), ValueKind.COORDINATES]
FocalPoint = Annotated[tuple[int, int], BeforeValidator(_focal_point), ValueKind.FOCAL_POINT]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
# A language tag (RFC 5646) of the common kind: `en`, `pt-BR`.
Language = Annotated[
    str,
    BeforeValidator(_text),
    written_as(
        r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
        "n’est pas un code de langue. Écrivez par exemple fr, en ou de.",
    ),
]
Mailbox = Annotated[
    str,
    BeforeValidator(_text),
    written_as(
        r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
        "n’est pas une adresse de messagerie. Écrivez-la sous la forme nom@domaine.fr.",
    ),
    ValueKind.MAILBOX,
]
WebAddress = Annotated[
    str, BeforeValidator(_text), AfterValidator(_web_address), ValueKind.WEB_ADDRESS
]
FilePath = Annotated[str, BeforeValidator(_text), AfterValidator(_file), ValueKind.FILE]
ImageFile = Annotated[str, BeforeValidator(_text), AfterValidator(_image_file), ValueKind.PICTURE]
OldAddress = Annotated[
    str, BeforeValidator(_text), AfterValidator(_old_address), ValueKind.SITE_ADDRESS
]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Names = Annotated[tuple[Name, ...], BeforeValidator(listed)]
References = Annotated[tuple[Reference, ...], BeforeValidator(listed)]
NewAddress = Annotated[str, BeforeValidator(_text), AfterValidator(_new_address)]
OldAddresses = Annotated[tuple[OldAddress, ...], BeforeValidator(listed)]
When = Annotated[
    Moment,
    _read_by(Moment, parse_moment),
    PlainSerializer(lambda moment: moment.text, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "type": "string",
            "description": (
                "Un jour (2024-03-25), une heure de Paris (2024-02-07 17:00) ou une date "
                "approximative : un mois (2024-03), un trimestre (2024-T4), un semestre "
                "(2024-S1), une saison (2024-21, printemps, à 2024-24, hiver) ou une année "
                "(2024). Un « ? » à la fin signale une date à confirmer."
            ),
            "examples": ["2024-03-25", "2024-02-07 17:00", "2024-03", "2024-T4", "2024-S1", "2024"],
        }
    ),
]
PublicationDate = Annotated[
    Published,
    _read_by(Published, parse_publication),
    PlainSerializer(lambda date: date.instant.isoformat(), return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "type": "string",
            "description": "Un jour (2024-01-08) ou une heure de Paris (2024-01-08 09:30).",
            "examples": ["2024-01-08", "2024-01-08 09:30"],
        }
    ),
]


class Status(StrEnum):
    """The status of a content."""

    DRAFT = "brouillon"
    PUBLISHED = "publié"


class Mode(StrEnum):
    """The way to take part in an event."""

    IN_PERSON = "présentiel"
    ONLINE = "visio"
    HYBRID = "hybride"
    UNDECIDED = "à définir"


class EventStatus(StrEnum):
    """The status of an event."""

    CONFIRMED = "confirmé"
    TENTATIVE = "à confirmer"
    POSTPONED = "reporté"
    CANCELLED = "annulé"


class GroupKind(StrEnum):
    """The two kinds of collective work."""

    CHANTIER = "chantier"
    GROUP = "groupe"

    @property
    def label(self) -> str:
        """« Chantier » or « Groupe »."""
        return capitalised(self.value)


class GroupState(StrEnum):
    """The state of a chantier or of a group."""

    LAUNCHED = "lancé"
    PLANNED = "à lancer"
    FINISHED = "terminé"


def closest_value(kind: type[StrEnum]) -> BeforeValidator:
    """Return a validator of an enumeration that ignores accents and case."""
    known: Mapping[str, StrEnum] = {fold(item.value): item for item in kind}

    def read(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
        return known.get(fold(value), value) if isinstance(value, str) else value

    return BeforeValidator(read)


class Image(Part):
    """A picture, its alternative text, its caption and its credit."""

    file: ImageFile = Field(
        alias="fichier",
        description="Chemin de l’image depuis « content ».",
        examples=["images/le-havre.svg"],
    )
    alt: Text = Field(
        alias="alt",
        description="Ce que montre l’image, pour qui ne la voit pas.",
        examples=["La tour de l’hôtel de ville du Havre"],
    )
    caption: Text | None = Field(None, alias="legende", description="Légende affichée.")
    credit: Text | None = Field(None, alias="credit", description="Auteur ou source de l’image.")
    focus: FocalPoint | None = Field(
        None,
        alias="cadrage",
        description="Ce qui reste quand l’image est rognée : un ou deux côtés, ou deux %.",
        examples=["haut", "haut gauche", "30% 20%"],
    )


class Place(Part):
    """The place of an event."""

    name: Text | None = Field(None, alias="nom", description="Nom du lieu.")
    address: Text | None = Field(None, alias="adresse", description="Numéro et rue.")
    city: Text | None = Field(None, alias="ville", description="Ville.")
    coordinates: Coordinates | None = Field(
        None, alias="coordonnees", description="Latitude et longitude, par exemple 49.4938, 0.1077."
    )


class Attachment(Part):
    """A file offered with an event."""

    title: Text = Field(alias="titre", description="Nom du document.")
    file: FilePath = Field(alias="fichier", description="Chemin du fichier depuis « content ».")


class NamedLink(Part):
    """An outside page with its name."""

    title: Text = Field(alias="titre", description="Nom affiché.")
    url: WebAddress = Field(alias="url", description="Adresse complète.")
