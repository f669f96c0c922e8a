"""What a language pack is, and how one is found.

A pack is a folder ``timeline/languages/<code>/``: tables (TOML, validated on load) and small named rules. It offers two
things, each loaded on first use: ``time``, the grammar of time expressions, and ``prose``, the reader of clauses. The
engine (tag, resolve, claims) works with any pack and knows none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Language:
    """A language pack: its ISO 639-1 code, its own name, and loaders of its two parts."""

    code: str
    name: str
    time: Callable[[], Any]
    prose: Callable[[], Any]
