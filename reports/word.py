"""The chronology as a Word document (Office Open XML): a table for editors and lawyers, every source a real footnote.

python-docx writes no footnotes, so their part is made here (ECMA-376, part 1, 17.11); the package is then written anew
with fixed dates, so that the same itinerary gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from lxml import etree

from reports.chronology import Chronology, Note, Row, chronology
from timeline.model import Itinerary

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip entry can be dated
_WIDTHS = (Cm(4.2), Cm(8.3), Cm(2.2), Cm(2.8))
_FONT = "Malgun Gothic"
_FIRST_NOTE = 1  # ids -1 and 0 belong to the two separators


def to_docx(itinerary: Itinerary) -> bytes:
    """chronology.docx."""
    told = chronology(itinerary)
    labels = told.words.words.table
    document = docx.Document()
    _style(document)
    document.add_heading(told.title, level=1)
    document.add_paragraph(told.about)
    _table(document, told.rows, told)
    if told.undated:
        document.add_heading(labels["undated"], level=2)
        _table(document, told.undated, told)
    if told.problems:
        document.add_heading(labels["problems"], level=2)
        for problem in told.problems:
            document.add_paragraph(problem, style="List Bullet")
    _add_footnotes(document, [note for row in (*told.rows, *told.undated) for note in row.notes])
    _describe(document, told, itinerary.generator)
    return _packed(document)


def _style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(9.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.75)


def _table(document: Any, rows: Iterable[Row], told: Chronology) -> None:
    labels = told.words.words.table
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, ("when", "event", "confidence", "sources"), strict=True):
        cell.paragraphs[0].add_run(labels[name]).bold = True
    _repeat(table.rows[0])
    for row in rows:
        _fill(table.add_row().cells, row, labels["window"])
    for made in table.rows:
        for cell, width in zip(made.cells, _WIDTHS, strict=True):
            cell.width = width


def _repeat(row: Any) -> None:
    """Marks the row as a heading that returns on every page."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _fill(cells: Any, row: Row, window: str) -> None:
    when, what, confidence, sources = cells
    when.paragraphs[0].add_run(row.when)
    if row.window:
        when.add_paragraph(f"{window}: {row.window}")
    what.paragraphs[0].add_run(row.title).bold = True
    for detail in row.details:
        what.add_paragraph(detail)
    confidence.paragraphs[0].add_run(row.confidence)
    paragraph = sources.paragraphs[0]
    paragraph.add_run(f"{row.sources} ")
    for note in row.notes:
        _refer(paragraph, note)


def _refer(paragraph: Any, note: Note) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(note.number - 1 + _FIRST_NOTE))
    run._r.append(reference)
    paragraph.add_run(" ")


def _add_footnotes(document: Any, notes: Iterable[Note]) -> None:
    root = etree.fromstring(f"<w:footnotes {nsdecls('w', 'r')}/>")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        run = _footnote(root, number, kind)
        etree.SubElement(run, qn(f"w:{kind}"))
    for note in notes:
        run = _footnote(root, note.number - 1 + _FIRST_NOTE)
        _superscript(run)
        etree.SubElement(run, qn("w:footnoteRef"))
        text = etree.SubElement(etree.SubElement(run.getparent(), qn("w:r")), qn("w:t"))
        text.text = f" {note.text}" + (f" {note.url}" if note.url else "")
        text.set(qn("xml:space"), "preserve")
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(root: Any, number: int, kind: str | None = None) -> Any:
    """A new footnote of one paragraph; its first run."""
    made = etree.SubElement(root, qn("w:footnote"))
    made.set(qn("w:id"), str(number))
    if kind is not None:
        made.set(qn("w:type"), kind)
    return etree.SubElement(etree.SubElement(made, qn("w:p")), qn("w:r"))


def _superscript(run: Any) -> None:
    properties = etree.SubElement(run, qn("w:rPr"))
    etree.SubElement(properties, qn("w:vertAlign")).set(qn("w:val"), "superscript")


def _describe(document: Any, told: Chronology, generator: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = told.title[:255], "", generator[:255]
    properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)
    properties.last_modified_by = ""


def _packed(document: Any) -> bytes:
    """The package with every entry dated alike."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fixed.writestr(entry, made.read(name))
    return second.getvalue()
