"""ZIP archives: members as inputs of their own, in memory, within limits; nothing is ever written to disk."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from sources.found import CLUTTER, Input
from sources.limits import ARCHIVE_BYTES, ARCHIVE_MEMBERS, ARCHIVE_RATIO, FILE_BYTES, MEGABYTE
from timeline.errors import InputError
from timeline.model import Problem

_UTF8_NAME = 0x800  # APPNOTE.TXT 4.4.4: bit 11, the name is UTF-8
_ENCRYPTED = 0x1


def members(data: bytes, name: str) -> Iterator[Input | Problem]:
    """The members of an archive, named ``name!member``; refused ones are problems.

    Raises :class:`InputError` where the archive is broken or would grow beyond the limits.
    """
    check(data, name)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in sorted(archive.infolist(), key=_name):
            inner = _name(info)
            full = f"{name}!{inner}"
            if info.is_dir() or any(
                part.startswith(".") or part in CLUTTER for part in inner.split("/") if part != ".."
            ):
                continue
            reason = _refused(info, inner)
            if reason is not None:
                yield Problem(file=full, error=reason)
                continue
            try:
                yield Input(full, data=_bytes(archive, info, full))
            except InputError as error:
                yield Problem(file=full, error=error.reason)


def check(data: bytes, name: str) -> None:
    """Raises :class:`InputError` where bytes are no whole archive, or one that grows beyond the limits."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeError) as error:
        raise InputError(name, f"a broken or truncated archive ({error}); fetch it again") from error
    if len(infos) > ARCHIVE_MEMBERS:
        raise InputError(name, f"{len(infos):,} members; the limit is {ARCHIVE_MEMBERS:,}")
    size = sum(info.file_size for info in infos)
    if size > ARCHIVE_BYTES:
        raise InputError(name, f"would unpack to {size // MEGABYTE:,} MB; the limit is {ARCHIVE_BYTES // MEGABYTE} MB")
    if size > MEGABYTE and size > ARCHIVE_RATIO * len(data):
        raise InputError(
            name,
            f"would grow {size // max(len(data), 1):,} times on unpacking; the limit is {ARCHIVE_RATIO}: unpack it first",
        )


def _refused(info: zipfile.ZipInfo, inner: str) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; unpack it with its password first"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link inside an archive; not followed"
    if ".." in inner.split("/") or inner.startswith("/"):
        return "its path leaves the archive; not read"
    if info.file_size > FILE_BYTES:
        return f"more than {FILE_BYTES // MEGABYTE} MB, the limit for one file"
    return None


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, full: str) -> bytes:
    try:
        with archive.open(info) as member:
            data = member.read(FILE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(full, f"a damaged member: {error}") from error
    if len(data) > FILE_BYTES:
        raise InputError(full, f"more than {FILE_BYTES // MEGABYTE} MB, the limit for one file")
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """The member's path in NFC; names without the UTF-8 mark are CP949 where that reads as Hangul."""
    name = info.filename.replace("\\", "/")
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    clean = unicodedata.normalize("NFC", name)
    return "".join(character if character.isprintable() else "\ufffd" for character in clean)
