"""A group of claims to an event: what happened to the plan, when it was, how sure that is, where the claims disagree.

What is told as having happened decides the time; plans, withdrawn numbers and rumours are kept and explained. The time
itself is fused by :mod:`timeline.reconcile.fuse`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from timeline.interval import Grain, Interval, timex3
from timeline.model import (
    Authority,
    Claim,
    Confidence,
    Document,
    Event,
    EventTime,
    Evidence,
    Level,
    Status,
    content_id,
)
from timeline.reconcile.conflict import conflicts_of
from timeline.reconcile.fuse import Fusion, Vote, fuse
from timeline.reconcile.wording import actors_of, place_of, title_of
from timeline.sentences import Sentences

RELIABILITY = {
    Authority.RECORD: 0.96,
    Authority.OFFICIAL: 0.95,
    Authority.OWN: 0.80,
    Authority.ATTRIBUTED: 0.82,
    Authority.HEARSAY: 0.62,
}
PLAN_RELIABILITY = {
    Authority.RECORD: 0.85,
    Authority.OFFICIAL: 0.90,
    Authority.OWN: 0.78,
    Authority.ATTRIBUTED: 0.78,
    Authority.HEARSAY: 0.60,
}
RUMOUR_RELIABILITY = 0.35
PLAN_FOR_OUTCOME = 0.60  # a plan's finer time for what is known to have happened that day
HIGH, MEDIUM = 0.85, 0.60
PLAN_KEPT, PLAN_KNOWN, REPLACES = 1.2, 0.8, 1.0  # bits, chosen so that levels keep their word on the invented cases
SETTLED = 0.5
CEILING = 0.985  # nothing told by people is surer than this
ALONE = 0.84  # one independent source that is no record of the act itself is never called sure


@dataclass(slots=True)
class Sorted:
    """The claims of an event by their standing."""

    outcome: list[Claim] = field(default_factory=list)
    plan: list[Claim] = field(default_factory=list)
    cancelled: list[Claim] = field(default_factory=list)
    rumour: list[Claim] = field(default_factory=list)
    denied: list[Claim] = field(default_factory=list)
    replaced: list[Claim] = field(default_factory=list)


def assemble(groups: Sequence[Sequence[Claim]], documents: Sequence[Document], say: Sentences) -> tuple[Event, ...]:
    """One event a group, in the order of the groups."""
    by_id = {d.id: d for d in documents}
    return tuple(_event(group, by_id, say) for group in groups)


def sort_claims(claims: Sequence[Claim]) -> Sorted:
    """Outcome, plan, cancellation, rumour, denial, and what was replaced."""
    out = Sorted()
    withdrawn = {c.interval for c in claims if c.superseded == "correction" and c.interval is not None}
    standing = [c for c in claims if c.interval not in withdrawn]
    for item in claims:
        if item.interval in withdrawn and any(c.status is Status.OCCURRED for c in standing):
            out.replaced.append(item)  # the number another report took back
        elif item.superseded is not None and not (item.superseded == "plan" and len(claims) == 1):
            out.replaced.append(item)
        elif item.status is Status.OCCURRED:
            out.outcome.append(item)
        else:
            {
                Status.PLANNED: out.plan,
                Status.CANCELLED: out.cancelled,
                Status.RUMOURED: out.rumour,
                Status.DENIED: out.denied,
            }[item.status].append(item)
    return out


def status_of(sorted_: Sorted) -> Status:
    """What became of the event: told as happened beats called off beats planned beats rumoured; denied where only that."""
    if sorted_.outcome:
        return Status.OCCURRED
    if sorted_.cancelled:
        return Status.CANCELLED
    taken_back = any(c.superseded == "correction" for c in sorted_.replaced)
    if (sorted_.denied and (sorted_.rumour or not sorted_.plan)) or (taken_back and sorted_.rumour):
        return Status.DENIED
    if sorted_.plan:
        return Status.PLANNED
    if sorted_.rumour:
        return Status.RUMOURED
    return Status.DENIED if any(c.status is Status.DENIED for c in sorted_.replaced) else Status.PLANNED


def _event(claims: Sequence[Claim], documents: Mapping[str, Document], say: Sentences) -> Event:
    ordered = tuple(sorted(claims, key=lambda c: (_file(c, documents), c.span.start, c.id)))
    sorted_ = sort_claims(ordered)
    status = status_of(sorted_)
    voices = _voices(sorted_, status)
    dated = [c for c in voices if c.interval is not None and c.interval.start is not None]
    fusion = fuse([_vote(c, status) for c in dated], say) if dated else None
    speakers = voices or list(ordered)
    lead = _lead(speakers, fusion)
    return Event(
        id=content_id("e", *sorted(c.id for c in ordered)),
        title=title_of(speakers, lead),
        actors=actors_of(ordered),
        place=place_of(speakers),
        action=Counter(c.action for c in speakers if c.action).most_common(1)[0][0]
        if any(c.action for c in speakers)
        else "",
        status=status,
        time=_time(fusion, lead, voices) if fusion else None,
        confidence=_confidence(fusion, speakers, sorted_, status, say),
        conflicts=conflicts_of(
            sorted_.outcome or voices, sorted_.denied if sorted_.outcome else [], fusion, documents, say
        ),
        independent_origins=len({c.origin for c in speakers}),
        claims=ordered,
        notes=_notes(sorted_, status, fusion, documents, say),
    )


def _file(item: Claim, documents: Mapping[str, Document]) -> tuple[str, int]:
    document = documents[item.document]
    return (document.file, document.record or 0)


def _voices(sorted_: Sorted, status: Status) -> list[Claim]:
    """The claims that have a say on the time."""
    if status is Status.OCCURRED:
        return sorted_.outcome + _finer_plans(sorted_)
    if status is Status.CANCELLED:
        return sorted_.cancelled + sorted_.plan
    if status is Status.PLANNED:
        return _latest_plans(sorted_.plan) or sorted_.replaced
    if status is Status.DENIED:
        return sorted_.denied + sorted_.rumour or sorted_.replaced
    return sorted_.rumour


def _finer_plans(sorted_: Sorted) -> list[Claim]:
    """Plans that say more finely what is told more widely as having happened."""
    told = [c.interval for c in sorted_.outcome if c.interval is not None and c.interval.start is not None]
    if not told or min(i.grain.order for i in told) < Grain.PART_OF_DAY.order:
        return []
    finest = min(i.grain.order for i in told)
    return [
        c
        for c in sorted_.plan
        if c.interval is not None and c.interval.grain.order < finest and all(c.interval.meets(i) for i in told)
    ]


def _latest_plans(plans: Sequence[Claim]) -> list[Claim]:
    """Of plans that cannot all hold, those last told."""
    dated = [c for c in plans if c.interval is not None and c.interval.start is not None]
    clash = any(not a.interval.meets(b.interval) for a in dated for b in dated)  # type: ignore[union-attr, arg-type]
    published = [c.published for c in dated if c.published is not None]
    if not clash or not published:
        return list(plans)
    newest = max(published)
    anchor = [c for c in dated if c.published == newest]
    return [c for c in dated if any(c.interval.meets(a.interval) for a in anchor)]  # type: ignore[union-attr, arg-type]


def _vote(item: Claim, status: Status) -> Vote:
    assert item.interval is not None
    if status is Status.OCCURRED:
        reliability = RELIABILITY[item.authority] if item.status is Status.OCCURRED else PLAN_FOR_OUTCOME
    elif status in {Status.PLANNED, Status.CANCELLED}:
        reliability = PLAN_RELIABILITY[item.authority]
    else:
        reliability = RUMOUR_RELIABILITY
    return Vote(
        claim=item.id,
        interval=item.interval,
        reliability=reliability,
        source=item.outlet or item.document,
        origin=item.origin,
        published=item.published,
        told_as_past=status is Status.OCCURRED and item.told_past and not _goes_on(item),
        authority=item.authority,
    )


def _goes_on(item: Claim) -> bool:
    """ "From today on": what has begun may reach past the report's own time."""
    from_then_on = item.mention is not None and item.mention.bound == "from"
    return from_then_on and item.interval is not None and item.interval.grain.order >= Grain.DAY.order


