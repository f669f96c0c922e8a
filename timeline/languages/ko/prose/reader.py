"""Korean documents to statements, block by block and sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.languages.ko.prose.analysis import TIME, items, sentences
from timeline.languages.ko.prose.corrections import judged, set_against
from timeline.languages.ko.prose.headings import Headed
from timeline.languages.ko.prose.lexicon import actions, status_table
from timeline.languages.ko.prose.names import KoreanNames
from timeline.languages.ko.prose.scene import Memory, scene
from timeline.languages.ko.prose.sentence import statements
from timeline.model import Block, BlockKind, Document, Mention, Span
from timeline.prose import NoEvent, Statement

# a dateline and byline, or the name before a quoted speech, is not part of the first sentence
_OPENING = re.compile(
    r"\([가-힣A-Za-z·, ]{1,20}=[가-힣A-Za-z0-9]{2,12}\)\s*(?:[가-힣]{2,4} ?)+(?:기자|특파원)?\s*=\s*"
    r"|\[[^\]\n]{2,30}(?:기자|특파원)\]\s*|\[(?:앵커|리포트|기자)\]\s*|\[[^\]\n:]{2,30}:\s*"
    r"|\(?[문답]\)\s*|[QA][.:)]\s*"
)
_POLITE = re.compile(r"니다[.\s]")
_PLAIN = re.compile(r"다[.\s]")
_TITLES = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD})


class KoreanProse:
    """Reads Korean prose. Stateless; names are learned per case."""

    def learn(self, documents: Sequence[Document]) -> KoreanNames:
        """People and bodies of a case."""
        return KoreanNames(documents)

    def near(self) -> dict[str, frozenset[str]]:
        """Classes of action that reports use for one and the same event."""
        return dict(actions().near)

    def read(self, document: Document, mentions: Sequence[Mention], names: KoreanNames) -> tuple[Statement, ...]:
        """The statements of one document, in text order."""
        out: list[Statement] = []
        blocks = document.blocks or (Block(kind=BlockKind.BODY, span=Span(start=0, end=len(document.text))),)
        memory = Memory(polite=_is_polite(document, blocks))
        has_body = any(b.kind not in _TITLES and b.kind.is_content for b in blocks)
        near, insisting = actions().near, status_table().insisting_verbs
        headed = Headed(document.text, blocks, actions())
        phrases = (*status_table().deny_phrases, *status_table().rumour_denials)
        for block in blocks:
            if not block.kind.is_content:
                continue
            repeats = has_body and block.kind in _TITLES
            headed.enter(block)
            here = [m for m in mentions if block.span.holds(m.span)]
            for tokens in sentences(
                document.text, _story(document.text, block.span), _ready(document, block, here, names)
            ):
                span = Span(start=tokens[0].start, end=tokens[-1].end)
                found = statements(scene(document, block, span, items(tokens), here, names, memory))
                found = headed.told(block, found)
                found = set_against(out, found, near, insisting)
                out = judged(out, span.of(document.text), found, phrases)
                out += [replace(s, no_event=NoEvent.REPEATED) for s in found] if repeats else found
        return tuple(out)


def _is_polite(document: Document, blocks: Sequence[Block]) -> bool:
    """Whether the story itself, not its furniture, is told in 합니다 style."""
    story = "\n".join(b.span.of(document.text) for b in blocks if b.kind is BlockKind.BODY)
    polite = len(_POLITE.findall(story))
    return polite >= 3 and polite > len(_PLAIN.findall(story)) - polite


def _story(text: str, block: Span) -> Span:
    match = _OPENING.match(text, block.start, block.end)
    return Span(start=match.end(), end=block.end) if match else block


def _ready(document: Document, block: Block, mentions: Sequence[Mention], names: KoreanNames) -> list[tuple[Span, str]]:
    """Time expressions and learned names as finished tokens for the analyser."""
    taken = [m.span for m in mentions]
    named = [s for s in names.spans(document.text, block.span) if not any(s.overlaps(t) for t in taken)]
    return sorted([(s, TIME) for s in taken] + [(s, "NNP") for s in named], key=lambda pair: pair[0].start)
