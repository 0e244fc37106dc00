"""What tests of the domain are set in: shifts, offers, phones, and a shift's life told in a few words."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from firstyes.domain.answer import Answer, Choice, Status
from firstyes.domain.caregiver import Caregiver, role_key
from firstyes.domain.conversation.state import OpenQuestion
from firstyes.domain.decision import Decision
from firstyes.domain.inbound.contact import Contact, LastTold, OfferView, Person
from firstyes.domain.message import Message, Purpose
from firstyes.domain.policy import DEFAULT_ROUNDS, PART, Rounds
from firstyes.domain.replies.reading import Intent, Reading
from firstyes.domain.shift.candidates import Candidate
from firstyes.domain.shift.commands import (
    AcceptOffer,
    Assignee,
    AssignShift,
    CancelShift,
    DeclineOffer,
    MeetDeadline,
    Obstacle,
    Outreach,
    PostShift,
    ReleaseShift,
    ReportLateness,
    ShiftCommand,
    StartFanOut,
    UpdateOffers,
)
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import AnyShiftEvent, Offer
from firstyes.domain.shift.shift import Shift, ShiftStatus
from firstyes.domain.shift.state import ShiftState, evolve

NOW = datetime(2030, 7, 14, 10, 0, tzinfo=UTC)
"""A Sunday, 5 a.m. in Chicago."""
CHICAGO = "America/Chicago"
A_SHIFT = {
    "id": "s1",
    "organization_id": "lakeside",
    "role_required": "RN",
    "start_time": "2030-07-14T07:00:00-05:00",
    "end_time": "2030-07-14T15:00:00-05:00",
}
"""A shift as data."""
OPEN = (ShiftStatus.PENDING, ShiftStatus.OFFERING, ShiftStatus.UNFILLED)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def a_shift(
    shift_id: str = "s1",
    *,
    starts: datetime = NOW + hours(2),
    lasts: timedelta = hours(8),
    role: str = "RN",
    organization_id: str = "lakeside",
    time_zone: str | None = CHICAGO,
    area: str | None = None,
) -> Shift:
    return Shift(
        id=shift_id,
        organization_id=organization_id,
        role_required=role,
        start_time=starts,
        end_time=starts + lasts,
        time_zone=time_zone,
        area=area,
    )


def a_caregiver(
    caregiver_id: str = "alma",
    *,
    name: str = "Alma Reyes",
    roles: tuple[str, ...] = ("RN",),
    organization_id: str = "lakeside",
    active: bool = True,
    language: Literal["en", "es"] = "en",
) -> Caregiver:
    return Caregiver(
        id=caregiver_id,
        organization_id=organization_id,
        name=name,
        roles=roles,
        phone="+13125550104",
        language=language,
        active=active,
    )


def a_candidate(
    caregiver: Caregiver,
    *,
    contact_id: int = 1,
    opted_out: bool = False,
    doubted: bool = False,
    held: Shift | None = None,
    shares: bool = False,
) -> Candidate:
    return Candidate(
        key=contact_id,
        contact_id=contact_id,
        caregiver_id=caregiver.id,
        organization_id=caregiver.organization_id,
        name=caregiver.name,
        role_keys=tuple(map(role_key, caregiver.roles)),
        language=caregiver.language,
        active=caregiver.active,
        opted_out=opted_out,
        doubted=doubted,
        shares=shares,
        held=held,
    )


def an_offer(caregiver_id: str, code: str = "27", *, contact_id: int = 1, language: str = "en") -> Offer:
    return Offer(caregiver_id=caregiver_id, contact_id=contact_id, code=code, language=language)


def an_outreach(
    *names: str,
    rounds: Rounds = DEFAULT_ROUNDS,
    sender: str | None = "Lakeside",
    language: str = "en",
    zone: str | None = None,
) -> Outreach:
    offers = tuple(
        an_offer(name, str(27 + at), contact_id=at, language=language)
        for at, name in enumerate(names, start=1)
    )
    return Outreach(offers=offers, rounds=rounds, sender=sender, zone=zone)


def an_assignee(name: str, **details: Any) -> Assignee:
    fields = {
        "caregiver_id": name,
        "name": name.title(),
        "organization_id": "lakeside",
        "role_keys": ("rn",),
        "active": True,
        "reachable": True,
        "offer": an_offer(name, "90", contact_id=90),
        "sender": "Lakeside",
        "zone": CHICAGO,
        **details,
    }
    return Assignee.model_validate(fields)


class Life:
    """The life of one shift: each method gives a command to `decide` and applies what follows.

    `now` is the time it happens at; `told` collects every message, `events` every event, `last` is the last decision.
    """

    def __init__(self, shift: Shift | None = None) -> None:
        self.now = NOW
        self.state = ShiftState()
        self.events: list[AnyShiftEvent] = []
        self.told: list[Message] = []
        self.last: Decision[AnyShiftEvent] = Decision(Answer(status=Status.NO_ACTION, message=""))
        self.shift = shift or a_shift()
        self.post(self.shift)

    def do(self, command: ShiftCommand) -> Decision[AnyShiftEvent]:
        self.last = decide(self.state, command)
        for event in self.last.events:
            self.state = evolve(self.state, event)
        self.events += self.last.events
        self.told += self.last.messages
        return self.last

    def wait(self, time: timedelta) -> None:
        self.now += time

    def post(self, shift: Shift) -> Decision[AnyShiftEvent]:
        return self.do(PostShift(at=self.now, by="coordinator", shift=shift))

    def offer_to(
        self, *names: str, rounds: Rounds = DEFAULT_ROUNDS, language: str = "en"
    ) -> Decision[AnyShiftEvent]:
        outreach = an_outreach(*names, rounds=rounds, language=language)
        return self.do(StartFanOut(at=self.now, by="coordinator", outreach=outreach))

    def yes(
        self,
        name: str,
        *,
        held: Shift | None = None,
        written: timedelta | None = None,
        explicit: bool = True,
        obstacle: Obstacle | None = None,
        open: tuple[Choice, ...] = (),  # noqa: A002 - as in the command
        asks: bool = False,
    ) -> Decision[AnyShiftEvent]:
        """Say yes; `written` is how long ago it was written."""
        command = AcceptOffer(
            at=self.now,
            by=f"caregiver:{name}",
            caregiver_id=name,
            message_id="m",
            written_at=None if written is None else self.now - written,
            explicit=explicit,
            obstacle=obstacle,
            open=open,
            asks=asks,
            held=held,
        )
        return self.do(command)

    def no(self, name: str, *, written: timedelta | None = None) -> Decision[AnyShiftEvent]:
        """Say no; `written` is how long ago it was written."""
        written_at = None if written is None else self.now - written
        by = f"caregiver:{name}"
        return self.do(DeclineOffer(at=self.now, by=by, caregiver_id=name, written_at=written_at))

    def late(self, name: str) -> Decision[AnyShiftEvent]:
        return self.do(ReportLateness(at=self.now, by=f"caregiver:{name}", caregiver_id=name))

    def assign(self, name: str, **details: Any) -> Decision[AnyShiftEvent]:
        """Assign by hand; `details` are of the order, or of the assignee where those have such a field."""
        who = {key: details.pop(key) for key in list(details) if key in Assignee.model_fields}
        given = {"caregiver_id": name, "assignee": an_assignee(name, **who), **details}
        return self.do(AssignShift(at=self.now, by="coordinator", **given))

    def update(
        self, *, joining: tuple[Offer, ...] = (), moved: tuple[Offer, ...] = (), missed: tuple[str, ...] = ()
    ) -> Decision[AnyShiftEvent]:
        return self.do(UpdateOffers(at=self.now, by="service", joining=joining, moved=moved, missed=missed))

    def cancel(self, *, confirm: bool = False, **names: Any) -> Decision[AnyShiftEvent]:
        return self.do(CancelShift(at=self.now, by="coordinator", confirm=confirm, **names))

    def release_to(self, *names: str, **order: Any) -> Decision[AnyShiftEvent]:
        return self.do(ReleaseShift(at=self.now, by="coordinator", outreach=an_outreach(*names), **order))

    def deadline(
        self,
        *,
        after: timedelta = timedelta(),
        unavailable: Iterable[str] = (),
        not_reached: Iterable[str] = (),
        handed_over_at: datetime | None = None,
        why_not: tuple[tuple[str, int], ...] = (),
        unreachable: tuple[int, int] | None = None,
        reached: bool = True,
        most: int = PART,
    ) -> Decision[AnyShiftEvent]:
        self.wait(after)
        command = MeetDeadline(
            most=most,
            at=self.now,
            by="timer",
            unavailable=frozenset(unavailable),
            not_reached=frozenset(not_reached),
            handed_over_at=handed_over_at,
            why_not=why_not,
            unreachable=unreachable,
            reached=reached,
        )
        return self.do(command)

    def remain_unfilled(self) -> None:
        """Let both rounds pass."""
        for _ in range(2):
            self.deadline(after=minutes(10))
        assert self.state.status is ShiftStatus.UNFILLED

    @property
    def types(self) -> list[str]:
        """The types of the events of the last decision."""
        return [event.type for event in self.last.events]

    def told_to(self, name: str) -> list[str]:
        """The purposes of all messages to somebody."""
        return [message.purpose.value for message in self.told if message.caregiver_id == name]


def offered(*names: str, **more: Any) -> Life:
    """A shift that is being offered to these."""
    life = Life()
    life.offer_to(*names, **more)
    return life


def claimed(*names: str) -> Life:
    """A shift that was offered to these, and that the first of them has."""
    life = offered(*names)
    life.yes(names[0])
    return life


def a_person(
    caregiver_id: str = "alma",
    *,
    name: str = "Alma Reyes",
    organization_id: str = "lakeside",
    language: str = "en",
    active: bool = True,
    opted_out: bool = False,
) -> Person:
    return Person(caregiver_id, organization_id, name, language, active, opted_out, sender="Lakeside")


def an_offer_view(
    shift_id: str = "s1",
    code: str = "27",
    *,
    caregiver_id: str = "alma",
    organization_id: str = "lakeside",
    role: str = "RN",
    starts: datetime = NOW + hours(2),
    lasts: timedelta = hours(8),
    status: ShiftStatus = ShiftStatus.OFFERING,
    closed: timedelta | None = None,
    declined: bool = False,
    told: bool = False,
    mine: bool = False,
    former: tuple[str, ...] = (),
    outdated: tuple[str, ...] = (),
    obstacle: Obstacle | None = None,
) -> OfferView:
    """An offer as routing sees it; `closed` is how long ago it ended, None while its shift can be taken."""
    live = closed is None and not mine and obstacle is None and status in OPEN and starts > NOW
    return OfferView(
        shift_id=shift_id,
        organization_id=organization_id,
        caregiver_id=caregiver_id,
        code=code,
        role=role,
        starts_at=starts,
        ends_at=starts + lasts,
        zone=CHICAGO,
        status=status,
        closed_at=None if closed is None else NOW - closed,
        declined=declined,
        told=told,
        mine=mine,
        offered_at=NOW - minutes(20),
        former_codes=former,
        live=live,
        asking=live and status is ShiftStatus.OFFERING,
        taken=mine or status is ShiftStatus.CLAIMED,
        obstacle=obstacle,
        outdated_codes=outdated,
    )


def a_contact(
    *offers: OfferView,
    people: tuple[Person, ...] = (),
    dialled: str | None = None,
    question: OpenQuestion | None = None,
    told: LastTold | None = None,
    doubted: bool = False,
) -> Contact:
    """A phone; unless `told` says otherwise, the last text to it named all its offers."""
    if told is None and offers:
        told = last_told(*offers)
    return Contact(7, people or (a_person(),), offers, dialled, question, told, doubted)


def last_told(
    *offers: OfferView,
    purpose: Purpose = Purpose.OFFER,
    shift_id: str | None = None,
    ago: timedelta = minutes(1),
) -> LastTold:
    """The last text to a phone: it offered these, or asked about them, or named them open."""
    about = shift_id or (offers[0].shift_id if len(offers) == 1 else None)
    return LastTold(purpose, tuple(sorted(one.code for one in offers)), NOW - ago, about, "alma", "lakeside")


def a_reading(
    intent: Intent,
    *codes: str,
    words: tuple[str, ...] | None = None,
    explicit: bool = True,
    thanks: bool = False,
) -> Reading:
    """A verdict; of a bare code the code is also the words."""
    told = words if words is not None else codes if intent is Intent.UNCLEAR else (intent.value,)
    return Reading(
        intent=intent,
        confidence=1.0,
        reason="as the test says",
        words=told,
        codes=codes,
        explicit=explicit,
        thanks=thanks,
    )
