"""Which offers a text speaks of that says something of each: by their codes, by their days, or of all that are open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from ..conversation.state import QUESTION_STANDS, OpenQuestion
from ..message import Purpose
from ..replies.reading import Every, Intent, Reading
from .contact import Contact, OfferView
from .standing import Standing

TO_READ = timedelta(seconds=10)
"""Who answers our question sooner may have written before it came."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that is said: a yes or a no, the code it is said of, and the offer of that code; None where there is none."""

    code: str
    intent: Intent
    offer: OfferView | None


def standing_question(contact: Contact, at: datetime) -> OpenQuestion | None:
    """Give the question that we asked a short while ago, unless one of its offers was taken or passed on since."""
    question = contact.question
    if question is None or at - question.asked_at > QUESTION_STANDS:
        return None
    about = [one for one in contact.offers if one.code in question.codes]
    if question.intent is Intent.ACCEPT:
        return None if any(one.mine for one in about) else question
    return None if any(one.declined for one in about) else question


def listed(contact: Contact, at: datetime) -> tuple[str, ...]:
    """Give the codes that our last text listed when it asked which, in its order, which is that of their starts; none where
    two start at once, or where whoever answers at once may not have seen it and was told of them in another order."""
    question, told = standing_question(contact, at), contact.last_told
    if (
        question is None
        or told is None
        or told.purpose is not Purpose.QUESTION
        or told.opens != question.codes
    ):
        return ()
    about = [one for code in question.codes for one in contact.offers if one.code == code]
    starts = [one.starts_at for one in about]
    seen = at - question.asked_at >= TO_READ or sorted(about, key=lambda one: one.offered_at) == about
    in_order = len(starts) == len(question.codes) and all(one < then for one, then in pairwise(starts))
    return question.codes if seen and in_order else ()


def of_codes(offers: Iterable[OfferView], codes: Iterable[str]) -> list[OfferView]:
    """Give the offers that any of these codes mean."""
    offers, wanted = list(offers), set(codes)
    # A code that was given anew means its newest offer.
    wanted_before = wanted - {one.code for one in offers}
    return [one for one in offers if one.code in wanted or not wanted_before.isdisjoint(one.former_codes)]


def of_codes_or_outdated(offers: Sequence[OfferView], codes: Iterable[str]) -> list[OfferView]:
    """Give the offers that any of these codes mean; where there is none, those that they meant on other terms: by such a code
    nothing is taken, but who sends it hears what became of the shift."""
    wanted = set(codes)
    return of_codes(offers, wanted) or [
        one for one in offers if not (one.live or wanted.isdisjoint(one.outdated_codes))
    ]


def each_meant(contact: Contact, reading: Reading, standing: Standing) -> tuple[Meant, ...]:
    """Give what a text says of each offer; nothing where it speaks of one, or where it is not certain which it means."""
    question = standing_question(contact, standing.at)
    if reading.every is not None:
        return _every(reading, reading.every, standing, question)
    asked = question if question is not None and question.intent in {Intent.ACCEPT, Intent.DECLINE} else None
    said: list[tuple[str, Intent]] = [
        (one.code, one.intent) for one in reading.each if one.intent is not Intent.UNCLEAR
    ]
    lists_codes = (
        reading.intent is Intent.UNCLEAR and len(reading.codes) > 1 and reading.words == reading.codes
    )
    if asked is not None and reading.intent is not Intent.CALL_OFF:
        named = [one.code for one in reading.each if one.intent is Intent.UNCLEAR]
        named += reading.codes if lists_codes else ()
        said += [(code, asked.intent) for code in named if code in asked.codes]
    elif standing.just_won is not None:
        # "And 31 too", behind the news that they have the other.
        said += [(one.code, Intent.ACCEPT) for one in reading.each if one.too]
    by_words = any(code not in reading.codes for code, _ in said)
    if by_words and not _certain(reading, standing):
        return ()
    return _by_code(said, standing)


def _certain(reading: Reading, standing: Standing) -> bool:
    """Whether a day can mean only what is open: nothing just closed, just won or, with a no, held."""
    if any(one.intent is Intent.DECLINE for one in reading.each) and standing.held:
        # Days are compared with what they have only where nothing is open.
        have = {one.code for one in standing.held}
        return not standing.answers_a_person and have.issuperset(one.code for one in reading.each)
    if all(one.intent is Intent.DECLINE for one in reading.each):
        return True
    sure = reading.explicit or standing.answers_a_question
    return sure and standing.just_won is None and not standing.missed()


def _by_code(said: Sequence[tuple[str, Intent]], standing: Standing) -> tuple[Meant, ...]:
    meant: list[Meant] = []
    for code, intent in said:
        found = of_codes_or_outdated(standing.all, [code])
        offer = found[0] if found else None
        if len(found) > 1 or (
            offer is not None and intent is Intent.ACCEPT and offer.caregiver_id in standing.deaf
        ):
            return ()
        if offer is None or all(one.offer is not offer for one in meant):
            meant.append(Meant(code, intent, offer))
        elif any(one.offer is offer and one.intent is not intent for one in meant):
            return ()
    return tuple(meant) if any(one.offer for one in meant) else ()


def _every(
    reading: Reading, every: Every, standing: Standing, question: OpenQuestion | None
) -> tuple[Meant, ...]:
    """Two for "both", two or more for "all", and any for "none": what the last text named, else all that is open, of one
    person."""
    if every is Every.ANY:
        return _any(reading, standing, question)
    intent, named = reading.intent, standing.named(standing.open)
    if intent is Intent.ACCEPT and not reading.explicit and question and question.intent is Intent.DECLINE:
        intent, meant = Intent.DECLINE, of_codes(standing.all, question.codes)
    elif intent is Intent.DECLINE:
        if standing.held and not standing.open:
            meant = [] if standing.answers_a_person else standing.held
        elif standing.held and (len(named) < 2 or standing.named(standing.held)):
            return ()
        else:
            meant = named if len(named) > 1 else standing.asked
    elif standing.just_won is not None:
        return ()
    else:
        lately = [one for one in standing.missed() if not one.mine]
        meant = named if len(named) > 1 and not lately else [*standing.open, *lately]
    fits = len(meant) == 2 if every is Every.BOTH else len(meant) > (intent is Intent.ACCEPT)
    if (
        not fits
        or len({one.caregiver_id for one in meant}) > 1
        or len({one.shift_id for one in meant}) < len(meant)
    ):
        return ()
    in_order = sorted(meant, key=lambda one: (one.starts_at, one.shift_id, one.code))
    return tuple(Meant(one.code, intent, one) for one in in_order)


def _any(reading: Reading, standing: Standing, question: OpenQuestion | None) -> tuple[Meant, ...]:
    """Of those that our question listed, or of all that are open, the one that starts first; none where two do, or are not of
    one person. Without our question it needs plain words."""
    if standing.answers_a_person or standing.just_won is not None:
        return ()
    if question is not None:
        meant = of_codes(standing.open, question.codes) if question.intent is Intent.ACCEPT else []
    else:
        sure = reading.explicit and len(standing.open) > 1 and not standing.missed()
        meant = standing.open if sure else []
    earliest = min((one.starts_at for one in meant), default=None)
    first = [one for one in meant if one.starts_at == earliest]
    if len(first) != 1 or len({one.caregiver_id for one in meant}) > 1:
        return ()
    return (Meant(first[0].code, Intent.ACCEPT, first[0]),)
