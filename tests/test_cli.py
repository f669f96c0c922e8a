"""The command as its users and other programs call it: arguments, exit status, messages, files."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from timeline import cli, commands

ROOT = Path(__file__).parent.parent
HEAVY = ("kiwipiepy", "plotly", "numpy", "rich", "trafilatura", "icalendar", "docx", "jinja2")

FERRY = """반디섬 여객선, 안개로 회항

두루일보 | 입력 2025.03.04 11:20

4일 오전 8시 10분께 반디섬으로 가던 여객선 샛별호가 소라항으로 돌아왔다.
샛별호는 5일 오전 10시 다시 출항할 예정이다.
"""
FERRY_TOO = """여객선 샛별호 회항… 승객 40명 무사

가온뉴스 | 승인 2025-03-04 14:05

여객선 샛별호가 이날 오전 8시 15분쯤 소라항으로 돌아왔다. 승객 40명은 모두 무사하다.
"""
TIMELESS = """등대 도서관 문 열어

책 천 권이 있고 누구나 빌릴 수 있다.
"""

Main = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "1.txt").write_text(FERRY, encoding="utf-8")
    (reports / "2.txt").write_text(FERRY_TOO, encoding="utf-8")
    return reports


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def record(out: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / "itinerary.json").read_text(encoding="utf-8"))
    return found


# --- arguments


WRONG = {
    "no path": (["build"], "PATH"),
    "unknown command": (["bulid", "x"], "invalid choice: 'bulid'"),
    "a day that is none": (["build", "x", "--since", "2025-02-30"], "'2025-02-30' is not a day"),
    "unknown language": (["build", "x", "--language", "fr"], "invalid choice: 'fr'"),
    "unknown option": (["demo", "--fromat", "html"], "--fromat"),
    "shortened option": (["demo", "--form", "html"], "--form"),
}


@pytest.mark.parametrize(("argv", "message"), WRONG.values(), ids=WRONG)
def test_wrong_arguments_are_named(argv: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(argv)
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


MEANINGLESS = {
    "format": (["build", "reports", "--format", "html,pfd"], "'pfd'"),
    "empty format": (["build", "reports", "--format", ""], "''"),
    "zone": (["build", "reports", "--timezone", "Asia/Soul"], "'Asia/Soul'"),
    "days the wrong way": (
        ["build", "reports", "--since", "2025-03-05", "--until", "2025-03-04"],
        "lies after --until",
    ),
    "stdin twice": (["build", "-", "-"], "'-' is given twice"),
    "no corrections": (["build", "reports", "--corrections", "nowhere.toml"], "nowhere.toml"),
    "no time of publication": (["normalize", "어제"], "--at is missing"),
    "time of publication": (["normalize", "어제", "--at", "yesterday"], "'yesterday'"),
    "zone of a text": (["normalize", "어제", "--at", "2025-03-04", "--timezone", "KST9"], "'KST9'"),
    "lines and a text": (["normalize", "--jsonl", "어제"], "takes no TEXT"),
    "lines and a time": (["normalize", "--jsonl", "--at", "2025-03-04"], "takes no --at"),
    "zone of claims": (["reconcile", "--timezone", "Nowhere"], "'Nowhere'"),
}


@pytest.mark.parametrize(("argv", "message"), MEANINGLESS.values(), ids=MEANINGLESS)
def test_a_call_without_meaning_is_one_clear_line(
    argv: list[str], message: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, b"")
    assert cli.main(argv) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.startswith("timeline: ")
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert not (folder.parent / "timeline-out").exists()


def test_options_and_paths_come_in_any_order() -> None:
    options = cli.parse(["build", "a", "-q", "b", "-o", "out", "c", "--subject", "x", "--subject", "y"])
    assert options.paths == ["a", "b", "c"]
    assert (options.quiet, options.output, options.subject) == (True, Path("out"), ["x", "y"])


def test_what_is_left_out_has_the_documented_defaults() -> None:
    options = cli.parse(["build", "a"])
    assert (options.output, options.timezone, options.language) == (Path("timeline-out"), "Asia/Seoul", "auto")
    assert commands._formats(options.format) == ("html", "ics", "json")


def test_help_offers_every_format() -> None:
    from reports import FORMATS

    assert tuple(FORMATS) == cli.OFFERED


def test_formats_are_joined_and_said_once() -> None:
    options = cli.parse(["build", "a", "--format", "json, html", "--format", "json,csv"])
    assert commands._formats(options.format) == ("json", "html", "csv")


@pytest.mark.parametrize("name", sorted(cli.build_parser()[1]))
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([name, "--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert f"example:\n  timeline {name}" in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_no_argument_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([])
    assert stop.value.code == 0
    assert "timeline demo" in capsys.readouterr().out


def test_the_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    import timeline

    with pytest.raises(SystemExit) as stop:
        cli.main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"timeline {timeline.__version__}\n"


# --- build


def test_build_writes_three_files_and_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "reports", "-o", "out"]) == 0
    out = folder.parent / "out"
    assert {path.name for path in out.iterdir()} == {"timeline.html", "itinerary.ics", "itinerary.json"}
    made = record(out)
    assert [row["file"] for row in made["documents"]] == ["1.txt", "2.txt"]
    assert made["events"]
    said = capsys.readouterr()
    assert said.err == ""
    for event in made["events"]:
        assert event["title"].split()[0] in said.out
    for name in ("timeline.html", "itinerary.ics", "itinerary.json"):
        assert str(Path("out", name)) in said.out


def test_quiet_is_quiet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "reports", "-o", "out", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_record_keeps_its_schema(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    cli.main(["build", "reports", "-o", "out", "-q"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(record(folder.parent / "out"), schema)


def test_same_input_same_bytes_in_any_order(folder: Path) -> None:
    first, second = str(folder / "1.txt"), str(folder / "2.txt")
    written = []
    for name, paths in [("a", [first, second]), ("b", [first, second]), ("c", [second, first])]:
        assert cli.main(["build", *paths, "-o", name, "-q", "--format", "html,ics,json,csv"]) == 0
        written.append({path.name: path.read_bytes() for path in Path(name).iterdir()})
    assert written[0] == written[1] == written[2]


def test_standard_input_is_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, FERRY.encode())
    assert cli.main(["build", "-", "-o", "out", "-q"]) == 0
    assert len(record(Path("out"))["documents"]) == 1


def test_the_days_asked_for_are_written(folder: Path) -> None:
    assert cli.main(["build", "reports", "-o", "all", "-q"]) == 0
    assert cli.main(["build", "reports", "-o", "part", "-q", "--since", "2025-03-05", "--until", "2025-03-05"]) == 0
    every, part = record(Path("all"))["events"], record(Path("part"))["events"]
    assert 0 < len(part) < len(every)
    assert {event["time"]["best"][:10] for event in part} == {"2025-03-05"}


@pytest.mark.parametrize("choice", [["--since", "2031-01-01"], ["--subject", "아무도"]])
def test_nothing_chosen_is_not_called_nothing_found(
    choice: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["build", "reports", "-o", "out", "--ui", "en", *choice]) == 0
    shown = capsys.readouterr().out
    assert "No event matches" in shown
    assert "No event found" not in shown


def test_every_fault_of_a_corrections_file_has_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "known.yaml").write_text("tme: []\ntime:\n  - {event: {quoet: a}, at: 2025-03-04T08:00+09:00}\n")
    assert cli.main(["build", "reports", "--corrections", "known.yaml"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert all(line.startswith("timeline: known.yaml: ") for line in said)


def test_a_title_is_taken_over(folder: Path) -> None:
    assert cli.main(["build", "reports", "-o", "out", "-q", "--title", "샛별호 <회항>"]) == 0
    assert record(Path("out"))["title"] == "샛별호 <회항>"


@pytest.mark.parametrize("out", ["reports/out", "reports"])
def test_what_the_program_wrote_or_was_told_is_no_report(out: str, folder: Path) -> None:
    (folder / "known.yaml").write_text("wrong: [{quote: 출항할 예정}]\n", encoding="utf-8")
    own = ["--corrections", "reports/known.yaml", "--cache", "reports/seen.cache", "--format", "html,json,csv,markdown"]
    for _ in range(2):
        assert cli.main(["build", "reports", "-o", out, "-q", *own]) == 0
        made = record(Path(out))
        assert [row["file"] for row in made["documents"]] == ["1.txt", "2.txt"]
        assert made["problems"] == []


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8-sig"])
def test_old_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(FERRY.encode(encoding))
    assert cli.main(["build", "a.txt", "-o", "out", "-q"]) == 0
    made = record(Path("out"))
    assert made["documents"][0]["published"].startswith("2025-03-04")
    assert made["events"]


NOTHING = {
    "an empty folder": lambda path: path.mkdir(),
    "an empty file": lambda path: path.write_bytes(b""),
    "a binary file": lambda path: path.with_suffix(".txt").write_bytes(bytes(range(256)) * 40),
    "nothing there": lambda path: None,
    "a page without text": lambda path: path.with_suffix(".html").write_text("<html><body></body></html>"),
}


@pytest.mark.parametrize("make", NOTHING.values(), ids=NOTHING)
def test_nothing_read_is_said_and_nothing_written(
    make: Callable[[Path], object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "input")
    path = next((str(found) for found in tmp_path.glob("input*")), "input")
    assert cli.main(["build", path, "-o", "out"]) == 1
    said = capsys.readouterr()
    assert "input" in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert not Path("out").exists()


def test_bad_inputs_are_listed_and_the_rest_is_built(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (folder / "lines.jsonl").write_text('{"text": "반디섬 학교가 4일 문을 열었다."}\n{"text": \n', encoding="utf-8")
    assert cli.main(["build", "reports", "-o", "out", "-q", "--ui", "en"]) == 0
    made = record(Path("out"))
    said = capsys.readouterr().err
    assert {"1.txt", "2.txt", "lines.jsonl"} <= {row["file"] for row in made["documents"]}
    assert {"empty.txt", "photo.txt", "lines.jsonl"} == {row["file"] for row in made["problems"]}
    for row in made["problems"]:
        assert row["file"] in said
        assert row["error"][:30] in said


def test_a_report_without_a_time_is_listed_without_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TIMELESS, encoding="utf-8")
    assert cli.main(["build", "a.txt", "-o", "out", "--ui", "en"]) == 0
    made = record(Path("out"))
    assert [row["file"] for row in made["documents"]] == ["a.txt"]
    assert made["events"] == made["undated"] == []
    assert "No event found" in capsys.readouterr().out


def test_an_output_that_cannot_be_written_leaves_the_old_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "out").write_text("not a folder", encoding="utf-8")
    assert cli.main(["build", "reports", "-o", "out"]) == 2
    assert "out" in capsys.readouterr().err
    assert (folder.parent / "out").read_text(encoding="utf-8") == "not a folder"


OVER = {
    "claims": ["reconcile", "claims.jsonl", "-o", "./claims.jsonl"],
    "anchors": ["reconcile", "claims.jsonl", "--anchors", "known.jsonl", "-o", "known.jsonl"],
    "a report": ["build", "timeline.html", "-o", "."],
    "corrections": ["build", "reports", "-o", "reports", "--corrections", "reports/itinerary.json"],
    "cache": ["build", "reports", "-o", "out", "--cache", "out/itinerary.ics"],
}


@pytest.mark.parametrize("argv", OVER.values(), ids=OVER)
def test_nothing_is_written_over_what_is_read(
    argv: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = '{"event": "e", "source": "s", "time": "2025-03-04T10:00:00+09:00"}\n'
    for name in ("claims.jsonl", "known.jsonl", "timeline.html", "reports/itinerary.json"):
        Path(name).write_text(line, encoding="utf-8")
    assert cli.main(argv) == 2
    said = capsys.readouterr()
    assert "would be written over" in said.err
    assert said.out == ""
    for name in ("claims.jsonl", "known.jsonl", "timeline.html", "reports/itinerary.json"):
        assert Path(name).read_text(encoding="utf-8") == line
    assert not Path("out").exists()


@pytest.mark.parametrize(("formats", "opened"), [("html,json", True), ("json", False)])
def test_open_shows_the_page(
    formats: str, opened: bool, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: bool(shown.append(address)))
    assert cli.main(["build", "reports", "-o", "out", "-q", "--open", "--ui", "en", "--format", formats]) == 0
    said = capsys.readouterr().err
    assert shown == ([(folder.parent / "out" / "timeline.html").as_uri()] if opened else [])
    assert ("open it yourself" if opened else "no HTML was written") in said


def test_the_demo_shows_what_it_promises(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", "-o", "out"]) == 0
    made = record(Path("out"))
    assert len(made["documents"]) == 5
    assert not made["problems"]
    assert {"inferred", "stated"} <= {row["published_basis"] for row in made["documents"]}
    assert any(row["copy_of"] for row in made["documents"])
    assert {event["status"] for event in made["events"]} >= {"occurred", "planned"}
    assert any(event["conflicts"] for event in made["events"])
    assert "2025-05-09" in capsys.readouterr().out


# --- inspect


def test_inspect_names_the_reports_and_their_dates(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", "reports"]) == 0
    shown = capsys.readouterr().out
    for part in ("1.txt", "2.txt", "두루일보", "2025-03-04T11:20", "2025-03-04T14:05"):
        assert part in shown


UI = {
    "korean where none is asked for": ([], ("매체", "보도 때"), ("outlet",)),
    "korean": (["--ui", "ko"], ("매체", "보도 때"), ("outlet",)),
    "english": (["--ui", "en"], ("outlet", "published", "stated on the report"), ("매체 ", "기사에 적힘", "표시가")),
}


@pytest.mark.parametrize(("ui", "said", "not_said"), UI.values(), ids=UI)
def test_inspect_speaks_the_language_asked_for(
    ui: list[str], said: tuple[str, ...], not_said: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["inspect", "reports", *ui]) == 0
    shown = capsys.readouterr().out
    assert [word for word in said if word not in shown] == []
    assert [word for word in not_said if word in shown] == []


def test_inspect_tells_from_what_an_undated_report_was_dated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "3.txt").write_text("샛별호를 기다린 하루\n\n배는 어제(4일) 돌아왔다. 섬은 조용하다.\n", encoding="utf-8")
    assert cli.main(["inspect", "reports", "--ui", "en"]) == 0
    undated = capsys.readouterr().out.split("3.txt")[1]
    assert "2025-03-05, inferred from the text" in undated
    assert "어제(4일)" in undated


@pytest.mark.parametrize(("ui", "title", "page"), [("en", "and 1 more", 'lang="en"'), ("ko", "외 1건", 'lang="ko"')])
def test_outputs_speak_the_language_asked_for(ui: str, title: str, page: str, folder: Path) -> None:
    assert cli.main(["build", "reports", "-o", "out", "-q", "--ui", ui]) == 0
    assert str(record(Path("out"))["title"]).endswith(title)
    assert f"<html {page}" in Path("out/timeline.html").read_text(encoding="utf-8")


def test_inspect_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err


# --- normalize


def test_normalize_shows_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["normalize", "어제 밤 10시 40분경 도착했다.", "--at", "2025-03-04T07:38:00+09:00"]) == 0
    shown = capsys.readouterr().out
    assert "어제 밤 10시 40분경" in shown
    assert "2025-03-03" in shown
    assert "22:40" in shown


def test_normalize_says_where_no_time_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["normalize", "등대가 있다.", "--at", "2025-03-04"]) == 0
    assert capsys.readouterr() == ("", "timeline: no time expression found in the text\n")


def test_normalize_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stdin(monkeypatch, "4일 오전 8시 10분께".encode())
    assert cli.main(["normalize", "--at", "2025-03-04"]) == 0
    assert "08:10" in capsys.readouterr().out


def test_normalize_lines_answers_each_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    good = {"id": "a", "text": "어제(3일) 밤 10시 40분경", "at": "2025-03-04T07:38:00+09:00"}
    lines = [json.dumps(good).encode(), b'{"id": "b", "text"', b'{"id": "c", "text": "now"}', json.dumps(good).encode()]
    stdin(monkeypatch, b"\n".join(lines) + b"\n")
    assert cli.main(["normalize", "--jsonl"]) == 0
    answers = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert len(answers) == 4
    assert answers[0] == answers[3]
    assert answers[0]["id"] == "a"
    assert answers[0]["times"][0]["start"] == "2025-03-03T22:40:00+09:00"
    assert "error" in answers[1]
    assert answers[2]["id"] == "c"
    assert "error" in answers[2]


def test_normalize_imports_nothing_heavy() -> None:
    code = "import sys; from timeline.cli import main; main(['normalize', '어제 밤 10시', '--at', '2025-03-04']);"
    code += f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"


def test_a_hostile_text_commands_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["normalize", "\x1b[2J어제\u202e 밤 10시\x07", "--at", "2025-03-04"]) == 0
    assert not set("\x1b\x07\u202e") & set(capsys.readouterr().out)


# --- reconcile


CLAIMS = b"""\
{"event": "gate", "source": "board", "time": "2025-03-04T16:22:00+09:00"}
{"event": "pier", "source": "board", "time": "2025-03-04T18:00:00+09:00"}
{"event": "gate", "source": "carrier", "time": "2025-03-04T16:22:00+09:00"}
this is no claim
{"event": "gate", "source": "log", "time": "2025-03-04T16:40:00+09:00"}
"""


def test_reconcile_fuses_what_is_piped_in(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    stdin(monkeypatch, CLAIMS)
    assert cli.main(["reconcile"]) == 0
    said = capsysbinary.readouterr()
    events = {row["event"]: row for row in map(json.loads, said.out.splitlines())}
    assert set(events) == {"gate", "pier"}
    assert events["gate"]["best"].startswith("2025-03-04T16:22")
    assert events["gate"]["claims"] == 3
    assert b"4" in said.err
    assert said.err.count(b"\n") == 1


def test_reconcile_writes_a_file_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "claims.jsonl").write_bytes(CLAIMS)
    (tmp_path / "known.jsonl").write_text('{"event": "gate", "time": "2025-03-04T16:22:00+09:00"}\n', encoding="utf-8")
    assert cli.main(["reconcile", "claims.jsonl", "-o", "events.jsonl", "--anchors", "known.jsonl"]) == 0
    assert capsys.readouterr().out == ""
    rows = [json.loads(line) for line in Path("events.jsonl").read_bytes().splitlines()]
    assert {row["event"] for row in rows} == {"gate", "pier"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.jsonl", "events.jsonl", "known.jsonl"]


UNREADABLE = {
    "no claims": (["reconcile", "nowhere.jsonl"], 1, "nowhere.jsonl"),
    "no anchors": (["reconcile", "-", "--anchors", "nowhere.jsonl"], 1, "nowhere.jsonl"),
    "a folder": (["reconcile", "."], 1, "."),
    "no such folder to write in": (["reconcile", "-", "-o", "no/where/out.jsonl"], 2, "out.jsonl"),
}


@pytest.mark.parametrize(("argv", "status", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_reconcile_without_its_files(
    argv: list[str],
    status: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stdin(monkeypatch, CLAIMS)
    assert cli.main(argv) == status
    assert message in capsys.readouterr().err


def test_reconcile_of_nothing_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stdin(monkeypatch, b"no claim\n")
    (tmp_path / "events.jsonl").write_text("old", encoding="utf-8")
    assert cli.main(["reconcile", "-o", "events.jsonl"]) == 1
    assert (tmp_path / "events.jsonl").read_text(encoding="utf-8") == "old"


def test_an_interrupted_run_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("timeline.normalize.normalize_text", interrupt)
    assert cli.main(["normalize", "어제", "--at", "2025-03-04"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("argv", [["build", "-"], ["normalize", "--jsonl"], ["reconcile"]], ids=lambda argv: argv[0])
def test_closed_standard_input_is_said(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(argv) == 2
    assert "standard input is closed" in capsys.readouterr().err


# --- as a program of its own


def test_a_reader_that_leaves_early_is_no_crash(command: list[str]) -> None:
    started = subprocess.Popen([*command, "schema"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    said = started.stderr.read()
    started.stderr.close()
    assert started.wait() == 141
    assert said == b""


def test_the_module_is_the_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "timeline", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("timeline ")
    assert run.stderr == ""


def test_a_terminal_without_hangul_is_no_crash(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from timeline.cli import main; raise SystemExit(main())", "build", str(folder)],
        cwd=folder.parent,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert b"2025-03-04" in run.stdout
