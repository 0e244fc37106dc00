"""What is neither yes nor no and still a wish: to be asked last, to be left alone until a time, to do a part of the shift.

It is looked for only in what was not read as an acceptance, so that nothing found here can win a shift.
"""

import re
import unicodedata
from typing import Any

from .reading import ClockTime, Intent, Reading

_LONGEST = 300
_TIME = (
    r"(?P<{0}>\d{{1,2}}(?::?[0-5]\d)?\s?(?:a\.?m?\.?|p\.?m?\.?)?(?![\d:/$%])(?:\s?(?:de|en) la (?:manana|tarde|noche))?"
    r"|noon|midday|midnight|mediodia|medianoche)\b"
)
_SINCE_TIME, _UNTIL_TIME = _TIME.format("since"), _TIME.format("until")
_ABOUT = r"(?:about|around|like|at least|maybe|como|mas o menos|eso de)?\s*(?:las?\s|el\s)?\s*"
_UNTIL = rf"(?:till?|until|thru|hasta)\s+{_ABOUT}"

_ASK_LAST = re.compile(
    r"\bask me last\b|\b(?:last|final) (?:resort|option|choice)\b|\bplan b\b|\bback ?up\b"
    r"|\bif (?:you )?(?:really |absolutely )?(?:ca ?n ?not|can'?t|don'?t) (?:find|get) (?:any|some)(?: ?one| ?body)\b"
    r"|\b(?:if|unless) (?:no ?one|nobody)\b|\bunless you (?:find|get)\b"
    r"|\bde (?:las? |el )?ultim[oa]s?\b|\bultim[oa] (?:recurso|opcion)\b"
    r"|\bsi (?:nadie|ninguno|ninguna)\b|\bsi no (?:encuentran?|hay|consiguen?|hallan?) (?:a )?(?:nadie|otr[oa]|alguien|ningun[oa]?)\b"
)
_MAYBE = re.compile(
    r"\b(?:maybe|perhaps|possibly|might|quizas?|tal ?vez|a lo mejor|puede (?:ser|que))\b(?:\s+#?(?P<code>\d{2,4})(?=[\s.!,]*$))?"
)
_NOT_THIS_ONE = re.compile(
    r"\b(?:next|another|other|some other|otr[oa]|proxim[oa]) (?:time|day|week|shift|one|dia|vez|semana|turno)\b|\bproxima\b|\bcall(?:ing)? (?:off|out)\b|\bcancel"
)

_DOING = (
    r"(?:busy|tied up|unavailable|not (?:free|available)|swamped|asleep|sleeping|driving|working|on (?:shift|duty)"
    r"|(?:in|at) (?:a |an |my |the )?(?:surgery|class|school|work|church|meeting|appointment|appt|court|procedure|or|clinic|gym)"
    r"|at (?:the |my )?(?:dentist|doctor)'?s?|with (?:a |my )?(?:patient|client|resident|kids?)"
    r"|(?:can ?not|can'?t) (?:talk|text|answer|respond|reply|pick up)"
    r"|ocupad[oa]|(?:en|de) (?:una? |el |la |mi )?(?:cirugia|clases?|reunion|cita|junta|quirofano|trabajo|misa|turno|guardia)"
    r"|trabajando|trabajo|manejando|conduciendo|durmiendo|dormid[oa]|con (?:una? |mi )?(?:paciente|cliente)|no puedo (?:hablar|contestar))"
)
_BUSY = (
    re.compile(rf"\b{_DOING}\b\W+(?:\w+\W+){{0,3}}?{_UNTIL}{_UNTIL_TIME}"),
    re.compile(
        rf"\b(?:call|text|try|reach|ping|message|contact|hit|ring)(?: me)?(?: (?:back|again|up))? (?:after|past|from) {_ABOUT}{_UNTIL_TIME}"
    ),
    re.compile(
        rf"\b(?:llam[ae]|escrib[ae]|marque|marca|pregunt[ae])(?:me|nme) (?:despues de|a partir de|pasadas) {_ABOUT}{_UNTIL_TIME}"
    ),
)
_COUNTS = {
    word: number
    for number, words in enumerate(
        ("", "a an one un una", "two dos", "three tres", "four cuatro", "five cinco", "six seis")
    )
    for word in words.split()
} | dict.fromkeys(("a couple", "couple", "un par"), 2)
_LENGTH = (
    r"(?:about|another|like|unos|unas|como|otr[oa])?\s*"
    rf"(?P<half>half an |media )?(?P<number>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})?(?: of| de)?(?P<more> more| mas)?\s?"
    r"(?P<unit>hours?|hrs?|h|horas?|minutes?|mins?|min|minutos?)(?P<and_half> and a half| y media)?\b"
)
_FOR = (
    re.compile(
        rf"(?<!been )\b{_DOING}\b\W+(?:(?:for|por|durante)\s(?:the next\s)?|(?:the next|la proxima|las proximas|los proximos)\s){_LENGTH}"
    ),
    re.compile(rf"(?<!been )\b(?:busy|tied up|ocupad[oa])\W+{_LENGTH}"),
    re.compile(rf"\b(?:give|gimme)(?: me)? {_LENGTH}"),
    re.compile(rf"\b(?:dame|deme|denme) {_LENGTH}"),
    re.compile(
        rf"\b(?:free|available|done|out|off|libre|(?:call|text|try|ask|llamame|llameme|escribeme|escribame|preguntame)(?: me)?) (?:in|en) {_LENGTH}"
    ),
)
_LONGEST_BUSY = 24 * 60
_OTHER_DAY = re.compile(r"\bthat (?:day|night|morning|evening)\b|\bes[ae] (?:dia|noche|manana|tarde)\b")

