"""Korean prose: morphemes (Kiwi), clauses, names, status; statements out."""

from __future__ import annotations

from timeline.languages.ko.prose.reader import KoreanProse


def load() -> KoreanProse:
    """The reader of Korean prose; it keeps no state between documents."""
    return KoreanProse()
