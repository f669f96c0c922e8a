"""Lines that are only the name of an outlet, an authority or a company, told by the words such names end with."""

from __future__ import annotations

import re

from sources import lines as reading
from sources.vocabulary import vocabulary


def is_outlet_line(text: str) -> bool:
    """Whether a line of the head is only the name of an outlet or body, with its section or programme beside it."""
    if len(text) > 32 or reading.is_sentence(text):
        return False
    words = outlet_words(text)
    if not words:
        return False
    suffixes, prefixes = vocabulary().words("outlet_suffixes"), vocabulary().words("outlet_prefixes")
    if len(words) > 3:
        return False
    return words[0].startswith(prefixes) or any(re.sub(r"\d+$", "", word).endswith(suffixes) for word in words[:2])


def outlet_words(text: str) -> list[str]:
    """The words of a line that may be an outlet's name: without edition, section, issue number and date."""
    name = re.split(r"\s*[|>·/\[(]\s*|\s{2,}|\s제?\d", text)[0]
    words = name.split(" ")
    while len(words) > 1 and words[0] in vocabulary().words("edition_words"):
        words.pop(0)
    return [word for word in words if word]


def is_body_line(text: str) -> bool:
    """Whether a line is one word that names an authority, company or institution."""
    return len(text) <= 16 and " " not in text and text.endswith(vocabulary().words("body_suffixes"))
