"""Every format an itinerary can be written in: its files, its writer, and what it cannot carry.

The writers are loaded when they are used, so that naming the formats costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Literal

from timeline.model import Itinerary


def _nothing(name: str) -> bytes | None:
    return None


@dataclass(frozen=True)
class Choices:
    """What the caller may choose, and ``older``: the bytes an output of that name had before, ``None`` where it is new.

    ``ics_timezone``: ``local`` writes the itinerary's zone, ``utc`` only UTC. ``ics_coarse``: a month or a year as
    all-day ``span``, as its ``first-day``, or ``skip``. ``ics_per_subject`` adds a calendar for each of ``subjects``
    (every actor, where none is named).
    """

    ics_timezone: Literal["local", "utc"] = "local"
    ics_coarse: Literal["span", "first-day", "skip"] = "span"
    ics_per_subject: bool = False
    subjects: tuple[str, ...] = ()
    older: Callable[[str], bytes | None] = field(default=_nothing)


Writer = Callable[[Itinerary, Choices], Mapping[str, bytes]]


@dataclass(frozen=True)
class Format:
    """A format: the files it makes, and in one sentence what of an itinerary is lost in it."""

    name: str
    files: tuple[str, ...]
    loses: str
    home: str  # module:function; the function maps an itinerary (and choices, if it takes them) to text or bytes

    def write(self, itinerary: Itinerary, choices: Choices) -> Mapping[str, bytes]:
        """File name to content. Deterministic: the same itinerary gives the same bytes."""
        module, _, name = self.home.partition(":")
        writer = getattr(import_module(module), name)
        if self.name == "ics":
            made: Mapping[str, bytes] = writer(itinerary, choices)
            return made
        content = writer(itinerary)
        parts = content if isinstance(content, tuple) else (content,)
        return dict(zip(self.files, map(_encoded, parts), strict=True))


def _encoded(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format("html", ("timeline.html",), "Carries everything a person needs; not meant to be read back by programs.",
               "reports.html:to_html"),
        Format("ics", ("itinerary.ics",),
               "Leaves out events of unknown time (counted and listed in the calendar's description) and each claim's"
               " own interval; coarse times become all-day spans.", "reports.ics:calendars"),
        Format("json", ("itinerary.json",), "Loses nothing but the documents' full texts.", "reports.record:to_json"),
        Format("csv", ("events.csv", "claims.csv"),
               "Loses the evidence rows of each confidence, the sides of a conflict and the publication evidence; cells"
               " that a spreadsheet would calculate begin with an apostrophe.", "reports.tables:to_csv"),
        Format("markdown", ("chronology.md",),
               "Loses offsets, rules, evidence rows and ids: a chronology for people, with every source in a footnote.",
               "reports.markdown:to_markdown"),
        Format("docx", ("chronology.docx",),
               "Loses offsets, rules, evidence rows and ids: a chronology for people, with every source in a footnote.",
               "reports.word:to_docx"),
        Format("timelinejs", ("timelinejs.json",),
               "TimelineJS knows no zone, range or disagreement: the range, sources and conflicts stand in the text;"
               " events of unknown time are left out.", "reports.timelinejs:to_timelinejs"),
        Format("timesketch", ("timesketch.jsonl",),
               "One row for each claim that has a time; claims without one, orderings and confidence rows are lost.",
               "reports.timesketch:to_timesketch"),
        Format("jsonld", ("events.jsonld",),
               "schema.org has no uncertain time, denied or rumoured event: the range stands as EDTF and the rest in"
               " words.", "reports.jsonld:to_jsonld"),
        Format("annotations", ("annotations.jsonld",),
               "One W3C annotation for each claim: it points at the quote in its document and loses confidence and"
               " order.", "reports.annotations:to_annotations"),
    )
}  # fmt: skip
"""By name, in the order they are offered; the first three are the default."""

DEFAULT_FORMATS = ("html", "ics", "json")
