"""The header of a file: what is read, where it stands, and what an editor reads when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies as st

from plugins.faults import Position
from plugins.front_matter import yaml_fields
from plugins.front_matter.document import Document, read_data, read_document

PATH = Path("content/articles/essai.md")


def read(text: str | bytes) -> Document:
    document, faults = read_document(PATH, text if isinstance(text, bytes) else text.encode())
    assert faults == []
    assert document is not None
    return document


def fault(text: str | bytes) -> str:
    document, faults = read_document(PATH, text if isinstance(text, bytes) else text.encode())
    assert document is None
    assert len(faults) == 1
    return str(faults[0]).removeprefix("content/articles/essai.md:")


def test_values_are_texts_with_their_places() -> None:
    document = read(
        "---\ntitre: Un\nheure: 17:30\nnon: no\nliste: [a, 2]\nlieu:\n  ville: Nantes\n---\nOh\n"
    )
    assert document.values == {
        "titre": "Un",
        "heure": "17:30",
        "non": "no",
        "liste": ["a", "2"],
        "lieu": {"ville": "Nantes"},
    }
    assert document.positions[("liste", 1)] == Position(5, 12)
    assert document.positions[("lieu", "ville")] == Position(7, 10)
    assert document.keys[("lieu", "ville")] == Position(7, 3)
    assert (document.body, document.body_line) == ("Oh\n", 9)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        (" ~", None),
        (" null", None),
        (' ""', ""),
        (" 'null'", "null"),
        (" a # une remarque", "a"),
        (" a#3", "a#3"),
        (' "Chantier #3"', "Chantier #3"),
        (" |\n  deux\n  lignes #3\n", "deux\nlignes #3\n"),
        ("\tespacé", "espacé"),
        (" ! oui", "oui"),
    ],
)
def test_values_that_yaml_could_twist(written: str, value: str | None) -> None:
    assert read(f"---\ntitre:{written}\n---\n").values == {"titre": value}


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitre: Été\n---\nOh\n",
        "\ufeff---\ntitre: Été\n---\nOh\n",
        "---\r\ntitre: Été\r\n---\r\nOh\r\n",
        "\ufeff---\rtitre: Été\r---\rOh\r",
        "---  \ntitre: Été\n---\t\nOh\n",
    ],
)
def test_bom_and_line_ends_of_all_systems(text: str) -> None:
    document = read(text)
    assert (document.values, document.body, document.body_line) == ({"titre": "Été"}, "Oh\n", 4)


@pytest.mark.parametrize(
    ("text", "body"),
    [("---\ntitre: a\n---", ""), ("---\ntitre: a\n---\n---\nOh\n", "---\nOh\n")],
)
def test_where_the_body_starts(text: str, body: str) -> None:
    assert read(text).body == body


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "",
            "1:1 · le fichier est vide. Écrivez son en-tête et son texte, ou supprimez-le.",
        ),
        (
            " \n\t\n",
            "1:1 · le fichier est vide. Écrivez son en-tête et son texte, ou supprimez-le.",
        ),
        (
            "Bonjour à tous.\n",
            (
                "1:1 · l’en-tête manque : la première ligne est « Bonjour à tous. ». Commencez le "
                "fichier par une ligne « --- », les champs, puis une ligne « --- »."
            ),
        ),
        (
            "---\ntitre: Essai\n\nBonjour\n",
            (
                "1:1 · l’en-tête ouvert par « --- » n’est jamais fermé. "
                "Ajoutez une ligne « --- » après le dernier champ."
            ),
        ),
        (
            "--- titre\n",
            (
                "1:1 · la première ligne « --- titre » n’est pas « --- » seul. "
                "Écrivez trois tirets et rien d’autre."
            ),
        ),
        (
            "---\n---\nBonjour\n",
            "2:1 · l’en-tête est vide. Écrivez au moins « titre: … ».",
        ),
        (
            "---\n- a\n- b\n---\n",
            (
                "2:1 · l’en-tête n’est pas une suite de champs. "
                "Écrivez « champ: valeur », un par ligne."
            ),
        ),
        (
            "---\ntitre: René\n---\n".encode("latin-1"),
            (
                "2:11 · l’octet 0xe9 n’est pas de l’UTF-8 (fichier en latin-1 ?). "
                "Enregistrez le fichier avec l’encodage « UTF-8 »."
            ),
        ),
        (
            "---\ntitre: René\n---\n".encode("utf-16"),
            (
                "1:1 · le fichier est en UTF-16 (« Unicode » dans le Bloc-notes). "
                "Enregistrez-le avec l’encodage « UTF-8 »."
            ),
        ),
        *(
            (
                "---\ntitre: René\n---\n".encode(encoding),
                (
                    "1:1 · le fichier est en UTF-16 (« Unicode » dans le Bloc-notes). "
                    "Enregistrez-le avec l’encodage « UTF-8 »."
                ),
            )
            for encoding in ("utf-16-le", "utf-16-be")
        ),
        (
            "titre: Essai\ndébut: 2024-03-25\n---\nTexte.\n",
            (
                "1:1 · la ligne « --- » qui ouvre l’en-tête manque. "
                "Ajoutez-la avant « titre: Essai », en première ligne."
            ),
        ),
        (
            "\n\nTitle: Essai\n---\nTexte.\n",
            (
                "3:1 · la ligne « --- » qui ouvre l’en-tête manque. "
                "Ajoutez-la avant « Title: Essai », en première ligne."
            ),
        ),
        (
            "\n---\ntitre: Essai\n---\nTexte.\n",
            "1:1 · la première ligne est vide. Retirez-la : le fichier commence par « --- ».",
        ),
        (
            "---\ntitre: a\x07b\n---\n",
            (
                "2:9 · le caractère invisible U+0007 n’est pas permis. "
                "Effacez-le (il vient souvent d’un copier-coller)."
            ),
        ),
        (
            "---\ntitre: a\n---\nb\x00\n",
            (
                "4:2 · le caractère invisible U+0000 n’est pas permis. "
                "Effacez-le (il vient souvent d’un copier-coller)."
            ),
        ),
        (
            "---\ntitre: " + "x" * 70_000 + "\n---\n",
            (
                "2:1 · l’en-tête compte 70008 caractères, plus que les 64000 permis. "
                "Déplacez le texte sous l’en-tête."
            ),
        ),
        (
            "---\ntitre: " + "x" * 10_000_000 + "\n---\n",
            (
                "1:1 · le fichier pèse 10\u202f000\u202f016 octets, plus "
                "que les 2\u202f000\u202f000 "
                "permis. Placez ce contenu dans un document joint."
            ),
        ),
        (
            "---\ntitre: a\ntitre: b\n---\n",
            "3:1 · titre : le champ est écrit deux fois (déjà ligne 2). Gardez l’un des deux.",
        ),
        (
            "---\nimage:\n  alt: a\n  alt: b\n---\n",
            "4:3 · alt : le champ est écrit deux fois (déjà ligne 3). Gardez l’un des deux.",
        ),
        (
            "---\n? [a, b]\n: c\n---\n",
            "2:3 · un nom de champ doit être un simple mot.",
        ),
        (
            "---\nrubrique: Chantier #3\n---\n",
            (
                "2:20 · rubrique : « #3 » serait pris pour un "
                "commentaire et perdu. Mettez toute la "
                "valeur entre guillemets (ou une espace après « # »)."
            ),
        ),
        (
            "---\nimage:\n  couleur: #fff\n---\n",
            (
                "3:12 · image.couleur : « #fff » serait pris pour un commentaire et perdu. Mettez "
                "toute la valeur entre guillemets (ou une espace après « # »)."
            ),
        ),
    ],
)
def test_files_that_cannot_be_read(text: str | bytes, message: str) -> None:
    assert fault(text) == message


QUOTE = "un guillemet ouvert n’est jamais fermé. Fermez-le à la fin de la valeur."
EARLY = (
    "le guillemet se ferme avant la fin de la valeur. Entourez toute la valeur de guillemets "
    "d’une sorte qu’elle ne contient pas, \"…\" ou '…'."
)
CUT = "un « : » suivi d’une espace coupe la valeur. Mettez toute la valeur entre guillemets"
SPACE = "il manque une espace après « : ». Écrivez « champ: valeur »."
NO_COLON = "un champ n’a pas de « : ». Écrivez « champ: valeur »."
SHIFTED = "le champ est décalé sous un autre qui a déjà une valeur. Alignez-le sur ses voisins."
INDENT = "le retrait de cette ligne n’est pas celui de ses voisines. Alignez-la sur elles."
TAB = "une tabulation sert de retrait. Remplacez-la par des espaces."
LIST = (
    "la liste entre crochets est mal écrite. Séparez ses éléments par des virgules, et fermez-la "
    "par « ] »."
)
GROUP = (
    "le groupe entre accolades est mal écrit. Séparez ses champs par des virgules, et fermez-le "
    "par « } »."
)
BRACKET = (
    "une liste entre crochets, ou un groupe entre accolades, n’est pas fermé. "
    "Ajoutez « ] » ou « } »."
)
UNREADABLE = (
    "cet endroit n’est pas lisible. Vérifiez le retrait (deux espaces), les guillemets "
    "et les « : »."
)
BOMB = (
    "les renvois de YAML (« & » et « * ») ne sont pas permis. "
    "Écrivez la valeur en entier, ou entre guillemets."
)
SIGN = "ne peut pas commencer une valeur. Mettez la valeur entre guillemets."
BANG = "une valeur commence par « ! ». Mettez-la entre guillemets."
HALVES = "une ligne « --- » ou « ... » coupe l’en-tête en deux juste avant. Retirez-la."


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ('titre: "Essai\ndate: x', f'2:8 · titre : « "Essai » : {QUOTE}'),
        ('titre: "Essai\ndate: "x"', f'2:8 · titre : « "Essai » : {QUOTE}'),
        ("titre: 'L'été'\ndate: x", f"2:11 · titre : « 'L'été' » : {EARLY}"),
        ('titre: "Un" et deux', f'2:13 · titre : « "Un" et deux » : {EARLY}'),
        (
            "titre: Essai : la suite",
            f'2:14 · titre : « Essai : la suite » : {CUT} : titre: "Essai : la suite".',
        ),
        (
            'titre: Le "mot" : un essai',
            (
                f'2:17 · titre : « Le "mot" : un essai » : {CUT} '
                "(doubles ou simples, d’une sorte qu’elle ne contient pas)."
            ),
        ),
        ("titre:Essai\ndate: x", f"2:7 · « titre:Essai » : {SPACE}"),
        ("titre: Essai\ndate:x", f"3:6 · « date:x » : {SPACE}"),
        ("titre: Essai\ndate\nlieu: x", f"3:1 · « date » : {NO_COLON}"),
        ("Bonjour\ntitre: x", f"2:1 · « Bonjour » : {NO_COLON}"),
        ("titre: Essai\n  date: x", f"3:3 · date : « x » : {SHIFTED}"),
        ("image:\n  fichier: x\n alt: y", f"4:2 · alt : « y » : {INDENT}"),
        ("titre: a\n- b", f"3:1 · « - b » : {INDENT}"),
        ("image:\n\tfichier: x", f"3:1 · fichier : « x » : {TAB}"),
        ("titre: a\n\tb", f"3:1 · « b » : {TAB}"),
        ("themes: [a, b\ndate: x", f"2:9 · themes : « [a, b » : {LIST}"),
        ('themes: ["a" "b"]', f'2:9 · themes : « ["a" "b"] » : {LIST}'),
        ("lieu: {a: b\ndate: x", f"2:7 · lieu : « {{a: b » : {GROUP}"),
        (
            "themes: [a,",
            f"2:12 · themes : « [a, » : {BRACKET}",
        ),
        (
            "auteurs: - moi",
            (
                "2:10 · auteurs : « - moi » : une liste ne commence pas sur la ligne du champ. "
                "Écrivez chaque élément sous le champ, précédé d’un tiret."
            ),
        ),
        (
            'titre: "C:\\dossier"',
            (
                '2:8 · titre : « "C:\\dossier" » : une barre « \\ » n’est pas permise entre '
                "guillemets doubles. Employez des guillemets simples."
            ),
        ),
        ("auteurs: @moi", f"2:10 · auteurs : « @moi » : le signe « @ » {SIGN}"),
        ("auteurs: %moi", f"2:10 · auteurs : « %moi » : le signe « % » {SIGN}"),
        ("auteurs: `moi`", f"2:10 · auteurs : « `moi` » : le signe « ` » {SIGN}"),
        ("auteurs: }", f"2:10 · auteurs : « }} » : le signe « }} » {SIGN}"),
        ("auteurs: *moi", f"2:10 · auteurs : « *moi » : {BOMB}"),
        ("auteurs: &moi", f"2:10 · auteurs : « &moi » : {BOMB}"),
        ("a: &a [x, x]\nb: &b [*a, *a]", f"2:4 · a : « &a [x, x] » : {BOMB}"),
        (
            "auteurs: & moi",
            (
                "2:10 · auteurs : « & moi » : une valeur commence par « & » ou « * ». "
                "Mettez-la entre guillemets."
            ),
        ),
        (
            "auteurs: !!python/object:os.system x",
            f"2:10 · auteurs : « !!python/object:os.system x » : {BANG}",
        ),
        ("auteurs: !Moi", f"2:10 · auteurs : « !Moi » : {BANG}"),
        ("titre: a\n--- b", f"3:1 · « --- b » : {HALVES}"),
        ("titre: a\n...\ndate: x", f"4:1 · date : « x » : {HALVES}"),
        ("...\ntitre: a", f"2:1 · « ... » : {HALVES}"),
        ('titre: "a\n--- b', f'2:8 · titre : « "a » : {QUOTE}'),
        ('titre: a\n"date"\nlieu: x', f'3:1 · « "date" » : {NO_COLON}'),
        ("themes: [a, }", f"2:13 · themes : « [a, }} » : {BRACKET}"),
        ("titre: ? b", f"2:8 · titre : « ? b » : {UNREADABLE}"),
        ("titre: >x\n  b", f"2:9 · titre : « >x » : {UNREADABLE}"),
        ("%YAML 1.1.1\ntitre: a", f"2:10 · « %YAML 1.1.1 » : {UNREADABLE}"),
        (
            "titre: " + "[" * 500,
            (
                f"2:19 · titre : « {'[' * 59}… » : plus de 12 listes ou groupes emboîtés. "
                "Simplifiez la valeur."
            ),
        ),
        (
            "\n".join(" " * n + "a:" for n in range(200)),
            "14:13 · a : plus de 12 listes ou groupes emboîtés. Simplifiez la valeur.",
        ),
    ],
)
@pytest.mark.parametrize("parser", [yaml.CBaseLoader, yaml.BaseLoader])
def test_mistakes_of_yaml(
    header: str, message: str, parser: type[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with both parsers of PyYAML, whose own messages differ."""
    monkeypatch.setattr(yaml_fields, "_LOADER", parser)
    assert fault(f"---\n{header}\n---\nTexte.\n") == message


