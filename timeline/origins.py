"""Which reports go back to the same writing: near copies, light rewrites, later editions; so that copies count once.

Two texts are compared by the character shingles of their stories, quotations left out (independent reports share
them). The containment of the shorter story in the longer one decides (Broder 1997, "On the resemblance and containment
of documents"), and its numbers must stand in the other too: two reports cut from one template differ there. Candidates
come from a sketch, the shingles whose hash is 0 modulo a small number; the decision from all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from zlib import crc32

from timeline.model import BlockKind, Document

SHINGLE = 5
"""Characters of a shingle, letters and digits only: in Korean about two words' stems."""

COPY = 0.4
"""Least share of the shorter story's shingles found in the longer one for a copy or light rewrite."""

SHORT = 0.5
"""The same for stories of fewer than :data:`SHORT_SHINGLES`, where a shared official sentence weighs more."""

CREDITED = 0.3
"""The same where one of the two credits the other's outlet."""

SHORT_SHINGLES = 200

LEAST_SHINGLES = 40
"""Stories shorter than this are never called copies unless they are equal."""

NUMBERS = 0.6
"""Least share of the shorter story's numbers (of two digits or more) found in the longer one."""

_SKETCH = 8  # one shingle in eight enters the index
_COMMON = 64  # a shingle found in more stories than this is a phrase of the trade, no trace of copying
_CANDIDATE = 0.25
_STORY = frozenset({BlockKind.BODY, BlockKind.LIST})
_QUOTED = re.compile(r"“[^”\n]{0,400}”|\"[^\"\n]{0,400}\"|「[^」\n]{0,400}」|『[^』\n]{0,400}』|‘[^’\n]{0,200}’")


def trace(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents with ``copy_of`` and ``origin`` set; order kept.

    The original of a pair is the one the other credits, else an official record, else the one published earlier, else
    the longer one. A report that copies nothing is its own origin.
    """
    texts = {document.id: _story(document) for document in documents}
    stories = {identity: _shingles(text) for identity, text in texts.items()}
    by_id = {document.id: document for document in documents}
    originals: dict[str, tuple[float, str]] = {}
    for left, right in sorted(_candidates(stories)):
        share = containment(stories[left], stories[right])
        one, other = by_id[left], by_id[right]
        credited = _credits(one, other) or _credits(other, one)
        needed = CREDITED if credited else _needed(stories[left], stories[right])
        if share < needed or not _same_numbers(texts[left], texts[right]):
            continue
        original, copy = _directed(one, other, stories)
        if copy.id not in originals or originals[copy.id] < (share, original.id):
            originals[copy.id] = (share, original.id)
    parents = {copy: original for copy, (_, original) in originals.items()}
    return tuple(_with_origin(document, parents) for document in documents)


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """Share of the smaller set found in the larger, 0 to 1."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def _story(document: Document) -> str:
    """The story of a report without its quotations, one block a line."""
    told = (block.span.of(document.text) for block in document.blocks if block.kind in _STORY)
    return "\n".join(_QUOTED.sub(" ", text) for text in told)


def _shingles(story: str) -> frozenset[int]:
    found: set[int] = set()
    for block in story.split("\n"):
        letters = re.sub(r"[\W_]+", "", block).casefold()
        found.update(crc32(letters[at : at + SHINGLE].encode()) for at in range(len(letters) - SHINGLE + 1))
    return frozenset(found)


def _same_numbers(left: str, right: str) -> bool:
    """Whether the numbers of the story with fewer of them mostly stand in the other."""
    one, other = (frozenset(re.findall(r"\d[\d.,:]*\d", text)) for text in (left, right))
    smaller = min(len(one), len(other))
    return smaller < 3 or len(one & other) >= NUMBERS * smaller


def _needed(left: frozenset[int], right: frozenset[int]) -> float:
    smaller = min(len(left), len(right))
    if smaller < LEAST_SHINGLES:
        return 1.0 if left == right else 2.0
    return SHORT if smaller < SHORT_SHINGLES else COPY


def _candidates(stories: Mapping[str, frozenset[int]]) -> set[tuple[str, str]]:
    """Pairs whose sketches share enough to be worth comparing in full."""
    index: dict[int, list[str]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    for identity, shingles in sorted(stories.items()):
        sketch = [value for value in shingles if value % _SKETCH == 0] or list(shingles)
        sizes[identity] = len(sketch)
        for value in sketch:
            index[value].append(identity)
    shared: Counter[tuple[str, str]] = Counter()
    for holders in index.values():
        if 1 < len(holders) <= _COMMON:
            shared.update(combinations(holders, 2))
    return {pair for pair, count in shared.items() if count >= _CANDIDATE * min(sizes[pair[0]], sizes[pair[1]])}


def _directed(left: Document, right: Document, stories: Mapping[str, frozenset[int]]) -> tuple[Document, Document]:
    """Original and copy of a pair."""
    for one, other in ((left, right), (right, left)):
        if _credits(other, one) and not _credits(one, other):
            return one, other
    if left.official != right.official:
        return (left, right) if left.official else (right, left)
    earlier = _earlier(left, right)
    if earlier is not None:
        return (left, right) if earlier is left else (right, left)
    longer = (len(stories[left.id]), right.file) >= (len(stories[right.id]), left.file)
    return (left, right) if longer else (right, left)


def _credits(document: Document, other: Document) -> bool:
    return document.agency is not None and other.outlet is not None and _plain(document.agency) == _plain(other.outlet)


def _plain(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()


def _earlier(left: Document, right: Document) -> Document | None:
    """The one certainly published before the other; ``None`` where days overlap or one is unknown."""
    one, other = left.publication.interval, right.publication.interval
    if one is None or other is None or one.start is None or other.start is None:
        return None
    if one.end is not None and one.end <= other.start:
        return left
    if other.end is not None and other.end <= one.start:
        return right
    return None


def _with_origin(document: Document, parents: Mapping[str, str]) -> Document:
    seen = [document.id]
    while seen[-1] in parents and parents[seen[-1]] not in seen:
        seen.append(parents[seen[-1]])
    return document.model_copy(update={"copy_of": parents.get(document.id), "origin": seen[-1]})
