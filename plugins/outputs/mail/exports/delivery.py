"""Who sends a letter through a tool, and to whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """The sender's name and mailbox, and the numbers that the tool gave to the lists."""

    name: str
    mailbox: str
    lists: tuple[int, ...] = ()

    @property
    def sender(self) -> str:
        """Return the sender as people write it."""
        return f"{self.name} <{self.mailbox}>"