def _lead(claims: Sequence[Claim], fusion: Fusion | None) -> Claim:
    """The claim that says it best: of the chosen mode, the finest, told rather than heard, with an actor."""
    chosen = set(fusion.modes[0].claims) if fusion else set()
    own = [c for c in claims if c.id in chosen] or list(claims)
    return min(
        own, key=lambda c: (c.interval.grain.order if c.interval else 99, c.authority is Authority.HEARSAY, c.id)
    )


def _end(fusion: Fusion, voices: Sequence[Claim]) -> datetime | None:
    """The end of the time; of a moment, the end that the one duration told elsewhere gives it."""
    lengths = {c.lasts for c in voices if c.lasts is not None}
    if fusion.start is None or fusion.end is None or not fusion.grain.is_clock() or len(lengths) != 1:
        return fusion.end
    moment = fusion.end - fusion.start <= timedelta(hours=1)
    return max(fusion.end, fusion.start + lengths.pop()) if moment else fusion.end


def _time(fusion: Fusion, lead: Claim, voices: Sequence[Claim]) -> EventTime:
    end = _end(fusion, voices)
    interval = Interval(
        start=fusion.start,
        end=end,
        earliest=fusion.earliest,
        latest=fusion.latest,
        grain=fusion.grain,
        approximate=fusion.approximate,
    )
    return EventTime(
        best=fusion.best,
        start=fusion.start,
        end=end,
        earliest=fusion.earliest,
        latest=fusion.latest,
        grain=fusion.grain,
        approximate=fusion.approximate,
        text=lead.mention.text if lead.mention else "",
        timex3=timex3(interval),
        resolved=fusion.resolved,
        readings=() if fusion.resolved else tuple(m.interval for m in fusion.modes[:2]),
    )


