"""The alphabet of plain text messages (3GPP TS 23.038): what fits into one segment, and what has to be respelled."""

import unicodedata

ONE_SEGMENT = 160
"""Septets in a message of one segment; longer ones are cut into segments of `PART`."""
PART = 153

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Characters that take two septets."""

RESPELLED = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "⁄": "/", "\u00a0": " "}


def septets(text: str) -> int | None:
    """Count the septets of `text`, or give None when a character is outside the alphabet (the text then costs
    two to three times as many segments)."""
    if BASIC.issuperset(text):
        return len(text)
    if any(char not in BASIC and char not in EXTENDED for char in text):
        return None
    return len(text) + sum(char in EXTENDED for char in text)


def fits(text: str, room: int = ONE_SEGMENT) -> bool:
    """Whether `text` takes at most `room` septets, by default one segment."""
    count = septets(text)
    return count is not None and count <= room


def respell(text: str) -> str:
    """Write `text` within the alphabet: accents that it lacks are dropped, the rest becomes "?"."""
    return text if BASIC.issuperset(text) else "".join(_respell(char) for char in text)


def _respell(char: str) -> str:
    if char in BASIC or char in EXTENDED:
        return char
    if char in RESPELLED:
        return RESPELLED[char]
    parts = (RESPELLED.get(part, part) for part in unicodedata.normalize("NFKD", char))
    return "".join(part for part in parts if part in BASIC) or "?"
