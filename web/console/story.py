"""The story of a shift: its events as sentences anyone can read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...actors.records import TimelineEntry
from ...domain.policy import Channel, Round

Names = Callable[[str], str]
"""Gives the name of a caregiver by their id."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One event in a sentence. `quote` is what somebody wrote, `read` how that was read, `by` who ordered it."""

    at: datetime
    tone: str
    text: str
    quote: str | None = None
    read: str | None = None
    by: str | None = None
    version: int = 0


READ_AS = {
    "accept": "a yes",
    "decline": "a no",
    "call_off": "that they cannot come",
    "question": "a question",
    "condition": "a yes with a condition",
    "partial": "an offer of a part",
    "maybe": "a maybe",
    "busy": "that they are busy",
    "running_late": "that they are running late",
    "unclear": "nothing certain",
}
ORDERED_BY_NOBODY = ("timer", "service", "carrier")


def tell_story(entries: Sequence[TimelineEntry], name: Names, role: str) -> list[Chapter]:
    """Tell the events of a shift, in order."""
    rounds: list[Round] = []
    told = []
    for entry in entries:
        if entry.type == "fan_out_started":
            rounds = [Round.model_validate(one) for one in entry.details["rounds"]]
        said = SENTENCES.get(entry.type)
        if said is None:
            continue
        tone, text = said(_Facts(entry.details, name, role, rounds))
        reading = entry.reading or {}
        read = READ_AS.get(str(reading.get("intent")))
        told.append(
            Chapter(
                entry.at,
                tone,
                text,
                entry.text,
                f"read as {read}" if read and entry.text is not None else None,
                _who(entry.by),
                entry.version,
            )
        )
    return told


def _who(by: str) -> str | None:
    if by in ORDERED_BY_NOBODY or by.startswith("caregiver:"):
        return None
    return by


@dataclass(frozen=True, slots=True)
class _Facts:
    of: Mapping[str, Any]
    name: Names
    role: str
    rounds: Sequence[Round]

    @property
    def who(self) -> str:
        return self.name(self.of["caregiver_id"]) if self.of.get("caregiver_id") else "Somebody"

    def act(self, number: int) -> str:
        one = self.rounds[number] if number < len(self.rounds) else None
        return "Called" if one is not None and one.channel is Channel.VOICE else "Texted"


Told = tuple[str, str]


def _people(number: int, role: str) -> str:
    return f"1 {role}" if number == 1 else f"{number:,} {role}s"


def _posted(facts: _Facts) -> Told:
    return "idle", "Posted." if facts.of["revision"] == 1 else "Changed: earlier offers count no more."


def _started(facts: _Facts) -> Told:
    left_out = len(facts.of["left_out"])
    more = f" {left_out} with the role {'was' if left_out == 1 else 'were'} left out." if left_out else ""
    return "busy", f"{facts.act(0)} {_people(facts.of['wanted'], facts.role)}.{more}"


def _added(facts: _Facts) -> Told:
    offers = facts.of["offers"]
    if len(offers) == 1:
        return "busy", f"Offered to {facts.name(offers[0]['caregiver_id'])} as well."
    return "busy", f"Offered to {_people(len(offers), facts.role)} more."


def _round(facts: _Facts) -> Told:
    return (
        "busy",
        f"{facts.act(facts.of['round'])} {_people(facts.of['reached'], facts.role)}: nobody had said yes.",
    )


def _claimed(facts: _Facts) -> Told:
    why = facts.of.get("override")
    return "good", f"{facts.who} has the shift.{f' It overlaps another one of theirs: {why}.' if why else ''}"


def _answered(facts: _Facts) -> Told:
    if facts.of["outcome"] == "claimed":
        return "idle", f"{facts.who} said yes; it was taken, and they were told."
    return "idle", f"{facts.who} said yes, too late, and was told."


def _cancelled(facts: _Facts) -> Told:
    told = facts.who if facts.of.get("caregiver_id") else "Those who might have come"
    return "idle", f"Called off. {told} {'was' if facts.of.get('caregiver_id') else 'were'} told."


def _unfilled(facts: _Facts) -> Told:
    said = {
        "nobody_qualifies": "Nobody with the role could be texted.",
        "nobody_reachable": "Nobody was left who could be reached.",
        "everybody_declined": "Everybody said no.",
    }
    return "danger", said.get(facts.of["reason"], "All rounds were over and nobody had said yes.")


SENTENCES: dict[str, Callable[[_Facts], Told]] = {
    "shift_posted": _posted,
    "fan_out_started": _started,
    "offers_added": _added,
    "offer_moved": lambda facts: (
        "idle",
        f"The offer followed {facts.name(facts.of['offer']['caregiver_id'])} to another phone.",
    ),
    "round_started": _round,
    "fan_out_paused": lambda facts: ("warn", "Paused: nobody else is asked, and a yes still takes it."),
    "fan_out_resumed": lambda facts: ("busy", "Resumed."),
    "shift_claimed": _claimed,
    "offer_declined": lambda facts: ("idle", f"{facts.who} said no."),
    "offer_put_off": lambda facts: (
        "warn",
        f"{facts.who} {'is busy, and is asked when free' if facts.of.get('until') else 'said maybe, and is asked last'}.",
    ),
    "yes_answered": _answered,
    "yes_questioned": lambda facts: ("warn", f"{facts.who} said yes, and was asked whether they mean it."),
    "overlap_refused": lambda facts: ("warn", f"{facts.who} said yes, but has another shift at that time."),
    "drop_requested": lambda facts: ("danger", f"{facts.who} wants to give it back."),
    "lateness_reported": lambda facts: ("warn", f"{facts.who} is running late."),
    "shift_released": lambda facts: ("warn", f"{facts.who} was taken off the shift."),
    "shift_unfilled": _unfilled,
    "shift_cancelled": _cancelled,
    "shift_expired": lambda facts: ("danger", "It began with nobody."),
    "coordinator_alerted": lambda facts: ("danger", f"You were alerted: {facts.of['message']}"),
}
"""What is told of each kind of event, and in which tone; what only goes on is not told."""
