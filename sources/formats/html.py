"""HTML pages: the readable blocks in reading order with what the markup says they are, and the page's own metadata.

The markup is walked once (lxml). Captions are kept as captions. Where markup says nothing, the line rules decide as for
plain text; trafilatura, loaded only where a page has no article of its own, settles which of its blocks are the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

import lxml.html
from lxml import etree

from sources import encoding
from sources.draft import Draft, Piece
from sources.formats import metadata
from timeline.errors import InputError
from timeline.model import BlockKind

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "form", "select", "button", "object"}
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
_SIDE_TAGS = frozenset({"aside", "nav", "footer"})
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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEPTH = 400


def read(data: bytes, name: str, zone: tzinfo, *, charset: str | None = None) -> Iterator[Draft]:
    """The one draft of a page. Raises :class:`InputError` for a page without readable text."""
    text = encoding.decode(data, charset or encoding.declared_in_markup(data))
    root = _parse(text, name)
    about = metadata.read(root, zone)
    pieces = tuple(_merged(_walk(root, about.title)))
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


def _walk(root: lxml.html.HtmlElement, title: str | None) -> Iterator[Piece]:
    body = root.find("body")
    yield from _element(body if body is not None else root, None, title, 0)


def _element(node: lxml.html.HtmlElement, kind: BlockKind | None, title: str | None, depth: int) -> Iterator[Piece]:
    """Pieces of one element: runs of inline text, cut at block elements; ``"\\n"`` pieces mark the cuts."""
    own = _kind(node, kind, title)
    yield Piece(node.text or "", own)
    for child in node:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED or depth > _DEPTH or _is_hidden(child):
            yield Piece(child.tail or "", own)
            continue
        block = child.tag in _BLOCKS
        if block:
            yield Piece("\n", own)
        yield from _element(child, own, title, depth + 1)
        if block:
            yield Piece("\n", own)
        yield Piece(child.tail or "", own)


def _is_hidden(node: lxml.html.HtmlElement) -> bool:
    return "hidden" in node.attrib or bool(_HIDDEN.search(node.get("style") or ""))


def _kind(node: lxml.html.HtmlElement, kind: BlockKind | None, title: str | None) -> BlockKind | None:
    if kind in (BlockKind.SIDEBAR, BlockKind.CAPTION, BlockKind.TABLE, BlockKind.LIST):
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


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Inline runs joined into lines: white space folded as a browser does, one piece a line."""
    run: list[str] = []
    kind: BlockKind | None = None
    for piece in pieces:
        if piece.text == "\n" or (run and piece.kind is not kind and piece.text.strip()):
            yield from _line(run, kind)
            run = []
        if piece.text != "\n":
            if piece.text.strip() or not run:
                kind = piece.kind
            run.append(piece.text)
    yield from _line(run, kind)


def _line(run: list[str], kind: BlockKind | None) -> Iterator[Piece]:
    text = re.sub(r"[ \t\r\n\f]+", " ", "".join(run)).strip()
    if text:
        yield Piece(text, kind)
