"""The checker of e-mail HTML sees real faults, and nothing where there is nothing to see."""

from __future__ import annotations

import pytest

from tests.outputs.caniemail import issues


def _document(body: str, style: str = "") -> str:
    head = f"<head><title>Lettre</title>{style}</head>"
    return f"<!doctype html><html>{head}<body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "feature", "client"),
    [
        ("<video src=x></video>", "<video> element", "gmail.desktop-webmail"),
        ("<div style='display:grid'>x</div>", "display:grid", "outlook.windows"),
        ("<div style='position:fixed'>x</div>", "position", "gmail.ios"),
        ("<img src='https://site.example/x.avif' alt=x>", "AVIF image format", "outlook.windows"),
        ("<p style='hyphens:auto'>x</p>", "hyphens", "outlook.macos"),
    ],
)
def test_what_a_client_lacks_is_an_error(body: str, feature: str, client: str) -> None:
    assert client in issues(_document(body)).errors[feature]


def test_what_a_client_supports_in_part_is_a_warning() -> None:
    found = issues(_document("<p style='margin:0'>x</p>"))
    assert "outlook.windows" in found.warnings["margin"]
    assert "margin" not in found.errors


def test_a_client_without_data_hides_no_other() -> None:
    style = "<style>@media (max-width: 480px) { .a { color: #000 } }</style>"
    found = issues(_document("<p class=a>x</p>", style))
    assert "laposte.desktop-webmail" in found.errors["@media"]
    assert "gmail.desktop-webmail" in found.warnings["@media"]
    assert "laposte.android" not in found.errors["@media"] | found.warnings["@media"]


def test_the_last_version_of_a_client_counts() -> None:
    """Outlook for Mac 16.80 lacks what its version of 2016 supported."""
    found = issues(_document("<img src=x.png srcset='x.png 2x' alt=x>"))
    assert "outlook.macos" in found.errors["srcset and sizes attributes"]


def test_a_plain_paragraph_has_no_issue() -> None:
    found = issues("<p>Bonjour</p>")
    assert not found.errors
    assert not found.warnings
