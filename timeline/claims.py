"""Statements to claims: what each document asserts about one event, with its origin, standing and order cues.

A statement that tells no event is left out. What a sentence itself takes back or moves is marked as superseded, and linked
to what replaces it. Durations told of an event give its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from timeline.interval import Interval
from timeline.model import Authority, BlockKind, Claim, Document, Relation, Role, Span, Status, content_id
from timeline.prose import Statement

_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?")

_FEW = 4  # claims back that a correction may speak of
_ROWS = frozenset({BlockKind.LIST, BlockKind.TABLE})


def claim(documents: Sequence[Document], statements: Mapping[str, Sequence[Statement]]) -> tuple[Claim, ...]:
    """The claims of all documents, in the order of documents and text. ``statements`` maps document ids to statements."""
    agencies = {d.outlet: d.origin or d.id for d in reversed(documents) if d.outlet}
    out: list[Claim] = []
    for document in documents:
        out += _of_document(document, statements.get(document.id, ()), agencies)
    return tuple(out)


def _of_document(document: Document, statements: Iterable[Statement], agencies: Mapping[str, str]) -> list[Claim]:
    claims: list[Claim] = []
    kept: list[Statement] = []
    for statement in statements:
        if statement.no_event is not None:
            continue
        made = _claim(document, statement, agencies)
        made = _ordered(made, statement, claims)
        claims.append(made)
        kept.append(statement)
    return _linked(kept, claims)


def _claim(document: Document, statement: Statement, agencies: Mapping[str, str]) -> Claim:
    text = document.text
    mention = statement.mention
    interval = _with_length(mention.interval if mention else None, statement.measured, statement.role)
    span = statement.span
    return Claim(
        id=content_id("c", document.id, span.start, span.end, mention.span.start if mention else -1, statement.actions),
        document=document.id,
        outlet=document.outlet,
        origin=_origin(document, span, agencies),
        quote=span.of(text),
        span=span,
        summary=statement.summary,
        action=statement.actions[0] if statement.actions else "",
        actions=statement.actions,
        words=statement.content,
        predicate=statement.predicate,
        actors=statement.actors,
        place=statement.place,
        object=statement.object,
        status=statement.status,
        attribution=statement.attribution,
        quoted=statement.inside_quote,
        authority=_authority(document, statement),
        mention=mention,
        interval=interval,
        role=statement.role,
        lasts=_lasts(interval, statement.measured),
        row=any(b.span.holds(span) for b in document.blocks if b.kind in _ROWS),
        several=statement.several,
        superseded=_superseded(statement),
        told_past=statement.told_past,
        published=_published(document),
    )


def _published(document: Document) -> object:
    interval = document.publication.interval
    if interval is None:
        return None
    if interval.grain.is_clock():
        return interval.start
    return interval.latest or interval.end


def _authority(document: Document, statement: Statement) -> Authority:
    if document.official and statement.authority in {Authority.OWN, Authority.ATTRIBUTED}:
        return Authority.OFFICIAL
    return statement.authority


def _superseded(statement: Statement) -> str | None:
    if statement.retracted:
        return "correction"
    return "plan" if statement.moved_plan else None


def _origin(document: Document, span: Span, agencies: Mapping[str, str]) -> str:
    """Whoever the words go back to: the agency a caption is credited to, else the document's own origin."""
    block = next((b for b in document.blocks if b.span.holds(span)), None)
    if block is not None and block.kind is BlockKind.CAPTION and block.credit:
        return agencies.get(block.credit, f"credit:{block.credit}")
    return document.origin or document.id


def _with_length(interval: Interval | None, duration: str | None, role: Role) -> Interval | None:
    """The interval with the end a told duration gives it, where it had only a start to the minute or hour."""
    if (
        interval is None
        or interval.start is None
        or duration is None
        or not interval.grain.is_clock()
        or role is Role.END
    ):
        return interval
    length = _length(duration)
    if length is None or interval.width is None or interval.width >= length:
        return interval
    return interval.model_copy(update={"end": interval.start + length})


def _lasts(interval: Interval | None, duration: str | None) -> timedelta | None:
    """A duration told of an event whose own report gives no clock time; another's may."""
    clock = interval is not None and interval.grain.is_clock()
    return _length(duration) if duration is not None and not clock else None


def _length(duration: str) -> timedelta | None:
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    days, hours, minutes, seconds = (float(g or 0) for g in match.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return length if timedelta(0) < length <= timedelta(days=2) else None


def _ordered(made: Claim, statement: Statement, earlier: Sequence[Claim]) -> Claim:
    """The order a cue tells ("이후", "이에 앞서"): against the claim told just before."""
    if statement.cue is None or not earlier:
        return made
    relation = Relation(kind=statement.cue, other=earlier[-1].id, quote=statement.cue_word)
    return made.model_copy(update={"relations": (relation,)})


def _linked(statements: Sequence[Statement], claims: list[Claim]) -> list[Claim]:
    """A number taken back and its replacement, or a moved plan and its new time, are one event by their own sentence."""
    out = list(claims)
    for i, (first, old) in enumerate(zip(statements, claims, strict=True)):
        for second, new in list(zip(statements, claims, strict=True))[i + 1 : i + 3]:
            if second.sentence == first.sentence and _replaces(first, second):
                moved = first.status is Status.PLANNED
                superseded = "plan" if moved else "correction"
                out[i] = out[i].model_copy(update={"must_link": (new.id,), "superseded": superseded})
        if first.continues and i:
            same = _before(old, claims[:i])
            out[i] = out[i].model_copy(update={"must_link": (*out[i].must_link, same.id)})
        if first.refers and (told := _antecedent(old, claims[:i])) is not None:
            out[i] = out[i].model_copy(update={"must_link": (*out[i].must_link, told.id)})
    return out


def _before(item: Claim, earlier: Sequence[Claim]) -> Claim:
    """The claim an item goes on about: of the few before it the last that tells such an act, else the last."""
    return next((c for c in reversed(earlier[-_FEW:]) if set(c.actions) & set(item.actions)), earlier[-1])


def _antecedent(item: Claim, earlier: Sequence[Claim]) -> Claim | None:
    """The event last told of that class at a time that fits."""
    for other in reversed(earlier):
        told = bool(item.action) and item.action in other.actions
        if told and item.interval and other.interval and item.interval.meets(other.interval):
            return other
    return None


def _replaces(first: Statement, second: Statement) -> bool:
    if first.retracted and second.replaces:
        return True
    return first.moved_plan and second.status in {Status.PLANNED, Status.OCCURRED}