_ABLE = r"(?:i|can|could|do|work|cover|only|just|but|until|till?|puedo|podria|cubro|cubrir|solo|nomas|pero|trabajar|hacer)"
_FROM_TO = re.compile(
    rf"\b{_ABLE}\b.{{0,20}}?(?<![\d/$]){_SINCE_TIME}\s?(?:-|–|—|to|till?|until|thru|a|hasta)\s?(?:las? )?{_UNTIL_TIME}"
)
_TO = re.compile(
    rf"\b(?:till?|until|thru|hasta|(?<!i get )(?<!i'm )(?<!i am )(?:leave|out|off|gone|done|home) (?:at|by)|irme a|salir a|salgo a|me voy a)\s+{_ABOUT}{_UNTIL_TIME}"
)
_FROM = re.compile(
    rf"\b(?:from|starting(?: at)?|start at|(?:come|get|arrive|be|there)(?: in| there| here)? (?:at|by)|(?:available|free) (?:after|at|from)"
    rf"|(?:get|i'?m|am) (?:off|done|out) (?:at|after)|not (?:before|until|till?)|desde|a partir de|libre despues de"
    rf"|(?:llego|llegar|entrar|entro|empezar|empiezo|estar ahi) a)\s+{_ABOUT}{_SINCE_TIME}"
)
_SOME = re.compile(
    r"\b(?:half|part) (?:of )?(?:a |the |that |this )?shift\b|\b(?:half|part) of it\b|\bhalf (?:a )?day\b"
    r"|\b(?:first|second|last|other|morning|evening|afternoon) half\b|\b(?:do|work|cover|take|stay) half\b"
    r"|\b(?:first|last) (?:\d+|one|two|three|four|five|six|couple(?: of)?|few) (?:hours?|hrs?)\b"
    r"|\b(?:la|primera|segunda) mitad\b|\bmitad del turno\b|\bmedio turno\b|\bpuedo la mitad\b|\b(?:puedo|solo|nomas) (?:\d|dos|tres|cuatro|cinco|seis) (?:horas|hrs)\b|\b(?:primeras|ultimas) (?:\d+|dos|tres|cuatro|cinco|seis) horas\b"
)
_NO_PART = re.compile(
    r"\b(?:is it|is that|do you have|if it'?s|if it is|wait|give me|sitter|down to|what time|that shift)\b|\btime and a half\b|\b(?:have|has|had|got) a half day\b"
)
_OTHER_SHIFT = ("names another day", "names a day", "names another role")
_KINDS = frozenset({Intent.UNCLEAR, Intent.CONDITION, Intent.QUESTION, Intent.DECLINE})


