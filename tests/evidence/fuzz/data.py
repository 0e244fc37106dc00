"""Fuzzing what is read from files, settings and queries, and what is written into texts."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import TypeAdapter, ValidationError

from firstyes.actors.carriers.sent_log import SentLog
from firstyes.actors.journal.port import BadCursor
from firstyes.actors.journal.queries.cursors import cursor_after, number_position, text_position
from firstyes.domain import wording
from firstyes.domain.data.dataset import BadData, DataSet
from firstyes.domain.gsm7 import respell, segments, septets
from firstyes.domain.instant import EARLIEST, LATEST, Instant
from firstyes.domain.phone import Phone, mask, normalise
from firstyes.domain.policy import BadRounds, parse_rounds
from firstyes.domain.replies.reading import Reply
from firstyes.domain.shift.shift import Shift, ShiftStatus
from firstyes.domain.voice import script
from firstyes.web.commands.classify import classify
from firstyes.web.commands.data_file import ReadFiles
from firstyes.web.service.settings import BadSettings, ServiceSettings, read_settings, unknown_variables
from simulation.stimulus import BadStory, Story

from ..evidence import ROOT
from .bytes import Drawn
from .replies import OFFER, READER, labelled
from .target import Target, encodable

PHONE: TypeAdapter[str] = TypeAdapter(Phone)
INSTANT: TypeAdapter[Any] = TypeAdapter(Instant)
SECRETS = frozenset({"api_token", "llm_api_key"})
LISTS = ("shifts", "messages", "alerts")


def read_phone(data: bytes) -> None:
    """Try anything as a phone number."""
    text = data.decode("utf-8", "surrogateescape")
    once = normalise(text)
    assert normalise(once) == once, (text, once)
    assert sum(letter != "*" for letter in mask(once)) <= max(2, once.count("*")) or once.count("*")
    try:
        phone = PHONE.validate_python(text)
    except ValidationError:
        return
    assert PHONE.validate_python(phone) == phone, (text, phone)
    assert "\x00" not in phone


def read_instant(data: bytes) -> None:
    """Try anything as an instant."""
    try:
        instant = INSTANT.validate_python(data.decode("utf-8", "surrogateescape"))
    except ValidationError:
        return
    assert EARLIEST <= instant <= LATEST
    assert INSTANT.validate_python(instant.isoformat()) == instant


def read_data_file(data: bytes) -> None:
    """Try any bytes as a file to load."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        file = Path(folder) / "data.json"
        file.write_bytes(data)
        told = ""
        try:
            files = ReadFiles.read([file])
            found = files.check(None).refuse_faults()
        except BadData as error:
            told = str(error)
    assert encodable(told), "a message that cannot be shown"
    if told:
        return
    assert isinstance(found, DataSet)
    named = {one.id for one in (*found.organizations, *found.named_organizations())}
    assert {one.organization_id for one in found.shifts} | {
        one.organization_id for one in found.caregivers
    } <= named


