"""What notifiers are told of a shift's events."""

from typing import Any

import pytest

from firstyes.domain.notice import ENDS_OUTREACH, IN_WORDS, NOTICED, NoticeEvent, noticed, whom
from firstyes.domain.shift.events import (
    AnyShiftEvent,
    OfferDeclined,
    ShiftCancelled,
    ShiftClaimed,
    ShiftReleased,
)
from support.builders import NOW

BY: dict[str, Any] = {"at": NOW, "by": "coordinator"}
CLAIMED = ShiftClaimed(at=NOW, by="caregiver:alma", fanout=1, revision=1, caregiver_id="alma")
ASSIGNED = ShiftClaimed(**BY, fanout=1, revision=1, caregiver_id="alma")


@pytest.mark.parametrize(
    ("event", "of_whom", "told"),
    [
        (CLAIMED, "alma", ["filled", "fan_out_over"]),
        (ASSIGNED, "alma", ["assigned", "fan_out_over"]),
        (ShiftReleased(**BY, caregiver_id="alma"), "alma", ["released"]),
        (ShiftCancelled(**BY), None, ["cancelled", "fan_out_over"]),
        (OfferDeclined(**BY, fanout=1, caregiver_id="alma", written_at=NOW), None, []),
    ],
)
def test_row_21_what_a_coordinator_cares_about_is_told(
    event: AnyShiftEvent, of_whom: str | None, told: list[str]
) -> None:
    assert [one.value for one in noticed(event, was_offered=True)] == told
    assert [one.value for one in noticed(event, was_offered=False)] == told[:1]
    assert whom(event) == of_whom


def test_whatever_ends_the_outreach_is_told() -> None:
    assert set(NOTICED) > ENDS_OUTREACH


@pytest.mark.parametrize("event", sorted(set(NoticeEvent) - {NoticeEvent.ALERT, NoticeEvent.ALERT_CLOSED}))
def test_each_is_told_in_words_that_name_the_shift(event: NoticeEvent) -> None:
    said = IN_WORDS[event].format(shift="RN Tue Jul 16 7am-3pm", who="Alma")
    assert "RN Tue Jul 16 7am-3pm" in said and said.endswith(".")
    assert ("Alma" in said) == (event in {NoticeEvent.FILLED, NoticeEvent.ASSIGNED, NoticeEvent.RELEASED})
