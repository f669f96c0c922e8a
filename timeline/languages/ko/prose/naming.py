"""The time that is named rather than told: "…한 것은 3시였다", "…한 시각을 3시로 정정했다"; the event stands before it."""

from __future__ import annotations

from timeline.languages.ko.prose.analysis import Item, Nominal, Verbal
from timeline.languages.ko.prose.layout import Clause, Layout
from timeline.model import Span


class NamedTimes(Layout):
    """Rules for cleft sentences and naming verbs."""

    def cleft(self, at: int, mention: Span) -> Clause | None:
        """ "첫 공지를 띄운 것은 오전 11시 58분으로/이었다": the event stands before the time."""
        following = self.next(at)
        item = self.items[at]
        copula = isinstance(following, Verbal) and following.lemma == "이다" and self.ends_near(item, mention)
        trailing = isinstance(item, Nominal) and item.case in {"으로", "로"} and not isinstance(following, Verbal)
        if trailing and isinstance(following, Nominal) and self.is_other_mention(following, mention):
            trailing = False  # "오후 2시로 하루 미뤄졌다": the length of the move stands before its verb
        closing = following is None and isinstance(item, Nominal) and not item.case
        if not (copula or trailing or closing or self._affirmed(at, mention)):
            return None
        topic = self.before(at, mention, {"은", "는", "이", "가", "것은", "건"})
        if topic is None or (closing and self.items[topic].head not in self.table.moment_nouns):  # type: ignore[union-attr]
            return None
        return self.named("cleft", topic, at + (1 if copula else 0), following if copula else None)

    def _affirmed(self, at: int, mention: Span) -> bool:
        """ "…한 건 1시 40분쯤이 틀림없다"."""
        item, following = self.items[at], self.next(at)
        if not (isinstance(item, Nominal) and item.case in {"이", "가"} and self.ends_near(item, mention)):
            return False
        return isinstance(following, Verbal) and following.lemma in self.table.affirming_verbs

    def naming(self, at: int, mention: Span) -> Clause | None:
        """ "접수된 시각을 밤 10시 53분으로 파악한다", "출국은 2일 오후 3시로 잡혔다"."""
        item = self.items[at]
        if not (isinstance(item, Nominal) and item.case.startswith(("으로", "로")) and self.ends_near(item, mention)):
            return self.naming_quote(at, mention)
        verb = self.first_verbal(at + 1, within=3)
        if verb is None or self.items[verb].lemma not in self.table.naming_verbs:  # type: ignore[union-attr]
            return None
        topic = self.before(at, mention, {"을", "를", "은", "는", "이", "가", "도"})
        if self.relative_follows(verb) and (topic is None or self.event_noun(self.noun_of(verb + 1))):
            return self.modified_noun(verb)
        return self.named("naming", topic, verb, self.items[verb]) if topic is not None else None

    def naming_quote(self, at: int, mention: Span) -> Clause | None:
        """ "초진 시각을 1시 25분이라고 밝혔다"."""
        following = self.next(at)
        if not (isinstance(following, Verbal) and following.lemma == "이다" and following.quoting):
            return None
        topic = self.before(at, mention, {"을", "를", "은", "는", "이", "가"})
        return self.named("naming", topic, at + 1, following) if topic is not None else None

    def relative_follows(self, verb: int) -> bool:
        """Whether the verb modifies a noun after it."""
        item = self.items[verb]
        return isinstance(item, Verbal) and item.adnominal and isinstance(self.next(verb), Nominal)

    def modified_noun(self, verb: int) -> Clause | None:
        """ "오후 4시 30분으로 잡혔던 예방": the noun the relative clause modifies is the event."""
        noun_item = self.next(verb)
        assert isinstance(noun_item, Nominal)
        head = self.items[verb]
        assert isinstance(head, Verbal)
        return Clause("modified noun", head, self.noun_of(verb + 1), self.items[max(0, verb - 1) : verb + 2], verb + 1)

    def named(self, rule: str, topic: int, last: int, head: Item | None) -> Clause:
        """The clause of a named moment."""
        noun_item = self.items[topic]
        assert isinstance(noun_item, Nominal)
        before = self.items[topic - 1] if topic else None
        begin = self.clause_begin(topic)
        bare = self.noun_of(topic) == noun_item.head  # "…한 시각", not "…한 상륙 시각"
        if bare and isinstance(before, Verbal) and before.adnominal and noun_item.head in self.table.moment_nouns:
            noun = before.noun if before.noun else self.object_noun(topic - 1)
            return Clause(rule, before, noun, self.items[begin : last + 1], last)
        noun = self.noun_of(topic)
        verbal = head if isinstance(head, Verbal) else None
        return Clause(rule, verbal, noun, self.items[begin : last + 1], last)

    def before(self, at: int, mention: Span, cases: set[str]) -> int | None:
        """A topic before the mention, not across an independent clause: a named moment first, then an event, then the nearest."""
        found: list[int] = []
        for index in range(at - 1, -1, -1):
            item = self.items[index]
            if isinstance(item, Verbal):
                if self.ends_clause(item) and item.lemma not in self.table.naming_verbs:
                    break
                continue
            if item.start >= mention.start or self.in_mention(item) or not item.head:
                continue
            if item.case in cases or (item.case.endswith(("은", "는")) and "은" in cases):
                found.append(index)
        moments = [i for i in found if self.items[i].head in self.table.moment_nouns]  # type: ignore[union-attr]
        events = [i for i in found if self.event_noun(self.items[i].head)]  # type: ignore[union-attr]
        return next(iter([*moments, *events, *found]), None)
