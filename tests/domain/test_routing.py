"""What a reply is for: which shift, or no shift at all. We never guess."""

import pytest

from firstyes.domain.contact import Contact, Person
from firstyes.domain.conversation import (
    AskAgain,
    AskWhich,
    GiveHelp,
    Note,
    OpenQuestion,
    OptIn,
    OptOut,
    TellNothingOpen,
)
from firstyes.domain.reading import Intent, Reading
from firstyes.domain.routing import Destination, ToConversation, ToShift, route
from firstyes.domain.shift import ShiftStatus
from firstyes.domain.shift_commands import AcceptOffer, DeclineOffer, ReportLateness
from support.builders import (
    NOW,
    a_contact,
    a_person,
    a_reading,
    an_offer_view,
    hours,
    minutes,
)

YES = a_reading(Intent.ACCEPT)
NO = a_reading(Intent.DECLINE)


def routed(contact: Contact, reading: Reading) -> Destination:
    return route(contact, reading, "m1", NOW)


def accepted(contact: Contact, reading: Reading) -> str | None:
    """The shift a message goes to as a yes, None when it goes elsewhere."""
    destination = routed(contact, reading)
    if isinstance(destination, ToShift) and isinstance(destination.command, AcceptOffer):
        return destination.shift_id
    return None


def declined(contact: Contact, reading: Reading) -> str | None:
    destination = routed(contact, reading)
    if isinstance(destination, ToShift) and isinstance(destination.command, DeclineOffer):
        return destination.shift_id
    return None


def asked(contact: Contact, reading: Reading) -> tuple[str, ...]:
    """The codes of the question that a message is answered with."""
    destination = routed(contact, reading)
    assert isinstance(destination, ToConversation)
    assert isinstance(destination.command, AskWhich)
    return tuple(choice.code for choice in destination.command.choices)


def said(contact: Contact, reading: Reading) -> object:
    """The command to the conversation."""
    destination = routed(contact, reading)
    assert isinstance(destination, ToConversation)
    return destination.command


# A yes without a code.


def test_a_bare_yes_with_one_live_offer_takes_it():
    # given
    contact = a_contact(an_offer_view("s1", "27"))
    # when
    destination = routed(contact, YES)
    # then
    assert destination == ToShift(
        "s1", AcceptOffer(at=NOW, by="caregiver:alma", caregiver_id="alma", message_id="m1")
    )


@pytest.mark.fault(21)
def test_a_bare_yes_with_two_live_offers_is_asked_which():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31", starts=NOW + hours(1)))
    assert asked(contact, YES) == ("31", "27")


def test_a_bare_yes_is_asked_which_while_another_offer_closed_a_moment_ago_untold():
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(9)),
    )
    assert asked(contact, YES) == ("27",)


@pytest.mark.parametrize(
    "other",
    [
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(11)),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(9), told=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(9), declined=True),
        an_offer_view("s2", "31", declined=True),
        an_offer_view("s2", "31", starts=NOW),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(3), mine=True),
        an_offer_view("s1", "31", status=ShiftStatus.UNFILLED, closed=minutes(1)),
    ],
    ids=[
        "closed long ago",
        "told already",
        "passed on before it closed",
        "passed on",
        "begun",
        "won a while ago",
        "an earlier fan-out of the same shift",
    ],
)
def test_a_bare_yes_takes_the_live_offer_when_the_other_cannot_be_meant(other):
    contact = a_contact(other, an_offer_view("s1", "27"))
    assert accepted(contact, YES) == "s1"


@pytest.mark.fault(10)
def test_the_echo_of_a_yes_that_just_won_does_not_take_another_shift():
    """A handset sent the yes twice; between the two this person won s2."""
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(1), mine=True),
    )
    assert asked(contact, YES) == ("27",)


@pytest.mark.fault(17)
def test_a_bare_yes_to_the_one_that_just_closed_goes_there_to_be_told():
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(1)))
    assert accepted(contact, YES) == "s1"


def test_a_bare_yes_after_several_closed_goes_to_the_latest_of_them():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(5)),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(2)),
    )
    assert accepted(contact, YES) == "s2"


