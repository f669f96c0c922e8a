"""Where the claims of one event disagree, by name: rounding, refinement, contradiction; one plain sentence each.

A changed plan and a withdrawn number are no conflicts; they are told in the event's notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from timeline.model import Claim, Conflict, Document
from timeline.reconcile.fuse import Fusion
from timeline.reconcile.vote import Mode
from timeline.sentences import Sentences


def conflicts_of(
    told: Sequence[Claim],
    denied: Sequence[Claim],
    fusion: Fusion | None,
    documents: Mapping[str, Document],
    say: Sentences,
) -> tuple[Conflict, ...]:
    """The conflicts of an event: between readings of its time, within one reading, and about whether it happened."""
    out: list[Conflict] = []
    by_id = {c.id: c for c in told}
    if fusion is not None:
        chosen = fusion.modes[0]
        found = (_against(chosen, rival, by_id, say) for rival in fusion.modes[1:])
        out += [conflict for conflict in found if conflict is not None]
        if not out and (minor := _rounding(chosen, by_id, say)) is not None:
            out.append(minor)
    if told and denied:
        out.append(_status(told, denied, say))
    return tuple(out)


def _against(chosen: Mode, rival: Mode, by_id: Mapping[str, Claim], say: Sentences) -> Conflict | None:
    ours = _only(chosen, rival, by_id)
    theirs = _only(rival, chosen, by_id)
    if not ours or not theirs:
        return None
    a, b = _speaker(ours), _speaker(theirs)
    return Conflict(
        kind="time",
        severity="major",
        cause="contradiction",
        note=say("major_time", a=_outlets(ours, say), x=_said(a), b=_outlets(theirs, say), y=_said(b)),
        claims=tuple(c.id for c in (*ours, *theirs)),
        sides=(tuple(c.id for c in ours), tuple(c.id for c in theirs)),
        would_change=say("major_change", who=_outlets(ours, say), x=_said(b)),
    )


def _only(mode: Mode, other: Mode, by_id: Mapping[str, Claim]) -> list[Claim]:
    return [by_id[i] for i in mode.claims if i in by_id and i not in other.claims]


def _rounding(chosen: Mode, by_id: Mapping[str, Claim], say: Sentences) -> Conflict | None:
    """Clock times that differ by no more than their hedges explain."""
    clocks = [
        c
        for i in chosen.claims
        if (c := by_id.get(i)) is not None
        and c.interval is not None
        and c.interval.start is not None
        and c.interval.grain == "minute"
    ]
    if len({c.interval.start for c in clocks if c.interval}) < 2:
        return None
    first = min(clocks, key=lambda c: (c.interval.start, c.id))  # type: ignore[union-attr]
    last = max(clocks, key=lambda c: (c.interval.start, c.id))  # type: ignore[union-attr]
    assert first.interval is not None
    assert last.interval is not None
    assert first.interval.start is not None
    assert last.interval.start is not None
    minutes = round((last.interval.start - first.interval.start).total_seconds() / 60)
    sides = tuple(
        tuple(c.id for c in clocks if c.interval is not None and c.interval.start == start)
        for start in sorted(
            {c.interval.start for c in clocks if c.interval is not None and c.interval.start is not None}
        )
    )
    return Conflict(
        kind="time",
        severity="minor",
        cause="rounding",
        note=say(
            "minor_rounding",
            a=_outlets([first], say),
            x=_said(first),
            b=_outlets([last], say),
            y=_said(last),
            minutes=minutes,
        ),
        claims=tuple(c.id for c in clocks),
        sides=sides,
    )


def _status(told: Sequence[Claim], denied: Sequence[Claim], say: Sentences) -> Conflict:
    return Conflict(
        kind="status",
        severity="major",
        cause="contradiction",
        note=say("status_conflict", a=_outlets(told, say), b=_outlets(denied, say)),
        claims=tuple(c.id for c in (*told, *denied)),
        sides=(tuple(c.id for c in told), tuple(c.id for c in denied)),
    )


def _speaker(claims: Sequence[Claim]) -> Claim:
    return min(claims, key=lambda c: (c.interval.grain.order if c.interval else 99, c.id))


def _said(item: Claim) -> str:
    return item.mention.text if item.mention else item.quote[:20]


def _outlets(claims: Sequence[Claim], say: Sentences) -> str:
    names = dict.fromkeys(c.outlet or say("outlet_unknown") for c in claims)
    return say("list").join(names)
