"""Forgetting a person: their name, phone, words and id leave the journal; what happened to shifts stays."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from sqlite3 import Cursor
from typing import Any

from ....domain.conversation.events import CONVERSATION_EVENT
from ....domain.errors import FirstyesError
from ....domain.gsm7 import respell
from ....domain.shift.events import SHIFT_EVENT
from ..alert_port import CALLS
from ..kept_opt_outs import keep_opt_outs

# ruff: noqa: S608 - what is put into queries are names of ours
ERASED = "(erased)"
"""What stands in the place of words."""

PERSON = """
SELECT caregivers.key, caregivers.id, caregivers.name, caregivers.contact_id, contacts.phone,
  (SELECT json_group_array(id) FROM caregiver_aliases WHERE caregiver = caregivers.key),
  EXISTS (SELECT 1 FROM caregivers AS other WHERE other.contact_id = caregivers.contact_id AND other.key <> caregivers.key)
FROM caregivers CROSS JOIN contacts ON contacts.id = caregivers.contact_id
WHERE caregivers.key = coalesce((SELECT key FROM caregivers WHERE id = ?1),
  (SELECT caregiver FROM caregiver_aliases WHERE id = ?1))
"""
FORMER = """
SELECT id, phone FROM contacts WHERE id IN (
    SELECT contact_id FROM outbox WHERE caregiver_id = :new UNION SELECT contact_id FROM inbox WHERE caregiver_id = :new
    UNION SELECT contact_id FROM offers WHERE caregiver_id = :new)
  AND NOT EXISTS (SELECT 1 FROM caregivers WHERE contact_id = contacts.id)
  AND NOT EXISTS (SELECT 1 FROM offers WHERE contact_id = contacts.id AND caregiver_id <> :new)
