"""The register of caregivers: which records are one person, and what becomes of them when rows come in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..answer import Answer, Refusal, Status, refuse
from ..caregiver import Caregiver, name_key, role_key, with_role_keys
from ..organization import Organization
from ..shift.shift import Shift

SAVED = Answer(status=Status.SUCCESS, message="Saved.")
APART = 'give "distinct" with it (true, in a sheet: yes) if they are two people'

R = TypeVar("R", Caregiver, Organization, Shift)

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person: `own` is what was saved under the person's own id, `aliases` are the roles saved under other ids."""

    own: Caregiver
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles of the person, each once."""
        roles: dict[str, str] = {}
        for some in (self.own.roles, *self.aliases.values()):
            for role in some:
                roles.setdefault(role_key(role), role)
        return tuple(roles.values())

    @property
    def identity(self) -> Identity | None:
        """What two records of one person have in common; None of somebody who is told apart by hand."""
        own = self.own
        return None if own.distinct else (own.organization_id, own.phone, name_key(own.name))


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of rows: an answer each, the entries as they are now, and ids that are no alias any more."""

    answers: tuple[Answer, ...]
    changed: tuple[Entry, ...]
    released: tuple[str, ...]


def register(known: Iterable[Entry], rows: Sequence[Caregiver]) -> Registered:
    """Take in rows, whose phones are numbers and whose ids are nobody's elsewhere.

    `known` are all entries with an id or a phone of the rows. A row under a new id that names a person who is known is
    one more id of theirs: its roles are joined, nothing else changes. A row that would make one of two known people is
    refused. The order of rows decides only which of two new ids is the person's own.
    """
    work = _Rows({one.own.id: one for one in known}, rows)
    work.answers.update(given_twice(rows))
    work.release_aliases()
    work.update_known()
    work.add_new()
    return Registered(
        tuple(work.answers[number] for number in range(len(rows))),
        tuple(work.entries[one] for one in work.changed),
        tuple(work.released),
    )


def differences(before: Entry | None, after: Entry) -> tuple[str, ...]:
    """Name what is another about a person than before: "added" where nobody was there, else fields, and "ids" for aliases."""
    if before is None:
        return ("added",)
    fields = ("name", "phone", "language", "active", "distinct")
    found = [one for one in fields if getattr(before.own, one) != getattr(after.own, one)]
    if before.roles != after.roles:
        found.append("roles")
    if before.aliases.keys() != after.aliases.keys():
        found.append("ids")
    return tuple(found)


def given_twice(rows: Sequence[R]) -> dict[int, Answer]:
    """Refuse the rows whose id another row has with different data, by their place: nobody knows which of them is meant."""
    first: dict[str, R] = {}
    torn: dict[str, Answer] = {}
    for row in rows:
        other = first.setdefault(row.id, row)
        if _compared(other) != _compared(row):
            names = [name for one in (other, row) if (name := getattr(one, "name", None))]
            who = f" ({'; '.join(names)})" if names else ""
            said = f"{row.id} is given twice, with different data{who}: give each their own id."
            torn[row.id] = refuse(Refusal.GIVEN_TWICE, said)
    return {number: torn[row.id] for number, row in enumerate(rows) if row.id in torn}


def _compared(row: R) -> R:
    if not isinstance(row, Caregiver):
        return row
    return with_role_keys(row)


