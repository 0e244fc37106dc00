"""How a word of a text message is spelled out: contractions, text-message spellings, typos, words run together."""

from collections.abc import Iterable, Mapping

from .phrases.sms_spellings import BEHIND

_LONGEST_WORD = 28


class Speller:
    """Turns one written word into the words of the grammar.

    `known` are the grammar's words, `spellings` maps a written form to the words it stands for, `objections` are
    the words that may never be guessed away, `real` are names and words that look like one of ours and are not.
    """

    def __init__(
        self,
        known: Iterable[str],
        spellings: Mapping[str, str],
        objections: Iterable[str],
        real: Iterable[str],
    ) -> None:
        self._spellings = {written: tuple(meant.split()) for written, meant in spellings.items()}
        self._objections = frozenset(objections)
        self._known = frozenset(word for word in known if not word.startswith("@")) | self._objections
        self._real = frozenset(real)
        self._all = self._known | self._spellings.keys()
        self._squeezed: dict[str, str] = {}
        self._near: dict[str, set[str]] = {}
        for word in sorted(self._all, key=lambda word: (word not in self._known, word)):
            self._squeezed.setdefault(squeezed(word), word)
            if len(word) >= 4 and word in self._known:
                for shorter in deletions(word):
                    self._near.setdefault(shorter, set()).add(word)

    def known(self, word: str, before: str) -> tuple[tuple[str, ...], bool] | None:
        """Give the words that `word` stands for after the word `before`; None when nobody knows it."""
        if word in BEHIND and before in BEHIND[word]:
            return (BEHIND[word][before],), False
        if word in self._spellings:
            return self._spellings[word], False
        if word in self._known:
            return (word,), False
        return None

    def guess(self, word: str) -> tuple[tuple[str, ...], bool]:
        """Give the words that an unknown `word` may stand for, and whether that is more than a matter of form."""
        if "'" in word:
            return self._contraction(word)
        if len(word) > _LONGEST_WORD or word in self._real:
            return (word,), False
        short = squeezed(word)
        if short != word and short in self._squeezed:
            return self._spelled(self._squeezed[short]), False
        if len(word) >= 5 and (mended := self._mend(word)):
            return self._spelled(mended), True
        if len(word) >= 5 and (parts := self._split(word)):
            return tuple(out for part in parts for out in self._spelled(part)), True
        return (word,), False

    def _spelled(self, word: str) -> tuple[str, ...]:
        return self._spellings.get(word, (word,))

    def _contraction(self, word: str) -> tuple[tuple[str, ...], bool]:
        joined = word.replace("'", "")
        if joined in self._spellings:
            return self._spellings[joined], False
        stem, _, tail = word.partition("'")
        if tail == "t" and stem.endswith("n"):
            return (*self._either(stem[:-1]), "not"), False
        if not tail:
            return (word,), False
        if tail in _TAILS:
            return (*self._either(stem), _TAILS[tail]), False
        if tail == "s":
            return self._either(stem), False
        return (joined,), False

    def _either(self, word: str) -> tuple[str, ...]:
        return (self.known(word, "") or self.guess(word))[0]

    def _mend(self, word: str) -> str | None:
        near = {found for shorter in deletions(word) for found in self._near.get(shorter, ())}
        near = {found for found in near if distance_is_one(word, found)}
        bad = near & self._objections
        if bad:
            return min(bad)
        near = {found for found in near if found[0] == word[0] or _swapped(word, found)}
        return min(near) if len(near) == 1 or (len(word) >= 6 and near) else None

    def _split(self, word: str) -> list[str]:
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            found: list[str] | None = None
            for start in range(max(0, end - 14), end):
                before, part = best[start], word[start:end]
                if before is None or part not in self._all or (len(part) == 1 and part not in "iu"):
                    continue
                if found is None or self._better([*before, part], found):
                    found = [*before, part]
            best.append(found)
        parts = best[-1]
        return parts if parts is not None and len(parts) <= 6 else []

    def _better(self, parts: list[str], than: list[str]) -> bool:
        """Whether `parts` has fewer words, or as many and an objection among them: "yes till", not "ye still"."""
        if len(parts) != len(than):
            return len(parts) < len(than)
        return not self._objections.isdisjoint(parts) and self._objections.isdisjoint(than)


_TAILS = {"ll": "will", "re": "are", "ve": "have", "d": "would", "m": "am"}


def squeezed(word: str) -> str:
    """`word` with every run of a letter written once: "yesss" and "yes" are the same."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


def deletions(word: str) -> list[str]:
    """`word` and every form of it with one letter left out."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def distance_is_one(one: str, other: str) -> bool:
    """Whether one letter changed, added, left out or swapped with its neighbour makes `one` into `other`."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    longest = max(len(one), len(other))
    return longest == 1 or (longest == len(other) == 2 and one == other[::-1])


def _swapped(word: str, found: str) -> bool:
    return word[:2] == found[:2][::-1] and word[2:] == found[2:]
