"""What a clause tells: its classes of action, the head's first, and the words that tell its event from others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline.languages.en.prose.clauses import Clause, Clauses
from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.parting import Part
from timeline.languages.en.prose.sentences import Token


class Content:
    """Reads classes and content words off the clauses of one sentence."""

    def __init__(self, tokens: Sequence[Token], clauses: Clauses, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.clauses = clauses
        self.lexicon = lexicon
        self.actions = lexicon.actions
        self.table = lexicon.status

    def classes(self, clause: Clause, text: str) -> tuple[str, ...]:
        """The classes of action: what the clause is about, then what else it tells; weak words only by themselves."""
        found = dict.fromkeys(self.actions.in_text(text))
        if clause.noun is not None:
            found = {**dict.fromkeys([clause.noun.action]), **found}
        if clause.part >= 0:
            found.update(dict.fromkeys(self._of_part(self.clauses.parts[clause.part], clause)))
        else:
            found.update(dict.fromkeys(self._of_line(clause)))
        if not found:
            found.update(dict.fromkeys(self._weak(clause)))
        return tuple(sorted(found, key=lambda name: name in self.table.aspect_classes))

    def _of_part(self, part: Part, clause: Clause) -> Iterator[str]:
        """A verb with a meaning of its own first; else the event noun it leans on."""
        group = part.group
        near = {t.low for t in self.tokens[group.end : max(group.end, clause.end)]}
        own = self.actions.verbs.get(group.verb) if not near & self.table.unless.get(group.verb, frozenset()) else None
        light = (
            group.verb in self.table.light_verbs or group.verb in self.table.schedule_verbs | self.table.naming_verbs
        )
        subject = [n.action for n in self.clauses.nouns(*part.subject)]
        rest = [n.action for n in self.clauses.nouns(max(group.end, clause.begin), max(group.end, clause.end))]
        nouns = [*subject, *rest] if group.passive or group.reduced or not rest else [*rest, *subject]
        if own is not None and not (light and nouns):
            yield own
        yield from nouns
        if own is not None:
            yield own
        for step in group.steps:
            if (action := self.actions.verbs.get(step)) is not None:
                yield action
        yield from self._dependents(part)

    def _dependents(self, part: Part) -> Iterator[str]:
        """Verbs that hang on this one without a time of their own: "collided, killing two", "flew in to meet"."""
        index = self.clauses.parts.index(part)
        for other in self.clauses.parts[index + 1 :]:
            told = other.group.verb in self.table.saying_verbs
            if told or other.group.finite or any(t.kind == "time" for t in self.tokens[other.begin : other.end]):
                return
            if (action := self.actions.verbs.get(other.group.verb)) is not None:
                yield action
            yield from (n.action for n in self.clauses.nouns(other.group.end, other.end))

    def _of_line(self, clause: Clause) -> Iterator[str]:
        yield from (n.action for n in self.clauses.nouns(clause.begin, clause.end))

    def _weak(self, clause: Clause) -> Iterator[str]:
        if clause.part >= 0:
            verb = self.clauses.parts[clause.part].group.verb
            if verb in self.actions.weak:
                yield self.actions.weak[verb]
        for token in self.tokens[clause.begin : clause.end]:
            noun = self.lexicon.singular(token.low)
            for word in (token.low, noun):
                if token.kind == "word" and word in self.actions.weak and word not in self.lexicon.words.helpers:
                    yield self.actions.weak[word]

    def words(self, clause: Clause) -> tuple[str, ...]:
        """Lemmas of the clause's words and of its subject's, without function words, light verbs and times."""
        indices = list(range(clause.begin, clause.end))
        if clause.part >= 0:
            indices += [i for i in range(*self.clauses.parts[clause.part].subject) if i not in indices]
        found: dict[str, None] = {}
        for i in indices:
            if (word := self._lemma(i)) is not None:
                found.setdefault(word)
        return tuple(found)

    def _lemma(self, i: int) -> str | None:
        token = self.tokens[i]
        if token.kind == "number":
            return token.text.rstrip(".,:")
        if any(p.group.start <= i < p.group.end and i != p.group.at for p in self.clauses.parts):
            return None
        if token.kind != "word" or token.low in self.lexicon.function or len(token.low) < 2 or token.low == "'s":
            return None
        if token.capital and token.text not in self.lexicon.people.openers:
            word = token.low
        else:
            word = self._verb_at(i) or self.lexicon.singular(token.low)
        light = word in self.table.light_verbs and word not in self.actions.nouns
        return (
            None if light or word in self.lexicon.words.empty or token.text in self.lexicon.people.not_names else word
        )

    def _verb_at(self, i: int) -> str | None:
        return next((p.group.verb.split(" ")[0] for p in self.clauses.parts if p.group.at == i), None)
