"""The lines of a stream answered in order, by several processes where there is a backlog.

What has come in is answered before more is waited for, so a partner who waits for every answer gets it. Memory does not
grow with the stream: a process holds one piece of it at a time, and few pieces are answered ahead of an earlier one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import BufferedIOBase
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Work = Callable[[bytes], bytes]

PIECE = 1 << 16  # bytes read at once
BACKLOG = 1 << 15  # bytes read before help is called
MOST = 8  # processes
AHEAD = 4  # pieces a process may be answered ahead of the earliest


class _Lines:
    """A stream read by whole lines, as many at a time as can be had without waiting for more."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.ended = stream, False
        self._read = cast(BufferedIOBase, stream).read1
        self._begun: list[bytes] = []

    def take(self) -> bytes:
        """The whole lines among what is read next; at the end the last one, which may lack its newline."""
        chunk = self._read(PIECE)
        self.ended = not chunk
        head, end, rest = chunk.rpartition(b"\n")
        if chunk and not end:
            self._begun.append(chunk)
            return b""
        whole = b"".join((*self._begun, head, end))
        self._begun = [rest] if rest else []
        return whole


def answer(stream: BinaryIO, work: Work, write: Callable[[bytes], None]) -> None:
    """Write what ``work`` makes of the stream's lines, in their order. ``write`` must leave nothing unwritten behind."""
    lines, taken = _Lines(stream), 0
    while not lines.ended:
        piece = lines.take()
        if not taken and piece:  # what the first line makes the program load need not be loaded by each process
            end = piece.find(b"\n") + 1 or len(piece)
            write(work(piece[:end]))
            taken, piece = end, piece[end:]
        taken += len(piece)
        hands = _hands(stream) if taken > BACKLOG else 0
        if hands:
            _Crew(work, hands).answer(lines, piece, write)
        elif piece:
            write(work(piece))


def _hands(stream: BinaryIO) -> int:
    """How many processes may help: none where the system does not fork them well or the stream cannot be waited for."""
    if sys.platform != "linux":
        return 0
    try:
        stream.fileno()
    except (OSError, AttributeError):
        return 0
    count = min(len(os.sched_getaffinity(0)), MOST)
    return count if count > 1 else 0


class _Crew:
    """Processes that each answer one piece at a time. What one cannot answer because it died is answered here."""

    def __init__(self, work: Work, size: int) -> None:
        from multiprocessing import get_context

        context = get_context("fork")
        self.work = work
        self.idle: list[Connection] = []
        self.busy: dict[Connection, tuple[int, bytes]] = {}
        self.answers: dict[int, bytes] = {}
        self.limit = AHEAD * size
        for _ in range(size):
            here, there = context.Pipe()
            ends = (*self.idle, here)  # a process must not hold open what tells the others that this one has ended
            context.Process(target=_serve, args=(there, work, ends), daemon=True).start()
            there.close()
            self.idle.append(here)

    def answer(self, lines: _Lines, piece: bytes, write: Callable[[bytes], None]) -> None:
        """The rest of the stream, from ``piece`` on."""
        from multiprocessing.connection import wait

        given = told = 0
        while piece or self.busy or self.answers or not lines.ended:
            if piece:
                self._hand(given, piece)
                given, piece = given + 1, b""
            while told in self.answers:
                write(self.answers.pop(told))
                told += 1
            reads = not lines.ended and given - told < self.limit and bool(self.idle or not self.busy)
            waited: list[Connection | int] = [*self.busy, *([lines.stream.fileno()] if reads else [])]
            for ready in wait(waited) if waited else ():
                if isinstance(ready, int):
                    piece = lines.take()
                else:
                    self._receive(cast("Connection", ready))

    def _hand(self, place: int, piece: bytes) -> None:
        while self.idle:
            free = self.idle.pop()
            try:
                free.send_bytes(piece)
            except OSError:
                free.close()
                continue
            self.busy[free] = place, piece
            return
        self.answers[place] = self.work(piece)

    def _receive(self, ready: Connection) -> None:
        place, piece = self.busy.pop(ready)
        try:
            self.answers[place] = ready.recv_bytes()
        except (EOFError, OSError):
            ready.close()
            self.answers[place] = self.work(piece)
        else:
            self.idle.append(ready)


def _serve(pieces: Connection, work: Work, ends: tuple[Connection, ...]) -> None:
    """A process of the crew: answer pieces until there are no more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who called it says when to stop
    for end in ends:
        end.close()
    while True:
        try:
            piece = pieces.recv_bytes()
        except EOFError:
            return
        pieces.send_bytes(work(piece))
