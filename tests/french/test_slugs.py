"""Slugs: the French cases, the messages, and what holds for any text."""

import re

import pytest
from hypothesis import given, strategies as st

from plugins.french.slugs import MAX_LENGTH, SLUG, check_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("L'écho de la communauté", "l-echo-de-la-communaute"),
        ("L’écho de la communauté", "l-echo-de-la-communaute"),
        ("Cœur & Ætius", "coeur-aetius"),
        ("  Où ? Là ! n° 3 ", "ou-la-n-3"),
        ("so\u00adcial", "social"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_slugify_cuts_between_words() -> None:
    assert slugify("mot " * 40) == "-".join(["mot"] * 20)
    assert slugify("a" * 100) == "a" * MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("../a", "« ../a » sort de son dossier : un slug n’a ni barre ni points. Écrivez a."),
        ("Mon-titre", "« Mon-titre » contient une majuscule. Écrivez mon-titre."),
        ("mon titre", "« mon titre » contient une espace. Écrivez mon-titre."),
        ("été", "« été » contient un accent ou un signe spécial. Écrivez ete."),
        ("", "«  » est vide. Écrivez par exemple ma-page."),
        (
            "a--b",
            (
                "« a--b » n’a pas que des lettres de a à z, des chiffres et des traits d’union "
                "simples. Écrivez a-b."
            ),
        ),
        ("a\n", "« a  » contient une espace. Écrivez a."),
        (
            "mot-" * 21 + "fin",
            f"« {'mot-' * 10}… » a 87 caractères, 80 au plus. Écrivez {'-'.join(['mot'] * 20)}.",
        ),
    ],
)
def test_check_slug_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        check_slug(text)


def test_slugify_refuses_what_leaves_nothing() -> None:
    with pytest.raises(ValueError, match="n’a ni lettre latine ni chiffre"):
        slugify("!?")


@given(st.text())
def test_slugs_are_valid(text: str) -> None:
    try:
        slug = slugify(text)
    except ValueError:
        return
    assert SLUG.fullmatch(slug)
    check_slug(slug)
    assert slugify(slug) == slug
