"""What a page says about itself: JSON-LD, meta elements, data attributes, time elements; ranked, each with its place.

Names follow schema.org (Article), Open Graph, and the meta names of common content systems.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import lxml.html

from sources import stamps
from sources.draft import Note, Stamp
from timeline.model import Basis, StampKind

_META_DATES = {
    "article:published_time": (StampKind.PUBLISHED, 4),
    "og:article:published_time": (StampKind.PUBLISHED, 5),
    "datepublished": (StampKind.PUBLISHED, 5),
    "parsely-pub-date": (StampKind.PUBLISHED, 6),
    "dc.date.issued": (StampKind.PUBLISHED, 6),
    "dcterms.issued": (StampKind.PUBLISHED, 6),
    "dc.date.created": (StampKind.PUBLISHED, 8),
    "dc.date": (StampKind.PUBLISHED, 9),
    "pubdate": (StampKind.PUBLISHED, 7),
    "publishdate": (StampKind.PUBLISHED, 7),
    "publish_date": (StampKind.PUBLISHED, 7),
    "publication_date": (StampKind.PUBLISHED, 7),
    "sailthru.date": (StampKind.PUBLISHED, 8),
    "date": (StampKind.PUBLISHED, 12),
    "article:modified_time": (StampKind.MODIFIED, 4),
    "og:updated_time": (StampKind.MODIFIED, 5),
    "datemodified": (StampKind.MODIFIED, 5),
    "last-modified": (StampKind.MODIFIED, 6),
    "lastmod": (StampKind.MODIFIED, 6),
    "dc.date.modified": (StampKind.MODIFIED, 6),
}
_DATA_DATES = {
    "data-date-time": (StampKind.PUBLISHED, 20),
    "data-published": (StampKind.PUBLISHED, 20),
    "data-publish-date": (StampKind.PUBLISHED, 20),
    "data-pubdate": (StampKind.PUBLISHED, 20),
    "data-modify-date-time": (StampKind.MODIFIED, 20),
    "data-modified": (StampKind.MODIFIED, 20),
    "data-updated": (StampKind.MODIFIED, 20),
}
_ARTICLE = re.compile(r"article|newsarticle|report|blogposting|posting|liveblog", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"\s+(?:[-|<>:–—]|::)\s+[^-|<>:–—]{1,30}$")


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself."""

    title: str | None
    outlet: str | None
    byline: str | None
    url: str | None
    language: str | None
    stamps: tuple[Stamp, ...]


def read(root: lxml.html.HtmlElement, zone: tzinfo) -> About:
    """The page's own statements; nothing is guessed from its text."""
    linked = tuple(_linked(root))
    meta = _meta(root)
    found = (*_linked_stamps(linked, zone), *_meta_stamps(meta, zone), *_attribute_stamps(root, zone))
    return About(
        title=_title(root, linked, meta),
        outlet=_named(linked, "publisher")
        or _carried(meta)
        or meta.get("og:site_name")
        or meta.get("application-name"),
        byline=_byline(linked, meta) or _marked_author(root),
        url=_url(root, meta),
        language=_language(root),
        stamps=found,
    )


