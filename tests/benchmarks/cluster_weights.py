"""Fits the weights by which pairs of claims are told to be of one event, and says how well they do on unseen cases.

Usage: python -m tests.benchmarks.cluster_weights [CASE]... [--write]    (default: every case of tests/cases)

The gold's time expressions and publication dates stand in place of the resolver's, so that only the reading of claims and
the pairing are fitted. A claim is labelled by the gold event whose time expression it reads. The fit is a logistic
regression drawn to :data:`PRIOR` by :data:`PULL` (ridge; damped Newton steps); pairs that a rule decides stay out. Printed:
precision and recall of pairs under the prior, under the fit, and under fits that left the scored case out. ``--write``
writes ``timeline/reconcile/weights.toml``; without it the table goes to standard output.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import sources
from tests.scoring import CASES, Gold, Text, cases_in, gold_of, reports_of, squeeze
from timeline.claims import claim
from timeline.interval import Grain, Interval
from timeline.language import get_language
from timeline.model import Anchor, AnchorKind, Basis, Claim, Document, Mention, Publication, Span, TimexType
from timeline.origins import trace
from timeline.reconcile import cluster
from timeline.reconcile.pairs import features, met_others, rarity

Vector = NDArray[np.float64]
WEIGHTS = Path(cluster.__file__).with_name("weights.toml")
HEADER = "# Weights of pair features, natural log odds, fitted by tests/benchmarks/cluster_weights.py; see pairs.py.\n"
PULL = 3.0  # how strongly a weight is drawn to its prior: as 3 observations at unit variance
STEPS = 200
ENOUGH = 1e-7  # a step that gains less ends the fit

# What a careful reader would guess before seeing any case, natural log odds.
PRIOR: dict[str, float] = {
    "bias": -3.0,
    "time.same_minute": 3.5,
    "time.close": 2.5,
    "time.overlapping": 0.5,
    "time.same_part": 1.4,
    "time.within_part": 1.2,
    "time.same_day": 0.8,
    "time.within_day": 0.6,
    "time.same_period": 2.6,
    "time.within_period": 1.6,
    "time.apart.minutes": 0.8,
    "time.apart.hour": -0.6,
    "time.apart.hours": -1.5,
    "time.apart.edge": 0.3,
    "time.apart.part": -1.5,
    "time.apart.halfday": -2.0,
    "time.apart.slip": -0.2,
    "time.apart.day": -3.5,
    "time.apart.week": -5.0,
    "time.moved.minutes": 0.8,
    "time.moved.hour": 0.2,
    "time.moved.hours": -0.2,
    "time.moved.part": -0.3,
    "time.moved.halfday": -0.6,
    "time.moved.day": -0.4,
    "time.moved.week": -0.8,
    "time.same_year": 0.8,
    "time.within_year": 0.3,
    "period.few_words": -3.0,
    "time.far": -6.0,
    "time.unknown": -2.0,
    "action.same": 2.2,
    "action.shared": 1.5,
    "action.near": 1.0,
    "action.overlap": 0.6,
    "action.other": -2.2,
    "action.unknown": 0.0,
    "words.cosine": 4.0,
    "words.rare": 0.6,
    "words.none": -0.7,
    "actors.shared": 1.0,
    "actors.other": -0.8,
    "actors.other_met": -2.0,
    "place.shared": 0.8,
    "place.other": -0.5,
    "place.other_goal": -2.5,
    "same_document": -0.3,
    "same_document.own_clocks": -2.5,
    "same_document.other_clock": -0.5,
    "aspect.other": -2.0,
    "extent.other": -2.0,
    "numbers.other": -1.0,
    "status.other": -1.0,
    "status.rumour": -2.5,
}
NAMES = tuple(PRIOR)
HELD = frozenset(
    {"place.other_goal", "time.unknown", "time.apart.slip", "status.rumour", "extent.other", "period.few_words"}
)  # too rare among labelled pairs to be fitted; chosen by hand


@dataclass(frozen=True)
class Pairs:
    """The pairs of claims of one case, one row each: its features (bias last named first), and 1 where of one event."""

    rows: Vector
    same: Vector


# --- a case's claims, read at the gold's times


def pairs_of(case: Path) -> Pairs:
    """The labelled pairs of a case that no rule decides."""
    gold = gold_of(case)
    documents = tuple(_dated(d, gold) for d in trace(sources.read([reports_of(case)]).documents))
    claims, near = _claims(documents, gold)
    labels = {c.id: event for c in claims if (event := _event(c, documents, gold)) is not None}
    told = rarity(claims, near)
    rows, same = [], []
    for a, b in combinations([c for c in claims if c.id in labels], 2):
        if cluster._rule(a, b, cluster.Rules()) is None and not met_others(a, b, told):
            found = {"bias": 1.0, **features(a, b, told)}
            if unknown := found.keys() - PRIOR.keys():
                raise SystemExit(f"no prior for {sorted(unknown)}: add them to PRIOR in {Path(__file__).name}")
            rows.append([found.get(name, 0.0) for name in NAMES])
            same.append(float(labels[a.id] == labels[b.id]))
    return Pairs(np.array(rows).reshape(-1, len(NAMES)), np.array(same))


def _claims(documents: Sequence[Document], gold: Gold) -> tuple[list[Claim], Mapping[str, frozenset[str]]]:
    near: dict[str, frozenset[str]] = {}
    statements: dict[str, Any] = {}
    for code in sorted({d.language for d in documents}):
        prose = get_language(code).prose().load()
        spoken = [d for d in documents if d.language == code]
        names = prose.learn(spoken)
        near = {**prose.near(), **near}
        statements |= {d.id: prose.read(d, _mentions(d, gold), names) for d in spoken}
    return sorted(claim(documents, statements), key=lambda c: c.id), near


def _dated(document: Document, gold: Gold) -> Document:
    """The document with the gold's publication time."""
    listed = next((r for r in gold["reports"] if r["file"] == document.file), None)
    if listed is None or listed["published"] is None:
        return document
    day = len(listed["published"]) == len("2031-05-06")
    start = datetime.fromisoformat(listed["published"] + ("T00:00+09:00" if day else ""))
    end = start + (timedelta(days=1) if day else timedelta(minutes=1))
    known = Interval(start=start, end=end, grain=Grain.DAY if day else Grain.MINUTE)
    return document.model_copy(update={"publication": Publication(interval=known, basis=Basis.STATED)})


