"""Which time expressions tell no event, and how a time stands to publication."""

from __future__ import annotations

import re

from timeline.interval import Grain
from timeline.languages.en.prose.clauses import Clause, Clauses
from timeline.languages.en.prose.lexicon import Lexicon
from timeline.model import Document, Mention, Span, TimexType
from timeline.prose import NoEvent

_FURNITURE = re.compile(
    r"(?i)^(?:\W*)(?:published|updated|posted|last updated|modified|first published|reporting by|editing by|writing by"
    r"|copyright|\(c\)|©|by [A-Z])"
)
_SIGN = r"(?:-|–|—|--)"
_OPENING = re.compile(
    r"\s*[A-Z][A-Z .'’/-]+(?:, [A-Z][\w. ]{1,24}?)?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2},? ?(?:\d{4},? )?)?"
    rf"(?:\([^()\n]{{2,40}}\) ?)?(?:{_SIGN}|:) ?"
    rf"|\s*\([A-Z][\w .&-]{{1,30}}\) ?{_SIGN} ?"
)


def story(text: str, block: Span) -> Span:
    """The block without the dateline it opens with ("ALDMOOR, May 4 (Wire) - ")."""
    match = _OPENING.match(text, block.start, block.end)
    return Span(start=match.end(), end=block.end) if match is not None and match.end() < block.end else block


def no_event(
    document: Document,
    sentence: str,
    mention: Mention,
    at: int,
    clause: Clause | None,
    clauses: Clauses,
    lexicon: Lexicon,
) -> NoEvent | None:
    """Why a time expression tells no event, ``None`` where it may tell one. ``at`` is its token."""
    if mention.type is TimexType.DURATION:
        return NoEvent.DURATION
    if mention.type is TimexType.SET:
        return NoEvent.RECURRENCE
    if _FURNITURE.match(sentence):
        return NoEvent.STATE
    if clause is None:
        return NoEvent.NO_PREDICATE
    if mention.interval is None:
        return NoEvent.STATE
    if clause.part < 0 or clause.noun is not None:
        return None
    return _by_verb(document, mention, at, clause, clauses, lexicon)


def _by_verb(
    document: Document, mention: Mention, at: int, clause: Clause, clauses: Clauses, lexicon: Lexicon
) -> NoEvent | None:
    part = clauses.parts[clause.part]
    group, table = part.group, lexicon.status
    assert mention.interval is not None
    reports = not group.passive and not group.infinitive
    day = not mention.interval.grain.is_clock()
    bare = group.verb in table.bare_saying_verbs and not any(clauses.nouns(group.end, part.end))
    told = group.verb in table.saying_verbs and clauses.reports(clause.part)
    spoke = group.gerund and group.verb == "speak"  # "…, speaking on Monday, said"
    if reports and day and (told or spoke or (bare and group.verb != "speak")):
        return NoEvent.ATTRIBUTION
    if (
        reports
        and group.verb in table.announcing_verbs
        and clauses.reports(clause.part)
        and _of_publication(document, mention)
    ):
        return NoEvent.ATTRIBUTION
    lows = {t.low for t in clauses.tokens[part.begin : part.end]}
    if group.bare and lows & lexicon.words.habits:
        return NoEvent.GENERAL
    coarse = mention.interval.grain.order >= Grain.MONTH.order
    present = not group.past and not group.future and not group.effects
    if coarse and present and not group.passive and group.verb in table.state_verbs:
        return NoEvent.STATE
    return None


def _of_publication(document: Document, mention: Mention) -> bool:
    """Whether the day told is the day of publication."""
    published, interval = document.publication.interval, mention.interval
    if published is None or published.start is None or interval is None or interval.start is None:
        return False
    same = interval.start.date() == published.start.date()
    return interval.grain is Grain.DAY and same
