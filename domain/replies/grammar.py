"""All phrases as one automaton that finds every phrase at every place of a message.

It is laid out and made deterministic while it is used, state by state, so that a start need not wait for what nobody says,
a step costs one dictionary look-up, and reading stays linear in the length of the message.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .pattern import Part, Patterns, Sequence, Words

_STEPS_KEPT = 100_000
_LONGEST_PHRASE = 20

Matches = list[list[tuple[int, frozenset[str]]]]
"""For every word of a message the phrases that begin there: where each ends, and its tags."""


@dataclass(slots=True, eq=False)
class _Place:
    """In a phrase, before `part` and what comes `then`; at its end there is neither, and a `tag`."""

    part: Part | None
    then: "_Place | None"
    tag: str | None = None
    reach: "frozenset[_Place] | None" = None
    """The words and ends that come next, once somebody has asked."""


@dataclass(slots=True, eq=False)
class _State:
    places: frozenset[_Place]
    tags: frozenset[str]
    after: dict[str, "_State | None"] = field(default_factory=dict)


class Grammar:
    """All phrases under their tags. `words` is every word that occurs in a pattern. Threads may share it."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], names: Mapping[str, Iterable[str]]) -> None:
        """Parse `phrases` (tag to patterns). Raises PatternError."""
        patterns = Patterns(names)
        self._places: dict[tuple[Part, _Place], _Place] = {}
        self._leads: dict[str, dict[_Place, _Place]] = {}
        self._states: dict[frozenset[_Place], _State] = {}
        self._steps = 0
        starts: set[_Place] = set()
        for tag, lines in phrases.items():
            end = _Place(None, None, tag)
            starts.update(self._place(patterns.parse(line), end) for line in lines)
        self.words = patterns.words()
        self._start = self._state(frozenset(starts))

    def matches(self, words: list[str]) -> Matches:
        """Find every phrase that begins at each word: its end and its tags, the shortest first."""
        return [self._from(words, start) for start in range(len(words))]

    def _from(self, words: list[str], start: int) -> list[tuple[int, frozenset[str]]]:
        found = []
        state = self._start
        for end in range(start, min(len(words), start + _LONGEST_PHRASE)):
            word = words[end]
            following = state.after[word] if word in state.after else self._step(state, word)
            if following is None:
                break
            state = following
            if state.tags:
                found.append((end + 1, state.tags))
        return found

    def _step(self, state: _State, word: str) -> _State | None:
        if word not in self.words:
            return None
        leads, places = self._leads.get(word, {}), state.places
        # A copy: another thread may be laying out more.
        fewer = [*leads] if len(leads) < len(places) else places
        reached = frozenset(leads[one] for one in fewer if one in leads and one in places)
        after = self._state(reached) if reached else None
        if self._steps < _STEPS_KEPT:
            self._steps += 1
            state.after[word] = after
        return after

    def _state(self, reached: frozenset[_Place]) -> _State:
        found = self._states.get(reached)
        if found is not None:
            return found
        next_ones = frozenset[_Place]().union(*map(self._reach, reached))
        state = _State(next_ones, frozenset(one.tag for one in next_ones if one.tag is not None))
        if len(self._states) < _STEPS_KEPT:
            self._states[reached] = state
        return state

    def _reach(self, place: _Place) -> frozenset[_Place]:
        """Give the words and ends that come next at `place`."""
        if place.reach is None:
            found: set[_Place] = set()
            todo, seen = [place], {place}
            while todo:
                one = todo.pop()
                if one.reach is not None:
                    found |= one.reach
                elif one.part is None or isinstance(one.part, Words):
                    found.add(one)
                else:
                    further = [each for each in self._further(one.part, one) if each not in seen]
                    seen.update(further)
                    todo += further
            place.reach = frozenset(found)
        return place.reach

    def _further(self, part: Part, place: _Place) -> list[_Place]:
        """Give the places that are as good as `place`, which is before `part`."""
        then = place.then
        assert then is not None
        if isinstance(part, Sequence):
            for each in reversed(part.parts):
                then = self._place(each, then)
            return [then]
        assert not isinstance(part, Words)
        rest = place if part.repeats else then
        return [*(self._place(each, rest) for each in part.parts), *([then] if part.optional else ())]

    def _place(self, part: Part, then: _Place) -> _Place:
        place = self._places.get((part, then))
        if place is None:
            place = _Place(part, then)
            if isinstance(part, Words):
                for word in part.words:
                    self._leads.setdefault(word, {})[place] = then
            # Last: whoever finds it finds where its words lead. Of two threads, the one that comes first counts.
            place = self._places.setdefault((part, then), place)
        return place