def _listed(document: Document, gold: Gold) -> Iterator[tuple[int, Gold, Span, Span]]:
    """The gold claims of a document: event, claim, where its time expression stands, and where its quote does."""
    text = Text(document.text)
    for number, event in enumerate(gold["events"]):
        for told in event["claims"]:
            if told["file"] != document.file or not told["time_text"]:
                continue
            inside, length = squeeze(told["quote"]).find(squeeze(told["time_text"])), len(squeeze(told["time_text"]))
            for start, end in text.places(told["quote"])[:1]:
                at, until = text.kept[start + inside], text.kept[start + inside + length - 1] + 1
                quote = Span(start=text.kept[start], end=text.kept[end - 1] + 1)
                yield number, told, Span(start=at, end=until), quote


def _mentions(document: Document, gold: Gold) -> tuple[Mention, ...]:
    found: dict[int, Mention] = {}
    for _, told, span, _ in _listed(document, gold):
        said = span.of(document.text)
        found[span.start] = Mention(
            document=document.id,
            span=span,
            text=said,
            type=TimexType.TIME,
            rule="gold",
            interval=_interval(told),
            anchor=Anchor(kind=AnchorKind(told["anchor"])),
            bound="from" if "부터" in said else "until" if "까지" in said else None,
        )
    return tuple(mention for _, mention in sorted(found.items()) if _free(mention, found))


def _free(mention: Mention, found: Mapping[int, Mention]) -> bool:
    """Whether no longer expression holds this one."""
    return not any(m is not mention and m.span.holds(mention.span) for m in found.values())


def _interval(told: Gold) -> Interval:
    """The gold's interval with the widest reading the conventions give its grain."""
    start, end = (datetime.fromisoformat(told[side]) for side in ("start", "end"))
    grain, low, high = Grain(told["grain"]), start, end
    midnight = start.replace(hour=0, minute=0)
    if told["approx"] and grain is Grain.MINUTE:
        low, high = start - timedelta(minutes=5), start + timedelta(minutes=5)
    if grain is Grain.PART_OF_DAY and start.hour == 6:
        low = midnight
    if grain is Grain.PART_OF_DAY and start.hour == 12:
        high = midnight + timedelta(days=1)
    if grain is Grain.PART_OF_DAY and start.hour >= 18:
        low, high = start - timedelta(hours=3), end + timedelta(hours=6)
    return Interval(start=start, end=end, earliest=low, latest=high, grain=grain, approximate=told["approx"])


