"""Former addresses, as the servers of a static site are told of them.

The paths of `moves` and `removed` are root-relative and not escaped, targets are escaped. A folder
answers without its last slash too.
"""

from collections.abc import Iterable, Iterator, Mapping

from plugins.library.addresses import quoted

_HEAD = "# Anciennes adresses. Ce fichier est refait à chaque compilation."


def to_netlify(moves: Mapping[str, str]) -> bytes:
    """Write `_redirects`, which Netlify, Cloudflare Pages and GitLab Pages read."""
    lines = (
        f"{quoted(path)} {target} 301"
        for address, target in moves.items()
        for path in _both(address)
    )
    return _file(lines)


def to_caddy(moves: Mapping[str, str], removed: Iterable[str]) -> bytes:
    """Write what Caddy imports in the block of a site (https://caddyserver.com/docs/caddyfile)."""
    lines = ["map {path} {ancienne_adresse} {"]
    for address, target in moves.items():
        lines += [f"\t{_caddy(path)} {_caddy(target)}" for path in _both(address)]
    lines += ['\tdefault ""', "}"]
    lines += ['@ancienne_adresse expression `{ancienne_adresse} != ""`']
    lines += ["redir @ancienne_adresse {ancienne_adresse} 301"]
    if paths := [_caddy(address) for address in removed]:
        lines += [f"@supprimee path {' '.join(paths)}"]
        lines += ["handle @supprimee {", "\tfile_server {", "\t\tstatus 410", "\t}", "}"]
    return _file(lines)


def to_nginx(moves: Mapping[str, str], removed: Iterable[str]) -> bytes:
    """Write what nginx includes in a server (https://nginx.org/en/docs/)."""
    found = [
        *((path, f"301 {_nginx(target)}") for a, target in moves.items() for path in _both(a)),
        *((path, "410") for address in removed for path in _both(address)),
    ]
    return _file(f"location = {_nginx(path)} {{ return {answer}; }}" for path, answer in found)


def _both(address: str) -> Iterator[str]:
    yield address
    if address.endswith("/") and address != "/":
        yield address[:-1]


def _caddy(text: str) -> str:
    """Quote a token; a brace that opens would begin a placeholder."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "\\{")
    return f'"{escaped}"'


def _nginx(text: str) -> str:
    """Quote a parameter; a dollar, which begins a variable, stands escaped in no address."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _file(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (_HEAD, *lines)).encode()
