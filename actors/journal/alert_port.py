"""What the journal is told and asked of alerts."""

from dataclasses import dataclass, field
from datetime import datetime

from ...domain.alert import AlertKind

CALLS = 1_000_000_000
"""What a message to whoever is on call has for its cause: so many times the alert's number, and the number of the call."""

AGAIN = 10_000
"""An alert on which somebody writes after it was acknowledged is told from the first on the list on, and its calls are numbered
from the next multiple of this."""


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert that no event carries. `about` tells it from others of its kind where no person does (a phone, a
    channel): what is open on the same matter collects it."""

    kind: AlertKind
    message: str
    at: datetime
    organization_id: str | None = None
    shift_id: str | None = None
    caregiver_id: str | None = None
    contact_id: int | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class AlertChanges:
    """The ids of the alerts that one transaction opened and closed. One that only collects more is neither."""

    opened: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Which alerts to list; None does not narrow. Of those of no organization, each has the carriers that are down, and the
    only organization has them all."""

    organization_id: str | None = None
    kind: AlertKind | None = None
    shift_id: str | None = None
    open: bool | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """A shift in words ("RN Tue Jul 16 7am-3pm"), whose it is, and a caregiver's name, where one was asked for."""

    organization_id: str
    shift: str
    caregiver: str | None
