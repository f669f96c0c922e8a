"""Speakers that say the same of the same events all through are one voice, whether or not a copy is declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from timeline.reconcile.reliability import FEED_SHARED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from timeline.reconcile.reliability import Ints


def twins(speaker: Ints, event: Ints, said: Sequence[Ints], speakers: int) -> Ints:
    """For every speaker the lowest-numbered one that says exactly the same; itself where there is none.

    One row a claim; ``said`` are the columns of what it says, the first of them its time. Agreeing on what nobody doubts
    shows nothing: :data:`FEED_SHARED` or more of the events must be contested. The order of rows does not matter.
    """
    contested = np.bincount(speaker, _contested(event, said[0])[event], minlength=speakers)
    prints = [_prints(speaker, (event, *said), speakers, salt).tolist() for salt in (1, 2)]
    first: dict[tuple[int, int], int] = {}
    one = np.arange(speakers)
    for index in np.nonzero(contested >= FEED_SHARED)[0].tolist():
        one[index] = first.setdefault((prints[0][index], prints[1][index]), index)
    return one


def _contested(event: Ints, time: Ints) -> NDArray[np.bool_]:
    """For every event whether two times are told of it."""
    size = int(event.max(initial=-1)) + 1
    least, most = np.full(size, np.iinfo(np.int64).max), np.full(size, np.iinfo(np.int64).min)
    np.minimum.at(least, event, time)
    np.maximum.at(most, event, time)
    contested: NDArray[np.bool_] = least != most
    return contested


def _prints(speaker: Ints, columns: Sequence[Ints], speakers: int, salt: int) -> NDArray[np.uint64]:
    """A number for all that a speaker says: the sum of its rows' numbers, each a hash of its columns."""
    row = np.full(len(speaker), salt, dtype=np.uint64)
    for values in columns:
        row = _mixed(row ^ values.astype(np.uint64))
    sums = np.zeros(speakers, dtype=np.uint64)
    np.add.at(sums, speaker, row)
    return sums


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
