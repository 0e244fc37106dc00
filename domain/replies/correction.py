"""A text that only corrects another: "sorry, I meant yes". What it says is what is meant, and nothing stands beside that."""

import re

_SORRY = (
    r"sorry|oops|whoops|ops|oh|wait|no|yes|my bad|i am|i'm|im|so|typo|auto ?correct|wrong (?:button|key|one|word)|(?:i )?(?:hit|pressed|typed|sent)"
    r"(?: the)?|by (?:mistake|accident)|that was|a mistake|perd[oó]n|disculpe?|me equivoqu[eé]|fue un error|era|s[ií]"
)
_MEANT = re.compile(
    rf"(?:(?:{_SORRY})\b[\s.,!;:*-]*){{0,8}}(?:i |yo )?(?:meant|quise (?:decir|poner))(?: to (?:say|put|type|text|send|reply|answer|hit|press))?"
    r"[\s.,!;:*'\"“]*(?P<meant>[^\s.,!'\"”]+(?: #?\d{2,4})?)[\s.,!'\"”]*(?:sorry|please|thanks|thank you|gracias|perd[oó]n)?[\s.!]*",
    re.IGNORECASE,
)
_LONGEST = 100


def corrected(text: str) -> str | None:
    """Give the word that is meant, with a code behind it or without; None where a text is no mere correction."""
    found = _MEANT.fullmatch(text.replace("’", "'").strip()) if len(text) <= _LONGEST else None
    return None if found is None else found["meant"]
