"""The pack's rules: English days told by name or by count, parts of the day, hedges, amounts of time."""

from __future__ import annotations

import re
from typing import Any

from timeline.language import Rule, words
from timeline.languages.en.rules_dates import DIGITS, EITHER, make_rule, table_rule
from timeline.languages.en.tables import tables
from timeline.timex import Amount, Base, Elapsed, Slots, amount_of


def _shift(row: tuple[Any, ...]) -> Slots:
    return {"shift_unit": row[0], "shift": row[1], "base": Base.LAST if len(row) == 3 else Base.PUBLICATION}


# --- words


def word_rules() -> tuple[Rule, ...]:
    """Days, parts of the day, weeks and what qualifies them."""
    table = tables()
    lower_zones = table.zones
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
        table_rule(
            "part-of-day",
            table.parts,
            lambda part: (
                {"part": part} | ({} if part in {table.parts[word] for word in table.alone.parts} else {"_weak": True})
            ),
        ),
        make_rule(
            "zone",
            "".join({word[0] for word in lower_zones}),
            f"(?P<z>{words(lower_zones)})(?!\\w)",
            lambda match: {"zone": lower_zones[match.group("z")], "_weak": True},
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


def hedge_rules() -> tuple[Rule, ...]:
    """about, around, shortly after, just before: words before a clock time."""
    ahead = r"(?=\d{1,2}(?::\d\d)?\s?[ap]\.?\s?m\b|\d{1,2}:\d\d|noon|midnight|half past|quarter|\d{4}\s?(?:GMT|UTC))"
    about = r"(?:about|around|approximately|roughly|circa|some|nearly|almost)"
    return (
        make_rule(
            "shortly-after",
            EITHER,
            rf"(?:shortly|just|soon|a\s+little|moments|minutes)\s+after\s+{ahead}",
            lambda match: {"side": 1, "approximate": True, "_weak": True},
        ),
        make_rule(
            "shortly-before",
            EITHER,
            rf"(?:shortly|just|a\s+little|moments|minutes)\s+before\s+{ahead}",
            lambda match: {"side": -1, "approximate": True, "_weak": True},
        ),
        make_rule("about", "aArRcCsSnN", rf"{about}\s+{ahead}", lambda match: {"approximate": True, "_weak": True}),
        make_rule(
            "set",
            "eEdDwW",
            r"every\s+(?:other\s+)?(?P<u>day|week|month|year|hour|morning|evening|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b",
            _every,
        ),
    )


def _every(match: re.Match[str]) -> Slots:
    unit = match.group("u").lower()
    weekday = tables().weekdays.get(unit)
    if weekday is not None:
        return {"every": "week", "weekday": weekday}
    return {"every": unit if unit in ("day", "week", "month", "year", "hour") else "day"}


# --- amounts

_USE = r"(?:\s+(?P<use>ago|earlier|later|before|after|prior|from\s+now)\b(?!\s+than))?"


def _amount(match: re.Match[str]) -> Slots | None:
    use = re.sub(r"\s+", " ", match.group("use") or "").lower()
    value, few = _number(match.group("n"))
    if value is None:
        return None
    amount = amount_of(tables().units[match.group("u").lower()], value, few)
    if match.group("half"):
        amount = amount + {"hours": Amount(minutes=30), "years": Amount(months=6)}.get(amount.unit, Amount())
    if match.group("n2"):
        more, _ = _number(match.group("n2"))
        amount = amount + amount_of(tables().units[match.group("u2").lower()], more or 0)
    slots: dict[str, Any] = {"amount": amount, "elapsed": _elapsed(use, match.group("pre"))}
    if use in ("after", "before"):
        slots["event"] = "named"
    if few or match.group("about"):
        slots["approximate"] = True
    return slots


def _elapsed(use: str, prefix: str | None) -> Elapsed:
    if use in ("ago", "earlier", "before", "prior"):
        return Elapsed.AGO
    if use in ("later", "after", "from now"):
        return Elapsed.LATER
    word = (prefix or "").lower().split()
    if "within" in word:
        return Elapsed.WITHIN
    if "last" in word or "past" in word:
        return Elapsed.LAST
    return Elapsed.NEXT if "next" in word or "coming" in word else Elapsed.LENGTH


def _number(text: str) -> tuple[float | None, bool]:
    word = re.sub(r"\s+", " ", text.lower())
    if word in tables().few:
        return tables().few[word], True
    if word in tables().numbers:
        return tables().numbers[word], False
    value = float(word.replace(",", ""))
    return (value, False) if value <= 100_000 else (None, False)


def amount_rules() -> tuple[Rule, ...]:
    """two hours later, 20 minutes after, an hour and a half, within two days, the past three months."""
    number = rf"(?:\d[\d,]*(?:\.\d+)?|{words(tables().few)}|{words(tables().numbers)})"
    unit = f"(?P<u>{words(tables().units)})s?"
    return (
        make_rule(
            "amount",
            EITHER + DIGITS,
            rf"(?<![\d.,$])(?:(?P<pre>within(?:\s+the\s+next)?|(?:over\s+|for\s+|in\s+)?the\s+(?:past|last|next|coming))\s+)?"
            rf"(?:(?P<about>about|around|some|nearly|almost|roughly|more\s+than|over|less\s+than)\s+)?"
            rf"(?P<n>{number})[\s-]+{unit}\b(?!-old|\s+old)(?P<half>\s+and\s+a\s+half)?"
            rf"(?:\s+(?:and\s+)?(?P<n2>{number})\s+(?P<u2>{words(tables().units)})s?\b)?{_USE}",
            _amount,
        ),
    )
