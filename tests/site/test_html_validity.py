"""The Nu checker finds nothing on any page."""

from __future__ import annotations

import json
import subprocess
from urllib.parse import urlsplit

import pytest

from tests.sites import BuiltSite
from tests.tooling import JAVA, VNU


def test_every_page_is_valid(site: BuiltSite) -> None:
    java = JAVA.path()
    if java is None or not VNU.exists():
        pytest.fail("Java or the Nu checker is missing: « make test » installs it", pytrace=False)
    done = subprocess.run(
        [
            *(java, "-jar", VNU, "--format", "json", "--stdout", "--exit-zero-always"),
            *("--skip-info-messages", "--skip-non-html", site.path),
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    messages = json.loads(done.stdout)["messages"]
    assert [_line(message, site) for message in messages] == []


def _line(message: dict[str, str | int], site: BuiltSite) -> str:
    path = urlsplit(str(message.get("url", ""))).path.removeprefix(str(site.path))
    place = f"{path}:{message.get('lastLine', '')}:{message.get('firstColumn', '')}"
    kind = message.get("subType") or message["type"]
    return f"{place} {kind}: {message['message']} | {message.get('extract', '')}"
