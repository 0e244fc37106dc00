"""A message cut into the words the grammar knows.

Case, accents, skin tones, repeated letters, contractions and the spellings of text messages are settled here, so
that the patterns are written once, in plain words. Every token remembers the text it came from.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from .phrases.sms_spellings import IS_SAID_OF
from .spelling import Speller

LONGEST = 64
"""Tokens that are read closely. A longer message is searched for single words only, never taken for a yes."""

_LONGEST_TEXT, _BEGINNING, _ENDING, _LONGEST_FOLDED = 300, 170, 120, 400
_BEFORE_T = frozenset("can do does did would could should is are was have has not".split())
_GUESSES = 8
"""Unknown words a message may have before the rest of them are left as they are: a guess takes its time."""

_TIME = r"\d{1,2}(?:[:.]?\d\d)?\ ?(?:a\.m\.?|p\.m\.?|am|pm|a|p)?"
_TOKEN = re.compile(
    rf"""
    (?P<url>(?:https?://|www\.)\S+)
  | (?P<price>[$€£]\ ?\d[\d.,]*(?:/\w+)?|\d+\ ?(?:[$€£]|(?:dollars|bucks|dolares)\b))
  | (?P<smile>[:;=]['o^-]{{0,2}}[)\]dp>3*]+(?![a-z0-9])|8['^-]?[)\]>*]+(?!\w)|8-d+\b|\(:|<3+|\^[_.]?\^|\bx+d+\b|:-?\*|\\o/|\b[ou]wo\b)
  | (?P<frown>[:;=]['o^-]{{0,2}}[(\[/\\|s]+(?![a-z])|\)':|\bt[._]t\b|-_+-|/:|:')
  | (?P<leet>\b(?:2day|2nite|2night|2moro|2mrw|2morrow|2mrow|gr8|l8r|l8|b4|m8|w8|4sure|4u|some1|sum1|any1|no1|every1|str8|k+)\b|\b4(?=\ (?:me|us|u|you|sure|that|it|real|now)\b)|\b2(?=\ (?:work|do|take|come|cover|help|be|go)\b))
  | (?P<range>(?<![\d$]){_TIME}\ ?(?:-|–|—|to|til|till|thru|(?<=\ )a)\ ?{_TIME}(?![\w$]))
  | (?P<date>(?<!\d)\d{{1,2}}/\d{{1,2}}(?:/\d\d(?:\d\d)?)?(?!\d))
  | (?P<ordinal>(?<!\d)\d{{1,2}}(?:st|nd|rd|th)\b)
  | (?P<time>(?<!\d)(?:\d{{1,2}}(?:[:.]?\d\d)?\ ?(?:a\.m\.?|p\.m\.?|am|pm|a|p)(?![\w'])|\d{{1,2}}:\d\d(?!\d)|\d{{4}}\ ?h(?:rs?|ours)?(?!\w)))
  | (?P<number>\d+)
  | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)
  | (?P<asks>[?¿]+)
  | (?P<pause>[-.,!;:\n…"()_*~=/|\\'&+<>\[\]{{}}¡–—•]+)
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_DROPPED = dict.fromkeys(
    [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F, 0x20E3, 0x2640, 0x2642, *range(0x1F3FB, 0x1F400)]
)
_PLAIN = str.maketrans("’‘`´“”‐‑‒＇", "''''\"\"---'")
_BLANKS = re.compile(r"[^\S\n]+")
_MARK = "Mn"


@dataclass(slots=True)
class Message:
    """A message as tokens.

    `words` are what the grammar reads, `raw` the text each of them came from, `kinds` how it was recognised,
    `pauses` holds the positions that have a comma, a dash or a new sentence before them, `signings` those of them
    where a signature may begin. `mended` holds the positions whose spelling had to be guessed. `cut` says that there
    was more. `codes`, `terms` and `dated` say what it was compared with: the codes of the offers, their terms, the
    day it came.
    """

    text: str
    words: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    pauses: set[int] = field(default_factory=set)
    signings: set[int] = field(default_factory=set)
    mended: set[int] = field(default_factory=set)
    cut: bool = False
    codes: bool = False
    terms: bool = False
    dated: bool = False

    def add(self, word: str, raw: str, kind: str) -> None:
        """Append one token."""
        self.words.append(word)
        self.raw.append(raw)
        self.kinds.append(kind)


def plain(text: str) -> str:
    """`text` in lower case, composed, with straight quotes; accents are left alone."""
    if not text.isascii():
        # One character may stand for eighteen.
        text = unicodedata.normalize("NFKC", text.translate(_DROPPED))[:_LONGEST_FOLDED]
        text = text.translate(_PLAIN).translate(_DROPPED)
    return text.lower()


def without_accents(word: str) -> str:
    """`word` without its accents; `sí` keeps its own, it is what tells yes from if."""
    if word.isascii() or word == "sí":
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != _MARK)


def tokens(text: str, speller: Speller) -> Message:
    """Cut `text` into at most `LONGEST` tokens; `cut` says that there was more.

    Of a very long text the beginning and the end are read: what it is about, and the "stop" under it.
    """
    cut = len(text) > _LONGEST_TEXT
    if cut:
        text = f"{text[:_BEGINNING]} … {text[-_ENDING:]}"
    text = _BLANKS.sub(" ", text)
    folded = plain(text)
    # Lower-casing a few letters changes their number; then the written form is not at the same place any more.
    written = unicodedata.normalize("NFC", text.translate(_DROPPED).translate(_PLAIN)) if folded else ""
    same = len(written) == len(folded)
    message = Message(text, cut=cut or len(folded) >= _LONGEST_FOLDED)
    guesses = _GUESSES
    for match in _TOKEN.finditer(folded):
        if len(message.words) >= LONGEST:
            message.cut = True
            break
        kind = match.lastgroup or "sign"
        found = match[0]
        at = match.start()
        raw = written[at : match.end()] if same else found
        if kind == "pause":
            message.pauses.add(len(message.words))
            if "-" in found or "\n" in found or "~" in found or "—" in found or "–" in found:
                message.signings.add(len(message.words))
        elif kind == "asks":
            if found != "¿":
                message.add("?", raw, kind)
            message.pauses.add(len(message.words))
        elif kind in {"word", "leet"}:
            guesses -= _spell(message, _unquoted(without_accents(found)), raw, speller, guesses > 0)
        elif found == "@":
            message.add("at", raw, "word")
        else:
            message.add(found, raw, kind)
    return message


def _unquoted(word: str) -> str:
    """`word` without a closing quotation mark. "can'" keeps it: what is missing there may be the "t"."""
    bare = word.rstrip("'")
    return word if bare in _BEFORE_T else bare


def _spell(message: Message, word: str, raw: str, speller: Speller, may_guess: bool) -> int:
    """Add `word` as it is spelled out; give 1 when that took a guess at a word nobody knows, else 0."""
    before = message.words[-1] if message.words else ""
    if word == "t" and before in _BEFORE_T:
        # "can t": some telephones drop the apostrophe and keep the blank. "Don" has been spelled out already.
        if before != "not":
            message.add("not", raw, "word")
        return 0
    if word == "m" and before == "i":
        word = "am"
    elif word in IS_SAID_OF and message.raw and message.raw[-1].lower().endswith("'s") and before != "is":
        # "Tuesday's good", "my car's in the shop"; before a noun it is a possessive.
        message.add("is", message.raw[-1], "word")
    known = speller.known(word, before)
    parts, guessed = known or (speller.guess(word) if may_guess else ((word,), False))
    if guessed:
        message.mended.update(range(len(message.words), len(message.words) + len(parts)))
    for part in parts:
        message.add(part, raw, "word")
    return known is None
