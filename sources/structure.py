"""What each line of a report is: headline, lead, body, caption, list, furniture; one pass over classified lines.

A report has a head (before the story), a body, and a tail (after the line that ends it). Lines are first read by
themselves (:mod:`sources.lines`), then settled by where they stand. Furniture is marked, never removed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC

from sources import lines as reading
from sources import stamps
from sources.lines import Line
from sources.outlets import is_body_line, is_outlet_line
from sources.vocabulary import LineRule, vocabulary
from timeline.model import BlockKind

_HEAD_CHARACTERS = 120
_HEADLINE_CHARACTERS = 8
_HEADING_CHARACTERS = 70
_STAMP_REST = 30


@dataclass(slots=True)
class Labelled:
    """A line with the kind settled for it and the rule that did."""

    line: Line
    kind: BlockKind
    rule: LineRule | None = None
    why: str = ""


@dataclass(slots=True)
class _State:
    body: int
    end: int
    title: str | None
    sidebar: bool = False
    speaker: bool = False
    headline: bool = False
    seen: set[str] = field(default_factory=set)


def classify(lines: Sequence[Line], title: str | None = None) -> tuple[Labelled, ...]:
    """The kind of every line, in order. ``title`` is the report's title where the format knows it."""
    body = _body_start(lines)
    end = _body_end(lines, body)
    state = _State(body, end, _plain(title) if title else None)
    labelled = [_settle(index, line, state) for index, line in enumerate(lines)]
    _promote_headline(labelled, state)
    _sign(labelled)
    return tuple(labelled)


def _body_start(lines: Sequence[Line]) -> int:
    """Index of the first line of the story; the number of lines where there is no story."""
    titled = False
    for index, line in enumerate(lines):
        titled = titled or line.preset is BlockKind.HEADLINE
        if line.preset is BlockKind.BODY or reading.is_lead(line.text):
            return index
        if line.preset is not None or is_stamp_line(line.text) or is_dated_line(line.text):
            continue
        rule = reading.rule_of(line.text, "head")
        prose = reading.is_paragraph(line.text) or (titled and reading.is_sentence(line.text))
        if rule is None and prose and not _is_deck(line.text):
            return index
    return _fallback_start(lines)


def _fallback_start(lines: Sequence[Line]) -> int:
    for index, line in enumerate(lines):
        plain = line.preset is None and reading.rule_of(line.text, "head") is None and not is_stamp_line(line.text)
        if plain and reading.is_sentence(line.text):
            return index
    return len(lines)


def _body_end(lines: Sequence[Line], body: int) -> int:
    """Index of the line that ends the story: the first ending line with little prose behind it."""
    weights = [len(line.text) if reading.is_paragraph(line.text) else 0 for line in lines]
    for index in range(body, len(lines)):
        rule = reading.rule_of(lines[index].text, "body")
        if rule is not None and rule.ends and lines[index].preset is None:
            before, after = sum(weights[body:index]), sum(weights[index + 1 :])
            if 2 * after < before:
                return index
    return len(lines)


def _settle(index: int, line: Line, state: _State) -> Labelled:
    if line.preset is not None:
        return _preset(line, state)
    zone = "head" if index < state.body else "body"
    rule = reading.rule_of(line.text, zone)
    kind, why = _kind(index, line, rule, state)
    if kind.is_content and kind not in _REPEATABLE and _repeats(line.text, state):
        return Labelled(line, BlockKind.BOILERPLATE, rule, "printed before")
    return Labelled(line, kind, rule, why)


def _preset(line: Line, state: _State) -> Labelled:
    assert line.preset is not None
    if line.preset is BlockKind.HEADLINE:
        named = reading.rule_of(line.text, "head")
        if named is not None and named.official:
            return Labelled(line, named.kind, named, named.name)
        state.headline = True
        state.seen.add(line.text)
    rule = reading.rule_of(line.text, "body") if line.preset is BlockKind.SIDEBAR else None
    if rule is not None and rule.kind is BlockKind.BOILERPLATE:
        return Labelled(line, rule.kind, rule, rule.name)
    return Labelled(line, line.preset, why="format")


_REPEATABLE = frozenset({BlockKind.LIST, BlockKind.TABLE, BlockKind.SPEECH})


def _repeats(text: str, state: _State) -> bool:
    if len(text) < 8:
        return False
    known = text in state.seen
    state.seen.add(text)
    return known


def _kind(index: int, line: Line, rule: LineRule | None, state: _State) -> tuple[BlockKind, str]:
    text = line.text
    if rule is not None and rule.early:
        return rule.kind, rule.name
    if index > state.end:
        return _tail_kind(text, rule)
    if state.sidebar and not _leaves_sidebar(text):
        return (BlockKind.STAMP, "label") if is_stamp_line(text) else (BlockKind.SIDEBAR, "sidebar run")
    state.sidebar = False
    if is_stamp_line(text):
        return BlockKind.STAMP, "label"
    if index < state.body and is_dated_line(text):
        return BlockKind.STAMP, "dated line"
    if rule is not None and not _is_story(index, text, rule, state):
        state.sidebar = rule.opens and index >= state.body
        state.speaker = rule.speaker
        return rule.kind, rule.name
    if index < state.body:
        return _head_kind(text, state)
    return _body_kind(text, state)


