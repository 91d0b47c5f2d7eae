"""Writes planned pages and files, each at its address."""

from pathlib import Path

from pelican import signals
from pelican.utils import sanitised_join
from pelican.writers import Writer


class SiteWriter(Writer):  # type: ignore[misc]
    """Pelican's writer, able to write bytes at an address."""

    def write_planned(self, address: str, data: bytes) -> None:
        """Write `data` where a web server finds `address`; a folder's page is its `index.html`.

        Raises RuntimeError when the address leads out of the output, FileExistsError when
        something was written there before.
        """
        name = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
        path = Path(sanitised_join(self.output_path, name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)


def _writer(_pelican: object) -> type[SiteWriter]:
    return SiteWriter


def register() -> None:
    """Give Pelican the writer."""
    signals.get_writer.connect(_writer)
