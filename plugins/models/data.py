"""The data files of `content/donnees/`: the site, its themes, the journal of sendings."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from plugins.dates.moments import Precision
from plugins.dates.parsing import parse_moment
from plugins.faults import shorten
from plugins.models.fields import (
    Mailbox,
    Name,
    NewAddress,
    OldAddress,
    Part,
    PlainLine,
    Summary,
    Text,
    Texts,
    YesNo,
    closest_value,
    written_as,
)

_MAILBOX = TypeAdapter[str](Mailbox)
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s<>]*)?")


def _several(value: Any) -> Any:  # noqa: ANN401 - what YAML holds, before it is typed
    """Take one value for a list of one: an address may hold a comma."""
    return [value] if isinstance(value, str) else value


def _way_out(value: str) -> str:
    try:
        return value if _HTTPS.fullmatch(value) else _MAILBOX.validate_python(value)
    except ValidationError:
        raise ValueError(
            f"{shorten(value)} n’est ni une boîte fonctionnelle ni une adresse https. Écrivez par "
            "exemple desabonnement@exemple.fr ou https://listes.exemple.fr/lettre."
        ) from None


def _instant(value: Any) -> datetime:  # noqa: ANN401 - what YAML holds, before it is typed
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError(
            f"{shorten(value)} n’est pas un instant. Écrivez le jour, l’heure et l’écart avec le "
            "temps universel, par exemple 2024-01-08T09:00:00+01:00."
        )
    return instant


def _day(value: Any) -> date:  # noqa: ANN401 - what YAML holds, before it is typed
    moment = parse_moment(value) if isinstance(value, str) else None
    if moment is None or moment.precision is not Precision.DAY or moment.uncertain:
        raise ValueError(f"{shorten(value)} n’est pas un jour. Écrivez par exemple 2024-01-08.")
    return moment.first


Address = Annotated[
    PlainLine,
    written_as(
        _HTTPS.pattern,
        "n’est pas une adresse https. Écrivez-la en entier, par exemple https://hub.exemple.fr/.",
    ),
]
WayOut = Annotated[PlainLine, AfterValidator(_way_out)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Day = Annotated[date, BeforeValidator(_day)]
# RFC 2919, 2: at least two parts, at most 255 octets; of the signs permitted, those in use.
ListId = Annotated[
    PlainLine,
    written_as(
        r"(?=.{3,255}$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+",
        "n’est pas l’identifiant d’une liste. Écrivez-le avec des points, sans accent ni espace, "
        "par exemple lettre.listes.exemple.fr.",
    ),
]
MessageId = Annotated[
    PlainLine,
    written_as(
        r"<[!-;=?A-~]+@[!-;=?A-~]+>",
        "n’est pas l’identifiant d’un message. Reprenez dans git la ligne telle que l’envoi l’a "
        "écrite.",
    ),
]
Digest = Annotated[
    PlainLine,
    written_as(
        r"[0-9a-f]{64}",
        "n’est pas l’empreinte d’un message. Reprenez dans git la ligne telle que l’envoi l’a "
        "écrite.",
    ),
]


class LetterSettings(Part):
    """The sender of the letter and its mailing list."""

    sender: Mailbox = Field(
        alias="expediteur",
        description="Boîte fonctionnelle qui envoie la lettre.",
        examples=["lettre@exemple.fr"],
    )
    name: Text | None = Field(
        None,
        alias="nom",
        description="Nom affiché de l’expéditeur. À défaut, le nom du site.",
        examples=["La lettre de Passerelle"],
    )
    reply_to: Mailbox | None = Field(
        None,
        alias="reponse",
        description="Boîte qui reçoit les réponses. À défaut, l’expéditeur.",
    )
    list_mailbox: Mailbox | None = Field(
        None,
        alias="liste",
        description="Adresse de la liste de diffusion, à laquelle la lettre est envoyée.",
        examples=["lettre@listes.exemple.fr"],
    )
    list_id: ListId | None = Field(
        None,
        alias="identifiant_liste",
        description="Identifiant que le serveur de listes donne à la liste (List-Id).",
        examples=["lettre.listes.exemple.fr"],
    )
    ways_out: Annotated[tuple[WayOut, ...], BeforeValidator(_several)] = Field(
        (),
        alias="desinscription",
        description="Où se désinscrire : boîte fonctionnelle ou page https.",
        examples=["desabonnement@exemple.fr"],
    )


class Forge(StrEnum):
    """The kinds of hosts of repositories that the form knows."""

    GITLAB = "gitlab"
    GITHUB = "github"
    GITEA = "gitea"


_FORGES = {
    Forge.GITLAB: ("https://gitlab.com", "/api/v4"),
    Forge.GITHUB: ("https://github.com", "/api/v3"),
    Forge.GITEA: ("https://gitea.com", "/api/v1"),
}
_GITHUB_API = "https://api.github.com"


class FormSettings(Part):
    """Where the form of `/admin/` keeps the contents: without it, it is not published."""

    forge: Annotated[Forge, closest_value(Forge)] = Field(
        alias="forge", description="Où est le dépôt : gitlab, github ou gitea (Forgejo aussi)."
    )
    repository: Annotated[
        PlainLine,
        written_as(
            r"[\w.-]+(/[\w.-]+)+",
            "n’est pas le nom d’un dépôt. Écrivez le groupe et le projet, par exemple "
            "communaute/site.",
        ),
    ] = Field(alias="depot", description="Groupe et projet du dépôt.", examples=["communaute/site"])
    branch: PlainLine | None = Field(
        None,
        alias="branche",
        description="Branche où les contenus sont enregistrés. À défaut, celle du dépôt.",
        examples=["main"],
    )
    address: Address | None = Field(
        None,
        alias="adresse",
        description="Adresse de la forge, quand elle n’est pas celle de tous.",
        examples=["https://gitlab.exemple.fr"],
    )
    sign_in: PlainLine | None = Field(
        None,
        alias="connexion",
        description="Application OAuth de GitLab ou de Gitea, ou adresse du relais pour GitHub. "
        "Sans elle, on se connecte par un jeton d’accès.",
        examples=["0123456789abcdef", "https://connexion.exemple.fr"],
    )
    reviews: YesNo = Field(
        False,
        alias="relecture",
        description="oui : chaque modification est une demande de fusion, à relire (GitLab et "
        "GitHub).",
    )

    @field_validator("sign_in")
    @classmethod
    def _check_sign_in(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Want a relay for GitHub, which gives a browser no token, and an application elsewhere."""
        forge = info.data.get("forge")
        is_relay = bool(value and _HTTPS.fullmatch(value))
        if value and forge is Forge.GITHUB and not is_relay:
            raise ValueError(
                f"{shorten(value)} : GitHub ne connecte pas un navigateur sans relais. Écrivez "
                "l’adresse https du relais, ou retirez « connexion » pour les jetons d’accès."
            )
        if value and forge in {Forge.GITLAB, Forge.GITEA} and is_relay:
            raise ValueError(
                f"{shorten(value)} : {forge} n’a pas besoin de relais. Écrivez l’identifiant de "
                "l’application OAuth, ou retirez « connexion » pour les jetons d’accès."
            )
        return value

    @field_validator("reviews")
    @classmethod
    def _check_reviews(cls, value: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - Pydantic's
        """Refuse reviews with Gitea, which the form does not know how to ask for."""
        if value and info.data.get("forge") is Forge.GITEA:
            raise ValueError(
                "« oui » : avec Gitea, le formulaire ne crée pas de demande de fusion. Retirez "
                "« relecture », et donnez une « branche » de travail."
            )
        return value

    @property
    def host(self) -> str:
        """The address of the forge."""
        return (self.address or _FORGES[self.forge][0]).rstrip("/")

    @property
    def api(self) -> str:
        """The address of the forge's interface for programs."""
        if self.forge is Forge.GITHUB and not self.address:
            return _GITHUB_API
        return self.host + _FORGES[self.forge][1]


class SiteData(Part):
    """`site.yaml`: the site's identity."""

    name: Text = Field(alias="nom", description="Nom du site.")
    tagline: Text = Field(alias="accroche", description="Quelques mots sous le nom.")
    description: Text = Field(alias="description", description="Une ou deux phrases.")
    contact: Mailbox = Field(alias="contact", description="Boîte fonctionnelle du site.")
    publisher: Text | None = Field(None, alias="editeur", description="Éditeur du site.")
    director: Text | None = Field(
        None, alias="directeur_de_publication", description="Fonction du directeur de publication."
    )
    host: Text | None = Field(None, alias="hebergeur", description="Hébergeur.")
    letter: LetterSettings | None = Field(
        None, alias="lettre", description="Qui envoie la lettre, et à quelle liste."
    )
    hub: Address | None = Field(
        None,
        alias="hub_websub",
        description="Concentrateur WebSub, qui prévient les lecteurs de flux de chaque parution.",
        examples=["https://hub.exemple.fr/"],
    )
    form: FormSettings | None = Field(
        None,
        alias="formulaire",
        description="Le dépôt où le formulaire enregistre ; sans lui, il n’est pas publié.",
    )
    preview_day: Day | None = Field(
        None,
        alias="apercu_au",
        description="Jour que vit l’aperçu. À défaut, le jour même.",
        examples=["2024-01-08"],
    )


class ThemeData(Part):
    """An item of `themes.yaml`."""

    name: Name = Field(alias="nom", description="Nom du thème.")
    summary: Summary | None = Field(None, alias="resume", description="De quoi il s’agit.")


class ThemesData(Part):
    """`themes.yaml`: the themes that editors choose from."""

    themes: tuple[ThemeData, ...] = Field((), alias="themes", description="Les thèmes.")


class AddressData(Part):
    """An item of `adresses.yaml`: where an address that was, and is no more, leads.

    `target` is empty for a page that was removed.
    """

    former: OldAddress = Field(
        alias="ancienne", description="Adresse d’avant.", examples=["/actualites/bilan/"]
    )
    target: NewAddress = Field(
        alias="vers",
        description="Adresse d’aujourd’hui, ou « supprimé ».",
        examples=["/actualites/bilan-2024/", "supprimé"],
    )


class AddressesData(Part):
    """`adresses.yaml`: the addresses that no content has any more."""

    addresses: tuple[AddressData, ...] = Field((), alias="adresses", description="Les adresses.")


class TermData(Part):
    """A term of `termes.yaml`: how the community writes it."""

    right: Text = Field(
        alias="ecrire", description="La forme à écrire.", examples=["cadres dirigeants"]
    )
    wrong: Annotated[Texts, Field(min_length=1)] = Field(
        alias="au_lieu_de",
        description="Les formes à ne pas écrire.",
        examples=["cadres-dirigeants"],
    )
    reason: Text | None = Field(None, alias="pourquoi", description="La raison, que l’avis répète.")

    @field_validator("wrong")
    @classmethod
    def _is_not_right(cls, wrong: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        right = info.data.get("right")
        if right in wrong:
            raise ValueError(f"{shorten(right)} est aussi la forme à écrire. Retirez-la d’ici.")
        return wrong


class TermsData(Part):
    """`termes.yaml`: the community's own terms, and the words that its spelling accepts."""

    terms: tuple[TermData, ...] = Field((), alias="termes", description="Les termes.")
    words: Texts = Field(
        (),
        alias="mots",
        description="Mots justes que le dictionnaire ne connaît pas.",
        examples=["intrapreneuriat"],
    )


class SendingState(StrEnum):
    """The state of a message that was given to a server."""

    ACCEPTED = "accepté"
    UNCERTAIN = "incertain"


class SendingData(Part):
    """An item of `envois.yaml`: one message that was, or may have been, sent to the list."""

    number: Annotated[int, Field(ge=1, le=99_999)] = Field(
        alias="numero", description="Numéro de la lettre.", examples=["3"]
    )
    sent_at: Instant = Field(
        alias="le", description="Instant de l’envoi.", examples=["2024-01-08T09:00:00+01:00"]
    )
    list_mailbox: Mailbox = Field(alias="liste", description="Adresse de la liste.")
    message_id: MessageId = Field(alias="message_id", description="Identifiant du message.")
    digest: Digest = Field(alias="empreinte", description="Empreinte du message (SHA-256).")
    state: Annotated[SendingState, closest_value(SendingState)] = Field(
        alias="etat", description="Le serveur l’a accepté, ou l’envoi est incertain."
    )
    reply: PlainLine | None = Field(None, alias="reponse", description="Réponse du serveur.")


class SendingsData(Part):
    """`envois.yaml`: the journal of the messages sent to the list, written by the sending."""

    sendings: tuple[SendingData, ...] = Field((), alias="envois", description="Les envois.")


DATA_FILES: Mapping[str, type[Part]] = {
    "site": SiteData,
    "themes": ThemesData,
    "termes": TermsData,
    "adresses": AddressesData,
    "envois": SendingsData,
}
"""The data files that the site reads, by name."""
