"""Hosts that nobody can reach."""

from __future__ import annotations

import pytest

from plugins.views.hosts import is_reserved


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("passerelle.example", True),
        ("www.example.org", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("passerelle.fr", False),
        ("monexample.fr", False),
        ("contest", False),
        ("192.0.2.1", False),
        ("", False),
    ],
)
def test_is_reserved(host: str, expected: bool) -> None:
    assert is_reserved(host) is expected
