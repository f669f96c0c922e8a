"""What each subcommand does: the composition root, the one place that knows sources, stages and reports.

Each command imports what it needs when it runs, so ``timeline normalize`` starts without morphemes, tables or drawing.
A command takes the parsed options and returns the exit status: 0 done, 1 nothing could be read.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from timeline.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sources import Reading
    from timeline.model import Itinerary, Problem
    from timeline.terminal import Messages, ProgressReport

FORMATS = "html,ics,json"
UI = "ko"
"""Language of the terminal where none is asked for; the outputs then speak the language of most reports."""


def build(options: argparse.Namespace) -> int:
    """``timeline build PATH...``: read reports, reconstruct, write the outputs, say what was done."""
    return _make(options, options.paths)


def demo(options: argparse.Namespace) -> int:
    """``timeline demo``: the same on the example that ships with the program."""
    with as_file(files("sources").joinpath("examples")) as folder:
        return _make(options, [str(folder)])


def _make(options: argparse.Namespace, paths: Sequence[str]) -> int:
    """The whole way. Everything about the call is checked before anything is read; nothing read, nothing written."""
    from reports import FORMATS as KNOWN
    from reports import left_out, write_outputs
    from timeline import terminal
    from timeline.selection import between

    formats = _formats(options.format)
    if options.since and options.until and options.since > options.until:
        raise UsageError(f"--since {options.since} lies after --until {options.until}; no day is between them")
    outputs = [options.output / name for made in KNOWN.values() for name in made.files]
    _keep_apart([*paths, options.corrections, options.cache], outputs)
    _check_folder(options.output)
    words = terminal.messages(options.ui or UI)
    with terminal.progress(words, quiet=options.quiet) as report:
        itinerary = _reconstruct(options, paths, words, report)
        if itinerary is None:
            return 1
        if report is not None:
            report("write", 0, 1)
        itinerary = between(itinerary, options.since, options.until)
        written = write_outputs(
            itinerary,
            options.output,
            formats,
            ics_timezone=options.ics_timezone,
            ics_coarse=options.ics_coarse,
            ics_per_subject=options.ics_per_subject,
            subjects=tuple(options.subject),
        )
    if not options.quiet:
        chosen = bool(options.since or options.until or options.subject)
        terminal.summarize(itinerary, written, left_out(itinerary, formats), words, sys.stdout, chosen=chosen)
    _list(itinerary.problems, options, words)
    if options.open:
        _open(written, words)
    return 0


def _keep_apart(inputs: Sequence[str | Path | None], outputs: Sequence[Path]) -> None:
    """Refuses a call that would write over what it reads or keeps."""
    taken = {path.resolve() for path in outputs}
    for path in inputs:
        if path not in (None, "-") and Path(path).resolve() in taken:
            raise UsageError(f"{path}: would be written over by the output; name another output with -o")


def _check_folder(folder: Path) -> None:
    """Refuses an output folder that could not be written in the end; it is made only once there is something to write."""
    try:
        stands = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        allowed = os.access(stands, os.W_OK | os.X_OK)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}; name another output with -o") from error
    if not stands.is_dir():
        raise OutputError(f"{folder}: {stands} is a file, not a folder; name another output with -o")
    if not allowed:
        raise OutputError(f"{folder}: cannot be written: no permission for {stands}; name another output with -o")


def _reconstruct(
    options: argparse.Namespace, paths: Sequence[str], words: Messages, report: ProgressReport | None
) -> Itinerary | None:
    """The itinerary of the reports under the paths; ``None``, with the reasons printed, where none could be read."""
    from timeline.corrections import load
    from timeline.pipeline import reconstruct

    known = None if options.corrections is None else load(options.corrections)
    reading = _read(options, paths, words, report)
    if reading is None:
        return None
    return reconstruct(
        reading.documents,
        title=options.title,
        timezone=options.timezone,
        subjects=tuple(options.subject),
        language=options.language,
        ui=options.ui,
        corrections=known,
        problems=reading.problems,
        inputs_sha256=reading.inputs_sha256,
        progress=report,
    )


def _read(
    options: argparse.Namespace, paths: Sequence[str], words: Messages, report: ProgressReport | None
) -> Reading | None:
    """What the paths hold; ``None``, with the reasons printed, where that is no document at all."""
    from sources import read
    from timeline import terminal

    if list(paths).count("-") > 1:
        raise UsageError("PATH '-' is given twice; standard input can be read only once")
    if "-" in paths and _stdin().isatty():
        terminal.complain(words.waiting)
    reading = read(
        paths,
        stdin=_stdin() if "-" in paths else None,
        progress=None if report is None else lambda _, done, total: report("read", done + 1, total),
        timezone=options.timezone,
        cache=options.cache,
        time_limit=options.time_limit,
        exclude=_own_files(options),
    )
    if reading.documents:
        return reading
    _list(reading.problems, options, words)
    terminal.complain(words.unread)
    return None


def _list(problems: Sequence[Problem], options: argparse.Namespace, words: Messages) -> None:
    """Each input that could not be read, with its reason, in the language of the terminal."""
    from sources.problems import told
    from timeline import terminal

    terminal.list_problems(told(problems, options.ui or UI), words)


def _own_files(options: argparse.Namespace) -> list[Path]:
    """What this program wrote or is told, and which is no report where it lies in the folder being read."""
    from reports import FORMATS as KNOWN

    known = [path for path in (options.cache, options.corrections, options.output) if path is not None]
    if options.output is None:
        return known
    return [*known, *(options.output / name for made in KNOWN.values() for name in made.files)]


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("standard input is closed; name a file instead of -")
    return sys.stdin.buffer


def _formats(asked: Sequence[str] | None) -> tuple[str, ...]:
    """The formats asked for, each once, in order; names the known ones where one is unknown."""
    from reports import FORMATS as KNOWN

    names = [name.strip() for part in asked or (FORMATS,) for name in part.split(",")]
    for name in names:
        if name not in KNOWN:
            raise UsageError(f"--format {name!r}: no such format; known are {', '.join(KNOWN)}")
    return tuple(dict.fromkeys(names))


def _open(written: Sequence[Path], words: Messages) -> None:
    import webbrowser

    from timeline.terminal import complain

    pages = [path for path in written if path.suffix == ".html"]
    if not pages:
        complain(words.page)
    elif not webbrowser.open(pages[0].resolve().as_uri()):
        complain(words.browser.format(path=pages[0]))


def inspect(options: argparse.Namespace) -> int:
    """``timeline inspect PATH...``: what was read, which dates were found, and why one was chosen."""
    from sources.inspect import describe
    from timeline import terminal
    from timeline.pipeline import date

    words = terminal.messages(options.ui or UI)
    with terminal.progress(words, quiet=options.quiet) as report:
        reading = _read(options, options.paths, words, report)
    if reading is None:
        return 1
    documents = date(reading.documents, timezone=options.timezone)
    terminal.show(describe(reading.model_copy(update={"documents": documents, "problems": ()}), options.ui))
    _list(reading.problems, options, words)
    return 0


# --- normalize


def normalize(options: argparse.Namespace) -> int:
    """``timeline normalize``: a table for people, or with ``--jsonl`` one JSON object a line in and out, streaming."""
    return _normalize_lines(options) if options.jsonl else _normalize_text(options)


def _normalize_lines(options: argparse.Namespace) -> int:
    from timeline.calendar import zone
    from timeline.crew import answer
    from timeline.normalize import normalize_lines

    if options.text:
        raise UsageError(f"--jsonl reads standard input and takes no TEXT, but {options.text[0]!r} is given")
    if options.at is not None:
        raise UsageError('--jsonl takes no --at: each line carries its own, {"id": ..., "text": ..., "at": ...}')
    local, out = zone(options.timezone).key, sys.stdout.buffer

    def work(piece: bytes) -> bytes:
        return b"".join(normalize_lines(piece.split(b"\n"), local, options.language))

    def write(answers: bytes) -> None:
        out.write(answers)
        out.flush()

    answer(_stdin(), work, write)
    return 0


def _normalize_text(options: argparse.Namespace) -> int:
    from timeline.calendar import zone
    from timeline.normalize import normalize_text, table
    from timeline.terminal import complain, show

    if options.at is None:
        raise UsageError("--at is missing: say when the text was published, such as --at 2024-02-28T07:38:00+09:00")
    at = _moment(options.at, zone(options.timezone))
    for text in options.text or ["-"]:
        words = _stdin().read().decode("utf-8", errors="replace") if text == "-" else text
        found = normalize_text(words, at, options.timezone, options.language)
        show(table(found)) if found else complain("no time expression found in the text")
    return 0


def _moment(text: str, local: ZoneInfo) -> datetime:
    """ISO 8601, a day or a time; without an offset it is a time of the zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--at {text!r}: not ISO 8601; write 2024-02-28 or 2024-02-28T07:38:00+09:00") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=local)


