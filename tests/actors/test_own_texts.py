"""Caregivers get their organization's own words, by every way that leads to a text."""

from pathlib import Path

import pytest

from firstyes.domain import organization
from firstyes.domain.consent import Consent, ConsentWay
from firstyes.domain.organization import Organization
from firstyes.domain.own_texts import OwnText, OwnTexts
from firstyes.domain.policy import Channel
from support.world import LAKESIDE, World, a_world


def both(text: str) -> OwnText:
    return OwnText(en=text, es=text.replace("YES", "SI"))


OWN = OwnTexts(
    offer=both("{sender} calling: {shift}. YES {code} or NO {code}"),
    confirmation=both("Settled, {shift}"),
    taken=both("Somebody was faster, {shift}"),
    help=both("{sender} helps. YES or NO with a code, STOP ends it"),
    welcome=both("{sender} greets you. HELP, STOP"),
)


def told(world: World, who: str) -> list[str]:
    """What somebody was told, up to the shift that it is about."""
    return [one.body.partition(" RN ")[0] for one in world.sent(who)]


def test_an_offer_and_what_becomes_of_it_are_told_in_own_words(world: World) -> None:
    # given
    world.lakeside(texts=OWN)
    world.caregivers("Ana", "Ben")
    # when
    world.offered()
    world.says("Ana", "yes")
    world.says("Ben", "yes")
    # then
    assert told(world, "Ana") == ["Lakeside calling:", "Settled,"]
    assert told(world, "Ben") == ["Lakeside calling:", "Somebody was faster,"]


def test_help_and_welcome_are_told_in_own_words(world: World) -> None:
    # given
    world.lakeside(texts=OWN, welcomes=True)
    world.caregivers("Ana", consents=(Consent(channel=Channel.SMS, how=ConsentWay.FORM),))
    # when
    world.says("Ana", "HELP")
    world.later(3 * 3600)
    # then
    assert told(world, "Ana") == [
        "Lakeside greets you. HELP, STOP",
        "Lakeside helps. YES or NO with a code, STOP ends it",
    ]


def test_whoever_is_assigned_without_a_fan_out_is_told_in_own_words_and_by_whom_when_it_ends(
    world: World,
) -> None:
    # given
    world.lakeside(texts=OWN)
    world.caregivers("Ana")
    world.shift()
    # when
    world.desk.assign("early", "Ana", by="Cora")
    world.desk.release("early", by="Cora")
    # then
    confirmed, released = world.sent("Ana")[:2]
    assert confirmed.body.startswith("Settled, RN")
    assert released.body.startswith("Lakeside: You are off the shift")


def test_own_words_hold_for_what_is_offered_from_then_on(world: World) -> None:
    """Who was offered a shift in some words is answered in these."""
    # given
    world.asked("Ana")
    world.lakeside(texts=OWN)
    # when
    world.says("Ana", "yes")
    # then
    assert world.sent("Ana")[-1].body.startswith("You have the shift")


def test_whoever_is_assigned_what_is_on_offer_is_told_in_the_words_it_began_with(world: World) -> None:
    # given: Ben was not asked
    world.lakeside(consent_required=True)
    world.caregivers("Ana", consents=(Consent(channel=Channel.SMS, how=ConsentWay.FORM),))
    world.caregivers("Ben")
    world.offered()
    world.lakeside(texts=OWN)
    # when
    world.desk.assign("early", "Ben", by="Cora")
    # then
    assert world.sent("Ben")[-1].body.startswith("You have the shift")


def test_own_words_are_kept_over_a_restart(tmp_path: Path) -> None:
    # given
    journal = f"sqlite:///{tmp_path / 'own.db'}"
    with a_world(journal) as before:
        put = before.lakeside(texts=OWN)
        before.asked("Ana")
        code = before.code("Ana")
    # when
    with a_world(journal) as world:
        world.desk.put_organizations([put])
        world.phones = before.phones
        world.says("Ana", f"yes {code}")
        # then
        assert told(world, "Ana")[-1] == "Settled,"
        assert world.desk.organization(LAKESIDE) == put


def test_what_was_saved_is_not_looked_at_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a version that asks more of texts would offer nothing to anybody."""
    # given
    saved = world.lakeside(texts=OWN)

    def asks_more(_: OwnTexts) -> OwnTexts:
        raise ValueError("no text is good enough")

    monkeypatch.setattr(organization, "look_at", asks_more)
    # when
    world.asked("Ana")
    # then
    assert told(world, "Ana") == ["Lakeside calling:"]
    assert world.desk.organizations().items == (saved,)


def test_another_organization_keeps_its_words(world: World) -> None:
    # given
    world.lakeside(texts=OWN)
    world.desk.put_organizations([Organization(id="hillside", name="Hillside")])
    world.caregivers("Eve", organization="hillside")
    # when
    world.offered(organization="hillside")
    # then
    assert told(world, "Eve") == ["Hillside: Open shift"]
