"""What is said of a report's dates, in the report's own language; the words are in ``tables/notes.toml``.

:func:`retell` says in one language what was said in another.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _notes() -> dict[str, dict[str, str]]:
    text = files("sources.tables").joinpath("notes.toml").read_text(encoding="utf-8")
    return {language: dict(words) for language, words in tomllib.loads(text).items()}


def say(language: str, key: str, value: object = "") -> str:
    """The words of a key; a language without a table is told in English."""
    words = _notes().get(language) or _notes()["en"]
    return words[key].replace("{value}", str(value))


def languages() -> dict[str, frozenset[str]]:
    """The languages there are, each with its keys."""
    return {language: frozenset(words) for language, words in _notes().items()}


def retell(note: str, language: str) -> str:
    """A note this table holds in any language, said in ``language``; what it does not hold is left as it is."""
    return "; ".join(_retold(part, language) for part in note.split("; "))


def _retold(part: str, language: str) -> str:
    head, mark, tail = part.partition(": ")
    for pattern, key in _known():
        if found := pattern.fullmatch(part):
            return say(language, key, found.groupdict().get("value") or "")
    return f"{_retold(head, language)}{mark}{_retold(tail, language)}" if mark else part


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The shape of every note in every language, with its key; fixed ones first, as they say more."""
    shapes = [
        (words.count("{value}"), re.compile(re.escape(words).replace(r"\{value\}", "(?P<value>.*)")), key)
        for table in _notes().values()
        for key, words in table.items()
    ]
    return tuple((pattern, key) for _, pattern, key in sorted(shapes, key=lambda shape: shape[0]))
