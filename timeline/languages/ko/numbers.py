"""Korean numerals: digits, native words (한, 열두) and Sino-Korean words (이십오, 이천십오)."""

from __future__ import annotations

from functools import lru_cache

from timeline.languages.ko.tables import tables

_DIGITS = {char: index for index, char in enumerate("일이삼사오육칠팔구", start=1)} | {
    "영": 0,
    "공": 0,
    "유": 6,
    "시": 10,
}
_SCALES = {"십": 10, "백": 100, "천": 1000}

SINO = "[일이삼사오육칠팔구십백천]"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d)?)"
_NATIVE_UNIT = "(?:한|두|세|석|서|네|넉|다섯|여섯|일곱|여덟|아홉)"
_NATIVE_TEN = "(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)"
NATIVE = f"(?:{_NATIVE_TEN}{_NATIVE_UNIT}?|스무|{_NATIVE_UNIT})"
FEW = "(?:" + "|".join(sorted(tables().few, key=len, reverse=True)) + ")"
NUMERAL_FIRST = "0123456789한두세석서네넉너다여일아열스마쉰예수몇대십이삼사오육칠팔구백천"


@lru_cache(maxsize=4096)
def number(text: str) -> float | None:
    """The value of a numeral in digits or words, or ``None``."""
    text = text.replace(",", "").replace(" ", "")
    if not text:
        return None
    if text[0].isdigit():
        try:
            return float(text)
        except ValueError:
            return None
    few = tables().few.get(text)
    if few is not None:
        return few
    native = _native(text)
    return float(native) if native is not None else sino(text)


def _native(text: str) -> int | None:
    words = tables().native_numbers
    if text in words:
        return words[text]
    for length in (2, 1):
        ten, unit = words.get(text[:length]), words.get(text[length:])
        if ten is not None and unit is not None and ten >= 10 > unit:
            return ten + unit
    return None


def sino(text: str) -> float | None:
    """이십오 is 25, 이천십오 2015, 일구팔칠 1987; ``None`` for anything else."""
    if all(char in _DIGITS for char in text) and len(text) > 1:
        return float("".join(str(_DIGITS[char]) for char in text)) if len(text) == 4 else None
    total, digit = 0, None
    for char in text:
        if char in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        elif char in _DIGITS and digit is None:
            digit = _DIGITS[char]
        else:
            return None
    return float(total + (digit or 0))
