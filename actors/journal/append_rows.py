"""The rows of many appends, gathered table by table, so that each table is written by one statement a commit."""

from collections.abc import Mapping
from sqlite3 import Cursor

from ...domain.alert import AlertKind
from ...domain.closing import RULES as CLOSES_ALERTS
from ...domain.closing import closes
from ...domain.conversation.events import (
    CallsRefused,
    MessageNoted,
    NumberConfirmed,
    NumberDoubted,
    OptedIn,
    OptedOut,
    PersonNeeded,
    QuestionAsked,
)
from ...domain.conversation.state import ConversationState
from ...domain.message import Purpose
from ...domain.policy import Channel
from ...domain.shift.events import (
    CoordinatorAlerted,
    DropRequested,
    FanOutStarted,
    LatenessReported,
    OfferDeclined,
    OfferMoved,
    OffersAdded,
    OverlapRefused,
    RoundStarted,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    ShiftUnfilled,
    YesAnswered,
    YesQuestioned,
)
from ...domain.shift.state import ShiftState
from .alert_port import AlertChanges
from .alert_rows import AlertRows
from .claim_rows import INSERT_CLAIMS, RELEASE_CLAIMS
from .contact_rows import ASK_CONTACTS, CALL_CONTACTS, DOUBT_CONTACTS, OPT_IN, OPT_OUT, write_question
from .errors import BrokenAppend
from .event_rows import INSERT_EVENTS, INSERT_STREAMS, SCHEMA
from .inbox_rows import INSERT_INBOX, inbox_row
from .instants import micros_or_none, to_micros
from .many_rows import ManyRows, Values
from .numbers import Numbers
from .offer_rows import (
    ADD_OFFERS,
    DECLINE_OFFERS,
    FORGET_RESERVED,
    FORGET_TOLD,
    MOVE_OFFERS,
    TELL_OFFERS,
    UNRESERVE,
    added_row,
    keep_offered,
    reserved_row,
)
from .offer_rows import moved_row as moved_offer_row
from .outbox_rows import INSERT_OUTBOX, next_turn, outbox_row
from .port import Append, Inbound, shift_stream
from .shift_rows import (
    CLOSE_FANOUTS,
    INSERT_FANOUTS,
    JOIN_FANOUTS,
    MOVE_SHIFTS,
    PUT_SHIFTS,
    REOPEN_FANOUTS,
    fanout_row,
    moved_row,
    whole_row,
)

REPLACES = frozenset({ShiftPosted, FanOutStarted, OffersAdded})
CLOSES_OFFERS = frozenset({ShiftPosted, ShiftClaimed, ShiftCancelled, ShiftExpired})
REOPENS_OFFERS = frozenset({ShiftPosted, FanOutStarted, ShiftReleased})
ENDS_A_CLAIM = frozenset({ShiftReleased, ShiftCancelled})
MOVES = CLOSES_OFFERS | {RoundStarted, ShiftReleased, ShiftUnfilled}

# Kinds of events are compared by their class: `isinstance` asks pydantic, which takes ten times as long.
# Of one stream, these lead to the same rows in whichever order.
COMMUTE = frozenset(
    {
        OfferDeclined,
        YesAnswered,
        YesQuestioned,
        OverlapRefused,
        DropRequested,
        LatenessReported,
        CoordinatorAlerted,
        MessageNoted,
        PersonNeeded,
    }
)

# In this order: what is released is looked up before it changes, and makes room for what is claimed.
STATEMENTS = (
    FORGET_TOLD,
    INSERT_STREAMS,
    INSERT_EVENTS,
    PUT_SHIFTS,
    MOVE_SHIFTS,
    FORGET_RESERVED,
    INSERT_FANOUTS,
    JOIN_FANOUTS,
    CLOSE_FANOUTS,
    REOPEN_FANOUTS,
    UNRESERVE,
    ADD_OFFERS,
    MOVE_OFFERS,
    DECLINE_OFFERS,
    TELL_OFFERS,
    RELEASE_CLAIMS,
    INSERT_CLAIMS,
    ASK_CONTACTS,
    DOUBT_CONTACTS,
    CALL_CONTACTS,
    OPT_OUT,
    OPT_IN,
    INSERT_INBOX,
    INSERT_OUTBOX,
)


