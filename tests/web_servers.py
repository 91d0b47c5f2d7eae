"""Caddy and nginx, serving a folder of the site on the loopback interface."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

from tests.tooling import CADDY, NGINX

_CADDYFILE = """\
{{
	admin off
	auto_https off
}}
http://127.0.0.1:{port} {{
	root * {site}
	import {site}/redirections.caddy
	file_server
}}
"""
_NGINX_CONF = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  types {{ text/html html; application/xml xml; text/calendar ics; application/json json; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {site};
    index index.html;
    include {site}/redirections.nginx.conf;
  }}
}}
"""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        """Follow nothing: the first answer is what counts."""


_OPENER = build_opener(_NoRedirect)


def answer(url: str) -> tuple[int, str]:
    """Return the status of the first answer, and its Location."""
    try:
        with _OPENER.open(url, timeout=10) as found:
            return found.status, ""
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("Location") or ""


@contextmanager
def caddy(site: Path, folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a site with Caddy and its redirections; yield its address. `folder` is its own."""
    port = port or free_port()
    config = _written(folder / "Caddyfile", _CADDYFILE.format(port=port, site=site))
    path = CADDY.path()
    assert path
    run = (path, "run", "--config", str(config), "--adapter", "caddyfile")
    with _running(run, folder, port) as url:
        yield url


@contextmanager
def nginx(site: Path, folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a site with nginx, as `caddy` does."""
    port = port or free_port()
    text = _NGINX_CONF.format(port=port, site=site, folder=folder)
    user = "user root;\n" if Path("/").owner() == Path.home().owner() == "root" else ""
    config = _written(folder / "nginx.conf", user + text)
    path = NGINX.path()
    assert path
    with _running((path, "-c", str(config), "-p", str(folder)), folder, port) as url:
        yield url


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def _running(command: Sequence[str], folder: Path, port: int) -> Iterator[str]:
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(process, port, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))
