"""What was read before, in one file the user can see and delete: an input whose bytes are known is not read again.

The file is lines of JSON: first one that names the version of the readers and the zone, then one an input, keyed by its
name and the SHA-256 of its bytes. A file of another version, or one that cannot be read, is passed over and written
anew. It is written whole, beside itself, and moved into place.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache as once
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import NamedTemporaryFile, _TemporaryFileWrapper

from pydantic import ValidationError

from timeline.errors import OutputError
from timeline.interval import Frozen
from timeline.model import Document, Problem

Result = Document | Problem


class Kept(Frozen):
    """What one input gave."""

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


class Cache:
    """Results by input; ``save`` keeps only what was asked for in this run.

    Raises :class:`OutputError` at once where the file could not be written in the end.
    """

    def __init__(self, path: Path, zone: str) -> None:
        self._path = path
        self._try()
        self._head = json.dumps({"readers": _version(), "zone": zone})
        self._known = _load(path, self._head)
        self._used: dict[str, str] = {}

    def get(self, name: str, digest: str) -> tuple[Result, ...] | None:
        """The results of an input read before; ``None`` where it is new or its line is broken."""
        line = self._known.get(f"{digest} {name}")
        if line is None:
            return None
        try:
            found = Kept.model_validate_json(line)
        except ValidationError:
            return None
        self._used[f"{digest} {name}"] = line
        return (*found.documents, *found.problems)

    def put(self, name: str, digest: str, results: Sequence[Result]) -> None:
        """Keep the results of an input."""
        kept = Kept(
            documents=tuple(result for result in results if isinstance(result, Document)),
            problems=tuple(result for result in results if isinstance(result, Problem)),
        )
        self._used[f"{digest} {name}"] = kept.model_dump_json(exclude_defaults=True)

    def save(self) -> None:
        """Write the file, if anything changed. Raises :class:`OutputError` where it cannot be written."""
        if self._used == self._known:
            return
        lines = [
            self._head,
            *(f"{json.dumps(key, ensure_ascii=False)}\t{self._used[key]}" for key in sorted(self._used)),
        ]
        with self._refused(), self._part(delete=False) as part:
            part.write("\n".join(lines) + "\n")
            part.close()
            Path(part.name).replace(self._path)

    def _try(self) -> None:
        """Whether a file can stand there is tried before anything is read, not after."""
        with self._refused():
            if self._path.is_dir():
                raise IsADirectoryError(None, "a folder stands there")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._part(delete=True).close()

    def _part(self, *, delete: bool) -> _TemporaryFileWrapper[str]:
        return NamedTemporaryFile("w", encoding="utf-8", dir=self._path.parent, delete=delete, suffix=".part")

    @contextmanager
    def _refused(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"{self._path}: the cache cannot be written: {error.strerror or error}; name another file"
            ) from error


def _load(path: Path, head: str) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    first, *rest = text.split("\n")
    if first != head:
        return {}
    found: dict[str, str] = {}
    for line in rest:
        key, _, value = line.partition("\t")
        if value:
            found[key[1:-1] if "\\" not in key else json.loads(key)] = value
    return found


@once
def _version() -> str:
    """A hash of the readers' own code and tables: any change of them makes what was read before worthless."""
    digest = hashlib.sha256()
    for room, names in (("sources", None), ("timeline", ("model.py", "interval.py"))):
        for path, data in sorted(_contents(files(room), "", names)):
            digest.update(f"{path}\0".encode() + data)
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, prefix: str, names: tuple[str, ...] | None) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        path = f"{prefix}{entry.name}"
        if entry.is_dir() and names is None and entry.name not in ("__pycache__", "examples"):
            found.extend(_contents(entry, f"{path}{os.sep}", None))
        elif entry.is_file() and entry.name.endswith((".py", ".toml")) and (names is None or entry.name in names):
            found.append((path, entry.read_bytes()))
    return found
