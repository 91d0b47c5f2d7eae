"""What came of a sending that did not end well: the message is French, and says what to do."""

import re

from plugins.french.typography import NBSP

_SPACED = re.compile(r" (?=[:;!?»])|(?<=«) ")


class SendingError(Exception):
    """The sending did not end well."""

    def __init__(self, message: str) -> None:
        """Keep the message, its French spaces unbreakable."""
        super().__init__(french(message))


class NotSent(SendingError):
    """Nothing reached the recipient, surely."""

    def __init__(self, message: str) -> None:
        """Say so after the reason: what happened, and what to do."""
        super().__init__(f"{message} Rien n’est parti.")
        self.reason = message


class Uncertain(SendingError):
    """The server was given the whole message, and nobody knows whether it accepted it."""

    def __init__(self, message: str) -> None:
        """Keep how that came."""
        super().__init__(message)
        self.reason = message


class Unrecorded(SendingError):
    """The server accepted the message, and the journal could not be made to say so."""


def french(text: str) -> str:
    """Return a sentence whose spaces beside high signs do not break; words are left alone."""
    return _SPACED.sub(NBSP, text)