def _confidence(
    fusion: Fusion | None, speakers: Sequence[Claim], sorted_: Sorted, status: Status, say: Sentences
) -> Confidence:
    """The fusion's rows, what plans and corrections add, and the ceiling of a single source; they add up."""
    if fusion is None:
        return Confidence(level=Level.LOW, probability=1 / 3, evidence=(Evidence(reason=say("by_order"), weight=-1.0),))
    rows = [*fusion.evidence, *_settled(fusion, say), *_borne_out(speakers, sorted_, status, say)]
    bits = sum(row.weight for row in rows)
    alone = len({c.origin for c in speakers}) == 1 and not _borne_out(speakers, sorted_, status, say)
    official = any(c.authority is Authority.OFFICIAL for c in speakers)
    top = ALONE if alone and not official else CEILING
    if bits > _bits(top):
        rows.append(Evidence(reason=say("one_origin" if top == ALONE else "limit"), weight=_bits(top) - bits))
        bits = _bits(top)
    probability = 1 / (1 + 2**-bits)
    return Confidence(level=level_of(probability), probability=probability, evidence=tuple(rows))


def _settled(fusion: Fusion, say: Sentences) -> list[Evidence]:
    """Of rival times the finer or more official one held in 20 of 23 invented conflicts: half of what rivals took comes back."""
    lost = sum(row.weight for row in fusion.evidence if row.weight < 0 and row.claims)
    return [Evidence(reason=say("settled"), weight=-SETTLED * lost)] if lost else []


def _borne_out(speakers: Sequence[Claim], sorted_: Sorted, status: Status, say: Sentences) -> list[Evidence]:
    """What an outcome gains by having been announced elsewhere, and a number by having replaced another."""
    if status is not Status.OCCURRED:
        return []
    own = {c.origin for c in sorted_.outcome}
    rows = []
    if planned := [c for c in sorted_.plan if c.origin not in own]:
        fits = any(_fits(p, c) for p in planned for c in sorted_.outcome)
        reason = say("plan_kept_to" if fits else "plan_known")
        rows.append(Evidence(reason=reason, weight=PLAN_KEPT if fits else PLAN_KNOWN, claims=_ids(planned)))
    if corrected := [c for c in sorted_.replaced if c.superseded == "correction"]:
        rows.append(Evidence(reason=say("replaces_other"), weight=REPLACES, claims=_ids(corrected)))
    return rows


def _fits(a: Claim, b: Claim) -> bool:
    return a.interval is not None and b.interval is not None and a.interval.meets(b.interval)


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(c.id for c in claims)


def _bits(probability: float) -> float:
    return math.log2(probability / (1 - probability))


def level_of(probability: float) -> Level:
    """high from 0.85, medium from 0.60, low below."""
    return Level.HIGH if probability >= HIGH else Level.MEDIUM if probability >= MEDIUM else Level.LOW


def _notes(
    sorted_: Sorted, status: Status, fusion: Fusion | None, documents: Mapping[str, Document], say: Sentences
) -> tuple[str, ...]:
    notes: list[str] = []
    for item in sorted_.replaced:
        said = item.mention.text if item.mention else item.quote
        who = item.outlet or say("outlet_unknown")
        if item.superseded == "correction":
            notes.append(say("correction", x=said, who=who))
        else:
            now = next((c.mention.text for c in (*sorted_.plan, *sorted_.outcome) if c.mention), "")
            notes.append(say("plan_superseded", x=said, y=now))
    if status is Status.OCCURRED:
        notes += [
            say("plan_kept", x=item.mention.text, who=item.outlet or say("outlet_unknown"))
            for item in sorted_.plan
            if item.mention
        ]
    if fusion is not None and not fusion.resolved:
        notes.append(say("unresolved"))
    return tuple(dict.fromkeys(notes))
