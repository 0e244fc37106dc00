"""What loading data would do to a journal, row by row: what is new, what changes, what stays, what is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from ...actors.journal.port import Journal
from ...actors.records import CaregiverRecord, ShiftRecord, whole
from ...domain.answer import Answer, Status, taken
from ...domain.caregiver import Caregiver, role_key
from ...domain.consent import Consent
from ...domain.data.dataset import DataSet
from ...domain.data.register import SAVED, Entry, register
from ...domain.organization import Organization
from ...domain.phone import HOME_COUNTRY, read_phone
from ...domain.policy import Channel
from ...domain.shift.posting import UNCHANGEABLE, is_same
from ...domain.shift.shift import Shift


class Change(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "as before"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row; `message` says why it is refused, or what else is to be known."""

    row: Organization | Caregiver | Shift
    change: Change
    message: str = ""

    def __str__(self) -> str:
        return f"{type(self.row).__name__.lower()} {self.row.id}: {self.message}"


def plan(data: DataSet, journal: Journal | None) -> list[PlannedRow]:
    """Say what loading `data` would do, in the order of its rows; None is a journal that is not there yet."""
    return [
        *_organizations(data, journal),
        *_caregivers(data, journal),
        *(_shift(one, journal.shift(one.id) if journal else None) for one in data.shifts),
    ]


def kept(planned: list[PlannedRow], *changes: Change) -> DataSet:
    """Give those rows of which one of these becomes."""
    rows = [one.row for one in planned if one.change in changes]
    return DataSet(
        organizations=tuple(one for one in rows if isinstance(one, Organization)),
        caregivers=tuple(one for one in rows if isinstance(one, Caregiver)),
        shifts=tuple(one for one in rows if isinstance(one, Shift)),
    )


def without_zone(data: DataSet, journal: Journal | None) -> list[str]:
    """Name the organizations of `data` that have no time zone, or will have none."""
    homes = {one.id: one for one in (*data.named_organizations(), *data.organizations)}
    given = {one.id for one in data.organizations}
    for name in homes:
        saved = journal.organization(name) if journal and name not in given else None
        if saved is not None:
            homes[name] = saved
    return [name for name, one in homes.items() if one.time_zone is None]


def _organizations(data: DataSet, journal: Journal | None) -> Iterator[PlannedRow]:
    saved = {one.id: one for one in whole(journal.organizations)} if journal and data.organizations else {}
    owners = {own.number: one.id for one in saved.values() for own in one.phones}
    for one in data.organizations:
        elsewhere = [own.number for own in one.phones if owners.setdefault(own.number, one.id) != one.id]
        if elsewhere:
            yield PlannedRow(
                one, Change.REFUSED, f"the number {elsewhere[0]} belongs to another organization"
            )
        elif one.id not in saved:
            yield PlannedRow(one, Change.NEW)
        else:
            yield PlannedRow(one, Change.SAME if saved[one.id] == one else Change.CHANGED)


def _caregivers(data: DataSet, journal: Journal | None) -> Iterator[PlannedRow]:
    everybody = partial(journal.caregivers, None) if journal and data.caregivers else None
    saved = {one.id: one for one in whole(everybody)} if everybody else {}
    known = {name: one for one in saved.values() for name in (one.id, *one.aliases)}
    countries = _countries(data, journal)
    numbered: list[Caregiver] = []
    notes: list[str] = []
    for one in data.caregivers:
        reading = read_phone(one.phone, countries.get(one.organization_id, HOME_COUNTRY))
        numbered.append(one.model_copy(update={"phone": reading.number or one.phone}))
        notes.append(f"the phone is read as {reading.number}" if reading.repaired else "")
    ours = [
        not (one.id in known and known[one.id].organization_id != one.organization_id) for one in numbered
    ]
    rows = [one for one, is_ours in zip(numbered, ours, strict=True) if is_ours]
    found = register((Entry(one, dict.fromkeys(one.aliases, ())) for one in saved.values()), rows)
    answers = iter(found.answers)
    after = {one.own.id: one.own for one in found.changed}
    for given, is_ours, note in zip(data.caregivers, ours, notes, strict=True):
        if is_ours:
            yield _caregiver(given, next(answers), known.get(given.id), after, note)
        else:
            yield PlannedRow(given, Change.REFUSED, taken(given.id).message)


def _caregiver(
    given: Caregiver,
    answer: Answer,
    record: CaregiverRecord | None,
    after: Mapping[str, Caregiver],
    note: str,
) -> PlannedRow:
    if answer.status is Status.REFUSED:
        return PlannedRow(given, Change.REFUSED, answer.message)
    message = note if answer == SAVED else " ".join(filter(None, (answer.message, note)))
    if record is None or record.id not in after:
        return PlannedRow(given, Change.NEW, message)
    parted = given.distinct and given.id != record.id
    same = not parted and _same_data(given, after[record.id], record)
    return PlannedRow(given, Change.SAME if same else Change.CHANGED, message)


def _same_data(given: Caregiver, one: Caregiver, record: CaregiverRecord) -> bool:
    """Whether the person is as before with this row; `one` is the person as all rows together leave them."""
    new, old = {role_key(role) for role in given.roles}, {role_key(role) for role in record.roles}
    roles = new <= old if record.aliases else new == old
    names = ("name", "phone", "language", "active", "distinct")
    same = all(getattr(one, name) == getattr(record, name) for name in names)
    return roles and same and all(_is_kept(consent, record) for consent in given.consents)


def _is_kept(consent: Consent, record: CaregiverRecord) -> bool:
    """Whether nothing comes of stating it: it is as stated, or the person's own word stands against it."""
    stopped = record.opted_out or (consent.channel is Channel.VOICE and record.no_calls)
    if not consent.gives or (stopped and consent.given_at is None):
        return stopped
    agreed = [one.given_at for one in record.consents if one.channel is consent.channel]
    return not stopped and any(consent.given_at is None or (at and consent.given_at <= at) for at in agreed)


def _countries(data: DataSet, journal: Journal | None) -> dict[str, str]:
    countries = {one.id: one.country for one in data.organizations}
    for name in {one.organization_id for one in data.caregivers} - set(countries):
        saved = journal.organization(name) if journal else None
        if saved is not None:
            countries[name] = saved.country
    return countries


def _shift(one: Shift, record: ShiftRecord | None) -> PlannedRow:
    if record is None:
        return PlannedRow(one, Change.NEW)
    if record.organization_id != one.organization_id:
        return PlannedRow(one, Change.REFUSED, taken(one.id).message)
    if is_same(Shift.model_validate(record.model_dump(include=set(Shift.model_fields))), one):
        return PlannedRow(one, Change.SAME)
    if record.status in UNCHANGEABLE:
        return PlannedRow(one, Change.REFUSED, f"it {UNCHANGEABLE[record.status][1]}")
    return PlannedRow(one, Change.CHANGED)
