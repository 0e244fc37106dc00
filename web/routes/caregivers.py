"""Caregivers: who can take shifts."""

from ...actors.desk.desk import ShiftDesk
from ...actors.records import CaregiverRecord, ChangeRecord, ConsentRecord, Page
from ...domain.answer import Answer
from ...domain.caregiver import Caregiver
from ...domain.consent import Consent, ConsentWay
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ...domain.text import Label
from ..http.operation import Operations
from ..http.query import PageQuery


class CaregiversQuery(PageQuery):
    """Which caregivers to list."""

    organization_id: Identifier | None = None
    opted_out: bool | None = None
    text: Label | None = None


class ChangesQuery(PageQuery):
    """Whose changes to list; of organizations as well as of their people, where none is named."""

    organization_id: Identifier | None = None
    caregiver_id: Identifier | None = None


class Consents(Frozen):
    """What somebody has said about texts and calls, newest first."""

    items: tuple[ConsentRecord, ...]


class ConsentBody(Consent):
    """What is stated of somebody's consent, and by whom; without `given_at` they said it now."""

    how: ConsentWay
    by: Label | None = None


class ConfirmBody(Frozen):
    """Who confirms the number."""

    by: Label | None = None


def add_caregiver_operations(api: Operations, desk: ShiftDesk) -> None:
    """Add the operations on caregivers."""

    def countries(names: set[str]) -> dict[str, str]:
        found = (desk.organization(name) for name in names)
        return {one.id: one.country for one in found if one is not None}

    @api.post("/caregivers", "Create or replace caregivers", countries=countries, problems=(409,))
    def put_caregivers(rows: list[Caregiver]) -> list[Answer]:
        """Creates a caregiver or a list of them, or replaces their data. Two may share a phone.

        A new id with the name and phone of somebody of the organization is one more id of that person, unless the row
        says "distinct": true. Refused when the organization is unknown, when the id is taken, or when two
        people who are there would be one.
        """
        return desk.put_caregivers(rows, api.by)

    @api.get("/caregivers", "List caregivers")
    def list_caregivers(query: CaregiversQuery) -> Page[CaregiverRecord]:
        """Lists caregivers by id, each person once; `aliases` are their other ids. `opted_out=true` lists the opt-outs.

        `text` narrows to those in whose name, phone, roles or id it is.
        """
        return desk.caregivers(
            query.organization_id, query.cursor, query.limit, opted_out=query.opted_out, text=query.text
        )

    @api.get("/caregivers/{caregiver_id}/consents", "Show what somebody said about texts and calls")
    def show_consents(caregiver_id: str) -> Consents | None:
        """Shows each STOP, START and "do not call me" from the number that they have now, and what was stated of them: in which
        words, how and when."""
        known = desk.caregiver(caregiver_id)
        return None if known is None else Consents(items=desk.consents(caregiver_id))

    @api.post("/caregivers/{caregiver_id}/consents", "State somebody's consent, or its end", problems=(409,))
    def state_consent(caregiver_id: str, body: ConsentBody) -> Answer:
        """Keeps that somebody agrees to texts (sms) or calls (voice) of their organization, how and in which words; or, with
        "gives": false, that they want no more: without consent to texts they get no texts and no calls, as after STOP.

        Refused (`stopped`) when they stopped it themselves and the consent is not dated later; START from their phone
        restores it.
        """
        consent = Consent.model_validate(body.model_dump(exclude={"by"}))
        return desk.state_consent(caregiver_id, consent, by=api.named(body.by))

    @api.get("/changes", "List who changed people")
    def list_changes(query: ChangesQuery) -> Page[ChangeRecord]:
        """Lists who added and changed caregivers and organizations, newest first: which fields, never what stood in them."""
        return desk.changes(query.organization_id, query.caregiver_id, query.cursor, query.limit)

    @api.post("/caregivers/{caregiver_id}/confirm-phone", "Confirm a number that is in doubt")
    def confirm_phone(caregiver_id: str, body: ConfirmBody) -> Answer:
        """Says that a number which somebody called a wrong one is this caregiver's: it is texted and called again.

        A number that is wrong is corrected by replacing the caregiver's data.
        """
        return desk.confirm_phone(caregiver_id, by=api.named(body.by))
