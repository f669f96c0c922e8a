"""An itinerary, written: as a page, a calendar, data, and the other formats of :data:`FORMATS`.

The writers are loaded when they are first used: a calendar needs no drawing library.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from reports.formats import DEFAULT_FORMATS, FORMATS, Choices, Format
from reports.notices import left_out
from reports.record import schema, to_json, to_record
from reports.write import render, write_outputs

if TYPE_CHECKING:
    from reports.annotations import to_annotations
    from reports.html import to_html
    from reports.ics import to_ics
    from reports.jsonld import to_jsonld
    from reports.markdown import to_markdown
    from reports.tables import to_csv
    from reports.timelinejs import to_timelinejs
    from reports.timesketch import to_timesketch
    from reports.word import to_docx

__all__ = [
    "DEFAULT_FORMATS",
    "FORMATS",
    "Choices",
    "Format",
    "left_out",
    "render",
    "schema",
    "to_annotations",
    "to_csv",
    "to_docx",
    "to_html",
    "to_ics",
    "to_json",
    "to_jsonld",
    "to_markdown",
    "to_record",
    "to_timelinejs",
    "to_timesketch",
    "write_outputs",
]

_HOMES = {
    "to_annotations": "reports.annotations",
    "to_csv": "reports.tables",
    "to_docx": "reports.word",
    "to_html": "reports.html",
    "to_ics": "reports.ics",
    "to_jsonld": "reports.jsonld",
    "to_markdown": "reports.markdown",
    "to_timelinejs": "reports.timelinejs",
    "to_timesketch": "reports.timesketch",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'reports' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
