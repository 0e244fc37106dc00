"""The rules as a reader, with a memory for what people say all the time."""

from functools import cache
from typing import TypeVar

from .facts import Facts, key
from .reading import Intent, Reading, Reply
from .verdict import decide

Place = TypeVar("Place")
Kept = TypeVar("Kept")
_REMEMBERED = 4096
_LONGEST = 60
_FAMILIAR = (
    "yes 27, I'll take it, thanks", "no 27 sorry I can't make it", "yes I can work Tuesday 7am-3pm, what is the address?",
    "sounds good to me, please put me down for the shift", "I would love to but I have to work that day", "sí puedo, gracias",
    "I am available and happy to cover it", "yes but only if I can leave at 2", "let me check with my sitter first",
    "no gracias, ese día no puedo trabajar", "claro que sí, ahí estaré", "sorry for the late reply, count me in please",
    "I don't think I will be able to come in, my son is sick", "is it still open? how much does it pay?", "ok see you then",
    "that works for me, I will be there on time, have a great day", "please stop texting me", "who is this?",
)  # fmt: skip
"""Read once, before the first caregiver, who shall not wait for it: the automaton is built as it is used."""


@cache
def _build() -> None:
    for text in _FAMILIAR:
        decide(Reply(text=text))


class RuleReader:
    """Reads replies by rules. It never raises and can be used by several threads at once.

    What people say all the time is remembered. A text that was read without a look at the offers or the clock ("YES")
    costs one look-up by itself; another ("yes tuesday", "yes 27") is looked up by itself and by what it was compared
    with. Of either kind at most 4,096 are kept, of at most 60 characters; then all of that kind are forgotten.
    """

    def __init__(self) -> None:
        self._remembered: dict[str, Reading | Facts] = {}
        self._compared: dict[tuple[object, ...], Reading] = {}
        _build()

    def known(self, text: str) -> Reading | None:
        """Give what a text means that is remembered, and was read without a look at the offers or the clock."""
        known = self._remembered.get(text)
        return known if isinstance(known, Reading) else None

    def read(self, reply: Reply) -> Reading:
        """Say what `reply` means. Whatever the rules do not understand is `Intent.UNCLEAR`."""
        known = self._remembered.get(reply.text)
        if isinstance(known, Reading):
            return known
        if known is None:
            return self._read(reply)
        place = (reply.text, *key(reply, known))
        found = self._compared.get(place)
        if found is None:
            found, _ = decide(reply)
            _keep(self._compared, place, found)
        return found

    def _read(self, reply: Reply) -> Reading:
        found, looked_at = decide(reply)
        if len(reply.text) <= _LONGEST:
            _keep(self._remembered, reply.text, looked_at if any(looked_at) else found)
        return found

    def objects(self, reply: Reply) -> bool:
        """Whether something in `reply` speaks against taking it for a yes, and not only an unknown word."""
        reading = self.read(reply)
        return reading.intent is not Intent.ACCEPT and not (
            reading.intent is Intent.UNCLEAR and not reading.words
        )


def _keep(memory: dict[Place, Kept], place: Place, what: Kept) -> None:
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[place] = what
