"""The rules as a reader, with a memory for what people say all the time."""

from ..reading import Intent, Reading, Reply
from .verdict import decide

_REMEMBERED = 4096
_LONGEST = 160
_FAMILIAR = (
    "yes 27, I'll take it, thanks", "no 27 sorry I can't make it", "yes I can work Tuesday 7am-3pm, what is the address?",
    "sounds good to me, please put me down for the shift", "I would love to but I have to work that day", "sí puedo, gracias",
    "I am available and happy to cover it", "yes but only if I can leave at 2", "let me check with my sitter first",
    "no gracias, ese día no puedo trabajar", "claro que sí, ahí estaré", "sorry for the late reply, count me in please",
    "I don't think I will be able to come in, my son is sick", "is it still open? how much does it pay?", "ok see you then",
    "that works for me, I will be there on time, have a great day", "please stop texting me", "who is this?",
)  # fmt: skip
"""Read once by every new reader: the automaton is built as it is used, and the first caregiver shall not wait for it."""


class RuleReader:
    """Reads replies by rules. It never raises and can be used by several threads at once.

    Readings are remembered (at most 4,096 of them, then all are forgotten): "YES" costs one look-up.
    """

    def __init__(self) -> None:
        self._remembered: dict[object, Reading] = {}
        for text in _FAMILIAR:
            decide(Reply(text=text))

    def read(self, reply: Reply) -> Reading:
        """Say what `reply` means. Whatever the rules do not understand is `Intent.UNCLEAR`."""
        key = (reply.text, reply.offers)
        found = self._remembered.get(key)
        if found is None:
            found, depends_on_the_day = decide(reply)
            if depends_on_the_day or len(reply.text) > _LONGEST:
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
