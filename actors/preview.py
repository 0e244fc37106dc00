"""What a fan-out would do if it began now: looked up as its actor would, and nothing is changed."""

from datetime import datetime
from functools import reduce

from ..domain import wording
from ..domain.answer import LeftOut, Status
from ..domain.cost import Cost, Prices, cost
from ..domain.frozen import Frozen
from ..domain.gsm7 import segments
from ..domain.policy import Channel, Rounds, plan
from ..domain.shift.candidates import choose, describe_left_out
from ..domain.shift.events import ShiftPosted
from ..domain.shift.fan_out import refuse_fan_out
from ..domain.shift.shift import Shift
from ..domain.shift.state import ShiftState, evolve
from .journal.port import Journal

A_CODE = "27"


class Asked(Frozen):
    """Somebody who would be offered the shift."""

    caregiver_id: str
    name: str


class Preview(Frozen):
    """Who would be asked, in which rounds, in which words, and who would not, and why.

    `text` is the offer in English, `parts` how many parts of a text message it takes. `texts` are those of all people and
    `calls` all calls, if nobody says yes before the last round is over; `cost` is what that costs, None where no prices are
    set. `refused` says why none can begin, where the shift is over, called off or somebody's: nobody is asked then.
    """

    shift_id: str
    asked: tuple[Asked, ...]
    left_out: tuple[LeftOut, ...]
    plan: Rounds
    text: str
    parts: int
    texts: int
    calls: int
    cost: Cost | None
    refused: str | None = None


def preview(
    journal: Journal, asked: str | Shift, rounds: Rounds, prices: Prices | None, now: datetime
) -> Preview | None:
    """Look a fan-out up, of the shift with an id, or of one that is not posted yet; None when there is no such shift.

    `rounds` are those of an organization that has none of its own.
    """
    events = (
        journal.shift_events(asked)
        if isinstance(asked, str)
        else [ShiftPosted(at=now, by="preview", shift=asked)]
    )
    state = reduce(evolve, events, ShiftState())
    shift = state.shift
    if shift is None:
        return None
    organization = journal.organization(shift.organization_id)
    zone = shift.time_zone or (organization.time_zone if organization else None)
    told = refuse_fan_out(state, now)
    refused = told.message if told is not None and told.status is Status.REFUSED else None
    able = [] if refused else journal.candidates(shift, state.released)
    unable = [] if refused else journal.left_out(shift, state.released)[0]
    chosen, left_out = choose(state, able).chosen, choose(state, unable).left_out
    planned = plan((organization and organization.rounds) or rounds, now, shift.start_time)
    sender = organization.name if organization else None
    own = organization.texts.offer if organization and organization.texts else None
    text = wording.offer(shift, zone, sender, A_CODE, "en", at=now, own=own)
    by_text = sum(one.channel is Channel.SMS for one in planned)
    texts, calls = segments(text) * len(chosen) * by_text, len(chosen) * (len(planned) - by_text)
    return Preview(
        shift_id=shift.id,
        asked=tuple(Asked(caregiver_id=one.caregiver_id, name=one.name) for one in chosen),
        left_out=describe_left_out(left_out, zone),
        plan=planned,
        text=text,
        parts=segments(text),
        texts=texts,
        calls=calls,
        cost=None if prices is None else cost(prices, texts, calls),
        refused=refused,
    )
