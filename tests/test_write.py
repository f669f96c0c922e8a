"""Outputs are written whole or not at all, under fixed names, inside the folder, the same bytes for the same data."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import reports.write as writing
from reports import DEFAULT_FORMATS, FORMATS, Choices, left_out, render, write_outputs
from tests.hostile import HOSTILE
from tests.samples import hostile, sample
from timeline.errors import OutputError, UsageError
from timeline.model import Itinerary

NAMES = {
    "html": ["timeline.html"],
    "ics": ["itinerary.ics"],
    "json": ["itinerary.json"],
    "csv": ["events.csv", "claims.csv"],
    "markdown": ["chronology.md"],
    "docx": ["chronology.docx"],
    "timelinejs": ["timelinejs.json"],
    "timesketch": ["timesketch.jsonl"],
    "jsonld": ["events.jsonld"],
    "annotations": ["annotations.jsonld"],
}
WITHOUT_PAGE = [name for name in FORMATS if name != "html"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_formats_and_their_order() -> None:
    assert list(FORMATS) == list(NAMES)
    assert DEFAULT_FORMATS == ("html", "ics", "json")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_writes_its_files_and_says_what_it_loses(name: str, tmp_path: Path) -> None:
    written = write_outputs(sample(), tmp_path / "new" / "folder", [name])
    assert [path.name for path in written] == NAMES[name] == list(FORMATS[name].files)
    assert sorted(contents(tmp_path / "new" / "folder")) == sorted(NAMES[name])
    assert FORMATS[name].loses.endswith(".")


@pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
def test_the_same_data_gives_the_same_bytes_twice(make: Callable[[], Itinerary], tmp_path: Path) -> None:
    write_outputs(make(), tmp_path, WITHOUT_PAGE)
    first = contents(tmp_path)
    write_outputs(make(), tmp_path, WITHOUT_PAGE)
    assert contents(tmp_path) == first
    write_outputs(make(), tmp_path / "other", WITHOUT_PAGE)
    assert contents(tmp_path / "other") == first


def test_the_order_and_number_of_formats_change_nothing(tmp_path: Path) -> None:
    write_outputs(sample(), tmp_path / "a", ["json", "ics", "json"])
    write_outputs(sample(), tmp_path / "b", ["ics", "json"])
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_outputs(sample(), tmp_path, ["json"])
    assert sorted(contents(tmp_path)) == ["itinerary.json", "notes.txt"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_link_at_the_target_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("untouched")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "itinerary.json").symlink_to(outside)
    write_outputs(sample(), folder, ["json"])
    assert outside.read_text() == "untouched"
    assert not (folder / "itinerary.json").is_symlink()


def test_files_get_the_permissions_the_user_asked_for(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        (path,) = write_outputs(sample(), tmp_path, ["json"])
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640


# --- failures leave what stood there


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="out"):
        write_outputs(sample(), tmp_path / "out", ["json"])
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    write_outputs(sample(), tmp_path, ["ics"])
    before = contents(tmp_path)
    (tmp_path / "itinerary.json").mkdir()
    with pytest.raises(OutputError, match=r"itinerary\.json"):
        write_outputs(sample().model_copy(update={"title": "다른 제목"}), tmp_path, ["ics", "json"])
    assert (tmp_path / "itinerary.ics").read_bytes() == before["itinerary.ics"]


def test_a_full_disk_leaves_the_old_files_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_outputs(sample(), tmp_path, ["ics", "json"])
    before = contents(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_store", full)
    with pytest.raises(OutputError, match="No space left"):
        write_outputs(sample().model_copy(update={"title": "다른 제목"}), tmp_path, ["ics", "json"])
    assert contents(tmp_path) == before


def test_a_writer_that_fails_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_outputs(sample(), tmp_path, ["json", "csv"])
    before = contents(tmp_path)

    def broken(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("reports.tables.to_csv", broken)
    with pytest.raises(ZeroDivisionError):
        write_outputs(sample().model_copy(update={"title": "다른 제목"}), tmp_path, ["json", "csv"])
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("formats", "choices", "word"),
    [
        (["pdf"], {}, "'pdf'"),
        (["json"], {"ics_timezone": "seoul"}, "'seoul'"),
        (["json"], {"ics_coarse": "month"}, "'month'"),
    ],
)
def test_wrong_use_is_named_and_writes_nothing(
    formats: list[str], choices: dict[str, str], word: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=word):
        write_outputs(sample(), tmp_path / "out", formats, **choices)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


# --- one calendar per subject


def test_a_calendar_for_each_actor(tmp_path: Path) -> None:
    written = write_outputs(sample(), tmp_path, ["ics"], ics_per_subject=True)
    names = [path.name for path in written]
    assert names[0] == "itinerary.ics"
    assert "itinerary-경찰.ics" in names
    assert sum(name.startswith("itinerary-119-상황실-") for name in names) == 1
    assert (tmp_path / "itinerary-경찰.ics").read_bytes().count(b"BEGIN:VEVENT") == 2


def test_a_calendar_for_each_subject_named(tmp_path: Path) -> None:
    written = write_outputs(sample(), tmp_path, ["ics"], ics_per_subject=True, subjects=("이수안", "없는 사람"))
    assert len(written) == 3
    assert written[1].name == "itinerary-이수안.ics"
    assert [path.read_bytes().count(b"BEGIN:VEVENT") for path in written] == [11, 1, 0]


def test_no_subject_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    subjects = (*HOSTILE, "같음", "같음 ", "A", "a", "/etc/passwd", "", ".", "..", "NUL", "가" * 300)
    written = write_outputs(hostile(), folder, ["ics"], ics_per_subject=True, subjects=subjects)
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    assert all(path.parent == folder and path.is_file() for path in written)
    assert len({path.name.casefold() for path in written}) == len(subjects) + 1
    assert all(len(path.name.encode()) < 200 and not set(path.name) & set('/\\:*?"<>|\0\r\n') for path in written)


def test_titles_name_no_file(tmp_path: Path) -> None:
    title = "../../escape"
    write_outputs(sample().model_copy(update={"title": title}), tmp_path / "a" / "b", WITHOUT_PAGE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["b"]


# --- what is left out is said


def test_what_an_export_leaves_out_is_counted() -> None:
    said = left_out(sample(), ["ics", "json", "timelinejs", "timesketch"])
    assert [line.split(":")[0] for line in said] == ["itinerary.ics", "timelinejs.json", "timesketch.jsonl"]
    assert "1건" in said[0]
    assert "3건" in said[2]


def test_nothing_left_out_nothing_said() -> None:
    whole = sample().model_copy(update={"undated": (), "events": sample().events[:5]})
    assert left_out(whole, list(FORMATS)) == ()


def test_an_older_calendar_in_the_folder_is_continued(tmp_path: Path) -> None:
    write_outputs(sample(), tmp_path, ["ics"])
    fewer = sample().model_copy(update={"events": sample().events[1:]})
    write_outputs(fewer, tmp_path, ["ics"])
    data = (tmp_path / "itinerary.ics").read_bytes()
    assert data.count(b"BEGIN:VEVENT") == len(sample().events)
    assert data.count(b"X-TIMELINE-WITHDRAWN:true") == 1
    fresh = render(fewer, ["ics"], Choices())["itinerary.ics"]
    assert fresh.count(b"X-TIMELINE-WITHDRAWN") == 0
