"""What stands behind one event: its claims with quote and reading, its confidence row by row, its disagreements."""

from __future__ import annotations

from typing import NamedTuple

from reports.page.origins import Origin, outlet, outlet_of
from reports.page.readings import nominal, widest
from reports.page.words import Phrase, Words, plain
from reports.plain import link, one_line
from timeline.model import Basis, Claim, Confidence, Conflict, Document, Event, Itinerary, Mention

_CONTEXT = 110  # code points shown on either side of a quote


class Passage(NamedTuple):
    """The quote in its place: the text before, the quote in three parts around the expression, the text after."""

    before: str
    head: str
    said: str
    tail: str
    after: str
    language: str


class ClaimView(NamedTuple):
    """Everything the page says of one claim; ``link`` is an http(s) address or nothing."""

    id: str
    outlet: str
    mark: int
    title: str
    link: str | None
    url: str
    file: str
    published: Phrase
    basis: Phrase
    status: str
    authority: Phrase
    attribution: str
    passage: Passage
    read: Phrase
    window: Phrase | None
    rule: str
    anchor: Phrase | None
    why: tuple[Phrase, ...]
    alternatives: tuple[tuple[Phrase, Phrase], ...]
    aside: Phrase | None
    note: str


class Group(NamedTuple):
    """The claims of one origin: its own, and the reprints folded under it."""

    claims: tuple[ClaimView, ...]
    reprints: tuple[ClaimView, ...]
    reprint_words: Phrase


class Step(NamedTuple):
    """One evidence row: where its bar begins and how wide it is (per cent of the width), and its weight in bits."""

    reason: str
    weight: float
    left: float
    width: float


class Waterfall(NamedTuple):
    """The rows of a confidence, their sum in bits, and where zero stands."""

    steps: tuple[Step, ...]
    total: float
    zero: float


class ConflictView(NamedTuple):
    """A disagreement with the claims of each side as outlet and reading."""

    kind: Phrase
    severity: str
    severity_words: Phrase
    cause: Phrase
    note: str
    sides: tuple[tuple[tuple[str, Phrase], ...], ...]
    would_change: str


class OrderView(NamedTuple):
    """Another event this one certainly stands before or after."""

    words: Phrase
    other: str
    why: str


class EvidenceView(NamedTuple):
    """The evidence of one event."""

    groups: tuple[Group, ...]
    aside: tuple[ClaimView, ...]
    waterfall: Waterfall
    conflicts: tuple[ConflictView, ...]
    order: tuple[OrderView, ...]
    notes: tuple[str, ...]


class Library:
    """What the claims refer to: documents, origins, events' titles, orderings by event."""

    def __init__(self, itinerary: Itinerary, origins: dict[str, Origin], words: Words) -> None:
        self.documents = {document.id: document for document in itinerary.documents}
        self.origins = origins
        self.words = words
        self.titles = {event.id: one_line(event.title) for event in itinerary.events + itinerary.undated}
        self.order: dict[str, list[OrderView]] = {}
        for row in itinerary.order:
            self._known(row.after, "after", row.before, row.why)
            self._known(row.before, "before", row.after, row.why)

    def _known(self, event: str, side: str, other: str, why: str) -> None:
        told = self.words.say(f"ui.order_{side}", other=self.titles.get(other, other))
        self.order.setdefault(event, []).append(OrderView(told, other, why))

    def document(self, claim: Claim) -> Document:
        """The claim's document; a stand-in of the same id where the itinerary lacks it."""
        return self.documents.get(claim.document) or Document(id=claim.document, file=claim.document, text=claim.quote)


