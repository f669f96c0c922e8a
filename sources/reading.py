"""The whole way from paths to documents: find, sniff, read, assemble; problems listed, nothing good lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sources import assemble, encoding, found, sniff
from sources.draft import Draft
from sources.formats import archive
from sources.found import Input
from sources.limits import NESTING
from sources.sniff import Format
from timeline.errors import InputError, UsageError
from timeline.interval import Frozen
from timeline.model import Document, Problem

Progress = Callable[[str, int, int], None]


class Reading(Frozen):
    """What was read: documents by file and record, the inputs that could not be read, and a hash of all input bytes."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()
    inputs_sha256: str


def read(
    paths: Sequence[Path | str],
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    timezone: str = "Asia/Seoul",
    cache: Path | None = None,
    allow_private: bool = False,
    exclude: Collection[Path] = (),
) -> Reading:
    """Read every report below the paths (files, folders, ``-``, http(s) addresses).

    ``progress`` is called with a file's name, how many are done and how many there are. Dates without a zone are of
    ``timezone``. ``cache`` names a file that keeps what was read, by content. Raises :class:`UsageError` for a zone
    that does not exist; everything about the inputs themselves is a :class:`Problem`. ``allow_private`` lets addresses
    of the own network be fetched. ``exclude`` names files and folders to pass over inside a given folder, such as the
    outputs of an earlier run.
    """
    zone = _zone(timezone)
    inputs = list(found.find(paths, stdin, exclude))
    documents: dict[str, Document] = {}
    problems = [item for item in inputs if isinstance(item, Problem)]
    hashes: list[str] = []
    good = [item for item in inputs if isinstance(item, Input)]
    for done, item in enumerate(good):
        if progress is not None:
            progress(item.name, done, len(good))
        for result in _one(item, zone, hashes, allow_private):
            if isinstance(result, Problem):
                problems.append(result)
            else:
                documents.setdefault(result.id, result)
    return Reading(
        documents=tuple(
            sorted(documents.values(), key=lambda document: (document.file, document.record or 0, document.id))
        ),
        problems=tuple(sorted(problems, key=lambda problem: (problem.file, problem.error))),
        inputs_sha256=hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest(),
    )


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"time zone {name!r} does not exist; use an IANA name such as 'Asia/Seoul'") from error


def _one(item: Input, zone: tzinfo, hashes: list[str], allow_private: bool) -> Iterator[Document | Problem]:
    """The documents and problems of one input; its hash is noted."""
    try:
        data = _fetch(item.url, allow_private) if item.url is not None else found.load(item)
        hashes.append(f"{item.name}\x1f{hashlib.sha256(data).hexdigest()}")
        for result in _documents(data, item.name, zone, 0):
            fetched = item.url is not None and isinstance(result, Document) and result.url is None
            yield result.model_copy(update={"url": item.url}) if fetched else result
    except InputError as error:
        yield Problem(file=item.name, error=error.reason)


def _fetch(url: str, allow_private: bool) -> bytes:
    from sources import web  # the network client is loaded only where an address is given

    return web.fetch(url, allow_private=allow_private)


def _documents(data: bytes, name: str, zone: tzinfo, depth: int) -> Iterator[Document | Problem]:
    if not data.strip(b" \t\r\n\x00"):
        raise InputError(name, "an empty file")
    kind = sniff.sniff(data, name)
    if kind is Format.BINARY:
        raise InputError(name, f"not a report: {sniff.describe(data)}")
    if kind is Format.ARCHIVE:
        yield from _members(data, name, zone, depth)
        return
    try:
        for draft in sniff.reader(kind)(data, name, zone):
            yield draft if isinstance(draft, Problem) else _document(draft, name, zone)
    except encoding.NotTextError as error:
        raise InputError(name, f"{error} ({sniff.describe(data)})") from error


def _members(data: bytes, name: str, zone: tzinfo, depth: int) -> Iterator[Document | Problem]:
    if depth >= NESTING:
        raise InputError(name, f"archives nested deeper than {NESTING}")
    for member in archive.members(data, name):
        if isinstance(member, Problem):
            yield member
            continue
        try:
            yield from _documents(found.load(member), member.name, zone, depth + 1)
        except InputError as error:
            yield Problem(file=member.name, error=error.reason)


def _document(draft: Draft, name: str, zone: tzinfo) -> Document | Problem:
    try:
        return assemble.document(draft, name, zone)
    except InputError as error:
        place = f"record {draft.record}: " if draft.record is not None else ""
        return Problem(file=name, error=f"{place}{error.reason}")
