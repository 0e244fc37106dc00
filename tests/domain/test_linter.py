"""An organization's own texts go out only when what holds for ours holds for them."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from firstyes.domain import linter
from firstyes.domain.linter import look_at
from firstyes.domain.organization import Organization
from firstyes.domain.own_texts import OwnText, OwnTexts
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.wording import confirmation, help_text, offer, too_late, welcome
from support.builders import CHICAGO, a_shift

GOOD = {
    "offer": OwnText(
        en="{sender} needs you: {shift}{area}. YES {code} and it is yours, NO {code} if not.",
        es="{sender} le necesita: {shift}{area}. SI {code} y es suyo, NO {code} si no.",
    ),
    "confirmation": OwnText(en="It is yours: {shift}. See you!", es="Es suyo: {shift}. Hasta luego!"),
    "taken": OwnText(en="Somebody was faster: {shift}.", es="Otra persona fue mas rapida: {shift}."),
    "help": OwnText(
        en="{sender}: shifts. YES or NO with the code. STOP and we are silent.",
        es="{sender}: turnos. SI o NO con el codigo. STOP y callamos.",
    ),
    "welcome": OwnText(
        en="{sender} here. Keep this number. HELP helps, STOP is the way out.",
        es="Aqui {sender}. Guarde el numero. HELP ayuda, STOP y callamos.",
    ),
}


def with_(name: str, en: str | None = None, es: str | None = None) -> OwnTexts:
    return OwnTexts(**{name: OwnText(en=en or GOOD[name].en, es=es or GOOD[name].es)})


def test_texts_that_keep_to_what_ours_keep_to_are_taken() -> None:
    assert look_at(OwnTexts(**GOOD)) == OwnTexts(**GOOD)


def test_every_text_that_can_be_replaced_is_looked_at() -> None:
    assert set(linter.EACH) == set(OwnTexts.model_fields) == set(GOOD)


@pytest.mark.fault(30)
@pytest.mark.parametrize(
    "word",
    ["STOP", "cancel", "Quit", "opt-out", "END", "CANCELAR", "baja", "unsubscribe", "OPT_OUT", "OPT  OUT"],
)
@pytest.mark.parametrize("name", ["offer", "confirmation", "taken"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_word_that_carriers_take_for_an_opt_out_is_refused(word: str, name: str, language: str) -> None:
    text = f"{getattr(GOOD[name], language)} Or {word}."
    with pytest.raises(ValueError, match=rf"^{name} \({language}\): carriers take {word.upper()} for"):
        look_at(with_(name, **{language: text}))


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("offer", "{sender}: {shift}. YES {code}?", "has to teach"),
        ("offer", "{sender}: {shift}. YES 27 or NO {code}.", "has to teach"),
        ("offer", "{sender}: {shift}. yes {code} or no {code}.", "has to teach"),
        ("offer", "{sender}: {shift}. SI {code}, NO {code} o START.", "has to teach"),
        ("offer", "{sender}: {shift}. YES{area} {code} or NO {code}.", "has to teach"),
        ("taken", "Gone: {shift}. Text yes if you want the next one.", "has to teach"),
        ("taken", "Gone: {shift}. _STOP_ it.", "carriers take STOP for"),
        ("taken", "Gone: {shift}. STOP27 is over.", "carriers take STOP for"),
        ("offer", "{sender}: {shift}. YES {code} to pass, NO {code} to take it.", "turns round"),
        ("offer", "{sender}: {shift}. SI {code} para pasar, NO {code} para tomarlo.", "turns round"),
        ("offer", "{sender}: {shift}. To pass reply YES {code}, to take it reply NO {code}.", "turns round"),
        ("offer", "{sender}: {shift}. YES {code} if you can't, NO {code} if you can.", "turns round"),
        ("confirmation", "Yours: {shift}. " + "See you there. " * 7, "too long for 1 segment"),
        ("help", "{sender}: YES or NO with a code, STOP. " + "." * 107, "too long for 1 segment"),
        ("help", "{sender}: answer YES or NO with the code.", "has to teach"),
        ("confirmation", "Yours: {shift}. Reply YES to confirm.", "has to teach"),
        (
            "offer",
            "{shift}: YES {code}, NO {code}.",
            "has to have {code}, {sender}, {shift}, may have {area}",
        ),
        ("offer", "{sender}: YES {code}, NO {code}.", "has to have"),
        ("taken", "Too late.", "has to have {shift} and no other"),
        ("confirmation", "Yours: {shift}, for {patient}.", "no other place"),
        ("confirmation", "Yours: {shift} {}.", "no other place"),
        ("confirmation", "Yours: {shift.__class__}.", "no other place"),
        ("confirmation", "Yours: {shift!r}.", "no other place"),
        ("confirmation", "Yours: {shift:>900000000}.", "no other place"),
        ("confirmation", "Yours: {shift:{shift}}.", "no other place"),
        ("confirmation", "Yours: {shift", "a brace stands alone"),
        ("confirmation", "Yours: shift}", "a brace stands alone"),
        ("confirmation", "Yours: {shift} \N{PARTY POPPER}", "leave out emoji"),
        ("confirmation", "Yours: {shift}. " + "See you there. " * 12, "too long for 1 segment"),
    ],
)
def test_what_would_mislead_or_not_arrive_is_refused_with_the_reason(
    name: str, text: str, wrong: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(wrong)):
        look_at(with_(name, en=text))


@pytest.mark.parametrize(
    "text",
    [
        "{sender}: {shift}{area}. To take it: YES {code}. To pass: NO {code}.",
        "{sender}: {shift}. NO {code} to pass, YES {code} to take it. Take care!",
        "{sender}: {shift}. YES {code} if you can, NO {code} if you can't. Reply no later than 6pm.",
        "{sender}: {shift}. SI {code} si puede, NO {code} si no puede.",
        "{sender}: {shift}. Para tomarlo responda SI {code}, para pasar responda NO {code}.",
    ],
)
def test_what_the_words_do_may_be_said_in_any_way_that_is_true(text: str) -> None:
    assert look_at(with_("offer", en=text)).offer


def test_both_languages_have_to_be_there() -> None:
    with pytest.raises(ValidationError):
        Organization(id="lakeside", name="Lakeside", texts={"taken": {"en": "Gone: {shift}."}})  # type: ignore[arg-type]


def test_an_organization_is_refused_with_a_text_that_is_wrong() -> None:
    given: dict[str, Any] = {"id": "lakeside", "texts": {"taken": {"en": "Gone.", "es": "Ya no: {shift}."}}}
    with pytest.raises(ValidationError, match=r"taken \(en\): it has to have"):
        Organization.model_validate({**given, "name": "Lakeside"})
    with pytest.raises(ValidationError, match="give the organization a name"):
        Organization.model_validate(given)


def test_each_text_is_told_in_the_organizations_words() -> None:
    # given
    shift = a_shift(area="North Side")
    # then
    assert offer(shift, CHICAGO, "Lakeside", "27", "en", at=shift.start_time, own=GOOD["offer"]) == (
        "Lakeside needs you: RN Sun Jul 14 7am-3pm, has begun, North Side. YES 27 and it is yours, NO 27 if not."
    )
    assert offer(shift, CHICAGO, "Lakeside", "27", "es", "AR", own=GOOD["offer"]).startswith(
        "AR: Lakeside le "
    )
    assert confirmation("RN now", "en", GOOD["confirmation"]) == "It is yours: RN now. See you!"
    assert help_text(None, "es", GOOD["help"]).startswith("firstyes: turnos.")
    assert welcome(None, "en", GOOD["welcome"]).startswith("firstyes here.")


def test_a_long_area_and_a_long_sender_cost_no_segment_in_own_words_either() -> None:
    # given
    shift = a_shift(role="Certified Nursing Asst", area="Springfield South East, 4th floor")
    words = "{sender}: " + "please " * 8 + "{shift}{area}. YES {code} or NO {code}."
    # when
    text = offer(
        shift, CHICAGO, "Lakeside Home Care of Greater Illinois", "27", "en", own=OwnText(en=words, es=words)
    )
    # then
    assert len(text) <= 160
    assert text.startswith("Lakeside Hom")
    assert "Springfield" not in text


def test_own_words_for_taken_say_nothing_else_than_that() -> None:
    """Of what was called off, is over or reaches a coordinator, ours tells the truth."""
    own = GOOD["taken"]
    assert too_late("RN now", ShiftStatus.CLAIMED, "en", own=own) == "Somebody was faster: RN now."
    for status in set(ShiftStatus) - {ShiftStatus.CLAIMED}:
        assert "faster" not in too_late("RN now", status, "en", own=own)
    assert "faster" not in too_late("RN now", ShiftStatus.CLAIMED, "en", passed_on=True, own=own)
