"""Reading a written page back: its elements, its data blocks, its lenses."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import html as parser
from lxml.html import HtmlElement

from reports.html import to_html
from timeline.model import Itinerary


class Page:
    """A page as a program sees it."""

    def __init__(self, itinerary: Itinerary) -> None:
        self.itinerary = itinerary
        self.text = to_html(itinerary)
        self.root: HtmlElement = parser.document_fromstring(self.text)

    def data(self, name: str) -> Any:
        """A data block of the page."""
        return json.loads(self.root.get_element_by_id(f"data-{name}").text)

    def rows(self) -> list[HtmlElement]:
        """The rows of the list, dated and undated."""
        return list(self.root.find_class("row"))

    def row(self, event: str) -> HtmlElement:
        """The row of an event."""
        return self.root.get_element_by_id(f"event={event}")

    def said(self, event: str, name: str) -> str:
        """The text of the elements of a class in an event's row, without needless space."""
        return " ".join(tidy(it.text_content()) for it in self.row(event).find_class(name))


def tidy(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
