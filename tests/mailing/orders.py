"""An order to send the letter of the samples, its server, and a sending as the journal keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plugins.mailing.sending import Order
from plugins.models.data import SendingData
from tests.mailing.servers import HOST
from tests.outputs.letter_samples import LETTER, NOW, SITE_URL, site


def order(**changes: Any) -> Order:  # noqa: ANN401 - any field
    return replace(Order(LETTER, site(), SITE_URL, NOW, confirm=True), **changes)


def environment(port: int = 25) -> dict[str, str]:
    return {
        "PASSERELLE_SMTP_HOTE": HOST,
        "PASSERELLE_SMTP_PORT": str(port),
        "PASSERELLE_SMTP_SECURITE": "aucune",
        "PASSERELLE_SMTP_DELAI": "5",
    }


def sending(number: int = 3, **values: Any) -> SendingData:  # noqa: ANN401 - any field
    return SendingData.model_validate(
        {
            "numero": number,
            "le": "2024-01-08T09:00:00+01:00",
            "liste": "lettre@listes.exemple.fr",
            "message_id": f"<{number}@passerelle.exemple.fr>",
            "empreinte": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "etat": "incertain",
            **values,
        }
    )
