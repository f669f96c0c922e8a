"""What is said of a report's dates, in the report's own language; the words are in ``tables/notes.toml``."""

from __future__ import annotations

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
