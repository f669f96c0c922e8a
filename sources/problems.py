"""Why an input could not be read, told in another language; the words are in ``tables/problems.toml``.

Readers give their reasons in English, and so they stand in the record. People see them in the language they chose.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from timeline.model import Problem

_DEPTH = 4
_HOLE = re.compile(r"\\\{(\w+)\\\}")


def told(problems: Iterable[Problem], language: str) -> tuple[Problem, ...]:
    """The problems with their reasons in ``language``; a reason the table does not hold is left as it is."""
    if language == "en":
        return tuple(problems)
    return tuple(problem.model_copy(update={"error": retell(problem.error, language)}) for problem in problems)


def retell(reason: str, language: str, depth: int = 0) -> str:
    """One reason in ``language``, what is quoted in it told again where it is a reason itself."""
    for pattern, words in _shapes():
        found = pattern.fullmatch(reason) if language in words else None
        if found is not None and depth < _DEPTH:
            return _filled(words[language], found.groupdict(), language, depth + 1)
    return reason


def _filled(words: str, parts: dict[str, str], language: str, depth: int) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: retell(parts[hole[1]], language, depth), words)


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """The shape of every reason with its words by language, the ones that say most first."""
    rows: list[dict[str, str]] = tomllib.loads(
        files("sources.tables").joinpath("problems.toml").read_text(encoding="utf-8")
    )["problem"]
    ordered = sorted(rows, key=lambda row: (row["en"].count("{"), -len(row["en"])))
    return tuple((re.compile(_HOLE.sub(r"(?P<\1>.*?)", re.escape(row["en"])), re.DOTALL), row) for row in ordered)
