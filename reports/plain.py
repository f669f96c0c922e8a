"""Outside text made fit for every file format: what is normalised, which characters go, which addresses count as links.

The rule, the same for all exports: Unicode NFC, line ends as LF, no control characters but tab and line feed, no
characters that XML and JSON readers refuse, no invisible marks that reorder the text around them.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

# C0 and C1 but tab and LF; bidi embeddings, overrides and isolates (they reorder neighbours); the byte order mark;
# noncharacters, which XML 1.0 forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|\x85|\u2028|\u2029")
_SPACES = re.compile(r"\s+")
_URL_SAFE = "%/:?#[]@!$&'()*+,;=-._~"  # RFC 3986: reserved, unreserved, and escapes already made


def plain(text: str) -> str:
    """The text as exports carry it: NFC, LF line ends, without control, bidi and forbidden characters."""
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", _NEWLINES.sub("\n", text)))


def one_line(text: str) -> str:
    """:func:`plain` with every run of white space as one space."""
    return _SPACES.sub(" ", plain(text)).strip()


def link(url: str | None) -> str | None:
    """The address as an absolute http or https URI of ASCII characters (RFC 3986), or ``None`` where it is not one."""
    if url is None or _SPACES.search(url.strip()) or _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    return quote(url.strip(), safe=_URL_SAFE)


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` code points, the last an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
