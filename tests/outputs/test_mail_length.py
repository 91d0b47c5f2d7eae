"""A letter too long for a mailbox gives way, rubric by rubric, and says where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from plugins.outputs.mail.length import (
    GMAIL_CLIP,
    LIMIT,
    Fitted,
    MailSection,
    TooLongError,
    fit,
    shortened,
)

PARAGRAPH = f"<p>{'é' * 47}</p>"  # 101 bytes


def section(title: str | None, *pieces: str) -> MailSection:
    heading = (f"<h2>{title}</h2>",) if title else ()
    return MailSection(title, title, (*heading, *pieces))


def render(sections: Sequence[MailSection], others: int) -> str:
    shown = [
        "\n".join(filter(None, (s.head, s.html))) + ("<p>Suite</p>" if s.is_cut else "")
        for s in sections
    ]
    return "\n".join(shown) + (f"<p>{others} autres</p>" if others else "")


def test_the_limit_leaves_a_list_its_footer() -> None:
    assert LIMIT < GMAIL_CLIP == 102_400


def test_what_fits_is_whole() -> None:
    sections = [section(None, PARAGRAPH), section("A", PARAGRAPH, PARAGRAPH)]
    assert fit(sections, render) == Fitted(render(sections, 0), tuple(sections), 0)


@pytest.mark.parametrize(
    ("limit", "cut", "left_out"),
    [(2000, ["A"], 0), (700, ["A"], 0), (130, [None, "A"], 0), (50, [None, "A"], 1)],
)
def test_what_gives_way(limit: int, cut: list[str | None], left_out: int) -> None:
    sections = [
        section(None, PARAGRAPH),
        section("A", *[PARAGRAPH] * 40),
        section("B", "<p>court</p>"),
    ]
    found = fit(sections, render, limit)
    assert [section.title for section in found.cut] == cut
    assert found.left_out == left_out
    assert len(found.html.encode()) <= limit


def test_a_long_rubric_does_not_silence_the_next() -> None:
    found = fit([section("A", *[PARAGRAPH] * 40), section("B", PARAGRAPH)], render, 1000)
    assert found.html.endswith(f"<h2>B</h2>\n{PARAGRAPH}")
    assert found.html.count(PARAGRAPH) == 9


def test_what_is_left_goes_to_the_first_that_can_use_it() -> None:
    long = f"<p>{'x' * 500}</p>"
    found = fit([section("A", *[long] * 3), section("B", *[long] * 3)], render, 1800)
    assert [shown.pieces.count(long) for shown in found.shown] == [2, 1]


def test_what_is_left_is_offered_by_halves_where_what_is_written_is_longer() -> None:
    long = f"<p>{'x' * 500}</p>"
    sections = [section("A", *[long] * 3), section("B", *[long] * 3)]
    found = fit(sections, lambda shown, others: render(shown, others) * 2, 3600)
    assert [shown.pieces.count(long) for shown in found.shown] == [2, 1]


@pytest.mark.parametrize(("limit", "kept"), [(1568, [1, 1]), (1569, [2, 1])])
def test_what_is_left_is_used_to_the_last_byte(limit: int, kept: list[int]) -> None:
    long = f"<p>{'x' * 500}</p>"
    found = fit([section("A", *[long] * 3), section("B", *[long] * 3)], render, limit)
    assert [shown.pieces.count(long) for shown in found.shown] == kept


@pytest.mark.parametrize(
    ("limit", "pieces", "kept", "offers"),
    [
        (1500, [[500] * 3] * 2, [2, 1], 1),
        (1499, [[500] * 3] * 2, [1, 1], 0),
        (2900, [[500] * 2] * 3, [2, 2, 1], 2),
        (2600, [[500, 1200], [500, 600], [500, 600]], [1, 2, 1], 1),
        # Less than a hundredth of the limit is offered to none.
        (9900, [[4900, 99], [4901, 98]], [2, 1], 1),
        (9900, [[4900, 98], [4902, 96]], [1, 1], 0),
    ],
)
def test_what_is_left_goes_where_it_is_enough(
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    pieces: list[list[int]],
    kept: list[int],
    offers: int,
) -> None:
    """Each offer renders the letter once more; rubrics with no use for one get none."""
    signs = ["é" * (size // 2) + "x" * (size % 2) for own in pieces for size in own]
    sections = [section(None, *(signs.pop(0) for _ in own)) for own in pieces]
    written: list[int] = []

    def joined(shown: Sequence[MailSection], others: int) -> str:
        written.append(others)
        return "".join(piece for section in shown for piece in section.pieces)

    found = fit(sections, joined, limit)
    assert [len(shown.pieces) for shown in found.shown] == kept
    renderings = len(written)
    monkeypatch.setattr("plugins.outputs.mail.length._TRIES", 0)
    fit(sections, joined, limit)
    assert renderings - (len(written) - renderings) == offers


def test_what_is_left_is_offered_a_number_of_times_in_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each time, the whole letter is written anew."""
    written: list[int] = []

    def render_at_length(shown: Sequence[MailSection], others: int) -> str:
        written.append(others)
        return render(shown, others) * 3

    long = f"<p>{'x' * 1000}</p>"
    rubrics = [section(f"T{number}", "<p>court</p>", long) for number in range(60)]
    found = fit(rubrics, render_at_length, 9000)
    assert len(found.cut) == 60
    renderings = len(written)
    monkeypatch.setattr("plugins.outputs.mail.length._TRIES", 0)
    fit(rubrics, render_at_length, 9000)
    assert renderings - (len(written) - renderings) == 24


def test_rather_than_say_nothing_of_each_fewer_are_shown() -> None:
    rubrics = [section(f"T{number}", PARAGRAPH, PARAGRAPH) for number in range(200)]
    found = fit([section(None, PARAGRAPH), *rubrics], render, 20_000)
    assert 0 < found.left_out < 150
    assert all(PARAGRAPH in shown.pieces for shown in found.shown)