def test_of_two_that_closed_in_the_same_moment_the_later_shift_is_meant_however_they_are_listed():
    sooner = an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(5))
    later = an_offer_view("s2", "31", starts=NOW + hours(9), status=ShiftStatus.CLAIMED, closed=minutes(5))
    assert accepted(a_contact(sooner, later), YES) == accepted(a_contact(later, sooner), YES) == "s2"


def test_a_bare_yes_long_after_prefers_the_shift_they_have():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(5), mine=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(2)),
    )
    assert accepted(contact, YES) == "s1"


def test_a_bare_yes_to_a_shift_that_has_begun_goes_there_to_be_told():
    assert accepted(a_contact(an_offer_view("s1", starts=NOW)), YES) == "s1"


@pytest.mark.fault(18)
def test_a_bare_yes_after_a_no_takes_the_offer_that_was_passed_on():
    assert accepted(a_contact(an_offer_view("s1", declined=True)), YES) == "s1"


def test_a_bare_yes_after_two_noes_is_asked_which():
    contact = a_contact(an_offer_view("s1", declined=True), an_offer_view("s2", "31", declined=True))
    assert asked(contact, YES) == ("27", "31")


def test_a_bare_yes_never_takes_a_passed_offer_while_two_just_closed():
    """The yes may be for either of those that closed; the one passed on is not taken by a guess."""
    contact = a_contact(
        an_offer_view("s1", declined=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(2)),
        an_offer_view("s3", "32", status=ShiftStatus.CLAIMED, closed=minutes(3)),
    )
    assert accepted(contact, YES) == "s2"


def test_a_bare_yes_without_any_offer_is_told_that_nothing_is_open():
    assert isinstance(said(a_contact(), YES), TellNothingOpen)


# A yes with a code.


@pytest.mark.fault(21)
def test_a_code_settles_which():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    assert accepted(contact, a_reading(Intent.ACCEPT, "31")) == "s2"


@pytest.mark.parametrize(
    "offer",
    [
        an_offer_view("s1", "27", status=ShiftStatus.CANCELLED, closed=hours(20)),
        an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=hours(20), told=True),
        an_offer_view("s1", "27", declined=True),
    ],
    ids=["called off", "taken and told", "passed on"],
)
def test_a_code_names_its_offer_whatever_became_of_it(offer):
    contact = a_contact(offer, an_offer_view("s2", "31"))
    assert accepted(contact, a_reading(Intent.ACCEPT, "27")) == "s1"


@pytest.mark.fault(14)
def test_a_code_is_enough_before_anything_is_known_of_the_text_that_carried_it():
    """What a carrier calls our text plays no part: phone and code find the offer."""
    assert accepted(a_contact(an_offer_view("s1", "27")), a_reading(Intent.ACCEPT, "27")) == "s1"


def test_a_yes_with_a_wrong_code_takes_nothing_and_is_asked():
    assert asked(a_contact(an_offer_view("s1", "27")), a_reading(Intent.ACCEPT, "99")) == ("27",)


def test_a_yes_with_a_wrong_code_and_nothing_open_is_told_so():
    assert isinstance(said(a_contact(), a_reading(Intent.ACCEPT, "99")), TellNothingOpen)


def test_a_yes_with_two_codes_is_asked_which_of_the_two():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), an_offer_view("s3", "44"))
    assert asked(contact, a_reading(Intent.ACCEPT, "27", "31")) == ("27", "31")


def test_a_yes_with_two_codes_of_which_one_is_closed_is_asked_about_the_open_one():
    contact = a_contact(
        an_offer_view("s1", "27"), an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1))
    )
    assert asked(contact, a_reading(Intent.ACCEPT, "27", "31")) == ("27",)


# A code alone.


def test_a_bare_code_answers_the_open_question():
    # given
    question = OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW - minutes(29))
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), question=question)
    # then
    assert accepted(contact, a_reading(Intent.UNCLEAR, "31")) == "s2"


