"""Offers of one shift, for people: the latest to everybody, how far it came and what came back, in a word."""

from sqlite3 import Connection
from typing import Any

from ....domain.answer import Status
from ....domain.replies.reading import Intent
from ...records import OfferRecord
from .rows import rows

LATE_YES, DECLINED, UNCLEAR = "late_yes", "declined", "unclear"
SAID = {
    Intent.ACCEPT: LATE_YES,
    Intent.DECLINE: DECLINED,
    Intent.CALL_OFF: DECLINED,
    Intent.QUESTION: "question",
    Intent.CONDITION: "condition",
    Intent.PARTIAL: "partial",
    Intent.MAYBE: "maybe",
    Intent.BUSY: "busy",
    Intent.UNCLEAR: UNCLEAR,
}
"""By what a message was read as; others say nothing of the offer."""
OFFERS = """
SELECT offers.caregiver_id, coalesce(caregivers.name, offers.caregiver_id) AS caregiver_name, offers.code,
  outbox.channel, outbox.state AS delivery, iif(outbox.state IN ('failed', 'dropped', 'unknown'), outbox.error, NULL) AS reason,
  (SELECT sent.state FROM outbox AS sent WHERE sent.stream = offers.shift AND sent.caregiver_id = offers.caregiver_id
   AND sent.purpose = 'offer' AND sent.fanout = offers.fanout AND sent.channel = 'sms' ORDER BY sent.seq DESC LIMIT 1) AS text,
  (SELECT sent.state FROM outbox AS sent WHERE sent.stream = offers.shift AND sent.caregiver_id = offers.caregiver_id
   AND sent.purpose = 'offer' AND sent.fanout = offers.fanout AND sent.channel = 'voice' ORDER BY sent.seq DESC LIMIT 1) AS call,
  offers.declined,
  EXISTS (SELECT 1 FROM claims WHERE claims.shift = offers.shift AND claims.caregiver_id = offers.caregiver_id
          AND claims.released_at IS NOT NULL) AS gave_back,
  EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = offers.contact_id
          AND opt_outs.organization_id = shifts.organization_id) AS opted_out,
  shifts.status = 'claimed' AND shifts.claimed_by = offers.caregiver_id AS holds
FROM (SELECT offers.id, max(offers.fanout) FROM offers
      JOIN fanouts ON fanouts.shift = offers.shift AND fanouts.number = offers.fanout
      WHERE offers.shift = :shift AND fanouts.revision = :revision GROUP BY offers.caregiver_id) AS latest
CROSS JOIN offers ON offers.id = latest.id
CROSS JOIN shifts ON shifts.key = offers.shift
LEFT JOIN caregivers ON caregivers.id = offers.caregiver_id
LEFT JOIN outbox ON outbox.seq = (
  SELECT max(seq) FROM outbox AS sent WHERE sent.stream = offers.shift AND sent.caregiver_id = offers.caregiver_id
  AND sent.purpose = 'offer' AND sent.fanout = offers.fanout)
ORDER BY offers.contact_id, offers.id
"""
HEARD = """
SELECT caregiver_id, intent, status FROM inbox WHERE shift = :shift AND caregiver_id IS NOT NULL ORDER BY id
"""


def offers_of(connection: Connection, shift: int, revision: int) -> tuple[OfferRecord, ...]:
    """Give the latest offer to everybody who can or could take the shift as it is posted."""
    heard = {}
    for who, intent, status in connection.execute(HEARD, {"shift": shift}):
        if (said := SAID.get(intent)) is not None:
            # A yes or a no that was asked about has said nothing yet.
            asked = said in {LATE_YES, DECLINED} and status == Status.CLARIFY
            heard[who] = UNCLEAR if asked else said
    found = rows(connection, OFFERS, {"shift": shift, "revision": revision})
    return tuple(_offer(**row, heard=heard.get(row["caregiver_id"])) for row in found)


def _offer(
    *, declined: int, gave_back: int, opted_out: int, holds: int, heard: str | None, **offer: Any
) -> OfferRecord:
    answer = heard or (DECLINED if declined else None)
    if answer in {LATE_YES, DECLINED} and gave_back:
        answer = "gave_back"
    if opted_out:
        answer = "opted_out"
    return OfferRecord(**offer, answer="accepted" if holds else answer)
