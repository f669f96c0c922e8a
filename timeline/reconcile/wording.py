"""What an event is called, who acts in it and where: the claims' own words, chosen between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from timeline.model import Claim

THIN = 4  # characters; a title as short as this, or one that ends in a word of one, says too little
LONGEST = 40


def title_of(claims: Sequence[Claim], lead: Claim) -> str:
    """The words of the strongest claim whose head action is the event's; a short clause itself where they say too little."""
    heads = Counter(c.action for c in claims if c.action)
    best = heads.most_common(1)[0][0] if heads else ""

    def rank(c: Claim) -> tuple[object, ...]:
        said = c.summary
        return (_thin(said), c.action != best, not c.actors, c is not lead, not 6 <= len(said) <= 40, -len(said), c.id)

    strongest = min(claims, key=rank)
    clause = " ".join(lead.quote.split())
    if _thin(strongest.summary) and THIN < len(clause) <= LONGEST:
        return clause
    return strongest.summary or clause[:LONGEST]


def _thin(title: str) -> bool:
    return len(title) <= THIN or len(title.split()[-1]) == 1


def actors_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Whom most claims name, six at most."""
    counts = Counter(a for c in claims for a in dict.fromkeys(c.actors))
    return tuple(a for a, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))[:6]


def place_of(claims: Sequence[Claim]) -> str | None:
    """The place most claims name, the fuller of equals."""
    places = Counter(c.place for c in claims if c.place)
    return max(places, key=lambda p: (places[p], len(p), p)) if places else None
