"""What the command shows on a terminal: progress, the closing table of an itinerary, problems, errors.

Words come from ``messages.toml``, in Korean or English. Everything that stems from a document passes :func:`plain`, so
no text can move the cursor, colour the screen or turn the writing direction. rich is loaded only where it draws.
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from zoneinfo import ZoneInfo

from timeline.interval import Frozen, Grain
from timeline.model import Event, EventTime, Itinerary, Problem

if TYPE_CHECKING:
    from rich.table import Table

ROWS = 50
"""How many events the closing table shows at most; the files hold all of them."""

NARROWEST = 80
"""Terminal columns the table needs; a narrower terminal wraps the lines itself."""

ProgressReport = Callable[[str, int, int], None]


class Messages(Frozen):
    """The words of the interface in one language; templates are filled with :meth:`str.format`."""

    columns: tuple[str, ...]
    hour: str
    undated: str
    conflict: dict[str, str]
    status: dict[str, str]
    level: dict[str, str]
    more: str
    nothing: str
    not_chosen: str
    counts: str
    written: str
    problem: str
    unread: str
    browser: str
    page: str
    waiting: str
    stages: dict[str, str]


def messages(ui: str) -> Messages:
    """The words for ``ko`` or ``en``; ``KeyError`` for a language the table does not hold."""
    table = tomllib.loads(files("timeline").joinpath("messages.toml").read_text(encoding="utf-8"))
    return Messages.model_validate(table[ui])


def plain(text: str) -> str:
    """The text with control and direction-changing characters made visible as U+FFFD, and line breaks as spaces."""
    return "".join(" " if char in "\n\r\t" else "\ufffd" if _is_control(ord(char)) else char for char in text)


def _is_control(code: int) -> bool:
    return code < 0x20 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069


def show(text: str) -> None:
    """The lines of a text on standard output, each made :func:`plain`."""
    print("\n".join(map(plain, text.split("\n"))))


def complain(text: str) -> None:
    """One line on standard error, named after the command."""
    print(f"timeline: {plain(text)}", file=sys.stderr)


def list_problems(problems: Sequence[Problem], words: Messages) -> None:
    """Each input that could not be read, with its reason, on standard error."""
    for problem in problems:
        complain(words.problem.format(file=problem.file, error=problem.error))


@contextmanager
def progress(words: Messages, *, quiet: bool) -> Iterator[ProgressReport | None]:
    """A bar on standard error for as long as the block runs, fed with (stage, done, total); gone when it ends.

    Yields ``None`` where nobody would see it: standard error is no terminal, or the user wants quiet.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(words.stages.get(stage, plain(stage)), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report


def summarize(
    itinerary: Itinerary,
    written: Sequence[Path],
    notices: Sequence[str],
    words: Messages,
    out: TextIO,
    *,
    chosen: bool = False,
) -> None:
    """The closing table: one row an event, then the counts, the files, and what a file had to leave out.

    ``chosen``: only some events were asked for. A Hangul syllable fills two columns.
    """
    from rich.console import Console

    width = max(NARROWEST, shutil.get_terminal_size((120, 24)).columns)
    console = Console(file=out, highlight=False, markup=False, emoji=False, width=width)
    if itinerary.events or itinerary.undated:
        console.print(_table(itinerary, words))
    else:
        nothing = words.not_chosen if chosen else words.nothing
        console.print(nothing.format(documents=len(itinerary.documents)), soft_wrap=True)
    every = (*itinerary.events, *itinerary.undated)
    if len(every) > ROWS:
        console.print(words.more.format(count=len(every) - ROWS))
    if every:
        console.print(_counts(itinerary, words), soft_wrap=True)
    for path in written:
        console.print(words.written.format(path=plain(str(path))), soft_wrap=True)
    for notice in notices:
        console.print(plain(notice), soft_wrap=True)


def _counts(itinerary: Itinerary, words: Messages) -> str:
    every = (*itinerary.events, *itinerary.undated)
    return words.counts.format(
        documents=len(itinerary.documents),
        events=len(every),
        undated=len(itinerary.undated),
        major=sum(_severity(event) == "major" for event in every),
        minor=sum(_severity(event) == "minor" for event in every),
    )


def _table(itinerary: Itinerary, words: Messages) -> Table:
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    zone = ZoneInfo(itinerary.timezone)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, name in enumerate(words.columns):
        least = 11 if number in _TIMES else cell_len(name)  # "10:35–10:45" unbroken
        whole = number not in (*_TIMES, _TITLE)
        table.add_column(name, overflow="fold", no_wrap=whole, min_width=least, ratio=number == _TITLE or None)
    shown = ""
    for event in (*itinerary.events, *itinerary.undated)[:ROWS]:
        day, *cells = _cells(event, zone, words)
        table.add_row(*(Text(cell) for cell in ("" if day == shown else day, *cells)))
        shown = day
    return table


_TIMES = (1, 2)
_TITLE = 3  # the column that takes the room the others leave


def _cells(event: Event, zone: ZoneInfo, words: Messages) -> tuple[str, ...]:
    severity = _severity(event)
    level = f"{words.level[event.confidence.level]} {event.confidence.probability:.2f}"
    title = plain(event.title) if not event.constraint else f"{plain(event.title)} ({plain(event.constraint)})"
    return (
        *(
            (words.undated, "", "")
            if event.time is None
            else (*when(event.time, zone, words), window(event.time, zone))
        ),
        title,
        words.status[event.status],
        level if severity is None else f"{level} {words.conflict[severity]}",
        f"{event.independent_origins}/{len(event.claims)}",
    )


def _severity(event: Event) -> str | None:
    found = {conflict.severity for conflict in event.conflicts}
    return "major" if "major" in found else "minor" if found else None


def when(told: EventTime, zone: ZoneInfo, words: Messages) -> tuple[str, str]:
    """The best estimate as day and time of day, no finer than known; a month or a year stands where the day would.

    Two readings that could not be reconciled are both shown, earliest first.
    """
    day, clock = _moment(told.best, told.start, told.end, told.grain, zone, words)
    if told.resolved or not told.readings:
        return day, clock
    readings = [
        _moment(best, i.start, i.end, i.grain, zone, words) for i in told.readings if (best := i.start or i.end)
    ]
    texts = sorted(clock if other == day else f"{other} {clock}".strip() for other, clock in readings)
    return day, " | ".join(dict.fromkeys(texts))


def _moment(
    best: datetime, start: datetime | None, end: datetime | None, grain: Grain, zone: ZoneInfo, words: Messages
) -> tuple[str, str]:
    local = best.astimezone(zone)
    first, last = (start or best).astimezone(zone), (end or best).astimezone(zone)
    if grain is Grain.DAY and last - first > timedelta(days=1):
        return first.date().isoformat(), f"– {_last_day(first, last)}"
    if grain in _FORMATS:
        day, _, clock = local.strftime(_FORMATS[grain]).partition(" ")
        return day, clock
    if grain is Grain.HOUR:
        return local.date().isoformat(), words.hour.format(hour=local.hour)
    if grain is Grain.PART_OF_DAY:
        return first.date().isoformat(), _clocks(first, last)
    return first.date().isoformat(), f"– {_last_day(first, last)}"


_FORMATS = {
    Grain.SECOND: "%Y-%m-%d %H:%M:%S",
    Grain.MINUTE: "%Y-%m-%d %H:%M",
    Grain.DAY: "%Y-%m-%d",
    Grain.MONTH: "%Y-%m",
    Grain.YEAR: "%Y",
}


def window(told: EventTime, zone: ZoneInfo) -> str:
    """The widest window the claims allow, empty where it is no wider than the time said."""
    low, high = told.earliest, told.latest
    if low is None and high is None:
        return ""
    if low is not None and high is not None:
        inside = (told.start or told.best) <= low and high <= (told.end or told.best)
        if inside and told.grain is not Grain.HOUR:  # a bare hour is meant for its first half
            return ""
        return _window(low.astimezone(zone), high.astimezone(zone), told.best.astimezone(zone), told.grain)
    bound = low if low is not None else high
    assert bound is not None
    text = bound.astimezone(zone).strftime("%m-%d %H:%M")
    return f"{text} –" if low is not None else f"– {text}"


def _window(low: datetime, high: datetime, best: datetime, grain: Grain) -> str:
    if grain.order > Grain.PART_OF_DAY.order:
        return f"{low:%m-%d} – {_last_day(low, high)}" if low.year == best.year else f"{low:%Y-%m-%d} – {high:%Y-%m-%d}"
    if low.date() == best.date() and high <= _midnight_after(best):
        return _clocks(low, high)
    return f"{low:%m-%d %H:%M} – {high:%m-%d %H:%M}"


def _clocks(low: datetime, high: datetime) -> str:
    """Two clock times of one day, the end of the day written as 24:00."""
    end = "24:00" if high == _midnight_after(low) else f"{high:%H:%M}"
    return f"{low:%H:%M}–{end}"


def _last_day(low: datetime, high: datetime) -> str:
    """The last day a half-open stretch touches; its year where that is another one."""
    last = max(low, high - timedelta(microseconds=1))
    return f"{last:%m-%d}" if last.year == low.year else f"{last:%Y-%m-%d}"


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time(), tzinfo=moment.tzinfo)
