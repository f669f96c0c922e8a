"""When a report was published: every date found on it, what each is a date of, and which one dates the report.

Order: a published label printed on the report, then its metadata, then a caption's stamp. A day that is stated takes
its clock from metadata of the same day. Modified, crawl, portal and sidebar dates never date a report; they are kept as
refused evidence. A report nobody dated stays undated here (:mod:`timeline.dating` may infer its day from the text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo

from sources import stamps
from sources.draft import Note, Stamp
from sources.structure import ABOVE, BELOW, SIGNED, Labelled
from sources.vocabulary import vocabulary
from sources.wording import say
from timeline.interval import Grain, Interval
from timeline.model import Basis, BlockKind, Publication, PublicationEvidence, StampKind

_NO_LABEL = 60
_DATELINE = 55
_UNLABELLED = 1.5
_ORDER = {Basis.STATED: 0, Basis.METADATA: 1, Basis.CAPTION: 2}
_QUOTE_CHARACTERS = 120
_HEAD_LINES = 6


def printed(labelled: Sequence[Labelled], zone: tzinfo) -> tuple[Stamp, ...]:
    """The dates printed in the furniture and captions of a report; dates told in its prose are not stamps."""
    found: list[Stamp] = []
    head = " ".join(item.line.text for item in labelled[:_HEAD_LINES])
    for item in labelled:
        if item.kind in (
            BlockKind.STAMP,
            BlockKind.BYLINE,
            BlockKind.SIDEBAR,
            BlockKind.BOILERPLATE,
            BlockKind.CAPTION,
        ):
            found.extend(_of_line(item, zone, head))
    return (*found, *_dateline(labelled, zone))


def _dateline(labelled: Sequence[Labelled], zone: tzinfo) -> Iterable[Stamp]:
    """The date of the dateline a release begins with ("LOWMERE, March 3, 2025 - ")."""
    first = next((item.line.text for item in labelled if item.kind is BlockKind.BODY), "")
    for pattern in vocabulary().patterns("lead", "dated"):
        match = pattern.search(first)
        if match is not None:
            interval = stamps.parse(match["date"], zone)
            yield Stamp(match.group().strip(), StampKind.PUBLISHED, Basis.STATED, Note("dateline"), interval, _DATELINE)


def _of_line(item: Labelled, zone: tzinfo, head: str) -> Iterable[Stamp]:
    text = item.line.text
    for hit in stamps.find(text, zone):
        if hit.label is not None and hit.label.only_in and not any(word in head for word in hit.label.only_in):
            continue
        kind, note = _kind(item, hit)
        if kind is None or note is None:
            continue
        basis = Basis.CAPTION if kind is StampKind.CAPTION else Basis.STATED
        rank = hit.label.rank if hit.label is not None else _NO_LABEL + (item.why != BELOW)
        quote = hit.quote(text) if kind is not StampKind.CAPTION else text[hit.start : hit.end + 24].strip()
        yield Stamp(quote, kind, basis, note, hit.interval, rank)


def _kind(item: Labelled, hit: stamps.Found) -> tuple[StampKind | None, Note | None]:
    if item.kind is BlockKind.SIDEBAR:
        return StampKind.SIDEBAR, Note("sidebar")
    if item.kind is BlockKind.CAPTION:
        return _caption_kind(item.line.text, hit)
    if hit.label is not None and item.kind is BlockKind.BOILERPLATE and hit.label.kind is StampKind.PUBLISHED:
        return StampKind.PORTAL, Note("imprint", hit.word)
    if hit.label is not None:
        return hit.label.kind, Note("labelled", hit.word)
    if item.why == SIGNED and hit.interval is not None:
        return StampKind.PUBLISHED, Note("signed")
    clock = hit.interval is not None and hit.interval.grain.is_clock()
    if (
        item.kind is BlockKind.STAMP
        and hit.interval is not None
        and (item.why == BELOW or (item.why == ABOVE and clock))
    ):
        return StampKind.PUBLISHED, Note("below" if item.why == BELOW else "above")
    if item.kind is BlockKind.STAMP:
        return StampKind.PORTAL, Note("bare_day")
    return (StampKind.PORTAL, Note("furniture")) if hit.interval is not None else (None, None)


def _caption_kind(text: str, hit: stamps.Found) -> tuple[StampKind | None, Note | None]:
    if hit.interval is None or not re.match(r"\.? ?(?:/|$|[(\[ⓒ©]| [\w.]+@| \()", text[hit.end :]):
        return None, None
    return StampKind.CAPTION, Note("caption")


def choose(found: Sequence[Stamp], language: str) -> Publication:
    """The publication from every stamp found, used or refused, told in a language; order of finding breaks ties."""
    usable = [
        stamp
        for stamp in found
        if stamp.interval is not None and stamp.kind in (StampKind.PUBLISHED, StampKind.CAPTION)
    ]
    usable = sorted(usable, key=lambda stamp: (_order(stamp), stamp.rank))
    chosen = _refined(usable[0], usable) if usable else None
    if chosen is not None and chosen.basis is Basis.CAPTION:
        chosen = _latest_caption(usable)
    evidence = _evidence(found, chosen, language)
    if chosen is None or chosen.interval is None:
        return Publication(evidence=evidence)
    return Publication(interval=chosen.interval, basis=chosen.basis, evidence=evidence)


def _order(stamp: Stamp) -> float:
    """Labelled statements first, then metadata, then statements without a label, then captions."""
    return _UNLABELLED if stamp.basis is Basis.STATED and stamp.rank >= _NO_LABEL else _ORDER.get(stamp.basis, 9)


def _refined(first: Stamp, usable: Sequence[Stamp]) -> Stamp:
    """A day takes the clock of the next stamp that names the same day."""
    if first.interval is None or first.interval.grain is not Grain.DAY or first.basis is Basis.CAPTION:
        return first
    for other in usable:
        finer = other.interval is not None and other.interval.grain.is_clock() and other.basis is not Basis.CAPTION
        if finer and other.interval is not None and _same_day(first.interval, other.interval):
            return other
    return first


def _same_day(day: Interval, minute: Interval) -> bool:
    if day.start is None or day.end is None or minute.start is None:
        return False
    return day.start <= minute.start < day.end


def _latest_caption(usable: Sequence[Stamp]) -> Stamp:
    """A report is no older than its newest picture."""
    captions = [stamp for stamp in usable if stamp.basis is Basis.CAPTION and stamp.interval is not None]
    return max(
        captions, key=lambda stamp: stamp.interval.start.timestamp() if stamp.interval and stamp.interval.start else 0.0
    )


def _evidence(found: Sequence[Stamp], chosen: Stamp | None, language: str) -> tuple[PublicationEvidence, ...]:
    rows: list[PublicationEvidence] = []
    for stamp in found:
        agrees = _agrees(stamp, chosen)
        note = say(language, stamp.note.key, stamp.note.value)
        if not agrees:
            note = f"{note}; {say(language, 'not_used')}: {say(language, _why_refused(stamp))}"
        row = PublicationEvidence(quote=stamp.quote[:_QUOTE_CHARACTERS], note=note, kind=stamp.kind, used=agrees)
        if row not in rows:
            rows.append(row)
    return tuple(sorted(rows, key=lambda row: not row.used))


def _agrees(stamp: Stamp, chosen: Stamp | None) -> bool:
    if chosen is None or stamp.interval is None or chosen.interval is None or stamp.kind is not chosen.kind:
        return False
    if stamp is chosen or stamp.interval.start == chosen.interval.start:
        return True
    return stamp.interval.grain is Grain.DAY and _same_day(stamp.interval, chosen.interval)


def _why_refused(stamp: Stamp) -> str:
    return "refused_partial" if stamp.interval is None else f"refused_{stamp.kind.value}"
