"""The settings of the SMTP server, read from the environment: `PASSERELLE_SMTP_…`."""

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from plugins.faults import shorten

PREFIX = "PASSERELLE_SMTP_"
_AUTHORITIES = "SSL_CERT_FILE"  # OpenSSL's: without a word, it trusts nobody when it cannot be read
_HOST, _PORT, _SECURITY, _USER, _PASSWORD, _TIMEOUT = NAMES = (
    f"{PREFIX}HOTE",
    f"{PREFIX}PORT",
    f"{PREFIX}SECURITE",
    f"{PREFIX}UTILISATEUR",
    f"{PREFIX}MOT_DE_PASSE",
    f"{PREFIX}DELAI",
)
_NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9_])?")
_IPV6 = re.compile(r"[0-9A-Fa-f:]+(?:%\w+)?")
_MAX_LABEL = 63
_DEFAULT_TIMEOUT, _MAX_TIMEOUT = 60.0, 3600


class Security(StrEnum):
    """The encryption of the connection."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "aucune"


# RFC 6409, RFC 8314 (3.3), RFC 5321 (4.5.4.2).
_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The SMTP server, its encryption and login; `timeout` is in seconds, for each step."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = _DEFAULT_TIMEOUT


class SmtpSettingsErrors(Exception):
    """The environment's settings cannot be used; holds every fault, in French."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_settings(environment: Mapping[str, str]) -> SmtpSettings:
    """Read the settings from `PASSERELLE_SMTP_…`; an empty variable counts as absent.

    Raises SmtpSettingsErrors with every fault; a login without encryption is one.
    """
    values = {name: environment[name].strip() for name in NAMES if environment.get(name)}
    if environment.get(_PASSWORD):
        values[_PASSWORD] = environment[_PASSWORD]  # a space may belong to it
    faults = _unknown(environment)
    host = _host(values, faults)
    security = _security(values, faults)
    port = _port(values, faults) or _PORTS[security]
    timeout = _timeout(values, faults)
    user, password = _login(values, security, faults)
    if security is not Security.NONE:
        _check_authorities(environment, faults)
    if faults:
        raise SmtpSettingsErrors(faults)
    return SmtpSettings(host, port, security, user, password, timeout)


def _unknown(environment: Mapping[str, str]) -> list[str]:
    """Return a fault for each misspelt variable: a misspelt login would be silently left out."""
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in NAMES)
    return [f"{name} n’existe pas. {_advice(name.removeprefix(PREFIX))}" for name in unknown]


def _advice(suffix: str) -> str:
    known = [name.removeprefix(PREFIX) for name in NAMES]
    if near := get_close_matches(suffix, known, n=1):
        return f"Vouliez-vous écrire {PREFIX}{near[0]} ?"
    return f"Après {PREFIX}, les noms possibles sont : {', '.join(known)}."


def _host(values: Mapping[str, str], faults: list[str]) -> str:
    host = values.get(_HOST, "")
    if not host:
        faults.append(
            f"{_HOST} manque : donnez le nom du serveur d’envoi, par exemple smtp.exemple.fr."
        )
    elif not _is_host(host):
        faults.append(
            f"{_HOST} vaut {shorten(host)} : écrivez le nom du serveur seul, par exemple "
            f"smtp.exemple.fr. Le port se donne dans {_PORT}."
        )
    return host


def _is_host(host: str) -> bool:
    if host.count(":") > 1:
        return _IPV6.fullmatch(host) is not None
    labels = host.split(".")
    return _NAME.fullmatch(host) is not None and all(len(label) <= _MAX_LABEL for label in labels)


def _security(values: Mapping[str, str], faults: list[str]) -> Security:
    written = values.get(_SECURITY, Security.STARTTLS)
    try:
        return Security(written.lower())
    except ValueError:
        choices = f"{Security.STARTTLS} (port 587), {Security.TLS} (port 465) ou {Security.NONE}"
        faults.append(f"{_SECURITY} vaut {shorten(written)} : écrivez {choices}.")
        return Security.STARTTLS


def _port(values: Mapping[str, str], faults: list[str]) -> int | None:
    written = values.get(_PORT)
    if written is None:
        return None
    if not re.fullmatch(r"[0-9]{1,5}", written) or not 1 <= int(written) <= 0xFFFF:
        faults.append(
            f"{_PORT} vaut {shorten(written)} : écrivez un nombre de 1 à 65535, par exemple 587."
        )
        return None
    return int(written)


def _timeout(values: Mapping[str, str], faults: list[str]) -> float:
    written = values.get(_TIMEOUT)
    if written is None:
        return _DEFAULT_TIMEOUT
    try:
        seconds = float(written.replace(",", "."))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _MAX_TIMEOUT:
        faults.append(
            f"{_TIMEOUT} vaut {shorten(written)} : écrivez un nombre de secondes, "
            f"{_MAX_TIMEOUT} au plus, par exemple 60."
        )
    return seconds


def _login(
    values: Mapping[str, str], security: Security, faults: list[str]
) -> tuple[str | None, str | None]:
    user, password = values.get(_USER), values.get(_PASSWORD)
    if user and not password:
        faults.append(f"{_USER} est donné sans {_PASSWORD} : ajoutez-le, ou retirez l’utilisateur.")
    if password and not user:
        faults.append(f"{_PASSWORD} est donné sans {_USER} : ajoutez-le, ou retirez-le.")
    if (user or password) and security is Security.NONE:
        faults.append(
            f"{_SECURITY} vaut « {security} » : le mot de passe passerait en clair. Écrivez "
            f"{Security.STARTTLS} ou {Security.TLS}, ou retirez l’utilisateur et le mot de passe."
        )
    return user, password


def _check_authorities(environment: Mapping[str, str], faults: list[str]) -> None:
    file = environment.get(_AUTHORITIES)
    if file is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    except FileNotFoundError:
        why = "ce fichier n’existe pas"
    except ssl.SSLError:
        why = "ce fichier ne contient pas de certificat lisible"
    except OSError:
        why = "ce fichier ne peut pas être lu"
    else:
        return
    faults.append(
        f"{_AUTHORITIES} vaut {shorten(file)} : {why}. Donnez le chemin du certificat de votre "
        "autorité (PEM), ou retirez cette variable."
    )
