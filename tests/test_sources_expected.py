"""Every invented input read right: outlet, byline, title, publication time with its zone, paragraphs; no trap taken."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sources import Reading, read
from timeline.model import BlockKind, Document, StampKind

INPUTS = Path(__file__).parent / "inputs"
REPORTS: list[dict[str, Any]] = tomllib.loads((INPUTS / "expected.toml").read_text(encoding="utf-8"))["report"]
FOLDERS = ("text", "labels", "encodings", "html", "records", "mail", "documents")


@cache
def reading() -> Reading:
    return read([INPUTS / folder for folder in FOLDERS])


def found(report: dict[str, Any]) -> Document:
    """The document of a row; names below a folder are without that folder."""
    name, record = report["file"].split("/", 1)[1], report.get("record")
    hits = [document for document in reading().documents if (document.file, document.record) == (name, record)]
    assert len(hits) == 1, f"{name} {record}: {len(hits)} documents"
    return hits[0]


def ids(report: dict[str, Any]) -> str:
    return ":".join(str(report[key]) for key in ("file", "record") if key in report)


@pytest.mark.parametrize("report", REPORTS, ids=ids)
class TestReport:
    def test_outlet(self, report: dict[str, Any]) -> None:
        assert (found(report).outlet or "") == report["outlet"]

    def test_byline(self, report: dict[str, Any]) -> None:
        assert (found(report).byline or "") == report["byline"]

    def test_title(self, report: dict[str, Any]) -> None:
        assert (found(report).title or "") == report["title"]

    def test_published(self, report: dict[str, Any]) -> None:
        publication = found(report).publication
        assert (publication.text() or "", publication.basis.value) == (report["published"], report["basis"])

    def test_paragraphs(self, report: dict[str, Any]) -> None:
        document = found(report)
        body = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.BODY]
        assert body == report["paragraphs"]

    def test_further_fields(self, report: dict[str, Any]) -> None:
        document = found(report)
        captions = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.CAPTION]
        assert document.language == report.get("language", "ko")
        assert document.official == report.get("official", False)
        assert (document.agency or "") == report.get("agency", "")
        assert report.get("url") in (None, document.url)
        assert set(report.get("captions", ())) <= set(captions)

    def test_refused_dates_never_date_the_report(self, report: dict[str, Any]) -> None:
        refused = {StampKind.MODIFIED, StampKind.CRAWL, StampKind.PORTAL, StampKind.SIDEBAR}
        assert not [row for row in found(report).publication.evidence if row.used and row.kind in refused]


def test_there_is_nothing_else() -> None:
    assert len(reading().documents) == len(REPORTS)


def test_every_refusal_is_listed() -> None:
    listed = {(problem.file, problem.error.split(":")[0]) for problem in reading().problems}
    assert listed == {("articles.jsonl", "line 2"), ("articles.jsonl", "line 5"), ("export.csv", "row 2")}
