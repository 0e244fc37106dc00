"""All phrases as one automaton that finds every phrase at every place of a message.

It is made deterministic while it is used, state by state, so that a step costs one dictionary look-up and reading
stays linear in the length of the message.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .pattern import Choice, Part, Patterns, Sequence, Words

_STEPS_KEPT = 100_000


@dataclass(slots=True)
class _Node:
    by_word: dict[str, set[int]] = field(default_factory=dict)
    free: set[int] = field(default_factory=set)
    tag: str | None = None


@dataclass(slots=True, eq=False)
class _State:
    after_word: dict[str, set[int]]
    tags: frozenset[str]
    after: dict[str, "_State | None"] = field(default_factory=dict)


class _Builder:
    """Lays parts out as nodes from their end to their start, so that phrases with one ending share it."""

    def __init__(self) -> None:
        self.nodes: list[_Node] = []
        self.words: set[str] = set()
        self._laid: dict[tuple[Part, int], int] = {}

    def node(self, tag: str | None = None) -> int:
        self.nodes.append(_Node(tag=tag))
        return len(self.nodes) - 1

    def lay(self, part: Part, then: int) -> int:
        """Give the node from which `part` leads to the node `then`."""
        key = (part, then)
        if key not in self._laid:
            self._laid[key] = self._lay(part, then)
        return self._laid[key]

    def _lay(self, part: Part, then: int) -> int:
        if isinstance(part, Sequence):
            for each in reversed(part.parts):
                then = self.lay(each, then)
            return then
        start = self.node()
        if isinstance(part, Words):
            for word in part.words:
                self.nodes[start].by_word.setdefault(word, set()).add(then)
            self.words.update(part.words)
            return start
        if part.repeats:
            again = self.node()
            self.nodes[again].free.add(then)
            self.nodes[again].free.update(self.lay(each, again) for each in part.parts)
            self.nodes[start].free.update(self.lay(each, again) for each in part.parts)
        else:
            self.nodes[start].free.update(self.lay(each, then) for each in part.parts)
        if part.optional:
            self.nodes[start].free.add(then)
        return start


class Grammar:
    """All phrases under their tags. `words` is every word that occurs in a pattern."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], names: Mapping[str, Iterable[str]]) -> None:
        """Compile `phrases` (tag to patterns). Raises PatternError."""
        builder = _Builder()
        patterns = Patterns(names)
        starts = set()
        for tag, lines in phrases.items():
            end = builder.node(tag)
            starts.update(builder.lay(patterns.parse(line), end) for line in lines)
        self._nodes = builder.nodes
        self.words = frozenset(builder.words)
        self._states: dict[frozenset[int], _State] = {}
        self._reach: dict[int, frozenset[int]] = {}
        self._steps = 0
        self._start = self._state(frozenset(starts))

    def matches(self, words: list[str], start: int) -> Iterator[tuple[int, frozenset[str]]]:
        """Give (end, tags) of every phrase that begins at `start`, the shortest first."""
        state = self._start
        for end in range(start, len(words)):
            word = words[end]
            if word in state.after:
                following = state.after[word]
            else:
                following = self._step(state, word)
            if following is None:
                return
            state = following
            if state.tags:
                yield end + 1, state.tags

    def _step(self, state: _State, word: str) -> _State | None:
        reached = state.after_word.get(word)
        if reached is None:
            return None
        after = self._state(frozenset(reached))
        if self._steps < _STEPS_KEPT:
            self._steps += 1
            state.after[word] = after
        return after

    def _state(self, reached: frozenset[int]) -> _State:
        found = self._states.get(reached)
        if found is not None:
            return found
        nodes = frozenset().union(*(self._closure(node) for node in reached))
        after: dict[str, set[int]] = {}
        for node in nodes:
            for word, ends in self._nodes[node].by_word.items():
                after.setdefault(word, set()).update(ends)
        tags = frozenset(tag for node in nodes if (tag := self._nodes[node].tag) is not None)
        state = _State(after, tags)
        if len(self._states) < _STEPS_KEPT:
            self._states[reached] = state
        return state

    def _closure(self, node: int) -> frozenset[int]:
        """The nodes that `node` leads to without a word, those without a use left out."""
        if node not in self._reach:
            todo, seen = [node], {node}
            while todo:
                for free in self._nodes[todo.pop()].free - seen:
                    seen.add(free)
                    todo.append(free)
            self._reach[node] = frozenset(n for n in seen if self._nodes[n].by_word or self._nodes[n].tag)
        return self._reach[node]
