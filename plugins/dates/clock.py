"""The instant of a build: given by the settings, never read from the machine below the tasks."""

from datetime import UTC, datetime

from plugins.dates.moments import PARIS, YEARS


def build_instant(configured: datetime | str, epoch: str | None) -> datetime:
    """Return the instant that the build takes for now, in Europe/Paris.

    `epoch` is `SOURCE_DATE_EPOCH` (seconds, reproducible-builds.org): it wins over the
    configuration's value, which is local Paris time when it names no offset. Raises ValueError
    (French) for another form, or a year out of `YEARS`.
    """
    if epoch:
        try:
            instant = datetime.fromtimestamp(int(epoch), UTC).astimezone(PARIS)
        except (ValueError, OverflowError, OSError):
            raise ValueError(
                f"SOURCE_DATE_EPOCH vaut « {epoch} » : un nombre de secondes est attendu. "
                "Corrigez la variable ou retirez-la."
            ) from None
        return _within_years("SOURCE_DATE_EPOCH", epoch, instant)
    if isinstance(configured, str):
        try:
            configured = datetime.fromisoformat(configured)
        except ValueError:
            raise ValueError(
                f"BUILD_DATE vaut « {configured} » : écrivez par exemple 2024-01-08 09:00."
            ) from None
    aware = configured.replace(tzinfo=configured.tzinfo or PARIS)
    return _within_years("BUILD_DATE", str(configured), aware.astimezone(PARIS))


def _within_years(name: str, value: str, instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise ValueError(
            f"{name} vaut « {value} » : l’année {instant.year} est hors de {YEARS[0]}-{YEARS[-1]}. "
            "Corrigez-la."
        )
    return instant