def _meta(root: lxml.html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        value = (node.get("content") or "").strip()
        if key and value:
            found.setdefault(key, value)
    return found


def _linked(root: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The article objects of the page's JSON-LD, graphs opened."""
    for node in root.iter("script"):
        if (node.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            parsed = json.loads((node.text or "").strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(parsed, 0)


def _articles(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 4:
        for item in value[:50]:
            yield from _articles(item, depth + 1)
    if not isinstance(value, dict) or depth > 4:
        return
    kinds = value.get("@type")
    names = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds or "")
    if _ARTICLE.search(names):
        yield value
    for key in ("@graph", "mainEntity", "mainEntityOfPage"):
        if isinstance(value.get(key), (list, dict)):
            yield from _articles(value[key], depth + 1)


def _linked_stamps(linked: tuple[dict[str, Any], ...], zone: tzinfo) -> Iterator[Stamp]:
    keys = (
        ("datePublished", StampKind.PUBLISHED, 1),
        ("dateCreated", StampKind.PUBLISHED, 15),
        ("dateModified", StampKind.MODIFIED, 1),
    )
    for article in linked[:1]:
        for key, kind, rank in keys:
            value = article.get(key)
            if isinstance(value, str) and value.strip():
                yield _stamp(f"{key}: {value}", value, kind, Note("json_ld", key), rank, zone)


def _meta_stamps(meta: dict[str, str], zone: tzinfo) -> Iterator[Stamp]:
    for key, (kind, rank) in _META_DATES.items():
        if key in meta:
            yield _stamp(f"{key}: {meta[key]}", meta[key], kind, Note("meta", key), rank, zone)


def _attribute_stamps(root: lxml.html.HtmlElement, zone: tzinfo) -> Iterator[Stamp]:
    for key, (kind, rank) in _DATA_DATES.items():
        for value in root.xpath(f"//@{key}")[:3]:
            yield _stamp(f"{key}: {value}", str(value), kind, Note("attribute", key), rank, zone)
    for node in root.xpath("//time[@datetime or @pubdate]")[:20]:
        yield _time_element(node, zone)


def _time_element(node: lxml.html.HtmlElement, zone: tzinfo) -> Stamp:
    """A time element dates the report only inside its own article and not in a comment or list of other articles."""
    value = str(node.get("datetime") or node.text_content())
    names = " ".join(
        f"{a.tag} {a.get('class') or ''} {a.get('id') or ''}" for a in (node, *node.iterancestors())
    ).lower()
    own = "article" in names or node.get("itemprop") is not None or node.get("pubdate") is not None
    if _SIDE.search(names) or not own:
        return _stamp(value, value, StampKind.SIDEBAR, Note("time_outside"), 40, zone)
    parent = node.getparent()
    words = parent.text_content()[:40] if parent is not None else ""
    around = f"{node.get('itemprop') or ''} {node.get('class') or ''} {words}"
    kind = StampKind.MODIFIED if _MODIFIED.search(around) else StampKind.PUBLISHED
    return _stamp(f"time: {value}", value, kind, Note("time_inside"), 25, zone)


_SIDE = re.compile(r"comment|reply|related|aside|nav\b|footer|rank|sidebar|recommend|popular")
_MODIFIED = re.compile(r"modif|updat|edit", re.IGNORECASE)


def _stamp(quote: str, value: str, kind: StampKind, note: Note, rank: int, zone: tzinfo) -> Stamp:
    return Stamp(quote[:120], kind, Basis.METADATA, note, stamps.parse(value, zone), rank)


def _title(root: lxml.html.HtmlElement, linked: tuple[dict[str, Any], ...], meta: dict[str, str]) -> str | None:
    for article in linked:
        headline = article.get("headline")
        if isinstance(headline, str) and headline.strip():
            return _clean(headline)
    given = meta.get("og:title") or meta.get("twitter:title")
    heading = [node.text_content() for node in root.iter("h1")]
    page = root.findtext(".//title")
    if given:
        return _shared(_clean(given), heading)
    if len(heading) == 1 and heading[0].strip():
        return _clean(heading[0])
    return _TITLE_TAIL.sub("", _clean(page)) or None if page and page.strip() else None


def _shared(title: str, headings: list[str]) -> str:
    """The heading of the page where the title only adds the site's name to it."""
    for heading in map(_clean, headings):
        if len(heading) > 5 and title.startswith(heading):
            return heading
    return _TITLE_TAIL.sub("", title) or title


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _named(linked: tuple[dict[str, Any], ...], key: str) -> str | None:
    for article in linked:
        names = _names(article.get(key))
        if names:
            return names[0]
    return None


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [_clean(value)] if value.strip() and not value.startswith("http") else []
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return [name for item in value[:10] for name in _names(item)]
    return []


def _byline(linked: tuple[dict[str, Any], ...], meta: dict[str, str]) -> str | None:
    for article in linked:
        names = _names(article.get("author"))
        if names:
            return ", ".join(names)
    for key in ("author", "article:author", "byl", "dable:author", "parsely-author", "dc.creator"):
        value = meta.get(key)
        if value and not value.startswith("http"):
            return value
    return None


def _carried(meta: dict[str, str]) -> str | None:
    """The outlet whose report a portal carries: portals name it as the article's author, before their own name."""
    outlet, mark, portal = meta.get("og:article:author", "").partition("|")
    return _clean(outlet) or None if mark and portal.strip() else None


def _marked_author(root: lxml.html.HtmlElement) -> str | None:
    """The author marked as such in the page (rel, itemprop, hCard), outside comments and other articles."""
    marks = "@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' vcard ')"
    for node in root.xpath(f"//body//*[{marks}]")[:20]:
        around = " ".join(f"{a.tag} {a.get('class') or ''} {a.get('id') or ''}" for a in (node, *node.iterancestors()))
        name = _clean(node.text_content())
        if 0 < len(name) <= _NAME_CHARACTERS and not _SIDE.search(around.lower()):
            return name
    return None


_NAME_CHARACTERS = 40


def _url(root: lxml.html.HtmlElement, meta: dict[str, str]) -> str | None:
    links = root.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
    for value in (*map(str, links[:1]), meta.get("og:url", "")):
        if re.match(r"https?://\S+$", value):
            return value
    return None


def _language(root: lxml.html.HtmlElement) -> str | None:
    code = (root.get("lang") or "").lower()[:2]
    return code if code in ("ko", "en") else None
