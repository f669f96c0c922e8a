"""Reading within a time: what takes longer is ended and named, in whichever way can end it.

Small inputs are read here under a timer (:mod:`sources.alarm`), which costs nothing. Packed formats, large files, whose
parsing may hang inside C code, and everything where no timer can be set are read by another process
(:mod:`sources.worker`), started on first need. Where neither is to be had, they are read here without a limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from sources import alarm
from sources.limits import SMALL_BYTES
from sources.parsing import parse
from sources.sniff import Format
from timeline.model import Document, Problem

if TYPE_CHECKING:
    from sources.worker import Worker

Result = Document | Problem

_PACKED = frozenset({Format.PDF, Format.DOCX, Format.WARC})


class Reader:
    """Reads inputs one after another, each report within ``seconds`` (0: no limit). ``late``: how many were ended."""

    def __init__(self, seconds: float, zone: tzinfo, zone_name: str) -> None:
        self._seconds = seconds
        self._zone = zone
        self._zone_name = zone_name
        self._worker: Worker | None = None
        self.late = 0

    def read(self, kind: Format, data: bytes, name: str) -> Iterator[Result]:
        """The documents and problems of some bytes; where the time is up, those before it and a problem that says so."""
        count = 0
        try:
            for result in self._results(kind, data, name):
                count += isinstance(result, Document)
                yield result
        except alarm.LateError:
            self.late += 1
            yield Problem(file=name, error=self._message(count))

    def close(self) -> None:
        """End the process, if one was started."""
        if self._worker is not None:
            self._worker.close()

    def _message(self, count: int) -> str:
        if not count:
            return f"took longer than {self._seconds:g} s to read; allow more with --time-limit, or leave it out"
        return (
            f"a report took longer than {self._seconds:g} s to read; only the {count:,} before it were read; "
            "allow more with --time-limit, or leave it out"
        )

    def _results(self, kind: Format, data: bytes, name: str) -> Iterator[Result]:
        here = parse(kind, data, name, self._zone)
        if not self._seconds:
            return here
        if kind not in _PACKED and len(data) <= SMALL_BYTES and alarm.is_at_hand():
            return alarm.each(here, self._seconds)
        return self._elsewhere(kind, data, name)

    def _elsewhere(self, kind: Format, data: bytes, name: str) -> Iterator[Result]:
        from sources import worker

        if self._worker is None:
            self._worker = worker.Worker()
        ask = worker.Ask(kind=kind, name=name, zone=self._zone_name, seconds=self._seconds, size=len(data))
        try:
            yield from self._worker.results(ask, data)
        except worker.StartError:
            yield from parse(kind, data, name, self._zone)
        except worker.BrokenError:
            yield Problem(file=name, error="its reader crashed; the file may be damaged: fetch it again")
