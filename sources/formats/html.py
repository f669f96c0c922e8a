"""HTML pages: the readable lines in reading order with what the markup says they are, and the page's own metadata.

The markup is walked once (lxml). Captions are kept as captions, lists of links and what stands in side elements are a
sidebar, what follows the element that holds the story is not the story. Where a page has no such element, trafilatura
(loaded only then) says which lines are the story. All else is left to the line rules, as for plain text.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import groupby

import lxml.html
from lxml import etree

from sources import encoding, structure
from sources import lines as prose
from sources.draft import Draft, Piece
from sources.formats import grid, metadata
from sources.vocabulary import vocabulary
from timeline.errors import InputError
from timeline.model import BlockKind

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "form", "select", "button", "object"}
    | {
        "amp-ad",
        "amp-embed",
        "amp-auto-ads",
        "amp-sticky-ad",
        "amp-analytics",
        "amp-consent",
        "amp-iframe",
        "amp-state",
    }
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
    }
    | {"figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
_SIDE_TAGS = frozenset({"aside", "nav", "footer", "amp-sidebar"})
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:related?|rel|sidebar|side|aside|ranking|rank|popular|recommend\w*|recent|latest|most\w*|hot\w*|comments?|reply|"
    r"replies|banner|ads?|advert\w*|promo\w*|gnb|lnb|snb|footer|foot|breadcrumb|nav\w*|menu|sns|share|tag-?list|tags|widget|"
    r"newsletter|cookie\w*|copy_?right|other\w*|more-?news)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"caption|img_?desc|photo_?(?:desc|txt|info)|img_?txt|image_?desc|pic_?txt|txt_caption|cap_?txt|desc_img",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"article[-_]?(?:view|body|content|contents|txt|text|area)"
    r"|(?:news|view|art|read|story|post|entry)[-_]?(?:body|cont|content|contents|txt|text|area)"
    r"|articlebody|dic_area|newsct_article|harmonycontainer",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEPTH = 400


def read(data: bytes, name: str, zone: tzinfo, *, charset: str | None = None) -> Iterator[Draft]:
    """The one draft of a page. Raises :class:`InputError` for a page without readable text."""
    text = encoding.decode(data, charset or encoding.declared_in_markup(data))
    root = _parse(text, name)
    about = metadata.read(root, zone)
    lines = _lines(_walk(root, about.title))
    pieces = tuple(_pieces(lines if any(line.inside for line in lines) else _cross_checked(lines, text)))
    if not any(piece.kind in (None, BlockKind.BODY) and piece.text.strip() for piece in pieces):
        raise InputError(name, "an HTML page without text (its text may be drawn by scripts or a login page)")
    yield Draft(
        pieces=pieces,
        title=about.title,
        outlet=about.outlet,
        byline=about.byline,
        url=about.url,
        language=about.language,
        stamps=about.stamps,
    )


def _parse(text: str, name: str) -> lxml.html.HtmlElement:
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml.html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise InputError(name, f"not readable as HTML: {error}") from error
    return root


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of inline text: its kind, whether it is a link, whether the element that holds the story holds it."""

    text: str
    kind: BlockKind | None = None
    link: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as a browser would set it."""

    text: str
    kind: BlockKind | None
    link: bool
    inside: bool


_CUT = _Run("\n")
_GAP = _Run(" ")  # two times beside one another are set apart by style alone


def _walk(root: lxml.html.HtmlElement, title: str | None) -> Iterator[_Run]:
    body = root.find("body")
    yield from _element(body if body is not None else root, _Run(""), title, 0)


def _element(node: lxml.html.HtmlElement, above: _Run, title: str | None, depth: int) -> Iterator[_Run]:
    """Runs of one element, cut at block elements; ``above`` holds what the elements around it say."""
    inside = above.inside or _holds_story(node)
    own = _Run("", _kind(node, above.kind, title), above.link or node.tag == "a", inside)
    yield _with(own, node.text)
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED and depth <= _DEPTH and not _is_hidden(child):
            cuts = [_CUT] if child.tag in _BLOCKS else [_GAP] if child.tag == "time" else []
            yield from cuts
            if child.tag == "table" and grid.is_data(child):
                yield from _table(child, own, title, depth + 1)
            else:
                yield from _element(child, own, title, depth + 1)
            yield from cuts
        yield _with(own, child.tail)


def _table(node: lxml.html.HtmlElement, above: _Run, title: str | None, depth: int) -> Iterator[_Run]:
    """A table of data: each row one line, its title a line of its own."""
    kind = _kind(node, above.kind, title) or BlockKind.TABLE
    for heading in node.findall("caption"):
        yield from _element(heading, above, title, depth + 1)
        yield _CUT
    for cells in grid.rows(node):
        filled = [cell for cell in cells if cell.text_content().strip()]
        for number, cell in enumerate(filled):
            yield _Run(grid.BAR if number else "", kind, inside=above.inside)
            for run in _element(cell, above, title, depth + 1):
                yield _Run(" " if run is _CUT else run.text, kind, run.link, above.inside)
        yield _CUT


def _with(run: _Run, text: str | None) -> _Run:
    return _Run(text or "", run.kind, run.link, run.inside)


def _holds_story(node: lxml.html.HtmlElement) -> bool:
    if node.tag == "article" or node.get("itemprop") == "articleBody":
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    return node.tag in ("div", "section", "td") and _STORY.search(names) is not None


def _is_hidden(node: lxml.html.HtmlElement) -> bool:
    return "hidden" in node.attrib or bool(_HIDDEN.search(node.get("style") or ""))


def _kind(node: lxml.html.HtmlElement, kind: BlockKind | None, title: str | None) -> BlockKind | None:
    if kind in (BlockKind.SIDEBAR, BlockKind.CAPTION, BlockKind.TABLE):
        return kind
    names = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}"
    if node.tag in _SIDE_TAGS or (node.tag not in ("body", "article", "main", "html") and _SIDE.search(names)):
        return BlockKind.SIDEBAR
    if node.tag == "figcaption" or _CAPTION.search(names):
        return BlockKind.CAPTION
    return _kind_of_tag(node, title) or kind


def _kind_of_tag(node: lxml.html.HtmlElement, title: str | None) -> BlockKind | None:
    if node.tag == "h1":
        return BlockKind.HEADLINE if title is None or _alike(node.text_content(), title) else None
    if node.tag in ("h2", "h3", "h4") and title is not None and _alike(node.text_content(), title):
        return BlockKind.HEADLINE
    return None


def _alike(left: str, right: str) -> bool:
    left, right = re.sub(r"\W+", "", left).casefold(), re.sub(r"\W+", "", right).casefold()
    return bool(left) and (left.startswith(right) or right.startswith(left))


def _lines(runs: Iterator[_Run]) -> tuple[_Line, ...]:
    """Runs joined into lines: white space folded as a browser does, a change of kind begins a line."""
    found: list[_Line] = []
    held: list[_Run] = []
    first: _Run | None = None
    for run in runs:
        told = run is not _CUT and bool(run.text.strip())
        if run is _CUT or (told and first is not None and first.kind is not run.kind):
            found.extend(_line(held))
            held, first = [], None
        if run is not _CUT:
            held.append(run)
            first = run if first is None and told else first
    return (*found, *_line(held))


def _line(runs: Sequence[_Run]) -> Iterator[_Line]:
    text = re.sub(r"[ \t\r\n\f]+", " ", "".join(run.text for run in runs)).strip()
    told = [run for run in runs if run.text.strip()]
    if text and told:
        linked = sum(len(run.text.strip()) for run in told if run.link)
        yield _Line(text, told[0].kind, 5 * linked >= 4 * len(text), told[0].inside)


def _pieces(lines: Sequence[_Line]) -> Iterator[Piece]:
    """The lines with their kinds: lists of links and what follows the story, its stamps aside, are a sidebar."""
    last = max((index for index, line in enumerate(lines) if line.inside), default=len(lines))
    for index, line in enumerate(lines):
        kind = _kind_of_row(line, last < len(lines)) if line.kind is BlockKind.TABLE else line.kind
        behind = index > last and not structure.is_stamp_line(line.text)
        if kind is None and (behind or (line.link and not prose.is_sentence(line.text))):
            kind = BlockKind.SIDEBAR
        yield Piece(line.text, kind)


def _kind_of_row(line: _Line, placed: bool) -> BlockKind | None:
    """A row outside the story is a line like others, so is one of a form: a stamp, a contact, a release's head."""
    if line.link or (placed and not line.inside):
        return None
    if grid.BAR not in line.text or prose.starts_with_time(line.text):
        return BlockKind.TABLE
    form = structure.is_stamp_line(line.text) or prose.rule_of(line.text, "head") is not None
    form = form or line.text.startswith(vocabulary().words("official_marks"))
    form = form or any(pattern.match(line.text) for pattern in vocabulary().patterns("credit", "title_label"))
    return None if form else BlockKind.TABLE


def _cross_checked(lines: Sequence[_Line], page: str) -> tuple[_Line, ...]:
    """The lines, those that trafilatura takes for the story marked as inside it; a table is so as a whole."""
    story = _story(page)
    found: list[_Line] = []
    for kind, run in groupby(lines, key=lambda line: line.kind):
        least = _SHORT if kind is None else 1
        held = list(run)
        told = [kind in (None, BlockKind.TABLE) and _is_told(line.text, story, least) for line in held]
        whole = kind is BlockKind.TABLE and any(told)
        found.extend(replace(line, inside=whole or inside) for line, inside in zip(held, told, strict=True))
    return tuple(found)


def _is_told(text: str, story: str, least: int) -> bool:
    plain = _plain(text)
    return len(plain) >= least and plain in story


def _story(page: str) -> str:
    """The story as trafilatura extracts it, letters and digits only; empty where it finds none."""
    import trafilatura  # half a second to load; most pages do without it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of every page it finds nothing in
    text = trafilatura.extract(page, include_comments=False, include_tables=True, deduplicate=False)
    return _plain(text or "")


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text)


_SHORT = 12
