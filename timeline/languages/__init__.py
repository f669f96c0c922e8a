"""The registry of language packs: each code with the letters of its script, own scripts before shared ones."""

from __future__ import annotations

import re

SCRIPTS: dict[str, re.Pattern[str]] = {
    "ko": re.compile("[가-힣]+"),
    "en": re.compile("[A-Za-z]+"),
}
