"""Whether a told event happened: tense and mood of its verb first, then what the clauses around it make of it."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.languages.en.prose.clauses import Clause, Clauses
from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.parting import Part
from timeline.languages.en.prose.predicates import Group
from timeline.languages.en.prose.sentences import Token
from timeline.model import Status
from timeline.prose import Reading

_HEDGES = frozenset({"about", "around", "shortly", "over", "near"})


class StatusReader:
    """Reads the status of the clauses of one sentence."""

    def __init__(self, clauses: Clauses, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.clauses = clauses
        self.tokens = tokens
        self.table = lexicon.status
        self.words = lexicon.words
        self.low = " ".join(t.low for t in tokens)

    def read(self, clause: Clause, at: int, *, ahead: bool | None) -> Reading:
        """The reading of a clause for the time at token ``at``; ``ahead``: it lies after publication."""
        if clause.part < 0:
            return self._verbless(clause, ahead)
        part = self.clauses.parts[clause.part]
        if clause.noun is not None and clause.rule != "verbless":
            reading = self._of_noun(clause, part, ahead)
        else:
            reading = self._of_verb(part, at, ahead)
        self._outer(reading, part)
        if at > 0 and self._refused(at):
            reading.status, reading.retracted, reading.told_past = Status.DENIED, True, True
        return reading

    def _refused(self, at: int) -> bool:
        """ "at 5:20, not 5:45": the time named only to be set aside."""
        i = at - 1
        while i > 0 and self.tokens[i].low in {"at", "on", "in", "the", "about"}:
            i -= 1
        return self.tokens[i].low == "not" and i > 0 and self.tokens[i - 1].low == ","

    def preposition(self, at: int) -> str:
        """The preposition that leads the time at a token, hedges skipped ("to about 3 p.m.")."""
        own = self.tokens[at].low.split(" ")[0] if 0 <= at < len(self.tokens) and self.tokens[at].kind == "time" else ""
        if own in self.words.prepositions - _HEDGES:
            return own
        for i in range(at - 1, max(-1, at - 4), -1):
            low = self.tokens[i].low
            if low in self.words.prepositions - _HEDGES:
                return low
            if low not in {"about", "around", "shortly", "early", "late", "just", "roughly", "exactly", "the", "this"}:
                return ""
        return ""

    # --- by the verb itself

    def _of_verb(self, part: Part, at: int, ahead: bool | None) -> Reading:
        group = part.group
        if group.verb in self.table.moving_verbs and (moved := self._moving(group, at)) is not None:
            return moved
        if group.verb in self.table.cancel_verbs and not group.future and not group.effects & {"planned"}:
            return Reading(Status.CANCELLED, told_past=group.past)
        called = group.verb in self.table.calling_verbs and self.preposition(at) == "for"
        if called or self._schedules(part):
            return self._scheduled(part)
        if group.future or group.open or "planned" in group.effects:
            return self._planned(part)
        if group.infinitive or group.gerund or group.reduced:
            return self._dependent(part, ahead)
        if self._nobody(part):
            return Reading(Status.DENIED, told_past=group.past or group.perfect)
        until = self.preposition(at) in {"until", "till", "before"}  # "was not found until nine"
        if (group.negated or "negated" in group.effects) and not until:
            return Reading(Status.DENIED if group.past else Status.CANCELLED, told_past=group.past)
        if group.past or group.perfect:
            return Reading(Status.OCCURRED, told_past=True, state=group.verb == "be" and not group.passive)
        return self._present(group, ahead)

    def _nobody(self, part: Part) -> bool:
        begin, end = part.subject
        return begin < end and self.tokens[begin].low in self.words.nobody

    def _schedules(self, part: Part) -> bool:
        group = part.group
        if group.verb not in self.table.schedule_verbs:
            return False
        return (
            group.passive or group.reduced or group.verb in {"schedule", "plan", "slate", "pencil in", "set", "be due"}
        )

    def _scheduled(self, part: Part) -> Reading:
        reading = Reading(Status.PLANNED, told_past=False)
        following = self._judge(part)
        if following is not None:
            self._changed(reading, following)
        return reading

    def _planned(self, part: Part) -> Reading:
        group = part.group
        if group.negated or "negated" in group.effects:
            return Reading(Status.CANCELLED, told_past=False)
        if group.open and group.perfect:
            return Reading(Status.OCCURRED, told_past=True, hearsay=True)
        reading = Reading(Status.PLANNED, told_past=False)
        following = self._judge(part) if group.past or group.infinitive else None
        if following is not None:
            self._changed(reading, following)
        return reading

    def _changed(self, reading: Reading, following: Group) -> None:
        """A plan whose next verb moves it or calls it off."""
        if following.verb in self.table.cancel_verbs:
            reading.status = Status.CANCELLED
        elif following.verb in self.table.moving_verbs and not following.negated:
            reading.moved = True
        elif following.negated and following.past:
            reading.status = Status.CANCELLED

    def _judge(self, part: Part) -> Group | None:
        """The verb that says what became of a plan: coordinated with it, or the one around its participle."""
        index = self._index(part)
        for other in self.clauses.parts[index + 1 : index + 4]:
            shared = other.link in {"coordinated", "closing", "none", "comma"} and other.group.finite
            own = other.subject != part.subject and not self._pronoun(other) and not self._changes_event(other)
            if shared and (not own or part.group.reduced or part.group.infinitive):
                return other.group
        if part.group.reduced and index:
            return self.clauses.parts[index - 1].group
        return None

    def _changes_event(self, part: Part) -> bool:
        """ "… but the hearing was adjourned": an event noun that is moved or called off."""
        changes = part.group.verb in self.table.moving_verbs | self.table.cancel_verbs
        return changes and part.group.passive and any(self.clauses.nouns(*part.subject))

    def _pronoun(self, part: Part) -> bool:
        words = [t.low for t in self.tokens[slice(*part.subject)]]
        return words in (["it"], ["they"], ["this"], ["that"], ["both"])

    def _moving(self, group: Group, at: int) -> Reading | None:
        """ "moved from Monday to Thursday": the old time is given up, the new one planned."""
        lead = self.preposition(at)
        if lead == "from":
            return Reading(Status.PLANNED, told_past=False, moved=True)
        if lead in {"to", "until", "till", "for"} and at > group.start:
            return Reading(Status.PLANNED, told_past=False)
        return None

    def _dependent(self, part: Part, ahead: bool | None) -> Reading:
        """Infinitives, gerunds and participles take the tense of the verb they lean on."""
        index = self._index(part)
        others = [p for p in self.clauses.parts[:index][::-1] + self.clauses.parts[index + 1 :] if p.group.finite]
        group = others[0].group if others else part.group
        if part.group.infinitive and (group.future or "planned" in group.effects or not (group.past or group.perfect)):
            return Reading(Status.PLANNED, told_past=False)
        if group.future or "planned" in group.effects:
            return Reading(Status.PLANNED if ahead is not False else Status.OCCURRED, told_past=ahead is False)
        return Reading(Status.OCCURRED, told_past=group.past or group.perfect or ahead is False)

    def _present(self, group: Group, ahead: bool | None) -> Reading:
        state = group.verb in self.table.state_verbs and not group.passive
        if ahead or (ahead is None and not (group.progressive or group.passive or state)):
            return Reading(Status.PLANNED, told_past=False, present=True, state=state)
        over = ahead is False and not group.progressive
        return Reading(Status.OCCURRED, told_past=over, present=True, state=state)

    # --- by a noun

    def _of_noun(self, clause: Clause, part: Part, ahead: bool | None) -> Reading:
        assert clause.noun is not None
        group = part.group
        before = [t.low for t in self.tokens[max(0, clause.noun.start - 4) : clause.noun.start]]
        planned = any(word in self.table.phrases.planned_adjectives for word in before)
        later = any(t.kind == "time" for t in self.tokens[group.end :])
        if group.verb in self.table.moving_verbs and not group.future and (later or group.verb != "delay"):
            return Reading(Status.PLANNED, told_past=False, moved=True)
        if group.verb in self.table.cancel_verbs:
            return Reading(Status.CANCELLED, told_past=group.past)
        subject = clause.noun.start < group.start
        if subject and (group.negated or "negated" in group.effects):
            return Reading(Status.CANCELLED if planned or group.future else Status.DENIED, told_past=group.past)
        if planned or ahead or (subject and (group.future or "planned" in group.effects or self._schedules(part))):
            return Reading(Status.PLANNED, told_past=False)
        return Reading(Status.OCCURRED, told_past=group.past or group.perfect or ahead is False, present=not group.past)

    def _verbless(self, clause: Clause, ahead: bool | None) -> Reading:
        words = set(self.low.split())
        if words & {"cancelled", "canceled", "cancellation", "scrapped"}:
            return Reading(Status.CANCELLED, told_past=False)
        if words & {"planned", "scheduled", "expected", "due", "set"} or ahead:
            return Reading(Status.PLANNED, told_past=False, present=True)
        return Reading(Status.OCCURRED, told_past=ahead is False, present=True)

    # --- what the clauses around it make of it

    def _outer(self, reading: Reading, part: Part) -> None:
        group = part.group
        outer = self._reporting(part)
        lead = self._words_before(part)
        phrases = self.table.phrases
        if "hearsay" in group.effects:
            reading.hearsay = True
        rumoured = self._names(lead, phrases.rumour_nouns) or "rumoured" in group.effects
        if rumoured or (outer is not None and outer.verb in self.table.rumour_verbs):
            reading.status, reading.hearsay = Status.RUMOURED, True
        if self._denied(part, outer, lead):
            reading.status, reading.retracted = Status.DENIED, True

    def _reporting(self, part: Part) -> Group | None:
        """The verb whose complement the part is."""
        index = self._index(part)
        if part.link == "that" or (part.group.gerund and index):
            return self.clauses.parts[index - 1].group if index else None
        if part.link in {"coordinated", "adverbial"} and index:
            before = self.clauses.parts[index - 1]
            return self._reporting(before) if before.link == "that" else None
        return None

    def _words_before(self, part: Part) -> str:
        """The words just before a part, or before the event of a verb of denial."""
        begin = part.begin
        if part.link != "that" and not part.group.gerund:
            begin = part.group.start
        return " ".join(t.low for t in self.tokens[max(0, begin - 6) : begin])

    def _denied(self, part: Part, outer: Group | None, lead: str) -> bool:
        verbs, phrases = self.table.deny_verbs, self.table.phrases
        if outer is not None and outer.verb in verbs and not outer.negated:
            return True
        told = self._names(lead, (*phrases.claim_nouns, *phrases.rumour_nouns))
        if told and (self._names(self.low, phrases.untrue) or any(p.group.verb in verbs for p in self.clauses.parts)):
            return True
        group = part.group
        if group.verb not in verbs or group.passive:
            return False
        after = {t.low for t in self.tokens[group.end : part.end]}
        if group.verb in {"dismiss", "reject"} and not after & {*phrases.claim_nouns, *phrases.rumour_nouns}:
            return False  # a court rejects an appeal, a firm dismisses a manager: acts, no denials
        return not after & self.table.deny_exceptions

    def _names(self, words: str, phrases: Sequence[str]) -> bool:
        return any(f" {phrase} " in f" {words} " for phrase in phrases)

    def _index(self, part: Part) -> int:
        return next(i for i, p in enumerate(self.clauses.parts) if p is part)
