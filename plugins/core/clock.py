"""The build's clock: an instant given from outside, never read below the tasks."""

from datetime import UTC, datetime

from plugins.core.dates import PARIS


def build_instant(configured: datetime | str, epoch: str | None) -> datetime:
    """Return the instant that a build takes for now, in Europe/Paris.

    `epoch` is `SOURCE_DATE_EPOCH` (seconds, reproducible-builds.org): it wins over the
    configuration's value, which is local Paris time when it names no offset. Raises ValueError
    (French) when the one used has neither form.
    """
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(PARIS)
        except (ValueError, OverflowError, OSError):
            raise ValueError(
                f"SOURCE_DATE_EPOCH vaut « {epoch} » : un nombre de secondes est attendu. "
                "Corrigez la variable ou retirez-la."
            ) from None
    if isinstance(configured, str):
        try:
            configured = datetime.fromisoformat(configured)
        except ValueError:
            raise ValueError(
                f"BUILD_DATE vaut « {configured} » : écrivez par exemple 2024-01-08 09:00."
            ) from None
    return configured.replace(tzinfo=configured.tzinfo or PARIS).astimezone(PARIS)