def _is_story(index: int, text: str, rule: LineRule, state: _State) -> bool:
    """Whether a line that fits a furniture rule is a paragraph all the same (prose with such a word in it)."""
    if index < state.body:
        return False
    if rule.kind is BlockKind.CAPTION and rule.zone == "caption":
        return reading.is_bullet(text) and not _is_caption_mark(text)
    if reading.is_lead(text) and rule.kind is not BlockKind.CAPTION:
        return True
    return rule.soft and (reading.is_paragraph(text) and len(text) > 2 * reading.PARAGRAPH_CHARACTERS)


def _is_caption_mark(text: str) -> bool:
    return len(text) > 12 and not reading.starts_with_time(text[1:].lstrip())


def _tail_kind(text: str, rule: LineRule | None) -> tuple[BlockKind, str]:
    if is_stamp_line(text) and any(hit.label is not None for hit in stamps.find(text, UTC)):
        return BlockKind.STAMP, "label"
    if rule is not None and rule.kind in (BlockKind.BOILERPLATE, BlockKind.BYLINE):
        return rule.kind, rule.name
    return BlockKind.SIDEBAR, "after the end"


def _leaves_sidebar(text: str) -> bool:
    long = len(text) >= 2 * reading.PARAGRAPH_CHARACTERS
    return reading.is_lead(text) or (long and reading.is_paragraph(text) and not reading.is_bullet(text))


def _head_kind(text: str, state: _State) -> tuple[BlockKind, str]:
    if state.title is not None and _plain(text) == state.title:
        state.headline = True
        return BlockKind.HEADLINE, "title"
    if any(pattern.match(text) for pattern in vocabulary().patterns("credit", "title_label")):
        state.headline = True
        return BlockKind.HEADLINE, TITLED
    if re.match(r"\(?\d{1,2}:\d{2}\b", text):
        return BlockKind.LIST, "row of a box"
    if reading.is_bullet(text) and any(p.search(text) for p in vocabulary().patterns("prose", "nominal_end")):
        return _bullet_kind(text)
    return BlockKind.SUBHEAD, "before the story"


def _body_kind(text: str, state: _State) -> tuple[BlockKind, str]:
    if state.speaker:
        state.speaker = False
        if text.lstrip("-–— ")[:1] in tuple("\"“'‘"):
            return BlockKind.SPEECH, "speaker above"
    if _is_table_row(text):
        return BlockKind.TABLE, "cells"
    if _ends_with_stamp(text):
        return BlockKind.SIDEBAR, "stamp of another article"
    if reading.is_bullet(text):
        return _bullet_kind(text)
    if reading.starts_with_time(text) and len(text) < _HEADING_CHARACTERS and not reading.is_sentence(text):
        return BlockKind.LIST, "row of a box"
    if reading.is_sentence(text) or reading.is_paragraph(text):
        return BlockKind.BODY, "paragraph"
    if len(text) > _HEADING_CHARACTERS:
        return BlockKind.BODY, "long line"
    if any(pattern.search(text) for pattern in vocabulary().patterns("prose", "portrait")):
        return BlockKind.CAPTION, "portrait"
    return BlockKind.HEADING, "short line"


def _bullet_kind(text: str) -> tuple[BlockKind, str]:
    heading = text[:1] in "□■◇◆0123456789" and len(text) <= 40 and not reading.is_sentence(text)
    if heading and not re.search(r"[:：]|\d{1,2}[:.]\d{2}", text):
        return BlockKind.HEADING, "numbered heading"
    return BlockKind.LIST, "bullet"


def _is_table_row(text: str) -> bool:
    return text.count("|") >= 2 and text.startswith("|")


def _is_deck(text: str) -> bool:
    decked = any(pattern.match(text) for pattern in vocabulary().patterns("prose", "deck_mark"))
    return decked and len(text) < _HEAD_CHARACTERS


def _ends_with_stamp(text: str) -> bool:
    found = stamps.find(text, UTC)
    if not found or (reading.is_bullet(text) and ":" in text[: found[-1].start]):
        return False
    last, first = found[-1], found[0]
    full = [hit for hit in (first, last) if hit.interval is not None and hit.interval.grain.is_clock()]
    glued = first in full and first.start == 0 and text[first.end : first.end + 1].strip() not in ("", "-", "|", ":")
    behind = last in full and not text[last.end :].strip(" )]") and last.start > 8
    return (glued or behind) and not reading.is_sentence(text)


