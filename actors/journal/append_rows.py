"""The rows of many appends, gathered table by table, so that each table is written by one statement a commit."""

from collections.abc import Mapping, Sequence
from sqlite3 import Cursor
from typing import Any

from ...domain.alert import AlertKind
from ...domain.closing import RULES as CLOSES_ALERTS
from ...domain.closing import closes
from ...domain.conversation import events as of_contact
from ...domain.conversation.state import ConversationState
from ...domain.message import Purpose
from ...domain.policy import Channel
from ...domain.shift import events as of_shift
from ...domain.shift.state import ShiftState
from .alert_rows import AlertRows
from .contact_rows import (
    ALLOW_CALLS,
    ASK_CONTACTS,
    BUSY_CONTACTS,
    CONSENT,
    DOUBT_CONTACTS,
    FORGET_CONSENT,
    LANDLINE_CONTACTS,
    OPT_IN,
    OPT_OUT,
    REFUSE_CALLS,
    consent_rows,
    write_question,
)
from .errors import BrokenAppend
from .event_rows import INSERT_EVENTS, INSERT_STREAMS
from .inbox_rows import INSERT_INBOX, inbox_row
from .instants import micros_or_none, to_micros
from .many_rows import ManyRows, Values
from .numbers import Numbers
from .offer_rows import (
    ADD_OFFERS,
    DECLINE_OFFERS,
    FORGET_TOLD,
    MOVE_OFFERS,
    TELL_OFFERS,
    added_row,
)
from .offer_rows import moved_row as moved_offer_row
from .outbox_rows import INSERT_OUTBOX, next_turn, outbox_row
from .port import Append, Inbound, shift_stream
from .shift_rows import (
    CLOSE_FANOUTS,
    INSERT_CLAIMS,
    INSERT_FANOUTS,
    JOIN_FANOUTS,
    MOVE_SHIFTS,
    PUT_SHIFTS,
    RELEASE_CLAIMS,
    REOPEN_FANOUTS,
    fanout_row,
    moved_row,
    whole_row,
)

Source = tuple[int, int]
"""The phone that a message came from, by its key, and the message's number."""

REPLACES = frozenset({of_shift.ShiftPosted, of_shift.FanOutStarted, of_shift.OffersAdded})
CLOSES_OFFERS = frozenset(
    {of_shift.ShiftPosted, of_shift.ShiftClaimed, of_shift.ShiftCancelled, of_shift.ShiftExpired}
)
REOPENS_OFFERS = frozenset({of_shift.ShiftPosted, of_shift.FanOutStarted, of_shift.ShiftReleased})
ENDS_A_CLAIM = frozenset({of_shift.ShiftReleased, of_shift.ShiftCancelled})
MOVES = CLOSES_OFFERS | {
    of_shift.RoundStarted,
    of_shift.RoundExtended,
    of_shift.MoreTold,
    of_shift.FanOutPaused,
    of_shift.FanOutResumed,
    of_shift.ShiftReleased,
    of_shift.ShiftUnfilled,
}

# Kinds of events are compared by their class: `isinstance` asks pydantic, which takes ten times as long.
# Of one stream, these lead to the same rows in whichever order.
COMMUTE = frozenset(
    {
        of_shift.OfferDeclined,
        of_shift.OfferPutOff,
        of_shift.YesAnswered,
        of_shift.YesQuestioned,
        of_shift.OverlapRefused,
        of_shift.DropRequested,
        of_shift.LatenessReported,
        of_shift.CoordinatorAlerted,
        of_contact.MessageNoted,
        of_contact.PersonNeeded,
    }
)

# In this order: what is released is looked up before it changes, and makes room for what is claimed.
STATEMENTS = (
    FORGET_TOLD,
    INSERT_STREAMS,
    INSERT_EVENTS,
    PUT_SHIFTS,
    MOVE_SHIFTS,
    INSERT_FANOUTS,
    JOIN_FANOUTS,
    CLOSE_FANOUTS,
    REOPEN_FANOUTS,
    ADD_OFFERS,
    MOVE_OFFERS,
    DECLINE_OFFERS,
    TELL_OFFERS,
    RELEASE_CLAIMS,
    INSERT_CLAIMS,
    ASK_CONTACTS,
    DOUBT_CONTACTS,
    BUSY_CONTACTS,
    LANDLINE_CONTACTS,
    OPT_OUT,
    OPT_IN,
    REFUSE_CALLS,
    ALLOW_CALLS,
    FORGET_CONSENT,
    CONSENT,
    INSERT_INBOX,
    INSERT_OUTBOX,
)