class _Rows:
    def __init__(self, entries: dict[str, Entry], rows: Sequence[Caregiver]) -> None:
        self.entries = entries
        self.rows = rows
        self.answers: dict[int, Answer] = {}
        self.changed: dict[str, None] = {}
        self.released: list[str] = []
        self.holders: dict[Identity, str] = {}
        self.main = {one: main for main, entry in entries.items() for one in (main, *entry.aliases)}

    def left(self) -> list[tuple[int, Caregiver]]:
        return [(number, row) for number, row in enumerate(self.rows) if number not in self.answers]

    def save(self, entry: Entry) -> None:
        self.entries[entry.own.id] = entry
        self.changed[entry.own.id] = None

    def release_aliases(self) -> None:
        for _, row in self.left():
            main = self.main.get(row.id)
            if row.distinct and main is not None and main != row.id:
                entry = self.entries[main]
                kept = {one: roles for one, roles in entry.aliases.items() if one != row.id}
                self.save(replace(entry, aliases=kept))
                self.released.append(row.id)
                del self.main[row.id]

    def update_known(self) -> None:
        rows_of: dict[str, list[int]] = defaultdict(list)
        for number, row in self.left():
            if row.id in self.main:
                rows_of[self.main[row.id]].append(number)
        updated = {main: self._updated(main, numbers) for main, numbers in rows_of.items()}
        clashes = self._clashes({main: entry for main, entry in updated.items() if entry is not None})
        for main, numbers in rows_of.items():
            entry = updated[main]
            if entry is not None and main not in clashes:
                self.save(entry)
            for number in numbers:
                if main in clashes:
                    self.answers.setdefault(number, _same_as(self.rows[number].id, clashes[main]))
                self.answers.setdefault(number, _saved(self.rows[number].id, main))

    def _updated(self, main: str, numbers: list[int]) -> Entry | None:
        """Give the entry as the rows of the person's ids want it; None where all of them are refused."""
        entry = self.entries[main]
        under_own = next((self.rows[number] for number in numbers if self.rows[number].id == main), None)
        own, aliases = under_own, dict(entry.aliases)
        for number in numbers:
            row = self.rows[number]
            moved, renamed = (
                row.phone != (own or entry.own).phone,
                name_key(row.name) != name_key((own or entry.own).name),
            )
            if (moved or renamed) if own is not None else (moved and renamed):
                self.answers[number] = _differs(row.id, main)
                continue
            if own is None:
                kept = {"id": main, "roles": entry.own.roles, "distinct": entry.own.distinct}
                own = row.model_copy(update=kept)
            if row.id != main:
                aliases[row.id] = row.roles
        return None if own is None else Entry(own, aliases)

    def _clashes(self, updated: Mapping[str, Entry]) -> dict[str, str]:
        """Find the people whose rows would make them somebody else who is known, and who that is.

        Whoever stays as they are comes first; whoever is refused stays too, so all is looked at again.
        """
        clashes: dict[str, str] = {}
        while True:
            moving = [
                main
                for main, entry in updated.items()
                if main not in clashes and entry.identity != self.entries[main].identity
            ]
            staying = (one.identity for main, one in self.entries.items() if main not in moving)
            names = (main for main in self.entries if main not in moving)
            self.holders = {identity: name for identity, name in zip(staying, names, strict=True) if identity}
            for main in moving:
                identity = updated[main].identity
                if identity is not None and self.holders.setdefault(identity, main) != main:
                    clashes[main] = self.holders[identity]
                    break
            else:
                return clashes

    def add_new(self) -> None:
        for number, row in self.left():
            entry = Entry(row)
            identity = entry.identity
            holder = self.holders.get(identity) if identity is not None else None
            if row.id in self.main:
                self.answers[number] = _saved(row.id, self.main[row.id])
            elif holder is not None:
                person = self.entries[holder]
                self.save(replace(person, aliases={**person.aliases, row.id: row.roles}))
                self.main[row.id] = holder
                self.answers[number] = _joined(row.id, person.own)
            else:
                self.save(entry)
                self.main[row.id] = row.id
                self.answers[number] = SAVED
                if identity is not None:
                    self.holders[identity] = row.id


def _saved(row_id: str, main: str) -> Answer:
    if row_id == main:
        return SAVED
    return Answer(
        status=Status.SUCCESS, message=f"Saved for {main}: {row_id} is another id of the same person."
    )


def _joined(row_id: str, person: Caregiver) -> Answer:
    off = "" if person.active else f" {person.id} is switched off and stays so."
    said = (
        f"{row_id} is the same person as {person.id} (same name and phone): it is now another id of {person.id},"
        f" with the roles of both; {APART}.{off}"
    )
    return Answer(status=Status.SUCCESS, message=said)


def _same_as(row_id: str, other: str) -> Answer:
    said = f"{row_id} would be the same person as {other} (same name and phone): leave out one of them, or {APART}."
    return refuse(Refusal.SAME_PERSON, said)


def _differs(row_id: str, main: str) -> Answer:
    said = f"{row_id} is another id of {main}, and the data differ: give both the same name and phone, or {APART}."
    return refuse(Refusal.SAME_PERSON, said)
