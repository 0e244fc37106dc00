"""Text that people typed: one line, with plain blanks, whatever program it was copied from."""

import unicodedata

_UNSEEN = str.maketrans(
    "", "", "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
)
"""What takes no room and nobody typed: soft hyphens, blanks of no width, marks of direction."""


def tidy(text: str) -> str:
    """Give `text` with each stretch of blanks, of any kind, as one plain blank, and none around it."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


def compared(text: str) -> str:
    """Give the form in which roles are compared: neither case nor blanks nor the width of letters count."""
    folded = unicodedata.normalize("NFKC", tidy(text)).casefold()
    return tidy(unicodedata.normalize("NFKC", folded))


def compared_plainly(text: str) -> str:
    """Give the form in which names are compared: accents do not count either."""
    parts = unicodedata.normalize("NFKD", compared(text))
    return tidy("".join(char for char in parts if not unicodedata.combining(char)))
