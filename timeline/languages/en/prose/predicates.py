"""Verb groups: "had been expected to be sentenced" is one predicate, sentence, planned, passive.

No tagger is used. A helper, a modal or "to" announces its verb; past forms are verbs unless they modify the noun that
follows; present forms that are nouns as well ("visits", "strike") count only between a subject and what a verb takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.languages.en.prose.inflect import Form
from timeline.languages.en.prose.surroundings import Surroundings

_PARTED = 4  # words an object may put between a verb and its particle


@dataclass(slots=True)
class Group:
    """A predicate: token range ``[start, end)``, base form (with particles), and what its form says."""

    start: int
    end: int
    verb: str
    at: int  # the index of the main verb
    past: bool = False
    perfect: bool = False
    passive: bool = False
    progressive: bool = False
    future: bool = False
    open: bool = False  # may, might, could
    negated: bool = False
    infinitive: bool = False
    gerund: bool = False
    reduced: bool = False  # a participle without helper: "the man arrested on Monday"
    bare: bool = False  # a present form without helper
    effects: set[str] = field(default_factory=set)
    steps: list[str] = field(default_factory=list)  # verbs passed on the way to the main one ("agreed to meet": agree)

    @property
    def finite(self) -> bool:
        """Whether the group can head a clause."""
        return not (self.infinitive or self.gerund or self.reduced)


_PARTICLES = frozenset({"out", "off", "down", "up", "in", "away", "back", "over", "forward"})


class Predicates(Surroundings):
    """Finds the verb groups of one sentence's tokens."""

    def all(self) -> list[Group]:
        """The verb groups in order, without overlaps."""
        found: list[Group] = []
        self.found = found
        i = 0
        while i < len(self.tokens):
            group = self._at(i)
            if group is not None:
                self._adverbs(group, self._adverbs_before(i))
                found.append(group)
                i = max(group.end, i + 1)
            else:
                i += 1
        return self._settled(found)

    def _at(self, i: int) -> Group | None:
        token = self.tokens[i]
        if token.kind != "word":
            return None
        if self._is_helper(i):
            return self._chain(Group(i, i + 1, "", i), i)
        if token.low == "to" and self.base_follows(i):
            effect = self.lexicon.status.after_be.get(self.tokens[i - 1].low) if i else None
            effects = {str(effect)} if effect else set()  # "the trial, due to begin on Monday"
            return self._chain(Group(i, i + 1, "", i, infinitive=True, effects=effects), i)
        return self._plain(i)

    # --- helpers and what follows them

    def _is_helper(self, i: int) -> bool:
        low = self.tokens[i].low
        if low == "'s":
            return i > 0 and self.tokens[i - 1].low in {"he", "she", "it", "that", "there"}
        if low == "may" and self.tokens[i].capital and i:
            return False
        return low in self.words.helpers and not (low == "will" and self.determined(i))

    def _chain(self, group: Group, i: int) -> Group:
        """Follow helpers from ``i`` to the main verb; without one the last helper is the verb itself."""
        last = "to" if self.tokens[i].low == "to" else self._helper(group, i)
        j = i + 1
        while True:
            passed: list[str] = []
            j = self.over_adverbs(j, passed)
            self._adverbs(group, passed)
            if j >= len(self.tokens) or self.tokens[j].kind != "word":
                break
            token = self.tokens[j]
            step = self._step(group, last, j)
            if step is None:
                break
            last, j = step
            if last == "main":
                return self._after_verb(group, j)
            group.end = j
            group.at = j - 1 if token.low != "to" else group.at
        group.verb = group.verb or {"be": "be", "have": "have", "do": "do"}.get(last, "be")
        self._particles(group, group.end)
        return group

    def _adverbs_before(self, i: int) -> list[str]:
        begin = i
        while begin > 0 and self.tokens[begin - 1].kind == "word" and self.is_adverb(begin - 1):
            begin -= 1
        return [t.low for t in self.tokens[begin:i]]

    def _adverbs(self, group: Group, passed: Sequence[str]) -> None:
        group.negated = group.negated or any(word in self.words.negations for word in passed)
        if any(word in self.lexicon.status.phrases.hearsay for word in passed):
            group.effects.add("hearsay")

    def _step(self, group: Group, last: str, j: int) -> tuple[str, int] | None:
        """One more word of a chain: the kind of helper it is and the next index; ``None`` where the chain ends."""
        low = self.tokens[j].low
        if low in {"be", "been", "being"} and last != "do":
            group.perfect = group.perfect or last == "have"
            group.progressive = low == "being"
            return "be", j + 1
        if low == "have" and last in {"modal", "to"}:
            group.perfect = True
            return ("have", j + 1) if self.participle_follows(j) else ("main", self._main(group, "have", j))
        if low == "to" and last in {"be", "have", "after be"} and self.base_follows(j):
            if last == "be":
                group.effects.add("planned")
            return "to", j + 1
        if last == "be" and low in self.lexicon.status.after_be and self.to_follows(j):
            effect = self.lexicon.status.after_be[low]
            group.effects.add(effect)
            group.steps.append(low)
            return "after be", j + 1
        return self._main_step(group, last, j)

    def _main_step(self, group: Group, last: str, j: int) -> tuple[str, int] | None:
        low = self.tokens[j].low
        wanted = {"modal": (Form.BASE,), "to": (Form.BASE,), "do": (Form.BASE,), "have": (Form.PARTICIPLE,)}
        if last == "after be" or self.tokens[j].capital:
            return None
        if last == "be":
            return self._after_be(group, j)
        verb = self.lexicon.as_form(low, *wanted[last])
        if verb is None and last == "modal" and low not in self.lexicon.function and low.isalpha():
            verb = low
        if verb is None or (last == "have" and verb == "have" and self.tokens[j].low != "had"):
            return None
        group.perfect = group.perfect or last == "have"
        group.past = group.past or last == "have"
        return "main", self._main(group, verb, j)

    def _after_be(self, group: Group, j: int) -> tuple[str, int] | None:
        low = self.tokens[j].low
        if (verb := self.lexicon.as_form(low, Form.PARTICIPLE)) is not None:
            group.passive = True
            return "main", self._main(group, verb, j)
        verb = self.lexicon.as_form(low, Form.GERUND)
        if verb is not None and not self._noun_after_be(j):
            group.progressive = True
            return "main", self._main(group, verb, j)
        return None

    def _noun_after_be(self, j: int) -> bool:
        # "there was flooding on Monday" names it, "it was flooding" tells it
        before = self.tokens[j - 2].low if j > 1 else ""
        return self.tokens[j].low in self.lexicon.actions.nouns and before == "there"

    def _main(self, group: Group, verb: str, j: int) -> int:
        group.verb, group.at, group.end = verb, j, j + 1
        return j + 1

    def _helper(self, group: Group, i: int) -> str:
        low = self.tokens[i].low
        if low in self.words.modals_future:
            group.future = True
            return "modal"
        if low in self.words.modals_open:
            group.open = True
            return "modal"
        if low in self.words.have:
            group.past = group.past or low == "had"
            group.gerund = low == "having"
            return "have"
        if low in self.words.do:
            group.past = group.past or low == "did"
            return "do"
        group.past = group.past or low in {"was", "were"}
        group.gerund = group.gerund or low == "being"
        return "be"

    # --- after the main verb: particles, and infinitives that continue it

    def _after_verb(self, group: Group, j: int) -> Group:
        j = self._particles(group, j)
        effect = self.lexicon.status.before_to.get(group.verb)
        k = self.over_adverbs(j)
        if effect is None or not self.to_at(k) or not self.base_follows(k):
            return group
        if effect == "negated" and group.negated:
            effect, group.negated = "transparent", False  # "did not fail to"
        group.effects.add(effect)
        group.steps.append(group.verb)
        past, negated = group.past, group.negated
        group.passive = group.progressive = False
        group.verb = ""
        self._chain(group, k)
        group.past, group.negated = past or group.past, negated or group.negated
        return group

    def _particles(self, group: Group, j: int) -> int:
        for tail in self.lexicon.particles.get(group.verb, ()):
            found = self._tail_at(tail, j) if j <= len(self.tokens) else None
            if found is None and len(tail) == 1:
                found = self._parted_tail(tail[0], j)
            if found is not None:
                group.verb = f"{group.verb} {' '.join(tail)}"
                if found[0] == j:
                    group.end = found[1]
                return group.end
        return j

    def _tail_at(self, tail: tuple[str, ...], j: int) -> tuple[int, int] | None:
        at = self.over_adverbs(j, particles=set(tail))
        for begin in dict.fromkeys((j, at)):
            words = [t.low for t in self.tokens[begin : begin + len(tail)]]
            if words == list(tail):
                return (j, begin + len(tail))
        return None

    def _parted_tail(self, particle: str, j: int) -> tuple[int, int] | None:
        """ "put the fire out": the particle after a short object."""
        for k in range(j + 1, min(len(self.tokens), j + 1 + _PARTED)):
            token = self.tokens[k]
            if token.kind in {"mark", "time"} or token.low in self.words.helpers:
                return None
            if token.low == particle and particle in _PARTICLES:
                following = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
                ends = following is None or following.kind != "word" or following.low in self.lexicon.function
                return (k, k + 1) if ends else None
            if token.low in self.words.prepositions:
                return None
        return None

    # --- a verb without helper

    def _plain(self, i: int) -> Group | None:
        token = self.tokens[i]
        readings = self.lexicon.readings(token.low)
        if not readings or self.ends_noun(i) or (token.capital and i and self.tokens[i - 1].kind != "mark"):
            return None
        forms = {form for _, form in readings}
        group = Group(i, i + 1, readings[0][0], i)
        if forms & {Form.PAST, Form.PARTICIPLE} and not self.modifies(i):
            present = Form.BASE in forms and self.present_context(i, plural=True) and not self.singular_subject(i)
            group.past = not present
            group.bare = present
            past_verb = self.lexicon.as_form(token.low, Form.PAST)
            group.verb = past_verb or group.verb
            group.reduced = past_verb is None
        elif forms & {Form.PRESENT, Form.BASE} and (
            self.present_context(i, plural=Form.BASE in forms) or self._coordinated_present(i)
        ):
            group.bare = True
        elif Form.GERUND in forms and self.gerund_context(i):
            group.gerund = True
        else:
            return None
        return self._after_verb(group, i + 1)

    def _coordinated_present(self, i: int) -> bool:
        """ "open at 7 and close at 8": a second present form without subject."""
        before = self.before(i)
        return bool(self.found) and self.found[-1].bare and before is not None and before.low in self.words.coordinators

    # --- participles

    def _settled(self, groups: list[Group]) -> list[Group]:
        """Past forms that only modify a noun are told from finite ones by what stands around them."""
        for index, group in enumerate(groups):
            if group.past and group.start == group.at and not group.perfect and not group.passive and not group.steps:
                group.reduced = group.reduced or self._is_reduced(index, groups)
        return groups

    def _is_reduced(self, index: int, groups: Sequence[Group]) -> bool:
        group = groups[index]
        low = self.tokens[group.at].low
        if self.lexicon.as_form(low, Form.PARTICIPLE) is None or group.verb.split()[0] in self.lexicon.intransitive:
            return False
        if self.takes_object(group.end):
            return False
        if group.start and self.tokens[group.start - 1].low == "," and index + 1 < len(groups):
            return True
        after = groups[index + 1] if index + 1 < len(groups) else None
        if after is not None and after.finite and self._nothing_between(group.end, after.start):
            return True
        before = next((g for g in reversed(groups[:index]) if g.finite), None)
        if before is None or before.verb in self.lexicon.status.report_verbs:
            return False
        return self._nothing_between(before.end, group.start) and group.start > before.end

    def _nothing_between(self, start: int, end: int) -> bool:
        """No comma, conjunction or relative word: the two verbs share a clause."""
        words = self.words
        parting = (
            words.coordinators | words.subordinators | words.relatives | {"after", "before", "until", "as", "since"}
        )
        between = self.tokens[start:end]
        return all(t.kind != "mark" and t.low not in parting for t in between) and not any(
            t.quoted >= 0 for t in between
        )
