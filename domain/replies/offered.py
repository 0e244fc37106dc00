"""Days, hours, roles and codes in a message, compared with the offers it can mean.

What a message says about them becomes one of a few words of the grammar: `@day` is a day on offer, `@otherday`
is not; so with `@part` (of the day), `@hours`, `@start`, `@end`, `@othertime`, `@role`, `@otherrole`. A day that
needs a calendar nobody gave us ("tomorrow" without the day of the message) is `@someday`. `@mycode` is the code of
an offer, `@code` another number of two to four digits that stands where a code stands, `@num` any other number.
"""

import re
from datetime import datetime, timedelta

from .numbers import Meaning, is_month, meanings
from .phrases.calendar_words import DAYS, MONTHS, PARTS, RELATIVE, ROLES, WEEKEND
from .phrases.number_words import COUNTED, NAMED, TELLS_AN_HOUR
from .phrases.several_words import (
    ARTICLES,
    BEFORE_A_PLACE,
    BEFORE_AN_ARTICLE,
    BEHIND_A_PLACE,
    NEEDS_AN_ARTICLE,
    OF_TWO,
    PLACES,
)
from .reading import OfferTerms, Reply
from .tokens import Message

_BETWEEN = re.compile(r"-|–|—|till?|thru|to|\ba\b")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))?(?!\d)\s?(a|p)?")
_KINDS_OF_SHIFT = {"day": "days", "am": "mornings", "pm": "evenings"}
_COUNTED = [[word] for word in COUNTED]
_NO_ADJECTIVE: tuple[list[str], ...] = ([], ["i"], ["is"], ["works"], ["yes"], ["please"])
_SMALL_HOURS, _EVENING, _WEEK = 4, 16, 7
_EARLY = 20
"""Minutes before the start that people mean to arrive at."""
_THIS = frozenset("this este esta".split())
_GREETINGS = frozenset("morning afternoon evening night tardes noches".split())
_GREETS = frozenset("good buenas buenos buena happy great nice".split())


def compare(message: Message, reply: Reply) -> None:
    """Replace the words of `message` that name a day, an hour, a role or a code, in place.

    Where codes are named, days and hours are compared with the offers of those codes alone.
    """
    codes = {offer.code for offer in reply.offers if offer.code is not None}
    numbers = meanings(message)
    named = {message.words[at] for at, meaning in numbers.items() if meaning is Meaning.CODE}
    offers = tuple(offer for offer in reply.offers if offer.code in named) or reply.offers
    message.codes = bool(named)
    months = {at for at, word in enumerate(message.words) if word in MONTHS and is_month(message, at)}
    written = list(message.words)
    for at, (word, kind) in enumerate(zip(written, message.kinds, strict=True)):
        before = message.words[at - 1] if at else ""
        if at in months and (
            month := _month(
                word, offers, also_a_day=word in DAYS and message.kinds[at + 1 : at + 2] == ["number"]
            )
        ):
            message.terms = True
            message.words[at] = month
        elif word in PLACES or word in OF_TWO:
            message.words[at] = _place(message, at, written, reply)
        elif kind == "word":
            found = _word(message, at, word, before, offers, reply.received_at)
            message.terms = message.terms or found != word
            message.words[at] = found
        elif kind == "number":
            message.words[at] = _number(written, at, numbers[at], codes, offers)
            message.terms = message.terms or len(word) == 1 or numbers[at] in _COMPARED_NUMBERS
        elif kind == "price":
            message.words[at] = "@price"
        elif kind in _COMPARED:
            message.terms = True
            message.words[at] = _COMPARED[kind](word, offers)


def _place(message: Message, at: int, written: list[str], reply: Reply) -> str:
    """ "The first one", "la segunda": an offer by its place in our last list, and no date. Of three, nobody knows which is the later."""
    word, dated = written[at], message.kinds[at] == "ordinal"
    as_date = _ordinal(word, reply.offers) if dated else word
    before, after = written[at - 1] if at else "", (*written, "")[at + 1]
    ends = at + 1 == len(written) or at + 1 in message.pauses
    stands = (at == 0 or at in message.pauses or before in BEFORE_A_PLACE) and (
        ends or after in BEHIND_A_PLACE
    )
    if before in ARTICLES and at > 1 and at - 1 not in message.pauses:
        stands = stands and written[at - 2] in BEFORE_AN_ARTICLE
    message.terms = message.terms or dated or stands
    if (
        not stands
        or as_date == "@day"
        or (word in NEEDS_AN_ARTICLE and before not in ARTICLES and after != "one")
    ):
        return as_date
    listed, place = reply.listed, PLACES.get(word, OF_TWO.get(word, 0))
    if len(listed) < 2 or (word in OF_TWO and len(listed) > 2):
        return as_date
    meant = listed[place] if place < len(listed) else None
    return "@day" if any(one.code == meant for one in reply.offers) else "@otherday"


