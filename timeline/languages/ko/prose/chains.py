"""Which verbs a time expression may govern: the first fit one after it and those joined to it in one event.

Passed over are quoting verbs, grammaticalised ones (위해, 통해), generic and inner relative clauses.
"""

from __future__ import annotations

from timeline.languages.ko.prose.analysis import Nominal, Verbal
from timeline.languages.ko.prose.layout import Layout
from timeline.model import Span


class VerbChains(Layout):
    """Finds the verbs after a time expression that may tell its event."""

    def chain(self, at: int, mention: Span) -> list[int]:
        """Indices of verbals the mention may govern: from the first fit one through connectives of the same event."""
        chain: list[int] = []
        inside = self.quote_of(mention)
        other_since = False  # another time expression has come up that may own the next relative clause
        for index in range(at, len(self.items)):
            item = self.items[index]
            if isinstance(item, Nominal):
                if not self.is_other_mention(item, mention):
                    continue
                if chain:
                    break
                other_since = True
                continue
            if item.start >= mention.end and self.tells_before(index):
                break
            if item.start < mention.end or self._skipped(index, inside, chain):
                continue
            if self._inner_relative(at, index):
                continue
            if other_since and item.adnominal and self.has_later_verb(index):
                other_since = False
                continue
            chain.append(index)
            if item.adnominal or self.ends_clause(item):
                break
        return chain

    def _skipped(self, index: int, inside: Span | None, chain: list[int]) -> bool:
        item = self.items[index]
        assert isinstance(item, Verbal)
        if self.quote_at(item.start) != inside:
            return True
        if item.lemma in self.table.grammatical_verbs and not item.past and item.ending_tag in {"EC", "ETM", ""}:
            return True
        if (item.lemma == "이다" and item.adnominal) or item.ending_tag == "ETN":
            return True
        if not item.adnominal:
            return False
        following = self.next(index)
        head = following.head if isinstance(following, Nominal) else ""
        if item.quoting:
            return head in self.table.report_nouns and not chain and self._main_verb_after(index, head)
        if head in {"뒤", "후", "직후", "다음", "것", "예정", "계획", "방침", "전망", "중", "가운데", "만큼", "데"}:
            return False
        if item.adjective and self.has_later_verb(index):
            return True  # "빈 축사에서", "같은 항로에서"
        generic = item.ending in {"는", "던"} or item.lemma in self.table.state_verbs
        return generic and not item.past and self.has_later_verb(index)

    def _inner_relative(self, at: int, index: int) -> bool:
        """ "대원이 무너진 선반에 발목을 다쳤다": a relative clause inside the predicate, after its subject."""
        item = self.items[index]
        following = self.next(index)
        if not (isinstance(item, Verbal) and item.adnominal and isinstance(following, Nominal)):
            return False
        if not following.case.startswith(("에", "을", "를", "로", "으로")) or not self.has_later_verb(index):
            return False
        return any(isinstance(i, Nominal) and i.case in {"이", "가"} for i in self.items[at + 1 : index])

    def _main_verb_after(self, index: int, head: str) -> bool:
        # "연기가 난다는 신고가 접수됐다" tells the report; "만날 것이라는 관측이 나온다" tells the meeting
        later = self.first_verbal(index + 1, within=6)
        if later is None:
            return False
        verb = self.items[later]
        assert isinstance(verb, Verbal)
        return head in self.table.report_events and verb.lemma not in {"나오다", "있다", "이다", "돌다", "나돌다"}
