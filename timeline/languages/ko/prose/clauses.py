"""Which predicate a time expression governs, and what the clause around it tells.

Korean is head-final: a time stands before its predicate. The exceptions are named rules: the cleft ("…한 것은 3시였다"), the
naming verb ("…한 시각을 3시로 정정했다"), quoting and generic relative clauses that stand between the time and its verb,
grammaticalised verbs (위해, 통해), and lines without any verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.languages.ko.prose.analysis import Item, Nominal, Verbal
from timeline.languages.ko.prose.lexicon import Actions, StatusTable
from timeline.model import Span

ASPECTS = frozenset({"begin", "finish", "postpone"})  # classes that say how far an event has come, not which it is
_TOPICS = frozenset({"은", "는", "이", "가", "도", "을", "를", "에서는", "에는"})


@dataclass(slots=True)
class Clause:
    """The event a time expression belongs to: its verbal (or noun), the items that tell it, and how it was found."""

    rule: str
    head: Verbal | None
    noun: str  # the event noun where the verb is light or absent
    items: list[Item] = field(default_factory=list)
    outer: int = -1  # index of the first item after the head, for status

    @property
    def start(self) -> int:
        """First code point of the clause's items."""
        return min(i.start for i in self.items)

    @property
    def end(self) -> int:
        """End of the clause's items."""
        return max(i.end for i in self.items)


