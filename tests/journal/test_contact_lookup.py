"""Who a phone may be, and what its messages can mean."""

from datetime import timedelta, timezone

import pytest

from firstyes.actors.journal.port import DeliveryChange
from firstyes.actors.records import Delivery
from firstyes.domain.conversation.state import (
    AskWhich,
    ConfirmNumber,
    DoubtNumber,
    OpenQuestion,
    OptIn,
    OptOut,
)
from firstyes.domain.inbound.contact import ANSWERABLE
from firstyes.domain.message import Purpose
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import AcceptOffer, Obstacle
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import HOUR, LAKESIDE, LAKESIDE_PHONE, NOW, Kept


@pytest.mark.fault(24)
def test_an_unknown_phone_is_nobody(kept: Kept) -> None:
    assert kept.journal.contact("+15550000", None, NOW) is None


@pytest.mark.fault(32)
def test_a_phone_that_only_somebody_inactive_has_says_so(kept: Kept) -> None:
    kept.offer()
    phone = kept.phone("alma")
    kept.employ("alma", phone=phone, active=False)
    contact = kept.journal.contact(phone, None, NOW)
    assert contact is not None
    assert [one.active for one in contact.people] == [False]


@pytest.mark.fault(22)
@pytest.mark.fault(32)
def test_on_a_shared_phone_who_is_inactive_comes_last_and_cannot_take_anything(kept: Kept) -> None:
    # given
    kept.employ("cleo", "dora", phone="+13125550777")
    kept.offer()
    # when
    kept.employ("cleo", phone="+13125550777", active=False)
    # then
    contact = kept.contact("dora")
    assert [(one.caregiver_id, one.active) for one in contact.people] == [("dora", True), ("cleo", False)]
    assert [(one.caregiver_id, one.live, one.obstacle) for one in contact.offers] == [
        ("dora", True, None),
        ("cleo", False, Obstacle.INACTIVE),
    ]


def test_row_26_an_offer_is_not_live_once_the_role_is_gone(kept: Kept) -> None:
    """Row 26."""
    kept.offer()
    kept.employ("alma", phone=kept.phone("alma"), roles=("LPN",))
    assert [(one.live, one.obstacle) for one in kept.contact("alma").offers] == [(False, Obstacle.ROLE)]


def test_row_25_an_offer_is_not_live_while_the_number_is_in_doubt(kept: Kept) -> None:
    """Row 25."""
    kept.offer()
    kept.tell("alma", DoubtNumber, organization_ids=(LAKESIDE,))
    contact = kept.contact("alma")
    assert contact.doubted
    assert [(one.live, one.obstacle) for one in contact.offers] == [(False, Obstacle.FORMER_PHONE)]
    kept.tell("alma", ConfirmNumber)
    assert [one.live for one in kept.contact("alma").offers] == [True]


def test_the_last_text_is_known_with_the_codes_it_named(kept: Kept, store) -> None:
    # given
    assert kept.contact("alma").last_told is None
    codes = kept.offer()
    # then
    offered = kept.contact("alma").last_told
    assert offered is not None
    assert (offered.purpose, offered.opens, offered.shift_id) == (Purpose.OFFER, (codes["alma"],), "s1")
    # when
    kept.claim("bea")
    kept.claim("alma")
    # then
    late = kept.contact("alma").last_told
    assert late is not None
    assert (late.purpose, late.opens, late.caregiver_id) == (Purpose.TOO_LATE, (), "alma")


@pytest.mark.parametrize("state", ["dropped", "failed"])
def test_a_text_that_did_not_go_out_was_not_told(kept: Kept, state: str) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    newest = max(one.key for one in kept.journal.due(Channel.SMS, kept.now, 10) if one.caregiver_id == "alma")
    # when
    kept.change_deliveries(DeliveryChange(newest, Delivery.SENDING))
    kept.change_deliveries(DeliveryChange(newest, Delivery(state)))
    # then
    told = kept.contact("alma").last_told
    assert told is not None
    assert told.shift_id == "s1"


def test_a_person_is_known_with_all_that_an_answer_needs(kept: Kept) -> None:
    kept.employ("eva", language="es")
    (eva,) = kept.contact("eva").people
    assert (eva.caregiver_id, eva.organization_id, eva.name) == ("eva", LAKESIDE, "Eva")
    assert (eva.language, eva.active, eva.opted_out, eva.sender) == ("es", True, False, "Lakeside")


def test_the_number_that_was_dialled_tells_the_organization(kept: Kept) -> None:
    assert kept.contact("alma", LAKESIDE_PHONE).dialled == LAKESIDE
    assert kept.contact("alma", "+13125559999").dialled is None
    assert kept.contact("alma", None).dialled is None


def test_a_live_offer_is_shown_with_its_terms(kept: Kept) -> None:
    # when
    codes = kept.offer()
    # then
    (offer,) = kept.contact("alma").offers
    assert (offer.shift_id, offer.caregiver_id, offer.code) == ("s1", "alma", codes["alma"])
    assert (offer.role, offer.starts_at, offer.ends_at) == ("RN", NOW + 2 * HOUR, NOW + 10 * HOUR)
    assert (offer.zone, offer.status, offer.live) == ("America/Chicago", ShiftStatus.OFFERING, True)
    assert (offer.declined, offer.told, offer.mine) == (False, False, False)


