"""The pack's rules for English amounts of time, sets, and what qualifies a clock time: two hours later, just after 3 p.m."""

from __future__ import annotations

import re
from typing import Any

from timeline.language import Rule, words
from timeline.languages.en.rules_dates import DIGITS, EITHER, make_rule
from timeline.languages.en.tables import tables
from timeline.timex import Amount, Base, Elapsed, Slots, amount_of


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


_USE = r"(?:\s+(?P<use>ago|earlier|later|before|after|prior|from\s+now)\b(?!\s+than))?"


def _amount(match: re.Match[str]) -> Slots | None:
    use = re.sub(r"\s+", " ", match.group("use") or "").lower()
    value, few = _number(match.group("n"))
    if value is None or (match.group("n").lower() == "a" and not use and _ordinal(match)):
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
    if use in ("earlier", "prior"):
        slots["base"] = Base.LAST
    if few or match.group("about"):
        slots["approximate"] = True
    return slots


def _ordinal(match: re.Match[str]) -> bool:
    """a second victim: the one after the first, not a length of time."""
    return match.group("u").lower() == "second" and _COUNTED_THING.match(match.string, match.end()) is not None


_COUNTED_THING = re.compile(
    r"-[a-z]|\s+(?!(?:and|or|but|of|in|on|at|for|to|as|is|was|when|while|per|faster|slower|too)\b)[\w“\"]"
)


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
