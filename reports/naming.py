"""How the teller of a claim is named where a person reads it."""

from __future__ import annotations

from reports.plain import one_line
from timeline.model import Claim, Document


def teller(claim: Claim, document: Document | None) -> str:
    """The outlet; the file where no outlet is known; the document's id where that tells nothing either."""
    names = (claim.outlet, document.outlet if document else None, document.file if document else None)
    said = (one_line(name) for name in names if name)
    return next((name for name in said if name), claim.document)
