"""The sentences the program writes about its own findings, in the language of the interface; a table, not code."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any
from unicodedata import normalize


class Sentences:
    """Fills the sentence templates of one language: ``say("after", x="…")``."""

    def __init__(self, language: str) -> None:
        tables = _tables()["sentences"]
        self.language = language if language in tables else "en"
        self._rows: dict[str, str] = tables[self.language]
        self._particles: dict[str, list[str]] = _tables()["particles"].get(self.language, {})
        self._spoken: dict[str, str] = _tables()["spoken"].get(self.language, {})

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of that key with the values filled in. ``KeyError`` for a key the table lacks."""
        template = self._rows[key]
        return (
            self._joined(template.format(**values))
            if any(map(template.count, self._particles))
            else (template.format(**values))
        )

    def _joined(self, text: str) -> str:
        """Each open particle as the sound before it asks for; left open after a letter whose sound is not known."""
        for open_form, forms in self._particles.items():
            head, *rest = text.split(open_form)
            for part in rest:
                sound = _sound(head, self._spoken)
                head += (open_form if sound is None else forms[sound]) + part
            text = head
        return text


_CONSONANT, _VOWEL, _LIQUID = range(3)


def _sound(text: str, spoken: dict[str, str]) -> int | None:
    """How the last letter or digit of a text ends when spoken; ``None`` where that is not known."""
    letters = re.findall(r"\w", text)
    last = spoken.get(letters[-1], letters[-1]) if letters else ""
    jamo = normalize("NFD", last)[-1:]
    if "\u11a8" <= jamo <= "\u11c2":
        return _LIQUID if jamo == "\u11af" else _CONSONANT
    return _VOWEL if "\u1161" <= jamo <= "\u1175" else None


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = resources.files("timeline").joinpath("sentences.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {name: table.pop(name) for name in ("particles", "spoken")} | {"sentences": table}
