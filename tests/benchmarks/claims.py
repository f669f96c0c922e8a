"""What it costs to read claims out of Korean reports: milliseconds a report of 1,500 characters, and memory.

Usage: python -m tests.benchmarks.claims [REPORTS]    (default 500)

One core, after start-up. Reports are put together of the sentences of ``tests/corpus/ko_claims.tsv`` in ever other orders, so
no two are alike. ``x split`` is the time beside splitting the same text into morphemes alone, which no reader of Korean gets
round: the ratio to compare between machines. Memory must not grow from one half of the reports to the other.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from random import Random
from statistics import quantiles
from time import perf_counter

from tests.test_claims_ko import document_of, rows_of
from timeline.claims import claim
from timeline.language import get_language
from timeline.languages.ko.prose.analysis import tokens_of
from timeline.model import Document
from timeline.resolve import resolve
from timeline.tag import tag

LENGTH = 1_500  # characters of a report
WARM = 10  # reports read before the clock starts
TARGET = 60.0  # milliseconds a report


def reports(count: int) -> Iterator[Document]:
    """Reports of about :data:`LENGTH` characters, each made of other sentences in another order."""
    texts = sorted({row.text for row in rows_of()})
    for number in range(count):
        order = Random(number).sample(texts, len(texts))
        lines, length = [], 0
        for text in cycle(order):
            lines.append(text)
            length += len(text)
            if length >= LENGTH:
                break
        yield document_of("¶".join(lines), "2026-03-11T18:00+09:00", file=f"{number:05}.txt")


def stages(document: Document) -> tuple[float, float, float, float, int]:
    """Seconds to tag, to resolve, to read and to claim, and how many claims that gave."""
    pack = get_language("ko")
    prose = pack.prose().load()
    began = perf_counter()
    tagged = tag(document, pack)
    first = perf_counter()
    mentions = resolve(document, tagged, pack, "Asia/Seoul")
    second = perf_counter()
    statements = prose.read(document, mentions, prose.learn([document]))
    third = perf_counter()
    claims = claim([document], {document.id: statements})
    return first - began, second - first, third - second, perf_counter() - third, len(claims)


def splitting(documents: Sequence[Document]) -> float:
    """Milliseconds a report to split into morphemes alone."""
    began = perf_counter()
    for document in documents:
        for block in document.blocks:
            tokens_of(block.span.of(document.text))
    return (perf_counter() - began) * 1000 / len(documents)


def memory() -> float:
    """Peak resident memory so far, in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 if sys.platform == "linux" else 1024 * 1024)


def main(count: int = 500) -> None:
    """Print the table."""
    for document in islice(reports(count + WARM), WARM):
        stages(document)
    documents = list(reports(count))
    half, rows, before = len(documents) // 2, [], memory()
    middle = before
    for number, document in enumerate(documents):
        rows.append(stages(document))
        middle = memory() if number == half else middle
    split = splitting(documents[: max(1, count // 10)])
    each = [sum(row[:4]) * 1000 for row in rows]
    mean = sum(each) / len(each)
    print(
        f"{count} reports of {sum(len(d.text) for d in documents) // count:,} characters, {sum(r[4] for r in rows):,} claims"
    )
    print("| stage | ms a report |\n|---|---|")
    for index, name in enumerate(("tag", "resolve", "read", "claim")):
        print(f"| {name} | {sum(row[index] for row in rows) * 1000 / count:.2f} |")
    print(f"| all | {mean:.2f} (95th percentile {quantiles(each, n=20)[-1]:.1f}; target {TARGET:.0f}) |")
    print(f"{mean / split:.2f} x split ({split:.2f} ms)")
    print(
        f"memory: {before:.0f} MB, {middle - before:+.1f} MB by the middle, {memory() - middle:+.1f} MB more by the end"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
