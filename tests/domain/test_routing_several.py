"""A text that speaks of several offers: each goes to its shift, or it is asked about. Row 4."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain.answer import Answer, Choice, Status
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.state import AnswerEach, ConversationState, OpenQuestion
from firstyes.domain.inbound.contact import LastTold
from firstyes.domain.inbound.destination import ToEach, ToShift
from firstyes.domain.inbound.routing import route
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Every, Intent, Reading, Said
from firstyes.domain.shift.commands import AcceptOffer
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_contact, a_person, a_reading, an_offer_view, minutes

YES, NO = Intent.ACCEPT, Intent.DECLINE
TUE, WED = an_offer_view("tue", "27"), an_offer_view("wed", "31")
LOST = an_offer_view("wed", "31", status=ShiftStatus.CLAIMED, closed=minutes(1))
HELD = an_offer_view("mine", "44", status=ShiftStatus.CLAIMED, closed=minutes(60), mine=True)


def each(*said: tuple[str, Intent], by_words: bool = False, explicit: bool = True) -> Reading:
    intent = YES if any(one is YES for _, one in said) else NO
    reading = a_reading(intent, *(() if by_words else [code for code, _ in said]), explicit=explicit)
    return reading.model_copy(update={"each": tuple(Said(code=c, intent=i) for c, i in said)})


def every(intent: Intent, many: Every = Every.BOTH, *, explicit: bool = True) -> Reading:
    return a_reading(intent, explicit=explicit).model_copy(update={"every": many})


def parts(contact: object, reading: Reading) -> dict[str, Intent]:
    """What goes to which shift; empty when it is no text about several."""
    found = route(contact, reading, "m1", NOW)  # type: ignore[arg-type]
    sent = found.parts if isinstance(found, ToEach) else (found,) if isinstance(found, ToShift) else ()
    return {one.shift_id: YES if isinstance(one.command, AcceptOffer) else NO for one in sent}


def told(*opens: str, purpose: Purpose = Purpose.QUESTION, shift_id: str | None = None) -> LastTold:
    return LastTold(purpose, opens, NOW - minutes(1), shift_id)


@pytest.mark.parametrize(
    ("contact", "reading", "expected"),
    [
        (a_contact(TUE, WED), each(("27", YES), ("31", NO)), {"tue": YES, "wed": NO}),
        (a_contact(TUE, WED), each(("31", YES), by_words=True), {"wed": YES}),
        (a_contact(TUE, WED), each(("31", NO), by_words=True), {"wed": NO}),
        (a_contact(TUE, WED, HELD), each(("31", NO), by_words=True), {}),
        (a_contact(TUE, WED, told=told(purpose=Purpose.NOTICE)), each(("31", YES), by_words=True, explicit=False), {}),
        (a_contact(TUE, WED, told=told("27")), each(("31", YES), by_words=True, explicit=False), {"wed": YES}),
        (a_contact(TUE, LOST), each(("27", YES), by_words=True), {"wed": YES}),
        (a_contact(TUE, WED), each(("98", YES), ("99", NO)), {}),
        (a_contact(TUE, WED), each(("27", YES), ("99", YES)), {"tue": YES}),
        (a_contact(replace(TUE, former_codes=("20",)), WED), each(("27", YES), ("20", YES)), {"tue": YES}),
        (a_contact(replace(TUE, former_codes=("20",)), WED), each(("27", YES), ("20", NO)), {}),
        (a_contact(replace(LOST, outdated_codes=("20",)), TUE), each(("27", YES), ("20", NO)), {"tue": YES, "wed": NO}),
        (a_contact(TUE, WED), every(YES), {"tue": YES, "wed": YES}),
        (a_contact(TUE, WED), every(NO), {"tue": NO, "wed": NO}),
        (a_contact(TUE, LOST), every(YES), {"tue": YES, "wed": YES}),
        (a_contact(TUE, WED, told=told("27", "31")), every(YES, Every.ALL), {"tue": YES, "wed": YES}),
        (a_contact(TUE, WED, an_offer_view("thu", "45")), every(YES), {}),
        (a_contact(TUE), every(NO, Every.ALL), {"tue": NO}),
        (a_contact(TUE, WED, HELD), every(NO), {}),
        (a_contact(TUE, WED, HELD, told=told("27", "31")), every(NO), {"tue": NO, "wed": NO}),
        (a_contact(TUE, WED, HELD, told=told("27", "31", "44")), every(NO), {}),
        (a_contact(TUE, WED, HELD, told=told(purpose=Purpose.CONFIRMATION, shift_id="mine")), every(YES), {}),
        (
            a_contact(TUE, WED, question=OpenQuestion(NO, ("27", "31"), NOW)),
            every(YES, explicit=False),
            {"tue": NO, "wed": NO},
        ),
        (
            a_contact(TUE, WED, question=OpenQuestion(YES, ("27", "31"), NOW)),
            a_reading(Intent.UNCLEAR, "27", "31"),
            {"tue": YES, "wed": YES},
        ),
        (a_contact(TUE), every(YES, explicit=False), {}),
    ],
)  # fmt: skip
def test_row_4_each_goes_to_its_shift_or_it_is_asked_about(
    contact: object, reading: Reading, expected: dict[str, Intent]
) -> None:
    """Row 4."""
    assert parts(contact, reading) == expected


def test_row_4_both_of_two_people_is_asked_about() -> None:
    """Row 4: on a shared phone the code says who."""
    people = (a_person("alma"), a_person("ivo"))
    offers = an_offer_view("tue", "27", caregiver_id="alma"), an_offer_view("wed", "31", caregiver_id="ivo")
    assert parts(a_contact(*offers, people=people), every(YES)) == {}
    assert parts(a_contact(*offers, people=people), each(("27", YES), ("31", NO))) == {"tue": YES, "wed": NO}


def test_row_4_a_yes_for_one_who_opted_out_takes_nothing() -> None:
    """Row 4: on a phone whose other owner still hears from us."""
    people = (a_person("alma", opted_out=True), a_person("ivo"))
    offers = an_offer_view("tue", "27", caregiver_id="alma"), an_offer_view("wed", "31", caregiver_id="ivo")
    assert parts(a_contact(*offers, people=people), each(("27", YES), ("31", YES))) == {}


@given(st.lists(st.tuples(st.sampled_from(["27", "31", "45"]), st.sampled_from([YES, NO])), min_size=2, unique_by=lambda one: one[0]))  # fmt: skip
def test_row_4_what_is_said_of_one_shift_never_changes_another(said: list[tuple[str, Intent]]) -> None:
    """Row 4: each gets the command that it would get by itself, but for what else is named open."""
    # given
    contact = a_contact(TUE, WED, an_offer_view("thu", "45"))
    # when
    found = route(contact, each(*said), "m1", NOW)
    # then
    assert isinstance(found, ToEach)
    assert [one.shift_id for one in found.parts] == [
        {"27": "tue", "31": "wed", "45": "thu"}[code] for code, _ in said
    ]
    assert found.command is found.answer.command
    assert found.shift_id == next(
        (one.shift_id for one, (_, intent) in zip(found.parts, said, strict=True) if intent is YES),
        found.parts[0].shift_id,
    )
    for part, (code, intent) in zip(found.parts, said, strict=True):
        alone = route(contact, a_reading(intent, code), "m1", NOW)
        assert isinstance(alone, ToShift)
        assert _bare(part) == _bare(alone)


def _bare(part: ToShift) -> object:
    command = part.command
    return command.model_copy(update={"open": ()}) if isinstance(command, AcceptOffer) else command


def answered(*answers: Answer, unknown: tuple[str, ...] = (), state: ConversationState | None = None):
    command = AnswerEach(
        at=NOW,
        by="caregiver:alma",
        contact_id=1,
        organization_id="lakeside",
        intent=YES,
        codes=("27", "31")[: len(answers)],
        unknown=unknown,
        answers=answers,
    )
    return decide(state or ConversationState(), command)


WON = Answer(status=Status.SUCCESS, message="Won.", shift_id="wed")
GONE = Answer(
    status=Status.ALREADY_CLAIMED,
    message="Gone.",
    shift_id="tue",
    choices=(Choice(code="45", shift_id="thu", text="RN Thu"),),
)


def test_row_4_it_is_a_success_if_any_was_won() -> None:
    """Row 4: and the answer lists each; the shifts have sent their texts."""
    decision = answered(GONE, WON)
    assert (decision.answer.status, decision.answer.shift_id) == (Status.SUCCESS, "wed")
    assert decision.answer.message == "Gone. Won."
    assert [(one.code, one.shift_id, one.status, one.message) for one in decision.answer.results] == [
        ("27", "tue", Status.ALREADY_CLAIMED, "Gone."),
        ("31", "wed", Status.SUCCESS, "Won."),
    ]
    assert decision.answer.choices == GONE.choices
    assert not decision.messages


def test_row_4_a_code_that_is_nobody_s_is_told_of() -> None:
    """Row 4."""
    decision = answered(WON, unknown=("98", "99"))
    assert [one.code for one in decision.answer.results] == ["27", "98", "99"]
    assert [one.body for one in decision.messages] == ["You have no offer with the code 98, 99."]


def test_row_4_where_no_more_texts_go_out_the_answer_lists_each_all_the_same() -> None:
    """Row 4: a person is called instead of the text."""
    state = ConversationState()
    for _ in range(20):
        state = state.answered(NOW, "")
    decision = answered(WON, unknown=("99",), state=state)
    assert decision.answer.status is Status.SUCCESS
    assert len(decision.answer.results) == 2
    assert not decision.messages