CUT = "un « : » suivi d’une espace coupe la valeur. Mettez toute la valeur entre guillemets"


@pytest.mark.parametrize(
    ("header", "messages"),
    [
        (
            "titre: a : b\ndate: 2024\nresume: c: d\n",
            [
                f'2:10 · titre : « a : b » : {CUT} : titre: "a : b".',
                f'4:10 · resume : « c: d » : {CUT} : resume: "c: d".',
            ],
        ),
        (
            "titre: [Vidéo] la plénière\nresume: 'b' c\nauteurs: \"d\n",
            [
                (
                    "2:8 · titre : « [Vidéo] la plénière » : une valeur qui commence par « [ » se "
                    'met toute entre guillemets : titre: "[Vidéo] la plénière".'
                ),
                (
                    "3:13 · resume : « 'b' c » : le guillemet se ferme avant la fin de la valeur. "
                    "Entourez toute la valeur de guillemets d’une sorte qu’elle ne contient pas, "
                    "\"…\" ou '…'."
                ),
                f'4:10 · auteurs : « "d » : {QUOTE}',
            ],
        ),
        (
            'titre: "Retour\nresume: Un.\nimage:\n  fichier: a.svg\n  alt: "Une tour"\n',
            [f'2:8 · titre : « "Retour » : {QUOTE}'],
        ),
        (
            'titre: "Un"\nresume: "Deux\nimage: a\nalt: "Trois"\n',
            [f'3:9 · resume : « "Deux » : {QUOTE}'],
        ),
        (
            "".join(f"a{n}: b : c\n" for n in range(10, 99)),
            [f'{n}:8 · a{n + 8} : « b : c » : {CUT} : a{n + 8}: "b : c".' for n in range(2, 12)],
        ),
        (
            "titre: a : b\n  suite\nresume: c : d\n",
            [f'2:10 · titre : « a : b » : {CUT} : titre: "a : b".'],
        ),
    ],
)
def test_each_mistake_of_a_header_is_told(header: str, messages: list[str]) -> None:
    """Those below a value at fault too, when nothing goes on with it."""
    document, faults = read_document(PATH, f"---\n{header}---\n".encode())
    assert document is None
    assert [str(f).removeprefix(f"{PATH}:") for f in faults] == messages