def test_times_keep_the_offset_they_were_posted_with(kept: Kept) -> None:
    starts = (NOW + 2 * HOUR).astimezone(timezone(timedelta(hours=-5)))
    kept.offer(starts=starts)
    (offer,) = kept.contact("alma").offers
    assert offer.starts_at.isoformat() == starts.isoformat()


def test_the_newest_offer_comes_first(kept: Kept) -> None:
    for shift_id in ("s2", "s1", "s3"):
        kept.offer(shift_id)
    assert [one.shift_id for one in kept.contact("alma").offers] == ["s3", "s1", "s2"]


def test_a_no_is_seen(kept: Kept) -> None:
    kept.offer()
    kept.decline("alma")
    assert kept.contact("alma").offers[0].declined
    assert not kept.contact("bea").offers[0].declined


def test_a_claim_closes_everybodys_offer_and_is_the_winners(kept: Kept) -> None:
    # given
    kept.offer()
    kept.now += timedelta(minutes=3)
    # when
    kept.claim("alma")
    # then
    (mine,), (theirs,) = kept.contact("alma").offers, kept.contact("bea").offers
    assert (mine.status, mine.closed_at, mine.mine) == (ShiftStatus.CLAIMED, kept.now, True)
    assert (theirs.status, theirs.closed_at, theirs.mine) == (ShiftStatus.CLAIMED, kept.now, False)


def test_ten_thousand_offers_are_closed_by_one_row(kept: Kept, store) -> None:
    kept.offer()
    kept.claim("alma")
    assert store.rows("SELECT closed_at IS NOT NULL FROM fanouts") == [(1,)]
    assert store.rows("SELECT count(*) FROM offers WHERE NOT declined AND NOT told") == [(2,)]


def test_who_was_told_that_it_is_too_late_is_known(kept: Kept) -> None:
    kept.offer()
    kept.claim("alma")
    assert not kept.contact("bea").offers[0].told
    kept.must("s1", AcceptOffer(at=kept.now, by="caregiver:bea", caregiver_id="bea"))
    assert kept.contact("bea").offers[0].told


@pytest.mark.parametrize("minutes", [0, 5])
def test_after_a_release_the_former_winner_has_no_live_offer_and_others_a_new_one(
    kept: Kept, minutes: int
) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    kept.now += timedelta(minutes=minutes)
    # when
    kept.release()
    # then
    (former,), (anew,) = kept.contact("alma").offers, kept.contact("bea").offers
    assert (former.live, former.taken, former.mine) == (False, False, False)
    assert (anew.live, anew.asking) == (True, True)


def test_an_offer_stays_answerable_until_three_days_after_the_start(kept: Kept) -> None:
    kept.offer()
    kept.now = NOW + 2 * HOUR + ANSWERABLE - timedelta(microseconds=1)
    assert len(kept.contact("alma").offers) == 1
    kept.now += timedelta(microseconds=1)
    assert kept.contact("alma").offers == ()


def test_an_opt_out_holds_for_its_organization_until_it_is_taken_back(kept: Kept) -> None:
    kept.tell("alma", OptOut, organization_ids=(LAKESIDE,))
    assert kept.contact("alma").people[0].opted_out
    assert [one.caregiver_id for one in kept.candidates()] == ["bea"]
    kept.tell("alma", OptIn, organization_ids=(LAKESIDE,))
    assert not kept.contact("alma").people[0].opted_out


def test_an_opt_out_is_towards_that_organization_only(kept: Kept) -> None:
    kept.put_organization(Organization(id="hilltop"))
    kept.employ("alma", phone="+13125550777")
    kept.employ("ann", phone="+13125550777", organization_id="hilltop")
    kept.tell("alma", OptOut, organization_ids=(LAKESIDE,))
    assert [(one.caregiver_id, one.opted_out) for one in kept.contact("alma").people] == [
        ("alma", True),
        ("ann", False),
    ]


def test_an_open_question_is_remembered_until_an_opt_out(kept: Kept) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    choices = tuple(one.choice("en") for one in kept.contact("alma").offers)
    # when
    kept.tell("alma", AskWhich, intent=Intent.ACCEPT, choices=choices)
    # then
    codes = tuple(one.code for one in choices)
    assert kept.contact("alma").question == OpenQuestion(Intent.ACCEPT, codes, kept.now)
    assert kept.contact("bea").question is None
    # when
    kept.tell("alma", OptOut, organization_ids=(LAKESIDE,))
    # then
    assert kept.contact("alma").question is None


def test_a_number_that_is_now_somebody_elses_brings_no_offers_with_it(kept: Kept) -> None:
    # given
    kept.offer()
    number = kept.phone("alma")
    # when
    kept.employ("alma", phone="+13125550888")
    kept.employ("cleo", phone=number)
    # then
    assert kept.contact("cleo").offers == ()
    assert kept.contact("alma").offers == ()


def test_the_last_messages_with_a_phone_are_given_oldest_first(kept: Kept) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    contact_id = kept.contact_id("alma")
    # then
    offered, said, answered = kept.journal.thread(contact_id)
    assert offered.startswith("Lakeside")
    assert said == "yes"
    assert answered.startswith("You have the shift")
    assert kept.journal.thread(contact_id, 2) == (said, answered)
    assert kept.journal.thread(9_999) == ()