def evidence(event: Event, library: Library) -> EvidenceView:
    """The evidence of one event, reprints folded and superseded claims apart."""
    groups: dict[str, list[Claim]] = {}
    for claim in event.claims:
        if claim.superseded is None:
            groups.setdefault(claim.origin, []).append(claim)
    return EvidenceView(
        tuple(_group(claims, library) for claims in groups.values()),
        tuple(claim_view(claim, library) for claim in event.claims if claim.superseded is not None),
        waterfall(event.confidence),
        tuple(_conflict(conflict, event, library) for conflict in event.conflicts),
        tuple(library.order.get(event.id, ())),
        event.notes,
    )


def _group(claims: list[Claim], library: Library) -> Group:
    copies = [claim for claim in claims if library.document(claim).copy_of is not None]
    own = [claim for claim in claims if claim not in copies] or claims[:1]
    rest = [claim for claim in claims if claim not in own]
    words = library.words.say("ui.reprints", n=len({claim.document for claim in rest}))
    return Group(
        tuple(claim_view(claim, library) for claim in own), tuple(claim_view(claim, library) for claim in rest), words
    )


# --- a claim


def claim_view(claim: Claim, library: Library) -> ClaimView:
    """One claim in the page's words."""
    words, document, mention = library.words, library.document(claim), claim.mention
    return ClaimView(
        id=claim.id,
        outlet=one_line(outlet(claim, library.documents)),
        mark=library.origins[claim.origin].mark,
        title=one_line(document.title or ""),
        link=link(document.url),
        url=one_line(document.url or ""),
        file=one_line(document.file),
        published=published(document, words),
        basis=words.say(f"basis.{document.publication.basis.value}"),
        status=claim.status.value,
        authority=words.say(f"authority.{claim.authority.value}"),
        attribution=one_line(claim.attribution or ""),
        passage=passage(claim, document),
        read=words.value(claim.interval) if claim.interval else words.say("ui.untimed"),
        window=_window(claim, words),
        rule=one_line(mention.rule) if mention else "",
        anchor=_anchor(mention, words),
        why=tuple(map(words.reason, mention.anchor.why)) if mention and mention.anchor else (),
        alternatives=tuple((words.value(a.interval), words.reason(a.why)) for a in mention.alternatives)
        if mention
        else (),
        aside=words.say(f"superseded.{claim.superseded}") if claim.superseded else None,
        note=claim.note,
    )


def published(document: Document, words: Words) -> Phrase:
    """When the report was published, at the grain that is known."""
    known = document.publication.interval
    if known is None or known.start is None:
        return words.say(f"basis.{Basis.UNKNOWN.value}")
    return words.moment(known.start, known.grain)


def passage(claim: Claim, document: Document) -> Passage:
    """The quote in its context; the context ends with the block it stands in."""
    text, span = document.text, claim.span
    holder = next((block.span for block in document.blocks if block.span.holds(span)), None)
    low = max(holder.start if holder else 0, span.start - _CONTEXT)
    high = min(holder.end if holder else len(text), span.end + _CONTEXT)
    neighbours = _beside(document, claim) if holder == span else ("", "")
    before = ("…" if low and holder and low > holder.start else "") + text[low : span.start]
    after = text[span.end : high] + ("…" if holder and high < holder.end else "")
    head, said, tail = _split(claim)
    return Passage(before or neighbours[0], head, said, tail, after or neighbours[1], document.language)


def _beside(document: Document, claim: Claim) -> tuple[str, str]:
    """Where the quote is its whole block: the end of the block before and the beginning of the one after."""
    text, span = document.text, claim.span
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    head = before.rpartition("\n")[2][-_CONTEXT:]
    tail = after.partition("\n")[0][:_CONTEXT]
    return head and f"{head} ", tail and f" {tail}"


def _split(claim: Claim) -> tuple[str, str, str]:
    mention = claim.mention
    if mention is None or mention.document != claim.document or not claim.span.holds(mention.span):
        return claim.quote, "", ""
    start, end = mention.span.start - claim.span.start, mention.span.end - claim.span.start
    return claim.quote[:start], claim.quote[start:end], claim.quote[end:]