def is_stamp_line(text: str) -> bool:
    """Whether a line is nothing but dates with their labels, and the small things printed beside them."""
    if len(text) > 160:
        return False
    found = stamps.find(text, UTC)
    if not found:
        return False
    labelled = [hit for hit in found if hit.label is not None]
    rest = text
    for hit in reversed(found):
        rest = rest[: hit.first] + " " + rest[hit.end :]
    words = re.sub(r"[\W\d_]+", "", rest)
    if labelled:
        return len(words) <= _STAMP_REST and not reading.is_sentence(rest.strip())
    return not words or (len(words) <= 2 and text[:1] not in "<[")


def is_dated_line(text: str) -> bool:
    """Whether a line of the head is a full date with a name, desk or contact beside it."""
    if len(text) > 80 or reading.is_sentence(text) or text[:1] in "\"“'‘":
        return False
    found = stamps.find(text, UTC)
    if not found or found[0].interval is None:
        return False
    if text[: found[0].start].rstrip(" :：").endswith(vocabulary().words("event_labels")):
        return False
    beside = re.split(r"\s[|/·]\s|\s{2,}", text)
    alone = any(hit.start == 0 or re.search(r"[|/·]\s?$", text[: hit.start]) for hit in found)
    alone = alone or _is_name(text[: found[0].start].strip())
    return alone and (len(beside) > 1 or len(text) - (found[0].end - found[0].start) <= _STAMP_REST)


def _is_name(text: str) -> bool:
    rule = reading.rule_of(text, "head") if text else None
    return rule is not None and rule.kind is BlockKind.BYLINE


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _promote_headline(labelled: list[Labelled], state: _State) -> None:
    """Make the first plain line of the head the headline, and a line that is only the outlet's name furniture."""
    heads = [item for item in labelled[: state.body] if item.kind is BlockKind.SUBHEAD]
    for number, item in enumerate(heads):
        more = len(heads) - number > 1 or state.headline
        if is_outlet_line(item.line.text) or (number == 0 and more and is_body_line(item.line.text)):
            item.kind, item.why = BlockKind.BYLINE, "name of the outlet"
    left = [item for item in heads if item.kind is BlockKind.SUBHEAD]
    if not state.headline and left:
        plain = [item for item in left if not _is_deck(item.line.text)] or left
        plain = [item for item in plain if len(item.line.text) >= _HEADLINE_CHARACTERS] or plain
        plain[0].kind, plain[0].why = BlockKind.HEADLINE, "first line"
    for item in left:
        if item.kind is BlockKind.SUBHEAD and _TIMED.search(item.line.text):
            item.kind, item.why = BlockKind.LIST, "a line of a log"
        elif item.kind is BlockKind.SUBHEAD and _NUMBERED.match(item.line.text):
            item.kind, item.why = BlockKind.HEADING, "numbered heading"
    _place_stamps(labelled[: state.body])


_TIMED = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])")
_NUMBERED = re.compile(r"\d{1,2}\. \D")


def _place_stamps(heads: Sequence[Labelled]) -> None:
    """Say of each stamp of the head whether it stands above or below the headline."""
    below = not any(item.kind is BlockKind.HEADLINE for item in heads) or _is_issue(heads)
    for item in heads:
        below = below or item.kind is BlockKind.HEADLINE
        if item.kind is BlockKind.STAMP:
            item.why = BELOW if below else ABOVE


def _is_issue(heads: Sequence[Labelled]) -> bool:
    """Whether the head begins with the outlet's name and a bare date under it, and holds nothing of a web page."""
    if len(heads) < 3 or heads[0].why != "name of the outlet" or heads[1].kind is not BlockKind.STAMP:
        return False
    plain = not any(item.kind in (BlockKind.BOILERPLATE, BlockKind.SIDEBAR) or item.why == "format" for item in heads)
    return plain and "(" not in heads[1].line.text


ABOVE, BELOW = "above the headline", "below the headline"
SIGNED, SIGNER, TITLED = "signed with its day", "who signs", "title label"


def _sign(labelled: Sequence[Labelled]) -> None:
    """A statement ends with its day and, on the lines below, who gives it."""
    last = next((at for at in range(len(labelled) - 1, 0, -1) if labelled[at].kind is BlockKind.STAMP), 0)
    below = [item for item in labelled[last + 1 :] if item.kind is not BlockKind.BOILERPLATE]
    if not last or not 0 < len(below) <= _SIGNERS or labelled[last - 1].kind not in (BlockKind.BODY, BlockKind.LIST):
        return
    suffixes = vocabulary().words("signers")
    if all(item.kind is BlockKind.HEADING and item.line.text.endswith(suffixes) for item in below):
        labelled[last].why = SIGNED
        for item in below:
            item.kind, item.why = BlockKind.BYLINE, SIGNER


_SIGNERS = 3
