"""What tools are given of the letter, as they read it: Go templates, tags, archives."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from html import escape
from typing import Any

import pytest
from hypothesis import given, strategies as st
from lxml import html as lxml_html

from plugins.french.typography import typeset
from plugins.outputs.mail.exports import READMES, Delivery, Tool, export
from plugins.outputs.mail.letter_mail import LetterMail, MailPicture

LEAVE = "mailto:lettre@site.example?subject=D%C3%A9sinscription"
LEAVE_WORDS = "écrire à lettre@site.example,\n  avec pour objet «\u00a0Désinscription\u00a0»"
LEAVE_WITH_APOSTROPHE = "https://listes.example/l'adieu?a=1&b=%C3%A9"
PICTURES = (
    MailPicture("https://site.example/mail/a.png?a=1&b=2", "a.png", "image/png", b"\x89PNG"),
    MailPicture("https://site.example/mail/b.jpg", "b.jpg", "image/jpeg", b"\xff\xd8"),
)
BODY = f"""
<h1>Un budget de 3 % &amp; plus</h1>
<p>Texte <b>gras</b> et <a href="https://site.example/?a=1&amp;b=2">lien</a>.</p>
<table role="presentation"><tr><td>
<img src="https://site.example/mail/a.png?a=1&amp;b=2" width="592" height="300" alt="Une carte">
</td></tr></table>
<!--[if mso]><v:rect href="https://site.example/"><![endif]-->
<a href="https://site.example/b"><img src="https://site.example/mail/b.jpg" alt=""></a>
<!--[if !mso]><!--><p>Pas Outlook.</p><!--<![endif]-->
<p><a href="{LEAVE}">Se désinscrire</a> · <a href="{LEAVE}autre">Autre</a></p>
"""
DELIVERY = Delivery("La lettre", "lettre@site.example", (3, 5))
TAGS = {
    Tool.LISTMONK: "{{ UnsubscribeURL }}",
    Tool.BREVO: "{{ unsubscribe }}",
    Tool.ZIP: LEAVE,
}
# What listmonk writes for an action of its templates; a string of Go reads like one of JSON.
ACTION = re.compile(r'\{\{ (?:Safe (?P<string>"(?:[^"\\]|\\.)*")|(?P<function>\w+)) \}\}')
literals = st.lists(
    st.one_of(
        st.sampled_from(("{", "}", "{{", "}}", "{%", "%}", "[", "]", "@TrackLink", "<", ">", "&")),
        st.sampled_from(('"', "\\", "`", "{{ UnsubscribeURL }}", "https://site.example/")),
        st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=8),
    ),
    max_size=20,
).map("".join)


def document(body: str) -> str:
    hidden = '<div style="display:none;max-height:0">Accroche</div>'
    head = "<head><title>Lettre</title><style>p { margin: 0 }</style></head>"
    return f'<!doctype html><html lang="fr">{head}<body>{hidden}{body}</body></html>'


TEXT = (
    f"UN BUDGET\n\n- Autre\u00a0: {LEAVE_WORDS}\n- Se désinscrire\u00a0: {LEAVE_WORDS}\n"
    f"- Autre\u00a0: {LEAVE_WORDS}\n"
)
MAIL = LetterMail(
    number=7,
    subject="La lettre du réseau",
    preheader="Ce mois-ci",
    html=document(BODY),
    text=TEXT,
    flowed_text=TEXT,
    web_address="https://site.example/lettres/7/",
    pictures=PICTURES,
    unsubscribe_address=LEAVE,
)


def files(tool: Tool, mail: LetterMail = MAIL, delivery: Delivery = DELIVERY) -> dict[str, bytes]:
    return export(mail, tool, delivery)


def contents(tool: Tool, mail: LetterMail = MAIL) -> dict[str, bytes]:
    """Return the files of an export, those of its archive unpacked."""
    found = files(tool, mail)
    if tool is Tool.ZIP:
        [packed] = found.values()
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return found


def letter_html(tool: Tool, mail: LetterMail = MAIL) -> str:
    return contents(tool, mail)["lettre.html"].decode()


def campaign(tool: Tool, mail: LetterMail = MAIL, delivery: Delivery = DELIVERY) -> dict[str, Any]:
    value = json.loads(files(tool, mail, delivery)["campagne.json"])
    assert isinstance(value, dict)
    return value


def as_listmonk_writes(template: str) -> str:
    assert "{{" not in ACTION.sub("\0", template)
    return ACTION.sub(
        lambda found: json.loads(found["string"]) if found["string"] else f"<{found['function']}>",
        template,
    )


@pytest.mark.parametrize(
    ("tool", "names"),
    [
        (
            Tool.LISTMONK,
            ["modele.html", "lettre.html", "lettre.txt", "campagne.json", "LISEZMOI.txt"],
        ),
        (Tool.BREVO, ["lettre.html", "campagne.json", "LISEZMOI.txt"]),
        (Tool.ZIP, ["lettre-7.zip"]),
    ],
)
def test_files(tool: Tool, names: list[str]) -> None:
    assert list(files(tool)) == names
    assert files(tool) == files(tool)


@pytest.mark.parametrize("tool", Tool)
def test_one_leaves_by_the_link_of_the_tool(tool: Tool) -> None:
    links = lxml_html.fromstring(letter_html(tool)).xpath("//a/@href")
    assert links.count(TAGS[tool]) == 1
    assert f"{LEAVE}autre" in links


@pytest.mark.parametrize("tool", [Tool.LISTMONK, Tool.BREVO])
def test_an_apostrophe_in_the_address_is_no_obstacle(tool: Tool) -> None:
    """The HTML keeps it as it is, where `html.escape` does not."""
    written = LEAVE_WITH_APOSTROPHE.replace("&", "&amp;")
    text = f"Se désinscrire\u00a0: {LEAVE_WITH_APOSTROPHE}\n"
    mail = replace(
        MAIL,
        html=document(f'<p><a href="{written}">Se désinscrire</a></p>'),
        text=text,
        flowed_text=text,
        unsubscribe_address=LEAVE_WITH_APOSTROPHE,
    )
    assert TAGS[tool] in letter_html(tool, mail)
    assert "adieu" not in letter_html(tool, mail)


@pytest.mark.parametrize("tool", [Tool.LISTMONK, Tool.BREVO])
@pytest.mark.parametrize(
    "mail",
    [
        replace(MAIL, html=document("<p>Rien</p>")),
        replace(MAIL, text=f"Rien que {LEAVE_WORDS}\n"),
        replace(MAIL, text=f"Se désinscrire\u00a0: {LEAVE_WORDS}autre\n"),
    ],
    ids=["no link in the HTML", "no words of the text", "other words of the text"],
)
def test_a_letter_that_cannot_be_left_is_not_exported(tool: Tool, mail: LetterMail) -> None:
    with pytest.raises(ValueError, match="does not link to mailto:"):
        export(mail, tool, DELIVERY)


@pytest.mark.parametrize("tool", Tool)
def test_the_readme_names_files_that_are_there(tool: Tool) -> None:
    readme = contents(tool)["LISEZMOI.txt"].decode()
    assert MAIL.subject in readme
    assert "$" not in readme
    named = set(re.findall(r"[\w-]+\.(?:html|json|txt|zip)\b", readme))
    assert named <= contents(tool).keys()
    assert contents(tool).keys() - named <= {"LISEZMOI.txt", "images/a.png", "images/b.jpg"}


@pytest.mark.parametrize("tool", Tool)
def test_the_readme_is_french_and_fits(tool: Tool) -> None:
    blocks = (READMES / f"{tool}.txt").read_text(encoding="utf-8").split("\n\n")
    prose = [block for block in blocks if not block.startswith("    ")]
    assert [typeset(block) for block in prose] == prose
    assert max(len(line) for block in prose for line in block.splitlines()) <= 72


def test_listmonk_campaign() -> None:
    found = campaign(Tool.LISTMONK)
    body, altbody = found.pop("body"), found.pop("altbody")
    assert found == {
        "name": "Lettre 7",
        "subject": "La lettre du réseau",
        "lists": [3, 5],
        "from_email": '"La lettre" <lettre@site.example>',
        "type": "regular",
        "messenger": "email",
        "content_type": "html",
    }
    assert files(Tool.LISTMONK)["lettre.html"].decode() == body
    assert files(Tool.LISTMONK)["lettre.txt"].decode() == altbody
    assert files(Tool.LISTMONK)["modele.html"] == b'{{ template "content" . }}\n'


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (MAIL.text, MAIL.text.replace(f"inscrire\u00a0: {LEAVE_WORDS}", "inscrire\u00a0: <tag>")),
        (
            "- Se désinscrire\u00a0:\n  " + LEAVE_WORDS.replace(" à", "\n  à"),
            "- Se désinscrire\u00a0:\n  <tag>",
        ),
        (
            "- Se désinscrire\u00a0: \n" + LEAVE_WORDS.replace(" à", " \nà"),
            "- Se désinscrire\u00a0: \n<tag>",
        ),
    ],
    ids=["once", "on several lines", "where it flows"],
)
def test_the_text_says_how_to_leave_in_one_place(written: str, left: str) -> None:
    assert replace(MAIL, text=written).leaving_at("<tag>").text == left
    assert replace(MAIL, flowed_text=written).leaving_at("<tag>").flowed_text == left


def test_listmonk_keeps_what_is_for_outlook() -> None:
    """Go's html/template drops comments: « Safe » gives them back."""
    template = letter_html(Tool.LISTMONK)
    assert "<!--" not in ACTION.sub("", template)
    expected = MAIL.leaving_at("<UnsubscribeURL>").html
    assert as_listmonk_writes(template) == expected


