"""How phrases are written down: a pattern is a line of words.

`a|b` without blanks is a choice between words; `( )` groups, and a bar with blanks chooses between all that stands
left and right of it: `(fine|ok with|by me | sure)`. `[ ]` is optional, `( )*` repeats one or more times, `[ ]*` any
number of times, and `<name>` stands for the patterns of that name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_WORD = r"(?:<[a-z_0-9]+>|[^\s()\[\]|*<>]+)"
_LEXEME = re.compile(rf"[()\[\]*]|{_WORD}(?:\|{_WORD})*|\S")


class PatternError(ValueError):
    """Raised when a pattern is not well formed or names a pattern that does not exist."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """One of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """These parts, one after the other."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of these parts; or none of them when `optional`, and one after the other when it `repeats`, too."""

    parts: "tuple[Part, ...]"
    optional: bool = False
    repeats: bool = False


Part = Words | Sequence | Choice


class Patterns:
    """Parses patterns; `names` are the named ones, which may name others but never themselves.

    Equal parts are one and the same object, so that they can be told apart by identity, which is quick.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._names = names
        self._parsed: dict[str, Part] = {}
        self._open: list[str] = []
        self._parts: dict[tuple[object, ...], Part] = {}

    def parse(self, pattern: str) -> Part:
        """Parse one pattern. Raises PatternError."""
        lexemes = _LEXEME.findall(pattern)
        part, at = self._sequence(lexemes, 0)
        if at != len(lexemes):
            raise PatternError(f"stray {lexemes[at]!r} in {pattern!r}")
        return part

    def words(self) -> frozenset[str]:
        """Give every word of what was parsed."""
        return frozenset(
            word for part in self._parts.values() if isinstance(part, Words) for word in part.words
        )

    def named(self, name: str) -> Part:
        """Parse the patterns called `name`. Raises PatternError."""
        if name not in self._parsed:
            if name not in self._names or name in self._open:
                raise PatternError(f"{name!r} is unknown or names itself")
            self._open.append(name)
            self._parsed[name] = self._choice([self.parse(pattern) for pattern in self._names[name]])
            self._open.pop()
        return self._parsed[name]

    def _sequences(self, lexemes: list[str], at: int) -> tuple[tuple[Part, ...], int]:
        found = []
        while True:
            part, at = self._sequence(lexemes, at)
            found.append(part)
            if at >= len(lexemes) or lexemes[at] != "|":
                return tuple(found), at
            at += 1

    def _sequence(self, lexemes: list[str], at: int) -> tuple[Part, int]:
        parts: list[Part] = []
        while at < len(lexemes) and lexemes[at] not in {"|", ")", "]"}:
            part, at = self._part(lexemes, at)
            parts.append(part)
        return (parts[0] if len(parts) == 1 else self._sequence_of(parts)), at

    def _part(self, lexemes: list[str], at: int) -> tuple[Part, int]:
        lexeme = lexemes[at]
        if lexeme in {"(", "["}:
            parts, at = self._sequences(lexemes, at + 1)
            if at >= len(lexemes) or lexemes[at] != {"(": ")", "[": "]"}[lexeme]:
                raise PatternError(f"{lexeme} is not closed in {' '.join(lexemes)!r}")
            repeats = at + 1 < len(lexemes) and lexemes[at + 1] == "*"
            return self._choice(parts, optional=lexeme == "[", repeats=repeats), at + 1 + repeats
        if lexeme == "*":
            raise PatternError(f"stray * in {' '.join(lexemes)!r}")
        choices = lexeme.split("|")
        words = tuple(word for word in choices if word[0] != "<")
        named = [self.named(word[1:-1]) for word in choices if word[0] == "<"]
        if not named:
            return self._words(words), at + 1
        return self._choice([self._words(words), *named] if words else named), at + 1

    def _words(self, words: tuple[str, ...]) -> Part:
        return self._parts.setdefault(words, Words(words))

    def _sequence_of(self, parts: list[Part]) -> Part:
        return self._parts.setdefault((Sequence, *map(id, parts)), Sequence(tuple(parts)))

    def _choice(self, parts: Iterable[Part], optional: bool = False, repeats: bool = False) -> Part:
        parts = tuple(parts)
        if repeats and not optional:
            return self._sequence_of([self._choice(parts), self._choice(parts, optional=True, repeats=True)])
        key = (Choice, optional, repeats, *map(id, parts))
        return self._parts.setdefault(key, Choice(parts, optional, repeats))