# --- reconcile, schema


def reconcile(options: argparse.Namespace) -> int:
    """``timeline reconcile``: structured claims in, one line an event out."""
    from timeline.calendar import zone
    from timeline.reconcile.structured import run
    from timeline.terminal import complain

    local = zone(options.timezone).key
    _keep_apart([options.claims, options.anchors], [options.output] if options.output else [])
    count = 0
    with _lines(options.claims) as claims, _lines(options.anchors) as anchors, _sink(options.output) as out:
        for line in run(claims, anchors, local, complain):
            out.write(line)
            count += 1
        if not count:
            raise InputError(options.claims, 'no usable claim; a line is {"event": ..., "source": ..., "time": ...}')
    return 0


@contextmanager
def _lines(path: str | None) -> Iterator[Iterable[bytes]]:
    """The lines of a file, of standard input for ``-``, or none at all for ``None``."""
    if path is None:
        yield ()
    elif path == "-":
        yield _stdin()
    else:
        with _opened(Path(path)) as file:
            yield file


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error


@contextmanager
def _sink(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears once all of it is written; what stood there before stays until then."""
    if path is None:
        yield sys.stdout.buffer
        return
    part = path.with_name(f".{path.name}.part")
    try:
        file = part.open("wb")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}; name another file with -o") from error
    try:
        with file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def schema(_: argparse.Namespace) -> int:
    """``timeline schema``: the JSON Schema of itinerary.json."""
    from reports.record import schema as text

    print(text())
    return 0
