"""Pages by address: one polite request, within size and time limits, never to a private network.

Every hop is checked: its scheme, the addresses its name resolves to, and the address really connected to (a name may
resolve differently the second time).
"""

from __future__ import annotations

import ipaddress
import socket
from time import monotonic
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import httpx

from sources.limits import DOWNLOAD_SECONDS, FILE_BYTES, MEGABYTE, REDIRECTS
from timeline.errors import InputError

_HEADERS = {
    "User-Agent": "event-timeline-reconstructor (one request; reads one page for one person)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ko,en;q=0.8",
}


def fetch(url: str, *, allow_private: bool = False) -> bytes:
    """The bytes of a page. ``allow_private`` permits addresses of the own network (for tests and intranets).

    Raises :class:`InputError` for addresses refused, redirects without end, answers that are no page, and limits.
    """
    at = url
    with httpx.Client(headers=_HEADERS, timeout=DOWNLOAD_SECONDS, follow_redirects=False, trust_env=True) as client:
        for _ in range(REDIRECTS + 1):
            _check(at, url, allow_private)
            try:
                answer = _one(client, at, url, allow_private)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise InputError(url, f"could not be fetched: {error or type(error).__name__}") from error
            if isinstance(answer, bytes):
                return answer
            at = answer
    raise InputError(url, f"more than {REDIRECTS} redirects")


def _one(client: httpx.Client, at: str, url: str, allow_private: bool) -> bytes | str:
    """The body of one answer, or the address it redirects to."""
    with client.stream("GET", at) as response:
        _check_peer(response, url, allow_private)
        if response.is_redirect:
            return urljoin(at, str(response.headers.get("location", "")))
        if response.status_code != 200:
            raise InputError(url, f"the server answered {response.status_code} {response.reason_phrase}")
        return _body(response, url)


def _body(response: httpx.Response, url: str) -> bytes:
    began, found = monotonic(), bytearray()
    for chunk in response.iter_bytes(65_536):
        found.extend(chunk)
        if len(found) > FILE_BYTES:
            raise InputError(url, f"more than {FILE_BYTES // MEGABYTE} MB, the limit for one page")
        if monotonic() - began > DOWNLOAD_SECONDS:
            raise InputError(url, f"took longer than {DOWNLOAD_SECONDS:.0f} s, the limit for one page")
    return bytes(found)


def _check(at: str, url: str, allow_private: bool) -> None:
    parts = urlsplit(at)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(url, f"leads to {at[:80]!r}, which is no web page")
    if allow_private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, ValueError, UnicodeError) as error:
        raise InputError(url, f"host {parts.hostname!r} is not known: {error}") from error
    for *_, address in found:
        _refuse_private(str(address[0]), parts.hostname, url)


def _check_peer(response: httpx.Response, url: str, allow_private: bool) -> None:
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer and not allow_private and not _proxied():
        _refuse_private(str(peer[0]), str(response.url.host), url)


def _proxied() -> bool:
    """Whether requests go through a proxy of the environment; the peer is then the proxy, often of the own network."""
    return bool({"http", "https", "all"} & getproxies().keys())


def _refuse_private(address: str, host: str, url: str) -> None:
    if not ipaddress.ip_address(address.split("%")[0]).is_global:
        raise InputError(url, f"{host!r} is on a private network ({address}); not fetched")
