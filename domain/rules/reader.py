"""The rules as a reader, with a memory for what people say all the time."""

from ..reading import Intent, Reading, Reply
from .verdict import decide

_REMEMBERED = 4096
_LONGEST = 160


class RuleReader:
    """Reads replies by rules. It never raises and can be used by several threads at once.

    Readings are remembered (at most 4,096 of them, then all are forgotten): "YES" costs one look-up.
    """

    def __init__(self) -> None:
        self._remembered: dict[object, Reading] = {}

    def read(self, reply: Reply) -> Reading:
        """Say what `reply` means. Whatever the rules do not understand is `Intent.UNCLEAR`."""
        key = (reply.text, reply.offers, reply.received_at)
        found = self._remembered.get(key)
        if found is None:
            found = decide(reply)
            if len(reply.text) > _LONGEST:
                return found
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = found
        return found

    def objects(self, reply: Reply) -> bool:
        """Whether something in `reply` speaks against taking it for a yes, and not only an unknown word."""
        reading = self.read(reply)
        return reading.intent is not Intent.ACCEPT and not (
            reading.intent is Intent.UNCLEAR and not reading.words
        )
