"""Outbox rows whose turn has come, with the facts that decide whether they are still wanted."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from ....domain.message import Purpose
from ....domain.policy import Channel
from ....domain.sending import LOST, Priority
from ..alert_port import CALLS
from ..instants import from_micros, instant_or_none, to_micros
from ..port import OutboxRow
from .reads import Reads

FACT_NAMES = """key channel purpose to_phone from_phone account body attempt caregiver_id organization_id shift_id fanout live
  declined opted_out active reached code holds held_since moved in_doubt no_calls busy_until landline contact_id shift error
  handed_at created_at due_at sent_with consented outdated overlaps""".split()
"""What `FACTS` gives of a row, in its order."""
FLAGS = """live declined opted_out active reached holds held_since moved in_doubt no_calls landline consented outdated overlaps""".split()
READ: dict[str, Callable[[Any], Any]] = {
    "channel": Channel,
    "purpose": Purpose,
    "caregiver_id": lambda one: one or None,
    **dict.fromkeys(("busy_until", "handed_at", "created_at", "due_at"), instant_or_none),
    **dict.fromkeys(FLAGS, bool),
}
READ_AT = tuple((FACT_NAMES.index(name), read) for name, read in READ.items())
# A person keeps hearing from the number of the organization that they heard from last; a new one has people shared out.
SENDER = """coalesce(
  (SELECT heard.from_phone FROM outbox AS heard CROSS JOIN organization_phones AS known ON known.phone = heard.from_phone
   WHERE heard.contact_id = due.contact_id AND known.organization_id = due.organization_id
   AND instr(known.channels, due.channel) ORDER BY heard.seq DESC LIMIT 1),
  (SELECT phone FROM (SELECT phone, (one.rowid + due.contact_id)
     % (SELECT count(*) FROM organization_phones WHERE organization_id = due.organization_id) AS place
     FROM organization_phones AS one WHERE organization_id = due.organization_id AND instr(channels, due.channel))
   ORDER BY place LIMIT 1))"""
# What was handed over was so by a number that the organization may have given up since.
SENT_BY = f"coalesce(due.from_phone, {SENDER})"
OVERLAPS = """EXISTS (SELECT 1 FROM claims AS held WHERE held.caregiver_id = caregivers.id AND held.released_at IS NULL
    AND held.ends > shifts.starts AND held.starts < shifts.ends AND held.shift <> shifts.key)"""
FACTS = """
SELECT json_group_array(json_array(due.seq, due.channel, due.purpose, contacts.phone,
  iif(due.state = 'planned', own.phone, coalesce(due.from_phone, own.phone)), own.account,
  due.body, due.attempt, due.caregiver_id, due.organization_id, shifts.shift_id, due.fanout,
  CASE due.purpose WHEN 'alert' THEN EXISTS (SELECT 1 FROM alerts WHERE alerts.id = due.cause / {calls}
       AND alerts.closed_at IS NULL AND alerts.acknowledged_at IS NULL)
       WHEN 'welcome' THEN EXISTS (SELECT 1 FROM offers WHERE offers.contact_id = due.contact_id AND offers.open_until > due.due_at)
       WHEN 'offer_again' THEN shifts.claimed_by IS NULL AND EXISTS (SELECT 1 FROM fanouts WHERE fanouts.shift = due.shift
       AND fanouts.number = due.fanout AND fanouts.closed_at IS NULL){still}
       ELSE shifts.status = 'offering' AND shifts.fanout = due.fanout{still} END,
  coalesce(offers.declined, 0),
  EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = due.contact_id
          AND opt_outs.organization_id = due.organization_id),
  coalesce(caregivers.active AND (shifts.role_key IS NULL
           OR EXISTS (SELECT 1 FROM json_each(caregivers.role_keys) WHERE value = shifts.role_key)), 1),
  due.purpose = 'withdrawal' AND EXISTS (
    SELECT 1 FROM outbox AS offer WHERE offer.stream = due.stream AND offer.caregiver_id = due.caregiver_id
    AND offer.purpose = 'offer' AND offer.fanout = due.fanout
    AND offer.state IN ('sending', 'sent', 'unknown', 'delivered')),
  CASE due.purpose WHEN 'alert' THEN 'A' || (due.cause / {calls}) ELSE offers.code END,
  claims.shift IS NOT NULL, coalesce(claims.claimed_at <= due.created_at, 0),
  coalesce(caregivers.contact_id <> due.contact_id, 0),
  contacts.doubted_at IS NOT NULL, EXISTS (SELECT 1 FROM call_refusals WHERE call_refusals.contact_id = due.contact_id
          AND call_refusals.organization_id = due.organization_id), contacts.busy_until, contacts.landline_at IS NOT NULL, due.contact_id, due.shift, due.error,
  due.handed_at, due.created_at, due.due_at, due.sent_with,
  NOT EXISTS (SELECT 1 FROM organizations WHERE id = due.organization_id AND consent_required)
    OR EXISTS (SELECT 1 FROM consents WHERE consents.contact_id = due.contact_id
      AND consents.caregiver_id = due.caregiver_id AND consents.channel = due.channel),
  due.purpose = 'offer_again' AND EXISTS (SELECT 1 FROM outbox AS later WHERE later.contact_id = due.contact_id
    AND later.shift = due.shift AND later.caregiver_id = due.caregiver_id AND later.purpose = 'offer_again'
    AND later.seq > due.seq),
  due.purpose IN ('offer', 'offer_again') AND {overlaps}))
