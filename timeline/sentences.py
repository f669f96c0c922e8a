"""The sentences the program writes about its own findings, in the language of the interface; a table, not code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


class Sentences:
    """Fills the sentence templates of one language: ``say("after", x="…")``."""

    def __init__(self, language: str) -> None:
        tables = _tables()
        self.language = language if language in tables else "en"
        self._rows = tables[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of that key with the values filled in. ``KeyError`` for a key the table lacks."""
        return self._rows[key].format(**values)


@cache
def _tables() -> dict[str, dict[str, str]]:
    text = resources.files("timeline").joinpath("sentences.toml").read_text(encoding="utf-8")
    return {language: dict(rows) for language, rows in tomllib.loads(text).items()}
