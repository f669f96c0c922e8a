"""Morphemes to items: nominal and verbal groups of a sentence, in order, with offsets into the document.

Kiwi (kiwipiepy, Apache-2.0) does the morphology. Time expressions and learned names are handed to it as ready tokens, so
that "오는 29일" is no verb and a rare name is no noun plus particle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from timeline.model import Span

NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "SN", "SL", "SH", "XPN", "XSN", "XR", "MM"})
TIME = "W_SERIAL"  # the tag time expressions are handed in with
PARTICLES = frozenset({"JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC"})
STEMS = frozenset({"VV", "VA", "VX", "VCN", "VCP"})
SUFFIXES = frozenset({"XSV", "XSA"})
ENDINGS = frozenset({"EF", "EC", "ETM", "ETN"})


@dataclass(frozen=True, slots=True)
class Token:
    """A morpheme: form, Sejong tag, dictionary form, and its range in the document."""

    form: str
    tag: str
    lemma: str
    start: int
    end: int
    unknown: bool = False  # not in the analyser's dictionary


@dataclass(slots=True)
class Nominal:
    """A run of nouns with its particle: ``case`` is the joined particles ("에서는"), ``nouns`` the noun forms."""

    tokens: list[Token]
    case: str = ""

    @property
    def start(self) -> int:
        """First code point."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """End of the nouns, particle left out."""
        return self.tokens[-1].end

    @property
    def nouns(self) -> list[str]:
        """The noun forms, in order."""
        return [t.form for t in self.tokens if t.tag in {"NNG", "NNP", "SL", "XR", "NNB", "NP"}]

    @property
    def head(self) -> str:
        """The last noun."""
        nouns = self.nouns
        return nouns[-1] if nouns else ""


@dataclass(slots=True)
class Verbal:
    """A predicate with its endings: ``lemma`` (noun+하다 joined), ``noun`` of a noun predicate, tense and ending marks."""

    lemma: str
    start: int
    end: int
    noun: str = ""
    past: bool = False
    future: bool = False  # 겠 or a prospective 을/ㄹ ending
    ending: str = ""
    ending_tag: str = ""
    adjective: bool = False
    aux: list[str] = field(default_factory=list)

    @property
    def progressive(self) -> bool:
        """-고 있다."""
        return "있다" in self.aux

    @property
    def negated(self) -> bool:
        """-지 않다, -지 못하다, 안."""
        return "않다" in self.aux or "못하다" in self.aux

    @property
    def adnominal(self) -> bool:
        """Modifies the noun after it."""
        return self.ending_tag == "ETM"

    @property
    def past_event(self) -> bool:
        """Tells something over: a past tense, or a past adnominal ("판 때")."""
        return self.past or (self.ending_tag == "ETM" and self.ending in {"ᆫ", "은", "던"})

    @property
    def quoting(self) -> bool:
        """-다고, -라는, -다며: tells what somebody says."""
        return bool(_QUOTING.search(self.ending)) and self.ending_tag in {"EC", "ETM", "EF"}


Item = Nominal | Verbal
_QUOTING = re.compile(r"(?:다고|라고|냐고|자고|다는|라는|자는|냐는|다며|라며|다던|라던|다면서)$")


@cache
def _kiwi() -> Any:
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1, load_multi_dict=False, load_typo_dict=False)


def sentences(text: str, block: Span, ready: Sequence[tuple[Span, str]]) -> Iterator[list[Token]]:
    """The tokens of each sentence of a block. ``ready`` holds spans given as finished tokens with their tag."""
    part = block.of(text)
    held = [(s.start - block.start, s.end - block.start, tag) for s, tag in ready if block.holds(s)]
    tokens = _kiwi().tokenize(part, pretokenized=held or None)
    current: list[Token] = []
    position = None
    for t in tokens:
        if position is not None and t.sent_position != position and current:
            yield current
            current = []
        position = t.sent_position
        start = block.start + t.start
        current.append(Token(t.form, t.tag.split("-")[0], t.lemma, start, start + t.len, t.oov))
    if current:
        yield current


def tokens_of(text: str) -> list[Token]:
    """The tokens of a short text by itself."""
    return [
        Token(t.form, t.tag.split("-")[0], t.lemma, t.start, t.start + t.len, t.oov) for t in _kiwi().tokenize(text)
    ]


def join(parts: Iterable[tuple[str, str]]) -> str:
    """Morphemes (form, tag) joined into written Korean."""
    return str(_kiwi().join(list(parts)))


def items(tokens: Sequence[Token]) -> list[Item]:
    """The items of a sentence, in order; punctuation and adverbs are left out but break nominal runs."""
    out: list[Item] = []
    run: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.tag == TIME:
            _flush(out, run)
            out.append(Nominal([token]))
            i += 1
            continue
        if token.tag in NOMINAL:
            run.append(token)
            i += 1
            continue
        if token.tag in SUFFIXES and run:
            noun = run.pop()
            _flush(out, run)
            verbal, i = _verbal(tokens, i + 1, f"{noun.form}{token.form}다", noun.start, noun.form)
            verbal.adjective = token.tag == "XSA"
            out.append(verbal)
        elif token.tag in STEMS:
            noun_form = run[-1].form if token.tag == "VCP" and run else ""
            _flush(out, run)
            verbal, i = _verbal(tokens, i + 1, token.lemma, token.start, noun_form)
            verbal.adjective = token.tag == "VA"
            out.append(verbal)
        elif token.tag in PARTICLES:
            i = _particles(tokens, i, out, run)
        else:
            if not _joins(token):
                _flush(out, run)
            i += 1
    _flush(out, run)
    return out


def _joins(token: Token) -> bool:
    # brackets and middle dots inside a name or a list do not end it
    return (token.tag in {"SSO", "SSC"} and token.form in "()") or token.form in {"·", "-"}


def _flush(out: list[Item], run: list[Token]) -> None:
    if run:
        out.append(Nominal(list(run)))
        run.clear()


_WHOLE = {"ᆫ": "은", "ᆯ": "을"}  # contracted particles: 건, 걸


def _particles(tokens: Sequence[Token], i: int, out: list[Item], run: list[Token]) -> int:
    case = ""
    while i < len(tokens) and tokens[i].tag in PARTICLES:
        case += _WHOLE.get(tokens[i].form, tokens[i].form)
        i += 1
    if run:
        out.append(Nominal(list(run), case))
        run.clear()
    elif out and isinstance(out[-1], Nominal) and not out[-1].case:
        out[-1].case = case
    return i


def _verbal(tokens: Sequence[Token], i: int, lemma: str, start: int, noun: str) -> tuple[Verbal, int]:
    verbal = Verbal(lemma, start, tokens[i - 1].end, noun)
    while i < len(tokens):
        token = tokens[i]
        if token.tag == "EP":
            verbal.past = verbal.past or token.form in {"었", "았", "였", "엇"}
            verbal.future = verbal.future or token.form == "겠"
        elif token.tag in ENDINGS:
            verbal.ending, verbal.ending_tag = token.form, token.tag
            verbal.end = token.end
            i = _after_ending(tokens, i, verbal)
            if i < 0:
                return verbal, -i
            continue
        else:
            break
        verbal.end = token.end
        i += 1
    return verbal, i


def _after_ending(tokens: Sequence[Token], i: int, verbal: Verbal) -> int:
    """Go on through an auxiliary (고 있다, 어 지다) or "-기로 하다"; else the negated index says the group is closed."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if verbal.ending_tag == "EC" and following is not None and following.tag == "VX":
        if following.lemma == "지다":
            verbal.lemma = _passive(verbal.lemma)
        elif following.lemma == "하다" and verbal.lemma == "알다":
            verbal.lemma = "알리다"
        else:
            verbal.aux.append(following.lemma)
        verbal.end = following.end
        return i + 2
    if verbal.ending_tag == "ETN" and following is not None and following.form == "로":
        after = tokens[i + 2] if i + 2 < len(tokens) else None
        if after is not None and after.lemma == "하다":
            verbal.aux.append("기로 하다")
            verbal.end = after.end
            return i + 3
    if verbal.ending_tag == "ETM" and verbal.ending in {"ᆯ", "을"}:
        verbal.future = True
    return -(i + 1)


def _passive(lemma: str) -> str:
    return {"미루다": "미뤄지다", "늦추다": "늦춰지다", "알리다": "알려지다"}.get(lemma, lemma)
