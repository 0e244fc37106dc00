"""The alphabet of plain text messages (3GPP TS 23.038): what fits into one segment, and what has to be respelled."""

import unicodedata

ONE_SEGMENT = 160
"""Septets in a message of one segment; longer ones are cut into segments of `PART`."""
PART = 153
ONE_WIDE_SEGMENT = 70
"""The same in the wide alphabet (UCS-2), which has every letter."""
WIDE_PART = 67

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


def segments(text: str) -> int:
    """Count the segments that `text` is sent in."""
    count = septets(text)
    if count is not None:
        return 1 if count <= ONE_SEGMENT else -(-count // PART)
    wide = len(text.encode("utf-16-le", "replace")) // 2
    return 1 if wide <= ONE_WIDE_SEGMENT else -(-wide // WIDE_PART)


def respell(text: str) -> str:
    """Write `text` within the alphabet where all of it has a plain form (accents are dropped), else leave it as it is:
    one letter outside of it makes the whole message wide, and then nothing is gained."""
    if BASIC.issuperset(text):
        return text
    plain = [_respell(char) for char in text]
    return "".join(plain) if all(plain) else text


def _respell(char: str) -> str:
    if char in BASIC or char in EXTENDED:
        return char
    if char in RESPELLED:
        return RESPELLED[char]
    parts = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
    plain = "".join(RESPELLED.get(part, part) for part in parts)
    return plain if BASIC.issuperset(plain) else ""
