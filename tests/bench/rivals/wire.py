"""The wire contract as the rivals validate it."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class InboundMessage(BaseModel):
    """A text that a carrier delivers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    from_phone: str = Field(min_length=1, max_length=64)
    to_phone: str = Field(min_length=1, max_length=64)
    body: str = Field(min_length=1, max_length=1600)
    timestamp: AwareDatetime | None = None
    message_id: str | None = Field(default=None, min_length=1, max_length=128)


class Answer(BaseModel):
    """What the sender of a request is told."""

    status: Literal["success", "already_claimed", "no_action", "acknowledged", "clarify"]
    message: str