class AppendRows:
    """Gathers the rows of appends, and writes them in the transaction that is open."""

    def __init__(self, cursor: Cursor, numbers: Numbers, changes: AlertChanges) -> None:
        """Start with no rows; new streams and messages get their numbers from `numbers`, `changes` hears of alerts."""
        self._cursor = cursor
        self._numbers = numbers
        self._alerts = AlertRows(changes)
        self._gathered: dict[int, bool] = {}
        self._rows: dict[ManyRows, list[Values]] = {statement: [] for statement in STATEMENTS}
        self._started: list[tuple[int, FanOutStarted]] = []
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
        self._keep_order(stream, plain=all(type(event) in COMMUTE for event in events))
        rows = self._rows[INSERT_EVENTS]
        for number, event in enumerate(events, append.expected + 1):
            at = to_micros(event.at)
            rows.append([stream, number, event.type, SCHEMA, at, event.model_dump_json()])
        heard = None if append.inbound is None else self._number(append.inbound)
        if isinstance(state, ShiftState):
            self._add_shift(stream, append, state, heard)
            shift = stream if state.shift is not None else None
        else:
            self._add_conversation(append, state, keys, heard)
            about = append.inbound.shift_id if append.inbound is not None else None
            shift = None if about is None else keys.get(shift_stream(about))
        self._add_messages(append, stream, shift, heard)

    def write(self) -> None:
        """Write what was gathered. Raises `BrokenAppend` on an offer without a code."""
        keep_offered(self._cursor, self._started)
        for statement, rows in self._rows.items():
            if rows:
                statement.write(self._cursor, rows)
                rows.clear()
        self._alerts.write(self._cursor)
        self._started.clear()
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

    def _add_shift(self, key: int, append: Append, state: ShiftState, heard: int | None) -> None:
        rows, whole, moved = self._rows, False, False
        for event in append.events:
            at, kind = to_micros(event.at), type(event)
            if kind in CLOSES_ALERTS:
                self._alerts.close(closes(event), at, event.by, shift=key)
            whole = whole or kind in REPLACES
            moved = moved or kind in MOVES
            if kind in CLOSES_OFFERS:
                rows[CLOSE_FANOUTS].append([key, at, event.type])
            if kind in REOPENS_OFFERS:
                rows[REOPEN_FANOUTS].append([key, state.revision])
            if type(event) is FanOutStarted:
                rows[INSERT_FANOUTS].append(fanout_row(key, event))
                self._started.append((key, event))
            elif type(event) is OffersAdded:
                rows[FORGET_RESERVED].append([key, event.fanout])
                rows[JOIN_FANOUTS].append(fanout_row(key, event))
                rows[UNRESERVE].extend(reserved_row(key, one) for one in event.offers)
                until = to_micros(event.open_until)
                rows[ADD_OFFERS].extend(added_row(key, event.fanout, one, until) for one in event.offers)
            elif type(event) is OfferMoved:
                rows[UNRESERVE].append(reserved_row(key, event.offer))
                rows[MOVE_OFFERS].append(moved_offer_row(key, event.fanout, event.offer))
            elif type(event) is ShiftClaimed:
                assert state.shift is not None
                starts, ends = to_micros(state.shift.start_time), to_micros(state.shift.end_time)
                rows[INSERT_CLAIMS].append(
                    [key, event.fanout, event.caregiver_id, starts, ends, at, event.override]
                )
            elif type(event) is OfferDeclined:
                rows[DECLINE_OFFERS].append([key, event.fanout, event.caregiver_id, at])
            elif type(event) is YesAnswered:
                rows[TELL_OFFERS].append([key, event.fanout, event.caregiver_id, at])
            elif kind in ENDS_A_CLAIM:
                rows[FORGET_TOLD].append([key])
                rows[RELEASE_CLAIMS].append([key, at])
            elif type(event) is CoordinatorAlerted:
                self._alerts.open(
                    at,
                    event.kind,
                    event.message,
                    organization_id=state.shift.organization_id if state.shift else None,
                    shift=key,
                    contact_id=append.inbound.contact_id if append.inbound else None,
                    caregiver_id=event.caregiver_id,
                    heard=heard if event.message_id is not None else None,
                )
                # It moves the next deadline.
                moved = moved or event.kind is AlertKind.NOT_OFFERED
        if whole:
            rows[PUT_SHIFTS].append(whole_row(key, state))
        elif moved:
            rows[MOVE_SHIFTS].append(moved_row(key, state))

    def _add_conversation(
        self, append: Append, state: ConversationState, keys: Mapping[str, int], heard: int | None
    ) -> None:
        rows, contact = self._rows, _contact(append)
        for event in append.events:
            at = to_micros(event.at)
            if type(event) in CLOSES_ALERTS:
                self._alerts.close(closes(event), at, event.by, contact_id=contact)
            match event:
                case OptedOut():
                    rows[OPT_OUT].extend([contact, one, at] for one in event.organization_ids)
                    rows[ASK_CONTACTS].append([contact, None])
                case OptedIn():
                    rows[OPT_IN].extend([contact, one] for one in event.organization_ids)
                    rows[CALL_CONTACTS].append([contact, None])
                case NumberDoubted() | NumberConfirmed():
                    rows[DOUBT_CONTACTS].append([contact, micros_or_none(state.doubted_at)])
                case CallsRefused():
                    rows[CALL_CONTACTS].append([contact, at])
                case QuestionAsked():
                    rows[ASK_CONTACTS].append([contact, write_question(state.question)])
                case PersonNeeded():
                    key = None if event.shift_id is None else keys.get(shift_stream(event.shift_id))
                    self._alerts.open(
                        at,
                        event.kind,
                        event.message,
                        organization_id=event.organization_id,
                        shift=key,
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
        if append.events:
            at = to_micros(append.events[0].at)
        elif append.inbound is not None:
            at = to_micros(append.inbound.received_at)
        else:
            raise BrokenAppend(f"{append.stream}: messages without a cause")
        round_ = append.state.round if isinstance(append.state, ShiftState) else None
        rows, numbers, offers = self._rows[INSERT_OUTBOX], self._numbers, 0
        for message in append.messages:
            turn = 0
            if message.purpose is Purpose.OFFER:
                # The first of a fan-out goes with what is next of others, so that shifts take turns.
                turn = self._next_turn(message.channel) + offers
                offers += 1
            rows.append(outbox_row(numbers.next_message(), stream, cause, message, shift, round_, at, turn))

    def _next_turn(self, channel: Channel) -> int:
        turn = self._turns.get(channel)
        if turn is None:
            turn = self._turns[channel] = next_turn(self._cursor, channel)
        return turn


def _contact(append: Append) -> int:
    kind, _, number = append.stream.partition("/")
    if kind != "contact" or not number.isdigit():
        raise BrokenAppend(f"{append.stream} is not the stream of a conversation")
    return int(number)
