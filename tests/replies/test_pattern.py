"""Patterns: what they match, and what is refused when they are written."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from firstyes.domain.replies import grammar as grammars
from firstyes.domain.replies.grammar import Grammar
from firstyes.domain.replies.pattern import PatternError
from firstyes.domain.replies.vocabulary import NAMES, PHRASES


def found(grammar: Grammar, text: str) -> set[tuple[str, str]]:
    words = text.split()
    return {
        (" ".join(words[start:end]), tag)
        for start, matches in enumerate(grammar.matches(words))
        for end, tags in matches
        for tag in tags
    }


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a|b c", "b c", {"b c"}),
        ("(a | b c) d", "b c d", {"b c d"}),
        ("a [b] c", "a c a b c", {"a c", "a b c"}),
        ("(a|b)*", "a b", {"a", "a b", "b"}),
        ("x [a]*", "x a a", {"x", "x a", "x a a"}),
        ("([a] [b])* c", "a c b a b c", {"a c", "c", "b a b c", "a b c", "b c"}),
        ("x [[a]*]* [(a b)*]", "x a b", {"x", "x a", "x a b"}),
        ("<size>|old dog", "small dog old dog", {"small dog", "old dog"}),
    ],
)
def test_a_pattern_matches_what_it_says(pattern: str, text: str, expected: set[str]) -> None:
    grammar = Grammar({"t": [pattern]}, {"size": ["big|small"]})

    assert found(grammar, text) == {(each, "t") for each in expected}


@pytest.mark.parametrize("pattern", ["a )", "( a", "[ a", "* a", "a | b", "<nobody>", "<loop>", "a ] b"])
def test_a_pattern_that_is_not_well_formed_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        Grammar({"t": [pattern]}, {"loop": ["<loop> a"]})


def test_a_phrase_may_have_several_tags() -> None:
    grammar = Grammar({"one": ["a b"], "other": ["a b", "b"]}, {})

    assert found(grammar, "a b") == {("a b", "one"), ("a b", "other"), ("b", "other")}


def test_what_is_found_does_not_depend_on_what_was_kept_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = found(Grammar({"t": ["a [b] c", "a b"]}, {}), "a b c a c")
    monkeypatch.setattr(grammars, "_STEPS_KEPT", 0)

    assert found(Grammar({"t": ["a [b] c", "a b"]}, {}), "a b c a c") == kept


def test_threads_that_lay_it_out_at_the_same_time_find_the_same() -> None:
    texts = [
        line.split() for line in ("yes i can be there", "no my kid is sick", "i will be late", "what time")
    ]
    alone = [Grammar(PHRASES, NAMES).matches(words) for words in texts]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            for _ in range(5):
                shared = Grammar(PHRASES, NAMES)
                assert list(threads.map(shared.matches, texts)) == alone
    finally:
        sys.setswitchinterval(before)


def test_all_shipped_patterns_are_well_formed_and_every_name_is_used() -> None:
    grammar = Grammar(PHRASES, NAMES)
    written = " ".join(line for lines in [*PHRASES.values(), *NAMES.values()] for line in lines)

    assert {name for name in NAMES if f"<{name}>" not in written} == set()
    assert "yes" in grammar.words
