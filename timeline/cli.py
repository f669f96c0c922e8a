"""The ``timeline`` command: its arguments, and which subcommand they call.

Exit status: 0 done, 1 nothing could be read, 2 wrong usage (an output that cannot be written is one: name another
folder).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from timeline import commands
from timeline.errors import InputError, TimelineError

LANGUAGES = ("auto", "ko", "en")
OFFERED = ("html", "ics", "json", "csv", "markdown", "docx", "timelinejs", "timesketch", "jsonld", "annotations")
"""The formats of ``reports``, named here so that help needs no writer."""
TIME_LIMIT = 60.0
"""Seconds one report may take to read, as ``sources.limits`` has it; named here so that help needs no reader."""
_PATHS = "a file, a folder (read recursively), a web address, or - for stdin"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with the given arguments (those of the process by default) and return its exit status.

    Wrong arguments end in ``SystemExit(2)`` with a usage line, as argparse does it.
    """
    _forgive_streams()
    options = parse(sys.argv[1:] if argv is None else argv)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except InputError as error:
        return _fail(error, status=1)
    except TimelineError as error:
        return _fail(error, status=2)
    except BrokenPipeError:
        _drop_output()
        return 141  # as the shell reports a program that SIGPIPE ended
    except KeyboardInterrupt:
        return 130


def _fail(error: TimelineError, status: int) -> int:
    from timeline.terminal import complain

    for line in str(error).splitlines():
        complain(line)
    return status


def _forgive_streams() -> None:
    """A character the terminal's encoding lacks is shown as ``?`` instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not complain on its way out."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# --- arguments


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The options of one call; positional arguments and options may come in any order."""
    parser, commands = build_parser()
    if argv and argv[0] in commands:
        return commands[argv[0]].parse_intermixed_args(list(argv[1:]))
    return parser.parse_args(argv or ["--help"])


def build_parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser of the whole command, and those of its subcommands by name."""
    parser = argparse.ArgumentParser(
        prog="timeline",
        formatter_class=_shape,
        description="Reads reports that disagree, finds who did what when, and writes one timeline with its evidence.",
        epilog="timeline COMMAND --help shows the options and an example of each. Start with: timeline demo",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made: dict[str, argparse.ArgumentParser] = {}
    for name, (fill, summary, example) in _COMMANDS.items():
        made[name] = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=f"example:\n  {example}",
            formatter_class=_shape,
            allow_abbrev=False,
        )
        fill(made[name])
    return parser, made


def _shape(prog: str) -> argparse.HelpFormatter:
    """Help of one width everywhere, examples left as they are written, the commands' summaries in one column."""
    made = argparse.RawDescriptionHelpFormatter(prog, max_help_position=28, width=100)
    made._action_max_length = 13
    return made


class _Version(argparse.Action):
    """Prints the version; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import timeline

        print(f"timeline {timeline.__version__}")
        parser.exit()


def _build_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help=_PATHS)
    parser.add_argument("--title", help="title of the itinerary (default: found in the reports)")
    parser.add_argument(
        "--subject",
        metavar="NAME",
        action="append",
        default=[],
        help="keep only events that name this person or body; repeatable",
    )
    _add_reading(parser)
    parser.add_argument("--since", metavar="DAY", type=_day, help="leave out events before this day (2024-02-27)")
    parser.add_argument("--until", metavar="DAY", type=_day, help="leave out events after this day")
    parser.add_argument(
        "--corrections", metavar="FILE", type=Path, help="an editor's corrections (YAML or TOML; see the README)"
    )
    _add_outputs(parser)
    parser.set_defaults(command=commands.build)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    _add_outputs(parser)
    parser.set_defaults(command=commands.demo, title=None, subject=[], timezone="Asia/Seoul", language="auto")
    parser.set_defaults(cache=None, time_limit=TIME_LIMIT, since=None, until=None, corrections=None)


def _normalize_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="*", help="the text to read (default, or -: standard input)")
    parser.add_argument("--at", metavar="ISO", help="when the text was published: 2024-02-28T07:38:00+09:00")
    parser.add_argument("--jsonl", action="store_true", help='lines {"id", "text", "at"} in, {"id", "times"} out')
    _add_zone(parser)
    _add_language(parser)
    parser.set_defaults(command=commands.normalize)


def _reconcile_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("claims", metavar="CLAIMS.jsonl", nargs="?", default="-", help="claims; - (default) for stdin")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write there instead of standard output")
    parser.add_argument("--anchors", metavar="FILE", help='known answers, lines {"event", "time"}')
    _add_zone(parser)
    parser.set_defaults(command=commands.reconcile)


def _inspect_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help=_PATHS)
    _add_zone(parser)
    _add_limit(parser)
    _add_ui(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar")
    parser.set_defaults(command=commands.inspect, cache=None, corrections=None, output=None)


def _schema_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=commands.schema)


_COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], str, str]] = {
    "build": (
        _build_arguments,
        "read reports and write the timeline, calendar and JSON",
        "timeline build reports/ -o out --format html,ics,json,docx",
    ),
    "demo": (_demo_arguments, "the same on the bundled example", "timeline demo --open"),
    "normalize": (
        _normalize_arguments,
        "turn the time expressions of a text into absolute time",
        "timeline normalize --at 2024-02-28T07:38:00+09:00 < report.txt",
    ),
    "reconcile": (
        _reconcile_arguments,
        "fuse structured claims, no prose",
        "timeline reconcile claims.jsonl -o events.jsonl --anchors known.jsonl",
    ),
    "inspect": (
        _inspect_arguments,
        "show what was read, which dates were found and why one was chosen",
        "timeline inspect reports/",
    ),
    "schema": (_schema_arguments, "print the JSON Schema of itinerary.json", "timeline schema > schema.json"),
}


def _add_reading(parser: argparse.ArgumentParser) -> None:
    _add_zone(parser)
    _add_language(parser)
    parser.add_argument("--cache", metavar="FILE", type=Path, help="keep what was read there; a second run is faster")
    _add_limit(parser)


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--time-limit",
        metavar="SECONDS",
        type=_seconds,
        default=TIME_LIMIT,
        help="give up on a file, or on one report in a file of many, that takes longer to read, and go on with the "
        f"others: --time-limit 10; 0 for no limit (default: {TIME_LIMIT:g})",
    )


def _add_zone(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--timezone", metavar="ZONE", default="Asia/Seoul", help="zone of times told without one (default: Asia/Seoul)"
    )


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=LANGUAGES, default="auto", help="language of the text (default: auto)")


def _add_ui(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ui",
        choices=("ko", "en"),
        help="language of messages and outputs (default: Korean messages, outputs in that of most reports)",
    )


def _add_outputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("timeline-out"),
        help="output folder (default: timeline-out)",
    )
    formats = f"what to write, comma-separated (default: {commands.FORMATS}); of {', '.join(OFFERED)}"
    parser.add_argument("--format", metavar="LIST", action="append", help=formats)
    parser.add_argument(
        "--ics-timezone", choices=("local", "utc"), default="local", help="zone of the calendar file (default: local)"
    )
    parser.add_argument(
        "--ics-coarse",
        choices=("span", "first-day", "skip"),
        default="span",
        help="a month or a year in the calendar: all its days (default), its first, or left out",
    )
    parser.add_argument("--ics-per-subject", action="store_true", help="also a calendar for each --subject")
    parser.add_argument("--open", action="store_true", help="open the timeline in the browser")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar and no closing table")
    _add_ui(parser)


def _seconds(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; write it as 10, or 0 for no limit")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2024-02-27") from None
