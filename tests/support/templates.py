"""Every text that people get, filled in, so that rules about texts look at all of them.

Each template of `domain/wording.py` has a line in `TEMPLATES`; one that has none is found by a test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from firstyes.domain import wording
from firstyes.domain.shift.shift import Shift, ShiftStatus
from support.builders import CHICAGO, NOW, a_shift, hours

LANGUAGES = ("en", "es")
LATE_NIGHT = datetime(2030, 9, 29, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
REALISTIC = [
    a_shift(role="RN"),
    a_shift(role="Certified Nursing Asst", starts=LATE_NIGHT, area="North Side, 4th floor"),
    a_shift(role="CNA", starts=LATE_NIGHT, lasts=hours(36), area="Evanston"),
    a_shift(role="Técnico – noche", starts=LATE_NIGHT, area="Peña Blanca"),
    a_shift(role="PCA", time_zone=None, area="Springfield “South”"),
]
SENDERS = ("Lakeside", "Lakeside Home Care of Greater Illinois", "Cuidados “Señora” del Lago")


@dataclass(frozen=True)
class Filling:
    """What a template is filled with."""

    shift: Shift
    sender: str | None
    language: str

    @property
    def what(self) -> str:
        """The shift in words."""
        return wording.describe(self.shift, CHICAGO, self.language)

    @property
    def other(self) -> str:
        """Another shift in words."""
        return wording.describe(a_shift(role="LPN", starts=NOW + hours(3)), CHICAGO, self.language)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Two shifts with their codes."""
        return [("27", self.what), ("31", self.other)]


@dataclass(frozen=True)
class Template:
    """A text: its name, how it is filled in, and what holds for it.

    `unasked`: it comes without a text before it, so it says who sends it. `assigned`: only whoever has, or had, the shift
    gets it. `about_a_shift`: it names one. `bilingual`: it says the same in both languages at once.
    """

    name: str
    fill: Callable[[Filling], str]
    unasked: bool = False
    assigned: bool = False
    about_a_shift: bool = True
    bilingual: bool = False


def _offer(filling: Filling, initials: str | None = None) -> str:
    at = filling.shift.start_time
    return wording.offer(filling.shift, CHICAGO, filling.sender, "2741", filling.language, initials, at=at)


def _several_offers(filling: Filling) -> str:
    other = a_shift(role="LPN", starts=NOW + hours(3))
    offers = [
        (wording.offer(one, CHICAGO, filling.sender, code, filling.language), code)
        for one, code in ((filling.shift, "27"), (other, "31"))
    ]
    return wording.several_offers(offers) or ""


def _called_off(filling: Filling, *, winner: bool) -> str:
    told = wording.withdrawal(filling.what, filling.language, winner=winner)
    return wording.from_sender(filling.sender, told)


TEMPLATES = (
    Template("offer", _offer, unasked=True),
    Template("offer", lambda one: _offer(one, "AR"), unasked=True),
    Template("several_offers", _several_offers, unasked=True),
    Template("confirmation", lambda one: wording.confirmation(one.what, one.language), assigned=True),
    Template(
        "confirmation_of_a_call",
        lambda one: wording.confirmation_of_a_call(one.what, "2741", one.language),
        assigned=True,
    ),
    Template("already_yours", lambda one: wording.already_yours(one.what, one.language), assigned=True),
    *(
        Template(
            "too_late",
            lambda one, status=status, on=on, new=new: wording.too_late(
                one.what, status, one.language, passed_on=on, replaced=new
            ),
        )
        for status in ShiftStatus
        for new in (False, True)
        for on in ((False,) if status in (ShiftStatus.CLAIMED, ShiftStatus.CANCELLED) else (False, True))
    ),
    Template("do_you_mean", lambda one: wording.do_you_mean(one.what, "2741", one.language)),
    Template("overlap", lambda one: wording.overlap(one.what, one.other, one.language)),
    Template("withdrawal", lambda one: _called_off(one, winner=True), unasked=True, assigned=True),
    Template("withdrawal", lambda one: _called_off(one, winner=False), unasked=True),
    Template(
        "release",
        lambda one: wording.from_sender(one.sender, wording.release(one.what, one.language)),
        unasked=True,
        assigned=True,
    ),
    Template("drop_noted", lambda one: wording.drop_noted(one.what, one.language), assigned=True),
    Template("lateness_noted", lambda one: wording.lateness_noted(one.what, one.language), assigned=True),
    *(
        Template(
            "which_one",
            lambda one, yes=yes: wording.which_one(
                one.choices, one.language, ("SI" if one.language == "es" else "YES") if yes else "NO"
            ),
        )
        for yes in (True, False)
    ),
    Template("yes_or_no", lambda one: wording.yes_or_no(one.what, "2741", one.language)),
    Template("whole_shift_only", lambda one: wording.whole_shift_only(one.what, "2741", one.language)),
    Template("question_passed_on", lambda one: wording.question_passed_on(one.what, "2741", one.language)),
    Template("part_noted", lambda one: wording.part_noted(one.what, "11:30am-12:30pm", "2741", one.language)),
    Template("part_noted", lambda one: wording.part_noted(one.what, "", "2741", one.language)),
    Template("asked_last", lambda one: wording.asked_last(one.what, "2741", one.language)),
    Template("left_alone", lambda one: wording.left_alone("11:30am", (), one.language), about_a_shift=False),
    Template("left_alone", lambda one: wording.left_alone("11:30am", one.choices[:1], one.language)),
    Template(
        "left_alone",
        lambda one: wording.left_alone("11:30am", one.choices[:1], one.language, asked_again=False),
    ),
    Template(
        "offer_again",
        lambda one: wording.from_sender(one.sender, wording.offer_again(one.what, "2741", one.language)),
        unasked=True,
    ),
    Template("passed_on", lambda one: wording.passed_on(one.language), about_a_shift=False),
    Template("no_calls", lambda one: wording.no_calls(one.language), about_a_shift=False),
    Template("nothing_open", lambda one: wording.nothing_open([], one.language), about_a_shift=False),
    Template("nothing_open", lambda one: wording.nothing_open([one.what], one.language)),
    Template("no_such_code", lambda one: wording.no_such_code(["98", "99"], one.language), about_a_shift=False),
    Template("help_text", lambda one: wording.help_text(one.sender, one.language), unasked=True, about_a_shift=False),
    Template("welcome", lambda one: wording.welcome(one.sender, one.language), unasked=True, about_a_shift=False),
    Template("stranger", lambda one: wording.stranger(one.sender), unasked=True, about_a_shift=False, bilingual=True),
    Template("still_open", lambda one: wording.still_open(one.choices, one.language)),
    Template("opted_out", lambda one: wording.opted_out(one.language), about_a_shift=False),
    Template("opted_in", lambda one: wording.opted_in(one.language), about_a_shift=False),
    Template("already_opted_in", lambda one: wording.already_opted_in(one.language), about_a_shift=False),
)  # fmt: skip


def filled(*senders: str | None) -> Iterator[tuple[Template, Filling, str]]:
    """Give each template, filled in with everything realistic, in every language."""
    for template in TEMPLATES:
        for shift in REALISTIC:
            for sender in senders or SENDERS:
                for language in LANGUAGES:
                    filling = Filling(shift, sender, language)
                    yield template, filling, template.fill(filling)
