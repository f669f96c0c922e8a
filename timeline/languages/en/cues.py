"""How English tells past from plan, which words imply a part of the day, where sentences and clauses end."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.language import ClauseCues, words
from timeline.languages.en.tables import tables
from timeline.timex import Part

_PLAN = re.compile(
    r"\b(?:will|would|shall|plans?\s+to|expects?\s+to|expected\s+to|scheduled|set\s+to|(?<!had been )due\s+(?:to|on|at|in)"
    r"|slated|planned|is\s+to|are\s+to|going\s+to|intends?\s+to|hopes?\s+to|upcoming|to\s+be\s+held|opens|begins|starts"
    r"|ahead\s+of|postponed|rescheduled|delayed\s+until|(?:is|are|was|were)\s+(?:expected|forecast|predicted|likely)"
    r"|(?:moved|shifted|pushed\s+back|put\s+back|put\s+off|brought\s+forward)\s+(?:from\s+[\w .:]{2,24}\s)?(?:to|until)"
    r"|(?:moved|shifted|pushed|put|brought|delayed|postponed|rescheduled)\s+(?:the|its|his|her|their|an?)\s+(?:[\w'’-]+\s+){1,5}?"
    r"(?:from\s+[\w .:]{2,24}\s)?(?:to|until))\b",
    re.IGNORECASE,
)
_PAST = re.compile(rf"\b(?:{'|'.join(tables().pasts)}|ha(?:s|ve)\s+been|\w{{2,}}ed)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def tense(before: str, after: str) -> int:
    """-1 where the sentence tells the past, 1 where it tells a plan: by the nearest sign before the expression, else
    by the first after it.
    """
    tail = before[-90:]
    plan, past = _last(_PLAN, tail), _last(_PAST, tail)
    if plan < 0 and past < 0:
        later_plan, later_past = _PLAN.search(after), _PAST.search(after)
        plan = -later_plan.start() - 1 if later_plan else -1000
        past = -later_past.start() - 1 if later_past else -1000
        if plan == past:
            return 0
    return 1 if plan >= past else -1


def _last(pattern: re.Pattern[str], text: str) -> int:
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end


_MEALS = re.compile(rf"\b{words(tables().meals)}\b", re.IGNORECASE)
_PLACES = re.compile(rf"\b{words(tables().places)}\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{4,}")


def part_of(text: str) -> Part | None:
    """The part of day the last such word of the text implies."""
    found = None
    for match in _MEALS.finditer(text):
        found = match.group().lower()
    return tables().meals[found] if found else None


def place_of(text: str) -> str | None:
    """The zone of the first place the text names."""
    match = _PLACES.search(text)
    return tables().places[match.group().lower()] if match else None


def events(text: str) -> tuple[str, ...]:
    """The words of the text in lower case by their first four letters, which endings leave alone."""
    return tuple(word[:4].lower() for word in _WORD.findall(text))


# The stop of "p.m." ends a sentence too, where a word that begins one follows.
_AFTER_CLOCK = (
    r"(?<=\b[ap]\.m)\.(?=\s+(?:The|An?|This|That|These|Those|Its?|He|She|They|We|There|His|Her|Their|In|On|At|By|But|And|As|After"
    r"|Before|When|While|Until|Later|Last|Next|No|Two|Three|Four|Five|Police|Officials|Witnesses)\b)"
)


def clause_cues() -> ClauseCues:
    """The pack's reading of clauses."""
    return ClauseCues(
        sentence_end=re.compile(
            rf"{_AFTER_CLOCK}|(?<![A-Z])(?<!\b[ap])(?<!\b[ap]\.m)(?<!Mr)(?<!Mrs)(?<!Dr)(?<!St)[.!?][\"”']?(?=\s+[\"“A-Z(]|\s*$)|\n"
        ),
        clause_end=re.compile(r",\s|;\s|\bbut\b|\bwhile\b|\bafter\b|\bbefore\b"),
        tense=tense,
        part=part_of,
        speech=re.compile(r"\b(?:said|announced|told|stated|confirmed|added)\b"),
        attribution=re.compile(r",?\s+(?:\w+\s+){0,6}(?:said|announced|reported)\b"),
        events=events,
        places=place_of,
    )
