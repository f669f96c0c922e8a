"""A timer that interrupts the reading of one report in this process, in Python code and in regular expressions.

It needs the signals of POSIX and the main thread, which alone receives them; :mod:`sources.worker` is for all else.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import TypeVar

Item = TypeVar("Item")

_AGAIN = 1.0
"""Seconds after which the alarm rings again, should a library have swallowed it."""


class LateError(Exception):
    """The next item was not there in time."""


class _Ringing(BaseException):
    """Raised where the code happens to be; no ``Exception``, so that no reader takes it for a fault of the file."""


def is_at_hand() -> bool:
    """Whether a timer can be set here: POSIX, the main thread, and nobody else's timer running."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGALRM) is not None and not signal.getitimer(signal.ITIMER_REAL)[0]


def each(items: Iterator[Item], seconds: float) -> Iterator[Item]:
    """The items, each within so many seconds of the one before. Raises :class:`LateError` at the first that is not."""
    while True:
        found = _next(items, seconds)
        if not found:
            return
        yield from found


def _next(items: Iterator[Item], seconds: float) -> tuple[Item, ...]:
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        try:
            for item in items:
                return (item,)
            return ()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _Ringing:
        signal.setitimer(signal.ITIMER_REAL, 0)  # it may have rung just before the line that stops it
        raise LateError from None
    finally:
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _Ringing
