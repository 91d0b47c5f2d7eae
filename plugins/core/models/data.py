"""The data files of `content/donnees/`: who publishes, and what the themes are."""

from pydantic import Field

from plugins.core.models.fields import Mailbox, Name, Part, Summary, Text


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


class ThemeData(Part):
    """An item of `themes.yaml`."""

    name: Name = Field(alias="nom", description="Nom du thème.")
    summary: Summary | None = Field(None, alias="resume", description="De quoi il s’agit.")


class ThemesData(Part):
    """`themes.yaml`: the themes that editors choose from."""

    themes: tuple[ThemeData, ...] = Field((), alias="themes", description="Les thèmes.")