@pytest.mark.parametrize("fence", ["", "---\n"])
def test_header_of_pelican(fence: str) -> None:
    """Fenced or not, its values are not YAML: a colon or a number sign is part of them."""
    end = fence or "\n"
    document = read(
        f"{fence}Title: Retour : la suite #3\nDate:2010-12-03 10:20\nSUMMARY: Un\n    deux\n"
        f"Tags:\n{end}Texte\n"
    )
    assert document.pelican
    assert document.values == {
        "title": "Retour : la suite #3",
        "date": "2010-12-03 10:20",
        "summary": "Un deux",
        "tags": None,
    }
    first = 2 if fence else 1
    assert document.positions[("title",)] == Position(first, 8)
    assert document.body == "Texte\n"


def test_header_of_pelican_that_is_yaml_too() -> None:
    document = read("---\nTitle: Un\nTags: [a, b]\n---\n")
    assert document.pelican
    assert document.values == {"Title": "Un", "Tags": ["a", "b"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Title: a\nTitle: b\n\nTexte\n",
            "2:1 · title : le champ est écrit deux fois (déjà ligne 1). Gardez l’un des deux.",
        ),
        (
            "Title: a\nTexte sans ligne vide\n",
            (
                "2:1 · la ligne « Texte sans ligne vide » n’est pas un champ. "
                "Écrivez « champ: valeur », et une ligne vide après le dernier champ."
            ),
        ),
    ],
)
def test_faults_in_a_header_of_pelican(text: str, message: str) -> None:
    assert fault(text) == message


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_separators_that_editors_do_not_show_end_no_line(sign: str) -> None:
    assert read(f"---\ntitre: a{sign}b{sign}\ndate: x\n---\n").values == {
        "titre": "a b",
        "date": "x",
    }
    assert (
        fault(f"---\ntitre: a{sign}{sign}\ndate\nlieu: x\n---\n") == f"3:1 · « date » : {NO_COLON}"
    )


