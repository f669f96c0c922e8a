"""One sentence laid out for reading: its items, time expressions, quotations, and what the text before it has set up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.languages.ko.prose.analysis import Item, Nominal
from timeline.languages.ko.prose.clauses import ClauseFinder
from timeline.languages.ko.prose.lexicon import Actions, PeopleTable, StatusTable, actions, people_table, status_table
from timeline.languages.ko.prose.names import KoreanNames
from timeline.languages.ko.prose.status import StatusReader
from timeline.model import Block, Document, Mention, Span
from timeline.prose import TIMES_OF_A_SENTENCE

_QUOTE = re.compile(r"[\"“]([^\"”]{2,400})[\"”]")


@dataclass(slots=True)
class Memory:
    """What the text so far has set up: the last subject, the people last named together, the event last timed."""

    subject: list[str] = field(default_factory=list)
    pair: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)  # the two whose meeting was last told
    moment: str = ""  # the class of the event whose time was last spoken of ("최초 신고 시각")
    polite: bool = False  # a broadcast's 합니다 style: its present tense tells what was filmed


@dataclass(slots=True)
class Scene:
    """A sentence with everything its readers need."""

    document: Document
    block: Block
    span: Span
    items: list[Item]
    mentions: list[Mention]
    names: KoreanNames
    memory: Memory
    quotes: list[Span]
    table: StatusTable
    people: PeopleTable
    actions: Actions
    finder: ClauseFinder
    status: StatusReader

    @property
    def text(self) -> str:
        """The whole document's text."""
        return self.document.text

    @property
    def sentence(self) -> str:
        """The sentence's own text."""
        return self.span.of(self.document.text)

    @property
    def spans(self) -> list[Span]:
        """Where the time expressions stand."""
        return [m.span for m in self.mentions]

    def item_after(self, item: Item) -> Item | None:
        """What stands right after an item."""
        index = next(i for i, other in enumerate(self.items) if other is item)
        return self.items[index + 1] if index + 1 < len(self.items) else None

    def topic(self) -> Nominal | None:
        """The first subject or topic of the sentence."""
        return next((i for i in self.items if isinstance(i, Nominal) and i.case in {"은", "는", "이", "가"}), None)


def scene(
    document: Document,
    block: Block,
    span: Span,
    items: Sequence[Item],
    mentions: Sequence[Mention],
    names: KoreanNames,
    memory: Memory,
) -> Scene:
    """Lay out one sentence. ``mentions`` are those of the block."""
    text = document.text
    here = [m for m in mentions if span.holds(m.span)][:TIMES_OF_A_SENTENCE]
    quotes = [Span(start=span.start + m.start(), end=span.start + m.end()) for m in _QUOTE.finditer(span.of(text))]
    table, known = status_table(), actions()
    return Scene(
        document=document,
        block=block,
        span=span,
        items=list(items),
        mentions=here,
        names=names,
        memory=memory,
        quotes=quotes,
        table=table,
        people=people_table(),
        actions=known,
        finder=ClauseFinder(items, [m.span for m in here], quotes, table, known),
        status=StatusReader(items, text, table),
    )
