"""Numbers that know the plural of the word after them, for templates in a language that has one."""

from __future__ import annotations


class Count(int):
    """A number for a template: ``{n} claim{n:s}`` gives "1 claim" and "2 claims"; otherwise formatted as any number."""

    def __format__(self, spec: str) -> str:
        if spec == "s":
            return "" if self == 1 else "s"
        return super().__format__(spec)


def counted(value: object) -> object:
    """A whole number as :class:`Count`, anything else as it is."""
    return Count(value) if isinstance(value, int) and not isinstance(value, bool) else value
