"""The page of one shift: its story, its offers, who was not asked, and what was written."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Response

from ...actors.board import Asked, BoardFilter
from ...actors.records import MessageRecord, OfferRecord, ShiftRecord, TimelineEntry, whole
from ...domain.caregiver import role_key
from ...domain.policy import Channel, describe_plan
from ...domain.shift.shift import ShiftStatus
from ..http.problems import refuse_unknown
from .console import Console, download
from .story import Chapter, tell_story
from .told import bar, tell
from .viewer import Viewer

MOST_MESSAGES = 500
MOST_PEOPLE = 500
SAID = {
    "accepted": ("yes", "has the shift"),
    "declined": ("no", "said no"),
    "question": ("question", "asked something"),
    "condition": ("question", "named a condition"),
    "partial": ("question", "can do a part"),
    "maybe": ("question", "said maybe: is asked last"),
    "busy": ("question", "is busy: is asked when free"),
    "unclear": ("question", "wrote something unclear"),
    "late_yes": ("late", "said yes, and did not get it"),
    "gave_back": ("no", "gave it back"),
    "opted_out": ("unreachable", "wants no texts"),
}
UNDECIDED = {
    **{one: ("warn", SAID[one][1]) for one in ("question", "condition", "partial", "unclear")},
    "decline": ("idle", "said no"),
    "opt_out": ("warn", "wants no texts"),
}
"""How a message is told of that may have changed nothing of the shift, by what it was read as."""
CAME = {
    "planned": ("waiting", "waiting to be sent"),
    "sending": ("waiting", "being sent"),
    "sent": ("sent", "sent"),
    "delivered": ("delivered", "delivered"),
    "unknown": ("unreachable", "not known whether sent"),
    "failed": ("unreachable", "could not be sent"),
    "dropped": ("waiting", "not sent: no longer wanted"),
}


@dataclass(frozen=True, slots=True)
class ToldOffer:
    """An offer as it is shown."""

    offer: OfferRecord
    kind: str
    words: str
    by_call: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was written to and by one phone about a shift, oldest first. `id` tells it from the others of the shift."""

    id: str
    name: str
    caregiver_id: str | None
    messages: Sequence[MessageRecord]
    answered: bool


def add_shift_page(console: Console) -> None:
    """Add the page of a shift."""
    desk = console.desk

    @console.page("/console/shifts/<parameter(shift_id):shift_id>")
    def shift(viewer: Viewer, shift_id: str) -> Response:
        record = console.shift(viewer, shift_id)
        [row] = desk.board(BoardFilter(shift_id=shift_id)).rows
        names = {one.caregiver_id: one.caregiver_name for one in record.offers or ()}
        names |= {one.caregiver_id: one.name for one in record.left_out or ()}
        goes_on = row.status is ShiftStatus.OFFERING
        offers = [tell_offer(one, goes_on=goes_on) for one in record.offers or ()]
        written = desk.messages(shift_id=shift_id, limit=MOST_MESSAGES)
        talks = conversations(written.items, names)
        people, more_people = _assignable(record, names)
        timeline = desk.timeline(shift_id)
        story = tell_story(timeline, lambda one: names.get(one, one), row.role_required)
        return console.render(
            "shift.html",
            viewer,
            # Of all who are listed below it, also those who were asked in a fan-out before.
            told=replace(tell(row), bar=bar(Counter(Asked(one.kind) for one in offers))),
            row=row,
            record=record,
            story=sorted([*story, *undecided(talks, timeline)], key=lambda one: one.at)[::-1],
            offers=offers,
            conversations=talks,
            more_written=written.next_cursor is not None,
            alerts=desk.alerts(shift_id=shift_id, open=True).items,
            people=people,
            more_people=more_people,
        )

    @console.page("/console/shifts/<parameter(shift_id):shift_id>/preview")
    def preview(viewer: Viewer, shift_id: str) -> Response:
        console.shift(viewer, shift_id)
        found = desk.preview(shift_id)
        if found is None:
            raise refuse_unknown("shift", shift_id)
        [row] = desk.board(BoardFilter(shift_id=shift_id)).rows
        return console.render(
            "preview.html", viewer, told=tell(row), row=row, preview=found, plan=describe_plan(found.plan)
        )

    @console.page("/console/shifts/<parameter(shift_id):shift_id>/history.json")
    def history(viewer: Viewer, shift_id: str) -> Response:
        record = console.shift(viewer, shift_id)
        messages = [*whole(partial(desk.messages, shift_id, None))]
        kept = {
            "shift": record.model_dump(mode="json"),
            "timeline": [one.model_dump(mode="json") for one in desk.timeline(shift_id)],
            "messages": [one.model_dump(mode="json") for one in reversed(messages)],
        }
        name = f"shift-{shift_id.replace(':', '-')}.json"
        return download(name, json.dumps(kept, indent=1, ensure_ascii=False), "application/json")

    def _assignable(record: ShiftRecord, names: dict[str, str]) -> tuple[list[tuple[str, str]], bool]:
        """Give who may be given the shift, and whether there are more."""
        wanted = role_key(record.role_required)
        able = desk.caregivers(record.organization_id, limit=MOST_PEOPLE, text=record.role_required)
        found = {one.id: one.name for one in able.items if one.active and wanted in map(role_key, one.roles)}
        return sorted((names | found).items(), key=lambda one: one[1]), able.next_cursor is not None


def tell_offer(offer: OfferRecord, *, goes_on: bool) -> ToldOffer:
    """Give an offer as it is shown: what came back, else how far it came. `goes_on` says that people are asked still."""
    kind, words = SAID.get(offer.answer or "") or CAME.get(
        offer.delivery or "", ("waiting", "no text went out")
    )
    by_call = offer.channel is Channel.VOICE
    if by_call and offer.answer is None and offer.delivery in ("sending", "sent", "delivered"):
        kind, words = "calling" if goes_on else kind, "called"
    return ToldOffer(offer, kind, words, by_call)


def undecided(talks: Sequence[Conversation], timeline: Sequence[TimelineEntry]) -> list[Chapter]:
    """Tell what was written and decided nothing, so that no event of the shift tells of it: questions, conditions, doubts,
    a no to what somebody else has already, and who wants no more texts."""
    decided = {(one.by, one.text) for one in timeline}
    return [
        Chapter(one.at, tone, f"{talk.name} {words}.", one.body)
        for talk in talks
        for one in talk.messages
        if one.direction == "in" and (f"caregiver:{talk.caregiver_id}", one.body) not in decided
        for tone, words in [UNDECIDED.get(str((one.reading or {}).get("intent")), ("", ""))]
        if words
    ]


def conversations(messages: Sequence[MessageRecord], names: dict[str, str]) -> list[Conversation]:
    """Sort messages, newest first, into one conversation a phone; those in which somebody answered come first."""
    of_phone: dict[str, list[MessageRecord]] = {}
    for one in messages:
        of_phone.setdefault(one.phone, []).append(one)
    found = []
    for written in of_phone.values():
        who = next((one.caregiver_id for one in written if one.caregiver_id), None)
        name = names.get(who, who) if who else "Somebody"
        answered = any(one.direction == "in" for one in written)
        found.append(Conversation(who or written[-1].id, name or "Somebody", who, written[::-1], answered))
    return sorted(found, key=lambda one: not one.answered)
