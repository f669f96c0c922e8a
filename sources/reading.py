"""The whole way from paths to documents: find, sniff, read, assemble; problems listed, nothing good lost."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import BinaryIO

from sources import assemble, encoding, found, sniff
from sources.cache import Cache
from sources.draft import Draft
from sources.formats import archive
from sources.found import Input
from sources.limits import NESTING
from sources.sniff import Format
from timeline.calendar import zone as named_zone
from timeline.errors import InputError
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
) -> Reading:
    """Read every report below the paths (files, folders, ``-``, http(s) addresses), or below one path.

    ``progress`` is called with a file's name, how many are done and how many there are. Dates without a zone are of
    ``timezone``. ``cache`` names a file that keeps what was read, by content. Raises :class:`UsageError` for a zone
    that is not known; everything about the inputs themselves is a :class:`Problem`. ``allow_private`` lets addresses
    of the own network be fetched. ``exclude`` names files and folders to pass over inside a given folder, such as the
    outputs of an earlier run.
    """
    zone = named_zone(timezone)
    named = [paths] if isinstance(paths, Path | str) else paths
    inputs = list(found.find(named, stdin, exclude))
    good = [item for item in inputs if isinstance(item, Input)]
    kept = Cache(cache, timezone) if cache is not None else None
    hashes: list[str] = []
    results: list[Document | Problem] = [item for item in inputs if isinstance(item, Problem)]
    with _no_collection():
        for done, item in enumerate(good):
            if progress is not None:
                progress(item.name, done, len(good))
            results.extend(_one(item, zone, hashes, kept, allow_private))
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
    item: Input, zone: tzinfo, hashes: list[str], kept: Cache | None, allow_private: bool
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
    results = [_at_address(result, item.url) for result in _reported(data, item.name, zone)]
    if kept is not None:
        kept.put(item.name, digest, results)
    return results


def _at_address(result: Document | Problem, url: str | None) -> Document | Problem:
    if url is None or isinstance(result, Problem) or result.url is not None:
        return result
    return result.model_copy(update={"url": url})


def _reported(data: bytes, name: str, zone: tzinfo) -> Iterator[Document | Problem]:
    """The documents of some bytes; what stops the reading of them is a problem after those already read."""
    try:
        yield from _documents(data, name, zone, 0)
    except InputError as error:
        yield Problem(file=name, error=error.reason)
    except Exception as error:  # hostile bytes may trip a library; one input must never cost the others
        yield Problem(file=name, error=f"its reader failed: {type(error).__name__}: {str(error)[:100]}")


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
