"""All phrases as one automaton that finds every phrase at every place of a message.

It is made deterministic while it is used, state by state, so that a step costs one dictionary look-up and reading
stays linear in the length of the message.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .pattern import Part, Patterns, Sequence, Words

_STEPS_KEPT = 100_000
_LONGEST_PHRASE = 20

Matches = list[list[tuple[int, frozenset[str]]]]
"""For every word of a message the phrases that begin there: where each ends, and its tags."""


@dataclass(slots=True)
class _Node:
    by_word: dict[str, set[int]] = field(default_factory=dict)
    free: set[int] = field(default_factory=set)
    tag: str | None = None


@dataclass(slots=True, eq=False)
class _State:
    nodes: frozenset[int]
    tags: frozenset[str]
    after: dict[str, "_State | None"] = field(default_factory=dict)


class _Builder:
    """Lays parts out as nodes from their end to their start, so that phrases with one ending share it."""

    def __init__(self) -> None:
        self.nodes: list[_Node] = []
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
        starts: set[int] = set()
        for tag, lines in phrases.items():
            end = builder.node(tag)
            starts.update(builder.lay(patterns.parse(line), end) for line in lines)
        self._nodes = builder.nodes
        self._leads: dict[str, dict[int, set[int]]] = {}
        for number, node in enumerate(builder.nodes):
            for word, ends in node.by_word.items():
                self._leads.setdefault(word, {})[number] = ends
        self.words = frozenset(self._leads)
        self._states: dict[frozenset[int], _State] = {}
        self._reach: dict[int, frozenset[int]] = {}
        self._complete: dict[int, frozenset[str]] = {}
        self._steps = 0
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
        leads = self._leads.get(word)
        if leads is None:
            return None
        nodes = state.nodes
        fewer = leads if len(leads) < len(nodes) else nodes
        reached: set[int] = set()
        for node in fewer:
            if node in leads and node in nodes:
                reached |= leads[node]
        after = self._state(frozenset(reached)) if reached else None
        if self._steps < _STEPS_KEPT:
            self._steps += 1
            state.after[word] = after
        return after

    def _state(self, reached: frozenset[int]) -> _State:
        found = self._states.get(reached)
        if found is not None:
            return found
        nodes = frozenset[int]().union(*map(self._closure, reached))
        tags = frozenset(tag for node in reached for tag in self._tags(node))
        state = _State(nodes, tags)
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

    def _tags(self, node: int) -> frozenset[str]:
        """The tags of the phrases that are complete when `node` is reached."""
        if node not in self._complete:
            tags = (self._nodes[each].tag for each in self._closure(node))
            self._complete[node] = frozenset(tag for tag in tags if tag is not None)
        return self._complete[node]