def test_a_bare_code_answers_an_open_question_about_a_no():
    # given
    question = OpenQuestion(Intent.DECLINE, ("27", "31"), NOW)
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), question=question)
    # then
    assert declined(contact, a_reading(Intent.UNCLEAR, "31")) == "s2"


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        (None, a_reading(Intent.UNCLEAR, "27")),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW - minutes(31)), a_reading(Intent.UNCLEAR, "27")),
        (OpenQuestion(Intent.ACCEPT, ("31", "44"), NOW), a_reading(Intent.UNCLEAR, "27")),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW), a_reading(Intent.UNCLEAR, "27", "31")),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW), a_reading(Intent.UNCLEAR, "27", words=())),
        (
            OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW),
            a_reading(Intent.UNCLEAR, "27", words=("27 maybe",)),
        ),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW), a_reading(Intent.QUESTION, "27", words=("27",))),
        (OpenQuestion(Intent.UNCLEAR, ("27", "31"), NOW), a_reading(Intent.UNCLEAR, "27")),
    ],
    ids=[
        "never asked",
        "asked too long ago",
        "asked about others",
        "two codes",
        "other words beside it",
        "a doubt beside it",
        "a question",
        "the question was not about a yes",
    ],
)
def test_a_bare_code_takes_nothing_when_it_answers_no_question(question, reading):
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), question=question)
    assert accepted(contact, reading) is None


def test_a_second_bare_code_after_the_question_was_answered_takes_nothing():
    """They were asked which one, answered 27 and have it; a later "31" is not a second yes."""
    # given
    question = OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW - minutes(5))
    contact = a_contact(
        an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=minutes(4), mine=True),
        an_offer_view("s2", "31"),
        question=question,
    )
    # then
    assert accepted(contact, a_reading(Intent.UNCLEAR, "31")) is None


def test_a_second_bare_code_after_a_no_passes_on_nothing():
    # given
    question = OpenQuestion(Intent.DECLINE, ("27", "31"), NOW - minutes(5))
    contact = a_contact(
        an_offer_view("s1", "27", declined=True), an_offer_view("s2", "31"), question=question
    )
    # then
    assert declined(contact, a_reading(Intent.UNCLEAR, "31")) is None


# A no.


def test_a_bare_no_passes_on_the_one_live_offer():
    assert declined(a_contact(an_offer_view("s1", "27")), NO) == "s1"


def test_a_bare_no_with_two_live_offers_is_asked_which():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    assert asked(contact, NO) == ("27", "31")
    command = said(contact, NO)
    assert isinstance(command, AskWhich)
    assert command.intent is Intent.DECLINE


def test_a_no_with_a_code_passes_on_that_offer():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    assert declined(contact, a_reading(Intent.DECLINE, "31")) == "s2"


def test_a_no_with_a_wrong_code_is_asked_which():
    assert asked(a_contact(an_offer_view("s1", "27")), a_reading(Intent.DECLINE, "99")) == ("27",)


def test_a_no_with_two_codes_is_asked_which_of_the_two():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), an_offer_view("s3", "44"))
    assert asked(contact, a_reading(Intent.DECLINE, "27", "44")) == ("27", "44")


@pytest.mark.parametrize("codes", [(), ("99",)])
def test_a_no_with_nothing_open_is_noted(codes: tuple[str, ...]):
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(1)))
    assert said(contact, a_reading(Intent.DECLINE, *codes)) == Note(
        at=NOW,
        by="caregiver:alma",
        message_id="m1",
        contact_id=7,
        caregiver_id="alma",
        organization_id="lakeside",
        intent=Intent.DECLINE,
    )


@pytest.mark.fault(18)
def test_a_bare_no_from_somebody_with_one_shift_and_no_offer_is_about_that_shift():
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True))
    assert declined(contact, NO) == "s1"


def test_a_bare_no_from_somebody_with_several_shifts_needs_a_person():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
    )
    command = said(contact, NO)
    assert isinstance(command, Note)
    assert command.intent is Intent.CALL_OFF


def test_a_bare_no_after_their_shift_is_over_is_only_noted():
    contact = a_contact(
        an_offer_view("s1", starts=NOW - hours(8), status=ShiftStatus.CLAIMED, closed=hours(20), mine=True)
    )
    command = said(contact, NO)
    assert isinstance(command, Note)
    assert command.intent is Intent.DECLINE


def test_a_question_lists_the_next_nine():
    views = [an_offer_view(f"s{at}", str(50 - at), starts=NOW + hours(24 - at)) for at in range(12)]
    assert asked(a_contact(*views), YES) == tuple(str(code) for code in range(39, 48))
    out = a_contact(*views, people=(a_person(opted_out=True),))
    command = said(out, YES)
    assert isinstance(command, OptIn)
    assert len(command.still_open) == 9


