"""Which alerts an event closes."""

from typing import Any

import pytest

from firstyes.domain.alert import ASKS, AlertKind
from firstyes.domain.closing import RULES, closes
from firstyes.domain.conversation.events import (
    AnyConversationEvent,
    DirectMessageWritten,
    MessageNoted,
    NumberConfirmed,
    OptedIn,
)
from firstyes.domain.policy import DEFAULT_ROUNDS
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.events import (
    AnyShiftEvent,
    DropRequested,
    FanOutStarted,
    LatenessReported,
    OfferDeclined,
    OfferMoved,
    OffersAdded,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    ShiftUnfilled,
    YesAnswered,
    YesQuestioned,
)
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_shift, an_offer

BY: dict[str, Any] = {"at": NOW, "by": "coordinator"}
EMPTY = {"not_offered", "nobody_qualifies", "nobody_reachable", "everybody_declined", "unfilled", "expired"}
HOLDER = {"drop_requested", "running_late", "holder_wrote", "holder_mute"}
POSTED = ShiftPosted(**BY, shift=a_shift())

CLOSED: list[tuple[AnyShiftEvent | AnyConversationEvent, set[str], set[str]]] = [
    (POSTED, set(), set()),
    (POSTED.model_copy(update={"revision": 2}), EMPTY | {"willing", "partial_offer", "parked"}, set()),
    (
        FanOutStarted(
            **BY,
            fanout=1,
            revision=1,
            rounds=DEFAULT_ROUNDS,
            offers=(an_offer("alma"),),
            wanted=1,
            round_ends_at=NOW,
            open_until=NOW,
        ),
        EMPTY | {"parked"},
        set(),
    ),
    (OfferMoved(**BY, fanout=1, offer=an_offer("alma")), set(), {"not_told", "holder_mute"}),
    (
        OffersAdded(**BY, fanout=1, revision=1, offers=(an_offer("alma"),), open_until=NOW),
        set(),
        set(),
    ),
    (YesQuestioned(**BY, fanout=1, caregiver_id="alma"), set(), set()),
    (
        ShiftClaimed(**BY, fanout=1, revision=1, caregiver_id="alma"),
        EMPTY | {"willing", "partial_offer", "parked"},
        {"not_told"},
    ),
    (OfferDeclined(**BY, fanout=1, caregiver_id="alma", written_at=NOW), set(), {"willing", "partial_offer"}),
    (
        YesAnswered(**BY, fanout=1, caregiver_id="alma", outcome=ShiftStatus.CLAIMED),
        set(),
        {"drop_requested"},
    ),
    (YesAnswered(**BY, fanout=1, caregiver_id="alma", outcome=ShiftStatus.EXPIRED), set(), set()),
    (DropRequested(**BY, caregiver_id="alma", written_at=NOW), set(), {"running_late"}),
    (LatenessReported(**BY, caregiver_id="alma"), set(), set()),
    (ShiftReleased(**BY, caregiver_id="alma"), HOLDER | {"parked"}, {"not_told"}),
    (
        ShiftUnfilled(**BY, fanout=1, reason=AlertKind.UNFILLED, open_until=NOW),
        (EMPTY | {"parked"}) - {"unfilled"},
        set(),
    ),
    (ShiftCancelled(**BY), EMPTY | HOLDER | {"willing", "partial_offer", "parked"}, set()),
    (
        ShiftCancelled(**BY, caregiver_id="alma"),
        EMPTY | HOLDER | {"willing", "partial_offer", "parked"},
        {"not_told"},
    ),
    (ShiftExpired(**BY), (EMPTY | {"parked"}) - {"expired"}, set()),
    (OptedIn(**BY, organization_ids=("lakeside",)), {"holder_mute"}, set()),
    (
        DirectMessageWritten(**BY, organization_id="lakeside", caregiver_id="alma"),
        set(),
        {"needs_reading", "holder_wrote"},
    ),
    (NumberConfirmed(**BY), {"wrong_number"}, set()),
    (MessageNoted(**BY, intent=Intent.QUESTION), set(), set()),
]


@pytest.mark.parametrize(("event", "of_all", "of_alma"), CLOSED, ids=[one.type for one, _, _ in CLOSED])
def test_an_event_closes_the_alerts_whose_cause_it_ends(
    event: AnyShiftEvent | AnyConversationEvent, of_all: set[str], of_alma: set[str]
) -> None:
    closings = closes(event)
    assert set().union(*(one.kinds for one in closings if one.caregiver_id is None)) == of_all
    assert set().union(*(one.kinds for one in closings if one.caregiver_id == "alma")) == of_alma


def test_every_rule_is_tried_above() -> None:
    assert {type(event) for event, _, _ in CLOSED} >= set(RULES)


def test_every_kind_of_alert_asks_for_something() -> None:
    assert set(ASKS) == set(AlertKind)
