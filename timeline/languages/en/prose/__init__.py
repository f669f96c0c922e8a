"""English prose: verb groups, clauses, names, status; statements out. Tables and small rules, no parser."""

from __future__ import annotations

from timeline.languages.en.prose.reader import EnglishProse


def load() -> EnglishProse:
    """The reader of English prose."""
    return EnglishProse()


_READER = load()
learn = _READER.learn
read = _READER.read
near = _READER.near
