"""Who published a report, who wrote it, and which wire service its text is credited to; all from its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sources.outlets import is_outlet_line, outlet_words
from sources.structure import SIGNER, Labelled
from sources.vocabulary import vocabulary
from timeline.model import BlockKind


@dataclass(frozen=True, slots=True)
class Credits:
    """Outlet, byline (names joined by commas), wire service if not the outlet itself, and whether it is a record."""

    outlet: str | None = None
    byline: str | None = None
    agency: str | None = None
    official: bool = False


def read(labelled: Sequence[Labelled], outlet: str | None, byline: str | None, official: bool = False) -> Credits:
    """The credits of a report; what the format says (``outlet``, ``byline``) stands before what the text says."""
    official = official or any(_marks_official(item) for item in labelled)
    lead = _lead(labelled)
    agency = lead.get("agency") or _first(labelled, "agency_line", "agency", (BlockKind.BYLINE,))
    named = outlet or _outlet(labelled, lead, official)
    if named is None:
        named = agency
    given = None if byline is not None and outlet is not None and _plain(byline) == _plain(outlet) else byline
    names = _names(given) or _byline(labelled, lead)
    if agency is not None and named is not None and _plain(agency) in _plain(named):
        named, agency = agency, None
    return Credits(named, names, agency, official)


def _marks_official(item: Labelled) -> bool:
    if item.rule is not None and item.rule.official:
        return True
    return item.kind is BlockKind.STAMP and any(word in item.line.text for word in vocabulary().words("official_marks"))


def caption_credit(text: str) -> str | None:
    """The agency or person a caption is credited to, ``None`` if it names none."""
    known = vocabulary()
    for name in ("caption_stamp", "caption_agency", "caption_given"):
        for pattern in known.patterns("credit", name):
            found = pattern.search(text)
            if found is not None:
                return found["agency"].strip()
    return None


def _lead(labelled: Sequence[Labelled]) -> dict[str, str]:
    """The parts of the bracket or dateline that begins the story."""
    known = vocabulary()
    for item in labelled:
        if item.kind not in (BlockKind.BODY, BlockKind.BYLINE):
            continue
        for pattern in (*known.patterns("lead", "dateline"), *known.patterns("lead", "bracket")):
            found = pattern.search(item.line.text)
            if found is not None:
                return {name: value.strip() for name, value in found.groupdict().items() if value and name != "rest"}
    return {}


def _outlet(labelled: Sequence[Labelled], lead: dict[str, str], official: bool) -> str | None:
    if official:
        found = _release_outlet(labelled)
        if found is not None:
            return found
    if lead.get("outlet"):
        return _bare(lead["outlet"])
    found = _first(labelled, "copyright", "outlet", (BlockKind.BOILERPLATE, BlockKind.SIDEBAR))
    if found is not None:
        return _bare(found)
    channel = _first(labelled, "channel", "outlet", (BlockKind.BOILERPLATE,))
    signer = next((item.line.text for item in labelled if item.why == SIGNER), None)
    return _signed_off(labelled) or _header(labelled) or channel or signer or _teller(labelled)


def _teller(labelled: Sequence[Labelled]) -> str | None:
    """The body that holds a briefing or gives out a bulletin, by the headline's first word."""
    heads = (BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.BYLINE)
    briefing = _first(labelled, "release_head", "briefing", heads)
    if briefing is not None:
        return _bare(briefing)
    given_out = any(item.kind is BlockKind.STAMP and _is_given_out(item.line.text) for item in labelled[:_HEAD_LINES])
    first = next((item.line.text.split(" ")[0] for item in labelled if item.kind is BlockKind.HEADLINE), "")
    return first if given_out and len(first) > 2 and first.endswith(vocabulary().words("body_suffixes")) else None


def _is_given_out(text: str) -> bool:
    return text.startswith(vocabulary().words("given_out"))


_HEAD_LINES = 6


def _release_outlet(labelled: Sequence[Labelled]) -> str | None:
    every = (BlockKind.BOILERPLATE, BlockKind.BYLINE, BlockKind.SUBHEAD, BlockKind.HEADLINE, BlockKind.STAMP)
    for name in ("release_head", "profile_about", "distributor", "profile"):
        found = _first(labelled, name, "outlet", every)
        if found is not None and not re.fullmatch(r"\W*", found):
            return _without_department(found)
    return _header(labelled) or _first(labelled, "release_lead", "outlet", (BlockKind.BODY, BlockKind.LIST))