# What is neither.


def test_calling_off_is_about_the_one_shift_they_have():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
        an_offer_view("s2", "31"),
    )
    assert declined(contact, a_reading(Intent.CALL_OFF)) == "s1"


@pytest.mark.parametrize("number", [0, 2])
def test_calling_off_needs_a_person_unless_it_is_clear_what(number: int):
    mine = [
        an_offer_view(f"s{at}", f"3{at}", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True)
        for at in range(number)
    ]
    command = said(a_contact(*mine), a_reading(Intent.CALL_OFF))
    assert isinstance(command, Note)
    assert command.intent is Intent.CALL_OFF


def test_calling_off_with_a_code_is_about_that_shift():
    contact = a_contact(
        an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
    )
    assert declined(contact, a_reading(Intent.CALL_OFF, "31")) == "s2"


def test_running_late_is_about_the_next_shift_they_have():
    # given
    contact = a_contact(
        an_offer_view("s2", "31", starts=NOW + hours(30), status=ShiftStatus.CLAIMED, mine=True),
        an_offer_view("s1", "27", starts=NOW - hours(1), status=ShiftStatus.CLAIMED, mine=True),
    )
    # when
    destination = routed(contact, a_reading(Intent.RUNNING_LATE))
    # then
    assert destination == ToShift(
        "s1", ReportLateness(at=NOW, by="caregiver:alma", caregiver_id="alma", message_id="m1")
    )


@pytest.mark.fault(20)
@pytest.mark.parametrize("intent", [Intent.CONDITION, Intent.QUESTION, Intent.UNCLEAR])
def test_what_is_neither_yes_nor_no_is_asked_back_about_the_one_live_offer(intent: Intent):
    command = said(a_contact(an_offer_view("s1", "27")), a_reading(intent))
    assert isinstance(command, AskAgain)
    assert (command.intent, command.choice.code) == (intent, "27")
    assert command.choice.text == "RN Sun Jul 14 7am-3pm"


@pytest.mark.fault(20)
@pytest.mark.parametrize("intent", [Intent.CONDITION, Intent.QUESTION, Intent.UNCLEAR])
def test_with_several_live_offers_the_question_keeps_what_was_meant(intent: Intent):
    """A code sent next then is a question or a condition about that offer, not a yes to it."""
    command = said(a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31")), a_reading(intent))
    assert isinstance(command, AskWhich)
    assert command.intent is intent


def test_a_question_with_a_code_is_about_that_offer():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    command = said(contact, a_reading(Intent.QUESTION, "31"))
    assert isinstance(command, AskAgain)
    assert command.choice.code == "31"


@pytest.mark.parametrize("intent", [Intent.CONDITION, Intent.QUESTION, Intent.UNCLEAR])
def test_what_is_neither_yes_nor_no_is_noted_when_nothing_is_open(intent: Intent):
    command = said(a_contact(), a_reading(intent))
    assert isinstance(command, Note)
    assert command.intent is intent


def test_a_wrong_number_is_noted_even_while_an_offer_is_live():
    command = said(a_contact(an_offer_view("s1", "27")), a_reading(Intent.WRONG_NUMBER))
    assert isinstance(command, Note)


def test_help_says_who_texts():
    command = said(a_contact(), a_reading(Intent.HELP))
    assert isinstance(command, GiveHelp)
    assert command.sender == "Lakeside"


# Opting out and in.


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


# Who is behind the phone.


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
def test_somebody_who_was_made_inactive_takes_nothing():
    contact = a_contact(
        an_offer_view("s1", "27"), people=(a_person(active=False), a_person("ivo", name="Ivo", language="es"))
    )
    command = said(contact, a_reading(Intent.ACCEPT, "27"))
    assert isinstance(command, TellNothingOpen)
    assert (command.caregiver_id, command.language) == ("ivo", "es")


def test_an_offer_to_somebody_who_no_longer_has_the_phone_is_not_taken_by_it():
    contact = a_contact(an_offer_view("s1", "27", caregiver_id="zoe"))
    assert accepted(contact, YES) is None


def test_somebody_inactive_is_not_asked_to_come_back_by_a_yes():
    """Nobody behind the phone may work, and none of them said STOP."""
    contact = a_contact(an_offer_view("s1", "27"), people=(a_person(active=False),))
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
