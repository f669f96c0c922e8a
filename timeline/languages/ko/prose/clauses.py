"""Which predicate a time expression governs, and what the clause around it tells.

Korean is head-final: a time stands before its predicate. The exceptions are named rules: the cleft ("…한 것은 3시였다"), the
naming verb ("…한 시각을 3시로 정정했다"), quoting and generic relative clauses that stand between the time and its verb,
grammaticalised verbs (위해, 통해), and lines without any verb.
"""

from __future__ import annotations

from timeline.languages.ko.prose.analysis import Nominal, Verbal
from timeline.languages.ko.prose.chains import VerbChains
from timeline.languages.ko.prose.layout import ASPECTS, Clause
from timeline.languages.ko.prose.naming import NamedTimes
from timeline.model import Span

__all__ = ["ASPECTS", "Clause", "ClauseFinder"]


class ClauseFinder(VerbChains, NamedTimes):
    """Finds the clause each time expression of a sentence belongs to."""

    def of(self, mention: Span) -> Clause | None:
        """The clause a mention belongs to; ``None`` where the sentence holds no event for it."""
        at = self.index(mention)
        if at is None:
            return None
        for rule in (self.cleft, self.naming, self._followed, self._governing, self._verbless):
            if (clause := rule(at, mention)) is not None:
                return clause
        return None

    def sequel(self, mention: Span) -> Clause | None:
        """ "A를 만난 데 이어 B와도 회동했다": the clause told to have followed, where no other time stands in it."""
        at = self.index(mention)
        later = range(at + 1, len(self.items)) if at is not None else ()
        index = next((i for i in later if self.tells_before(i)), None)
        if index is None or any(m.start > mention.start for m in self.mentions):
            return None
        return self._governing(index + 1, Span(start=self.items[index].start, end=self.items[index].end))

    def _followed(self, at: int, mention: Span) -> Clause | None:
        """ "10일 1차 공판에 이어 …": the event is the noun that the rest is told to follow."""
        index = next((i for i in range(at, len(self.items)) if isinstance(self.items[i], Verbal)), None)
        if index is None or not self.tells_before(index) or self.items[index].start < mention.end:
            return None
        items = self.items[min(self.clause_begin(at), at) : index]
        noun = items[-1].head if isinstance(items[-1], Nominal) else ""
        return Clause("followed", None, noun, items, index) if self.event_noun(noun) else None

    def _governing(self, at: int, mention: Span) -> Clause | None:
        chain = self.chain(at, mention)
        if not chain:
            return None
        pick = self._pick(chain)
        head = self.items[pick]
        assert isinstance(head, Verbal)
        if head.adjective and (dated := self._relative_before(at, mention)) is not None:
            return dated
        begin = min(self.clause_begin(at), at)
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
        begin = self.clause_begin(first - 1)
        noun = before.noun or self.object_noun(first - 1)
        return Clause("relative", before, noun, self.items[begin:first], first)

    def _told_noun(self, pick: int, head: Verbal) -> str:
        """The event noun of a verb: of a light verb what it leans on or modifies ("시작된 불"), else its own."""
        if not self.light(head):
            return head.noun
        following = self.next(pick)
        if head.adnominal and isinstance(following, Nominal) and self.event_noun(following.head):
            return following.head
        leaned = self.object_noun(pick)
        return leaned if self.event_noun(leaned) or not head.noun else head.noun

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
        return (final or chain)[0] if not self.light(self.items[chain[0]]) else (final or chain)[-1]

    def _class(self, index: int) -> str | None:
        verbal = self.items[index]
        assert isinstance(verbal, Verbal)
        found = self.actions.of_verb(verbal.lemma)
        if found is None and (self.light(verbal) or verbal.lemma not in self.actions.verbs):
            found = self.actions.of_noun(self.object_noun(index))
        return found

    def _verbless(self, at: int, mention: Span) -> Clause | None:
        """A list line or a headline: the last event noun of the line, right of the time first."""
        right = [i for i in self.items[at:] if isinstance(i, Nominal)]
        left = [i for i in self.items[: at + 1] if isinstance(i, Nominal)]
        for side, event in ((right, True), (left, True), (right, False), (left, False)):
            nouns = [n for item in side for n in _nouns_outside(item, mention)]
            told = [n for n in nouns if (self.event_noun(n) if event else self.actions.of_noun(n))]
            if told:
                return Clause("verbless", None, told[-1], list(side), len(self.items))
        nouns = [n for item in right for n in _nouns_outside(item, mention)]
        return Clause("verbless", None, nouns[-1], list(right), len(self.items)) if nouns else None


def _nouns_outside(item: Nominal, mention: Span) -> list[str]:
    return [
        t.form
        for t in item.tokens
        if t.tag in {"NNG", "NNP", "SL", "XR"} and not (mention.start <= t.start < mention.end)
    ]
