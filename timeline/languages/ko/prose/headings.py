"""What the rows of a list are about where they do not say it: the event its heading, or the report's headline, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.languages.ko.prose.layout import ASPECTS
from timeline.languages.ko.prose.lexicon import Actions
from timeline.model import Block, BlockKind, Status
from timeline.prose import NoEvent, Statement

_WORD = re.compile(r"[가-힣]{2,}")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]|[가나다라마바사]\.|[①-⑩■□▶▲◆○●])\s*")
_LABEL = re.compile(r"\s*(?:[-·*○▲■□]\s*)?([가-힣]{2,4})? ?(?:일시|시각|시간|때|날짜)\s*[:：은는]?\s*$")
_ROWS = frozenset({BlockKind.LIST, BlockKind.TABLE, BlockKind.BODY})
_HEADINGS = frozenset({BlockKind.HEADING, BlockKind.SUBHEAD})


class Headed:
    """Keeps the heading a report is under while its blocks are read in order."""

    def __init__(self, text: str, blocks: Sequence[Block], actions: Actions) -> None:
        self.text = text
        self.actions = actions
        headline = next((b for b in blocks if b.kind is BlockKind.HEADLINE), None)
        self.whole = self._topic(headline) if headline is not None else None
        self.topic: tuple[str, str, tuple[str, ...]] | None = None
        self.under = False

    def enter(self, block: Block) -> None:
        """Notes a block that is a heading, if only by its number ("2. 여진 현황")."""
        numbered = block.kind is BlockKind.LIST and _NUMBERED.match(self.text, block.span.start, block.span.end)
        if block.kind is BlockKind.HEADING or numbered:
            self.topic, self.under = self._topic(block), True
        elif block.kind is BlockKind.BODY and len(self._said(block)) > 80:
            self.topic, self.under = None, False

    def told(self, block: Block, found: Sequence[Statement]) -> list[Statement]:
        """The statements of a row, with the event of its heading where they name none."""
        if block.kind not in _ROWS or len(self._said(block)) > 80:
            return list(found)
        return [self._headed(block, s) for s in found]

    def _headed(self, block: Block, told: Statement) -> Statement:
        if told.no_event is None and not told.actions and self.topic is not None and block.kind is not BlockKind.BODY:
            name, _, words = self.topic
            return replace(told, actions=(name,), content=(*told.content, *words))
        labelled = told.mention is not None and _LABEL.fullmatch(self.text[block.span.start : told.mention.span.start])
        topic = self.topic if self.under and self.topic is not None else self.whole
        if told.no_event is not NoEvent.NO_PREDICATE or not labelled or topic is None:
            return told
        name, title, words = topic
        summary = f"{title} {labelled[1]}" if labelled[1] and labelled[1] not in title else title
        return replace(
            told,
            no_event=None,
            actions=(name,),
            content=words,
            summary=summary,
            predicate=words[0],
            status=Status.OCCURRED,
        )

    def _said(self, block: Block) -> str:
        return block.span.of(self.text)

    def _topic(self, block: Block) -> tuple[str, str, tuple[str, ...]] | None:
        """The class of the first event noun of a line, the line up to it without its number, and the noun."""
        said = self._said(block)
        number = _NUMBERED.match(said)
        for word in _WORD.finditer(said):
            if (name := self.actions.of_noun(word[0])) and name not in ASPECTS:
                return name, " ".join(said[number.end() if number else 0 : word.end()].split()), (word[0],)
        return None