def test_no_heading_ends_what_is_kept() -> None:
    found = fit([section("A", PARAGRAPH, "<h3>B</h3>", PARAGRAPH * 9)], render, 500)
    assert found.html == f"<h2>A</h2>\n{PARAGRAPH}<p>Suite</p>"


HEAD = "<thead><tr><th>a</th></tr></thead>"
ROW = "<tr><td>un</td></tr>"


@pytest.mark.parametrize(
    ("piece", "room", "short"),
    [
        (
            "<ul><li>un</li><li>deux</li><li>trois</li></ul>",
            35,
            "<ul><li>un</li><li>deux</li></ul>",
        ),
        ("<ol start='3'><li>un</li><li>deux</li></ol>", 35, '<ol start="3"><li>un</li></ol>'),
        (
            "<ul><li>un<ul><li>a</li><li>b</li></ul></li><li>deux</li></ul>",
            50,
            "<ul><li>un<ul><li>a</li><li>b</li></ul></li></ul>",
        ),
        ("<ul>\u00a0<li>un</li><li>deux</li></ul>", 22, "<ul>\u00a0<li>un</li></ul>"),
        (f"<table>{ROW * 3}</table>", 80, f"<table><tbody>{ROW * 2}</tbody></table>"),
        (
            f'<div class="table-scroll"><table>{HEAD}{ROW * 3}</table></div>',
            140,
            f'<div class="table-scroll"><table>{HEAD}<tbody>{ROW * 2}</tbody></table></div>',
        ),
        (
            "<table><tr><td>\n<ol><li>un</li><li>deux</li></ol>\n</td></tr></table>",
            80,
            "<table><tbody><tr><td>\n<ol><li>un</li></ol>\n</td></tr></tbody></table>",
        ),
        ("<ul><li>un</li><li>deux</li></ul>", 10, None),
        ("<ul></ul>", 100, None),
        ("<p>Une phrase. Une autre.</p>", 20, None),
        ("<p>un</p><ul><li>un</li><li>deux</li></ul>", 40, None),
        (f"<table>{ROW * 3}<tfoot>{ROW}</tfoot></table>", 100, None),
        (f'<table><tr><td rowspan="3">un</td></tr>{ROW * 2}</table>', 100, None),
        ("<table><tr><td><p>cité</p><p>auteur</p></td></tr></table>", 50, None),
    ],
)
def test_what_is_shown_of_a_long_element(piece: str, room: int, short: str | None) -> None:
    assert shortened(piece, room) == short


def test_a_rubric_that_is_one_list_or_agenda_still_says_something() -> None:
    items = "".join(f"<li>{'é' * 40}</li>" for _ in range(40))
    rows = "".join(f"<tr><td>{'é' * 40}</td></tr>" for _ in range(40))
    found = fit(
        [
            section(None, PARAGRAPH),
            section("A", f"<ul>{items}</ul>"),
            section("B", f"<table>{rows}</table>"),
        ],
        render,
        2000,
    )
    assert [cut.title for cut in found.cut] == ["A", "B"]
    assert (found.html.count("<li>"), found.html.count("<tr>")) == (10, 9)
    assert found.html.count("<p>Suite</p>") == 2


def test_nothing_fits() -> None:
    with pytest.raises(TooLongError) as raised:
        fit([section("A", PARAGRAPH)], lambda *_: "<html>", 5)
    assert str(raised.value) == (
        "même réduit à ses titres, le numéro est trop long pour un courriel (100 ko au plus). "
        "Raccourcissez l’accroche, le titre ou la liste des contributeurs."
    )


@pytest.mark.parametrize(
    ("titles", "left_out", "lacks"),
    [
        ([None], 0, "la fin de l’éditorial cède la place à « Lire la suite »"),
        (["A", "B"], 0, "la fin de « A » et « B » cède la place à « Lire la suite »"),
        (
            [None, *"ABC"],
            0,
            (
                "la fin de l’éditorial, « A », « B » et 1\u00a0autre rubrique cède la place à "
                "« Lire la suite »"
            ),
        ),
        (
            [*"ABCDE"],
            2,
            (
                "la fin de « A », « B », « C » et 2\u00a0autres rubriques cède la place à "
                "« Lire la suite », et il y manque 2\u00a0rubriques"
            ),
        ),
        ([], 1, "il y manque 1\u00a0rubrique"),
    ],
)
def test_editor_is_told_what_is_lacking(
    titles: list[str | None], left_out: int, lacks: str
) -> None:
    cut = tuple(replace(section(title), is_cut=True) for title in titles)
    assert Fitted("", (section("Z"), *cut), left_out).notice == (
        f"le numéro est trop long pour un courriel (100 ko au plus) : {lacks}. "
        "La page, le texte et le PDF restent entiers. Raccourcissez, ou renvoyez à des articles."
    )


def test_nothing_is_told_of_what_is_whole() -> None:
    assert Fitted("", (section("A"),), 0).notice is None


@given(
    st.lists(st.lists(st.integers(0, 300), max_size=8), min_size=1, max_size=8),
    st.sampled_from(["<p>{}</p>", "<ul><li>{0}</li><li>{0}</li></ul>"]),
    st.integers(200, 2000),
)
def test_always_under_the_limit(sizes: list[list[int]], piece: str, limit: int) -> None:
    sections = [
        section(f"T{number}", *(piece.format("x" * size) for size in of_one))
        for number, of_one in enumerate(sizes)
    ]
    found = fit(sections, render, limit)
    assert len(found.html.encode()) <= limit
    if not found.cut and not found.left_out:
        assert found.html == render(sections, 0)