class AppendRows:
    """Gathers the rows of appends, and writes them in the transaction that is open."""

    def __init__(self, cursor: Cursor, numbers: Numbers, alerts: AlertRows) -> None:
        """Start with no rows; new streams and messages get their numbers from `numbers`, `alerts` gathers those rows."""
        self._cursor = cursor
        self._numbers = numbers
        self._alerts = alerts
        self._gathered: dict[int, bool] = {}
        self._rows: dict[ManyRows, list[Values]] = {statement: [] for statement in STATEMENTS}
        self._turns: dict[Channel, int] = {}
        self._part: int | None = None

    def add(self, append: Append, keys: dict[str, int]) -> None:
        """Add all rows of one append. `keys` are those of the streams it names, as far as they exist; the key of a
        new one is added.

        Raises `BrokenAppend` when the append contradicts itself; rows may then have been added.
        """
        state, events = append.state, append.events
        version = append.expected + len(events)
        if state.version != version:
            raise BrokenAppend(f"{append.stream}: state is at {state.version}, its events lead to {version}")
        stream = keys.get(append.stream)
        if stream is None:
            stream = keys[append.stream] = self._numbers.next_stream()
            self._rows[INSERT_STREAMS].append([stream, append.stream])
        rows = self._rows[INSERT_EVENTS]
        for number, event in enumerate(events, append.expected + 1):
            rows.append([stream, number, event.type, event.model_dump_json()])
        heard = None if append.inbound is None else self._number(append.inbound)
        shift: int | None = None
        if isinstance(state, ShiftState):
            source = None if append.inbound is None or heard is None else (append.inbound.contact_id, heard)
            self.add_shift(stream, append.expected, append.events, state, source)
            shift = stream if state.shift is not None else None
        else:
            self.add_conversation(stream, append.stream, append.events, state, keys, heard)
            if append.inbound is not None and append.inbound.shift_id is not None:
                shift = keys.get(shift_stream(append.inbound.shift_id))
        self._add_messages(append, stream, shift, heard)

    def write(self) -> None:
        """Write what was gathered."""
        for statement, rows in self._rows.items():
            if rows:
                statement.write(self._cursor, rows)
                rows.clear()
        self._alerts.write(self._cursor)
        self._gathered.clear()

    def _number(self, inbound: Inbound) -> int:
        """Give a message its number: the same for all parts of it, which come one after the other."""
        if self._part is None:
            self._part = self._numbers.next_message()
        number = self._part
        if not inbound.part:
            self._part = None
        return number

    def _keep_order(self, stream: int, *, plain: bool) -> None:
        """Write what was gathered of the same stream first, unless the order makes no difference to the rows: all
        claims of a commit are written after all releases, whichever came first."""
        if stream in self._gathered and not (plain and self._gathered[stream]):
            self.write()
        self._gathered[stream] = plain

    def add_shift(
        self,
        key: int,
        version: int,
        events: Sequence[Any],
        state: ShiftState,
        source: Source | None,
    ) -> None:
        """Add the rows that a shift's events decide: `version` is the stream's before them, `state` the one they lead to,
        `source` the message they come from. It writes the tables, and makes them anew."""
        self._keep_order(key, plain=all(type(event) in COMMUTE for event in events))
        rows, whole, moved = self._rows, False, False
        for number, event in enumerate(events, version + 1):
            at, kind = to_micros(event.at), type(event)
            if kind in CLOSES_ALERTS:
                self._alerts.close(closes(event), at, event.by, shift=key)
            whole = whole or kind in REPLACES
            moved = moved or kind in MOVES
            if kind in CLOSES_OFFERS:
                rows[CLOSE_FANOUTS].append([key, at])
            if kind in REOPENS_OFFERS:
                rows[REOPEN_FANOUTS].append([key, state.revision])
            if type(event) is of_shift.FanOutStarted or type(event) is of_shift.OffersAdded:
                started = type(event) is of_shift.FanOutStarted
                rows[INSERT_FANOUTS if started else JOIN_FANOUTS].append(fanout_row(key, event))
                until = to_micros(event.open_until)
                rows[ADD_OFFERS].extend(added_row(key, event.fanout, one, until) for one in event.offers)
            elif type(event) is of_shift.OfferMoved:
                rows[MOVE_OFFERS].append(moved_offer_row(key, event.fanout, event.offer))
            elif type(event) is of_shift.ShiftClaimed:
                assert state.shift is not None
                starts, ends = to_micros(state.shift.start_time), to_micros(state.shift.end_time)
                rows[INSERT_CLAIMS].append(
                    [key, number, event.fanout, event.caregiver_id, starts, ends, at, event.override]
                )
            elif type(event) is of_shift.OfferDeclined:
                rows[DECLINE_OFFERS].append([key, event.fanout, event.caregiver_id])
            elif type(event) is of_shift.YesAnswered:
                rows[TELL_OFFERS].append([key, event.fanout, event.caregiver_id])
            elif kind in ENDS_A_CLAIM:
                rows[FORGET_TOLD].append([key])
                rows[RELEASE_CLAIMS].append([key, at])
            elif type(event) is of_shift.CoordinatorAlerted:
                contact_id, heard = (None, None) if source is None or event.message_id is None else source
                self._alerts.open(
                    at,
                    event.kind,
                    event.message,
                    organization_id=state.shift.organization_id if state.shift else None,
                    shift=key,
                    contact_id=contact_id,
                    caregiver_id=event.caregiver_id,
                    heard=heard,
                )
                # It moves the next deadline.
                moved = moved or event.kind is AlertKind.NOT_OFFERED
        if whole:
            rows[PUT_SHIFTS].append(whole_row(key, state))
        elif moved:
            rows[MOVE_SHIFTS].append(moved_row(key, state))

    def add_conversation(
        self,
        key: int,
        name: str,
        events: Sequence[Any],
        state: ConversationState,
        keys: Mapping[str, int],
        heard: int | None,
    ) -> None:
        """Add the rows that a conversation's events decide, as `add_shift` does; `name` is the stream's, `heard` the number
        of the message they come from, `keys` has those of the shifts they name."""
        self._keep_order(key, plain=all(type(event) in COMMUTE for event in events))
        rows, contact = self._rows, _contact(name)
        for event in events:
            at = to_micros(event.at)
            if type(event) in CLOSES_ALERTS:
                self._alerts.close(closes(event), at, event.by, contact_id=contact)
            match event:
                case (
                    of_contact.OptedOut()
                    | of_contact.OptedIn()
                    | of_contact.CallsRefused()
                    | of_contact.ConsentGiven()
                ):
                    for statement, row in consent_rows(contact, event):
                        rows[statement].append(row)
                case of_contact.NumberDoubted() | of_contact.NumberConfirmed():
                    rows[DOUBT_CONTACTS].append([contact, micros_or_none(state.doubted_at)])
                    rows[LANDLINE_CONTACTS].append([contact, micros_or_none(state.landline_at)])
                case of_contact.LandlineMarked():
                    rows[LANDLINE_CONTACTS].append([contact, at])
                case of_contact.BusyUntil():
                    rows[BUSY_CONTACTS].append([contact, to_micros(event.until)])
                case of_contact.QuestionAsked():
                    rows[ASK_CONTACTS].append([contact, write_question(state.question)])
                case of_contact.PersonNeeded():
                    shift = None if event.shift_id is None else keys.get(shift_stream(event.shift_id))
                    self._alerts.open(
                        at,
                        event.kind,
                        event.message,
                        organization_id=event.organization_id,
                        shift=shift,
                        contact_id=contact,
                        caregiver_id=event.caregiver_id,
                        heard=heard if event.message_id is not None else None,
                    )
                case _:
                    pass

    def _add_messages(self, append: Append, stream: int, shift: int | None, heard: int | None) -> None:
        cause = append.state.version
        if append.inbound is not None and heard is not None and not append.inbound.part:
            self._rows[INSERT_INBOX].append(inbox_row(heard, append.inbound, append.answer, shift))
            if not append.events:
                cause = -heard
        if not append.messages:
            return
        at = to_micros(append.at)
        round_ = append.state.round if isinstance(append.state, ShiftState) else None
        rows, numbers = self._rows[INSERT_OUTBOX], self._numbers
        last = numbers.turns.pop(stream, 0)
        for message in append.messages:
            turn = 0
            if message.purpose is Purpose.OFFER:
                # The first of a fan-out goes with what is next of others, so that shifts take turns.
                turn = max(last, self._next_turn(message.channel))
                last = turn + 1
            rows.append(outbox_row(numbers.next_message(), stream, cause, message, shift, round_, at, turn))
        if isinstance(append.state, ShiftState) and append.state.goes_on:
            numbers.turns[stream] = last

    def _next_turn(self, channel: Channel) -> int:
        turn = self._turns.get(channel)
        if turn is None:
            turn = self._turns[channel] = next_turn(self._cursor, channel)
        return turn


def _contact(stream: str) -> int:
    kind, _, number = stream.partition("/")
    if kind != "contact" or not number.isdigit():
        raise BrokenAppend(f"{stream} is not the stream of a conversation")
    return int(number)
