"""The page's own files: style, scripts with their digests, the policy that names them, and data made safe for a script.

Scripts are named by hash in the file's own Content-Security-Policy (W3C CSP 3), so nothing that slipped in could run.
plotly stands in the page packed, as data, and is inflated and run after the first paint: the policy names what comes out.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from markupsafe import Markup

_OWN = ("filter.js", "view.js", "chart.js", "export.js", "main.js")
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'"
)
_ESCAPES = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


class Script(NamedTuple):
    """A script with the digest (SHA-256, base64) the policy names it by."""

    text: Markup
    digest: str


def asset(name: str) -> str:
    """A file of the ``reports`` package as text, by its path with slashes."""
    return files("reports").joinpath(*name.split("/")).read_text(encoding="utf-8")


def style() -> Markup:
    """The style sheet."""
    return Markup(_slim(asset("page/style.css")))  # noqa: S704 - this package's own file


@cache
def scripts(drawing: bool) -> tuple[Script, ...]:
    """The scripts in order; plotly's Korean words only where there is something to draw."""
    own = "(function(){'use strict';\n" + "".join(_slim(asset(f"page/{name}")) for name in _OWN) + "})();"
    if not drawing:
        return (_script(own),)
    korean = asset("vendor/plotly-locale-ko.js")
    wrapped = f"window.plotlyKorean=(function(module){{{korean};return module.exports}})({{}});"
    return tuple(_script(text) for text in (wrapped, own))


@cache
def packed() -> Script:
    """plotly as it is vendored: gzip in base64 (letters, digits, ``+/=``), with the digest of the script inside."""
    content = files("reports").joinpath("vendor", "plotly-basic.min.js.gz").read_bytes()
    text = Markup(base64.b64encode(content).decode())  # noqa: S704 - base64 holds no markup
    return Script(text, _digest(gzip.decompress(content)))


def _script(text: str) -> Script:
    # An element ends at its first end tag, wherever that stands: a test looks that no text here holds one.
    return Script(Markup(text), _digest(text.encode()))  # noqa: S704 - this package's own and vendored files


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _slim(text: str) -> str:
    """A file of this package without its indents and comment lines; none of them holds a text of several lines."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def policy(allowed: Iterable[Script]) -> str:
    """The Content-Security-Policy: these scripts run, nothing is fetched, sent or embedded."""
    return _POLICY.format(scripts=" ".join(f"'sha256-{script.digest}'" for script in allowed))


def data_block(value: Any) -> Markup:
    """A value as JSON that is safe inside a script element: nothing in it can end the element or a JavaScript line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, escape in _ESCAPES.items():
        text = text.replace(letter, escape)
    return Markup(text)  # noqa: S704 - escaped above