def _window(claim: Claim, words: Words) -> Phrase | None:
    told, wide = nominal(claim.interval), widest(claim.interval)
    if told is None or wide is None or (wide.low >= told.low and wide.high <= told.high):
        return None
    low, high = words.clock(wide.low), words.clock(wide.high, as_end=True)
    if words.local(wide.low).date() != words.local(told.low).date() or wide.width.days > 1:
        return words.stretch(wide.low, wide.high)
    return words.say("time.range", low=low, high=high)


def _anchor(mention: Mention | None, words: Words) -> Phrase | None:
    if mention is None or mention.anchor is None:
        return None
    kind = words.say(f"anchor.{mention.anchor.kind.value}")
    if mention.anchor.at is None:
        return kind
    day = words.day(mention.anchor.at, "day_year")
    return Phrase(f"{kind.main} ({day.main})", f"{kind.alt} ({day.alt})")


# --- confidence and conflicts


def waterfall(confidence: Confidence) -> Waterfall:
    """The evidence rows as bars that begin where the one before ended."""
    sums = [0.0]
    for row in confidence.evidence:
        sums.append(sums[-1] + row.weight)
    low, high = min(sums), max(sums)
    width = (high - low) or 1.0
    place = [round((value - low) / width * 100, 2) for value in sums]
    steps = [
        Step(row.reason, row.weight, min(a, b), round(abs(b - a), 2))
        for row, a, b in zip(confidence.evidence, place, place[1:], strict=False)
    ]
    return Waterfall(tuple(steps), round(sums[-1], 2), place[0])


def _conflict(conflict: Conflict, event: Event, library: Library) -> ConflictView:
    words, claims = library.words, {claim.id: claim for claim in event.claims}
    sides = conflict.sides or tuple((key,) for key in conflict.claims)
    return ConflictView(
        words.say(f"kind.{conflict.kind}"),
        conflict.severity,
        words.say(f"severity.{conflict.severity}"),
        words.say(f"cause.{conflict.cause}"),
        conflict.note,
        tuple(tuple(_stand(claims[key], conflict, library) for key in side if key in claims) for side in sides),
        conflict.would_change,
    )


def _stand(claim: Claim, conflict: Conflict, library: Library) -> tuple[str, Phrase]:
    words = library.words
    name = one_line(outlet(claim, library.documents))
    if conflict.kind == "status":
        return name, words.say(f"status.{claim.status.value}")
    if conflict.kind == "place":
        return name, plain(one_line(claim.place or ""))
    if conflict.kind == "time" and claim.mention is not None:
        return name, plain(one_line(claim.mention.text))
    return name, plain("")


class DocumentView(NamedTuple):
    """One report as the list of reports tells it."""

    mark: int
    outlet: str
    title: str
    link: str | None
    url: str
    file: str
    record: Phrase | None
    published: Phrase
    basis: Phrase
    used: tuple[tuple[str, str], ...]
    refused: tuple[tuple[Phrase, str, str], ...]
    copy_of: Phrase | None
    language: str


def document_view(document: Document, library: Library) -> DocumentView:
    """One report: where it is, when it was published, and which dates were used and refused for that."""
    words, seen = library.words, document.publication.evidence
    original = library.documents.get(document.copy_of or "")
    origin = library.origins[document.origin or document.id]
    return DocumentView(
        origin.mark,
        one_line(outlet_of(document)),
        one_line(document.title or ""),
        link(document.url),
        one_line(document.url or ""),
        one_line(document.file),
        words.say("ui.record", n=document.record) if document.record is not None else None,
        published(document, words),
        words.say(f"basis.{document.publication.basis.value}"),
        tuple((row.quote, row.note) for row in seen if row.used),
        tuple((words.say(f"stamp.{row.kind.value}"), row.quote, row.note) for row in seen if not row.used),
        words.say("ui.copy_of", other=one_line(outlet_of(original))) if original else None,
        document.language,
    )