def _header(labelled: Sequence[Labelled]) -> str | None:
    """The name on the line above the headline."""
    for item in labelled:
        if item.kind is BlockKind.BODY:
            return None
        if item.why == "name of the outlet":
            return _header_name(item.line.text)
        if item.kind in (BlockKind.STAMP, BlockKind.BYLINE):
            name = re.split(r"\s+[|·/]\s+", item.line.text)[0].strip()
            if is_outlet_line(name):
                return _header_name(name)
    return None


def _header_name(text: str) -> str:
    """A header line without its section: the words up to the first that ends as names of outlets do."""
    suffixes, words = vocabulary().words("outlet_suffixes"), outlet_words(text)
    if words[0].startswith(vocabulary().words("outlet_prefixes")):
        return " ".join(words[:2]) if words[0] in vocabulary().words("outlet_prefixes") else words[0]
    for index, word in enumerate(words):
        if re.sub(r"\d+$", "", word).endswith(suffixes):
            return " ".join(words[: index + 1])
    return words[0]


def _signed_off(labelled: Sequence[Labelled]) -> str | None:
    for item in labelled:
        if item.rule is None or item.kind is not BlockKind.BYLINE:
            continue
        for pattern in vocabulary().patterns("credit", "signoff"):
            found = pattern.search(item.line.text)
            if found is not None:
                return found["outlet"].strip()
    return None


def _byline(labelled: Sequence[Labelled], lead: dict[str, str]) -> str | None:
    names = _names(lead.get("names"))
    if names:
        return names
    head = [item for item in labelled if item.kind in (BlockKind.BYLINE, BlockKind.STAMP)]
    return _signed_by(head) or _person(item.line.text for item in head)


def _person(texts: Iterable[str]) -> str | None:
    known = vocabulary()
    patterns = (*known.patterns("credit", "person"), *known.patterns("credit", "labelled_person"))
    for text in texts:
        for pattern in patterns:
            found = pattern.search(text)
            if found is not None and _names(found["name"]):
                return _names(found["name"])
    return None


def _signed_by(items: Sequence[Labelled]) -> str | None:
    for item in items:
        for pattern in vocabulary().patterns("credit", "signoff"):
            found = pattern.search(item.line.text)
            if found is not None:
                return found["name"]
    return None


def _names(text: str | None) -> str | None:
    """Names joined by ", ": titles, mail addresses and desks taken away."""
    if text is None:
        return None
    text = re.sub(r"^(?:By|BY|Written by)\s+", "", re.sub(r"[\w.+-]+@[\w.-]+", "", text).strip())
    parts = re.split(r"\s*(?:[,·/;&|]|\band\b)\s*", text)
    kept = [name for part in parts if (name := _person_name(part)) is not None]
    return ", ".join(dict.fromkeys(kept)) or None


def _person_name(part: str) -> str | None:
    part = part.strip(" ()[]<>=|")
    for pattern in vocabulary().patterns("credit", "person"):
        found = pattern.search(part)
        if found is not None:
            part = found["name"]
    if not part or part in vocabulary().words("not_persons") or len(part) > 40:
        return None
    return part


def _first(labelled: Sequence[Labelled], name: str, group: str, kinds: tuple[BlockKind, ...]) -> str | None:
    for item in labelled:
        if item.kind not in kinds:
            continue
        for pattern in vocabulary().patterns("credit", name):
            found = pattern.search(item.line.text)
            if found is not None and found.groupdict().get(group):
                return str(found[group]).strip()
    return None


def _bare(name: str) -> str:
    bare = name.strip(" .,·|<>[]'\"")
    for mark in vocabulary().words("company_marks"):
        bare = bare.removeprefix(mark).removesuffix(mark).strip()
    return bare if bare.count("(") == bare.count(")") else bare.strip("()")


def feed_outlet(title: str) -> str:
    """The outlet a feed's title names: without the words that say what the feed holds."""
    for pattern in vocabulary().patterns("credit", "feed_tail"):
        title = pattern.sub("", title)
    return title


def _without_department(name: str) -> str:
    words = name.split(" ")
    while len(words) > 1 and words[-1] in vocabulary().words("departments"):
        words.pop()
    return _bare(" ".join(words))


def sender_outlet(name: str) -> str | None:
    """The body a mail's sender name stands for: "가람전자 홍보실" is 가람전자."""
    return _without_department(name.strip(" \"'")) or None


def _plain(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()
