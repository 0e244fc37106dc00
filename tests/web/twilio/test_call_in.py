"""Calling our number back."""

import pytest

from firstyes.domain.caregiver import Caregiver
from support.phone_call import PhoneCall
from support.signed_posts import SignedPosts
from support.world import World


@pytest.fixture
def posts(world: World) -> SignedPosts:
    return SignedPosts(world.desk)


def test_who_calls_back_enters_the_code_and_takes_the_shift_as_in_a_call_of_ours(
    world: World, posts: SignedPosts
) -> None:
    # given
    world.asked("Ana")
    ana = PhoneCall(posts, world.phones["Ana"], inbound=True)
    # when
    ana.ask("/twilio/call-in")
    assert ana.said[0] == "This is Lakeside. Enter the code of the shift, then press pound."
    ana.press(world.code("Ana"))
    assert ana.said[0].startswith("This is Lakeside, about an open R N shift.")
    ana.press("1")
    # then
    assert "You have the shift" in ana.said[0]
    assert world.record().claimed_by == "Ana"
    assert world.purposes("Ana") == ["offer", "confirmation"]


def test_the_phone_on_file_hears_of_a_call_that_took_a_shift_and_a_no_frees_it(
    world: World, posts: SignedPosts
) -> None:
    # given
    world.asked("Ana", "Ben")
    forged = PhoneCall(posts, world.phones["Ana"], inbound=True).ask("/twilio/call-in")
    code = world.code("Ana")
    forged.press(code).press("1")
    told = world.sent("Ana")[-1]
    assert told.body.endswith(f"taken by a call to us. If that was not you, reply NO {code}.")
    # when
    posts.text(world.phones["Ana"], f"NO {code}")
    # then
    assert world.record().claimed_by is None
    assert world.record().status == "offering"
    assert world.purposes("Ana") == ["offer", "confirmation", "release"]
    assert world.purposes("Ben") == ["offer", "offer"]
    assert "holder_wrote" in world.alerts()


def test_a_wrong_code_is_asked_for_again_and_not_for_ever(world: World, posts: SignedPosts) -> None:
    # given
    world.asked("Ana")
    ana = PhoneCall(posts, world.phones["Ana"], inbound=True).ask("/twilio/call-in")
    # when
    ana.press("98")
    # then
    assert ana.said[0].startswith("You have no offer with the code 9 8. This is Lakeside.")
    for code in range(100, 130):
        if "Gather" not in ana.verbs:
            break
        ana.press(str(code))
    assert ana.said == ["Goodbye."]
    assert world.record().claimed_by is None


@pytest.mark.fault(24)
def test_a_caller_whom_nobody_knows_learns_nothing(world: World, posts: SignedPosts) -> None:
    # given
    world.asked("Ana")
    caller = PhoneCall(posts, "+13125550999", inbound=True)
    # then
    assert caller.ask("/twilio/call-in").said[0].startswith("This number is for people who work with us.")
    code = world.code("Ana")
    assert (
        caller.ask("/twilio/call-in/code?step=1", Digits=code).said[0].startswith("This number is for people")
    )
    assert caller.ask(f"/twilio/call-in/keys?code={code}&step=2", Digits="1").said == ["Goodbye."]
    assert world.record().claimed_by is None


@pytest.mark.fault(22)
def test_on_a_phone_that_two_share_the_code_says_whose_offer_it_is(world: World, posts: SignedPosts) -> None:
    # given
    world.desk.put_caregivers(
        [
            Caregiver(id=name, organization_id="lakeside", name=name, roles=("RN",), phone="+13125550444")
            for name in ("Ana", "Ben")
        ]
    )
    world.phones |= dict.fromkeys(("Ana", "Ben"), "+13125550444")
    world.offered()
    ben = PhoneCall(posts, "+13125550444", inbound=True).ask("/twilio/call-in")
    # when
    ben.press(world.code("Ben")).press("1")
    # then
    assert "You have the shift" in ben.said[0]
    assert world.record().claimed_by == "Ben"
