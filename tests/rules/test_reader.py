"""The reader remembers what it has read, within bounds, and never mixes one offer up with another."""

import pytest

from firstyes.domain.reading import Intent, Reply
from firstyes.domain.rules import RuleReader
from firstyes.domain.rules import reader as readers
from support.replies import MONDAY_NOON, an_offer


def test_a_reply_read_again_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = RuleReader()
    first = reader.read(Reply(text="yes"))
    monkeypatch.setattr(readers, "decide", None)

    assert reader.read(Reply(text="yes")) is first


def test_no_more_is_remembered_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_REMEMBERED", 3)
    reader = RuleReader()

    for number in range(10, 30):
        assert reader.read(Reply(text=f"yes {number}")).codes == (str(number),)

    assert len(reader._remembered) <= 3


def test_long_messages_are_read_and_not_remembered() -> None:
    reader = RuleReader()

    assert reader.read(Reply(text="yes please " * 30)).intent is Intent.UNCLEAR
    assert reader._remembered == {}


def test_a_long_message_is_read_at_both_ends() -> None:
    story = "let me tell you what happened on the way home last week. " * 20

    assert RuleReader().read(Reply(text=f"{story} please stop texting me")).intent is Intent.OPT_OUT
    assert RuleReader().read(Reply(text=f"yes {story}")).intent is not Intent.ACCEPT


def test_what_today_is_is_asked_every_time() -> None:
    reader = RuleReader()
    tomorrow = Reply(text="yes I can work tomorrow", offers=(an_offer(),), received_at=MONDAY_NOON)

    assert reader.read(tomorrow).intent is Intent.ACCEPT
    assert reader.read(tomorrow.model_copy(update={"received_at": None})).intent is not Intent.ACCEPT


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("yes", False),
        ("affirmo con brio", False),
        ("yes if I can", True),
        ("no", True),
        ("not sure", True),
        ("STOP", True),
    ],
)
def test_an_unknown_word_is_no_objection_and_a_doubt_is_one(text: str, objects: bool) -> None:
    assert RuleReader().objects(Reply(text=text)) is objects
