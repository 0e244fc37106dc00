"""A shift's events in words."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from firstyes.actors.records import TimelineEntry
from firstyes.domain.alert import AlertKind
from firstyes.domain.policy import DEFAULT_ROUNDS, parse_rounds
from firstyes.domain.shift.events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    DropRequested,
    FanOutPaused,
    FanOutResumed,
    FanOutStarted,
    LatenessReported,
    MoreTold,
    Offer,
    OfferDeclined,
    OfferMoved,
    OfferPutOff,
    OffersAdded,
    OverlapRefused,
    ReachedAhead,
    RoundExtended,
    RoundStarted,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    ShiftUnfilled,
    YesAnswered,
    YesQuestioned,
)
from firstyes.domain.shift.shift import Shift, ShiftStatus
from firstyes.web.routes.told_events import ToldEvents, typed

NOW = datetime(2030, 7, 16, 10, 0, 0, 123_456, tzinfo=UTC)
SHIFT = Shift(
    id="s1",
    organization_id="lakeside",
    role_required="RN",
    start_time=datetime(2030, 7, 16, 12, 0, tzinfo=UTC),
    end_time=datetime(2030, 7, 16, 20, 0, tzinfo=UTC),
)
TOLD = ToldEvents(SHIFT, "America/Chicago", {"alma": "Alma Reyes"}.get)
WHO: dict[str, Any] = {"at": NOW, "by": "coordinator"}
ALMA: dict[str, Any] = {**WHO, "caregiver_id": "alma"}

EXAMPLES: list[tuple[AnyShiftEvent, str]] = [
    (ShiftPosted(**WHO, shift=SHIFT), "posted RN Tue Jul 16 7am-3pm"),
    (ShiftPosted(**WHO, shift=SHIFT, revision=2), "changed to RN Tue Jul 16 7am-3pm (revision 2)"),
    (
        FanOutStarted(
            **WHO,
            fanout=1,
            revision=1,
            rounds=DEFAULT_ROUNDS,
            offers=(
                Offer(caregiver_id="alma", contact_id=1, code="10"),
                Offer(caregiver_id="zoe", contact_id=2, code="11"),
            ),
            wanted=1,
            round_ends_at=NOW,
            open_until=NOW,
        ),
        "fan-out 1: sms for 10 min, then voice for 10 min; offered to Alma Reyes (code 10), zoe (code 11)",
    ),
    (
        RoundStarted(**WHO, fanout=1, round=1, round_ends_at=NOW, reached=1),
        "round 2 started, to 1 caregiver, until Tue Jul 16 05:00:00.123",
    ),
    (MoreTold(**WHO), "more were told of it"),
    (FanOutPaused(**WHO, fanout=1, left=60), "paused"),
    (FanOutResumed(**WHO, fanout=1, round_ends_at=NOW), "went on"),
    (
        RoundExtended(**WHO, fanout=1, round=0, round_ends_at=NOW),
        "round 1 lasts until Tue Jul 16 05:00:00.123: its messages had gone out later, or the clock was set back",
    ),
    (
        ReachedAhead(**WHO, fanout=1, round=1, caregiver_ids=("alma", "zoe")),
        "not reached so far, and told as in round 2: Alma Reyes, zoe",
    ),
    (
        OffersAdded(
            **WHO,
            fanout=1,
            revision=1,
            offers=(Offer(caregiver_id="alma", contact_id=1, code="10"),),
            open_until=NOW,
        ),
        "fan-out 1: also offered to Alma Reyes (code 10)",
    ),
    (
        OfferMoved(**WHO, fanout=1, offer=Offer(caregiver_id="alma", contact_id=3, code="12")),
        "Alma Reyes is told at another phone from now on (code 12)",
    ),
    (
        ShiftClaimed(at=NOW, by="caregiver:alma", caregiver_id="alma", fanout=1, revision=1),
        "claimed by Alma Reyes",
    ),
    (ShiftClaimed(**ALMA, fanout=1, revision=1), "assigned to Alma Reyes"),
    (
        ShiftClaimed(**ALMA, fanout=1, revision=1, override="she swapped"),
        "assigned to Alma Reyes, although it overlaps another shift: she swapped",
    ),
    (OfferDeclined(**ALMA, fanout=1, written_at=NOW), "Alma Reyes said no"),
    (OfferPutOff(**ALMA, fanout=1), "Alma Reyes says maybe and is asked last"),
    (OfferPutOff(**ALMA, fanout=1, until=NOW), "Alma Reyes is busy until Tue Jul 16 05:00:00.123"),
    (YesQuestioned(**ALMA, fanout=1), "Alma Reyes was asked whether they mean their yes"),
    (
        YesAnswered(**ALMA, fanout=1, outcome=ShiftStatus.CLAIMED),
        "Alma Reyes said yes too late and was told so: claimed",
    ),
    (
        OverlapRefused(**ALMA, fanout=1, held_shift_id="s0"),
        "Alma Reyes said yes but holds shift s0 at that time",
    ),
    (DropRequested(**ALMA, written_at=NOW), "Alma Reyes cannot come and asks to be let off"),
    (LatenessReported(**ALMA), "Alma Reyes is running late"),
    (ShiftReleased(**ALMA), "Alma Reyes gave the shift back"),
    (
        ShiftUnfilled(**WHO, fanout=1, reason=AlertKind.NOBODY_QUALIFIES, open_until=NOW),
        "unfilled: nobody qualifies",
    ),
    (ShiftCancelled(**WHO), "cancelled"),
    (ShiftExpired(**WHO), "expired: its start has passed with nobody on it"),
    (
        CoordinatorAlerted(**WHO, kind=AlertKind.UNFILLED, message="Call somebody."),
        "coordinator alerted (unfilled): Call somebody.",
    ),
]


@pytest.mark.parametrize(("event", "told"), EXAMPLES, ids=lambda one: getattr(one, "type", ""))
def test_every_event_is_told_in_a_sentence(event: AnyShiftEvent, told: str) -> None:
    assert TOLD.what(event) == told


def test_no_kind_of_event_is_left_out() -> None:
    assert {type(event) for event, _ in EXAMPLES} == set(get_args(AnyShiftEvent))


def test_an_entry_of_the_timeline_gives_its_event_back() -> None:
    for event, _ in EXAMPLES:
        fields = event.model_dump(mode="json")
        at, by, kind = (fields.pop(name) for name in ("at", "by", "type"))
        entry = TimelineEntry(version=1, at=at, by=by, type=kind, details=fields)
        assert typed(entry) == event


def test_people_are_told_by_name_and_others_as_they_are() -> None:
    assert [TOLD.who(by) for by in ("caregiver:alma", "caregiver:zoe", "timer")] == [
        "Alma Reyes",
        "zoe",
        "timer",
    ]


def test_without_a_zone_times_are_told_with_the_offset_the_shift_was_posted_with() -> None:
    start = datetime.fromisoformat("2030-07-16T07:00:00-05:00")
    told = ToldEvents(SHIFT.model_copy(update={"start_time": start}), None, lambda _: None)
    assert told.when(NOW) == "Tue Jul 16 05:00:00.123"


def test_waits_are_told_in_minutes_and_seconds() -> None:
    started = EXAMPLES[2][0].model_copy(update={"rounds": parse_rounds("sms:45,voice:90")})
    assert "sms for 45 s, then voice for 1 min 30 s" in TOLD.what(started)
