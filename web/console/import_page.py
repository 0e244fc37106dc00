"""Caregivers from a sheet and into one: nothing is taken in before it was shown row by row."""

import csv
import io
import re
from collections.abc import Iterator
from functools import partial

from flask import Response, request

from ...actors.records import CaregiverRecord, whole
from ...domain.access.user import Right
from ...domain.caregiver import Caregiver
from ...domain.data.dataset import BadData, CheckedData, check_data
from ...domain.data.sheet import COLUMNS, Sheet, read_sheet
from ...domain.organization import Organization
from ...domain.policy import Channel
from ..commands.load_plan import Change, PlannedRow, kept, plan
from .console import Console, download
from .forms import Said
from .viewer import Viewer

MOST_BYTES = 2_000_000
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would reckon, or that was kept from it."""


def add_import(console: Console) -> None:
    """Add the way in and out for sheets."""
    desk = console.desk

    @console.page("/console/caregivers.csv")
    def export(viewer: Viewer) -> Response:
        return download("caregivers.csv", write_sheet(_everybody(viewer)))

    @console.page("/console/caregivers-import", Right.ACT)
    def import_sheet(viewer: Viewer) -> Response:
        return console.render("import.html", viewer, planned=None, owners=console.organizations(viewer))

    @console.form("/console/caregivers-import")
    def preview_import(viewer: Viewer) -> Response:
        file, text = request.files.get("sheet"), request.form.get("sheet_text", "")
        content = file.read(MOST_BYTES + 1) if file is not None and file.filename else text.encode()
        owner = request.form.get("organization_id") or None
        owners = console.organizations(viewer)
        try:
            sheet, found = _read(content, owners, owner)
            planned = _plan(found, owners)
            faults = [str(one) for one in found.faults]
        except BadData as error:
            sheet, planned, faults = None, [], [str(error)]
        refused = [one for one in planned if one.change is Change.REFUSED]
        return console.render(
            "import.html",
            viewer,
            # A long sheet is not shown to its end: what keeps it out stands first.
            planned=sorted(planned, key=lambda one: one.change is not Change.REFUSED),
            faults=faults,
            notes=sheet.notes if sheet else (),
            ready=bool(planned) and not faults and not refused,
            counts={change: sum(one.change is change for one in planned) for change in Change},
            text=sheet.text if sheet else "",
            owner=owner,
            owners=owners,
        )

    @console.action("/console/caregivers-import/carry-out")
    def import_caregivers(viewer: Viewer) -> Said:
        owners = console.organizations(viewer)
        try:
            _, found = _read(
                request.form.get("sheet_text", "").encode(),
                owners,
                request.form.get("organization_id") or None,
            )
            found.refuse_faults()
        except BadData as error:
            return Said(str(error), done=False)
        planned = _plan(found, owners)
        if any(one.change is Change.REFUSED for one in planned):
            return Said("Something has changed meanwhile: look at the sheet again.", done=False)
        people = kept(planned, Change.NEW, Change.CHANGED).caregivers
        answers = desk.put_caregivers(people, viewer.name)
        refused = [one.message for one in answers if one.refusal is not None]
        if refused:
            return Said(f"{len(answers) - len(refused)} rows are saved; {refused[0]}", done=False)
        same = len(planned) - len(people)
        also = f", and {same} are as before" if same else ""
        saved = "1 row is" if len(people) == 1 else f"{len(people)} rows are"
        return Said(f"{saved} saved{also}.", back="/console/caregivers")

    def _plan(found: CheckedData, owners: tuple[Organization, ...]) -> list[PlannedRow]:
        ours = {one.id for one in owners}
        return [
            one
            if isinstance(one.row, Caregiver) and one.row.organization_id in ours
            else PlannedRow(one.row, Change.REFUSED, "there is no such organization here")
            for one in plan(found.data, desk.journal)
        ]

    def _everybody(viewer: Viewer) -> Iterator[CaregiverRecord]:
        seen = viewer.organization_ids
        for whose in [None] if seen is None else sorted(seen):
            yield from whole(partial(desk.caregivers, whose))


def _read(content: bytes, owners: tuple[Organization, ...], owner: str | None) -> tuple[Sheet, CheckedData]:
    if not content.strip():
        raise BadData("choose a file with something in it")
    if len(content) > MOST_BYTES:
        raise BadData("the file is longer than 2 MB; split it")
    sheet = read_sheet(content, "")
    if sheet.kind != "caregivers":
        raise BadData(f"it is a sheet of {sheet.kind}; give one of caregivers")
    if not sheet.rows:
        raise BadData("there are no rows in it below the names of its columns")
    known = {one.id: one for one in owners}
    only = owner or (next(iter(known)) if len(known) == 1 else None)
    return sheet, check_data(
        {"caregivers": sheet.rows, "shifts": (), "organizations": ()}, known, only, "the sheet"
    )


def write_sheet(people: Iterator[CaregiverRecord]) -> str:
    """Write caregivers as a sheet that can be read in again. No cell of it is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS["caregivers"])
    for one in people:
        roles = ";".join(one.roles)
        # Read as one list, whatever stands in a role.
        roles += ";;" if re.search(r"[,/|]", roles) else ""
        cells = (one.id, one.name, roles, one.phone, one.organization_id, one.language)
        consents = (_consent(one, Channel.SMS, one.opted_out), _consent(one, Channel.VOICE, one.no_calls))
        flags = ("yes" if one.active else "no", "yes" if one.distinct else "no")
        writer.writerow([*map(as_text, cells), *flags, *map(as_text, consents)])
    return out.getvalue()


def _consent(person: CaregiverRecord, channel: Channel, stopped: bool) -> str:
    """Give the cell that states what counts now; "no" where the person wants none."""
    agreed = next((one for one in person.consents if one.channel is channel), None)
    if agreed is None or agreed.given_at is None:
        return "no" if stopped else ""
    return "; ".join(filter(None, (agreed.how, agreed.given_at.isoformat(), agreed.words)))


def as_text(cell: str) -> str:
    """Give a cell that a spreadsheet takes for text; a sheet that is read in loses the mark again."""
    return f"'{cell}" if FORMULA.match(cell) else cell
