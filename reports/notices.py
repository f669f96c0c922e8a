"""What an export left out, counted: nothing is dropped without a word."""

from __future__ import annotations

from collections.abc import Sequence

from reports.formats import FORMATS
from reports.words import wording
from timeline.model import Itinerary

_ONLY_DATED_EVENTS = ("ics", "timelinejs")
_ONLY_TIMED_CLAIMS = ("timesketch",)


def left_out(itinerary: Itinerary, formats: Sequence[str]) -> tuple[str, ...]:
    """One sentence for each written file that lacks events or claims the itinerary has, with their number."""
    sentences = wording(itinerary).words.left_out
    untimed = sum(claim.interval is None for event in (*itinerary.events, *itinerary.undated) for claim in event.claims)
    said = []
    for name in dict.fromkeys(formats):
        file = FORMATS[name].files[0]
        if name in _ONLY_DATED_EVENTS and itinerary.undated:
            said.append(sentences["undated"].format(file=file, count=len(itinerary.undated)))
        if name in _ONLY_TIMED_CLAIMS and untimed:
            said.append(sentences["untimed"].format(file=file, count=untimed))
    return tuple(said)
