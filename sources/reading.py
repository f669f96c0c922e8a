"""The whole way from paths to documents: find, sniff, read, assemble; problems listed, nothing good lost."""

from __future__ import annotations

import gc
import hashlib
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from sources import found, sniff
from sources.cache import Cache
from sources.formats import archive
from sources.found import Input
from sources.limited import Reader
from sources.limits import NESTING, REPORT_SECONDS
from sources.sniff import Format
from timeline.calendar import zone as named_zone
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
    paths: Path | str | Sequence[Path | str],
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    timezone: str = "Asia/Seoul",
    cache: Path | None = None,
    allow_private: bool = False,
    exclude: Collection[Path] = (),
    time_limit: float = REPORT_SECONDS,
) -> Reading:
    """Read every report below the paths (files, folders, ``-``, http(s) addresses), or below one path.

    ``progress`` is called with a file's name, how many are done and how many there are. Dates without a zone are of
    ``timezone``. ``cache`` names a file that keeps what was read, by content. ``allow_private`` lets addresses of the
    own network be fetched. ``exclude`` names files and folders to pass over inside a given folder, such as the outputs
    of an earlier run. ``time_limit``: the most seconds a file, or one report in a file of many, may take (0: no limit);
    what takes longer is a problem and is not kept in the cache.

    Raises :class:`UsageError` for a zone that is not known and a time that is none, :class:`OutputError` where the
    cache cannot be written; everything about the inputs themselves is a :class:`Problem`.
    """
    zone = named_zone(timezone)
    if not 0 <= time_limit < math.inf:
        raise UsageError(f"time limit {time_limit!r}: give a number of seconds, 0 for no limit")
    named = [paths] if isinstance(paths, Path | str) else paths
    inputs = list(found.find(named, stdin, exclude))
    good = [item for item in inputs if isinstance(item, Input)]
    kept = Cache(cache, timezone) if cache is not None else None
    hashes: list[str] = []
    results: list[Document | Problem] = [item for item in inputs if isinstance(item, Problem)]
    with _no_collection(), closing(Reader(time_limit, zone, timezone)) as reader:
        for done, item in enumerate(good):
            if progress is not None:
                progress(item.name, done, len(good))
            results.extend(_one(item, reader, hashes, kept, allow_private))
    if kept is not None:
        kept.save()
    return _in_order(results, hashes)


def _in_order(results: Sequence[Document | Problem], hashes: Sequence[str]) -> Reading:
    """The reading, the same whatever order the inputs were named in; a report given twice stands once."""
    documents = {result.id: result for result in results if isinstance(result, Document)}
    problems = {result for result in results if isinstance(result, Problem)}
    return Reading(
        documents=tuple(sorted(documents.values(), key=lambda item: (item.file, item.record or 0, item.id))),
        problems=tuple(sorted(problems, key=lambda item: (item.file, item.error))),
        inputs_sha256=hashlib.sha256("\n".join(sorted(set(hashes))).encode()).hexdigest(),
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cycle collector: many small values are made and all are kept, so it would only cost time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # frozen and thawed, what was made counts as old: it is not gone through at once
        if was:
            gc.enable()
        gc.unfreeze()


def _one(
    item: Input, reader: Reader, hashes: list[str], kept: Cache | None, allow_private: bool
) -> Sequence[Document | Problem]:
    """The documents and problems of one input, from the cache where its bytes were read before; its hash is noted."""
    try:
        data = _fetch(item.url, allow_private) if item.url is not None else found.load(item)
    except InputError as error:
        return [Problem(file=item.name, error=error.reason)]
    digest = hashlib.sha256(data).hexdigest()
    hashes.append(f"{item.name}\x1f{digest}")
    known = kept.get(item.name, digest) if kept is not None else None
    if known is not None:
        return known
    late = reader.late
    results = [_at_address(result, item.url) for result in _reported(data, item.name, reader)]
    if kept is not None and reader.late == late:
        kept.put(item.name, digest, results)
    return results


def _at_address(result: Document | Problem, url: str | None) -> Document | Problem:
    if url is None or isinstance(result, Problem) or result.url is not None:
        return result
    return result.model_copy(update={"url": url})


def _reported(data: bytes, name: str, reader: Reader) -> Iterator[Document | Problem]:
    """The documents of some bytes; what stops the reading of them is a problem after those already read."""
    try:
        yield from _documents(data, name, reader, 0)
    except InputError as error:
        yield Problem(file=name, error=error.reason)


def _fetch(url: str, allow_private: bool) -> bytes:
    from sources import web  # the network client is loaded only where an address is given

    return web.fetch(url, allow_private=allow_private)


def _documents(data: bytes, name: str, reader: Reader, depth: int) -> Iterator[Document | Problem]:
    if not data.strip(b" \t\r\n\x00"):
        raise InputError(name, "an empty file")
    kind = sniff.sniff(data, name)
    if kind is Format.BINARY:
        raise InputError(name, f"not a report: {sniff.describe(data)}")
    if kind is Format.ARCHIVE:
        yield from _members(data, name, reader, depth)
    else:
        yield from reader.read(kind, data, name)


def _members(data: bytes, name: str, reader: Reader, depth: int) -> Iterator[Document | Problem]:
    if depth >= NESTING:
        raise InputError(name, f"archives nested deeper than {NESTING}")
    for member in archive.members(data, name):
        if isinstance(member, Problem):
            yield member
            continue
        try:
            yield from _documents(found.load(member), member.name, reader, depth + 1)
        except InputError as error:
            yield Problem(file=member.name, error=error.reason)