def _word(
    message: Message,
    at: int,
    word: str,
    before: str,
    offers: tuple[OfferTerms, ...],
    received_at: datetime | None,
) -> str:
    after = message.words[at + 1 : at + 2]
    shift = after == ["shift"]
    halved = before in {"@day", "@otherday"} and word in {"am", "pm"} and after in _NO_ADJECTIVE
    if (shift or halved) and word in _KINDS_OF_SHIFT:
        word = _KINDS_OF_SHIFT[word]
    if word == "manana" and before in {"la", "esta"}:
        word = "morning"
    if before in _THIS and (word in DAYS or word in WEEKEND):
        message.dated = True
        offers, all_offers = _within_a_week(offers, received_at), offers
        if all_offers and not offers:
            return "@otherday"
    if word in DAYS:
        if not offers:
            return "@someday"
        if before in {"next", "every", "proximo", "otro"}:
            return "@otherday"
        return "@day" if any(offer.starts_at.weekday() == DAYS[word] for offer in offers) else "@otherday"
    if word in PARTS:
        if before in _GREETS or (at == 0 and word in _GREETINGS and not shift):
            return word
        if before in _THIS:
            message.dated = True
            return _this_part(word, offers, received_at)
        return _part(word, offers)
    tells = before in TELLS_AN_HOUR or message.words[max(0, at - 2) : at] == ["@start", "to"]
    if word in NAMED and tells and after not in _COUNTED:
        return _time(NAMED[word], offers)
    if word in WEEKEND:
        return (
            "@day" if any(offer.starts_at.weekday() >= DAYS["saturday"] for offer in offers) else "@otherday"
        )
    if word == "today's":
        message.dated = True
        return "@todays" if _relative("today", offers, received_at) == "@day" else word
    if word in RELATIVE:
        message.dated = True
        return _this_night(offers, received_at) if word == "tonight" else _relative(word, offers, received_at)
    if word in ROLES:
        role = ROLES[word]
        fits = not offers or any(role in {offer.role.lower(), "any"} for offer in offers)
        return "@role" if fits else "@otherrole"
    return word


def _month(word: str, offers: tuple[OfferTerms, ...], also_a_day: bool) -> str | None:
    """A month, compared; None where it is another one and may be a weekday ("mar 16")."""
    if any(offer.starts_at.month == MONTHS[word] for offer in offers):
        return "@month"
    return None if also_a_day else "@otherday"


def _within_a_week(offers: tuple[OfferTerms, ...], received_at: datetime | None) -> tuple[OfferTerms, ...]:
    if received_at is None:
        return offers
    return tuple(offer for offer in offers if 0 <= _days_off(received_at, offer) < _WEEK)


def _part(part: str, offers: tuple[OfferTerms, ...]) -> str:
    if not offers:
        return "@someday"
    first, last = PARTS[part]
    hours = {hour % 24 for hour in range(first, last + 1)}
    return "@part" if any(offer.starts_at.hour in hours for offer in offers) else "@otherpart"


def _relative(word: str, offers: tuple[OfferTerms, ...], received_at: datetime | None) -> str:
    """A day told from the day of the message. After midnight "tomorrow" may still mean the day that has begun."""
    if received_at is None or not offers:
        return "@someday"
    meant = [offer for offer in offers if _days_off(received_at, offer) == RELATIVE[word]]
    if RELATIVE[word] > 0 and any(_there(received_at, offer).hour < _SMALL_HOURS for offer in offers):
        return "@someday"
    return "@day" if meant else "@otherday"


def _this_part(part: str, offers: tuple[OfferTerms, ...], received_at: datetime | None) -> str:
    """ "This morning", "esta noche": a part of the day of the message."""
    if PARTS[part] == PARTS["night"]:
        return _this_night(offers, received_at)
    if received_at is None or not offers:
        return "@someday"
    meant = tuple(offer for offer in offers if _days_off(received_at, offer) == 0)
    return _part(part, meant) if meant else "@otherday"


