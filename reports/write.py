"""Writes the outputs: all are made before any file is touched, and each is replaced in one step.

A reader never sees half a file, and a run that fails leaves what stood there before. Names come from the formats alone
or are made safe (:func:`reports.ics.calendars`), so no title or name can lead out of the folder.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from reports.formats import DEFAULT_FORMATS, FORMATS, Choices
from timeline.errors import OutputError, UsageError
from timeline.model import Itinerary

_OLDER_LIMIT = 64 * 2**20  # bytes; a calendar of 10,000 events has 20 MB


def write_outputs(
    itinerary: Itinerary,
    folder: str | Path,
    formats: Sequence[str] = DEFAULT_FORMATS,
    *,
    ics_timezone: Literal["local", "utc"] = "local",
    ics_per_subject: bool = False,
    subjects: tuple[str, ...] = (),
    ics_coarse: Literal["span", "first-day", "skip"] = "span",
) -> tuple[Path, ...]:
    """Writes the itinerary in each format into the folder (made if need be); the paths written, in order.

    A calendar that stands in the folder already is read first: events that changed get a higher SEQUENCE, events that
    vanished are kept as cancelled, and unchanged data gives the same bytes.

    Raises UsageError for an unknown format or choice, OutputError where the folder cannot be written; then every file
    that stood there is as it was.
    """
    target = Path(folder)
    choices = Choices(ics_timezone, ics_coarse, ics_per_subject, subjects)
    _check(formats, choices)
    content = render(itinerary, formats, replace(choices, older=lambda name: _older(target / name)))
    _replace_all(target, content)
    return tuple(target / name for name in content)


def render(itinerary: Itinerary, formats: Sequence[str], choices: Choices) -> dict[str, bytes]:
    """File name to content for each format, nothing written."""
    content: dict[str, bytes] = {}
    for name in dict.fromkeys(formats):
        content.update(FORMATS[name].write(itinerary, choices))
    return content


def _check(formats: Sequence[str], choices: Choices) -> None:
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"format {name!r} is not known: use one of {', '.join(FORMATS)}")
    if choices.ics_timezone not in ("local", "utc"):
        raise UsageError(f"calendar time zone {choices.ics_timezone!r} is not known: use 'local' or 'utc'")
    if choices.ics_coarse not in ("span", "first-day", "skip"):
        raise UsageError(f"choice for coarse times {choices.ics_coarse!r} is not known: use span, first-day or skip")


def _older(path: Path) -> bytes | None:
    """What stands at the path, ``None`` where that is nothing that can be read, or too large to be ours."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= _OLDER_LIMIT else None
    except OSError:
        return None


def _replace_all(folder: Path, content: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in content:
            if (folder / name).is_dir():
                raise OutputError(f"cannot write {folder / name}: a folder stands there; remove it or choose another")
        with tempfile.TemporaryDirectory(prefix=".timeline-", dir=folder) as staging:
            for name, data in content.items():
                _store(Path(staging, name), data)
            for name in content:
                Path(staging, name).replace(folder / name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot write into {str(folder)!r}: {reason}; nothing there was changed. Name another folder with -o"
        ) from error
    _settle(folder)


def _store(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Makes the renamed entries of the folder durable, where the system can; the files are whole without."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
