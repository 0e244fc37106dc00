"""Answers to "which one?" by the place in its list, or that any will do; and what whoever has two shifts calls off by its day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from firstyes.domain.conversation.state import OpenQuestion
from firstyes.domain.inbound.contact import Contact, LastTold
from firstyes.domain.inbound.destination import ToShift
from firstyes.domain.inbound.routing import route
from firstyes.domain.inbound.several import listed
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Every, Intent, Reading, Said
from firstyes.domain.shift.commands import DeclineOffer
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_contact, a_person, a_reading, an_offer_view, minutes

YES, NO = Intent.ACCEPT, Intent.DECLINE
TUE = an_offer_view("tue", "27")
WED = replace(an_offer_view("wed", "31"), starts_at=TUE.starts_at + timedelta(days=1))
AT_ONCE = replace(WED, starts_at=TUE.starts_at)
MINE = an_offer_view("mine", "44", status=ShiftStatus.CLAIMED, closed=minutes(60), mine=True)
ALSO_MINE = an_offer_view("other", "45", status=ShiftStatus.CLAIMED, closed=minutes(60), mine=True)
ASKED = LastTold(Purpose.QUESTION, ("27", "31"), NOW)
OFFERED = LastTold(Purpose.OFFER, ("27", "31"), NOW)
WON = LastTold(Purpose.CONFIRMATION, (), NOW - minutes(1), "mine")
DIRECT = LastTold(Purpose.DIRECT, (), NOW)


def question(intent: Intent = YES, *codes: str, age: int = 0) -> OpenQuestion:
    return OpenQuestion(intent, codes or ("27", "31"), NOW - timedelta(seconds=age))


def any_of_them(explicit: bool = False) -> Reading:
    reading = a_reading(YES if explicit else Intent.UNCLEAR, explicit=explicit)
    return reading.model_copy(update={"every": Every.ANY})


def shift_of(contact: Contact, reading: Reading) -> str | None:
    found = route(contact, reading, "m1", NOW)
    return found.shift_id if isinstance(found, ToShift) else None


@pytest.mark.parametrize(
    ("contact", "codes"),
    [
        (a_contact(TUE, WED, told=ASKED, question=question()), ("27", "31")),
        (a_contact(TUE, WED, told=ASKED), ()),
        (a_contact(TUE, WED, question=question(), told=None), ()),
        (a_contact(TUE, WED, told=OFFERED, question=question()), ()),
        (a_contact(TUE, WED, told=replace(ASKED, opens=("31",)), question=question()), ()),
        (a_contact(TUE, AT_ONCE, told=ASKED, question=question()), ()),
        (a_contact(TUE, told=ASKED, question=question()), ()),
        (a_contact(TUE, replace(WED, offered_at=TUE.offered_at - minutes(1)), told=ASKED, question=question()), ()),
        (a_contact(TUE, replace(WED, offered_at=TUE.offered_at - minutes(1)), told=ASKED, question=question(age=10)), ("27", "31")),
    ],
)  # fmt: skip
def test_a_list_counts_while_it_was_told_last_and_its_order_can_mean_one_thing(
    contact: Contact, codes: tuple[str, ...]
) -> None:
    assert listed(contact, NOW) == codes


PEOPLE = (a_person("alma"), a_person("ivo"))


@pytest.mark.parametrize(
    ("contact", "explicit", "taken"),
    [
        (a_contact(TUE, WED, told=ASKED, question=question()), False, "tue"),
        (a_contact(WED, told=ASKED, question=question()), False, "wed"),
        (a_contact(TUE, AT_ONCE, told=ASKED, question=question()), False, None),
        (a_contact(TUE, WED, told=ASKED, question=question(NO)), False, None),
        (a_contact(TUE, WED, told=OFFERED), False, None),
        (a_contact(TUE, WED, told=OFFERED), True, "tue"),
        (a_contact(TUE, told=OFFERED), True, None),
        (a_contact(TUE, WED, told=DIRECT, question=question()), False, None),
        (a_contact(TUE, WED, MINE, told=WON), True, None),
        (a_contact(
            replace(TUE, caregiver_id="alma"), replace(WED, caregiver_id="ivo"), people=PEOPLE, told=ASKED, question=question()
        ), False, None),
    ],
)  # fmt: skip
def test_either_takes_the_one_that_starts_first_where_that_is_certain(
    contact: Contact, explicit: bool, taken: str | None
) -> None:
    assert shift_of(contact, any_of_them(explicit)) == taken


@pytest.mark.parametrize(
    ("too", "told", "taken"), [(True, WON, "tue"), (False, WON, None), (True, OFFERED, None)]
)
def test_a_code_as_well_counts_behind_the_news_of_a_shift(
    too: bool, told: LastTold, taken: str | None
) -> None:
    reading = a_reading(Intent.UNCLEAR, "27").model_copy(
        update={"each": (Said(code="27", intent=Intent.UNCLEAR, too=too),)}
    )
    assert shift_of(a_contact(TUE, MINE, told=told), reading) == taken


@pytest.mark.parametrize(("told", "dropped"), [(WON, "mine"), (DIRECT, None)])
def test_a_no_that_names_the_day_of_one_of_two_shifts_is_for_that_one(
    told: LastTold, dropped: str | None
) -> None:
    reading = a_reading(NO).model_copy(update={"each": (Said(code="44", intent=NO),)})
    assert shift_of(a_contact(MINE, ALSO_MINE, told=told), reading) == dropped


@pytest.mark.parametrize("asked", [None, question(NO, "44", "45")])
def test_a_calling_off_that_names_the_day_of_one_of_two_shifts_is_for_that_one(
    asked: OpenQuestion | None,
) -> None:
    reading = a_reading(Intent.CALL_OFF).model_copy(
        update={"each": (Said(code="45", intent=Intent.UNCLEAR),)}
    )
    found = route(a_contact(MINE, ALSO_MINE, told=WON, question=asked), reading, "m1", NOW)
    assert isinstance(found.command, DeclineOffer)
    assert (found.shift_id, found.command.calls_off) == ("other", True)


@pytest.mark.parametrize(("told", "many"), [(WON, 2), (DIRECT, 0)])
def test_a_no_to_all_of_whoever_has_two_is_for_both(told: LastTold, many: int) -> None:
    reading = a_reading(NO).model_copy(update={"every": Every.ALL})
    found = route(a_contact(MINE, ALSO_MINE, told=told), reading, "m1", NOW)
    assert len(getattr(found, "parts", ())) == many
