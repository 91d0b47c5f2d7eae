"""An authority of our own, and what the servers of these tests show of it."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from tests.mailing.servers import server_context


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def certified(authority: trustme.CA) -> ssl.SSLContext:
    """What a server at 127.0.0.1 encrypts with."""
    return server_context(authority.issue_cert("127.0.0.1"))


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the authority, as an organisation that has its own does."""
    file = tmp_path / "autorite.pem"
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
