"""English documents to statements: one per time expression and event, and one per order cue without a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from timeline.languages.en.prose.clauses import Clause, Clauses
from timeline.languages.en.prose.content import Content
from timeline.languages.en.prose.lexicon import Lexicon, lexicon
from timeline.languages.en.prose.moments import no_event, story
from timeline.languages.en.prose.names import EnglishNames
from timeline.languages.en.prose.predicates import Predicates
from timeline.languages.en.prose.revisions import corrected, judged, moved
from timeline.languages.en.prose.sentences import quotations, sentences, tokens
from timeline.languages.en.prose.status import StatusReader
from timeline.languages.en.prose.voice import Voice
from timeline.languages.en.prose.wording import Wording
from timeline.model import Authority, Block, BlockKind, Document, Mention, Role, Span, Status, TimexType
from timeline.prose import TIMES_OF_A_SENTENCE, NoEvent, Reading, Statement, is_ahead

_NO_TIME = frozenset({TimexType.DURATION, TimexType.SET})
_CUE_REACH = 40  # an order cue stands this near the start of its sentence


@dataclass(slots=True)
class _State:
    """What the text so far has set up: who was last the subject, whom it named."""

    subject: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


class EnglishProse:
    """Reads English prose. Stateless; names are learned per case."""

    def learn(self, documents: Sequence[Document]) -> EnglishNames:
        """People, bodies and places of a case."""
        return EnglishNames(documents)

    def near(self) -> dict[str, frozenset[str]]:
        """Classes of action told of one and the same event."""
        return dict(lexicon().actions.near)

    def read(self, document: Document, mentions: Sequence[Mention], names: EnglishNames) -> tuple[Statement, ...]:
        """The statements of one document, in text order."""
        out: list[Statement] = []
        state = _State()
        blocks = document.blocks or (Block(kind=BlockKind.BODY, span=Span(start=0, end=len(document.text))),)
        told = any(b.kind not in {BlockKind.HEADLINE, BlockKind.SUBHEAD} and b.kind.is_content for b in blocks)
        for block in blocks:
            if not block.kind.is_content:
                continue
            repeats = told and block.kind in {BlockKind.HEADLINE, BlockKind.SUBHEAD}
            here = [m for m in mentions if block.span.holds(m.span)]
            told_here = story(document.text, block.span)
            early = [m for m in here if not told_here.holds(m.span)]
            out += [Statement(document.id, m.span, m.span, m, "", (), (), no_event=NoEvent.STATE) for m in early]
            for span in sentences(document.text, told_here, [m.span for m in here]):
                reader = _Sentence(document, block, span, here, names, state)
                found = reader.statements()
                out = judged(out, reader.text.lower(), found, lexicon().status.phrases.untrue)
                out += [replace(s, no_event=NoEvent.REPEATED) for s in found] if repeats else found
        return tuple(out)


class _Sentence:
    """One sentence with its tokens, clauses and readers."""

    def __init__(
        self,
        document: Document,
        block: Block,
        span: Span,
        mentions: Sequence[Mention],
        names: EnglishNames,
        state: _State,
    ) -> None:
        self.document, self.block, self.span, self.names, self.state = document, block, span, names, state
        self.lexicon: Lexicon = lexicon()
        self.table = self.lexicon.status
        self.text = span.of(document.text)
        self.mentions = [m for m in mentions if span.holds(m.span)][:TIMES_OF_A_SENTENCE]
        self.times = [m for m in self.mentions if m.type not in _NO_TIME]
        lengths = frozenset(i for i, m in enumerate(self.mentions) if m.type in _NO_TIME)
        self.tokens = tokens(document.text, span, [m.span for m in self.mentions], lengths)
        self.clauses = Clauses(self.tokens, Predicates(self.tokens, self.lexicon).all(), self.lexicon)
        self.status = StatusReader(self.clauses, self.tokens, self.lexicon)
        self.wording = Wording(self.tokens, self.clauses, names, self.lexicon)
        self.voice = Voice(self.text, self.clauses, self.wording, self.lexicon)
        self.content = Content(self.tokens, self.clauses, self.lexicon)
        self.quotes = quotations(document.text, span)

    def statements(self) -> list[Statement]:
        """Statements of the sentence: of each mention, or of an order cue where there is none."""
        measured = next((m.duration for m in self.mentions if m.type is TimexType.DURATION and m.duration), None)
        out = [self._of_mention(m, measured) for m in self.mentions]
        out = corrected(moved(out, self.document.text, self.table), self.text, self.document.text, self.table)
        if not self.times and (cued := self._cued()) is not None:
            out.append(cued)
        self._remember()
        return out

    def _token_of(self, mention: Mention) -> int:
        return next((i for i, t in enumerate(self.tokens) if t.mention >= 0 and t.start == mention.span.start), -1)

    def _of_mention(self, mention: Mention, measured: str | None) -> Statement:
        at = self._token_of(mention)
        clause = self.clauses.of_time(at) if at >= 0 else None
        reason = no_event(self.document, self.text, mention, at, clause, self.clauses, self.lexicon)
        if reason is not None or clause is None:
            return self._empty(mention, reason or NoEvent.NO_PREDICATE)
        reading = self._reading(clause, mention, at)
        statement = self._build(clause, reading, mention, mention.duration or measured)
        leaning = clause.part >= 0 and not self.clauses.parts[clause.part].group.finite
        if (reading.state or leaning) and not statement.actions:
            return replace(statement, no_event=NoEvent.STATE)
        return statement

    def _reading(self, clause: Clause, mention: Mention, at: int) -> Reading:
        ahead = is_ahead(self.document, mention)
        reading = self.status.read(clause, at, ahead=ahead)
        if ahead and reading.status is Status.OCCURRED and not reading.retracted:
            reading.status, reading.told_past = Status.PLANNED, False
        if self.block.kind is BlockKind.CAPTION and reading.present and not ahead:
            reading.status = Status.OCCURRED if reading.status is Status.PLANNED else reading.status
        return reading

    def _empty(self, mention: Mention, reason: NoEvent) -> Statement:
        return Statement(self.document.id, self.span, mention.span, mention, "", (), (), no_event=reason)

    # --- without a time expression

    def _cued(self) -> Statement | None:
        """ "Later he flew to the coast.": an event known by order only."""
        if self.block.kind is not BlockKind.BODY or self.quotes:
            return None
        cue, word = self._cue()
        index = next((i for i, p in enumerate(self.clauses.parts) if p.group.finite and p.link != "relative"), -1)
        if cue is None or index < 0:
            return None
        part = self.clauses.parts[index]
        clause = Clause("order cue", index, None, part.begin, part.end)
        reading = self.status.read(clause, part.begin, ahead=None)
        if reading.status is not Status.OCCURRED or not reading.told_past or reading.state:
            return None
        statement = self._build(clause, reading, None, None)
        return replace(statement, cue=cue, cue_word=word) if statement.actions else None

    def _cue(self) -> tuple[Literal["after", "before"] | None, str]:
        low = self.text.lower()
        hits: list[tuple[int, int, Literal["after", "before"]]] = []
        phrases = self.table.phrases
        kinds: dict[Literal["after", "before"], tuple[str, ...]] = {
            "after": phrases.order_after,
            "before": phrases.order_before,
        }
        for kind, row in kinds.items():
            for phrase in row:
                match = re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", low[:_CUE_REACH])
                if match is not None:
                    hits.append((match.start(), -len(phrase), kind))
        if not hits:
            return None, ""
        start, size, kind = min(hits)
        return kind, self.text[start : start - size]

    # --- building

    def _build(self, clause: Clause, reading: Reading, mention: Mention | None, measured: str | None) -> Statement:
        begin, end = self._extent(clause)
        actors = self._actors(clause)
        place = self.wording.place(clause)
        attribution, authority = self.voice.of(clause.part)
        if reading.hearsay and authority is Authority.OWN:
            authority = Authority.HEARSAY
        if authority is Authority.OWN and self.document.official:
            attribution, authority = self.document.outlet, Authority.OFFICIAL
        span = self._span(begin, end, mention)
        group = self.clauses.parts[clause.part].group if clause.part >= 0 else None
        return Statement(
            document=self.document.id,
            sentence=self.span,
            span=span,
            mention=mention,
            predicate=group.verb
            if group is not None and clause.noun is None
            else clause.noun.noun
            if clause.noun
            else "",
            actions=self.content.classes(clause, self.document.text[span.start : span.end].lower()),
            content=self.content.words(clause),
            actors=tuple(a for a in actors if place is None or a not in place),
            place=place,
            object=self.wording.object(clause),
            summary=self.wording.title(clause, next(iter(self._lead(clause)), None)),
            status=reading.status,
            told_past=reading.told_past,
            attribution=attribution,
            authority=authority,
            role=self._role(mention, group.verb if group is not None else ""),
            retracted=reading.retracted,
            replaces=reading.replaces,
            moved_plan=reading.moved,
            measured=measured,
            refers=clause.rule == "modified noun" and self._definite(clause, mention),
            inside_quote=mention is not None and any(q.holds(mention.span) for q in self.quotes),
        )

    def _extent(self, clause: Clause) -> tuple[int, int]:
        """The tokens a clause covers: its part, conjunction and all (so clauses of one sentence touch), and its subject."""
        begin, end = clause.begin, clause.end
        if clause.part >= 0:
            part = self.clauses.parts[clause.part]
            begin = min(begin, part.group.start)
            end = max(end, part.group.end)
            if part.link in {"closing", "relative"} or part.group.reduced:
                begin = min(begin, part.subject[0])
        while begin < end and self.tokens[begin].kind == "mark":
            begin += 1
        while end > begin and self.tokens[end - 1].kind == "mark":
            end -= 1
        return begin, end

    def _span(self, begin: int, end: int, mention: Mention | None) -> Span:
        start = self.tokens[begin].start if begin < len(self.tokens) else self.span.start
        stop = self.tokens[end - 1].end if end > begin else start
        if mention is not None:
            start, stop = min(start, mention.span.start), max(stop, mention.span.end)
        return Span(start=start, end=max(stop, start + 1))

    def _actors(self, clause: Clause) -> tuple[str, ...]:
        """Full names in the clause, its subject first."""
        inside = self.names.in_text(self._written(*self._extent(clause)))
        return tuple(dict.fromkeys([*self._lead(clause), *inside]))

    def _lead(self, clause: Clause) -> list[str]:
        """Whom the subject names; a pronoun is whoever was last the subject."""
        if clause.part < 0:
            return []
        subject = self.clauses.parts[clause.part].subject
        lead = self.names.in_text(self._written(*subject))
        low = [t.low for t in self.tokens[slice(*subject)]]
        possessed = low[:1] in (["his"], ["her"], ["their"]) and not any(map(self.names.is_person, lead))
        if lead and not possessed:
            return lead
        words = " ".join(low)
        pairs = self.table.phrases
        for known, named in ((pairs.pairs, self.state.persons), (pairs.body_pairs, self.state.bodies)):
            if any(f" {pair} " in f" {words} " for pair in known):
                return named[-2:]
        if low and low[0] in self.lexicon.words.person_pronouns:
            return self._meant(low[0])
        return [words.removeprefix("the ")] if words in self.lexicon.people.known_bodies else []

    def _meant(self, pronoun: str) -> list[str]:
        """Whom a pronoun means: the last subject, for "he" and "she" a person."""
        subject = self.state.subject[:1]
        if pronoun in {"they", "their"} or any(self.names.is_person(name) for name in subject):
            return subject
        return self.state.persons[-1:]

    def _written(self, begin: int, end: int) -> str:
        if begin >= end:
            return ""
        return self.document.text[self.tokens[begin].start : self.tokens[end - 1].end]

    def _definite(self, clause: Clause, mention: Mention | None) -> bool:
        """Whether the noun after the time names an event already told: "Monday's meeting", not "a Monday meeting"."""
        at = self._token_of(mention) if mention is not None else -1
        return at >= 0 and not any(t.low in {"a", "an", "another"} for t in self.tokens[max(0, at - 2) : at])

    def _role(self, mention: Mention | None, verb: str) -> Role:
        if mention is None or mention.bound is None:
            return Role.INSTANT
        if mention.bound == "until":
            return Role.END if verb in self.table.continuing_verbs else Role.INSTANT
        return Role.START if mention.bound == "from" else Role.INSTANT

    def _remember(self) -> None:
        """Keep who was the subject (a speaker only where nobody else was) and people and bodies in the order they were named."""
        spoke: list[str] = []
        acted: list[str] = []
        for part in self.clauses.parts:
            lead = self.names.in_text(self._written(*part.subject))
            if not lead or part.link == "relative":
                continue
            if part.group.verb in self.table.saying_verbs and part.link != "start":
                spoke = spoke or lead
            else:
                acted = acted or lead
        self.state.subject = acted or spoke or self.state.subject
        for name in self.names.in_text(self.text):
            named = self.state.persons if self.names.is_person(name) else self.state.bodies
            if name in named:
                named.remove(name)
            named.append(name)
