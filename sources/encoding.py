"""Bytes to text: UTF-8 (with or without mark), UTF-16 and 32, CP949/EUC-KR, and what a page or mail declares."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 65_536
_ALIASES = {"euc-kr": "cp949", "euckr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "iso-8859-1": "cp1252"}


class NotTextError(ValueError):
    """The bytes are no text in any encoding tried; the message says what they look like."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of some bytes. ``declared`` is the encoding the file itself names, tried after marks and strict UTF-8.

    A few broken bytes become U+FFFD. Raises :class:`NotTextError` for binary data.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").removeprefix("\ufeff")
    sixteen = _utf16_without_mark(data)
    if sixteen is not None:
        return data.decode(sixteen, errors="replace")
    if looks_binary(data):
        raise NotTextError("not text")
    for encoding in ("utf-8", declared, "cp949"):
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return _broken(data, declared)


def _strictly(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(_ALIASES.get(name.strip().lower(), name.strip()))
    except (UnicodeDecodeError, LookupError):
        return None


def _broken(data: bytes, declared: str | None) -> str:
    """Text with some bytes broken: whichever encoding leaves the fewest characters unread."""
    candidates = [data.decode(name, errors="replace") for name in ("utf-8", "cp949")]
    best = min(candidates, key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") * 50 <= len(best):
        return best
    guess = from_bytes(data[:_SAMPLE_BYTES]).best()
    if guess is None or guess.encoding is None:
        raise NotTextError("no known encoding fits; save it as UTF-8")
    return data.decode(guess.encoding, errors="replace")


def looks_binary(data: bytes) -> bool:
    """Whether the bytes hold NULs or many control characters, as no text of one-byte units does."""
    sample = data[:_SAMPLE_BYTES]
    if b"\x00" in sample:
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b\x08" for byte in sample)
    return controls * 100 > len(sample)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: half of the plain characters have a NUL in the same place, and the text reads as text."""
    sample = data[: _SAMPLE_BYTES // 16]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2], sample[1::2]
    for name, high in (("utf-16-le", odd), ("utf-16-be", even)):
        low = even if high is odd else odd
        plain = sum(h == 0 and (32 <= c < 127 or c in b"\r\n\t") for h, c in zip(high, low, strict=False))
        hangul = sum(0xAC <= h <= 0xD7 for h in high)
        if plain and (plain + hangul) * 10 >= 9 * len(high):
            return name
    return None


_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=["']([\w.:-]+)""", re.IGNORECASE
)


def declared_in_markup(data: bytes) -> str | None:
    """The encoding a page's head or an XML declaration names."""
    found = _META.search(data[:4096])
    if found is None:
        return None
    return (found[1] or found[2]).decode("ascii", errors="replace")
