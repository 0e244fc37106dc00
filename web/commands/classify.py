"""`firstyes classify`: how messages would be read."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import click

from ...domain.replies import RuleReader
from ...domain.replies.reading import OfferTerms, Reader, Reply

TUESDAY = "RN 2030-07-16T07:00/2030-07-16T15:00"
"""A Tuesday, 7am to 3pm."""

FORM = re.compile(r"(?P<role>.*\S)\s+(?P<start>[\d:T+Z.-]+)/(?P<end>[\d:T+Z.-]+)")


class OfferTermsType(click.ParamType[OfferTerms]):
    """Reads "RN 2030-07-16T07:00/2030-07-16T15:00"; a time without an offset is taken as it would be told."""

    name = "offer"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> OfferTerms:
        """Give the offer, or fail with the form that is wanted."""
        found = FORM.fullmatch(str(value).strip())
        try:
            if found is None:
                raise ValueError  # noqa: TRY301 - one answer for all that is wrong
            start, end = (_local(found[name]) for name in ("start", "end"))
            if end <= start:
                raise ValueError  # noqa: TRY301
        except (ValueError, TypeError):
            self.fail(f'"{value}" is not of the form "{TUESDAY}", the end after the start', param, ctx)
        return OfferTerms(role=found["role"], starts_at=start, ends_at=end)


def _local(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _lines(stream: Iterable[bytes]) -> Iterator[str]:
    # Bytes that are no UTF-8 come through as lone surrogates, which `classify` shows as the replacement character.
    return (line.decode("utf-8", "surrogateescape") for line in stream)


def classify(lines: Iterable[str], offer: OfferTerms, reader: Reader) -> Iterator[dict[str, object]]:
    """Read each line as a reply to `offer` and give what was read, ready for JSON, one for one and in order.

    An empty line is a message too. Line ends are not part of a message. Never raises for any text; a lone surrogate
    (a byte that was not UTF-8, let through by the decoder) is shown as the replacement character.
    """
    for line in lines:
        text = line.rstrip("\r\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        reading = reader.read(Reply(text=text, offers=(offer,)))
        yield {"text": text, **reading.model_dump(mode="json")}


@click.command()
@click.option(
    "--offer",
    "offer",
    type=OfferTermsType(),
    default=TUESDAY,
    show_default=True,
    help="The shift they answer.",
)
@click.option("--code", metavar="DIGITS", default=None, help="The offer's reply code, if it had one.")
def command(offer: OfferTerms, code: str | None) -> None:
    """Say how messages on standard input would be read.

    One message a line in, one JSON object a line out, in the same order, as soon as it is read: text, intent, confidence
    (0 to 1), reason, words (that decided it), codes. The offer is ROLE START/END, in the time the caregiver is told.

    \b
    Example:
      printf 'YES\\nyes but only till 3\\n' | firstyes classify
    """
    terms = offer.model_copy(update={"code": code}) if code else offer
    out = sys.stdout.buffer
    for found in classify(_lines(sys.stdin.buffer), terms, RuleReader()):
        out.write(json.dumps(found, ensure_ascii=False).encode() + b"\n")
        out.flush()
