"""The base of everything that is handed from one hand to another: immutable, and refusing what it does not know."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A message, event, row or setting: cannot be changed once made; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
