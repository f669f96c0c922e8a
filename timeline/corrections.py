"""What an editor knows and the reports do not: a corrections file, applied again at each run.

The file is YAML or TOML with four lists, all optional::

    official: [{outlet: "Harbour Office"}]                    # this source is the record of the body whose act it is
    wrong: [{quote: "at ten past nine", file: "03.txt"}]      # this claim is not to be used
    same: [[{claim: "c1a2..."}, {quote: "cast off"}]]         # all of these tell one event
    apart: [[{file: "01.txt", quote: "sailed"}, {file: "02.txt", quote: "sailed"}]]   # different events
    time: [{event: {quote: "cast off"}, at: "2031-05-06T09:40+09:00", why: "log"}]    # this is when it was

A selector names claims by ``claim``, ``event`` or ``document`` (ids), ``file`` (path as found, or its last part),
``outlet``, ``quote`` (a part of the quoted words); several keys must all hold. Nothing is ignored in silence: an
unknown key is refused with its place in the file, and a selector that finds nothing is reported.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path, PurePosixPath

import yaml
from pydantic import AwareDatetime, Field, ValidationError, model_validator

from timeline.errors import CorrectionsError
from timeline.interval import Frozen, Grain
from timeline.model import Authority, Claim, Document, Event

LIMIT = 1_000_000  # bytes; a corrections file is written by hand
CERTAIN = 0.985  # a time an editor vouches for, said as surely as anything here is


class Selector(Frozen):
    """Which claims (or which event) a correction is about; every key given must hold."""

    claim: str | None = None
    event: str | None = None
    document: str | None = None
    file: str | None = None
    outlet: str | None = None
    quote: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _says_something(self) -> Selector:
        if not self.model_fields_set or all(getattr(self, name) in (None, "") for name in self.model_fields_set):
            raise ValueError("a selector needs at least one of claim, event, document, file, outlet, quote")
        return self

    def __str__(self) -> str:
        return ", ".join(f"{k}={v!r}" for k, v in self.model_dump(exclude_none=True).items())


class KnownTime(Frozen):
    """An event's time that an editor vouches for: a moment, or ``[at, until)``, at ``grain``; ``why`` is shown."""

    event: Selector
    at: AwareDatetime
    until: AwareDatetime | None = None
    grain: Grain = Grain.MINUTE
    why: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> KnownTime:
        if self.until is not None and self.until < self.at:
            raise ValueError(f"until {self.until.isoformat()} lies before at {self.at.isoformat()}")
        return self

    @property
    def end(self) -> datetime:
        """The end of the nominal reading: ``until``, else a minute after ``at`` (a second at that grain)."""
        return self.until or self.at + (timedelta(seconds=1) if self.grain is Grain.SECOND else timedelta(minutes=1))


class Corrections(Frozen):
    """All corrections of one file; empty by default."""

    official: tuple[Selector, ...] = ()
    wrong: tuple[Selector, ...] = ()
    same: tuple[tuple[Selector, ...], ...] = ()
    apart: tuple[tuple[Selector, ...], ...] = ()
    time: tuple[KnownTime, ...] = ()

    @model_validator(mode="after")
    def _pairs(self) -> Corrections:
        for name in ("same", "apart"):
            for number, group in enumerate(getattr(self, name), 1):
                if len(group) < 2:
                    raise ValueError(f"{name}, entry {number}: needs at least two selectors, has {len(group)}")
        return self


class Prepared(Frozen):
    """Corrections worked out on the claims: what is dropped, official, together and apart; and what found nothing."""

    dropped: frozenset[str] = frozenset()
    official: frozenset[str] = frozenset()
    must_link: tuple[tuple[str, str], ...] = ()
    cannot_link: tuple[tuple[str, str], ...] = ()
    unmatched: tuple[str, ...] = ()


def load(path: Path) -> Corrections:
    """Read a corrections file, YAML or TOML by its suffix (``.toml``; everything else is read as YAML).

    Raises :class:`CorrectionsError` naming the file, the place in it and what to do.
    """
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise CorrectionsError(f"{path}: cannot be read ({problem.strerror}); check the path") from problem
    if len(raw) > LIMIT:
        raise CorrectionsError(f"{path}: {len(raw)} bytes is more than {LIMIT}; is this the corrections file?")
    data = _parse(path, raw)
    if not isinstance(data, Mapping):
        raise CorrectionsError(f"{path}: holds {type(data).__name__}, not the lists official, wrong, same, apart, time")
    try:
        return Corrections.model_validate(data)
    except ValidationError as problem:
        raise CorrectionsError("\n".join(_told(path, error, data) for error in problem.errors())) from problem


def _parse(path: Path, raw: bytes) -> object:
    try:
        text = raw.decode("utf-8-sig")
        return tomllib.loads(text) if path.suffix.lower() == ".toml" else (yaml.load(text, _Strict) or {})  # noqa: S506
    except UnicodeDecodeError as problem:
        raise CorrectionsError(f"{path}: is not UTF-8 at byte {problem.start}; save it as UTF-8") from problem
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as problem:
        raise CorrectionsError(f"{path}: cannot be parsed: {' '.join(str(problem).split())}") from problem


