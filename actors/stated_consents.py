"""What rows of caregivers state of their consent, as orders to the conversations with their phones."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ..domain.answer import Answer
from ..domain.consent import Consent
from ..domain.conversation.state import StateConsent
from ..domain.shift.candidates import Candidate
from .journal.transaction import Transaction
from .tasks import ConversationTask, PutPeople

KEPT = "They had stopped this before they were erased."


def stated_consents(
    transaction: Transaction, task: PutPeople, answers: Sequence[Answer]
) -> Iterator[tuple[int, ConversationTask]]:
    """Give what the rows that were taken in state, each with the place of its row; `transaction` has them. What somebody had
    stopped who was erased since is stated first."""
    keeps = transaction.keeps_opt_outs()
    for number, (row, answer) in enumerate(zip(task.caregivers, answers, strict=True)):
        wanted = (row.consents or keeps) and answer.refusal is None
        person = transaction.candidate(row.id) if wanted else None
        if person is None:
            continue
        stopped = transaction.take_kept_opt_outs(person.contact_id) if keeps else ()
        for organization_id, channel, at in stopped:
            kept = Consent(channel=channel, gives=False, given_at=at, words=KEPT)
            yield number, _order(task.at, "service", person, kept, organization_id)
        for consent in row.consents:
            yield number, _order(task.at, task.by, person, consent, person.organization_id)


def _order(
    at: datetime, by: str, person: Candidate, consent: Consent, organization_id: str
) -> ConversationTask:
    command = StateConsent(
        at=at,
        by=by,
        contact_id=person.contact_id,
        caregiver_id=person.caregiver_id,
        organization_id=organization_id,
        language=person.language,
        consent=consent,
    )
    return ConversationTask(person.contact_id, command)


def beside(answer: Answer, stated: Answer) -> Answer:
    """Give the answer to a row with what came of a consent that it stated."""
    return answer.model_copy(update={"message": f"{answer.message} {stated.message}"})
