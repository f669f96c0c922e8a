"""Every error this program raises on purpose, under one base class.

Disagreement and unreadable expressions are values, not errors; an error is wrong use or an input that cannot be read at
all. A message quotes the offending value, says where it stands and what to do about it.
"""

from __future__ import annotations


class TimelineError(Exception):
    """Base of all errors raised on purpose; its text is fit to be shown to a person as it is."""


class InputError(TimelineError):
    """An input (file, record, line) that could not be read; the run goes on with the others."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class UsageError(TimelineError):
    """The program was called in a way that cannot mean anything."""


class OutputError(TimelineError):
    """An output could not be written; what stood there before is untouched."""


class LanguagePackError(TimelineError):
    """A table or rule of a language pack is not what the pack promises: names the file, the rule and the word."""


class CorrectionsError(TimelineError):
    """A corrections file names something unknown or cannot be read."""
