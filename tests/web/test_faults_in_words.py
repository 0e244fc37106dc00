"""Whatever is wrong with what somebody sends, it is said in our words: what is wrong, and what to write instead."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from firstyes.domain.caregiver import Caregiver
from firstyes.domain.data.rows import errors_of, said
from firstyes.domain.message import DirectMessage, InboundMessage
from firstyes.domain.organization import Organization
from firstyes.domain.shift.shift import Shift
from firstyes.web.http.query import PageQuery
from firstyes.web.routes.alerts import AlertsQuery, CloseBody
from firstyes.web.routes.caregivers import CaregiversQuery, ChangesQuery, ConfirmBody, ConsentBody
from firstyes.web.routes.events import EventsQuery
from firstyes.web.routes.messages import DirectBody, MarkBody, MessagesQuery
from firstyes.web.routes.shifts import AssignBody, CancelBody, OrderBody, ShiftsQuery

MODELS: tuple[type[BaseModel], ...] = (
    Caregiver, Organization, Shift, DirectMessage, InboundMessage, AlertsQuery, CloseBody, CaregiversQuery, ChangesQuery,
    ConfirmBody, ConsentBody, EventsQuery, DirectBody, MarkBody, MessagesQuery, OrderBody, CancelBody, AssignBody, ShiftsQuery, PageQuery,
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, "", " ", "x" * 5_000, "two words", "a\nb", "\0", "-1", "1.5", "99999999999999999999", "2030-02-30T07:00:00Z",
    "2030-07-14T07:00:00", "2030-07-14", 0, -1, 1.5, 10**30, 1e300, True, [], [None], [""] * 200, {}, {"x": 1},
    [{"number": 1}], [{"channel": "fax", "wait": 0}], [{"channel": "sms", "wait": 10**9}],
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
def test_no_fault_is_told_in_the_validators_own_words(model: type[BaseModel]) -> None:
    told = {}
    # A query holds text only.
    odds = [one for one in ODD if isinstance(one, str) or not issubclass(model, PageQuery)]
    for sent in ({}, [], {"nothing": 1}, *({name: odd} for name in model.model_fields for odd in odds)):
        try:
            model.model_validate_json(json.dumps(sent))
        except ValidationError as error:
            told.update({said(one): one for one in errors_of(error)})
    theirs = {
        one["type"]: words
        for words, one in told.items()
        if words.lower() == one["msg"].lower() or "value error" in words.lower()
    }
    assert told
    assert theirs == {}