class ClauseFinder:
    """Finds clauses in one sentence's items. ``mentions`` are the spans of time expressions, ``quotes`` of quotations."""

    def __init__(
        self,
        items: Sequence[Item],
        mentions: Sequence[Span],
        quotes: Sequence[Span],
        table: StatusTable,
        actions: Actions,
    ) -> None:
        self.items = list(items)
        self.mentions = list(mentions)
        self.quotes = list(quotes)
        self.table = table
        self.actions = actions

    def of(self, mention: Span) -> Clause | None:
        """The clause a mention belongs to; ``None`` where the sentence holds no event for it."""
        at = self._index(mention)
        if at is None:
            return None
        for rule in (self._cleft, self._naming, self._governing, self._verbless):
            if (clause := rule(at, mention)) is not None:
                return clause
        return None

    def _index(self, mention: Span) -> int | None:
        for index, item in enumerate(self.items):
            if item.start < mention.end and mention.start < max(item.end, item.start + 1):
                last = index
                while last + 1 < len(self.items) and self.items[last + 1].start < mention.end:
                    last += 1
                return last
        return None

    # --- the time is what is named

    def _cleft(self, at: int, mention: Span) -> Clause | None:
        """ "첫 공지를 띄운 것은 오전 11시 58분으로/이었다": the event stands before the time."""
        following = self._next(at)
        item = self.items[at]
        copula = isinstance(following, Verbal) and following.lemma == "이다" and self._ends_near(item, mention)
        trailing = isinstance(item, Nominal) and item.case in {"으로", "로"} and not isinstance(following, Verbal)
        closing = following is None and isinstance(item, Nominal) and not item.case
        if not copula and not trailing and not closing:
            return None
        topic = self._before(at, mention, {"은", "는", "이", "가", "ᆫ", "것은", "건"})
        if topic is None or (closing and self.items[topic].head not in self.table.moment_nouns):  # type: ignore[union-attr]
            return None
        return self._named("cleft", topic, at + (1 if copula else 0), following if copula else None)

    def _naming(self, at: int, mention: Span) -> Clause | None:
        """ "접수된 시각을 밤 10시 53분으로 파악한다", "출국은 2일 오후 3시로 잡혔다"."""
        item = self.items[at]
        if not (isinstance(item, Nominal) and item.case.startswith(("으로", "로")) and self._ends_near(item, mention)):
            return self._naming_quote(at, mention)
        verb = self._first_verbal(at + 1, within=3)
        if verb is None or self.items[verb].lemma not in self.table.naming_verbs:  # type: ignore[union-attr]
            return None
        topic = self._before(at, mention, {"을", "를", "은", "는", "이", "가", "ᆫ", "도"})
        if self._relative_follows(verb) and (topic is None or self._event_noun(self._noun_of(verb + 1))):
            return self._modified_noun(verb)
        return self._named("naming", topic, verb, self.items[verb]) if topic is not None else None

    def _naming_quote(self, at: int, mention: Span) -> Clause | None:
        """ "초진 시각을 1시 25분이라고 밝혔다"."""
        following = self._next(at)
        if not (isinstance(following, Verbal) and following.lemma == "이다" and following.quoting):
            return None
        topic = self._before(at, mention, {"을", "를", "은", "는", "이", "가"})
        return self._named("naming", topic, at + 1, following) if topic is not None else None

    def _relative_follows(self, verb: int) -> bool:
        item = self.items[verb]
        return isinstance(item, Verbal) and item.adnominal and isinstance(self._next(verb), Nominal)

    def _modified_noun(self, verb: int) -> Clause | None:
        """ "오후 4시 30분으로 잡혔던 예방": the noun the relative clause modifies is the event."""
        noun_item = self._next(verb)
        assert isinstance(noun_item, Nominal)
        head = self.items[verb]
        assert isinstance(head, Verbal)
        return Clause("modified noun", head, self._noun_of(verb + 1), self.items[max(0, verb - 1) : verb + 2], verb + 1)

    def _noun_of(self, index: int) -> str:
        """The event noun of a nominal: its head, or the noun before "시각"."""
        item = self.items[index]
        if not isinstance(item, Nominal):
            return ""
        nouns = item.nouns
        return nouns[-2] if item.head in self.table.moment_nouns and len(nouns) > 1 else item.head

    def _named(self, rule: str, topic: int, last: int, head: Item | None) -> Clause:
        noun_item = self.items[topic]
        assert isinstance(noun_item, Nominal)
        before = self.items[topic - 1] if topic else None
        begin = self._clause_begin(topic)
        bare = self._noun_of(topic) == noun_item.head  # "…한 시각", not "…한 상륙 시각"
        if bare and isinstance(before, Verbal) and before.adnominal and noun_item.head in self.table.moment_nouns:
            noun = before.noun if before.noun else self._object_noun(topic - 1)
            return Clause(rule, before, noun, self.items[begin : last + 1], last)
        noun = self._noun_of(topic)
        verbal = head if isinstance(head, Verbal) else None
        return Clause(rule, verbal, noun, self.items[begin : last + 1], last)

    def _before(self, at: int, mention: Span, cases: set[str]) -> int | None:
        """A topic before the mention, not across an independent clause: a named moment first, then an event, then the nearest."""
        found: list[int] = []
        for index in range(at - 1, -1, -1):
            item = self.items[index]
            if isinstance(item, Verbal):
                if self._ends_clause(item) and item.lemma not in self.table.naming_verbs:
                    break
                continue
            if item.start >= mention.start or self._in_mention(item) or not item.head:
                continue
            if item.case in cases or (item.case.endswith(("은", "는")) and "은" in cases):
                found.append(index)
        moments = [i for i in found if self.items[i].head in self.table.moment_nouns]  # type: ignore[union-attr]
        events = [i for i in found if self._event_noun(self.items[i].head)]  # type: ignore[union-attr]
        return next(iter([*moments, *events, *found]), None)

    # --- the time stands before its verb

    def _governing(self, at: int, mention: Span) -> Clause | None:
        chain = self._chain(at, mention)
        if not chain:
            return None
        pick = self._pick(chain)
        head = self.items[pick]
        assert isinstance(head, Verbal)
        if head.adjective and (dated := self._relative_before(at, mention)) is not None:
            return dated
        begin = min(self._clause_begin(at), at)
        noun = self._told_noun(pick, head)
        return Clause("governing", head, noun, self.items[begin : chain[-1] + 1], pick + 1)

    def _relative_before(self, at: int, mention: Span) -> Clause | None:
        """ "센터가 문을 연 2019년에는 기준이 느슨했다": the event is in the clause that describes the time."""
        first = next(i for i, item in enumerate(self.items) if item.start >= mention.start or i == at)
        before = self.items[first - 1] if first else None
        if not (
            isinstance(before, Verbal) and before.adnominal and before.past_event and mention.start - before.end <= 1
        ):
            return None
        begin = self._clause_begin(first - 1)
        noun = before.noun or self._object_noun(first - 1)
        return Clause("relative", before, noun, self.items[begin:first], first)

    def _told_noun(self, pick: int, head: Verbal) -> str:
        """The event noun of a verb: of a light verb what it leans on or modifies ("시작된 불"), else its own."""
        if not self._light(head):
            return head.noun
        following = self._next(pick)
        if head.adnominal and isinstance(following, Nominal) and self._event_noun(following.head):
            return following.head
        leaned = self._object_noun(pick)
        return leaned if self._event_noun(leaned) or not head.noun else head.noun

    def _chain(self, at: int, mention: Span) -> list[int]:
        """Indices of verbals the mention may govern: from the first fit one through connectives of the same event."""
        chain: list[int] = []
        inside = self._quote_of(mention)
        other_since = False  # another time expression has come up that may own the next relative clause
        for index in range(at, len(self.items)):
            item = self.items[index]
            if isinstance(item, Nominal):
                if self._is_other_mention(item, mention):
                    if chain:
                        break
                    other_since = True
                continue
            if item.start < mention.end or self._skipped(index, inside, chain):
                continue
            if self._inner_relative(at, index):
                continue
            if other_since and item.adnominal and self._has_later_verb(index):
                other_since = False
                continue
            chain.append(index)
            if item.adnominal or self._ends_clause(item):
                break
        return chain

    def _skipped(self, index: int, inside: Span | None, chain: list[int]) -> bool:
        item = self.items[index]
        assert isinstance(item, Verbal)
        if self._quote_at(item.start) != inside:
            return True
        if item.lemma in self.table.grammatical_verbs and not item.past and item.ending_tag in {"EC", "ETM", ""}:
            return True
        if (item.lemma == "이다" and item.adnominal) or item.ending_tag == "ETN":
            return True
        if not item.adnominal:
            return False
        following = self._next(index)
        head = following.head if isinstance(following, Nominal) else ""
        if item.quoting:
            return head in self.table.report_nouns and not chain and self._main_verb_after(index, head)
        if head in {"뒤", "후", "직후", "다음", "것", "예정", "계획", "방침", "전망", "중", "가운데", "만큼", "데"}:
            return False
        generic = item.ending in {"는", "던"} or item.lemma in self.table.state_verbs
        return generic and not item.past and self._has_later_verb(index)

    def _inner_relative(self, at: int, index: int) -> bool:
        """ "대원이 무너진 선반에 발목을 다쳤다": a relative clause inside the predicate, after its subject."""
        item = self.items[index]
        following = self._next(index)
        if not (isinstance(item, Verbal) and item.adnominal and isinstance(following, Nominal)):
            return False
        if not following.case.startswith(("에", "을", "를", "로", "으로")) or not self._has_later_verb(index):
            return False
        return any(isinstance(i, Nominal) and i.case in {"이", "가"} for i in self.items[at + 1 : index])

    def _main_verb_after(self, index: int, head: str) -> bool:
        # "연기가 난다는 신고가 접수됐다" tells the report; "만날 것이라는 관측이 나온다" tells the meeting
        later = self._first_verbal(index + 1, within=6)
        if later is None:
            return False
        verb = self.items[later]
        assert isinstance(verb, Verbal)
        return head in self.table.report_events and verb.lemma not in {"나오다", "있다", "이다", "돌다", "나돌다"}

    def _has_later_verb(self, index: int) -> bool:
        return any(isinstance(i, Verbal) and i.lemma != "이다" for i in self.items[index + 1 :])

    def _pick(self, chain: list[int]) -> int:
        """Of a chain ("타고 … 입국했다") the first verb that tells a known event and only supports none; else the last."""
        for strong in (True, False):
            for index in chain:
                verbal = self.items[index]
                assert isinstance(verbal, Verbal)
                if verbal.lemma in self.table.support_verbs and len(chain) > 1 and index != chain[-1]:
                    continue
                if strong and self._class(index) is not None:
                    return index
        final = [i for i in chain if self.items[i].lemma not in self.table.grammatical_verbs]  # type: ignore[union-attr]
        return (final or chain)[0] if not self._light(self.items[chain[0]]) else (final or chain)[-1]

    def _class(self, index: int) -> str | None:
        verbal = self.items[index]
        assert isinstance(verbal, Verbal)
        found = self.actions.of_verb(verbal.lemma)
        if found is None and (self._light(verbal) or verbal.lemma not in self.actions.verbs):
            found = self.actions.of_noun(self._object_noun(index))
        return found

    def _light(self, item: Item) -> bool:
        return isinstance(item, Verbal) and (
            item.lemma in self.table.light_verbs or item.lemma in self.table.naming_verbs
        )

    def _object_noun(self, index: int) -> str:
        """The noun a light verb leans on: its object or subject, an event noun before it, or the sentence's topic."""
        near = ""
        for back in range(index - 1, max(-1, index - 4), -1):
            item = self.items[back]
            if isinstance(item, Verbal):
                break
            if self._in_mention(item) or not item.head:
                continue
            if item.case in _TOPICS or self._event_noun(item.head):
                near = item.head
                break
        if near and self._event_noun(near):
            return near
        return self._topic_noun(index) or near or self._subject_noun(index)

    def _subject_noun(self, index: int) -> str:
        """The nearest topic (은/는) to the left, whatever it is."""
        for item in reversed(self.items[:index]):
            if isinstance(item, Nominal) and item.case in {"은", "는"} and not self._in_mention(item):
                return item.head
        return ""

    def _event_noun(self, noun: str) -> bool:
        told = self.actions.of_noun(noun)
        return told is not None and told not in ASPECTS

    def _topic_noun(self, index: int) -> str:
        """ "환영식은 비가 와서 실내에서 열렸다": the event is the topic, however far back."""
        for item in reversed(self.items[:index]):
            if isinstance(item, Nominal) and item.case in _TOPICS and item.head and self._event_noun(item.head):
                return item.head
            if isinstance(item, Verbal) and item.ending_tag == "EF":
                break
        return ""

    # --- no verb at all

    def _verbless(self, at: int, mention: Span) -> Clause | None:
        """A list line or a headline: the last event noun of the line, right of the time first."""
        right = [i for i in self.items[at:] if isinstance(i, Nominal)]
        left = [i for i in self.items[: at + 1] if isinstance(i, Nominal)]
        for side, event in ((right, True), (left, True), (right, False), (left, False)):
            nouns = [n for item in side for n in _nouns_outside(item, mention)]
            told = [n for n in nouns if (self._event_noun(n) if event else self.actions.of_noun(n))]
            if told:
                return Clause("verbless", None, told[-1], list(side), len(self.items))
        nouns = [n for item in right for n in _nouns_outside(item, mention)]
        return Clause("verbless", None, nouns[-1], list(right), len(self.items)) if nouns else None

    # --- helpers over positions

    def _clause_begin(self, at: int) -> int:
        """Index of the first item of the clause that ends at ``at``: after the last closed clause to the left."""
        for index in range(at - 1, -1, -1):
            item = self.items[index]
            if isinstance(item, Verbal) and (self._ends_clause(item) or self._connects(item)):
                return index + 1
        return 0

    def _ends_clause(self, item: Verbal) -> bool:
        return item.ending_tag == "EF" or (item.ending_tag == "EC" and item.past and not item.quoting)

    def _connects(self, item: Verbal) -> bool:
        return (
            item.ending_tag == "EC"
            and item.ending in {"고", "며", "으며", "지만", "으나", "나", "는데", "ᆫ데", "다가"}
            and not item.quoting
        )

    def _next(self, at: int) -> Item | None:
        return self.items[at + 1] if at + 1 < len(self.items) else None

    def _first_verbal(self, start: int, within: int) -> int | None:
        for index in range(start, min(len(self.items), start + within)):
            if isinstance(self.items[index], Verbal):
                return index
        return None

    def _ends_near(self, item: Item, mention: Span) -> bool:
        return abs(item.end - mention.end) <= 4

    def _in_mention(self, item: Item) -> bool:
        return any(m.start <= item.start and item.end <= m.end for m in self.mentions)

    def _is_other_mention(self, item: Nominal, mention: Span) -> bool:
        return any(m != mention and m.start < item.end and item.start < m.end for m in self.mentions)

    def _quote_of(self, mention: Span) -> Span | None:
        return next((q for q in self.quotes if q.holds(mention)), None)

    def _quote_at(self, at: int) -> Span | None:
        return next((q for q in self.quotes if q.start <= at < q.end), None)


def _nouns_outside(item: Nominal, mention: Span) -> list[str]:
    return [
        t.form
        for t in item.tokens
        if t.tag in {"NNG", "NNP", "SL", "XR"} and not (mention.start <= t.start < mention.end)
    ]
