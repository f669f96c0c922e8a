"""What fusing starts from and ends in: votes, the modes they form, and the fusion that says which mode holds.

A vote counts if something of its window is left before its report appeared and no later word of its source replaced it.
A *mode* is a largest set of claims that can all be true: their windows share a moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import AwareDatetime, Field

from timeline.interval import Frozen, Grain, Interval
from timeline.model import Authority, Evidence
from timeline.reconcile.kernel import Window, seconds, window_of


class Vote(Frozen):
    """One claim's say on a time.

    ``reliability`` in (0, 1): how often such a claim is right. ``published`` is the last moment at which the report may
    have appeared; what is ``told_as_past`` cannot lie after it. ``origin`` names whoever the statement goes back to:
    votes of one origin are one witness. ``superseded`` marks a replaced plan or a withdrawn number: kept, not counted.
    """

    claim: str
    interval: Interval
    reliability: float = Field(default=0.8, gt=0, lt=1)
    source: str = ""
    origin: str = ""
    published: AwareDatetime | None = None
    told_as_past: bool = True
    authority: Authority = Authority.OWN
    superseded: bool = False


class Mode(Frozen):
    """Claims that can all be true: their joint reading, its share of the belief, how many origins, which claims."""

    interval: Interval
    best: AwareDatetime
    mass: float
    origins: int
    claims: tuple[str, ...]
    official: bool = False


class Fusion(Frozen):
    """The reconciled time: ``best`` with its nominal ``[start, end)`` and its window ``[earliest, latest]``.

    ``modes`` holds the chosen one first; ``resolved`` is false where two readings stand unreconciled. ``probability``
    is that of ``best`` at its grain and tolerance, and ``evidence`` adds up to its log2 odds. ``unused`` names the
    claims that had no say (superseded, or lying after their own publication).
    """

    best: AwareDatetime
    start: AwareDatetime | None
    end: AwareDatetime | None
    earliest: AwareDatetime | None
    latest: AwareDatetime | None
    grain: Grain
    approximate: bool
    modes: tuple[Mode, ...]
    probability: float
    resolved: bool
    evidence: tuple[Evidence, ...]
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A vote that counts, with the window it leaves open."""

    vote: Vote
    window: Window

    @property
    def key(self) -> tuple[object, ...]:
        """A fixed order: the original before its copies, then by what is said."""
        published = self.vote.published
        return (
            published is None,
            published or datetime.max.replace(tzinfo=UTC),
            -self.vote.reliability,
            self.vote.claim,
        )


def admit(votes: Sequence[Vote]) -> tuple[list[Told], set[str]]:
    """The votes that count, in a fixed order, and the claims that do not; where none may count, the least bad do."""
    usable: list[Told] = []
    late: list[Told] = []
    replaced: list[Told] = []
    for vote in votes:
        bound = vote.published if vote.told_as_past else None
        window = window_of(vote.interval, bound)
        if window is not None:
            (replaced if vote.superseded else usable).append(Told(vote, window))
        elif bound is not None and (window := window_of(vote.interval)) is not None:
            cut = seconds(bound)
            late.append(Told(vote, Window(start=cut, end=cut, low=cut, high=cut, exact=False)))
    usable, earlier = _latest_edition(usable)
    unused = {t.vote.claim for t in (*late, *replaced, *earlier)}
    chosen = usable or replaced or late
    return sorted(chosen, key=lambda t: t.key), unused if usable or not replaced else unused - _claims(replaced)


def _claims(told: Sequence[Told]) -> set[str]:
    return {t.vote.claim for t in told}


def _latest_edition(told: list[Told]) -> tuple[list[Told], list[Told]]:
    """A source that says something else later has replaced what it said before."""
    kept: list[Told] = []
    replaced: list[Told] = []
    for one in told:
        later = any(
            one.vote.source
            and other.vote.source == one.vote.source
            and one.vote.published is not None
            and other.vote.published is not None
            and other.vote.published > one.vote.published
            and not other.window.meets(one.window)
            for other in told
        )
        (replaced if later else kept).append(one)
    return kept, replaced


def modes(told: Sequence[Told]) -> list[tuple[Told, ...]]:
    """The largest sets of windows that share a moment (the maximal cliques of an interval graph), by a sweep."""
    points = sorted({t.window.high for t in told})
    groups: list[frozenset[int]] = []
    for point in points:
        members = frozenset(i for i, t in enumerate(told) if t.window.low <= point <= t.window.high)
        groups = [g for g in groups if not g <= members]
        if not any(members <= g for g in groups):
            groups.append(members)
    return [tuple(told[i] for i in sorted(group)) for group in groups]
