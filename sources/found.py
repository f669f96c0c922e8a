"""The inputs below the given paths: files, folders, standard input, pages; each with the name it is known by.

Names are the paths below the given one, with forward slashes, in NFC; an archive's member is ``archive.zip!member``.
Links that leave the given folder are refused, so is everything that is no plain file.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from sources.limits import FILE_BYTES, FOLDER_DEPTH
from timeline.errors import InputError
from timeline.model import Problem

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One input: the name it is known by and where its bytes are (a path, an address, or the bytes themselves)."""

    name: str
    path: str | None = None
    url: str | None = None
    data: bytes | None = None


def find(
    paths: Sequence[Path | str], stdin: BinaryIO | None, exclude: Collection[Path] = ()
) -> Iterator[Input | Problem]:
    """Every input below the paths, folders in the order of names; what cannot be an input is a problem.

    ``exclude`` names files and folders that are passed over where they lie in a given folder.
    """
    apart = frozenset(path.resolve() for path in exclude)
    for given in paths:
        text = str(given)
        if text == STDIN:
            yield Input(STDIN, data=_limited(stdin) if stdin is not None else b"")
        elif text.startswith(("http://", "https://")):
            yield Input(text, url=text)
        else:
            yield from _path(Path(given), apart)


def load(item: Input) -> bytes:
    """The bytes of a file or of standard input. Raises :class:`InputError` where they cannot be had or are too many."""
    if item.data is not None:
        data = item.data
    else:
        assert item.path is not None
        data = _file(item.path, item.name)
    if len(data) > FILE_BYTES:
        raise InputError(item.name, f"more than {FILE_BYTES // 1024 // 1024} MB, the limit for one file")
    return data


def _limited(stdin: BinaryIO) -> bytes:
    return stdin.read(FILE_BYTES + 1)


def _file(path: str, name: str) -> bytes:
    """The bytes, one more than the limit at most; read without a buffer, as it is read in one go."""
    try:
        with FileIO(path) as stream:
            left = min(os.fstat(stream.fileno()).st_size, FILE_BYTES) + 1
            parts: list[bytes] = []
            while left > 0 and (part := stream.read(left)):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
    except OSError as error:
        raise InputError(name, f"cannot be opened: {error.strerror or error}") from error


def _path(path: Path, apart: frozenset[Path]) -> Iterator[Input | Problem]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Problem(file=_name(str(path)), error=f"cannot be opened: {reason}")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, apart)
    elif stat.S_ISREG(mode):
        yield Input(_name(path.name or str(path)), str(path))
    else:
        yield Problem(file=_name(str(path)), error="neither a file nor a folder")


def _folder(top: Path, apart: frozenset[Path]) -> Iterator[Input | Problem]:
    """The files below a folder in the order of their names; links are followed only to files inside it."""
    root = top.resolve()
    empty = True
    for item in _below(os.path.realpath(top), "", 0, frozenset(map(str, apart))):
        empty = False
        if isinstance(item, Problem):
            yield item
            continue
        entry, name = item
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            yield Problem(file=name, error="a link that leaves the given folder; give its target itself to read it")
        elif not _is_file(entry):
            yield Problem(file=name, error="neither a file nor a folder")
        else:
            yield Input(name, entry.path)
    if empty:
        yield Problem(file=_name(top.name or str(top)), error="an empty folder: nothing to read in it")


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _below(
    folder: str, prefix: str, depth: int, apart: frozenset[str]
) -> Iterator[tuple[os.DirEntry[str], str] | Problem]:
    if depth > FOLDER_DEPTH:
        yield Problem(file=_name(prefix), error=f"folders nested deeper than {FOLDER_DEPTH}")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(file=_name(prefix or folder), error=f"cannot be opened: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in CLUTTER or (apart and os.path.realpath(entry.path) in apart):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{prefix}{entry.name}/", depth + 1, apart)
        else:
            yield entry, _name(prefix + entry.name)


CLUTTER = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX", "__pycache__"})


def _name(text: str) -> str:
    """A name safe to print and stable across systems: NFC, no broken surrogates, no control characters."""
    if text.isascii() and text.isprintable():
        return text
    clean = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    return "".join(character if character.isprintable() else "\ufffd" for character in clean)