def _this_night(offers: tuple[OfferTerms, ...], received_at: datetime | None) -> str:
    """ "Tonight" begins in the evening and lasts until the small hours; said after midnight, it may mean either night."""
    if received_at is None or not offers:
        return "@someday"
    for offer in offers:
        there = _there(received_at, offer)
        evening = there.date() - timedelta(days=there.hour < _SMALL_HOURS)
        starts = offer.starts_at
        begins_at_night = not _SMALL_HOURS <= starts.hour < _EVENING
        if begins_at_night and starts.date() - timedelta(days=starts.hour < _SMALL_HOURS) == evening:
            return "@day"
    if any(_there(received_at, offer).hour < _SMALL_HOURS for offer in offers):
        return "@someday"
    return "@otherpart" if any(_days_off(received_at, offer) == 0 for offer in offers) else "@otherday"


def _there(received_at: datetime, offer: OfferTerms) -> datetime:
    """When the message came, as the clock showed it where the offer is."""
    return received_at.astimezone(offer.starts_at.tzinfo)


def _days_off(received_at: datetime, offer: OfferTerms) -> int:
    """How many days after the day of the message `offer` is, in its own zone."""
    return (offer.starts_at.date() - _there(received_at, offer).date()).days


def _number(
    written: list[str], at: int, meaning: Meaning, codes: set[str], offers: tuple[OfferTerms, ...]
) -> str:
    word = written[at]
    if meaning is Meaning.CODE and word in codes:
        return "@mycode"
    if meaning is Meaning.CODE and 2 <= len(word) <= 4 and word != "100":
        return "@code"
    if meaning is Meaning.CLOCK:
        return _time(word, offers)
    if meaning is Meaning.DAY:
        day = _ordinal(word, offers)
        hour = day == "@otherday" and len(word) == 1 and written[at - 1] in DAYS and _starts(word, offers)
        return "@start" if hour else day
    if meaning is Meaning.AMOUNT:
        return "@price"
    if word == "100":
        return word
    # A single digit that is the hour on offer needs no word that says so: "yes 7".
    hour = len(word) == 1 and meaning is not Meaning.COUNT and _starts(word, offers)
    return "@start" if hour else "@num"


def _starts(word: str, offers: tuple[OfferTerms, ...]) -> bool:
    return _time(word, offers) == "@start"


def _clock(text: str) -> set[int]:
    """The minutes of the day that a time may mean: two, where nothing tells morning from evening."""
    found = _CLOCK.match(text)
    hour, minute, half = (int(found[1]), int(found[2] or 0), found[3]) if found else (99, 0, None)
    if hour > 24 or minute > 59 or (half and hour > 12):
        return set()
    halves = {hour % 12 + 12 * (half == "p")} if half else {hour % 12, hour % 12 + 12}
    return {each * 60 + minute for each in (halves if hour <= 12 else {hour % 24})}


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _time(word: str, offers: tuple[OfferTerms, ...]) -> str:
    """A time, compared. Whoever comes some minutes early comes for the start."""
    said = _clock(word)
    if any(0 <= _minute(offer.starts_at) - each <= _EARLY for offer in offers for each in said):
        return "@start"
    return "@end" if any(_minute(offer.ends_at) in said for offer in offers) else "@othertime"


def _range(word: str, offers: tuple[OfferTerms, ...]) -> str:
    parts = _BETWEEN.split(word, maxsplit=1) if _BETWEEN.search(word) else word.split("a", 1)
    first, last = (_clock(part.strip()) for part in parts)
    if any(_minute(offer.starts_at) in first and _minute(offer.ends_at) in last for offer in offers):
        return "@hours"
    return "@tenfour" if word.replace(" ", "") == "10-4" else "@othertime"


def _date(word: str, offers: tuple[OfferTerms, ...]) -> str:
    month, day = (int(part) for part in word.split("/")[:2])
    if month > 12:
        month, day = day, month
    fits = any((offer.starts_at.month, offer.starts_at.day) == (month, day) for offer in offers)
    return "@day" if fits else "@otherday"


def _ordinal(word: str, offers: tuple[OfferTerms, ...]) -> str:
    day = int(word.rstrip("stndrh"))
    return "@day" if any(offer.starts_at.day == day for offer in offers) else "@otherday"


_COMPARED_NUMBERS = frozenset({Meaning.CLOCK, Meaning.DAY})
_COMPARED = {"time": _time, "range": _range, "date": _date, "ordinal": _ordinal}
