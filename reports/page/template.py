"""The template's surroundings: escaping on, missing names refused, phrases written so that the switch finds them."""

from __future__ import annotations

from collections.abc import Callable

import jinja2
from markupsafe import Markup

from reports.page.assets import asset
from reports.page.lens import LEFT, RIGHT, WIDTH
from reports.page.words import Phrase, Words


def template(words: Words) -> jinja2.Template:
    """The page's template, speaking the languages of ``words``."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: asset(f"page/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=_sayer(words), alt=_alt, name=_name, label=words.say)
    environment.globals.update(lens_width=WIDTH, lens_left=LEFT, lens_right=RIGHT)
    environment.filters["signed"] = lambda number: f"{number:+.1f}".replace("-", "\u2212")
    return environment.get_template("page.html.j2")


def _sayer(words: Words) -> Callable[[Phrase], Markup]:
    """Phrases as text: a fixed label as ``i``, which the switch looks up, others with the other language beside."""
    fixed = words.fixed()

    def say(phrase: Phrase) -> Markup:
        if phrase.main == phrase.alt:
            return Markup.escape(phrase.main)
        if fixed.get(phrase.main) == phrase.alt:
            return Markup("<i>{}</i>").format(phrase.main)
        return Markup('<span data-alt="{}">{}</span>').format(phrase.alt, phrase.main)

    return say


def _alt(phrase: Phrase) -> Markup:
    """The other language of a text, as the attribute the switch reads."""
    return Markup(' data-alt="{}"').format(phrase.alt) if phrase.main != phrase.alt else Markup("")


def _name(phrase: Phrase) -> Markup:
    """A phrase as an accessible name."""
    return Markup('aria-label="{}" data-alt-name="{}"').format(phrase.main, phrase.alt)
