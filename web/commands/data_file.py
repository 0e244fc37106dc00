"""Files of data: read, JSON or CSV, and loaded into a desk; and what is said of it."""

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from ...actors.desk.desk import ShiftDesk
from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.port import Journal
from ...actors.journal.sqlite_journal import SqliteJournal
from ...actors.records import ShiftRecord
from ...domain.answer import Answer, Status
from ...domain.data.dataset import KINDS, BadData, CheckedData, DataSet, Raw, check_data, json_rows
from ...domain.data.rows import RawRow
from ...domain.data.sheet import decoded, read_sheet
from ...domain.json_text import NameGivenTwice, parse_json
from ...domain.shift.shift import Shift, ShiftStatus
from .load_plan import Change, PlannedRow, kept, plan, without_zone

SHOWN = 20
"""Rows of which something is said; a number stands for the others."""
SOON = timedelta(hours=2)
"""Until the first shift of a file that is moved begins, and up to an hour more, so that it begins on the hour."""


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """The rows of files, and what people should know of how they were read."""

    name: str
    rows: Raw
    notes: tuple[str, ...]

    @classmethod
    def read(cls, paths: Sequence[Path]) -> "ReadFiles":
        """Read files. Raises `BadData` when one is neither JSON nor a sheet that can be loaded."""
        rows: dict[str, list[RawRow]] = {kind: [] for kind in KINDS}
        notes: list[str] = []
        for path in paths:
            source = path.name if len(paths) > 1 else ""
            try:
                found, said = _rows(path, source)
            except BadData as error:
                raise BadData(f"{path}: {error}", error.faults) from error
            said = said if any(found.values()) else (*said, "there is nothing in it")
            notes += [f"{path}: {one}" for one in said]
            for kind, some in found.items():
                rows[kind] += some
        return cls(", ".join(map(str, paths)), rows, tuple(notes))

    def check(self, journal: Journal | None, owner: str | None = None) -> CheckedData:
        """Check all rows, with the organizations of the journal that they name."""
        naming = {"organizations": "id", "caregivers": "organization_id", "shifts": "organization_id"}
        rows = ((row.data, name) for kind, name in naming.items() for row in self.rows[kind])
        values = (row.get(name) for row, name in rows if isinstance(row, dict))
        names = {value for value in values if isinstance(value, str) and value.isascii()}
        found = (journal.organization(name) for name in names) if journal else ()
        return check_data(self.rows, {one.id: one for one in found if one is not None}, owner, self.name)


def saved_journal(store: str) -> "closing[SqliteJournal] | None":
    """Open the journal to look at it, beside whoever has it; None when there is none yet."""
    file = DatabaseFile.at(store)
    return closing(SqliteJournal.open_read_only(store)) if file.path.exists() else None


def bring_missing(desk: ShiftDesk, path: Path, *, soon: bool = False) -> tuple[str, list[str]]:
    """Load what a file holds and the journal does not; give a line that sums it up, and what else is to be known.

    What is there stays as it is: a caregiver who was switched off stays off. `soon` moves the file's shifts; those that are
    over, that somebody has or that were called off come anew, so that there is always something to fill. Raises `BadData`.
    """
    files = ReadFiles.read([path])
    data = files.check(desk.journal).refuse_faults()
    if soon:
        data = moved(data, desk.clock.now())
    planned = [_anew(one, desk) if soon else one for one in plan(data, desk.journal)]
    missing = [one for one in planned if one.change is Change.NEW]
    answers = desk.load(kept(planned, Change.NEW), by="load")
    there = len(planned) - len(missing)
    said = f"{files.name}: {counted(data)}; {len(missing)} rows were missing and are in the journal now"
    if there:
        said += f", {there} were there and stay as they are"
    return said, [*files.notes, *refusals(answers), *asked_zones(data, desk.journal)]


