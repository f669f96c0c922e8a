"""Whether a told event happened: read from the endings and verbs after it, in the order Korean stacks them.

Tense and mood of the event's own verb first; then what the outer verbs make of it (예정이다, 것으로 알려졌다, 사실과 다르다).
Present tense is a plan where the time lies ahead of publication, and a report where it lies behind.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.languages.ko.prose.analysis import Item, Nominal, Verbal
from timeline.languages.ko.prose.clauses import Clause
from timeline.languages.ko.prose.lexicon import StatusTable
from timeline.model import Status
from timeline.prose import Reading

_CHAIN = 40  # verbs a chain of connectives is followed over


class StatusReader:
    """Reads the status of clauses of one sentence. ``ahead`` tells whether the time lies after publication."""

    def __init__(self, items: Sequence[Item], text: str, table: StatusTable) -> None:
        self.items = list(items)
        self.text = text
        self.table = table

    def read(self, clause: Clause, *, ahead: bool | None, polite: bool) -> Reading:
        """The reading of a clause. ``ahead``: True after publication, False before, None on the same day or unknown."""
        reading = self._own(clause, ahead, polite)
        tail = self.tail(clause)
        self._outer(reading, tail, clause, ahead)
        return reading

    def tail(self, clause: Clause) -> list[Item]:
        """Items after the head up to the end of its finite clause."""
        out: list[Item] = []
        start = clause.outer if clause.head is None else self._position(clause.head) + 1
        closed = clause.head is not None and _finite(clause.head)
        if closed:
            return out
        quoted = clause.head is not None and clause.head.quoting
        for item in self.items[start:]:
            out.append(item)
            if isinstance(item, Verbal) and _finite(item):
                if quoted and item.ending in {"지만", "으나", "나", "는데", "ᆫ데"}:
                    quoted = False  # "…했다고 적었지만 사실과 다르다": the contrast judges what was said
                    continue
                break
        return out

    def _position(self, head: Verbal) -> int:
        return next(i for i, item in enumerate(self.items) if item is head)

    def _own(self, clause: Clause, ahead: bool | None, polite: bool, chained: int = 0) -> Reading:
        head = clause.head
        if head is None:
            return self._from_nouns(clause, ahead)
        if head.lemma in self.table.schedule_verbs and clause.rule in {"naming", "modified noun", "governing"}:
            scheduled = clause.rule != "governing" or head.lemma in {"예정되다", "예고되다", "계획되다"}
            if scheduled:
                return Reading(Status.PLANNED, told_past=False)
        if head.lemma in self.table.moving_verbs and (
            clause.rule in {"naming", "modified noun"} or head.lemma in self.table.postponing_verbs
        ):
            if self._held_then(head):
                return Reading(Status.OCCURRED, told_past=True)
            return Reading(Status.PLANNED, told_past=False, moved=clause.rule == "modified noun")
        if head.adnominal and head.future and self._then(head, ahead):
            return Reading(Status.OCCURRED, told_past=True)
        if head.future or _only_meant(head):
            return Reading(Status.PLANNED, told_past=False)
        if head.past:
            return Reading(Status.OCCURRED, told_past=True)
        if head.adnominal:
            return self._adnominal(head, ahead)
        if head.ending_tag == "EC" and not head.quoting:
            return self._connected(clause, head, ahead, polite, chained)
        return self._present(head, ahead, polite)

    def _agreed(self, head: Verbal, verbs: Sequence[Verbal], ahead: bool | None) -> bool:
        """ "회담하고 …기로 했다": they have met, and agreed."""
        agreed = any("기로 하다" in v.aux for v in verbs)
        return agreed and ahead is not True and head.ending_tag == "EC" and head.lemma in self.table.conferring_verbs

    def _held_then(self, head: Verbal) -> bool:
        """ "9일로 앞당겨 시작했다": moved, and held by now."""
        at = self._position(head) + 1
        following = self.items[at] if at < len(self.items) else None
        joined = head.ending_tag == "EC" and isinstance(following, Verbal)
        return joined and following.past and following.lemma in self.table.holding_verbs  # type: ignore[union-attr]

    def _then(self, head: Verbal, ahead: bool | None) -> bool:
        """ "1일 밤 체포할 당시", "3일 도착할 때": the time of what was over."""
        at = self._position(head) + 1
        following = self.items[at] if at < len(self.items) else None
        noun = following.nouns[0] if isinstance(following, Nominal) and following.nouns else ""
        return noun == "당시" or (noun in {"때", "무렵", "즈음"} and ahead is False)

    def _adnominal(self, head: Verbal, ahead: bool | None) -> Reading:
        if head.ending in {"ᆫ", "은", "던"}:
            return Reading(Status.OCCURRED, told_past=True)
        planned = ahead is True
        return Reading(Status.PLANNED if planned else Status.OCCURRED, told_past=not planned, present=True)

    def _connected(self, clause: Clause, head: Verbal, ahead: bool | None, polite: bool, chained: int) -> Reading:
        """A connective without tense takes the tense of the next verb of the chain, as far as chains of prose go."""
        after = self._position(head) + 1
        for item in self.items[after:] if chained < _CHAIN else ():
            if isinstance(item, Verbal) and item.lemma not in self.table.grammatical_verbs:
                following = Clause(clause.rule, item, item.noun, [item], after)
                rule = Clause("chained", item, following.noun, [item], self._position(item) + 1)
                reading = self._own(rule, ahead, polite, chained + 1)
                self._outer(reading, self.tail(rule), rule, ahead)
                return Reading(Status.OCCURRED, told_past=True) if self._agreed(head, [item], ahead) else reading
        return self._present(head, ahead, polite)

    def _present(self, head: Verbal, ahead: bool | None, polite: bool) -> Reading:
        if head.progressive or head.lemma in self.table.state_verbs:
            return Reading(Status.PLANNED if ahead else Status.OCCURRED, told_past=False, present=True)
        if ahead is True or (ahead is None and not polite):
            return Reading(Status.PLANNED, told_past=False, present=True)
        return Reading(Status.OCCURRED, told_past=ahead is False, present=True)

    def _from_nouns(self, clause: Clause, ahead: bool | None) -> Reading:
        text = self.text[clause.start : clause.end + 12]
        if any(noun in text for noun in ("예정", "계획", "방침", "전망", "목표")):
            return Reading(Status.PLANNED, told_past=False)
        if any(word in text for word in self.table.cancel_words):
            return Reading(Status.CANCELLED, told_past=False)
        planned = ahead is True
        return Reading(Status.PLANNED if planned else Status.OCCURRED, told_past=not planned and ahead is False)

    # --- what the outer verbs make of it

    def _outer(self, reading: Reading, tail: Sequence[Item], clause: Clause, ahead: bool | None) -> None:
        head = clause.head
        words = [i.head for i in tail if isinstance(i, Nominal)]
        verbs = [i for i in tail if isinstance(i, Verbal)]
        span_text = self.text[clause.start : max([clause.end, *(i.end for i in tail)]) + 6]
        plan = head is not None and (head.future or not head.past)
        if (plan and self._planned(head, words, verbs, ahead)) or self._before_a_plan(head, tail, ahead):
            reading.status, reading.told_past = Status.PLANNED, False
        if self._rumoured(head, words):
            reading.status, reading.hearsay = Status.RUMOURED, True
        if any(v.lemma in self.table.hearsay_verbs for v in [*verbs, *([head] if head else [])]):
            reading.hearsay = True
        if self._spreads(clause):
            denied = any(phrase in self.text[clause.start : self.items[-1].end] for phrase in self.table.deny_phrases)
            reading.status, reading.hearsay = Status.DENIED if denied else Status.RUMOURED, True
        elif self._denied(head, verbs, span_text):
            rumour = self._rumoured(head, words)
            reading.status, reading.retracted = Status.DENIED, not rumour
        elif self._cancelled(head, clause.noun, words, verbs):
            reading.status = Status.CANCELLED

    def _before_a_plan(self, head: Verbal | None, tail: Sequence[Item], ahead: bool | None) -> bool:
        """ "오전 중 끌어온 뒤 9일 감식을 벌일 예정이다": what is to be done first is still to be done."""
        nominals = [i for i in tail if isinstance(i, Nominal) and i.nouns]
        if head is None or not head.adnominal or ahead is False or not nominals:
            return False
        return nominals[0].nouns[0] in {"뒤", "후", "다음"} and nominals[-1].head in self.table.plan_nouns - {"것"}

    def _planned(self, head: Verbal | None, words: Sequence[str], verbs: Sequence[Verbal], ahead: bool | None) -> bool:
        if head is None or (head.quoting and head.past) or self._agreed(head, verbs, ahead):
            return False
        if head.adnominal and head.ending in {"ᆯ", "을"}:
            return not self._then(head, ahead)
        if head.adnominal and "목표" in words[:2]:
            return True  # "주불을 잡는 것을 목표로 하고 있다"
        by_noun = bool(words) and words[0] in self.table.plan_nouns - {"것"} and head.adnominal and not head.past_event
        by_verb = any(v.lemma in self.table.plan_verbs or "기로 하다" in v.aux for v in verbs) and not head.past_event
        return by_noun or (by_verb and not head.adnominal) or any(v.future for v in verbs[:1] if not head.adnominal)

    def _spreads(self, clause: Clause) -> bool:
        """ "…라는 소문이 밤 11시쯤 퍼졌다": what is told is the rumour's content."""
        if clause.head is None or clause.head.lemma not in self.table.spreading_verbs:
            return False
        return any(
            isinstance(i, Nominal) and i.head in self.table.rumour_nouns and i.case in {"이", "가", "은", "는"}
            for i in clause.items
        )

    def _rumoured(self, head: Verbal | None, words: Sequence[str]) -> bool:
        if head is None or not words:
            return False
        quoting = head.quoting or (head.adnominal and words[0] == "것")
        return quoting and any(w in self.table.rumour_nouns for w in words[:3])

    def _denied(self, head: Verbal | None, verbs: Sequence[Verbal], text: str) -> bool:
        if any(phrase in text for phrase in self.table.deny_phrases):
            return head is None or head.quoting or head.adnominal or head.lemma == "아니다"
        quoted = head is not None and head.quoting
        retracts = any(v.lemma in self.table.retract_verbs for v in verbs)
        return quoted and retracts

    def _cancelled(self, head: Verbal | None, noun: str, words: Sequence[str], verbs: Sequence[Verbal]) -> bool:
        if head is not None and head.lemma in self.table.cancel_words:
            return True
        outer = any(v.lemma in self.table.cancel_words or (v.negated and v.past) for v in verbs) or any(
            w in self.table.cancel_words or (w == "일" and _came_to_nothing(verbs)) for w in words
        )
        if head is None or not outer:
            return False
        scheduled = head.adnominal and head.lemma in self.table.schedule_verbs
        intended = not head.past_event or _only_meant(head) or scheduled
        return (head.adnominal and intended) or head.ending in {"려다", "려다가", "으려다"}


def _came_to_nothing(verbs: Sequence[Verbal]) -> bool:
    """ "없던 일이 됐다"."""
    return any(v.lemma == "없다" and v.adnominal for v in verbs)


def _only_meant(head: Verbal) -> bool:
    """ "열기로 했던", "떠나려던", "예정했던": over is the meaning to, not what was meant."""
    scheduled = head.adnominal and head.noun in {"예정", "계획", "예고"}
    return "기로 하다" in head.aux or head.ending in {"려던", "으려던"} or scheduled


def _finite(item: Verbal) -> bool:
    return item.ending_tag == "EF" or (item.ending_tag == "EC" and item.past and not item.quoting)
