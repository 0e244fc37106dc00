"""What the page at /docs fills in: requests that work on the sample data as they stand, and save nothing new."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ...domain.caregiver import Caregiver
from ...domain.message import InboundMessage
from ...domain.organization import Organization
from ...domain.shift.shift import Shift

SAMPLE = Path(__file__).parents[2] / "sample" / "sample_data.json"

MORE = {
    "alert_id": "1",
    "body": "Could you come at six?",
    "asset": "start.js",
    "channel": "sms",
    "how": "spoken",
    "meaning": "other",
    "message_id": "in-1",
}
"""Parameters that name nothing of the sample's file."""


def example_of(name: str) -> Any:
    """Give an example of a parameter or field, None where there is none."""
    return {**_of_the_sample(), **MORE}.get(name)


def body_example(model: type[BaseModel]) -> Any:
    """Give an example of a body: a row of the sample, or the fields that must be there."""
    sample = json.loads(SAMPLE.read_bytes())
    named = _of_the_sample()
    if model is Shift:
        return sample["shifts"][0]
    if model is Caregiver:
        return {"organization_id": named["organization_id"], **sample["caregivers"][0]}
    if model is Organization:
        return next(iter(sample.get("organizations", ())), {"id": named["organization_id"]})
    if model is InboundMessage:
        return {"from_phone": sample["caregivers"][0]["phone"], "body": "yes"}
    required = (name for name, field in model.model_fields.items() if field.is_required())
    return {name: example_of(name) for name in required}


@cache
def _of_the_sample() -> dict[str, str]:
    sample = json.loads(SAMPLE.read_bytes())
    shift, caregiver = sample["shifts"][0], sample["caregivers"][0]
    return {
        "shift_id": shift["id"],
        "organization_id": shift["organization_id"],
        "caregiver_id": caregiver["id"],
    }