def ever_again(shift_id: str, desk: ShiftDesk) -> Iterator[tuple[str, ShiftRecord | None]]:
    """Give the ids under which a shift of an example has come, again and again, and what stands there; the last is free."""
    for number in count(1):
        name = shift_id if number == 1 else f"{shift_id}-{number}"
        record = desk.shift(name)
        yield name, record
        if record is None:
            return


def _anew(planned: PlannedRow, desk: ShiftDesk) -> PlannedRow:
    row = planned.row
    if not isinstance(row, Shift) or planned.change is Change.NEW:
        return planned
    for name, record in ever_again(row.id, desk):
        if record is not None and record.status in (ShiftStatus.CLAIMED, ShiftStatus.CANCELLED):
            continue
        if record is None or record.end_time <= desk.clock.now():
            return PlannedRow(row.model_copy(update={"id": name}), Change.NEW)
        break
    return planned


def moved(data: DataSet, now: datetime) -> DataSet:
    """Move all shifts by the same stretch, so that the first begins within hours of `now`, on the hour: an example stays one
    whenever it is tried out."""
    if not data.shifts:
        return data
    first = min(one.start_time for one in data.shifts)
    hour = now.replace(minute=0, second=0, microsecond=0)
    by = hour + SOON + (timedelta(hours=1) if hour < now else timedelta()) - first
    shifts = (
        one.model_copy(update={"start_time": one.start_time + by, "end_time": one.end_time + by})
        for one in data.shifts
    )
    return data.model_copy(update={"shifts": tuple(shifts)})


def counted(data: DataSet) -> str:
    """Count the rows."""
    counts = {
        "organization": len(data.organizations),
        "shift": len(data.shifts),
        "caregiver": len(data.caregivers),
    }
    told = [f"{count} {what}{'' if count == 1 else 's'}" for what, count in counts.items() if count]
    return ", ".join(told) or "nothing"


def changes(planned: Sequence[PlannedRow]) -> str:
    """Count what becomes of rows."""
    counts = Counter(one.change for one in planned)
    return ", ".join(f"{counts[change]} {change}" for change in Change if counts[change]) or "nothing to do"


def shortened(lines: Sequence[str]) -> list[str]:
    """Give the first lines, and how many more there are."""
    return [*lines[:SHOWN], *([f"... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else [])]


def refusals(answers: Sequence[Answer]) -> list[str]:
    """Say why rows were refused after all."""
    return shortened([one.message for one in answers if one.status is Status.REFUSED])


def asked_zones(data: DataSet, journal: Journal | None) -> list[str]:
    """Ask for the time zones that are missing."""
    return shortened(
        [
            f"organization {name} has no time_zone, and texts say UTC until it has one: give it, as America/Chicago"
            for name in without_zone(data, journal)
        ]
    )


def looked_over(data: DataSet, now: datetime) -> list[str]:
    """Say what nobody may have meant: shifts that are over, and the roles, each as it is spelled."""
    over = [
        f"shift {one.id} is over already: look at its dates" for one in data.shifts if one.end_time <= now
    ]
    roles = Counter(role for one in data.caregivers for role in one.roles)
    named = ", ".join(shortened([f"{role} ({count})" for role, count in roles.most_common()]))
    return [*shortened(over), *([f"roles of caregivers: {named}"] if len(roles) > 1 else [])]


def _rows(path: Path, source: str) -> tuple[Raw, tuple[str, ...]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadData(str(error.strerror)) from error
    # What it holds says what it is; its name may be anything, but for a name that says JSON.
    begins = content.removeprefix(BOM_UTF8).lstrip()[:1]
    if path.suffix.lower() != ".json" and begins not in (b"{", b"["):
        sheet = read_sheet(content, source)
        return {sheet.kind: sheet.rows}, sheet.notes
    text, notes = decoded(content)
    try:
        return json_rows(parse_json(text), source), notes
    except NameGivenTwice as error:
        raise BadData(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise BadData(f"it is not JSON ({error})") from error