def wish(text: str, reading: Reading, *, in_time: bool = False) -> Reading:
    """Give the reading, or what its writer wishes for where that is neither yes nor no.

    Whoever comes `in_time` for the start, and names no other hour, offers no mere part: "getting up now, I'll be there by 7".
    """
    text = " ".join(text.split())
    if reading.intent not in _KINDS or reading.each or reading.every is not None or len(text) > _LONGEST:
        return reading
    if len(set(reading.codes)) > 1:
        # Which of them it is said of is not known: "yes 27, maybe 31".
        return reading
    folded = _fold(text)
    for find in (_busy, _part, _maybe):
        found = find(folded, reading)
        if found is not None and not (in_time and found.since and not found.until):
            at = folded.index(found.words[0])
            # Folding has kept each letter in its place, but for a few that no language here has.
            words = (text[at : at + len(found.words[0])],) if len(folded) == len(text) else ()
            return found.model_copy(update={"codes": found.codes or reading.codes, "words": words})
    return reading


def _busy(text: str, reading: Reading) -> Reading | None:
    # "No, working till 7" is a no, and "in class till 3 that day" as well.
    if reading.explicit or _OTHER_DAY.search(text):
        return None
    called = reading.intent is Intent.QUESTION and reading.reason.startswith("wants to speak")
    found = next((match for one in _BUSY if (match := one.search(text))), None)
    if found is not None:
        until = _clock(found["until"])
        asks = reading.intent is Intent.QUESTION
        wished = _wished(Intent.BUSY, "is busy until a time", found, until=until, asks=asks)
        return None if until is None else wished
    found = next((match for one in _FOR if (match := one.search(text))), None)
    minutes = 0 if found is None else _minutes(found)
    if found is None or not 0 < minutes <= _LONGEST_BUSY:
        return None
    return _wished(Intent.BUSY, "is busy for a time", found, minutes=minutes, asks=called)


def _part(text: str, reading: Reading) -> Reading | None:
    if reading.intent is Intent.DECLINE or reading.reason.startswith(_OTHER_SHIFT) or _NO_PART.search(text):
        return None
    for pattern in (_FROM_TO, _TO, _FROM, _SOME):
        found = pattern.search(text)
        if found is None:
            continue
        named = found.groupdict()
        since, until = (named.get(one) and _clock(named[one]) for one in ("since", "until"))
        if since or until or not named:
            return _wished(Intent.PARTIAL, "offers a part of the shift", found, since=since, until=until)
    return None


def _maybe(text: str, reading: Reading) -> Reading | None:
    found = _ASK_LAST.search(text)
    codes: tuple[str, ...] = ()
    if found is None and reading.intent is Intent.UNCLEAR:
        found = _MAYBE.search(text)
        codes = (found["code"],) if found is not None and found["code"] else ()
    if found is None or reading.explicit or _NOT_THIS_ONE.search(text):
        # Of another shift, or of one that may be called off.
        return None
    if codes and not set(reading.codes).issubset(codes):
        # It is said of another: "yes 27, maybe 31".
        return None
    return _wished(Intent.MAYBE, "would come if nobody else does", found, codes=codes)


def _wished(intent: Intent, reason: str, found: re.Match[str], **more: Any) -> Reading:
    return Reading(intent=intent, confidence=0.8, reason=reason, words=(found[0].strip(),), **more)


def _minutes(found: re.Match[str]) -> int:
    """Give how long a length of time is that was found; 0 where it says no number."""
    unit = 60 if found["unit"].startswith("h") else 1
    if found["half"]:
        return unit // 2
    number = found["number"] or ""
    counted = int(number) if number.isdecimal() else _COUNTS.get(number, 0)
    return counted * unit + (unit // 2 if found["and_half"] else 0)


_NAMED: dict[str, ClockTime] = {
    **dict.fromkeys(("noon", "midday", "mediodia"), ClockTime(hour=12, half="pm")),
    **dict.fromkeys(("midnight", "medianoche"), ClockTime(hour=12, half="am")),
}


def _clock(text: str) -> ClockTime | None:
    """Read a time that was found; None where no clock shows it."""
    if text in _NAMED:
        return _NAMED[text]
    digits = re.match(r"(\d{1,2}?)(?::?([0-5]\d))?(?!\d)", text)
    if digits is None or int(digits[1]) > 23:
        return None
    rest, half = text[digits.end() :].strip(), None
    if rest.startswith("a") or "manana" in rest:
        half = "am"
    elif rest.startswith("p") or "tarde" in rest or "noche" in rest:
        half = "pm"
    hour = int(digits[1])
    return ClockTime.model_validate(
        {"hour": hour, "minute": int(digits[2] or 0), "half": half if 1 <= hour <= 12 else None}
    )


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