@given(literals)
def test_listmonk_writes_any_text_as_it_is(literal: str) -> None:
    html = document(f"<h1>{escape(literal)}</h1>{BODY}")
    mail = replace(MAIL, subject=literal, html=html, text=f"{literal}\n{MAIL.text}")
    found = campaign(Tool.LISTMONK, mail)
    written = as_listmonk_writes(found["body"])
    assert lxml_html.fromstring(written).findtext("body/h1") == literal
    assert "@TrackLink" not in found["body"]
    assert as_listmonk_writes(found["subject"]) == literal
    assert as_listmonk_writes(found["altbody"]) == mail.leaving_at("<UnsubscribeURL>").text
    assert "<" not in ACTION.sub("", found["altbody"])


def test_brevo_campaign() -> None:
    found = campaign(Tool.BREVO)
    assert found.pop("htmlContent") == letter_html(Tool.BREVO)
    assert found == {
        "name": "Lettre 7",
        "subject": "La lettre du réseau",
        "sender": {"name": "La lettre", "email": "lettre@site.example"},
        "mirrorActive": False,
        "recipients": {"listIds": [3, 5]},
    }


def test_brevo_is_told_of_no_list_when_none_is_known() -> None:
    assert "recipients" not in campaign(
        Tool.BREVO, delivery=Delivery("La lettre", "l@site.example")
    )


