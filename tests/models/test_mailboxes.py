"""Links that write to a mailbox, and what is said of them where nothing can be followed."""

from __future__ import annotations

import pytest

from plugins.models.mailboxes import in_words, mailto

TO_A = "écrire à a@b.fr"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mailto:a@b.fr", TO_A),
        ("mailto:a%2Bz@b.fr,c@d.fr", "écrire à a+z@b.fr, c@d.fr"),
        (mailto("a@b.fr", "L’objet : un"), f"{TO_A}, avec pour objet «\u00a0L'objet : un\u00a0»"),
        ("mailto:a@b.fr?Subject=x+y", f"{TO_A}, avec pour objet «\u00a0x+y\u00a0»"),
        (
            "mailto:a@b.fr?body=SIGNOFF%0D%0Alettre",
            f"{TO_A}, avec pour texte «\u00a0SIGNOFF lettre\u00a0»",
        ),
        (
            "mailto:a@b.fr?subject=x&body=y",
            f"{TO_A}, avec pour objet «\u00a0x\u00a0» et pour texte «\u00a0y\u00a0»",
        ),
        ("mailto:a@b.fr?subject=&cc=c@d.fr", TO_A),
        ("https://b.fr/?a=mailto:", "https://b.fr/?a=mailto:"),
    ],
)
def test_what_a_link_does_in_words(address: str, words: str) -> None:
    assert in_words(address) == words
