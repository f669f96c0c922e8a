"""The pack's rules for English days and periods told by a word: yesterday, that evening, last week, early in May."""

from __future__ import annotations

import re
from typing import Any

from timeline.language import Rule, words
from timeline.languages.en.rules_dates import EITHER, make_rule, table_rule
from timeline.languages.en.tables import tables
from timeline.timex import Base, Part, Slots


def _shift(row: tuple[Any, ...]) -> Slots:
    return {"shift_unit": row[0], "shift": row[1], "base": Base.LAST if len(row) == 3 else Base.PUBLICATION}


def word_rules() -> tuple[Rule, ...]:
    """Days, weeks, parts of the day, seasons and what qualifies them."""
    return (*_counted_days(), *_named_times(), *_parts())


def _counted_days() -> tuple[Rule, ...]:
    """yesterday, that day, the next morning; and words that only look like a time."""
    table = tables()
    return (
        make_rule(
            "false-friend",
            "mM",
            r"May\s+(?=be\b|have\b|not\b)|March\s+(?=on\b|to\b)",
            lambda match: {"none": True},
            case=True,
        ),
        make_rule("day-or-night", "dD", r"day\s+(?:and|or|to)\s+(?:night|day)", lambda match: {"none": True}),
        table_rule(
            "day-part-word", table.day_parts, lambda row: {"shift_unit": "day", "shift": row[0], "part": row[1]}
        ),
        table_rule(
            "told-day",
            table.last_day_parts,
            lambda row: {"shift_unit": "day", "shift": row[0], "base": Base.LAST, "part": row[1]},
        ),
        table_rule(
            "relative-day",
            table.days,
            lambda shift: {"shift_unit": "day", "shift": shift},
            end=r"(?!\w|'s\s(?:world|society|kids))",
        ),
        table_rule(
            "story-day",
            table.story_days,
            lambda shift: {"shift_unit": "day", "shift": shift, "base": Base.STORY},
            end=r"(?!\w|\s+(?:yesterday|the|his|her))",
        ),
        table_rule(
            "told-day",
            table.last_days,
            lambda shift: {"shift_unit": "day", "shift": shift, "base": Base.LAST},
            end=r"(?!\w|\s+(?:yesterday|the|his|her|of))",
        ),
    )


def _named_times() -> tuple[Rule, ...]:
    """the end of the month, last week, holidays, weekdays and the weekend."""
    table = tables()
    return (
        make_rule(
            "period-end",
            "tTeEsSbBmM",
            r"(?:the\s+)?(?P<p>end|start|beginning|middle)\s+of\s+the\s+(?P<u>year|month|week)\b(?!\s+\d)",
            _period_end,
        ),
        table_rule("relative-period", table.shifts, _shift),
        make_rule(
            "holiday",
            "CNITLMH",
            f"(?P<name>{words(table.holidays)})(?!\\w)",
            lambda match: {"holiday": table.holiday(match.group("name"))},
            case=True,
        ),
        table_rule("weekday", table.weekdays, lambda day: {"weekday": day}, end=r"(?!\w)"),
        make_rule(
            "weekend",
            "wW",
            r"weekend\b",
            lambda match: {"week_part": "weekend", **({} if _qualified(match) else {"_weak": True})},
        ),
    )


def _parts() -> tuple[Rule, ...]:
    """Parts of the day, seasons, and what places a time within them: zones, early and late, last and next."""
    table = tables()
    return (
        make_rule("part-of-day", EITHER, f"(?P<part>{words(table.parts)})(?!\\w)", _part),
        make_rule(
            "zone",
            "".join({word[0] for word in table.zones}),
            f"(?P<z>{words(table.zones)})(?!\\w)",
            lambda match: {"zone": table.zones[match.group("z")], "_weak": True},
            case=True,
        ),
        make_rule(
            "edge",
            "eElL",
            r"(?P<edge>early|late)\s+(?:on\s+)?(?:in\s+the\s+)?(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|at\s+night|night|yesterday)",
            _edge,
        ),
        make_rule(
            "season",
            "sSfFwWaA",
            rf"(?P<s>{words(table.seasons)})\b",
            lambda match: {
                "season": table.seasons[match.group("s").lower()],
                **({} if _qualified(match) else {"_weak": True}),
            },
        ),
        make_rule(
            "portion",
            EITHER,
            r"(?P<p>early|mid|late)[ -](?:in\s+)?(?=(?:19|20)\d\d|[A-Z][a-z]+|this|last|next|the\s+\d{4}s)"
            r"|the\s+(?P<q>beginning|start|middle|end)\s+of\s+(?:the\s+)?(?=this|last|next|month|year|(?:19|20)\d\d|[A-Z])",
            _portion,
        ),
        table_rule(
            "direction", table.directions, lambda direction: {"direction": direction, "_weak": True}, end=r"(?=\s+\w)"
        ),
    )


def _part(match: re.Match[str]) -> Slots:
    """A part of the day; one that is also said of habits stands alone only where words before it place it."""
    table = tables()
    part = table.parts[" ".join(match.group("part").lower().split())]
    alone = part in {table.parts[word] for word in table.alone.parts}
    before = match.string[max(0, match.start() - 20) : match.start()]
    placed = (_PLACED_EDGE if part in _EDGES_OF_DAY else _PLACED).search(before) is not None
    return {"part": part} if alone or placed else {"part": part, "_weak": True}


_EDGES_OF_DAY = (Part.DAWN, Part.SUNRISE, Part.SUNSET)
_PLACED = re.compile(r"\b(?:(?:in|during)\s+the|by|until|since)\s+(?:(?:early|late|mid)[\s-]+)?$", re.IGNORECASE)
_PLACED_EDGE = re.compile(
    r"\b(?:at|around|about|before|after|by|until|since|in\s+the|shortly\s+\w+)\s+(?:first\s+)?$", re.IGNORECASE
)


def _qualified(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 10) : match.start()]
    return re.search(r"\b(?:the|this|last|next|over|that|in)\s+$", before, re.IGNORECASE) is not None


def _period_end(match: re.Match[str]) -> Slots:
    portion = {"end": "late", "middle": "mid"}.get(match.group("p").lower(), "early")
    return {"shift_unit": match.group("u").lower(), "shift": 0, "portion": portion}


def _edge(match: re.Match[str]) -> Slots:
    return {"part_edge": match.group("edge").lower(), "approximate": True, "_weak": True}


def _portion(match: re.Match[str]) -> Slots:
    word = (match.group("p") or match.group("q")).lower()
    portion = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid"}.get(
        word, "late"
    )
    return {"portion": portion, "_weak": True}
