"""Who is behind the phone, and who wants to hear from us."""

from dataclasses import replace

import pytest

from firstyes.domain.conversation.state import AskAgain, AskWhich, Note, OptIn, OptOut, TellNothingOpen
from firstyes.domain.inbound.contact import Person
from firstyes.domain.inbound.destination import ToShift
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import AcceptOffer, Obstacle
from support.builders import NOW, a_contact, a_person, a_reading, an_offer_view, hours, last_told
from support.routed import YES, accepted, routed, said


def test_stop_is_for_every_organization_behind_the_phone_working_for_it_or_not():
    people = (a_person(), a_person("alma2", organization_id="riverside", active=False))
    command = said(a_contact(people=people), a_reading(Intent.OPT_OUT))
    assert isinstance(command, OptOut)
    assert command.organization_ids == ("lakeside", "riverside")


def test_stop_to_one_organization_s_number_is_for_that_one():
    people = (a_person(), a_person("alma2", organization_id="riverside"))
    command = said(a_contact(people=people, dialled="riverside"), a_reading(Intent.OPT_OUT))
    assert isinstance(command, OptOut)
    assert command.organization_ids == ("riverside",)


def test_start_lists_what_is_open_and_takes_nothing():
    people = (a_person(opted_out=True),)
    contact = a_contact(an_offer_view("s2", "31", starts=NOW + hours(5)), an_offer_view("s1"), people=people)
    command = said(contact, a_reading(Intent.OPT_IN))
    assert isinstance(command, OptIn)
    assert [choice.code for choice in command.still_open] == ["27", "31"]


@pytest.mark.parametrize("codes", [(), ("27",)])
def test_a_yes_after_stop_opts_in_and_takes_nothing(codes: tuple[str, ...]):
    contact = a_contact(an_offer_view("s1", "27"), people=(a_person(opted_out=True),))
    command = said(contact, a_reading(Intent.ACCEPT, *codes))
    assert isinstance(command, OptIn)
    assert [choice.code for choice in command.still_open] == ["27"]


def two_organizations(*, opted_out: bool = True) -> tuple[Person, ...]:
    return (a_person(), a_person("alma2", organization_id="riverside", opted_out=opted_out))


def test_a_bare_yes_does_not_mean_the_organization_that_was_told_to_stop():
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", caregiver_id="alma2", organization_id="riverside"),
        people=two_organizations(),
    )
    assert accepted(contact, YES) == "s1"


def test_a_code_of_the_organization_that_was_told_to_stop_opts_in_there_only():
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", caregiver_id="alma2", organization_id="riverside"),
        people=two_organizations(),
    )
    command = said(contact, a_reading(Intent.ACCEPT, "31"))
    assert isinstance(command, OptIn)
    assert command.organization_ids == ("riverside",)
    assert [choice.code for choice in command.still_open] == ["31"]


@pytest.mark.fault(22)
def test_on_a_shared_phone_a_bare_yes_is_asked_which_with_names():
    # given
    contact = a_contact(
        an_offer_view("s1", "27", caregiver_id="alma"),
        an_offer_view("s1", "31", caregiver_id="ivo"),
        people=(a_person(), a_person("ivo", name="Ivo")),
    )
    # when
    command = said(contact, YES)
    # then
    assert isinstance(command, AskWhich)
    assert [choice.text for choice in command.choices] == [
        "Alma R., RN Sun Jul 14 7am-3pm",
        "Ivo, RN Sun Jul 14 7am-3pm",
    ]


@pytest.mark.fault(22)
def test_on_a_shared_phone_the_code_says_who():
    # given
    contact = a_contact(
        an_offer_view("s1", "27", caregiver_id="alma"),
        an_offer_view("s1", "31", caregiver_id="ivo"),
        people=(a_person(), a_person("ivo", name="Ivo")),
    )
    # when
    destination = routed(contact, a_reading(Intent.ACCEPT, "31"))
    # then
    assert isinstance(destination, ToShift)
    assert isinstance(destination.command, AcceptOffer)
    assert (destination.command.caregiver_id, destination.command.by) == ("ivo", "caregiver:ivo")


def test_the_number_that_was_dialled_says_which_organization():
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", caregiver_id="alma2", organization_id="riverside"),
        people=two_organizations(opted_out=False),
        dialled="riverside",
    )
    assert accepted(contact, YES) == "s2"


def test_without_a_number_that_is_known_the_live_offers_say_which_organization():
    contact = a_contact(
        an_offer_view("s2", "31", caregiver_id="alma2", organization_id="riverside"),
        people=two_organizations(opted_out=False),
    )
    assert accepted(contact, YES) == "s2"


def test_a_number_of_an_organization_that_does_not_know_the_phone_says_nothing():
    assert accepted(a_contact(an_offer_view("s1", "27"), dialled="elsewhere"), YES) == "s1"


