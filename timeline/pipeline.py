"""The stages, one per line: documents in, itinerary out. Only this module knows their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from timeline.claims import claim
from timeline.corrections import Corrections
from timeline.editing import correct_claims, correct_events
from timeline.itinerary import arrange
from timeline.language import Language, get_language
from timeline.model import Claim, Document, Itinerary, Mention, Problem
from timeline.origins import trace
from timeline.prose import Statement
from timeline.reconcile.cluster import cluster
from timeline.reconcile.events import assemble
from timeline.reconcile.sequence import sequence
from timeline.selection import about
from timeline.sentences import Sentences

Progress = Callable[[str, int, int], None]


def reconstruct(
    documents: Sequence[Document],
    *,
    title: str | None = None,
    timezone: str = "Asia/Seoul",
    subjects: Sequence[str] = (),
    language: str = "auto",
    ui: str | None = None,
    corrections: Corrections | None = None,
    problems: Sequence[Problem] = (),
    inputs_sha256: str = "",
    progress: Progress | None = None,
) -> Itinerary:
    """Read what the documents tell and reconcile it into one itinerary.

    ``subjects`` keeps only events that name one of them. ``language`` forces a pack for every document. ``ui`` is
    the language of the program's own sentences, that of most documents where it is not given. ``progress`` is told the
    stage, how much of it is done and how much there is. The order of the documents does not matter.
    """
    say = Sentences(ui or _spoken(documents, language))
    step = progress or _silent
    texts = trace(tuple(sorted(documents, key=lambda d: (d.file, d.record or 0, d.id))))
    packs = {d.id: get_language(d.language if language == "auto" else language) for d in texts}
    tagged = _tag(texts, packs, step)
    texts = _date(texts, tagged, packs, timezone)
    mentions = _resolve(texts, tagged, packs, timezone, step)
    statements, near = _read(texts, mentions, packs, step)
    claims = claim(texts, statements)
    step("reconcile", 0, 1)
    claims, rules, unmatched = correct_claims(corrections, claims, texts)
    groups = cluster(claims, near=near, rules=rules)
    events = assemble(groups, texts, say)
    events, order = sequence(events, say)
    events, unknown = correct_events(corrections, events, texts, say)
    events = about(events, subjects)
    step("reconcile", 1, 1)
    return arrange(
        events,
        order,
        texts,
        title=title,
        timezone=timezone,
        generator=_generator(),
        inputs_sha256=inputs_sha256,
        problems=(*problems, *(Problem(file="corrections", error=e) for e in (*unmatched, *unknown))),
        say=say,
    )


def _silent(stage: str, done: int, total: int) -> None:
    return None


def _tag(texts: Sequence[Document], packs: dict[str, Language], step: Progress) -> dict[str, tuple[Mention, ...]]:
    from timeline.tag import tag

    out = {}
    for number, document in enumerate(texts, 1):
        out[document.id] = tag(document, packs[document.id])
        step("tag", number, len(texts))
    return out


def _spoken(documents: Sequence[Document], language: str) -> str:
    """The language most documents are in, unless one is forced."""
    if language != "auto":
        return language
    english = sum(document.language == "en" for document in documents)
    return "en" if english * 2 > len(documents) else "ko"


def date(
    documents: Sequence[Document], *, timezone: str = "Asia/Seoul", language: str = "auto"
) -> tuple[Document, ...]:
    """The documents as :func:`reconstruct` dates them: those without a publication time by what they tell."""
    texts = tuple(documents)
    packs = {d.id: get_language(d.language if language == "auto" else language) for d in texts}
    return _date(texts, _tag(texts, packs, _silent), packs, timezone)


def _date(
    texts: tuple[Document, ...], tagged: dict[str, tuple[Mention, ...]], packs: dict[str, Language], timezone: str
) -> tuple[Document, ...]:
    from timeline.dating import date_documents

    return date_documents(texts, tagged, lambda document: packs[document.id], timezone)


def _resolve(
    texts: Sequence[Document],
    tagged: dict[str, tuple[Mention, ...]],
    packs: dict[str, Language],
    timezone: str,
    step: Progress,
) -> dict[str, tuple[Mention, ...]]:
    from timeline.resolve import resolve
    from timeline.resolve.across import across

    out = {}
    for number, document in enumerate(texts, 1):
        out[document.id] = resolve(document, tagged[document.id], packs[document.id], timezone)
        step("resolve", number, len(texts))
    return across(texts, out, lambda document: packs[document.id].time())


def _read(
    texts: Sequence[Document], mentions: dict[str, tuple[Mention, ...]], packs: dict[str, Language], step: Progress
) -> tuple[dict[str, tuple[Statement, ...]], dict[str, frozenset[str]]]:
    """Statements of every document, and which classes of action tell one event; names are learned per language."""
    names: dict[str, Any] = {}
    near: dict[str, frozenset[str]] = {}
    readers: dict[str, Any] = {}
    for pack in sorted({p.code: p for p in packs.values()}.values(), key=lambda p: p.code):
        prose = readers[pack.code] = pack.prose().load()
        names[pack.code] = prose.learn([d for d in texts if packs[d.id] is pack])
        near = {**prose.near(), **near} if hasattr(prose, "near") else near
    out = {}
    for number, document in enumerate(texts, 1):
        pack = packs[document.id]
        out[document.id] = readers[pack.code].read(document, mentions[document.id], names[pack.code])
        step("claims", number, len(texts))
    return out, near


def _generator() -> str:
    try:
        return f"event-timeline-reconstructor {version('event-timeline-reconstructor')}"
    except PackageNotFoundError:
        return "event-timeline-reconstructor"


__all__ = ["Claim", "reconstruct"]
