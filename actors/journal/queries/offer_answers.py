"""What came back to the offers of one shift, in a word each, from the messages about it."""

from sqlalchemy import Connection, exists, select

from ....domain.answer import Status
from ....domain.replies.reading import Intent
from ..schema import CLAIMS, INBOX, OFFERS, OPT_OUTS

ACCEPTED, DECLINED, OPTED_OUT, LATE_YES, GAVE_BACK = (
    "accepted",
    "declined",
    "opted_out",
    "late_yes",
    "gave_back",
)
SAID = {
    Intent.ACCEPT: LATE_YES,
    Intent.DECLINE: DECLINED,
    Intent.CALL_OFF: DECLINED,
    Intent.QUESTION: "question",
    Intent.CONDITION: "condition",
    Intent.UNCLEAR: "unclear",
}
"""By what a message was read as; others say nothing of the offer."""


def answers_of(
    connection: Connection, shift: int, organization_id: str, holder: str | None
) -> dict[str, str]:
    """Give what each caregiver answered, as far as they did: their last word, or where it led."""
    offers, answers = OFFERS.c, {}
    anew = OFFERS.alias()
    offered_anew = exists().where(
        anew.c.shift == offers.shift,
        anew.c.caregiver_id == offers.caregiver_id,
        anew.c.fanout > offers.fanout,
    )
    declined = select(offers.caregiver_id).where(
        offers.shift == shift, offers.declined_at.is_not(None), ~offered_anew
    )
    answers.update({one: DECLINED for (one,) in connection.execute(declined)})
    inbox = INBOX.c
    heard = (
        select(inbox.caregiver_id, inbox.intent, inbox.status)
        .where(inbox.shift == shift, inbox.caregiver_id.is_not(None))
        .order_by(inbox.id)
    )
    for who, intent, status in connection.execute(heard):
        said = SAID.get(Intent(intent))
        if said is not None:
            # A yes that was asked about has said nothing yet.
            answers[who] = "unclear" if (said, status) == (LATE_YES, Status.CLARIFY.value) else said
    back = select(CLAIMS.c.caregiver_id).where(CLAIMS.c.shift == shift, CLAIMS.c.released_at.is_not(None))
    for (one,) in connection.execute(back):
        if answers.get(one) == LATE_YES:
            answers[one] = GAVE_BACK
    out = (
        select(offers.caregiver_id)
        .join(OPT_OUTS, OPT_OUTS.c.contact_id == offers.contact_id)
        .where(offers.shift == shift, OPT_OUTS.c.organization_id == organization_id)
    )
    answers.update({one: OPTED_OUT for (one,) in connection.execute(out)})
    if holder is not None:
        answers[holder] = ACCEPTED
    return answers
