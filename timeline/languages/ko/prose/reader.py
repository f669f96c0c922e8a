"""Korean documents to statements: one per time expression and event, and one per order cue without a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from timeline.languages.ko.prose.analysis import TIME, Item, Nominal, Verbal, items, sentences
from timeline.languages.ko.prose.clauses import ASPECTS, Clause, ClauseFinder
from timeline.languages.ko.prose.lexicon import actions, people_table, status_table
from timeline.languages.ko.prose.names import KoreanNames
from timeline.languages.ko.prose.status import Reading, StatusReader
from timeline.languages.ko.prose.wording import object_of, phrase, place_of, subject_of, title_of
from timeline.model import AnchorKind, Authority, Block, BlockKind, Document, Mention, Role, Span, Status, TimexType
from timeline.prose import NoEvent, Statement

_OPENING = re.compile(
    r"\([가-힣A-Za-z·, ]{1,20}=[가-힣A-Za-z0-9]{2,12}\)\s*(?:[가-힣]{2,4} ?)+(?:기자|특파원)?\s*=\s*"
    r"|\[[^\]\n]{2,30}(?:기자|특파원)\]\s*|\[(?:앵커|리포트|기자)\]\s*|\[[^\]\n:]{2,30}:\s*"
)
_QUOTE = re.compile(r"[\"“]([^\"”]{2,400})[\"”]")
_ATTRIBUTED = re.compile(r"^\s*[^,.\"“]{0,30}?(?:에|에게) (?:따르면|의하면)")
_SAYS = re.compile(
    r"(?:다고|라고|다며|라며|다면서|냐고) (?:[가-힣]{1,6} )?(?:밝혔|말했|전했|설명했|주장했|강조했|덧붙였|해명했|발표했|알렸)"
)
_ATTRIBUTION = re.compile(r"([가-힣A-Za-z0-9 ]{1,24}?)(?:에|에게) (?:따르면|의하면)")
_MOMENT = re.compile(r"([가-힣]{2,4}) (?:시각|시점|시간)")
_NAMED = re.compile(r"(?:으로|로|이라고|라고|이라던|으로만)\b|(?:으로|로) ?(?:알|밝|발표|전|파악|잡)")
_JUDGING = frozenset({"맞다", "옳다", "틀리다", "다르다", "이다"})
_CORRECTED = re.compile(
    r"(?:당초|애초|처음)[^.]*?(?:밝혔|발표했|알렸|파악했|알려졌|전했)[^.]*?(?:정정|수정|바로잡|고쳤|변경)"
)


@dataclass(slots=True)
class _State:
    """What the text so far has set up: who was last the subject, who was last named together."""

    subject: list[str] = field(default_factory=list)
    pair: list[str] = field(default_factory=list)  # the people last named together
    polite: bool = False
    moment: str = ""  # the class of the event whose time was last spoken of ("최초 신고 시각")


class KoreanProse:
    """Reads Korean prose. Stateless; names are learned per case."""

    def learn(self, documents: Sequence[Document]) -> KoreanNames:
        """People and bodies of a case."""
        return KoreanNames(documents)

    def near(self) -> dict[str, frozenset[str]]:
        """Classes of action that reports use for one and the same event."""
        return dict(actions().near)

    def read(self, document: Document, mentions: Sequence[Mention], names: KoreanNames) -> tuple[Statement, ...]:
        """The statements of one document, in text order."""
        out: list[Statement] = []
        state = _State(polite=len(re.findall(r"니다[.\s]", document.text)) >= 3)
        blocks = document.blocks or (Block(kind=BlockKind.BODY, span=Span(start=0, end=len(document.text))),)
        told = any(b.kind not in {BlockKind.HEADLINE, BlockKind.SUBHEAD} and b.kind.is_content for b in blocks)
        for block in blocks:
            if not block.kind.is_content:
                continue
            repeats = told and block.kind in {BlockKind.HEADLINE, BlockKind.SUBHEAD}
            here = [m for m in mentions if block.span.holds(m.span)]
            ready = _ready(document.text, block.span, here, names)
            told_here = _story(document.text, block.span)
            for tokens in sentences(document.text, told_here, ready):
                reader = _Sentence(document, block, items(tokens), here, names, state)
                found = reader.statements(Span(start=tokens[0].start, end=tokens[-1].end))
                out = _judged(out, reader.sentence, found, self.deny_phrases)
                out += [replace(s, no_event=NoEvent.REPEATED) for s in found] if repeats else found
        return tuple(out)

    @property
    def deny_phrases(self) -> tuple[str, ...]:
        """Words that call what was just told untrue."""
        return status_table().deny_phrases


def _story(text: str, block: Span) -> Span:
    """The block without the dateline and byline it opens with, or the name before a quoted speech."""
    match = _OPENING.match(text, block.start, block.end)
    return Span(start=match.end(), end=block.end) if match else block


def _judged(
    told: list[Statement], sentence: str, found: Sequence[Statement], phrases: Sequence[str]
) -> list[Statement]:
    """A rumour told in one sentence and called untrue in the next, which tells no event of its own, is denied."""
    if not told or found or told[-1].status is not Status.RUMOURED or not any(p in sentence for p in phrases):
        return told
    return [*told[:-1], replace(told[-1], status=Status.DENIED)]


def _ready(text: str, block: Span, mentions: Sequence[Mention], names: KoreanNames) -> list[tuple[Span, str]]:
    taken = [m.span for m in mentions]
    named = [s for s in names.spans(text, block) if not any(s.overlaps(t) for t in taken)]
    return sorted([(s, TIME) for s in taken] + [(s, "NNP") for s in named], key=lambda pair: pair[0].start)


class _Sentence:
    def __init__(
        self,
        document: Document,
        block: Block,
        parts: list[Item],
        mentions: Sequence[Mention],
        names: KoreanNames,
        state: _State,
    ) -> None:
        self.document, self.block, self.items, self.names, self.state = document, block, parts, names, state
        self.text = document.text
        self.block_mentions = mentions
        self.table, self.people, self.actions = status_table(), people_table(), actions()

    def statements(self, span: Span) -> list[Statement]:
        """Statements of the sentence: of each mention, or of an order cue where there is none."""
        mentions = [m for m in self.block_mentions if span.holds(m.span)]
        self.spans = [m.span for m in mentions]
        self.sentence = self.text[span.start : span.end]
        quotes = [Span(start=span.start + m.start(), end=span.start + m.end()) for m in _QUOTE.finditer(self.sentence)]
        self.finder = ClauseFinder(self.items, self.spans, quotes, self.table, self.actions)
        self.status = StatusReader(self.items, self.text, self.table)
        self.quotes = quotes
        measured = next((m.duration for m in mentions if m.type is TimexType.DURATION and m.duration), None)
        out = [self._of_mention(m, span, measured) for m in mentions if m.type not in _NO_TIME]
        out = self._moved(out)
        out += [s for s in [self._cued(span)] if s is not None] if not out else []
        self._remember()
        return out

    # --- with a time expression

    def _of_mention(self, mention: Mention, span: Span, measured: str | None) -> Statement:
        if (reason := self._no_event(mention)) is not None:
            return self._empty(mention, span, reason)
        clause = self.finder.of(mention.span)
        if clause is None:
            return self._empty(mention, span, NoEvent.NO_PREDICATE)
        reading = self._reading(clause, mention)
        statement = self._build(clause, reading, mention, span, mention.duration or measured)
        return self._corrected(statement, mention)

    def _no_event(self, mention: Mention) -> NoEvent | None:
        if mention.type is TimexType.DURATION:
            return NoEvent.DURATION
        if mention.type is TimexType.SET:
            return NoEvent.RECURRENCE
        tail = self.text[mention.span.end : mention.span.end + 45]
        if _ATTRIBUTED.match(tail):
            return NoEvent.ATTRIBUTION
        if self._announces(mention):
            return NoEvent.ATTRIBUTION
        if mention.interval is None:
            return NoEvent.STATE
        return None

    def _announces(self, mention: Mention) -> bool:
        """ "경찰은 5일 …라고 밝혔다": the day of saying, where it is the day of publication."""
        published = self.document.publication.interval
        interval = mention.interval
        if published is None or interval is None or interval.start is None or published.start is None:
            return False
        if interval.grain != "day" or interval.start.date() != published.start.date() or mention.anchor is None:
            return False
        index = next((i for i, item in enumerate(self.items) if item.start == mention.span.start), 0)
        before = self.items[index - 1] if index else None
        topic = isinstance(before, Nominal) and before.case in {"은", "는", "이", "가"}
        return topic and index <= 4 and _SAYS.search(self.text[mention.span.end :][:300].split("\n")[0]) is not None

    def _reading(self, clause: Clause, mention: Mention) -> Reading:
        reading = self.status.read(clause, ahead=_ahead(self.document, mention), polite=self.state.polite)
        if _ahead(self.document, mention) and reading.status is Status.OCCURRED and not reading.retracted:
            # a morning report telling the afternoon in the past
            reading.status, reading.told_past = Status.PLANNED, False
        if self.block.kind is BlockKind.CAPTION and reading.present and reading.status is Status.PLANNED:
            reading.status = Status.OCCURRED if not _ahead(self.document, mention) else Status.PLANNED
        return reading

    def _corrected(self, statement: Statement, mention: Mention) -> Statement:
        """ "당초 1시 25분이라고 밝혔으나 … 1시 52분으로 정정했다": the first is taken back, the last stands."""
        if not _CORRECTED.search(self.sentence) or len(self.spans) < 2:
            return statement
        clocks = [m for m in self.block_mentions if m.span in self.spans and m.interval is not None]
        if mention == clocks[0]:
            return replace(statement, status=Status.DENIED, retracted=True)
        if mention == clocks[-1]:
            first = self.finder.of(clocks[0].span)
            noun = first.noun if first else ""
            told = self.actions.of_noun(noun)
            actions_ = (told,) if told else statement.actions
            extra = tuple(w for w in (noun,) if w)
            return replace(
                statement,
                status=Status.OCCURRED,
                told_past=True,
                retracted=False,
                replaces=True,
                actions=actions_,
                content=(*statement.content, *extra),
            )
        return statement

    def _moved(self, told: list[Statement]) -> list[Statement]:
        """ "3시로 잡혔던 …는 5시로 미뤄졌다", "3시에서 5시로 늦췄다": the first time is given up for the second."""
        out = list(told)
        for i in range(len(out) - 1):
            first, second = out[i], out[i + 1]
            if first.mention is None or second.mention is None or first.no_event or second.no_event:
                continue
            between = self.text[first.mention.span.end : second.mention.span.start]
            shifted = second.predicate in self.table.moving_verbs or second.predicate in self.table.retract_verbs
            if between.strip() in {"에서", "을", "를"} and shifted:
                past = any(v.past_event for v in self._heads_before(first.mention.span.start))
                status = Status.DENIED if past else Status.PLANNED
                out[i] = replace(
                    first,
                    status=status,
                    retracted=past,
                    moved_plan=not past,
                    told_past=past,
                    actions=second.actions,
                    content=second.content,
                )
                out[i + 1] = replace(second, status=Status.OCCURRED if past else second.status, replaces=past)
            elif _NAMED.match(between) and second.predicate in self.table.retract_verbs:
                out[i] = replace(
                    first, status=Status.DENIED, retracted=True, told_past=True, actions=second.actions or first.actions
                )
                out[i + 1] = replace(second, status=Status.OCCURRED, replaces=True, retracted=False, told_past=True)
            elif (first.status is Status.PLANNED and second.predicate in self.table.moving_verbs) or (
                first.status is Status.PLANNED and first.predicate in self.table.schedule_verbs and second.told_past
            ):
                out[i] = replace(first, moved_plan=True)
        return out

    def _heads_before(self, at: int) -> list[Verbal]:
        return [i for i in self.items if isinstance(i, Verbal) and i.end <= at][-1:]

    # --- without one

    def _cued(self, span: Span) -> Statement | None:
        """ "저커버그는 이후 …로 이동해": an event known by order only."""
        after = next((c for c in self.table.order_after if c in self.sentence), None)
        before = next((c for c in self.table.order_before if c in self.sentence), None)
        if (after is None and before is None) or self.quotes or self.block.kind is not BlockKind.BODY:
            return None
        cue = after or before
        assert cue is not None
        at = span.start + self.sentence.index(cue)
        if at - span.start > 25:
            return None
        clause = self.finder.of(Span(start=at, end=at + len(cue)))
        if clause is None or clause.head is None:
            return None
        reading = self.status.read(clause, ahead=None, polite=True)
        if reading.status is not Status.OCCURRED or not reading.told_past:
            return None
        statement = self._build(clause, reading, None, span, None)
        return (
            replace(statement, cue="after" if after else "before", cue_word=cue.strip()) if statement.actions else None
        )

    # --- building

    def _empty(self, mention: Mention, span: Span, reason: NoEvent) -> Statement:
        return Statement(self.document.id, span, mention.span, mention, "", (), (), no_event=reason)

    def _build(
        self, clause: Clause, reading: Reading, mention: Mention | None, span: Span, measured: str | None
    ) -> Statement:
        begin = min(clause.start, mention.span.start) if mention else clause.start
        end = max(clause.end, mention.span.end) if mention else clause.end
        if clause.head is not None:
            end = max(end, clause.head.end)
        actors = self._actors(clause, begin, end)
        place = place_of(clause.items, self.text, self.spans, self.people)
        classes = self._classes(clause, begin, end)
        attribution, authority = self._voice(reading)
        return Statement(
            document=self.document.id,
            sentence=span,
            span=Span(start=begin, end=min(end, span.end)),
            mention=mention,
            predicate=clause.head.lemma if clause.head else clause.noun,
            actions=classes,
            content=self._content(clause, begin, end),
            actors=actors,
            place=place,
            object=object_of(clause.items, self.text, self.spans),
            summary=title_of(clause, actors, place, self.text, self.spans, self.table),
            status=reading.status,
            told_past=reading.told_past,
            attribution=attribution,
            authority=authority,
            role=self._role(mention, clause),
            retracted=reading.retracted,
            moved_plan=reading.moved,
            measured=measured,
            refers=self._refers(mention),
            inside_quote=any(q.holds(mention.span) for q in self.quotes) if mention else False,
        )

    def _classes(self, clause: Clause, begin: int, end: int) -> tuple[str, ...]:
        """The head's class first, then the classes of the clause's other nouns and verbs, weak words last."""
        found: dict[str, None] = {}
        text = self.text[begin : min(end + 2, len(self.text))]
        for name in self.actions.in_text(text):
            found.setdefault(name)
        for word in (clause.noun, clause.head.lemma if clause.head else ""):
            told = (self.actions.of_verb(word) if word.endswith("다") else self.actions.of_noun(word)) if word else None
            if told:
                found.setdefault(told)
        for item in reversed(clause.items):
            for told in self._item_classes(item):
                found.setdefault(told)
        if (
            clause.head is not None
            and clause.head.adnominal
            and not clause.head.quoting
            and (modified := self._modified(clause))
        ):
            found.setdefault(modified)
        if not found and (clause.head is None or clause.head.lemma in self.table.naming_verbs | _JUDGING):
            found.update(dict.fromkeys([self.state.moment] if self.state.moment else []))
        if not found:
            words = [clause.noun, clause.head.lemma if clause.head else ""]
            words += [n for i in clause.items if isinstance(i, Nominal) for n in i.nouns]
            for word in words:
                if word and (weak := self.actions.of_weak(word)):
                    found.setdefault(weak)
        if "다시 " in text and not set(found) - ASPECTS:
            found = {"restore": None, **found}
        # "만찬을 시작했다" tells a dinner; that it began comes second
        return tuple(sorted(found, key=lambda name: name in ASPECTS))

    def _modified(self, clause: Clause) -> str | None:
        """The class of the noun an adnominal verb modifies: "센터를 덮친 불"."""
        index = next(i for i, item in enumerate(self.items) if item is clause.head)
        following = self.items[index + 1] if index + 1 < len(self.items) else None
        if not isinstance(following, Nominal) or following.head in self.table.moment_nouns:
            return None
        return self.actions.of_noun(following.head)

    def _item_classes(self, item: Item) -> list[str]:
        if isinstance(item, Verbal):
            told = self.actions.of_verb(item.lemma)
            return [told] if told else []
        common = [t.form for t in item.tokens if t.tag in {"NNG", "XR"}]  # a name that looks like an event is none
        return [t for n in reversed(common) if (t := self.actions.of_noun(n))]

    def _content(self, clause: Clause, begin: int, end: int) -> tuple[str, ...]:
        words: dict[str, None] = {}
        topic = next((i for i in self.items if isinstance(i, Nominal) and i.case in {"은", "는", "이", "가"}), None)
        scope = [*clause.items, *([topic] if topic is not None else [])]
        for item in scope:
            if isinstance(item, Verbal):
                words.setdefault(item.noun or item.lemma)
            elif not any(m.start <= item.start < m.end for m in self.spans):
                for token in item.tokens:
                    if token.tag in {"NNG", "NNP", "SL", "XR"}:
                        words.setdefault(token.form)
                        words.update(dict.fromkeys(self._stem(token.form)))
                    elif token.tag == "SN":
                        words.setdefault(token.form)
        return tuple(w for w in words if w not in self.table.empty_nouns and w not in self.table.light_verbs)

    def _stem(self, name: str) -> list[str]:
        """ "두레전자" is also called "두레": the name of a body without the word for what it is."""
        if name not in self.names.bodies:
            return []
        return [name[: -len(b)] for b in self.people.bodies if name.endswith(b) and len(name) - len(b) >= 2][:1]

    def _actors(self, clause: Clause, begin: int, end: int) -> tuple[str, ...]:
        found = dict.fromkeys(self.names.in_text(self.text[begin:end]))
        subject = subject_of(clause.items, self.spans)
        words = phrase(subject, self.text) if subject is not None else ""
        if any(pair in self.text[begin:end] for pair in self.people.pairs):
            found.update(dict.fromkeys(self.state.pair))
        elif subject is None or words in self.people.pronouns:
            found = {**dict.fromkeys(self.state.subject[:1]), **found}
        elif not self.names.in_text(words) and len(words) <= 20 and self._acts(subject):
            found = {words: None, **found}
        lead = self.names.in_text(words)
        return tuple(dict.fromkeys([*lead, *found]))

    def _acts(self, subject: Nominal | None) -> bool:
        if subject is None:
            return False
        head = subject.head
        return (
            head in self.people.known_bodies
            or any(head.endswith(b) for b in self.people.bodies)
            or head in self.people.titles
        )

    def _voice(self, reading: Reading) -> tuple[str | None, Authority]:
        match = _ATTRIBUTION.search(self.sentence)
        if match:
            return match[1].strip(), Authority.ATTRIBUTED if not reading.hearsay else Authority.HEARSAY
        if self.document.official:
            return self.document.outlet, Authority.OFFICIAL
        if reading.hearsay:
            return None, Authority.HEARSAY
        return None, Authority.OWN

    def _refers(self, mention: Mention | None) -> bool:
        """ "이날 회동에서": the time only points at an event already told, by its noun."""
        if mention is None or mention.anchor is None or mention.anchor.kind is not AnchorKind.NARRATIVE:
            return False
        match = re.match(
            r" ([가-힣]{2,4})(?:에서|에는|에|은|는|의|도|에서는|에서도)[ ]", self.text[mention.span.end :][:12]
        )
        return match is not None and self.actions.of_noun(match[1]) is not None

    def _role(self, mention: Mention | None, clause: Clause) -> Role:
        if mention is None or mention.bound is None:
            return Role.INSTANT
        continuing = clause.head is not None and clause.head.lemma in self.table.continuing_verbs
        if mention.bound == "until":
            return Role.END if continuing else Role.INSTANT
        return Role.START if mention.bound == "from" else Role.INSTANT

    def _remember(self) -> None:
        subject = subject_of(self.items, self.spans)
        if subject is not None:
            lead = self.names.in_text(phrase(subject, self.text))
            if lead:
                self.state.subject = lead
        for match in _MOMENT.finditer(self.sentence):
            if told := self.actions.of_noun(match[1]):
                self.state.moment = told
        together = [n for n in self.names.in_text(self.sentence) if self.names.is_person(n)]
        if len(together) >= 2:
            self.state.pair = together[:2]


_NO_TIME = frozenset({TimexType.DURATION, TimexType.SET})


def _ahead(document: Document, mention: Mention) -> bool | None:
    """True where the time lies after publication, False where it lies before, None on the same stretch or unknown."""
    published, interval = document.publication.interval, mention.interval
    if published is None or interval is None or interval.start is None or published.start is None:
        return None
    limit = published.end or published.start
    if interval.start >= limit or (published.grain.is_clock() and interval.start > published.start):
        return True
    if interval.end is not None and interval.end <= published.start:
        return False
    if interval.grain.is_clock() and published.grain.is_clock():
        return interval.start > published.start
    return None
