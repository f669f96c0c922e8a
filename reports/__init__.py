"""An itinerary, written: as a page, a calendar, data, and the other formats of :data:`FORMATS`."""

from reports.formats import DEFAULT_FORMATS, FORMATS, Choices, Format
from reports.notices import left_out
from reports.record import schema, to_json, to_record
from reports.write import render, write_outputs

__all__ = [
    "DEFAULT_FORMATS",
    "FORMATS",
    "Choices",
    "Format",
    "left_out",
    "render",
    "schema",
    "to_json",
    "to_record",
    "write_outputs",
]
