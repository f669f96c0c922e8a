"""A process that reads one input after another and can be ended at any moment, whatever code it hangs in.

It is started on first need and serves until closed. What it is asked and what it answers are lines of JSON, with the
input's bytes behind the question; nothing it sends is ever executed. Should this program die first, the process ends at
the end of its input, and where it hangs, by a timer that needs no Python to run.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO

from pydantic import ValidationError

from sources.alarm import LateError
from sources.parsing import parse
from sources.sniff import Format
from timeline.calendar import zone as named_zone
from timeline.interval import Frozen
from timeline.model import Document, Problem

START_SECONDS = 60.0
"""Longest wait for the process itself to come up; it takes about a seventh of a second."""

_GRACE_SECONDS = 10.0
_READY, _DONE = b"ready\n", b"\n"


class StartError(Exception):
    """No process can be started here (a frozen program, a system that forbids it)."""


class BrokenError(Exception):
    """The process ended in the middle of a file."""


class Ask(Frozen):
    """A question: what to read, in which zone and time; ``size`` bytes follow it."""

    kind: Format
    name: str
    zone: str
    seconds: float
    size: int


class Answer(Frozen):
    """One document or problem of the input asked about."""

    document: Document | None = None
    problem: Problem | None = None

    @property
    def result(self) -> Document | Problem | None:
        """Whichever of the two it is."""
        return self.document or self.problem


class Worker:
    """The process as seen from here. Not for several threads at once."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def results(self, ask: Ask, data: bytes) -> Iterator[Document | Problem]:
        """What the process reads, each document within the seconds asked for.

        Raises :class:`LateError` where one takes longer, :class:`BrokenError` where the process ends on its own, and
        :class:`StartError` where none comes up.
        """
        process = self._started()
        lines: SimpleQueue[bytes] = SimpleQueue()
        talk = threading.Thread(target=_talk, args=(process, ask, data, lines), daemon=True)
        talk.start()
        whole = False
        try:
            if not self._ready:
                self._ready = _line(lines, START_SECONDS) == _READY
                if not self._ready:
                    raise StartError
            while (line := _line(lines, ask.seconds)) != _DONE:
                yield _result(line)
            whole = True
        except Empty:
            raise (LateError if self._ready else StartError) from None
        finally:
            if not whole:
                self.close()
            talk.join(_GRACE_SECONDS)

    def close(self) -> None:
        """End the process; the next question starts another."""
        process, self._process, self._ready = self._process, None, False
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            _shut(stream)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = _start()
        return self._process


def _start() -> subprocess.Popen[bytes]:
    if not sys.executable or getattr(sys, "frozen", False):
        raise StartError
    code = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from sources.worker import serve; serve()"
    try:
        return subprocess.Popen(  # noqa: S603 - this program's own interpreter and code
            [sys.executable, "-c", code, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise StartError from error


def _shut(stream: IO[bytes] | None) -> None:
    with suppress(OSError):  # what was not yet sent goes nowhere
        if stream is not None:
            stream.close()


def _talk(process: subprocess.Popen[bytes], ask: Ask, data: bytes, lines: SimpleQueue[bytes]) -> None:
    """Put the question and hand on every line of the answer; an empty one where the process has ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(OSError, ValueError):  # it may have ended before the question; what it said till then is read
        process.stdin.write(ask.model_dump_json().encode() + b"\n")
        process.stdin.write(data)
        process.stdin.flush()
    with suppress(OSError, ValueError):
        for line in process.stdout:
            lines.put(line)
            if line == _DONE:
                return
    lines.put(b"")


def _line(lines: SimpleQueue[bytes], seconds: float) -> bytes:
    return lines.get(timeout=min(seconds, threading.TIMEOUT_MAX))


def _result(line: bytes) -> Document | Problem:
    try:
        result = Answer.model_validate_json(line).result
    except ValidationError:
        result = None
    if result is None:
        raise BrokenError
    return result


# --- inside the process


def serve() -> None:
    """Answer what is asked on standard input until it ends. Whatever a library prints goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that asks decides when to stop
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    _say(out, _READY)
    while head := questions.readline():
        ask = Ask.model_validate_json(head)
        for result in _timed(ask, questions.read(ask.size)):
            answer = Answer(document=result) if isinstance(result, Document) else Answer(problem=result)
            _say(out, answer.model_dump_json(exclude_defaults=True).encode() + b"\n")
        _say(out, _DONE)


def _say(out: IO[bytes], line: bytes) -> None:
    out.write(line)
    out.flush()


def _timed(ask: Ask, data: bytes) -> Iterator[Document | Problem]:
    """The documents, with a timer that ends this process a while after the asking one should have."""
    found = parse(ask.kind, data, ask.name, named_zone(ask.zone))
    while True:
        faulthandler.dump_traceback_later(min(ask.seconds + _GRACE_SECONDS, 1e6), exit=True)
        result = next(found, None)
        faulthandler.cancel_dump_traceback_later()
        if result is None:
            return
        yield result
