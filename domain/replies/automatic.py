"""Texts that a phone wrote by itself: an automatic reply, or a reaction that quotes what it reacts to."""

import re

_QUOTE = '["“”«‹]'
_REACTION = re.compile(
    rf"""\W{{0,3}}(?:
      (?P<likes>liked|loved|emphasized|le\ (?:ha\ )?(?:gust|encant)(?:[oó]|ado)|le\ (?:gusta|encanta)|me\ (?:gusta|encanta)|enfatiz[oó]|destac[oó])
    | disliked|laughed\ at|questioned|no\ le\ gust[oó]|se\ (?:ha\ )?r(?:i[oó]|e[ií]do)\ (?:de|con)|(?:pregunt[oó]|dud[oó])(?:\ (?:sobre|de))?
    | removed\ an?\ .{{1,20}}\ from|(?:quit[oó]|elimin[oó])\ .{{1,30}}\ (?:de|a)
    | (?:reacted|reaccion[oó])\ .{{1,20}}\ (?:to|a)
    | (?P<thumb>[\U0001f44d\u2764\U0001f3fb-\U0001f3ff\ufe0f]+\W{{0,3}}(?:to|a)) | [^\w\s]{{1,8}}\s?(?:to|a)
    )\s*\W{{0,2}}{_QUOTE}.*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_OF_A_PICTURE = re.compile(
    r"(?:(?P<likes>liked|loved|emphasized)|disliked|laughed at|questioned) an? (?:image|message|photo|picture|video|movie|sticker|attachment|audio message)",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"auto[- ]?(?:reply|response|responder|respuesta)\b|(?:sent|replied|generated) automatically\b|\benviado autom[aá]ticamente\b|\bautomat(?:ic|ed) "
    r"(?:reply|response|message|text|email|system)\b|\b(?:respuesta|mensaje|contestador) autom[aá]tic[oa]\b"
    r"|\bwith (?:focus|do not disturb\b.{0,20}) (?:turned )?on\b|\bnot receiving notifications\b"
    r"|\bno (?:estoy recibiendo|recibo) notificaciones\b|\bdo not disturb while driving\b|\bmodo de concentraci[oó]n\b"
    r"|\bsent (?:from|by|via) (?:android auto|carplay|my car)\b|\breplies (?:to this (?:number|message) )?are not (?:monitored|read)\b|\b(?:unmonitored|no-?reply) (?:number|inbox|mailbox)\b",
    re.IGNORECASE,
)
_ORGANIZATION = re.compile(
    r"\A\W*free ?msg\b|\A\W*(?:your )?(?:message|text) (?:was |could )?not (?:be )?(?:sent|delivered)\b|\A\W*your message was (?:read|displayed) on\b"
    r"|\A\W*(?:sorry,? )?(?:this|the) (?:number|subscriber|(?:wireless )?customer)\b.{0,50}\b(?:not available|unable to receive|(?:does not|cannot) (?:accept|receive)|not in service)\b"
    r"|\bcurrently out of (?:the )?office\b|\A\W*out of (?:the )?office(?: (?:until|till|from|through|reply)\b|[:.-])|\bfuera de la oficina\b|\byou(?:'ve| have) reached the voice ?mail\b"
    r"|\b(?:thanks|thank you) for (?:contacting|calling|texting|messaging|reaching out to|your message) ?(?!me\b).{0,60}\b(?:we(?:'ll| will) (?:get back|respond|reply)"
    r"|we(?:'re| are) (?:(?:currently|now) closed|closed (?:right now|now|at))|(?:reply|text|send) (?:yes|stop|help) (?:to|for))\b",
    re.IGNORECASE | re.DOTALL,
)
"""What carriers, offices and shops answer with, which a person does not write in these words."""
_DEVICE = re.compile(
    r"\b(?:sent from|enviado desde) (?:my|mi) (?:verizon,? |t-mobile |at&t |apple |samsung |google |smart ?)?"
    r"(?:iphone|ipad|android|galaxy|pixel|motorola|moto|phone|tel[eé]fono|celular|mobile)(?: (?:phone|device|smartphone|\w?\d\w{0,5}))?[\s.!]*\Z",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\n(?:On [^\n]{1,80} wrote:[ ]*\n)?>[^\n]*(?:\n+>[^\n]*)*\s*\Z")
"""Lines of ours, which a program for mail puts under an answer."""
_ORIGINAL = re.compile(
    r"\n ?-{2,10} ?(?:original message|forwarded message|mensaje original) ?-{2,10}.*\Z",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 2_000


def unsigned(text: str) -> str:
    """Give `text` without what a program has put under it ("Sent from my iPhone", lines that quote ours)."""
    return _DEVICE.sub("", _QUOTED.sub("", _ORIGINAL.sub("", text))).rstrip() or text


def automatic(text: str) -> tuple[str, bool] | None:
    """Say which of the two a text is, and whether it is a reaction that merely likes; None where a person wrote it."""
    stripped = text.strip()[:_LONGEST]
    if (found := _REACTION.fullmatch(stripped)) is not None:
        return "a reaction that quotes a text", bool(found["likes"] or found["thumb"])
    if (found := _OF_A_PICTURE.fullmatch(stripped)) is not None:
        return "a reaction", bool(found["likes"])
    text = text.replace("’", "'")[:_LONGEST]
    return ("an automatic reply", False) if _ITSELF.search(text) or _ORGANIZATION.search(text) else None
