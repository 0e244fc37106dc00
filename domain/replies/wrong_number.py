"""Where a phrase of a wrong number, or of a wrong person, speaks of something else than the number we wrote to."""

import re

from .phrases.calendar_words import ROLES
from .tokens import Message

_ROLE = r"@role|@otherrole|nurse|aide|caregiver|cna|enfermera|cuidadora|auxiliar"
_OF_ANOTHER = re.compile(
    # "I called the wrong number".
    r"(?<=\bi )(?:have )?(?:called|dialed|texted|typed|put|gave|wrote|copied)(?: you)?(?: the| a| my)? wrong\b"
    # "I'm not a CNA, I'm an RN", "I no longer work at Oakwood but can do yours".
    rf"|(?:\bi )?\bam not an? \S+.*? i am (?:a|an) (?:{_ROLE})|\bno soy (?:{_ROLE}).*? soy (?:{_ROLE})"
    r"|(?:(?:\bi )?\bam not an? |\bno longer work).* but (?:i )?(?:can|could|will|would) (?:i |still )*(?:do|work|take|cover|come)\b"
    r"|\bdo not know who this is about\b"
    r"|(?:\besta|\bestan)? ?\bequivocad[oa]s? (?:la|el|mi|en|los|las|con) (?!numero|telefono|celular|persona)"
)
_USUAL = frozenset(
    "usual regular normal primary main first only nurse aide caregiver cna @role @otherrole".split()
)


def of_another(message: Message) -> set[int]:
    """Give where such phrases stand. "Not her" is none of a wrong person in "not her usual nurse", and "not Kim's nurse". Nor is
    "I'm not an RN": who writes a role by its letters works in one."""
    words, raw = message.words, message.raw
    whose = {
        at
        for at in range(len(words) - 2)
        if words[at] == "not"
        and (words[at + 1] == "her" or raw[at + 1].lower().endswith("'s"))
        and words[at + 2] in _USUAL
    }
    lettered = [
        at for at in range(1, len(words)) if raw[at].lower() in ROLES and words[at - 1] in {"a", "an", "soy"}
    ]
    said = " ".join(words)
    return whose.union(*(range(at - 4, at) for at in lettered)) | {
        at
        for found in _OF_ANOTHER.finditer(said)
        for at in range(said.count(" ", 0, found.start()), said.count(" ", 0, found.end()) + 1)
    }
