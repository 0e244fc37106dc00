"""Reads messages line by line, for people who want to see what the reader makes of them."""

from collections.abc import Iterable, Iterator

from ...domain.replies.reading import OfferTerms, Reader, Reply


def classify(lines: Iterable[str], offer: OfferTerms, reader: Reader) -> Iterator[dict[str, object]]:
    """Read each line as a reply to `offer` and give what was read, ready for JSON, one for one and in order.

    An empty line is a message too. Line ends are not part of a message. Never raises for any text; a lone surrogate
    (a byte that was not UTF-8, let through by the decoder) is shown as the replacement character.
    """
    for line in lines:
        text = line.rstrip("\r\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        reading = reader.read(Reply(text=text, offers=(offer,)))
        yield {"text": text, **reading.model_dump(mode="json")}
