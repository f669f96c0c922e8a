"""The page's colours by role, light and dark; a test holds texts to 4.5:1 and marks to 3:1 on the paper (WCAG 2.2)."""

from __future__ import annotations

PALETTE: dict[str, tuple[str, str]] = {
    "paper": ("#fdfcfa", "#16191d"),
    "raised": ("#ffffff", "#1d2126"),
    "fold": ("#f3f0ea", "#22272d"),
    "rule": ("#dcd8d0", "#363d45"),
    "edge": ("#86898c", "#7c858e"),
    "ink": ("#1b1f24", "#ebe8e2"),
    "soft": ("#575f68", "#a9b1b9"),
    "accent": ("#0f5c78", "#7fc4df"),
    "tint": ("#e3eef2", "#1f3640"),
    "mark": ("#fbe7b2", "#574a1e"),
    "high": ("#2e6b5a", "#7cc4ad"),
    "medium": ("#7d5e15", "#d9b765"),
    "low": ("#94463a", "#e0988b"),
    "s0": ("#1f6fa8", "#6db4e8"),
    "s1": ("#a85a12", "#e5a15c"),
    "s2": ("#2d7a55", "#74c79b"),
    "s3": ("#96406f", "#dc92bb"),
    "s4": ("#5d5aa6", "#aba8ec"),
    "s5": ("#6f6600", "#cbbf4e"),
    "s6": ("#b0432c", "#ee8e78"),
}
TEXTS = ("ink", "soft", "accent", "high", "medium", "low")
MARKS = ("s0", "s1", "s2", "s3", "s4", "s5", "s6", "edge")


def light(name: str) -> str:
    """The light value of a role; the figure carries it as a stand-in for the role."""
    return PALETTE[name][0]


def roles() -> dict[str, str]:
    """Light value to custom property, for the script that repaints the figure."""
    return {value: f"--{name}" for name, (value, _) in PALETTE.items()}