def read_kept_file(data: bytes) -> None:
    """Try any bytes as a story, as the simulator's log, and as messages on standard input."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        file = Path(folder) / "file"
        file.write_bytes(data)
        with suppress(BadStory):
            Story.read(file)
        log = SentLog(file)
        assert all(len(one) == 2 for one in log.taken())
        log.close()
    lines = [line.decode("utf-8", "surrogateescape") for line in data.splitlines(keepends=True)]
    read = list(classify(lines, OFFER, READER))
    assert len(read) == len(lines)
    assert all(encodable(json.dumps(one, ensure_ascii=False)) for one in read)


def read_cursor(data: bytes) -> None:
    """Try anything as a cursor of each list, and anything as a position in one."""
    text = data.decode("utf-8", "surrogateescape")
    for name in LISTS:
        try:
            place = text_position(name, text)
            assert cursor_after(name, place or "") == text
            number = number_position(name, text)
            assert number is not None and 0 <= number < 10**18
        except BadCursor:
            continue
    if encodable(text) and len(text) < 200:
        assert text_position("shifts", cursor_after("shifts", text)) == text


def read_service_settings(data: bytes) -> None:
    """Try anything as settings."""
    drawn = Drawn(data)
    fields = list(ServiceSettings.model_fields)
    given = {drawn.choice(fields): drawn.text(120) for _ in range(1 + drawn.number(4))}
    try:
        read_settings(given)
    except BadSettings as error:
        told = str(error)
        secrets = [value for name, value in given.items() if name in SECRETS and len(value) > 8]
        assert not any(secret in told for secret in secrets), "a secret is told"
    unknown_variables({f"FIRSTYES_{drawn.text(20)}": "" for _ in range(2)})
    with suppress(BadRounds):
        assert 1 <= len(parse_rounds(drawn.rest_text)) <= 10


def write_texts(data: bytes) -> None:
    """Try every text about a shift with any role and place, at any time, from any sender."""
    drawn = Drawn(data)
    starts = drawn.instant()
    raw = {
        "id": "s",
        "organization_id": "o",
        "role_required": drawn.text(44),
        "area": drawn.text(90) or None,
        "start_time": starts,
        "end_time": starts + timedelta(minutes=1 + drawn.number(5000)),
        "time_zone": drawn.choice((None, "America/Chicago", "Asia/Kathmandu", "Pacific/Apia")),
    }
    try:
        shift = Shift.model_validate(raw)
    except ValidationError:
        return
    sender, initials, language = (
        drawn.text(90) or None,
        drawn.text(4) or None,
        drawn.choice(("en", "es", "xx")),
    )
    code, zone = str(10 + drawn.number(9990)), drawn.choice((None, "Europe/Dublin", "no/such/zone"))
    text = wording.offer(shift, zone, sender, code, language, initials)
    given = (shift.role_required, shift.area, sender, initials)
    assert septets(text) is not None or not all(map(_plain, given)), f"{text!r} is outside the alphabet"
    assert (f"YES {code}" in text and f"NO {code}" in text) or f"SI {code}" in text
    brief = wording._cut(sender, wording.SHORT_SENDER) or None
    short = wording.offer(shift.model_copy(update={"area": None}), zone, brief, code, language, initials)
    assert segments(text) <= segments(short), f"{text!r} need not be so long"
    what = wording.describe(shift, zone, language)
    for outcome in ShiftStatus:
        assert what in wording.too_late(what, outcome, language)
    for told in (wording.confirmation, wording.already_yours, wording.release, wording.drop_noted):
        assert septets(told(what, language)) is not None or not _plain(shift.role_required)
    assert septets(wording.help_text(sender, language)) is not None or not _plain(sender)
    told_in = shift.time_zone or zone
    assert script.offer(shift.role_required, shift.start_time, shift.end_time, told_in, sender, language)
    READER.read(Reply(text=text, offers=(OFFER,)))


def _plain(text: str | None) -> bool:
    """Whether it can be written in the alphabet of texts; one letter that cannot makes the whole text wide."""
    return text is None or septets(respell(text)) is not None


MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def phones() -> Iterator[bytes]:
    """Numbers as people write them."""
    for text in (
        "(312) 555-0105",
        "+13125550105",
        "+15550001",
        "312.555.0105 x12",
        "001 49 30 1234567",
        "１２３",
    ):
        yield text.encode()


def instants() -> Iterator[bytes]:
    """Times, right and not quite."""
    for text in (
        "2030-07-14T07:00:00-05:00",
        "1970-01-02T00:00:00Z",
        "9998-12-30T00:00:00+23:59",
        "2030-07-14 07:00",
    ):
        yield text.encode()


def files() -> Iterator[bytes]:
    """The sample, and small ones."""
    sample = (ROOT / "sample" / "sample_data.json").read_bytes()
    yield sample
    raw = json.loads(sample)
    yield json.dumps({"shifts": raw["shifts"][:1], "caregivers": raw["caregivers"][:1]}).encode()
    yield b'{"organizations":[{"id":"a","time_zone":"UTC","rounds":[{"channel":"sms","wait":6}]}]}'
    yield b'{"\\ud800":1}'


def kept_files() -> Iterator[bytes]:
    """A story, a log, and messages."""
    yield b'{"seed": 1, "stimuli": [\n[1.0, 1, "say", "a", "b"]\n]}\n'
    yield b'{"at":"x","key":"1","id":"2"}\n{"key":'
    yield "\n".join(row["text"] for row in labelled()[:20]).encode()


def cursors() -> Iterator[bytes]:
    """Cursors of each list."""
    for name in LISTS:
        yield cursor_after(name, 1234).encode()
        yield cursor_after(name, "shift-1").encode()


def settings() -> Iterator[bytes]:
    """Each setting once."""
    values = (
        "sqlite:///var/a.db",
        "127.0.0.1",
        "8080",
        "sms:600,voice:600",
        "a-long-and-secret-token",
        "simulator",
    )
    for number in range(len(ServiceSettings.model_fields)):
        value = values[min(number, len(values) - 1)].encode()
        yield bytes([0, number, len(value)]) + value + b"\x00\x00sms:600"


def shifts() -> Iterator[bytes]:
    """Shifts with short names and long ones."""
    for role in ("RN", "Registered Nurse (ICU), nights", "日本語", "É€[]"):
        written = role.encode()
        yield bytes(5) + bytes([len(written)]) + written + bytes([4]) + b"Loop" + bytes(12)


TARGETS = (
    Target(
        "phones",
        "One form for each number, whatever was written; never an exception.",
        read_phone,
        phones,
        300,
    ),
    Target(
        "instants",
        "An instant within the years that are taken, or a validation error.",
        read_instant,
        instants,
        80,
    ),
    Target(
        "files",
        "Data that belong together, or BadData with a message that can be shown.",
        read_data_file,
        files,
    ),
    Target(
        "kept-files",
        "A story or BadStory; a log's good lines; one reading a line.",
        read_kept_file,
        kept_files,
    ),
    Target("cursors", "A position that was given out, or BadCursor.", read_cursor, cursors, 500),
    Target(
        "settings", "Settings, or BadSettings without a secret in it.", read_service_settings, settings, 800
    ),
    Target(
        "wording",
        "Texts in the alphabet where it has what they are made of, with their code, no longer than they must be.",
        write_texts,
        shifts,
        400,
    ),
)