class _Strict(yaml.SafeLoader):
    """YAML without objects, aliases (they can swell) or double keys; times stay text, so that a missing zone shows."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not used here; write it out", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_Strict.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _told(path: Path, error: Mapping[str, object] | object, data: Mapping[str, object]) -> str:
    assert isinstance(error, Mapping)
    place = ""
    loc = error["loc"]
    assert isinstance(loc, tuple)
    for part in loc:
        place += f", entry {part + 1}" if isinstance(part, int) else f"{'.' if place else ''}{part}"
    if error["type"] == "extra_forbidden":
        known = {"official", "wrong", "same", "apart", "time"} if len(loc) == 1 else _keys_at(loc)
        return f"{path}: {place}: unknown key {loc[-1]!r}; known are {', '.join(sorted(known))}"
    value = error.get("input")
    shown = f" (got {value!r})" if isinstance(value, (str, int, float)) else ""
    message = re.sub(r"^Value error, ", "", str(error["msg"]))
    hint = "; write it with its offset, as in 2031-05-06T09:40+09:00" if error["type"] == "timezone_aware" else ""
    return f"{path}: {place or 'whole file'}: {message}{shown}{hint}"


def _keys_at(loc: Sequence[object]) -> set[str]:
    inside_time = loc[0] == "time" and "event" not in loc[:-1]
    return set(KnownTime.model_fields if inside_time else Selector.model_fields)


def prepare(corrections: Corrections, claims: Sequence[Claim], documents: Iterable[Document] = ()) -> Prepared:
    """Work the corrections out on the claims, before they are clustered.

    ``must_link`` and ``cannot_link`` are sorted pairs of claim ids, ``official`` and ``dropped`` claim ids;
    ``unmatched`` are sentences on selectors that found no claim (``event`` is for :func:`known_times` alone).
    """
    files = {d.id: d.file for d in documents}
    unmatched: list[str] = []

    def find(selector: Selector, where: str) -> list[str]:
        found = [c.id for c in claims if _matches(selector, c, files)]
        if not found and selector.event is None:
            unmatched.append(f"corrections, {where}: nothing matches {selector}")
        if selector.event is not None:
            unmatched.append(f"corrections, {where}: {selector} names an event; only time: may do so, name its claims")
        return sorted(found)

    dropped = {i for n, s in enumerate(corrections.wrong, 1) for i in find(s, f"wrong, entry {n}")}
    official = {i for n, s in enumerate(corrections.official, 1) for i in find(s, f"official, entry {n}")}
    must, cannot = set(), set()
    for number, group in enumerate(corrections.same, 1):
        joined = sorted({i for s in group for i in find(s, f"same, entry {number}")})
        must |= set(pairwise(joined))
    for number, group in enumerate(corrections.apart, 1):
        for left, right in combinations([find(s, f"apart, entry {number}") for s in group], 2):
            both = set(left) & set(right)
            if both:
                unmatched.append(
                    f"corrections, apart, entry {number}: two selectors match the same claim {min(both)!r}"
                )
            cannot |= {(min(a, b), max(a, b)) for a in left for b in right if a != b}
    unmatched += [f"corrections: {a!r} and {b!r} are called both one event and two" for a, b in sorted(must & cannot)]
    return Prepared(
        dropped=frozenset(dropped),
        official=frozenset(official),
        must_link=tuple(sorted(must)),
        cannot_link=tuple(sorted(cannot - must)),
        unmatched=tuple(unmatched),
    )


def apply_to_claims(prepared: Prepared, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims without the dropped ones, official ones marked so; everything else unchanged, order kept."""
    return tuple(
        claim.model_copy(update={"authority": Authority.OFFICIAL}) if claim.id in prepared.official else claim
        for claim in claims
        if claim.id not in prepared.dropped
    )


def known_times(
    corrections: Corrections, events: Sequence[Event], documents: Iterable[Document] = ()
) -> tuple[dict[str, KnownTime], tuple[str, ...]]:
    """Which events' times an editor vouches for, by event id, and sentences on what matched none or more than one."""
    files = {d.id: d.file for d in documents}
    known: dict[str, KnownTime] = {}
    problems: list[str] = []
    for number, entry in enumerate(corrections.time, 1):
        selector = entry.event
        where = f"corrections, time, entry {number}"
        found = [
            e.id
            for e in events
            if selector.event in (None, e.id) and any(_matches(selector, c, files, any_event=True) for c in e.claims)
        ]
        if not found:
            problems.append(f"{where}: no event matches {selector}")
        elif len(found) > 1:
            problems.append(f"{where}: {selector} matches {len(found)} events ({', '.join(found[:3])} ...); say which")
        elif found[0] in known and known[found[0]] != entry:
            problems.append(f"{where}: event {found[0]!r} has been given another time already")
        else:
            known[found[0]] = entry
    return known, tuple(problems)


def _matches(selector: Selector, claim: Claim, files: Mapping[str, str], any_event: bool = False) -> bool:
    if selector.event is not None and not any_event:
        return False
    file = files.get(claim.document, "")
    return (
        selector.claim in (None, claim.id)
        and selector.document in (None, claim.document)
        and selector.outlet in (None, claim.outlet)
        and (selector.file is None or selector.file in (file, PurePosixPath(file).name))
        and (selector.quote is None or selector.quote in claim.quote)
    )
