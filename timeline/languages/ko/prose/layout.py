"""Where things stand in one sentence: items, time expressions, quotations; and what a noun or verb leans on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.languages.ko.prose.analysis import Item, Nominal, Verbal
from timeline.languages.ko.prose.lexicon import Actions, StatusTable
from timeline.model import Span

ASPECTS = frozenset(
    {"begin", "finish", "postpone", "whole", "part"}
)  # classes that say how far an event has come, not which it is
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


class Layout:
    """One sentence's items. ``mentions`` are the spans of time expressions, ``quotes`` of quotations."""

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

    def index(self, mention: Span) -> int | None:
        """The last item the time expression lies in."""
        for index, item in enumerate(self.items):
            if item.start < mention.end and mention.start < max(item.end, item.start + 1):
                last = index
                while last + 1 < len(self.items) and self.items[last + 1].start < mention.end:
                    last += 1
                return last
        return None

    def light(self, item: Item) -> bool:
        """Whether the verb carries no event of its own."""
        return isinstance(item, Verbal) and (
            item.lemma in self.table.light_verbs or item.lemma in self.table.naming_verbs
        )

    def object_noun(self, index: int) -> str:
        """The noun a light verb leans on: its object or subject, an event noun before it, or the sentence's topic."""
        near = ""
        for back in range(index - 1, max(-1, index - 4), -1):
            item = self.items[back]
            if isinstance(item, Verbal):
                break
            if self.in_mention(item) or not item.head:
                continue
            if item.case in _TOPICS or self.event_noun(item.head):
                near = item.head
                break
        if near and self.event_noun(near):
            return near
        return self.topic_noun(index) or near or self.subject_noun(index)

    def subject_noun(self, index: int) -> str:
        """The nearest topic (은/는) to the left, whatever it is."""
        for item in reversed(self.items[:index]):
            if isinstance(item, Nominal) and item.case in {"은", "는"} and not self.in_mention(item):
                return item.head
        return ""

    def event_noun(self, noun: str) -> bool:
        """Whether a noun tells an event, not only how far it has come."""
        told = self.actions.of_noun(noun)
        return told is not None and told not in ASPECTS

    def topic_noun(self, index: int) -> str:
        """ "환영식은 비가 와서 실내에서 열렸다": the event is the topic, however far back."""
        for item in reversed(self.items[:index]):
            if isinstance(item, Nominal) and item.case in _TOPICS and item.head and self.event_noun(item.head):
                return item.head
            if isinstance(item, Verbal) and item.ending_tag == "EF":
                break
        return ""

    def noun_of(self, index: int) -> str:
        """The event noun of a nominal: its head, or the noun before "시각"."""
        item = self.items[index]
        if not isinstance(item, Nominal):
            return ""
        nouns = item.nouns
        return nouns[-2] if item.head in self.table.moment_nouns and len(nouns) > 1 else item.head

    def clause_begin(self, at: int) -> int:
        """Index of the first item of the clause that ends at ``at``: after the last closed clause to the left."""
        for index in range(at - 1, -1, -1):
            item = self.items[index]
            if isinstance(item, Verbal) and (self.ends_clause(item) or self.connects(item) or self.follows_on(index)):
                return index + 1
        return 0

    def follows_on(self, index: int) -> bool:
        """ "…를 만난 데 이어", "1차 공판에 이어": what is told next followed what stands before ("10일에 이어" adds a time)."""
        item, before = self.items[index], self.items[index - 1] if index else None
        if not (
            isinstance(item, Verbal) and item.lemma == "잇다" and item.ending == "어" and isinstance(before, Nominal)
        ):
            return False
        return (before.case == "에" or before.head == "데") and not self.in_mention(before)

    def tells_before(self, index: int) -> bool:
        """Whether what stands before such an "이어" tells an event of its own, not only whom or what else it befell."""
        before = self.items[index - 1] if index and self.follows_on(index) else None
        return isinstance(before, Nominal) and (before.head == "데" or self.event_noun(before.head))

    def ends_clause(self, item: Verbal) -> bool:
        """Whether the verb closes a clause."""
        return item.ending_tag == "EF" or (item.ending_tag == "EC" and item.past and not item.quoting)

    def connects(self, item: Verbal) -> bool:
        """Whether the verb joins its clause to the next."""
        return (
            item.ending_tag == "EC"
            and item.ending in {"고", "며", "으며", "지만", "으나", "나", "는데", "ᆫ데", "다가"}
            and not item.quoting
        )

    def next(self, at: int) -> Item | None:
        """The item after."""
        return self.items[at + 1] if at + 1 < len(self.items) else None

    def first_verbal(self, start: int, within: int) -> int | None:
        """Index of the first verb of a stretch."""
        for index in range(start, min(len(self.items), start + within)):
            if isinstance(self.items[index], Verbal):
                return index
        return None

    def ends_near(self, item: Item, mention: Span) -> bool:
        """Whether the item ends where the time does."""
        return abs(item.end - mention.end) <= 4

    def in_mention(self, item: Item) -> bool:
        """Whether the item is a time expression."""
        return any(m.start <= item.start and item.end <= m.end for m in self.mentions)

    def is_other_mention(self, item: Nominal, mention: Span) -> bool:
        """Whether the item holds another time expression."""
        return any(m.start < item.end and item.start < m.end and m != mention for m in self.mentions)

    def quote_of(self, mention: Span) -> Span | None:
        """The quotation the time stands in."""
        return next((q for q in self.quotes if q.holds(mention)), None)

    def quote_at(self, at: int) -> Span | None:
        """The quotation at a place."""
        return next((q for q in self.quotes if q.start <= at < q.end), None)

    def has_later_verb(self, index: int) -> bool:
        """Whether a verb with a meaning of its own follows."""
        return any(isinstance(i, Verbal) and i.lemma != "이다" for i in self.items[index + 1 :])