def test_one_person_under_one_name_in_two_organizations_is_not_told_their_own_name():
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", caregiver_id="alma2", organization_id="riverside"),
        people=two_organizations(opted_out=False),
    )
    command = said(contact, YES)
    assert isinstance(command, AskWhich)
    assert all("Alma" not in choice.text for choice in command.choices)


@pytest.mark.fault(32)
@pytest.mark.parametrize("obstacle", Obstacle)
def test_row_26_the_yes_of_somebody_who_no_longer_qualifies_says_so(obstacle: Obstacle):
    """Row 26: the shift refuses it truthfully, and calls a person where it stands empty."""
    # given
    people = (a_person(active=obstacle is not Obstacle.INACTIVE), a_person("ivo", name="Ivo"))
    contact = a_contact(an_offer_view("s1", "27", obstacle=obstacle), people=people)
    for reading in (YES, a_reading(Intent.ACCEPT, "27")):
        # when
        destination = routed(contact, reading)
        # then
        assert isinstance(destination, ToShift)
        assert isinstance(destination.command, AcceptOffer)
        assert destination.command.obstacle is obstacle


def test_an_offer_to_somebody_who_no_longer_has_the_phone_is_not_taken_by_it():
    contact = a_contact(an_offer_view("s1", "27", caregiver_id="zoe"))
    assert accepted(contact, YES) is None


def test_somebody_inactive_is_not_asked_to_come_back_by_a_yes():
    """Nobody behind the phone may work, and none of them said STOP."""
    contact = a_contact(people=(a_person(active=False),))
    assert isinstance(said(contact, YES), TellNothingOpen)


def test_the_answer_is_in_the_language_of_whom_the_offer_was_made_to():
    contact = a_contact(
        an_offer_view("s2", "31", caregiver_id="ivo"),
        people=(a_person(), a_person("ivo", name="Ivo", language="es")),
    )
    command = said(contact, a_reading(Intent.QUESTION))
    assert isinstance(command, AskAgain)
    assert (command.caregiver_id, command.language) == ("ivo", "es")
    assert command.choice.text == "Ivo, RN dom 14 jul 7am-3pm"


@pytest.mark.parametrize("thanks", [True, False])
def test_row_6_an_ok_after_stop_opts_nobody_in(thanks: bool):
    """Row 6: it takes note of the answer to STOP; what may be meant as more, a person reads."""
    contact = a_contact(an_offer_view("s1", "27"), people=(a_person(opted_out=True),))
    command = said(contact, a_reading(Intent.ACCEPT, explicit=False, thanks=thanks))
    assert isinstance(command, Note)
    assert (command.intent, command.thanks) == (Intent.UNCLEAR, thanks)


def test_row_22_like_shifts_of_two_organizations_are_told_apart_by_the_organization():
    """Row 22: the same role and hours, on one phone."""
    people = (
        a_person(),
        replace(a_person("alma2", organization_id="riverside"), sender="Riverside"),
    )
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", caregiver_id="alma2", organization_id="riverside"),
        people=people,
    )
    command = said(contact, YES)
    assert isinstance(command, AskWhich)
    assert [one.text.partition(",")[0] for one in command.choices] == ["Lakeside", "Riverside"]


def test_row_15_a_yes_with_a_code_of_nobody_s_after_a_no_is_asked_about_what_can_still_be_taken():
    """Row 15: an offer that was passed on is not told to be closed."""
    contact = a_contact(an_offer_view("s1", "27", declined=True))
    command = said(contact, a_reading(Intent.ACCEPT, "99"))
    assert isinstance(command, AskWhich)
    assert [one.code for one in command.choices] == ["27"]


def test_row_22_a_bare_yes_where_one_of_two_no_longer_qualifies_is_asked_about():
    """Row 22: whoever shares the phone, it is settled by the answer and never by who is left."""
    people = (a_person(), a_person("ben", name="Ben Ortiz"))
    gone = replace(an_offer_view("s1", "27"), live=False, obstacle=Obstacle.ROLE)
    left = an_offer_view("s1", "31", caregiver_id="ben")
    # then
    asked = said(a_contact(gone, left, people=people, told=last_told(left)), YES)
    assert isinstance(asked, AskWhich)
    assert [one.code for one in asked.choices] == ["31"]
    told = last_told(left, purpose=Purpose.QUESTION)
    assert accepted(a_contact(gone, left, people=people, told=told), YES) == "s1"


def test_an_offer_of_somebody_who_no_longer_has_the_phone_is_nobody_s():
    gone = an_offer_view("s1", "27", caregiver_id="gone")
    assert a_contact(gone, people=(a_person("alma"), a_person("ivo"))).whose(gone) is None
