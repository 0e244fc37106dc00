"""The reader remembers what it has read, within bounds, and never mixes one offer up with another."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from firstyes.domain.replies import RuleReader
from firstyes.domain.replies import reader as readers
from firstyes.domain.replies.reading import Intent, Reply
from support.replies import MONDAY_NOON, NIGHT, TUESDAY, an_offer


def test_a_reply_read_again_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = RuleReader()
    first = reader.read(Reply(text="yes"))
    monkeypatch.setattr(readers, "decide", None)

    assert reader.read(Reply(text="yes")) is first


def test_a_reply_without_days_and_numbers_is_remembered_whatever_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader = RuleReader()
    first = reader.read(Reply(text="YES", offers=(an_offer("27"),)))
    monkeypatch.setattr(readers, "decide", None)

    assert (
        reader.read(Reply(text="YES", offers=(an_offer("31", NIGHT, role="CNA"),), received_at=MONDAY_NOON))
        is first
    )


def test_a_text_is_known_once_it_was_read_without_a_look_at_the_offers() -> None:
    reader = RuleReader()
    assert reader.known("yes") is None
    first = reader.read(Reply(text="yes"))
    reader.read(Reply(text="yes tuesday"))
    assert (reader.known("yes"), reader.known("yes tuesday")) == (first, None)


def test_a_reply_that_names_a_day_is_remembered_whatever_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = RuleReader()
    for code in ("27", "28"):
        first = reader.read(Reply(text="yes tuesday", offers=(an_offer(code),)))
    monkeypatch.setattr(readers, "decide", None)

    assert reader.read(Reply(text="yes tuesday", offers=(an_offer("31"),))) is first


@pytest.mark.fault(20)
def test_one_instant_in_two_zones_is_told_and_remembered_as_two_times() -> None:
    reader = RuleReader()
    further_west = an_offer(starts_at=TUESDAY.astimezone(ZoneInfo("America/Chicago")))

    assert reader.read(Reply(text="yes 7-3", offers=(an_offer(),))).intent is Intent.ACCEPT
    assert reader.read(Reply(text="yes 7-3", offers=(an_offer(),))).intent is Intent.ACCEPT
    assert reader.read(Reply(text="yes 7-3", offers=(further_west,))).intent is Intent.CONDITION


@pytest.mark.parametrize(
    "text", ["yes 7", "yes at 7", "yes 0700", "yes nov 24", "yes 7am", "yes 7-3", "yes the 24th", "yes 11/24"]
)
def test_an_hour_or_a_date_is_compared_with_each_offer_anew(text: str) -> None:
    reader = RuleReader()
    other = an_offer(starts_at=NIGHT + timedelta(days=31, hours=1))

    for offer, intent in [(other, False), (an_offer(), True), (other, False), (an_offer(), True)]:
        assert (reader.read(Reply(text=text, offers=(offer,))).intent is Intent.ACCEPT) is intent, offer


@pytest.mark.parametrize("memory", ["_remembered", "_compared"])
def test_no_more_is_remembered_than_is_allowed(monkeypatch: pytest.MonkeyPatch, memory: str) -> None:
    monkeypatch.setattr(readers, "_REMEMBERED", 3)
    reader = RuleReader()

    for number in [*range(10, 30), *range(10, 30)]:
        assert reader.read(Reply(text=f"yes {number}")).codes == (str(number),)

    assert len(getattr(reader, memory)) <= 3


def test_long_messages_are_read_and_not_remembered() -> None:
    reader = RuleReader()

    for _ in range(2):
        assert reader.read(Reply(text="yes please " * 30)).intent is Intent.UNCLEAR
        assert reader.read(Reply(text="yes please tuesday " * 30)).intent is Intent.CONDITION
    assert (len(reader._remembered), len(reader._compared)) == (0, 0)


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
