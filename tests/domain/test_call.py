"""What is said in a call."""

from dataclasses import replace
from typing import Any

import pytest

from firstyes.domain.answer import Answer, Status
from firstyes.domain.inbound.contact import Contact
from firstyes.domain.shift.commands import Obstacle
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.voice.call import PASS, TAKE, AlertCall, Call, call_about, call_for_code
from support.builders import NOW, a_person, an_offer_view, hours, minutes

PHONE, NUMBER = "+13125550104", "+13125550100"


def a_call(language: str = "en", **offer: Any) -> Call:
    contact = Contact(1, (a_person(language=language),), (an_offer_view(**offer),))
    return call_about(contact, PHONE, NUMBER, "alma", "s1")


def test_the_first_sentence_is_who_calls_and_why_and_the_next_ones_when_and_how_to_answer() -> None:
    # when
    told = a_call().pick_up(NOW)
    # then
    assert told.asks
    assert told.said[0] == (
        "This is Lakeside, about an open R N shift. Today, Sunday, July 14, from 7 AM to 3 PM."
        " Press 1 to take it, 2 to pass, 3 to hear it again."
    )


def test_it_is_in_the_language_of_whom_is_called() -> None:
    assert a_call("es").pick_up(NOW).said[0] == (
        "Le llama Lakeside por un turno libre de R N. Hoy, domingo 14 de julio, de las 7 de la mañana a las 3 de la"
        " tarde. Oprima 1 para tomarlo, 2 para pasar, 3 para oírlo otra vez."
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_wins_on_a_landline_is_promised_no_text(language: str) -> None:
    contact = Contact(
        1, (a_person(language=language),), (an_offer_view(mine=True, status=ShiftStatus.CLAIMED),)
    )
    won = Answer(status=Status.SUCCESS, message="")
    texted, landline = (
        call_about(replace(contact, landline=one), PHONE, NUMBER, "alma", "s1")
        .answered(TAKE, won, NOW)
        .said[0]
        for one in (False, True)
    )
    assert ("text" in texted or "mensaje" in texted, "text" in landline or "mensaje" in landline) == (
        True,
        False,
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("landline", [False, True])
def test_who_has_not_won_on_a_landline_is_promised_no_text(language: str, landline: bool) -> None:
    # given
    call = replace(a_call(language), texted=not landline)
    # when
    asked_back = call.answered(TAKE, Answer(status=Status.CLARIFY, message=""), NOW).said[0]
    undecided = call.undecided().said[0]
    # then
    for said in (asked_back, undecided):
        assert ("text" in said or "mensaje" in said) is not landline
        assert ("office" in said or "oficina" in said) is landline


@pytest.mark.fault(53)
def test_a_machine_is_left_the_code_and_the_number_twice() -> None:
    told = a_call().pick_up(NOW)
    left = "To take this shift press 1 now, or text YES 2 7 to 3 1 2, 5 5 5, 0 1 0 0, or call that number and enter 2 7."
    assert told.said[1:] == (left, left)


def test_without_a_number_of_ours_no_number_is_named() -> None:
    call = replace(a_call(), number=None)
    assert call.pick_up(NOW).said[1] == "To take this shift press 1 now, or text YES 2 7."
    assert replace(call, language="es").pick_up(NOW).said[1].endswith("SÍ 2 7.")


def test_without_a_sender_the_reason_still_comes_first() -> None:
    said = replace(a_call(), sender=None).pick_up(NOW).said[0]
    assert said.startswith("This is a call about an open R N shift.")
    said = replace(a_call("es"), sender=None).pick_up(NOW).said[0]
    assert said.startswith("Le llamamos por un turno libre de R N.")


@pytest.mark.parametrize(("starts", "said"), [(minutes(4), "It starts now."), (minutes(-4), "It has begun.")])
def test_it_is_said_that_a_shift_starts_now_or_has_begun(starts: Any, said: str) -> None:
    call = a_call(starts=NOW + starts)
    assert call.offer is not None
    live = replace(call, offer=replace(call.offer, live=True))
    assert said in live.pick_up(NOW).said[0]
    assert "Press" in live.pick_up(NOW).said[0]
    assert "Empieza ahora" in replace(live, language="es").pick_up(NOW).said[0] or starts < minutes(0)


CLOSED = {
    "taken": {"status": ShiftStatus.CLAIMED, "closed": minutes(1)},
    "called off": {"status": ShiftStatus.CANCELLED, "closed": minutes(1)},
    "not being offered": {"status": ShiftStatus.EXPIRED, "closed": minutes(1)},
    "not being offered any more": {"obstacle": Obstacle.ROLE},
    "you pass": {"declined": True},
    "yours already": {"mine": True, "status": ShiftStatus.CLAIMED},
}


@pytest.mark.fault(54)
@pytest.mark.parametrize(("said", "offer"), CLOSED.items(), ids=str)
def test_who_picks_up_too_late_is_told_why_and_asked_nothing(said: str, offer: dict[str, Any]) -> None:
    told = a_call(**offer).pick_up(NOW)
    assert not told.asks
    [sentence] = told.said
    assert said in sentence
    assert a_call("es", **offer).pick_up(NOW).said[0] != sentence


def test_whoever_opted_out_left_or_may_be_a_stranger_is_told_nothing() -> None:
    offers = (an_offer_view(),)
    for contact in (
        None,
        Contact(1, (), offers),
        Contact(1, (a_person("bo"),), offers),
        Contact(1, (a_person(opted_out=True),), offers),
        Contact(1, (a_person(active=False),), offers),
        Contact(1, (a_person(),), offers, doubted=True),
        Contact(1, (a_person(),)),
    ):
        told = call_about(contact, PHONE, NUMBER, "alma", "s1").pick_up(NOW)
        assert (told.said, told.asks) == (("Goodbye.",), False)


def test_the_winner_hears_it_with_the_time() -> None:
    told = a_call(mine=True, status=ShiftStatus.CLAIMED).answered(TAKE, an_answer(Status.SUCCESS), NOW)
    assert told.said[0].startswith("You have the shift. Today, Sunday, July 14, from 7 AM to 3 PM.")
    spanish = a_call("es", mine=True).answered(TAKE, an_answer(Status.SUCCESS), NOW)
    assert spanish.said[0].startswith("El turno es suyo. Hoy, domingo 14 de julio")


def an_answer(status: Status) -> Answer:
    return Answer(status=status, message="as it was committed")


@pytest.mark.fault(54)
@pytest.mark.parametrize(
    ("key", "status", "offer", "said"),
    [
        (
            TAKE,
            Status.ALREADY_CLAIMED,
            {"status": ShiftStatus.CLAIMED, "closed": minutes(0)},
            "taken by someone",
        ),
        (TAKE, Status.NO_ACTION, {"status": ShiftStatus.CANCELLED, "closed": minutes(0)}, "called off"),
        (TAKE, Status.NO_ACTION, {}, "You do not have this shift"),
        (TAKE, Status.CLARIFY, {}, "You do not have this shift"),
        (TAKE, Status.ACKNOWLEDGED, {}, "You do not have this shift"),
        (PASS, Status.ACKNOWLEDGED, {"declined": True}, "you pass"),
    ],
)
def test_what_is_said_after_a_key_is_what_was_committed(
    key: str, status: Status, offer: dict[str, Any], said: str
) -> None:
    told = a_call(**offer).answered(key, an_answer(status), NOW)
    assert not told.asks
    assert said in told.said[0]
    assert "You have the shift" not in told.said[0]


def test_an_answer_that_is_not_known_is_not_promised() -> None:
    assert a_call().undecided().said == (
        "We cannot tell you yet whether the shift is yours. A text will. Goodbye.",
    )
    assert "le toca el turno" in a_call("es").undecided().said[0]


# Whoever is on call.


def an_alert_call(**more: Any) -> AlertCall:
    return AlertCall(
        PHONE, NUMBER, "Lakeside. Nobody came. Press 1 if you see to it.", **{"code": "A7", **more}
    )


def test_an_alert_is_told_twice_and_a_key_says_that_somebody_sees_to_it() -> None:
    call = an_alert_call()
    assert call.pick_up(NOW).said == (call.said, call.said)
    assert call.pick_up(NOW).asks
    assert [call.word(key) for key in ("1", "2", "")] == ["OK A7", None, None]
    assert call.answered("1", an_answer(Status.ACKNOWLEDGED), NOW).said == (
        "Thank you. It is yours to see to. Goodbye.",
    )
    assert call.answered("1", an_answer(Status.NO_ACTION), NOW).said == call.end().said
    assert "could not note" in call.undecided().said[0]


def test_an_alert_that_somebody_sees_to_asks_nobody_else() -> None:
    told = an_alert_call(open=False).pick_up(NOW)
    assert (told.said, told.asks) == (("Somebody is seeing to this already. Thank you. Goodbye.",), False)


def test_what_asks_nothing_is_told_and_no_key_is_waited_for() -> None:
    call = an_alert_call(code=None)
    assert not call.pick_up(NOW).asks
    assert call.word("1") is None


def test_the_keys_of_an_offer_stand_for_the_words_of_a_text() -> None:
    call = a_call()
    assert [call.word(key) for key in ("1", "2", "3", "")] == ["YES 27", "NO 27", None, None]
    assert replace(call, offer=None).word("1") is None


# Somebody calls us.


def test_the_code_says_which_offer_and_so_whose() -> None:
    # given
    people = (a_person("alma"), a_person("bo", name="Bo Lim", language="es"))
    offers = (an_offer_view("s1", "27", former=("15",)), an_offer_view("s2", "31", caregiver_id="bo"))
    contact = Contact(1, people, offers)

    def offered(code: str) -> str | None:
        call = call_for_code(contact, PHONE, NUMBER, code)
        return None if call.offer is None else call.offer.shift_id

    # then
    assert [offered(code) for code in ("27", "15", "31", "99", "")] == ["s1", "s1", "s2", None, None]
    assert call_for_code(contact, PHONE, NUMBER, "31").language == "es"


def test_without_such_an_offer_who_works_here_is_spoken_to() -> None:
    contact = Contact(1, (a_person("alma", active=False), a_person("bo", language="es")))
    call = call_for_code(contact, PHONE, NUMBER, "27")
    assert (call.language, call.sender, call.offer) == ("es", "Lakeside", None)


def test_a_shift_that_is_over_is_not_offered_by_its_code() -> None:
    contact = Contact(1, (a_person(),), (an_offer_view(starts=NOW - hours(9), closed=hours(8)),))
    assert not call_for_code(contact, PHONE, NUMBER, "27").pick_up(NOW).asks
