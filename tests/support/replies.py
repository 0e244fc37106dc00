"""The offer that labelled replies answer, and short ways to read one."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import Intent, OfferTerms, Reading, Reply

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 11, 24, 7, tzinfo=NEW_YORK)
REPLIES = Path(__file__).resolve().parent.parent / "replies"
READER = RuleReader()


def an_offer(
    code: str | None = None, starts_at: datetime = TUESDAY, hours: float = 8, role: str = "RN"
) -> OfferTerms:
    return OfferTerms(role=role, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), code=code)


def read(text: str, *offers: OfferTerms, received_at: datetime | None = None) -> Reading:
    return READER.read(Reply(text=text, offers=offers or (an_offer(),), received_at=received_at))


def intent(text: str, *offers: OfferTerms, received_at: datetime | None = None) -> Intent:
    return read(text, *offers, received_at=received_at).intent


def labelled(label: str | None = None, clear: bool = True, file: str = "replies.csv") -> list[dict[str, str]]:
    with (REPLIES / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        row
        for row in rows
        if (label is None or row["label"] == label) and not (clear and row["judgement"] == "1")
    ]


NIGHT = datetime(2026, 11, 24, 19, tzinfo=NEW_YORK)
MONDAY_NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
