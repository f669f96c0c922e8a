"""The pack's grammar of time expressions, put together from its tables and rules."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.language import Affix, TimeGrammar, Window
from timeline.languages.en.cues import clause_cues
from timeline.languages.en.rules_amounts import amount_rules, hedge_rules
from timeline.languages.en.rules_dates import clock_rules, date_rules
from timeline.languages.en.rules_words import word_rules
from timeline.languages.en.tables import tables

_MOVED = (
    "moved",
    "shifted",
    "switched",
    "changed",
    "rescheduled",
    "postponed",
    "delayed",
    "pushed back",
    "put back",
    "put off",
    "brought forward",
    "moved up",
    "deferred",
    "extended",
    "corrected",
    "revised",
    "amended",
)


def _prefixes() -> tuple[Affix, ...]:
    def word(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{pattern})\s+(?:the\s+)?$", re.IGNORECASE)

    moved = "|".join(f"(?<={verb} from )" for verb in _MOVED)
    verbs = "|".join(dict.fromkeys([*(verb.split()[0] for verb in _MOVED), "pushed"]))
    owner = r"(?:the|an?|its|his|her|their|this|that|[\w]+['’]s)"
    thing = rf"\b(?:{verbs})\s+{owner}\s+(?:[\w'’-]+\s+){{1,5}}?from\s$"
    return (
        Affix("moved-from", re.compile(thing, re.IGNORECASE), {}),
        Affix("moved-from", re.compile(rf"(?:{moved})$", re.IGNORECASE), {}),  # an old day and a new one, no range
        Affix("from", word("from|between|since|starting|beginning(?:\\s+on)?"), {"bound": "from"}),
        Affix("until", word("until|till|by|through"), {"bound": "until"}),
        Affix("before", word("before"), {"bound": "before"}),
        Affix("after", word("after"), {"bound": "after"}),
    )


@lru_cache(maxsize=1)
def grammar() -> TimeGrammar:
    """The English grammar of time expressions, built on first use."""
    table = tables()
    windows = {part: Window(*(60 * hour for hour in hours)) for part, hours in table.windows.items()}
    return TimeGrammar(
        code="en",
        rules=(*hedge_rules(), *amount_rules(), *date_rules(), *clock_rules(), *word_rules()),
        joint=re.compile(r"\s{0,3}|,\s+|\s+(?:on|at|of|in|in\s+the|at\s+the)\s+(?:the\s+)?|\s+the\s+", re.IGNORECASE),
        suffixes=(
            Affix("late", re.compile(r"\s+night(?=\s+local)"), {"part_edge": "late"}),
            Affix("later", re.compile(r"\s+or\s+so\b"), {"approximate": True}),
        ),
        prefixes=_prefixes(),
        until=re.compile(r"(?!)"),
        windows=windows,
        cues=clause_cues(),
        zones=table.zones,
        free_order=True,
        prefix_reach=60,
        range_word=re.compile(r"\s+(?:to|until|till|through|and)\s+", re.IGNORECASE),
        shares_day=re.compile(r"\s(?:and|to|until)\s(?:[\w'’-]+\s){0,4}", re.IGNORECASE),
        dateline=re.compile(
            r"^[ \t]*(?P<place>[A-Z][A-Z .'’-]{2,30}[A-Z])(?:,\s+[A-Z][\w. ]{1,20})?\s*"
            r"(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s*)?(?:\([^)\n]{2,40}\)\s*)?[-–—]",
            re.MULTILINE,
        ),
        event_follows=True,
        own_zone=True,
        after_midnight_begins=True,
    )
