"""Several reports that disagree, one timeline with its evidence.

The stages, in order: read documents (:mod:`sources`), tag time expressions, resolve them, read claims, reconcile them
into events, arrange the events into an itinerary, and write it (:mod:`reports`).

The public names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.corrections import Corrections
    from timeline.errors import TimelineError
    from timeline.interval import Grain, Interval
    from timeline.model import Claim, Document, Event, Itinerary, Mention
    from timeline.normalize import normalize_text
    from timeline.pipeline import reconstruct
    from timeline.selection import between

    __version__: str

__all__ = [
    "Claim",
    "Corrections",
    "Document",
    "Event",
    "Grain",
    "Interval",
    "Itinerary",
    "Mention",
    "TimelineError",
    "__version__",
    "between",
    "normalize_text",
    "reconstruct",
]

_HOMES = {
    "Claim": "timeline.model",
    "Corrections": "timeline.corrections",
    "Document": "timeline.model",
    "Event": "timeline.model",
    "Grain": "timeline.interval",
    "Interval": "timeline.interval",
    "Itinerary": "timeline.model",
    "Mention": "timeline.model",
    "TimelineError": "timeline.errors",
    "between": "timeline.selection",
    "normalize_text": "timeline.normalize",
    "reconstruct": "timeline.pipeline",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"module 'timeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


def _version() -> str:
    """The version of the installed distribution; ``0+unknown`` in a source tree that was never installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("event-timeline-reconstructor")
    except PackageNotFoundError:
        return "0+unknown"
