"""Texts to caregivers in an organization's own words."""

from typing import Annotated

from pydantic import StringConstraints

from .frozen import Frozen

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=320)]
"""A text with places in braces that are filled in, such as "{shift}"."""


class OwnText(Frozen):
    """One text in both languages: whoever is written to in Spanish has to be told the same."""

    en: Words
    es: Words

    def filled(self, language: str, **facts: str) -> str:
        """Give it in a language, with facts in the places that they are named for."""
        return (self.es if language == "es" else self.en).format(**facts)


class OwnTexts(Frozen):
    """What replaces ours; None where ours stands. `domain.linter` says what may stand in each.

    `offer` has the places {sender}, {shift}, {code} and, where wanted, {area}; `confirmation` and `taken` have {shift}; `help`
    and `welcome` have {sender}.
    """

    offer: OwnText | None = None
    confirmation: OwnText | None = None
    taken: OwnText | None = None
    help: OwnText | None = None
    welcome: OwnText | None = None


OURS = OwnTexts()
"""Nothing is replaced."""