FROM (SELECT * FROM outbox WHERE {which}) AS due
CROSS JOIN contacts ON contacts.id = due.contact_id LEFT JOIN shifts ON shifts.key = due.shift
LEFT JOIN offers ON offers.shift = due.shift AND offers.fanout = due.fanout AND offers.caregiver_id = due.caregiver_id
LEFT JOIN caregivers ON caregivers.id = due.caregiver_id
LEFT JOIN organization_phones AS own ON own.phone = {sender}
LEFT JOIN claims ON claims.shift = due.shift AND claims.released_at IS NULL AND claims.caregiver_id = due.caregiver_id
""".replace("{overlaps}", OVERLAPS)
# Texts about one shift to one phone keep their order: what is on its way, or waits to be tried or asked about again, holds
# up what came later. An offer holds up no answer, since whoever is answered has it; and while it waits, for the first time
# or to be told again, nothing else either, since what came later has made it void.
BEHIND = """
EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.contact_id = outbox.contact_id
  AND earlier.shift = outbox.shift AND earlier.channel = outbox.channel AND earlier.seq < outbox.seq
  AND (earlier.state IN ('sending', 'unknown') OR (earlier.state = 'planned' AND earlier.purpose NOT IN ('offer', 'offer_again')))
  AND ((earlier.state = 'sending' AND (earlier.purpose <> 'offer' OR outbox.priority > 0))
    OR (earlier.state = 'planned' AND earlier.priority <= outbox.priority)
    OR (earlier.purpose <> 'offer' AND earlier.state = 'unknown' AND earlier.due_at > ?3)))
"""
# A start sends before every shift that began meanwhile has expired.
DUE = FACTS.format(
    sender=SENDER,
    calls=CALLS,
    still=" AND offers.open_until > ?3",
    which="state = 'planned' AND queue IS NULL AND channel = ?1 AND priority = ?2 AND due_at <= ?3 "
    f"AND NOT {BEHIND} ORDER BY due_at, turn, seq LIMIT ?4",
)
DUE_OF_NUMBER = FACTS.format(
    calls=CALLS,
    sender="nullif(due.queue, '')",
    still=" AND offers.open_until > ?3",
    which="state = 'planned' AND queue IS NOT NULL AND channel = ?1 AND queue = ?2 AND due_at <= ?3 "
    f"AND priority <= ?5 AND NOT {BEHIND} ORDER BY priority, due_at, turn, seq LIMIT ?4",
)
SENDING_NUMBERS = """
WITH RECURSIVE numbers (number) AS (
  SELECT min(queue) FROM outbox WHERE state = 'planned' AND queue IS NOT NULL AND channel = ?1
  UNION ALL SELECT (
    SELECT min(queue) FROM outbox WHERE state = 'planned' AND queue IS NOT NULL AND channel = ?1 AND queue > number)
  FROM numbers WHERE number IS NOT NULL)