def test_data_file() -> None:
    document, faults = read_data(PATH, b"- nom: a\n- nom: b\n", "themes")
    assert faults == []
    assert document is not None
    assert document.values == {"themes": [{"nom": "a"}, {"nom": "b"}]}
    assert document.positions[("themes", 1, "nom")] == Position(2, 8)


def test_data_file_that_cannot_be_read() -> None:
    document, faults = read_data(PATH, b"nom: [\n", "site")
    assert document is None
    assert [str(fault) for fault in faults] == [
        (
            "content/articles/essai.md:1:7 · nom : « [ » : une liste entre crochets, "
            "ou un groupe entre accolades, "
            "n’est pas fermé. Ajoutez « ] » ou « } »."
        )
    ]


YAMLISH = st.lists(
    st.sampled_from(
        [
            *"-:#&*!|>'\"[]{},?%@`~ \t\n",
            "---\n",
            "titre: ",
            "a: b\n",
            "  ",
            "\ufeff",
            "é",
            "\x00",
            "\\",
        ]
    )
    | st.text(max_size=3),
    max_size=40,
).map("".join)


@given(YAMLISH | st.just(""), st.binary(max_size=20), st.booleans())
def test_any_bytes_are_a_document_or_one_fault(text: str, tail: bytes, fenced: bool) -> None:
    data = (f"---\n{text}\n---\n" if fenced else text).encode("utf-8", "surrogatepass") + tail
    document, faults = read_document(PATH, data)
    assert (document is None) == bool(faults)
    for found in faults:
        assert found.position.line >= 1
        assert found.position.column >= 1
        assert "\n" not in str(found)


@given(YAMLISH)
def test_every_place_is_inside_the_file(text: str) -> None:
    document, _ = read_document(PATH, f"---\n{text}\n---\n".encode("utf-8", "surrogatepass"))
    if document is not None:
        lines = text.count("\n") + text.count("\r") + 3
        assert all(place.line <= lines for place in document.positions.values())
