"""Calls, as Twilio asks for them one step after another."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from firstyes.actors.errors import NoAnswer
from firstyes.actors.journal.port import JournalUnavailable
from support.phone_call import PhoneCall
from support.signed_posts import ACCOUNT, PUBLIC, SignedPosts
from support.world import World


@pytest.fixture
def posts(world: World) -> SignedPosts:
    return SignedPosts(world.desk)


def called(world: World, posts: SignedPosts, *names: str, language: str = "en") -> list[PhoneCall]:
    """Have these people called about a shift, and let them pick up."""
    world.caregivers(*names, language=language)
    world.offered()
    world.later(600)
    return [
        PhoneCall(posts, world.phones[name], f"CA-{name}").ask(f"/twilio/voice/{key(world, name)}")
        for name in names
    ]


def key(world: World, name: str) -> str:
    """The key of the last call to somebody."""
    return [one.id for one in world.sent(name) if one.channel == "voice"][-1].removeprefix("out-")


def test_who_picks_up_hears_the_offer_and_is_asked_for_a_key(world: World, posts: SignedPosts) -> None:
    # when
    [ana] = called(world, posts, "Ana")
    # then
    assert ana.verbs == ["Gather", "Gather", "Gather", "Hangup"]
    assert ana.said[0].startswith(
        "This is Lakeside, about an open R N shift. Today, Tuesday, July 16, from 7 AM"
    )
    [say, *_] = ana.last.iter("Say")
    assert say.attrib["language"] == "en-US"
    assert {one.attrib["numDigits"] for one in ana.last.iter("Gather")} == {"1"}
    assert urlsplit(ana.action).netloc == urlsplit(PUBLIC).netloc


def test_one_takes_the_shift_and_what_is_spoken_is_what_was_committed(
    world: World, posts: SignedPosts
) -> None:
    # given
    [ana] = called(world, posts, "Ana")
    # when
    ana.press("1")
    # then
    assert ana.verbs == ["Say", "Hangup"]
    assert ana.said[0].startswith("You have the shift. Today, Tuesday, July 16, from 7 AM to 3 PM.")
    assert world.record().claimed_by == "Ana"
    assert world.purposes("Ana")[-1] == "confirmation"
    [heard] = [one for one in world.desk.messages().items if one.direction == "in"]
    assert heard.channel == "voice"


def test_two_passes_and_takes_nothing(world: World, posts: SignedPosts) -> None:
    [ana, _] = called(world, posts, "Ana", "Ben")
    assert "you pass" in ana.press("2").said[0]
    assert world.offer("Ana").answer == "declined"
    assert world.record().status == "offering"


@pytest.mark.parametrize("keys", ["3", "7", "*"])
def test_three_and_any_other_key_repeat_it_and_a_key_still_counts(
    world: World, posts: SignedPosts, keys: str
) -> None:
    # given
    [ana] = called(world, posts, "Ana")
    said = ana.said
    # when
    ana.press(keys)
    # then
    assert ana.said == said
    assert "You have the shift" in ana.press("1").said[0]


def test_nobody_can_press_for_ever(world: World, posts: SignedPosts) -> None:
    [ana] = called(world, posts, "Ana")
    for _ in range(30):
        if "Gather" not in ana.verbs:
            break
        ana.press("3")
    assert ana.said == ["Goodbye."]


def test_spanish_is_spoken_to_who_speaks_spanish(world: World, posts: SignedPosts) -> None:
    [ana] = called(world, posts, "Ana", language="es")
    assert ana.said[0].startswith("Le llama Lakeside por un turno libre de R N. Hoy, martes 16 de julio")
    assert {one.attrib["language"] for one in ana.last.iter("Say")} == {"es-MX"}
    assert ana.press("1").said[0].startswith("El turno es suyo.")


@pytest.mark.fault(54)
def test_a_key_that_is_pressed_after_another_has_won_is_told_the_truth(
    world: World, posts: SignedPosts
) -> None:
    # given
    [ana, ben] = called(world, posts, "Ana", "Ben")
    ana.press("1")
    # when
    ben.press("1")
    # then
    assert ben.said == ["That shift has just been taken by someone else. Thank you for answering. Goodbye."]
    assert world.record().claimed_by == "Ana"


@pytest.mark.fault(54)
def test_who_picks_up_after_another_has_won_is_not_asked(world: World, posts: SignedPosts) -> None:
    # given
    [ana, ben] = called(world, posts, "Ana", "Ben")
    ana.press("1")
    # when: as when a call that is talking is sent back to its start
    ben.ask(f"/twilio/voice/{key(world, 'Ben')}")
    # then
    assert ben.verbs == ["Say", "Hangup"]
    assert "just been taken" in ben.said[0]


@pytest.mark.fault(26)
def test_a_key_that_is_posted_again_has_no_second_effect_and_gets_the_same_answer(
    world: World, posts: SignedPosts
) -> None:
    # given
    [ana] = called(world, posts, "Ana")
    url = ana.action
    said = ana.press("1").said
    # when
    again = ana.ask(url, Digits="1").said
    # then
    assert again == said
    assert len([one for one in world.desk.messages().items if one.direction == "in"]) == 1
    assert world.events().count("shift_claimed") == 1
    assert world.purposes("Ana").count("confirmation") == 1


@pytest.mark.fault(53)
def test_a_machine_presses_nothing_and_accepts_nothing_and_is_left_code_and_number(
    world: World, posts: SignedPosts
) -> None:
    # when
    [ana] = called(world, posts, "Ana")
    # then
    code = " ".join(world.code("Ana"))
    assert f"text YES {code} to 3 1 2, 5 5 5, 0 1 0 0, or call that number and enter {code}" in ana.said[-1]
    assert world.record().claimed_by is None


def test_who_opted_out_while_the_phone_rang_is_told_nothing(world: World, posts: SignedPosts) -> None:
    [ana, _] = called(world, posts, "Ana", "Ben")
    world.says("Ana", "STOP")
    ana.ask(f"/twilio/voice/{key(world, 'Ana')}")
    assert ana.said == ["Goodbye."]


def test_a_call_we_know_nothing_of_says_nothing(world: World, posts: SignedPosts) -> None:
    [ana, _] = called(world, posts, "Ana", "Ben")
    for wrong in ("999", "x", key(world, "Ben"), world.sent("Ana")[0].id.removeprefix("out-")):
        assert ana.ask(f"/twilio/voice/{wrong}").said == ["Goodbye."]
        assert ana.ask(f"/twilio/keys/{wrong}?step=1", Digits="1").said == ["Goodbye."]
    assert world.record().claimed_by is None


def test_a_shift_of_somebody_who_has_another_at_that_time_stays_open_and_a_text_says_why(
    world: World, posts: SignedPosts
) -> None:
    # given
    [ana, _] = called(world, posts, "Ana", "Ben")
    world.shift("other")
    world.desk.assign("other", "Ana")
    # when
    ana.press("1")
    # then
    assert ana.said == ["You do not have this shift. We are texting you why, and what you can do. Goodbye."]
    assert world.record().claimed_by is None
    assert world.purposes("Ana")[-1] == "overlap"


class SlowInbound:
    """A desk's way in that gives no answer for a while."""

    def __init__(self, world: World, times: int, error: Exception) -> None:
        self.router, self.left, self.error = world.desk.inbound, times, error

    def receive(self, message: Any, patience: float) -> Any:
        answer = self.router.receive(message, 10)
        if self.left:
            self.left -= 1
            raise self.error
        return answer


