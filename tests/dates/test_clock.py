"""The instant that a build takes for now."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from plugins.dates.moments import build_instant


@pytest.mark.parametrize(
    ("configured", "epoch", "instant"),
    [
        ("2024-01-08 09:00", None, "2024-01-08T09:00:00+01:00"),
        ("2024-07-08", None, "2024-07-08T00:00:00+02:00"),
        ("2024-01-08T09:00:00+00:00", None, "2024-01-08T10:00:00+01:00"),
        ("2024-01-08 09:00", "", "2024-01-08T09:00:00+01:00"),
        ("2024-01-08 09:00", "0", "1970-01-01T01:00:00+01:00"),
        ("n’importe quoi", "1720000000", "2024-07-03T11:46:40+02:00"),
        (dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC), None, "2024-01-08T10:00:00+01:00"),
    ],
)
def test_instant(configured: str | dt.datetime, epoch: str | None, instant: str) -> None:
    assert build_instant(configured, epoch).isoformat() == instant


@pytest.mark.parametrize(
    ("configured", "epoch", "message"),
    [
        ("hier", None, "BUILD_DATE vaut « hier » : écrivez par exemple 2024-01-08 09:00."),
        ("", None, "BUILD_DATE vaut «  » : écrivez par exemple 2024-01-08 09:00."),
        (
            "2999-01-01",
            None,
            (
                "BUILD_DATE vaut « 2999-01-01 00:00:00 » : l’année 2999 est hors de 1800-2199. "
                "Corrigez-la."
            ),
        ),
        *(
            (
                "2024-01-08",
                epoch,
                (
                    f"SOURCE_DATE_EPOCH vaut « {epoch} » : un nombre de secondes est attendu. "
                    "Corrigez la variable ou retirez-la."
                ),
            )
            for epoch in ("hier", "1.5", "1e9", "99999999999999999999", "253402300799")
        ),
        (
            "2024-01-08",
            "32503680000",
            (
                "SOURCE_DATE_EPOCH vaut « 32503680000 » : l’année 3000 est hors de 1800-2199. "
                "Corrigez-la."
            ),
        ),
    ],
)
def test_what_is_no_instant(configured: str, epoch: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        build_instant(configured, epoch)
