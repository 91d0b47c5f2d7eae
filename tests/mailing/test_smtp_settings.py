"""What the environment says of the server: all its faults at once, before any connection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import trustme

from plugins.mailing.smtp_settings import Security, SmtpSettings, SmtpSettingsErrors, read_settings

HOST = "smtp.exemple.fr"
LOGIN = {"UTILISATEUR": "lettre", "MOT_DE_PASSE": " sésame "}


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    given = {"HOTE": HOST, **variables}
    return {"PATH": "/bin", **{f"PASSERELLE_SMTP_{name}": text for name, text in given.items()}}


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, SmtpSettings(HOST, 587, Security.STARTTLS)),
        ({"PORT": "", "DELAI": "", "SECURITE": ""}, SmtpSettings(HOST, 587)),
        ({"SECURITE": "TLS"}, SmtpSettings(HOST, 465, Security.TLS)),
        ({"SECURITE": " aucune "}, SmtpSettings(HOST, 25, Security.NONE)),
        (
            {"PORT": "2525", "DELAI": "7,5", **LOGIN},
            SmtpSettings(HOST, 2525, Security.STARTTLS, "lettre", " sésame ", 7.5),
        ),
        ({"HOTE": "::1"}, SmtpSettings("::1", 587)),
        ({"HOTE": "127.0.0.1"}, SmtpSettings("127.0.0.1", 587)),
    ],
)
def test_settings(variables: Mapping[str, str], expected: SmtpSettings) -> None:
    assert read_settings(environment(variables)) == expected


HOST_ALONE = (
    " : écrivez le nom du serveur seul, par exemple smtp.exemple.fr. "
    "Le port se donne dans PASSERELLE_SMTP_PORT."
)


@pytest.mark.parametrize(
    ("variables", "faults"),
    [
        (
            {"HOTE": ""},
            ["HOTE manque : donnez le nom du serveur d’envoi, par exemple smtp.exemple.fr."],
        ),
        ({"HOTE": "smtp.exemple.fr:587"}, [f"HOTE vaut « smtp.exemple.fr:587 »{HOST_ALONE}"]),
        ({"HOTE": "smtp://exemple.fr"}, [f"HOTE vaut « smtp://exemple.fr »{HOST_ALONE}"]),
        ({"HOTE": "smtp..fr"}, [f"HOTE vaut « smtp..fr »{HOST_ALONE}"]),
        ({"HOTE": "é.fr"}, [f"HOTE vaut « é.fr »{HOST_ALONE}"]),
        ({"HOTE": f"{'a' * 64}.fr"}, [f"HOTE vaut « {'a' * 59}… »{HOST_ALONE}"]),
        ({"HOTE": "a:b:c.fr"}, [f"HOTE vaut « a:b:c.fr »{HOST_ALONE}"]),
        *(
            (
                {"PORT": port},
                [f"PORT vaut « {port} » : écrivez un nombre de 1 à 65535, par exemple 587."],
            )
            for port in ("0", "65536", "587a", "-1", "999999999999")
        ),
        (
            {"SECURITE": "ssl"},
            [
                "SECURITE vaut « ssl » : écrivez starttls (port 587), tls (port 465) ou aucune.",
            ],
        ),
        *(
            (
                {"DELAI": delay},
                [
                    (
                        f"DELAI vaut « {delay} » : écrivez un nombre de secondes, 3600 au plus, "
                        "par exemple 60."
                    )
                ],
            )
            for delay in ("0", "-5", "nan", "inf", "une minute", "3601")
        ),
        (
            {"UTILISATEUR": "lettre"},
            [
                (
                    "UTILISATEUR est donné sans PASSERELLE_SMTP_MOT_DE_PASSE : ajoutez-le, ou "
                    "retirez l’utilisateur."
                )
            ],
        ),
        (
            {"MOT_DE_PASSE": "sésame"},
            [
                (
                    "MOT_DE_PASSE est donné sans PASSERELLE_SMTP_UTILISATEUR : ajoutez-le, ou "
                    "retirez-le."
                )
            ],
        ),
        (
            {"SECURITE": "aucune", **LOGIN},
            [
                (
                    "SECURITE vaut « aucune » : le mot de passe passerait en clair. Écrivez "
                    "starttls ou tls, ou retirez l’utilisateur et le mot de passe."
                )
            ],
        ),
        (
            {"HOST": "smtp.exemple.fr", "PASSWORD": "sésame"},
            [
                "HOST n’existe pas. Vouliez-vous écrire PASSERELLE_SMTP_HOTE ?",
                (
                    "PASSWORD n’existe pas. Après PASSERELLE_SMTP_, les noms possibles sont : "
                    "HOTE, PORT, SECURITE, UTILISATEUR, MOT_DE_PASSE, DELAI."
                ),
            ],
        ),
        (
            {"HOTE": "", "PORT": "x", "DELAI": "x", "SECURITE": "x", "UTILISATEUR": "x"},
            [
                "HOTE manque : donnez le nom du serveur d’envoi, par exemple smtp.exemple.fr.",
                "SECURITE vaut « x » : écrivez starttls (port 587), tls (port 465) ou aucune.",
                "PORT vaut « x » : écrivez un nombre de 1 à 65535, par exemple 587.",
                "DELAI vaut « x » : écrivez un nombre de secondes, 3600 au plus, par exemple 60.",
                (
                    "UTILISATEUR est donné sans PASSERELLE_SMTP_MOT_DE_PASSE : ajoutez-le, ou "
                    "retirez l’utilisateur."
                ),
            ],
        ),
    ],
)
def test_faults(variables: Mapping[str, str], faults: list[str]) -> None:
    with pytest.raises(SmtpSettingsErrors) as raised:
        read_settings(environment(variables))
    assert list(raised.value.faults) == [f"PASSERELLE_SMTP_{fault}" for fault in faults]


def test_password_is_not_shown() -> None:
    assert "sésame" not in repr(read_settings(environment(LOGIN)))
    with pytest.raises(SmtpSettingsErrors) as raised:
        read_settings(environment({"SECURITE": "aucune", **LOGIN}))
    assert "sésame" not in str(raised.value) + repr(raised.value)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("absent.pem", "ce fichier n’existe pas"),
        ("texte.pem", "ce fichier ne contient pas de certificat lisible"),
        (".", "ce fichier ne peut pas être lu"),
    ],
)
def test_authorities_that_nobody_could_trust(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "texte.pem").write_text("autorité", "utf-8")
    variables = {**environment(LOGIN), "SSL_CERT_FILE": f"{tmp_path}/{name}"}
    with pytest.raises(SmtpSettingsErrors) as raised:
        read_settings(variables)
    assert raised.value.faults[0].partition(" : ")[2] == (
        f"{why}. Donnez le chemin du certificat de votre autorité (PEM), ou retirez cette variable."
    )


def test_authorities_matter_where_something_is_encrypted(
    authority: trustme.CA, tmp_path: Path
) -> None:
    file = tmp_path / "autorite.pem"
    authority.cert_pem.write_to_path(file)
    for variables, path in ((LOGIN, str(file)), ({"SECURITE": "aucune"}, "/absent")):
        plain = environment(variables)
        assert read_settings({**plain, "SSL_CERT_FILE": path}) == read_settings(plain)