@pytest.mark.parametrize("error", [NoAnswer("slow"), JournalUnavailable("full")])
def test_who_pressed_a_key_waits_a_moment_while_it_is_undecided_and_then_hears_what_was_committed(
    world: World, posts: SignedPosts, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    # given
    [ana] = called(world, posts, "Ana")
    monkeypatch.setattr(type(world.desk), "inbound", SlowInbound(world, 2, error))
    # when
    ana.press("1")
    # then
    for _ in range(2):
        assert ana.verbs == ["Say", "Pause", "Redirect"]
        assert ana.said == ["One moment, please."]
        [redirect] = ana.last.iter("Redirect")
        ana.ask(redirect.text or "")
    assert "You have the shift" in ana.said[0]
    assert world.events().count("shift_claimed") == 1


def test_who_waited_too_long_is_promised_nothing(
    world: World, posts: SignedPosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    [ana] = called(world, posts, "Ana")
    monkeypatch.setattr(type(world.desk), "inbound", SlowInbound(world, 99, NoAnswer("slow")))
    # when
    ana.press("1")
    while "Redirect" in ana.verbs:
        [redirect] = ana.last.iter("Redirect")
        ana.ask(redirect.text or "")
    # then
    assert ana.said == ["We cannot tell you yet whether the shift is yours. A text will. Goodbye."]


@pytest.mark.fault(38)
def test_while_nothing_can_be_looked_up_who_picks_up_is_asked_to_wait(
    world: World, posts: SignedPosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    [ana] = called(world, posts, "Ana")
    said = ana.said
    url = f"/twilio/voice/{key(world, 'Ana')}"

    def fail(*_: object) -> None:
        raise JournalUnavailable("busy")

    # when
    with monkeypatch.context() as broken:
        broken.setattr(type(world.desk.journal), "outbox_row", fail)
        ana.ask(url)
    # then
    assert ana.verbs == ["Say", "Pause", "Redirect"]
    [redirect] = ana.last.iter("Redirect")
    assert ana.ask(redirect.text or "").said == said


def test_a_no_after_a_call_of_ours_frees_nothing_by_itself(world: World, posts: SignedPosts) -> None:
    [ana, _] = called(world, posts, "Ana", "Ben")
    ana.press("1")
    posts.text(world.phones["Ana"], "NO")
    assert world.record().claimed_by == "Ana"
    assert "drop_requested" in world.alerts()


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    "path",
    ["/twilio/voice/1", "/twilio/keys/1", "/twilio/call-in", "/twilio/call-in/code", "/twilio/call-in/keys"],
)
def test_no_path_of_calls_takes_what_is_not_signed_or_for_a_number_of_ours(
    world: World, posts: SignedPosts, path: str
) -> None:
    form = {
        "CallSid": "CA1",
        "AccountSid": ACCOUNT,
        "From": "+13125550777",
        "To": "+13125550778",
        "Digits": "1",
    }
    assert posts.post(path, form, token="a-guess").status_code == 403
    assert posts.post(path, form).status_code == 403
    assert posts.client.post(path).status_code == 403


def test_a_key_is_posted_again_where_it_did_not_get_through(world: World, posts: SignedPosts) -> None:
    [ana] = called(world, posts, "Ana")
    assert "#rc=3&rp=ct,5xx,rt" in ana.action
