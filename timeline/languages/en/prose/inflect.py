"""English inflection: the forms of a verb, and the singular of a noun; rules here, exceptions in ``verbs.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

_VOWEL_CONSONANT = re.compile(r"[^aeiou]*(?:qu)?[aeiou][bcdfgklmnprtvz]")


class Form(StrEnum):
    """A form of a verb; PAST and PARTICIPLE are the same word for regular verbs."""

    BASE = "base"
    PRESENT = "present"  # the third person, "arrives"
    PAST = "past"
    PARTICIPLE = "participle"
    GERUND = "gerund"


class Inflection:
    """Makes verb forms from base forms. ``irregular`` rows are base, past, participle; "burned/burnt" is two."""

    def __init__(
        self,
        irregular: Iterable[Sequence[str]],
        doubling: Iterable[str],
        single: Iterable[str],
        nouns: Mapping[str, str],
    ) -> None:
        self._irregular = {row[0]: (row[1].split("/"), row[2].split("/")) for row in irregular}
        self._doubling = frozenset(doubling)
        self._single = frozenset(single)
        self._nouns = dict(nouns)

    def forms(self, base: str) -> dict[str, set[Form]]:
        """Every spelling of a verb with the forms it stands for. ``base`` is one word in lower case."""
        out: dict[str, set[Form]] = {base: {Form.BASE}}

        def add(word: str, form: Form) -> None:
            out.setdefault(word, set()).add(form)

        add(self._present(base), Form.PRESENT)
        for word in self._suffixed(base, "ing"):
            add(word, Form.GERUND)
        past, participle = self._irregular.get(base, (self._suffixed(base, "ed"), self._suffixed(base, "ed")))
        for word in past:
            add(word, Form.PAST)
        for word in participle:
            add(word, Form.PARTICIPLE)
        return out

    def singular(self, noun: str) -> str:
        """The singular of a lower-case noun; a word that is none stays as it is."""
        if noun in self._nouns:
            return self._nouns[noun]
        if noun.endswith("men") and len(noun) > 5 and not noun.endswith(("amen", "imen")):
            return noun[:-3] + "man"
        if len(noun) <= 3 or not noun.endswith("s") or noun.endswith(("ss", "us", "is")):
            return noun
        if noun.endswith("ies"):
            return noun[:-3] + "y"
        if noun.endswith(("ches", "shes", "sses", "xes", "zes")):
            return noun[:-2]
        return noun[:-1]

    def _present(self, base: str) -> str:
        if base.endswith(("s", "x", "z", "ch", "sh", "o")):
            return base + "es"
        return base[:-1] + "ies" if _consonant_y(base) else base + "s"

    def _suffixed(self, base: str, suffix: str) -> list[str]:
        if base.endswith("ie") and suffix == "ing":
            return [base[:-2] + "ying"]
        if base.endswith("e") and not (suffix == "ing" and base.endswith(("ee", "oe", "ye"))):
            return [base[:-1] + suffix]
        if _consonant_y(base) and suffix == "ed":
            return [base[:-1] + "ied"]
        plain = base + suffix
        doubled = base + base[-1] + suffix
        if base in self._single:
            return [plain]
        if base in self._doubling:
            return [plain, doubled]
        return [doubled] if _VOWEL_CONSONANT.fullmatch(base) else [plain]


def _consonant_y(base: str) -> bool:
    return base.endswith("y") and base[-2:-1] not in set("aeiou")
