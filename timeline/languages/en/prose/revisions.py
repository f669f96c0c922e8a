"""What a sentence takes back: a time moved to another, a number corrected, a rumour called untrue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.languages.en.prose.lexicon import StatusTable
from timeline.model import Status
from timeline.prose import Statement

_FIRST_SAID = re.compile(
    r"(?i)\b(?:originally|initially|at first|first|earlier|previously|had)\b[^.]*?"
    r"\b(?:said|put|gave|given|reported|announced|listed|stated|told|logged|recorded|thought|placed|timed)\b"
)
_CORRECTED = re.compile(
    r"(?i)\b(?:correct(?:ed|ing)|revis(?:ed|ing)|amend(?:ed|ing)|retract(?:ed|ing)|updat(?:ed|ing)|adjust(?:ed|ing)|chang(?:ed|ing))\b"
)
_FROM_TO = re.compile(r"(?i)\bfrom\s+(?:about |around )?$")


def moved(told: list[Statement], text: str, table: StatusTable) -> list[Statement]:
    """A plan whose sentence goes on to move it, or tells that it was held at another time, is given up for that."""
    out = list(told)
    for i in range(len(out) - 1):
        first, second = out[i], out[i + 1]
        if first.no_event or second.no_event or first.status is not Status.PLANNED or first.moved_plan:
            continue
        shifted = second.predicate in table.moving_verbs and second.status is Status.PLANNED  # to a new time
        held = (
            first.predicate in table.schedule_verbs
            and second.told_past
            and bool(set(first.actions) & set(second.actions))
        )
        if shifted or held:
            out[i] = replace(first, moved_plan=True)
    return out


def corrected(told: list[Statement], sentence: str, text: str, table: StatusTable) -> list[Statement]:
    """ "first said 1:25, corrected that to 1:52", "revised it from 1:25 to 1:52": one taken back, one stands."""
    live = [i for i, s in enumerate(told) if s.no_event is None and s.mention is not None]
    if len(live) < 2 or not _CORRECTED.search(sentence):
        return told
    old = next((i for i in live if _led_by_from(told[i], text)), None)
    changes = any(told[i].predicate in table.correct_verbs | {"change"} for i in live)
    if old is None and not (_FIRST_SAID.search(sentence) or changes):
        return told
    if (
        old is not None
        and any(told[i].status is Status.PLANNED and told[i].moved_plan for i in live)
        and not _records(sentence)
    ):
        return told
    old = live[0] if old is None else old
    new = live[-1] if live[-1] != old else live[0]
    out = list(told)
    classes = tuple(dict.fromkeys([*told[new].actions, *told[old].actions]))
    first = told[old].actions or classes
    out[old] = replace(told[old], status=Status.DENIED, retracted=True, moved_plan=False, told_past=True, actions=first)
    out[new] = replace(
        told[new], status=Status.OCCURRED, told_past=True, retracted=False, replaces=True, moved_plan=False,
        actions=tuple(dict.fromkeys([*told[old].actions, *told[new].actions])),
        content=tuple(dict.fromkeys([*told[new].content, *told[old].content])),
    )  # fmt: skip
    return out


def _led_by_from(statement: Statement, text: str) -> bool:
    assert statement.mention is not None
    start = statement.mention.span.start
    return _FROM_TO.search(text[max(0, start - 14) : start]) is not None


def _records(sentence: str) -> bool:
    """Whether it is a record that is corrected rather than a plan that is changed."""
    return re.search(r"(?i)\b(?:correct|revis|amend|retract)", sentence) is not None


def judged(told: list[Statement], sentence: str, found: Sequence[Statement], untrue: Sequence[str]) -> list[Statement]:
    """A rumour told in one sentence and called untrue in the next, which tells no event of its own, is denied."""
    if not told or found or told[-1].status is not Status.RUMOURED:
        return told
    if not any(f" {phrase} " in f" {sentence} ".replace(".", " ").replace(",", " ") for phrase in untrue):
        return told
    return [*told[:-1], replace(told[-1], status=Status.DENIED, retracted=True)]
