"""A reason that people give instead of a no is one, by kind; beside a yes, or of somebody else's, it is none."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import intent


@pytest.mark.parametrize(
    "text",
    [
        # what one has to do
        "I have a custody hearing", "my nephew is graduating Tuesday", "church that day", "I've got movers coming",
        "taking the NCLEX that day", "I need to go to my cousin's wedding", "getting a tooth pulled",
        # the house
        "my mother in law can't watch them", "I have the kids that day", "daycare is closed that day", "I'm on mom duty",
        # illness and loss
        "I have food poisoning", "doctor won't clear me", "there was a death in my family", "I'm down with the flu",
        # the way there
        "I got a flat", "bus doesn't run that early", "it's a 2 hour drive for me", "we moved out of state",
        # other work
        "I took a full time job", "I've worked 5 in a row", "my hours are capped", "they already have me at Oakwood",
        "I'm doing a 16 Monday", "I already promised another family",
        # faith
        "It's Eid", "I'm fasting",
        # without an "am", as in Singapore
        "i working leh", "I overseas", "I tues not free", "Tues i got camp",
        # what one lacks
        "I would love to but no car", "I'd do it but no babysitter", "would like to help but no way to get there",
        # Spanish
        "la guardería está cerrada", "es cumpleaños de mi hijo", "ya estoy en 40 horas", "me contrataron en otro lado",
        "solo trabajo de noche", "se me complica", "mi niña anda mala",
        "hoy descanso", "me toca descanso", "ese día me toca descansar",
    ],
)  # fmt: skip
def test_a_reason_people_give_for_a_no_is_one(text: str) -> None:
    assert intent(text) == Intent.DECLINE


@pytest.mark.parametrize(
    "text",
    [
        "if I didn't have class I would", "I'd come if I wasn't working", "call the next person", "siga buscando",
        "Tuesday is out for me", "I'm good on that", "no se puede",
    ],
)  # fmt: skip
def test_a_no_without_the_word_is_one(text: str) -> None:
    assert intent(text) == Intent.DECLINE


@pytest.mark.parametrize(
    "text",
    [
        "test", "I'm in a meeting", "merry christmas", "I'm on nights", "she has a job", "I moved my car", "cmi",
        "ok den i work lor", "I have a question about orientation", "voy a dormir", "I forgot to clock out",
        # asked, though without a mark
        "is it too late", "am i too late to take it", "is Kim out sick", "why would I say no", "is it no longer available",
        "is it Mr Johnson? if so no", "I would love to but no sitter till noon",
        # of somebody else
        "patient is sick", "who is out sick", "my patient is in the hospital",
        "no pulse", "no respira la paciente", "no insulin here", "pt in pain", "she is in pain", "I got hurt at work",
        "I can't lift her alone", "cannot wake her up", "I can't feel a pulse", "she fell and can't get up", "I'm not able to find the entrance", "no gloves here",
        # a denial of calling off, and what keeps one outside
        "no I'm not cancelling", "nope, I never call out", "I won't forget", "I wont flake", "no puedo entrar, la puerta está cerrada",
        "no need to ask anyone else", "no need to look further",
        # the language
        "no hablo inglés", "no english", "I can't read english", "no conozco este número",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_reason_is_asked_about(text: str) -> None:
    assert intent(text) not in {Intent.DECLINE, Intent.ACCEPT}


@pytest.mark.parametrize(
    "text",
    [
        "no class that day so yes", "my class got cancelled, I can do it", "husband can watch the kids so yes",
        "kids are with their dad so yes I can", "rent is due so yes", "I know that building, I'll take it",
        "If you still need someone I'll take it", "This is Ana G, I can do it", "Yes, Lisa M.", "doesn't bother me, I'll take it",
        "Ugh fine I'll do it", "haha can lah", "Yup i'm free tt day", "of cos can", "heck ya", "me queda bien ese horario",
        "yes all of it", "yes the whole shift", "yes I can stay the whole time", "sí, el turno completo", "I can do it, full shift", "Yes period",
        "un sí rotundo", "sí, estoy interesada y puedo", "ill be their at 7", "Yes I'll be they're", "si xfa", "ntp yo voy",
    ],
)  # fmt: skip
def test_the_same_circumstances_beside_a_yes_leave_it_one(text: str) -> None:
    assert intent(text) == Intent.ACCEPT


@pytest.mark.parametrize(
    "text",
    [
        "yes I know her", "Yes I have been there before", "sure I've worked there", "no problem thank you for letting me know",
        "yes it's covered", "si me queda bien el horario voy", "I'll come if you need me", "I can, no kids", "yes ready", "I'll be their nurse", "ok what time", "k when?",
    ],
)  # fmt: skip
def test_what_may_answer_something_else_is_no_yes(text: str) -> None:
    assert intent(text) != Intent.ACCEPT


@pytest.mark.parametrize(
    "text",
    [
        "calling off", "this is Ana calling out for 7a", "calling out my son has a fever", "I have to cancel", "cancel my shift", "need to drop my shift",
        "gotta back out", "never mind", "nvm I can't come", "forget about it", "I know I said yes but I can't", "can't do the shift I accepted", "I need someone to cover my shift",
        "I'm calling out if that's ok", "something came up", "no longer able to come", "cancelen mi turno por favor", "ya no puedo",
    ],
)  # fmt: skip
def test_who_calls_off_says_so_in_many_ways(text: str) -> None:
    assert intent(text) is Intent.CALL_OFF


@pytest.mark.parametrize(
    "text",
    [
        # denied, asked about, or not come to yet
        "I'm not calling off", "I didn't call off", "please don't give my shift away, I'm coming", "don't release my shift", "I won't call out",
        "did you give away my shift?", "how do I call out", "if I have to cancel who do I call", "am I called off", "no me cancelen",
        "I might have to call off", "may have to cancel", "almost called off", "I was gonna call out but I'll come", "si cancelo me avisan?", "no longer going to be late", "can I still cancel", "not calling out just running late",
        # somebody else's
        "who called out", "Kim called out too, it's just me", "the other nurse called in sick", "I got called off yesterday",
        "mi cita se canceló", "Kim is calling off", "I have been called off",
        # something else
        "I have to cancel my dentist appointment but I'll be there", "need to drop my son off first", "I'll cover my shift",
        "backing out of my driveway now", "never mind, I found the door", "nvm I'm here", "forget about my question",
        "I know I said yes but where do I go", "the shift I picked up", "no longer need a ride", "canceling my other plans, see you at 7",
    ],
)  # fmt: skip
def test_what_only_sounds_like_calling_off_is_none(text: str) -> None:
    assert intent(text) is not Intent.CALL_OFF


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("flat tire can't come", Intent.DECLINE), ("I overslept, I won't be coming", Intent.DECLINE), ("stuck in traffic I won't make it", Intent.DECLINE),
        ("se me hizo tarde ya no voy a ir", Intent.CALL_OFF), ("running late won't be there till 8", Intent.RUNNING_LATE),
        ("won't make it on time, running late", Intent.RUNNING_LATE), ("voy tarde no voy a llegar a tiempo", Intent.RUNNING_LATE),
        ("running late my ride is not coming", Intent.RUNNING_LATE), ("running late, car will not work", Intent.RUNNING_LATE),
    ],
)  # fmt: skip
def test_who_is_late_and_does_not_come_is_not_late(text: str, said: Intent) -> None:
    assert intent(text) is said
