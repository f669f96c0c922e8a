"""Korean prose: morphemes (Kiwi), clauses, names, status; statements out."""

from __future__ import annotations

from timeline.languages.ko.prose.lexicon import actions
from timeline.languages.ko.prose.reader import KoreanProse

_READER = KoreanProse()
learn = _READER.learn
read = _READER.read


def near() -> dict[str, frozenset[str]]:
    """Classes of action told of one and the same event."""
    return dict(actions().near)
