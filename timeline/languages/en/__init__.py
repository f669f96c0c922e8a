"""The English pack."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from timeline.language import Language


@lru_cache(maxsize=1)
def _time() -> Any:
    from timeline.languages.en.grammar import grammar

    return grammar()


def _prose() -> Any:
    from timeline.languages.en import prose

    return prose


LANGUAGE = Language(code="en", name="English", time=_time, prose=_prose)