SELECT json_group_array(number) FROM numbers WHERE number IS NOT NULL
"""
UNKNOWN = FACTS.format(
    sender=SENT_BY,
    calls=CALLS,
    still="",
    which="state = 'unknown' AND channel = ?1 AND coalesce(sent_with, seq) = seq",
)
# What else is due to the same person from the same number: other offers, or other answers to the same text.
BESIDE = FACTS.format(
    calls=CALLS,
    sender="nullif(due.queue, '')",
    still=" AND offers.open_until > ?3",
    which="seq IN (SELECT other.seq FROM json_each(?4) AS taken CROSS JOIN outbox AS one ON one.seq = taken.value "  # noqa: S608 - a part of ours
    "CROSS JOIN outbox AS other INDEXED BY outbox_of_contact ON other.contact_id = one.contact_id "
    "WHERE other.state = 'planned' AND other.queue = ?2 AND other.channel = ?1 AND other.due_at <= ?3 "
    "AND other.caregiver_id = one.caregiver_id AND other.priority = one.priority "
    "AND (one.purpose = 'offer' OR other.created_at = one.created_at) "
    "AND other.seq NOT IN (SELECT value FROM json_each(?4))) "
    f"AND NOT {BEHIND} ORDER BY turn, seq LIMIT 100",
)
THESE = FACTS.format(sender=SENT_BY, calls=CALLS, still="", which="seq IN (SELECT value FROM json_each(?1))")
WENT_OUT = """
SELECT EXISTS (SELECT 1 FROM outbox WHERE stream = shifts.key AND purpose = 'offer' AND fanout = ?2
               AND state IN ('sent', 'delivered'))
FROM shifts WHERE shift_id = ?1
"""
SENT_WITH = """
SELECT json_group_array(json_array(sent_with, seq)) FROM outbox
WHERE sent_with IN (SELECT value FROM json_each(?1)) AND seq <> sent_with
"""
OF_OTHERS = """
SELECT json_group_array(carrier_id) FROM (SELECT carrier_id FROM outbox
  WHERE contact_id = ?1 AND seq <> ?2 AND carrier_id IS NOT NULL ORDER BY seq DESC LIMIT 200)
"""
WAITING = """
SELECT min(created_at) FROM (
  SELECT created_at FROM outbox WHERE state = 'planned' AND queue IS NULL AND channel = ?1 AND (attempt > 0 OR due_at <= ?2)
  UNION ALL SELECT created_at FROM outbox WHERE state = 'planned' AND queue IS NOT NULL AND channel = ?1
    AND (attempt > 0 OR due_at <= ?2)
  UNION ALL SELECT created_at FROM outbox WHERE state = 'sending' AND channel = ?1
  UNION ALL SELECT created_at FROM outbox WHERE state = 'unknown' AND channel = ?1 AND instr(coalesce(error, ''), ?3) = 0
) WHERE created_at <= ?2
"""
NOT_REACHED = """
SELECT json_group_array(caregiver_id) FROM shifts CROSS JOIN outbox ON outbox.stream = shifts.key
WHERE shift_id = ?1 AND shifts.fanout = ?2 AND purpose = 'offer' AND outbox.fanout = ?2 AND outbox.round = shifts.round
AND channel = ?3 AND state = 'failed'
"""
HANDED_OVER = """
SELECT max(iif(state IN ('sent', 'delivered') AND attempt = 1 AND due_at NOT BETWEEN created_at AND handed_at, handed_at, NULL)),
  coalesce(max(state = 'planned' AND attempt = 0 AND due_at < created_at), 0)
FROM shifts CROSS JOIN outbox ON outbox.stream = shifts.key
WHERE shift_id = ?1 AND shifts.fanout = ?2 AND purpose = 'offer' AND outbox.fanout = ?2 AND outbox.round = shifts.round
AND channel = ?3 AND cause <= ?4
"""
WHY_NOT = """
SELECT json_group_array(json_array(error, number)) FROM (
  SELECT error, count(*) AS number FROM shifts CROSS JOIN outbox ON outbox.stream = shifts.key
  WHERE shift_id = ?1 AND purpose = 'offer' AND outbox.fanout = ?2 AND state NOT IN ('sent', 'delivered')
  AND error IS NOT NULL AND (state <> 'dropped' OR NOT EXISTS (
    SELECT 1 FROM outbox AS former WHERE former.stream = outbox.stream AND former.caregiver_id = outbox.caregiver_id
    AND former.purpose = 'offer' AND former.fanout = ?2 AND former.state = 'failed'))
  GROUP BY error ORDER BY number DESC, error LIMIT 3)
"""
ROUND_FAILED = """
SELECT EXISTS (SELECT 1 FROM outbox WHERE stream = shifts.key AND purpose = 'offer' AND fanout = ?2
               AND round = shifts.round)
   AND NOT EXISTS (SELECT 1 FROM outbox WHERE stream = shifts.key AND purpose = 'offer' AND fanout = ?2
               AND round = shifts.round AND state NOT IN ('failed', 'dropped'))