def _event(item: Claim, documents: Sequence[Document], gold: Gold) -> int | None:
    """The gold event whose time expression the claim reads; of several, the one whose quote it covers best."""
    if item.mention is None:
        return None
    document = next(d for d in documents if d.id == item.document)
    fitting = [
        (min(quote.end, item.span.end) - max(quote.start, item.span.start), -number)
        for number, _, span, quote in _listed(document, gold)
        if span.overlaps(item.mention.span)
    ]
    return -max(fitting)[1] if fitting else None


# --- the fit


def fit(cases: Sequence[Pairs]) -> Vector:
    """The weights of :data:`NAMES` that make the cases' pairs likeliest, near the prior."""
    rows, same = np.vstack([c.rows for c in cases]), np.concatenate([c.same for c in cases])
    prior = np.array(list(PRIOR.values()))
    pull = np.array([1e6 if name in HELD else PULL for name in NAMES])

    def cost(weights: Vector) -> float:
        odds = rows @ weights
        return float(np.sum(np.logaddexp(0, odds) - same * odds) + np.sum(pull / 2 * (weights - prior) ** 2))

    weights, now = prior, cost(prior)
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (likely - same) + pull * (weights - prior)
        curve = (rows.T * (likely * (1 - likely))) @ rows + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        length = 1.0
        while length > 1e-6 and cost(weights - length * step) > now - 1e-4 * length * float(slope @ step):
            length /= 2
        weights = weights - length * step
        before, now = now, cost(weights)
        if before - now < ENOUGH:
            break
    return weights


def counts(weights: Vector, case: Pairs) -> NDArray[np.int64]:
    """Pairs rightly joined, wrongly joined, and wrongly parted."""
    joined, same = case.rows @ weights > 0, case.same > 0
    return np.array([np.sum(joined & same), np.sum(joined & ~same), np.sum(~joined & same)])


def rates(hits: NDArray[np.int64]) -> str:
    """Precision and recall of counted pairs."""
    right, wrong, missed = (int(n) for n in hits)
    return f"{right / max(1, right + wrong):.3f} | {right / max(1, right + missed):.3f}"


def report(cases: Mapping[str, Pairs]) -> Vector:
    """Print how well the weights do; return those fitted on all cases."""
    whole = fit(list(cases.values()))
    prior = np.array(list(PRIOR.values()))
    unseen = {
        name: counts(fit([c for other, c in cases.items() if other != name]) if len(cases) > 1 else prior, case)
        for name, case in cases.items()
    }
    zero = np.zeros(3, dtype=np.int64)
    print("| case | pairs | of one event | precision, left out | recall, left out |\n|---|---|---|---|---|")
    for name, case in cases.items():
        print(f"| {name} | {len(case.same)} | {int(case.same.sum())} | {rates(unseen[name])} |")
    for label, hits in (
        ("all, left out", sum(unseen.values(), zero)),
        ("all, prior", sum((counts(prior, c) for c in cases.values()), zero)),
        ("all, fitted on them", sum((counts(whole, c) for c in cases.values()), zero)),
    ):
        total = sum(len(c.same) for c in cases.values())
        print(f"| {label} | {total} | {int(sum(c.same.sum() for c in cases.values()))} | {rates(hits)} |")
    return whole


def toml(weights: Vector) -> str:
    """The weights as the text of ``weights.toml``."""
    lines = [
        f"{name if '.' not in name else repr(name)} = {value:.2f}" for name, value in zip(NAMES, weights, strict=True)
    ]
    return HEADER + "[pair]\n" + "\n".join(lines).replace("'", '"') + "\n"


def main() -> None:
    """Fit, report, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path, help="folders with a gold.json and reports")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name} instead of printing it")
    arguments = parser.parse_args()
    folders = arguments.cases or cases_in(CASES)
    cases = {f"{folder.name}": pairs_of(folder) for folder in folders}
    text = toml(report({name: case for name, case in cases.items() if len(case.same)}))
    if arguments.write:
        WEIGHTS.write_text(text, encoding="utf-8")
    else:
        print("\n" + text, end="")


if __name__ == "__main__":
    main()
