"""What a reply is read as: the small interface between a message and whoever reads it.

A reader gets a `Reply` and gives a `Reading`. The rules in `domain/replies/` are the reader that ships; a language
model or anything else can stand in their place, because routing only ever sees the `Reading`.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import Field

from ..frozen import Frozen


class Intent(StrEnum):
    """What the writer of a reply wants. Only `ACCEPT` can win a shift.

    `NO_CALLS` is a wish about the channel ("don't call, text is fine") and no opt-out. Whoever wants a person ("call
    me") asks a `QUESTION`. `MAYBE` wants to be asked last, `BUSY` to be left alone until a time, and `PARTIAL` offers a part of
    the shift.
    """

    ACCEPT = "accept"
    DECLINE = "decline"
    QUESTION = "question"
    CONDITION = "condition"
    CALL_OFF = "call_off"
    RUNNING_LATE = "running_late"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    HELP = "help"
    WRONG_NUMBER = "wrong_number"
    NO_CALLS = "no_calls"
    MAYBE = "maybe"
    BUSY = "busy"
    PARTIAL = "partial"
    UNCLEAR = "unclear"


class ClockTime(Frozen):
    """A time as somebody writes it: "7", "7:30pm", "19:00". Without `half` an hour up to 12 may be either."""

    hour: int = Field(ge=0, le=23)
    minute: int = Field(default=0, ge=0, le=59)
    half: Literal["am", "pm"] | None = None

    def __str__(self) -> str:
        """Give it as people are told it: "7", "7:30pm"."""
        return f"{self.hour}{f':{self.minute:02}' if self.minute else ''}{self.half or ''}"

    def next(self, after: datetime) -> datetime:
        """Give the first instant behind `after`, in its zone, at which a clock shows this."""
        hours = {self.hour % 12 + (12 if self.half == "pm" else 0)} if self.half else {self.hour}
        if self.half is None and 1 <= self.hour <= 12:
            hours = {self.hour % 12, self.hour % 12 + 12}
        days = (
            after.replace(hour=0, minute=0, second=0, microsecond=0, fold=0) + timedelta(days=day)
            for day in (0, 1)
        )
        found = (day.replace(hour=hour, minute=self.minute) for day in days for hour in sorted(hours))
        return next(one for one in found if one.timestamp() > after.timestamp())


class Every(StrEnum):
    """How many offers a text about all of them speaks of. `ANY` takes one of them, and does not mind which."""

    BOTH = "both"
    ALL = "all"
    ANY = "any"


class Said(Frozen):
    """What a text says of one offer of several: `ACCEPT` or `DECLINE`, or `UNCLEAR` where it names the offer and no more, but that it
    is meant `too`."""

    code: str
    intent: Intent
    too: bool = False


class OfferTerms(Frozen):
    """One offer a reply can mean, as the person was told it.

    `starts_at` and `ends_at` carry the zone the person was told, so that "7am" in a reply can be compared.
    """

    role: str
    starts_at: datetime
    ends_at: datetime
    code: str | None = None


class Reply(Frozen):
    """A message to be read.

    `offers` are the offers it can mean, newest first; `thread` is the recent exchange with this person, oldest
    first, each entry one message's text; `language` is the caregiver's ("en", "es"). `received_at` is what "today"
    and "tomorrow" are told from; without it they name no day, and a reply that uses them accepts nothing. `listed` are the codes
    that our last text listed, in its order: "the first one" means one of them, and without them none.
    """

    text: str
    language: str = "en"
    offers: tuple[OfferTerms, ...] = ()
    thread: tuple[str, ...] = ()
    received_at: datetime | None = None
    listed: tuple[str, ...] = ()


class Reading(Frozen):
    """A reader's verdict.

    `reason` is a sentence a coordinator understands; `words` are the words of the message that decided it; `codes`
    are the reply codes found in it, in order; `confidence` lies between 0 and 1.

    `explicit` says that an acceptance or a refusal is said in plain words of yes or no, of taking or passing, and not
    by a mere "ok" or a thumb, which may also say that a message arrived. `thanks` says that the whole message is
    nothing but thanks, courtesy or receipt; "ok" can be that and an acceptance at once. `asks` says that an acceptance or a
    refusal also holds something that only a person can answer ("yes, where do I park", "no, but I can do Friday").

    `automatic` says that a phone wrote it by itself: an automatic reply, or a reaction that quotes a text; it is `UNCLEAR`.

    `each` is what is said of each offer by itself, where a text names them ("YES 10, NO 11", "yes tuesday", and "tuesday",
    which says neither and may answer our question); `every`
    says that the whole is said of all that are open ("both", "neither"), or of any one of them ("either"). A reader may leave both empty: several codes
    are then asked about. `until` is when whoever is `BUSY` is free, `minutes` how long they
    are not where they name no clock; of a `PARTIAL` offer `since` and `until` are the hours that it names, where it names any.
    """

    intent: Intent
    confidence: float = Field(ge=0, le=1)
    reason: str
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    explicit: bool = False
    thanks: bool = False
    asks: bool = False
    automatic: bool = False
    each: tuple[Said, ...] = ()
    every: Every | None = None
    since: ClockTime | None = None
    until: ClockTime | None = None
    minutes: int | None = Field(default=None, ge=1)


class Reader(Protocol):
    """Reads replies. It may be slow (it runs on the thread that received the message) and must never raise."""

    def read(self, reply: Reply) -> Reading:
        """Say what `reply` means. Whatever it cannot understand is `Intent.UNCLEAR`."""
