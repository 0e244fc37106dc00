"""Alerts, and the inbox: what a person has to see to, and what a person has to read."""

from collections import Counter
from dataclasses import dataclass

from flask import Response, request

from ...actors.journal.access_port import Owned
from ...actors.marking import Meaning
from ...actors.records import AlertRecord, MessageRecord
from ...domain.alert import AlertKind
from ..http.problems import refuse_unknown
from .console import Console
from .forms import Said, told
from .story import READ_AS
from .told import by_whom
from .viewer import Viewer

TO_READ = frozenset(
    {AlertKind.NEEDS_READING, AlertKind.HOLDER_WROTE, AlertKind.DROP_REQUESTED, AlertKind.WILLING}
)
"""The kinds of alerts that are about what somebody wrote."""
MOST = 100
NEWEST = 3
"""Messages of one alert that are shown."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """What somebody wrote and nobody could read for certain; `suggestion` is how it was read all the same, `meant` what that
    comes to."""

    alert: AlertRecord
    messages: list[MessageRecord]
    suggestion: str | None
    meant: Meaning


def add_alerts(console: Console) -> None:
    """Add the alerts and the inbox."""
    desk = console.desk
    counted: dict[frozenset[str] | None, tuple[int, Counter[bool]]] = {}

    def waiting(viewer: Viewer) -> Counter[bool]:
        """Count the open alerts that somebody sees: those about what somebody wrote, and the others."""
        version = desk.version(viewer.organization_ids)
        known = counted.get(viewer.organization_ids)
        if known is None or known[0] != version:
            kinds = (one.kind in TO_READ for one in listed(viewer, still_open=True))
            known = counted[viewer.organization_ids] = version, Counter(kinds)
        return known[1]

    console.link("Alerts", "/console/alerts", waiting=lambda viewer: waiting(viewer).total())
    console.link("Inbox", "/console/inbox", waiting=lambda viewer: waiting(viewer)[True])

    def listed(viewer: Viewer, *, still_open: bool) -> list[AlertRecord]:
        seen = viewer.organization_ids
        pages = [None] if seen is None else sorted(seen)
        found = {
            alert.id: alert
            for one in pages
            for alert in desk.alerts(organization_id=one, open=still_open, limit=MOST).items
        }
        return sorted(found.values(), key=lambda one: one.last_at, reverse=True)[:MOST]

    @console.page("/console/alerts")
    def alerts(viewer: Viewer) -> Response:
        closed = request.args.get("closed") == "1"
        return console.render(
            "alerts.html",
            viewer,
            alerts=[
                (one, _messages(one), viewer.may_act and is_theirs(viewer, one))
                for one in listed(viewer, still_open=not closed)
            ],
            closed=closed,
            zone=console.zone(viewer),
        )

    @console.page("/console/inbox")
    def inbox(viewer: Viewer) -> Response:
        waiting = [_to_read(one) for one in listed(viewer, still_open=True) if one.kind in TO_READ]
        return console.render(
            "inbox.html", viewer, waiting=[one for one in waiting if one.messages], zone=console.zone(viewer)
        )

    def _messages(alert: AlertRecord) -> list[MessageRecord]:
        found = [desk.message(one) for one in alert.message_ids[-NEWEST:]]
        return [one for one in found if one is not None]

    def _to_read(alert: AlertRecord) -> ToRead:
        messages = _messages(alert)
        reading = (messages[-1].reading if messages else None) or {}
        intent, why = str(reading.get("intent")), str(reading.get("reason") or "")
        read = READ_AS.get(intent)
        meant = {"accept": Meaning.YES, "decline": Meaning.NO, "call_off": Meaning.NO}.get(
            intent, Meaning.OTHER
        )
        return ToRead(alert, messages, f"{read} ({why})" if read and why else read, meant)

    def seen(viewer: Viewer, alert_id: str) -> AlertRecord:
        found = next(iter(desk.journal.alerts_by_id([int(alert_id)])), None)
        if found is None or not is_theirs(viewer, found):
            raise refuse_unknown("alert", alert_id)
        return found

    def is_theirs(viewer: Viewer, alert: AlertRecord) -> bool:
        """Whether it is of an organization that they see. Of none are those that concern everybody, or whom nobody knows."""
        seen = viewer.organization_ids
        return seen is None or not seen.isdisjoint(desk.owners(Owned.ALERT, str(alert.id)))

    @console.action("/console/alerts/<parameter(alert_id):alert_id>/close")
    def close_alert(viewer: Viewer, alert_id: str) -> Said:
        desk.close_alert(seen(viewer, alert_id).id, by=viewer.name)
        return Said("Seen to: the alert is closed.")

    @console.action("/console/alerts/<parameter(alert_id):alert_id>/acknowledge")
    def acknowledge_alert(viewer: Viewer, alert_id: str) -> Said:
        alert = desk.acknowledge_alert(seen(viewer, alert_id).id, by=viewer.name)
        if alert is None or alert.closed_at is not None:
            return Said("It was seen to already.", done=False)
        if alert.acknowledged_by != viewer.name:
            return Said(f"{by_whom(alert.acknowledged_by or '')} sees to it already.", done=False)
        return Said("It is yours: nobody else is told of it.")

    @console.action("/console/inbox/<parameter(message_id):message_id>/mark")
    def mark(viewer: Viewer, message_id: str) -> Said:
        alert = next((one for one in listed(viewer, still_open=True) if message_id in one.message_ids), None)
        if alert is None:
            return Said("Somebody has seen to this already.", done=False)
        meaning = request.form.get("meaning", "")
        if meaning not in set(Meaning):
            return Said("Say whether it is a yes, a no, or neither.", done=False)
        return told(
            desk.mark(message_id, Meaning(meaning), by=viewer.name, organization_ids=viewer.organization_ids)
        )
