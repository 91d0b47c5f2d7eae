"""A job sheet."""

from pydantic import Field

from plugins.models.fields import References
from plugins.models.header import Header


class JobHeader(Header):
    """The header of a job sheet."""

    see_also: References = Field(
        (),
        alias="voir_aussi",
        description="Contenus liés : noms de fichiers. À défaut, ils sont calculés.",
    )
