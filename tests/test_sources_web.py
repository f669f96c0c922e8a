"""Pages by address, from a server on localhost: one request, limits, and no way into a private network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from sources import limits, read, web
from timeline.errors import InputError

PAGE = (Path(__file__).parent / "inputs" / "html" / "open_graph.html").read_bytes()


class Site(BaseHTTPRequestHandler):
    """A page, redirects to it, to nowhere, to other schemes, an error, and a page without end."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Site.asked.append(self.path)
        moved = {"/moved": "/page", "/loop": "/loop", "/file": "file:///etc/passwd", "/odd": "ftp://x.example/a"}
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.end_headers()
        elif self.path == "/page":
            self._answer(200, PAGE)
        elif self.path == "/long":
            self._answer(200, b"a" * 5_000)
        else:
            self._answer(404, b"not here")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """No chatter."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Site.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_is_read_with_one_request(site: str) -> None:
    reading = read([f"{site}/page"], allow_private=True)
    assert [document.outlet for document in reading.documents] == ["가람나루"]
    assert Site.asked == ["/page"]


def test_a_redirect_is_followed(site: str) -> None:
    assert web.fetch(f"{site}/moved", allow_private=True) == PAGE


REFUSED = [
    ("/loop", "redirects"),
    ("/file", "no web page"),
    ("/odd", "no web page"),
    ("/none", "answered 404"),
]


@pytest.mark.parametrize(("path", "words"), REFUSED, ids=[path for path, _ in REFUSED])
def test_refused_with_the_reason(site: str, path: str, words: str) -> None:
    (problem,) = read([site + path], allow_private=True).problems
    assert problem.file == site + path
    assert words in problem.error


def test_private_addresses_are_refused_unless_allowed(site: str) -> None:
    (problem,) = read([f"{site}/page"]).problems
    assert "private network" in problem.error
    assert Site.asked == []


PRIVATE = [
    "http://localhost/",
    "http://10.0.0.1/",
    "http://169.254.169.254/a",
    "http://[::1]/",
    "http://192.168.1.1:8080/",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_every_private_range_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="private network"):
        web.fetch(address)


def test_too_much_is_cut_off(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "FILE_BYTES", limits.FILE_BYTES // limits.FILE_BYTES * 1_000)
    with pytest.raises(InputError, match="limit for one page"):
        web.fetch(f"{site}/long", allow_private=True)


def test_a_server_that_is_not_there_is_said() -> None:
    (problem,) = read(["http://127.0.0.1:9/"], allow_private=True).problems
    assert "could not be fetched" in problem.error
