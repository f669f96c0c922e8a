"""Sentences with the reading a careful reader takes: one row, one test.

Columns: publication, text, expression, start, end, and notes (approx, bound=, anchor=, type=, duration=, timex3=,
other= the start of an alternative). An expression ``-`` means that nothing may be read.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from timeline.model import Mention, TimexType
from timeline.normalize import normalize_text

CORPUS = Path(__file__).parent / "corpus"
SEOUL = timezone(timedelta(hours=9))


def rows() -> list[object]:
    found = []
    for path in sorted(CORPUS.glob("*/*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line and not line.startswith("#"):
                cells = [*line.split("\t"), "", "", ""]
                found.append(pytest.param(path.parent.name, cells, id=f"{path.parent.name}-{path.stem}-{number}"))
    return found


def moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo is not None else value.replace(tzinfo=SEOUL)


@pytest.mark.parametrize(("language", "cells"), rows())
def test_a_careful_reader_agrees(language: str, cells: list[str]) -> None:
    at, text, expression, start, end, *notes = cells
    text = text.replace("¶", "\n")
    mentions = normalize_text(text, datetime.fromisoformat(at), "Asia/Seoul", language)
    if expression == "-":
        assert [mention.text for mention in mentions if mention.type is not TimexType.DURATION] == []
        return
    mention = next((mention for mention in reversed(mentions) if mention.text == expression), None)
    assert mention is not None, [mention.text for mention in mentions]
    found = ("", "") if mention.interval is None else (mention.interval.start, mention.interval.end)
    wanted = ("", "") if not start else (moment(start), moment(end))
    assert found == wanted, mention.anchor
    for note in filter(None, notes):
        check(mention, note)
    assert ("approx" in notes) == bool(mention.interval.approximate if mention.interval else "approx" in notes)


def check(mention: Mention, note: str) -> None:
    name, _, value = note.partition("=")
    if name == "approx":
        assert mention.timex is not None
        assert mention.interval.approximate if mention.interval is not None else mention.timex.approximate
    elif name == "other":
        assert moment(value) in [other.interval.start for other in mention.alternatives]
    else:
        read = {
            "bound": lambda: mention.bound,
            "anchor": lambda: mention.anchor.kind.value if mention.anchor else None,
            "type": lambda: mention.type.value,
            "duration": lambda: mention.duration,
            "timex3": lambda: mention.timex3,
        }[name]
        assert read() == value
