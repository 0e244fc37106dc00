"""What rows of caregivers state of their consent, as orders to the conversations with their phones."""

from collections.abc import Iterator, Sequence

from ..domain.answer import Answer
from ..domain.consent import Consent
from ..domain.conversation.state import Holding, StateConsent
from ..domain.inbound.standing import Standing
from ..domain.policy import Channel
from ..domain.shift.candidates import Candidate
from .journal.transaction import Transaction
from .tasks import ConversationTask, PutPeople

KEPT = "They had stopped this before they were erased."
PHONE = "SELECT phone FROM contacts WHERE id = ?"


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
        for organization_id, channel, at in (
            transaction.take_kept_opt_outs(person.contact_id) if keeps else ()
        ):
            kept = Consent(channel=channel, gives=False, given_at=at, words=KEPT)
            yield number, _order(task, person, kept, organization_id, by="service")
        for consent in row.consents:
            stops = not consent.gives and consent.channel is Channel.SMS
            held = _held(transaction, person.contact_id, task) if stops else ()
            yield number, _order(task, person, consent, person.organization_id, by=task.by, held=held)


def _order(
    task: PutPeople,
    person: Candidate,
    consent: Consent,
    organization_id: str,
    *,
    by: str,
    held: tuple[Holding, ...] = (),
) -> ConversationTask:
    command = StateConsent(
        at=task.at,
        by=by,
        contact_id=person.contact_id,
        caregiver_id=person.caregiver_id,
        organization_id=organization_id,
        language=person.language,
        consent=consent,
        held=held,
    )
    return ConversationTask(person.contact_id, command)


def _held(transaction: Transaction, contact_id: int, task: PutPeople) -> tuple[Holding, ...]:
    contact = transaction.contact(transaction.one(PHONE, (contact_id,))[0], None, task.at)
    return () if contact is None else Standing(contact, task.at).holdings()


def beside(answer: Answer, stated: Answer) -> Answer:
    """Give the answer to a row with what came of a consent that it stated."""
    return answer.model_copy(update={"message": f"{answer.message} {stated.message}"})