FROM shifts WHERE shift_id = ?1 AND fanout = ?2
"""


class OutboxQueries(Reads):
    """What is asked of outbox rows."""

    def sending_numbers(self, channel: Channel) -> list[str]:
        """Give the numbers that have a queue of planned rows; "" is the queue of those that no number can send."""
        found: list[str] = json.loads(self.one(SENDING_NUMBERS, (channel,))[0])
        return found

    def due_of(
        self, channel: Channel, number: str, at: datetime, limit: int, *, answers_only: bool = False
    ) -> list[OutboxRow]:
        """Give rows of a number's queue whose time has come, by priority, then by when they were due."""
        lowest = Priority.ANSWER if answers_only else Priority.OFFER
        values = (channel, number, to_micros(at), limit, lowest)
        return outbox_rows(self.one(DUE_OF_NUMBER, values)[0])

    def beside(self, rows: Sequence[OutboxRow], number: str, at: datetime) -> list[OutboxRow]:
        """Give what is due beside these rows of a number's queue to the same people: other offers, and other answers to what was
        answered."""
        keys = json.dumps([row.key for row in rows])
        return outbox_rows(self.one(BESIDE, (rows[0].channel, number, to_micros(at), keys))[0])

    def due(self, channel: Channel, at: datetime, limit: int) -> list[OutboxRow]:
        """Give planned rows in no number's queue whose time has come, by priority, then by when they were due."""
        rows: list[OutboxRow] = []
        for priority in Priority:
            if len(rows) < limit:
                left = limit - len(rows)
                rows += outbox_rows(self.one(DUE, (channel, priority, to_micros(at), left))[0])
        return rows

    def outbox_row(self, key: int) -> OutboxRow | None:
        rows = outbox_rows(self.one(THESE, (json.dumps([key]),))[0])
        return rows[0] if rows else None

    def sent_with(self, key: int) -> list[OutboxRow]:
        """Give the rows that went out, or are going out, under another's key, without that one."""
        keys = json.loads(self.one(SENT_WITH, (json.dumps([key]),))[0])
        return outbox_rows(self.one(THESE, (json.dumps([one for _, one in keys]),))[0]) if keys else []

    def ids_of_others(self, row: OutboxRow) -> frozenset[str]:
        """Give the carrier's ids of other messages to the same phone, the newest."""
        return frozenset(json.loads(self.one(OF_OTHERS, (row.contact_id, row.key))[0]))

    def waiting_since(self, channel: Channel, until: datetime) -> datetime | None:
        """Give when the first was planned, until an instant, of the messages that are still to go out; None of none."""
        (first,) = self.one(WAITING, (channel, to_micros(until), LOST))
        return None if first is None else from_micros(first)

    def round_failed(self, shift_id: str, fanout: int) -> bool:
        """Whether nothing of the fan-out's latest round has gone out or still can."""
        row = self.one(ROUND_FAILED, (shift_id, fanout))
        return bool(row and row[0])

    def not_reached(self, shift_id: str, fanout: int, channel: Channel) -> frozenset[str]:
        """Give those whom a fan-out's latest round did not reach by its channel: their messages failed for good."""
        return frozenset(json.loads(self.one(NOT_REACHED, (shift_id, fanout, channel))[0]))

    def handed_over(
        self, shift_id: str, fanout: int, channel: Channel, asked_in: int
    ) -> tuple[datetime | None, bool]:
        """Give when the last message of a fan-out's latest round went out at its first attempt, and whether more are to go: of
        those planned up to the shift's version `asked_in`, and not put off."""
        last, more = self.one(HANDED_OVER, (shift_id, fanout, channel, asked_in))
        return None if last is None else from_micros(last), bool(more)

    def why_not(self, shift_id: str, fanout: int) -> tuple[tuple[str, int], ...]:
        """Give the most frequent reasons why messages of a fan-out did not go out or arrive, each with how many. What was
        dropped after another to the same person had failed says nothing new."""
        found = json.loads(self.one(WHY_NOT, (shift_id, fanout))[0])
        return tuple((error, number) for error, number in found)

    def went_out(self, shift_id: str, fanout: int) -> bool:
        """Whether a carrier has taken any text or call of a fan-out."""
        row = self.one(WENT_OUT, (shift_id, fanout))
        return bool(row and row[0])


def outbox_rows(rows: str) -> list[OutboxRow]:
    """Give the rows of a look-up that was made with `FACTS`."""
    return [_outbox_row(row) for row in json.loads(rows)]


def _outbox_row(row: list[Any]) -> OutboxRow:
    for at, read in READ_AT:
        row[at] = read(row[at])
    return OutboxRow(**dict(zip(FACT_NAMES, row, strict=True)))