@given(literals)
def test_brevo_takes_no_text_for_a_tag(literal: str) -> None:
    html = document(f"<h1>{escape(literal)}</h1>{BODY}")
    found = campaign(Tool.BREVO, replace(MAIL, html=html))
    assert re.findall(r"\{[{%].*?[%}]\}", found["htmlContent"]) == ["{{ unsubscribe }}"]
    assert lxml_html.fromstring(found["htmlContent"]).findtext("body/h1") == literal


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("100 % { utile }", "100 % { utile }"),
        ("Dire {{ bonjour }}", "{% verbatim %}Dire {{ bonjour }}{% endverbatim %}"),
        ("Ou {% si %}", "{% verbatim %}Ou {% si %}{% endverbatim %}"),
    ],
)
def test_brevo_subject(subject: str, expected: str) -> None:
    assert campaign(Tool.BREVO, replace(MAIL, subject=subject))["subject"] == expected


def test_archive_is_whole_and_always_the_same() -> None:
    [packed] = files(Tool.ZIP).values()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert [packed] == list(files(Tool.ZIP).values())


def test_archive_holds_the_pictures_that_its_html_shows() -> None:
    found = contents(Tool.ZIP)
    shown = lxml_html.fromstring(found["lettre.html"].decode()).xpath("//img/@src")
    assert shown == ["images/a.png", "images/b.jpg"]
    assert [found[name] for name in shown] == [picture.data for picture in PICTURES]
    assert found["lettre.txt"].decode() == MAIL.text