"""
HELD = """
SELECT shifts.shift_id FROM claims CROSS JOIN shifts ON shifts.key = claims.shift
WHERE claims.caregiver_id = ? AND claims.released_at IS NULL AND claims.ends > ? LIMIT 1
"""
ON_CALL = "SELECT id FROM organizations WHERE EXISTS (SELECT 1 FROM json_each(on_call) WHERE value ->> '$[1]' = ?) LIMIT 1"
# Every table that names caregivers does so in a column of this name, but for who has a shift.
NAMING = """
SELECT sqlite_master.name, columns.name FROM sqlite_master CROSS JOIN pragma_table_info(sqlite_master.name) AS columns
WHERE sqlite_master.type = 'table' AND columns.name IN ('caregiver_id', 'claimed_by')
"""
MATTERS = "UPDATE alerts SET matter = substr(matter, 1, length(matter) - ?2) || ?1 WHERE substr(matter, -1 - ?2) = ?3"
BY_COLUMNS = (("alerts", "closed_by"), ("alerts", "acknowledged_by"))
THEIRS = "(caregiver_id = :new OR (:alone AND contact_id = :contact))"
CLOSE_ALERTS = f"UPDATE alerts SET closed_at = :now, closed_by = 'erased', call_at = NULL WHERE closed_at IS NULL AND {THEIRS}"
# The digest of a short text gives the text away.
FORGET_HEARD = (
    f"UPDATE inbox SET body = '', words = '[]', reason = '', digest = 'erased-' || id WHERE {THEIRS}"
)
FORGET_SENT = (
    "UPDATE outbox SET body = '', state = iif(state IN ('planned', 'sending', 'unknown'), 'dropped', state), queue = NULL "
    f"WHERE {THEIRS}"
)
FORGET_TOLD = (
    f"UPDATE outbox SET body = :erased WHERE purpose = 'alert' AND cause / {CALLS} IN "
    f"(SELECT id FROM alerts WHERE {THEIRS})"
)
FORGET_AGREED = f"UPDATE consents SET words = :erased WHERE words IS NOT NULL AND {THEIRS}"
FORGET_ALERTS = f"UPDATE alerts SET message = :erased WHERE {THEIRS}"
EVENTS = "SELECT events.id, streams.name, data FROM events CROSS JOIN streams ON streams.id = events.stream"
TEXTS = (
    ("outbox", "seq", "body"),
    ("outbox", "seq", "error"),
    ("inbox", "id", "body"),
    ("inbox", "id", "words"),
    ("inbox", "id", "reason"),
    ("inbox", "id", "answer"),
    ("inbox", "id", "to_phone"),
    ("alerts", "id", "message"),
    ("alerts", "id", "matter"),
    ("consents", "rowid", "words"),
)
"""Columns in which others are told, or tell, of somebody."""

FREE_WORDS = frozenset({"message", "override", "words"})
"""Fields of events in which there may be words about somebody."""


class CannotErase(FirstyesError):
    """Raised when there is no such person, or something has to be done first; the message says what."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: under which id what is left is found, and how much was changed. `keeps_opt_out`: what their number had
    stopped is kept under a hash of it."""

    left_as: str
    keeps_opt_out: bool
    messages: int
    events: int
    shared_phone: bool


@dataclass(frozen=True, slots=True)
class _Person:
    key: int
    ids: frozenset[str]
    contact: int
    alone: bool
    name: str
    phone: str
    former: tuple[tuple[int, str], ...] = ()

    @property
    def new(self) -> str:
        return f"erased-{self.key}"

    @property
    def numbers(self) -> tuple[tuple[int, str], ...]:
        """The phones that nobody has besides, each with its contact."""
        return (*(((self.contact, self.phone),) if self.alone else ()), *self.former)


def erase(cursor: Cursor, caregiver_id: str, now: int) -> Erased:
    """Forget a person, in the transaction that is open; `now` is in microseconds.

    Their id becomes one that says nothing, wherever it stands, so that shifts stay filled by somebody. Where others have the
    same phone, it stays theirs, with what came from it and was not known to be this person's; else what it had stopped is kept
    under a hash of it. A number that they had before, and that nobody has now, goes the same way. Raises `CannotErase`.
    """
    person = _person(cursor, caregiver_id)
    _refuse_needed(cursor, person, now)
    values = {
        "new": person.new,
        "contact": person.contact,
        "alone": person.alone,
        "now": now,
        "erased": ERASED,
    }
    for table, column in cursor.execute(NAMING).fetchall():
        _rename(cursor, table, column, dict.fromkeys(person.ids, person.new))
    for one in person.ids:
        cursor.execute(MATTERS, (person.new, len(one), f"/{one}"))
    for table, column in BY_COLUMNS:
        _rename(cursor, table, column, {f"caregiver:{one}": f"caregiver:{person.new}" for one in person.ids})
    cursor.execute(CLOSE_ALERTS, values)
    heard = cursor.execute(FORGET_HEARD, values).rowcount
    sent = cursor.execute(FORGET_SENT, values).rowcount
    cursor.execute(FORGET_TOLD, values)
    cursor.execute(FORGET_ALERTS, values)
    cursor.execute(FORGET_AGREED, values)
    person = replace(person, former=tuple(cursor.execute(FORMER, values).fetchall()))
    _forget_answers(cursor, values)
    without = _without(person)
    events = _rewrite_events(cursor, person, without)
    cursor.execute(
        "UPDATE claims SET override = ? WHERE caregiver_id = ? AND override IS NOT NULL", (ERASED, person.new)
    )
    _rewrite_texts(cursor, without)
    kept = sum(keep_opt_outs(cursor, *one) for one in person.numbers) > 0
    _forget_person(cursor, person)
    return Erased(person.new, kept, heard + sent, events, not person.alone)


def _person(cursor: Cursor, caregiver_id: str) -> _Person:
    row = cursor.execute(PERSON, (caregiver_id,)).fetchone()
    if row is None:
        raise CannotErase(f"There is no caregiver {caregiver_id}.")
    key, own, name, contact, phone, aliases, shared = row
    return _Person(key, frozenset({own, *json.loads(aliases)}), contact, not shared, name, phone)


def _refuse_needed(cursor: Cursor, person: _Person, now: int) -> None:
    for one in person.ids:
        held = cursor.execute(HELD, (one, now)).fetchone()
        if held is not None:
            raise CannotErase(
                f"They have the shift {held[0]}: release it first, so that it is offered to others."
            )
    on_call = cursor.execute(ON_CALL, (person.phone,)).fetchone()
    if on_call is not None and person.alone:
        raise CannotErase(
            f"Their phone is on call for {on_call[0]}: take it from the organization's on_call first."
        )


def _rename(cursor: Cursor, table: str, column: str, names: dict[str, str]) -> None:
    for former, new in names.items():
        cursor.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, former))


def _forget_answers(cursor: Cursor, values: dict[str, object]) -> None:
    """Of what was answered, how it stood is kept: the words are gone."""
    for number, answer in cursor.execute(f"SELECT id, answer FROM inbox WHERE {THEIRS}", values).fetchall():
        said = _walked(json.loads(answer), lambda name, value: "" if name == "message" else value)
        cursor.execute("UPDATE inbox SET answer = ? WHERE id = ?", (json.dumps(said), number))


def _without(person: _Person) -> Callable[[str], str]:
    """Give what takes name and phone of somebody out of a text, however they are written there."""
    written = {person.name, respell(person.name), json.dumps(person.name)[1:-1]}
    written |= {phone for _, phone in person.numbers}
    longest_first = sorted((re.escape(one) for one in written if one), key=len, reverse=True)
    found = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
    return lambda text: found.sub(ERASED, text)


def _rewrite_events(cursor: Cursor, person: _Person, without: Callable[[str], str]) -> int:
    """Write the events of somebody anew. None goes, and none is moved."""
    own = {f"contact/{contact}" for contact, _ in person.numbers}
    ids = {
        **dict.fromkeys(person.ids, person.new),
        **{f"caregiver:{one}": f"caregiver:{person.new}" for one in person.ids},
    }
    marks = (*person.ids, *(f'"{name}"' for name in FREE_WORDS))
    changed = 0
    for number, stream, data in cursor.execute(EVENTS).fetchall():
        if not any(one in data for one in marks):
            continue
        found = json.loads(data)
        about = found.get("caregiver_id") in person.ids or stream in own

        def forget(name: str, value: Any, about: bool = about) -> Any:
            if not isinstance(value, str):
                return value
            if name in ("caregiver_id", "caregiver_ids", "by"):
                return ids.get(value, value)
            if name in FREE_WORDS:
                return ERASED if about else without(value)
            return value

        def forget_offer(offer: dict[str, Any]) -> dict[str, Any]:
            return {**offer, "initials": None} if offer.get("caregiver_id") == person.new else offer

        written = _walked(found, forget)
        if "offers" in written:
            written["offers"] = [forget_offer(one) for one in written["offers"]]
        if "offer" in written:
            written["offer"] = forget_offer(written["offer"])
        if written == found:
            continue
        reader = SHIFT_EVENT if stream.startswith("shift/") else CONVERSATION_EVENT
        cursor.execute(
            "UPDATE events SET data = ? WHERE id = ?",
            (reader.validate_python(written, strict=False).model_dump_json(), number),
        )
        changed += 1
    return changed


def _walked(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """Give JSON with every value changed, by the name that it has or that its list has."""
    if isinstance(value, dict):
        return {key: _walked(one, change, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_walked(one, change, name) for one in value]
    return change(name, value)


def _rewrite_texts(cursor: Cursor, without: Callable[[str], str]) -> None:
    for table, key, column in TEXTS:
        which = f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> ''"
        for number, text in cursor.execute(which).fetchall():
            if (left := without(text)) != text:
                cursor.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (left, number))


def _forget_person(cursor: Cursor, person: _Person) -> None:
    """Leave a row that nobody can be reached by, and that is not listed: what is left of them points to it."""
    contact = person.contact
    if person.alone:
        cursor.execute("UPDATE contacts SET phone = ?, last_code = NULL WHERE id = ?", (person.new, contact))
    else:
        cursor.execute("INSERT INTO contacts (phone) VALUES (?)", (person.new,))
        contact = cursor.lastrowid or 0
    for former, _ in person.former:
        values = (f"{person.new}-{former}", former)
        cursor.execute("UPDATE contacts SET phone = ?, last_code = NULL WHERE id = ?", values)
    cursor.execute("DELETE FROM caregiver_roles WHERE caregiver = ?", (person.key,))
    cursor.execute("DELETE FROM caregiver_aliases WHERE caregiver = ?", (person.key,))
    cursor.execute(
        "UPDATE caregivers SET id = ?, name = ?, contact_id = ?, role_keys = '[]', active = 0, is_distinct = 1 WHERE key = ?",
        (person.new, ERASED, contact, person.key),
    )
