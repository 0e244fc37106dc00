"""Truths about every reply, tried on as many as there is time for."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.spoiling import AFTER, BEFORE, spoiled
from firstyes.domain.replies.reading import Intent, Reading
from support.replies import an_offer, intent, labelled, read

ACCEPTS = [row["text"] for row in labelled("ACCEPT") if not row["text"].rstrip().endswith("?")]
EVERYTHING = [row["text"] for row in labelled(clear=False)]
CONDITIONS = [
    "if I get a ride", "unless my son is still sick", "but only until noon", "as long as I leave by 1", "only if it's close",
    "provided it pays more", "once my sitter confirms", "si me pagan doble", "pero solo hasta las 12", "but not alone",
    "for $45/hr", "as backup", "if no one else can", "depends on the pay", "for wednesday", "but on friday", "at 9 instead",
]  # fmt: skip
DOUBTS = [
    "maybe", "I think", "probably", "but let me check first", "not sure yet", "hopefully", "I'd have to ask", "idk", "tal vez",
    "creo", "déjame ver", "let me get back to you", "we'll see", "🤔", "I guess", "might",
]  # fmt: skip
RETRACTIONS = [
    "jk", "jk can't", "... actually no", "wait no", "never mind", "nvm I can't", "but I can't make it", "just kidding", "not",
    "oops wrong person", "I changed my mind", "mejor no", "pero no puedo", "lol no", "scratch that",
]  # fmt: skip
MIND_CHANGERS = [
    "how much does it pay?", "what's the rate", "is there overtime?", "how many hours is it?", "can I start at 9?",
    "can I leave early?", "is wednesday open instead?", "cuánto pagan?", "do I get mileage?", "how many patients?",
    "puedo entrar a las 9?", "what about Thursday?", "is it a night shift?",
]  # fmt: skip
ABOUT_THE_WAY = [
    "what's the address?", "where is it?", "Can you send me the address?", "is there a gate code?", "where do I park?",
    "who is the client?", "what time should I be there?", "cuál es la dirección?", "dónde es?", "please text me the address",
    "do I need to bring anything?", "what unit?",
]  # fmt: skip
COURTESY = [
    "thanks", "thank you", "thx!", "please", "gracias", "have a great day", "thank you so much", "😊", ":)", "ty",
]  # fmt: skip

MORE = settings(max_examples=settings.default.max_examples * 3)
"""Here an example takes next to no time."""


@pytest.mark.fault(20)
@MORE
@given(st.sampled_from(ACCEPTS), st.sampled_from(CONDITIONS + DOUBTS + RETRACTIONS + MIND_CHANGERS))
def test_adding_a_condition_a_doubt_a_retraction_or_a_question_that_may_change_the_mind_leaves_no_acceptance(
    accept: str, added: str
) -> None:
    for text in (
        f"{accept} {added}",
        f"{accept}. {added}",
        f"{accept.rstrip(' .!')}, {added}",
        f"{accept}\n{added}",
    ):
        assert intent(text) is not Intent.ACCEPT


@pytest.mark.fault(20)
@MORE
@given(
    st.sampled_from(ACCEPTS),
    st.sampled_from(
        [
            "can't say",
            "not sure,",
            "if only",
            "she said",
            "I never said",
            "maybe",
            "don't",
            "no, not",
            "who said",
        ]
    ),
)
def test_a_doubt_or_a_denial_in_front_leaves_no_acceptance(accept: str, before: str) -> None:
    assert intent(f"{before} {accept}") is not Intent.ACCEPT


@pytest.mark.fault(20)
@MORE
@given(st.sampled_from(ACCEPTS), st.sampled_from(AFTER), st.sampled_from(BEFORE), st.integers(0, 7))
def test_however_an_acceptance_is_spoiled_none_is_left(
    accept: str, after: str, before: str, turn: int
) -> None:
    assert intent(accept.rstrip(" .!") + after) is not Intent.ACCEPT
    assert intent(before + accept) is not Intent.ACCEPT
    for text in [*spoiled([""] * turn + [accept])][-5:]:
        assert intent(text) is not Intent.ACCEPT


@MORE
@given(
    st.sampled_from([text for text in ACCEPTS if intent(text) is Intent.ACCEPT]),
    st.sampled_from(ABOUT_THE_WAY),
)
def test_a_question_about_the_way_there_leaves_an_acceptance_one(accept: str, question: str) -> None:
    assert intent(f"{accept}. {question}") is Intent.ACCEPT


@MORE
@given(
    st.sampled_from(EVERYTHING),
    st.sampled_from(
        [str.upper, str.lower, str.title, lambda text: f"  {text} ", lambda text: text.replace(" ", "  ")]
    ),
    st.sampled_from(["", ".", "..", " .", "\n"]),
)
def test_case_blanks_and_full_stops_never_change_a_verdict(text: str, change: object, stop: str) -> None:
    assert callable(change)
    changed = change(text) + ("" if text.rstrip().endswith(("?", "¿")) else stop)

    assert intent(changed) is intent(text)


@MORE
@given(st.sampled_from([row for row in labelled() if row["text"].strip(" .!?")]), st.sampled_from(COURTESY))
def test_trailing_courtesy_never_changes_a_verdict_on_an_acceptance_or_a_refusal(
    row: dict[str, str], said: str
) -> None:
    before = read(row["text"])
    after = intent(f"{row['text']} {said}")

    # Thanks after a bare "ok" may be no more than a receipt: that one is tried in test_signatures.py.
    if before.intent is not Intent.ACCEPT or before.confidence > 0.8:
        assert (before.intent is Intent.ACCEPT) == (after is Intent.ACCEPT)
    if before.intent is Intent.DECLINE:
        assert after is Intent.DECLINE


@pytest.mark.fault(51)
@MORE
@given(st.text(max_size=400))
def test_nothing_raises_whatever_the_text(text: str) -> None:
    assert isinstance(read(text, an_offer("27")), Reading)


@pytest.mark.fault(51)
@MORE
@given(st.binary(max_size=300))
def test_nothing_raises_whatever_the_bytes(data: bytes) -> None:
    assert isinstance(read(data.decode("utf-8", "replace")), Reading)
    assert isinstance(read(data.decode("utf-8", "surrogateescape")), Reading)


@given(
    st.lists(
        st.sampled_from(sorted({word for text in EVERYTHING for word in text.split()}))
        | st.from_regex(r"\A[0-9:/$ap-]{1,8}\Z"),
        max_size=60,
    )
)
def test_nothing_raises_whatever_the_order_of_words(words: list[str]) -> None:
    assert isinstance(read(" ".join(words), an_offer("27"), an_offer("31")), Reading)


@pytest.mark.parametrize(
    "unit",
    ["yes ", "no ", "a", "a ", "? ", "7-", "7:", "$1", "' ", "\U0001f44d\U0001f3fd", "don't ", "accpet ", "yesyesyes ", "1 ", "é", "\n", "www.", "si puedo "],
)  # fmt: skip
@pytest.mark.fault(51)
def test_a_long_message_takes_no_longer_than_its_length_allows(unit: str) -> None:
    def cost(size: int) -> float:
        text = (unit * size)[:size]
        best = 1.0
        for _ in range(5):
            before = time.thread_time()
            read(text, an_offer())
            best = min(best, time.thread_time() - before)
        return best

    cost(500)

    assert cost(20_000) < 0.02 + 20 * cost(2_000)
    assert cost(2_000) < 0.05
