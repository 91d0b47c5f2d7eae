"""A job sheet."""

from pydantic import Field

from plugins.core.models.fields import References
from plugins.core.models.header import Header


class JobHeader(Header):
    """The header of a job sheet."""

    see_also: References = Field(
        (),
        alias="voir_aussi",
        description="Contenus liés : noms de fichiers. À défaut, ils sont calculés.",
    )
