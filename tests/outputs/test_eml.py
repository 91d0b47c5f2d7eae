"""The message: nothing lost on the way, nothing for a server to change."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import a2b_qp
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from plugins.outputs.characters import clean_line
from plugins.outputs.mail.eml import sender_of
from plugins.views.identifiers import message_id
from tests.outputs.eml_samples import MESSAGE_ID, POSTING, made, parsed
from tests.outputs.letter_samples import LETTER, LISTS, NOW, SITE_URL, letter, site
from tests.outputs.strategies import texts, titles

ENCODED = re.compile(r"=\?utf-8\?([bq])\?([!->@-~]*)\?=")


def header(data: bytes, name: str) -> str:
    """Return a header unfolded and decoded by RFC 2047 to the letter, or nothing."""
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    found = re.search(rf"(?m)^{name}: (.*(?:\n .*)*)", head.replace("\r\n", "\n"))
    return decoded(found[1]) if found else ""


def decoded(folded: str) -> str:
    assert all(len(word[0]) <= 75 for word in ENCODED.finditer(folded))
    value = re.sub(r"(?<=\?=)\n (?==\?)", "", folded).replace("\n", "")
    return ENCODED.sub(lambda word: _word(word[1], word[2]), value)


def _word(encoding: str, text: str) -> str:
    """Each encoded word holds whole characters (RFC 2047, 5)."""
    data = b64decode(text, validate=True) if encoding == "b" else a2b_qp(text, header=True)
    return data.decode()


def bodies(data: bytes) -> tuple[str, str]:
    """Return text and HTML, cut out without the help of `email`."""
    head = data.partition(b"\r\n\r\n")[0]
    boundary = re.search(rb'boundary="([^"]+)"', head)
    assert boundary
    cut = data.split(b"\r\n--" + boundary[1])
    assert (len(cut), cut[3]) == (4, b"--\r\n")
    text, html = (a2b_qp(part.partition(b"\r\n\r\n")[2]).decode() for part in cut[1:3])
    return text.replace("\r\n", "\n"), html.replace("\r\n", "\n")


def assert_fit_for_transport(data: bytes) -> None:
    """RFC 5322, 2.1.1 and 2.3: seven bits, CRLF, short lines, no line that ends a message."""
    assert data.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)|\0", data) is None
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 998
    assert b"." not in lines
    assert not any(line.endswith((b" ", b"\t")) for line in lines)


def test_golden(golden: Callable[[str, str | bytes], None]) -> None:
    golden("eml/lettre-3.eml", made())


def test_headers() -> None:
    message = parsed(made())
    assert [str(value) for value in map(message.get, ("From", "To", "Reply-To"))] == [
        '"L’équipe, la lettre" <lettre@exemple.fr>',
        f"lettre@{LISTS}",
        "redaction@exemple.fr",
    ]
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == NOW
    assert {
        name: str(message[name])
        for name in message
        if name.startswith(("List", "Content", "M")) and name != "Content-Type"
    } == {
        "MIME-Version": "1.0",
        "Message-ID": MESSAGE_ID,
        "Content-Language": "fr",
        "List-Id": f"<lettre.{LISTS}>",
        "List-Post": f"<mailto:lettre@{LISTS}>",
        "List-Unsubscribe": f"<mailto:quitter@{LISTS}>, <https://{LISTS}/lettre?a=%C3%A9,b>",
        "List-Archive": f"<{SITE_URL}/lettres/>",
    }
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_site_without_settings_sends_in_its_own_name() -> None:
    data = made(data=site(lettre=None), to=replace(POSTING, recipient=None))
    message = parsed(data)
    assert str(message["From"]) == "Passerelle <contact@exemple.fr>"
    assert [n for n in message if n in {"To", "Reply-To"} or n.startswith("List-")] == []


def test_list_without_a_way_out_is_left_as_the_letter_says() -> None:
    lettre = {"expediteur": "lettre@exemple.fr", "liste": f"lettre@{LISTS}"}
    message = parsed(made(data=site(lettre=lettre)))
    assert str(message["List-Unsubscribe"]) == f"<{LETTER.unsubscribe_address}>"


def test_lines_are_short_but_for_long_addresses() -> None:
    lines = made().split(b"\r\n")
    assert [line for line in lines if len(line) > 78] == []
    host = ".".join(["a" * 60] * 4)
    long = made(data=site(contact=f"b@{host}", lettre=None), to=replace(POSTING, recipient=None))
    assert header(long, "From") == f"Passerelle <b@{host}>"
    assert_fit_for_transport(long)


def test_identifier_stays_on_the_line_of_its_header() -> None:
    """Some clients do not find it on the next one."""
    identifier = message_id(3, f"https://{'a' * 60}.{'b' * 60}.fr")
    data = made(to=replace(POSTING, message_id=identifier))
    assert f"\r\nMessage-ID: {identifier}\r\n".encode() in data
    assert_fit_for_transport(data)


def test_bodies_arrive_as_they_are() -> None:
    data = made()
    assert bodies(data) == (LETTER.flowed_text, LETTER.html)
    text, html = parsed(data).iter_parts()
    assert text.get_content().replace("\r\n", "\n") == LETTER.flowed_text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    assert_fit_for_transport(data)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "sans fin de ligne",
        "\n\n",
        ".",
        ".\n.\n..\n",
        "espaces   \n\t\n \n",
        "é" * 2000,
        "=" * 300,
        "a" * 76 + " \n" + "b" * 75 + ".\n",
        "👩‍👩‍👧‍👦" * 40,
        "\u202eمرحبا\u202c שלום",
        "From la rédaction\n>From\n-- \n--=_\n",
        "\x85\u2028\x0b\x0c\x1f",
    ],
)
def test_hard_bodies(content: str) -> None:
    data = made(letter(flowed_text=content, html=content))
    assert bodies(data) == (content, content)
    parsed(data)
    assert_fit_for_transport(data)


@given(texts, texts)
def test_any_body(text: str, html: str) -> None:
    """Line ends are the only thing that mail does not keep."""
    text, html = (part.encode("utf-8", "replace").decode() for part in (text, html))
    data = made(letter(flowed_text=text, html=html))
    wanted = tuple(re.sub("\r\n?", "\n", part) for part in (text, html))
    assert bodies(data) == wanted
    assert_fit_for_transport(data)


@pytest.mark.parametrize(
    "subject",
    [
        "Court",
        "Un titre ASCII de plus de soixante signes, que rien n’oblige à coder " * 3,
        "A title in ASCII that is longer than sixty signs, and has to be folded somewhere",
        "La lettre n°\u00a03\u00a0: l’année commence, la communauté aussi\u202f! " * 3,
        "🎉 fête 👩‍👩‍👧‍👦 " * 12,
        "é" * 200,
        "a" * 200,
        "مرحبا بالعالم שלום " * 8,
        "un essai =?utf-8?q?forg=C3=A9?= de mot codé",
        'deux points: (parenthèse) <chevrons> "guillemets" , ; @ \\ ',
        "mot " * 40,
    ],
)
def test_subjects(subject: str) -> None:
    data = made(letter(subject=subject))
    assert header(data, "Subject") == subject.strip()
    assert parsed(data)["Subject"] == subject.strip()
    assert_fit_for_transport(data)


@given(titles)
def test_any_subject(subject: str) -> None:
    """No sign of a title starts another header."""
    data = made(letter(subject=subject))
    assert header(data, "Subject") == clean_line(subject)
    assert parsed(data).keys() == parsed(made()).keys()
    assert_fit_for_transport(data)


@pytest.mark.parametrize(
    "name",
    [
        "Passerelle",
        "Passerelle, la lettre",
        "L’équipe, la lettre",
        'Un "nom" \\ et (un autre); <x@y.fr>',
        "a, b@c.fr; d " * 8,
        "La lettre de la communauté des cadres dirigeants du pôle ministériel, et de ses amis",
        "مرحبا بالعالم שלום " * 4,
        "🎉" * 30,
        "=?utf-8?q?forg=C3=A9?=",
    ],
)
def test_names(name: str) -> None:
    data = made(data=site(lettre={"expediteur": "lettre@exemple.fr", "nom": name}))
    wanted = sender_of(site(lettre={"expediteur": "l@e.fr", "nom": name}), SITE_URL).name
    shown, _, mailbox = header(data, "From").rpartition(" ")
    assert shown.strip('"').replace('\\"', '"').replace("\\\\", "\\") == wanted
    assert mailbox == "<lettre@exemple.fr>"
    (address,) = parsed(data)["From"].addresses
    assert address.addr_spec == "lettre@exemple.fr"
    assert_fit_for_transport(data)


def test_a_test_says_so() -> None:
    data = made(to=replace(POSTING, is_test=True))
    assert header(data, "Subject") == f"[Essai] {LETTER.subject}"


def test_same_letter_makes_same_bytes() -> None:
    assert made() == made()
    boundaries = {
        re.search(rb"boundary=(\S+)", data)[1]  # type: ignore[index]
        for data in (
            made(),
            made(letter(flowed_text="Autre.\n")),
            made(letter(html="<p>Autre</p>")),
        )
    }
    assert len(boundaries) == 3


@pytest.mark.parametrize(
    ("number", "site_url", "variant", "expected"),
    [
        (3, SITE_URL, "", MESSAGE_ID),
        (3, "http://PASSERELLE.exemple.fr:8080/un/chemin/", "", MESSAGE_ID),
        (4, SITE_URL, "", "<98495afe-c3af-5f5a-9eaf-970ac7c8ce78@passerelle.exemple.fr>"),
        (3, SITE_URL, "envoi 2", "<c5e38a92-44d7-5aef-87f3-1e960c7573b8@passerelle.exemple.fr>"),
        (3, "https://été.example", "", "<ad0a57a3-14bd-5a1e-b8da-e4e3a4a8d551@xn--t-9fab.example>"),
        (3, "http://localhost:8000", "", "<0ce16089-b86d-521b-8200-11a692b86950@localhost>"),
        (3, "http://[::1]:8000", "", "<6b582070-33f2-57a3-8f3b-0e3d946f52ab@[IPv6:::1]>"),
    ],
)
def test_identifiers(number: int, site_url: str, variant: str, expected: str) -> None:
    identifier = message_id(number, site_url, variant)
    assert identifier == expected
    assert str(parsed(made(to=replace(POSTING, message_id=identifier)))["Message-ID"]) == expected
