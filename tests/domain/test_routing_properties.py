"""What holds for routing whatever offers a phone has and whatever is read."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain.conversation.state import Note, OpenQuestion
from firstyes.domain.inbound.contact import Contact, LastTold, OfferView
from firstyes.domain.inbound.destination import Destination, ToConversation, ToEach, ToShift
from firstyes.domain.inbound.routing import route
from firstyes.domain.message import OFFERS, Purpose
from firstyes.domain.replies.reading import Intent, Reading
from firstyes.domain.shift.commands import AcceptOffer, Obstacle
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, OPEN, a_contact, a_person, a_reading, an_offer_view, minutes

CODES = tuple(str(code) for code in range(21, 29))
PEOPLE = ("alma", "ivo")
CLOSED = (ShiftStatus.CLAIMED, ShiftStatus.CANCELLED, ShiftStatus.EXPIRED)


@st.composite
def offer_views(draw: st.DrawFn, code: str) -> OfferView:
    closed = draw(st.none() | st.integers(0, 30).map(minutes))
    mine = closed is not None and draw(st.booleans())
    # A shift has at most one fan-out under way: what is live is each of another shift.
    return an_offer_view(
        f"s{code}" if closed is None else f"s{draw(st.sampled_from(CODES))}",
        code,
        caregiver_id=draw(st.sampled_from(PEOPLE)),
        starts=NOW + draw(st.sampled_from([minutes(-30), minutes(0), minutes(60), minutes(120)])),
        status=draw(st.sampled_from(OPEN if closed is None else CLOSED)),
        closed=closed,
        declined=draw(st.booleans()),
        told=draw(st.booleans()),
        mine=mine,
        former=tuple(draw(st.lists(st.sampled_from(CODES), max_size=1))),
    )


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    codes = draw(st.lists(st.sampled_from(CODES), max_size=5, unique=True))
    people = tuple(
        a_person(name, name=name.title(), opted_out=draw(st.booleans()), active=draw(st.booleans()))
        for name in PEOPLE
    )
    question = draw(
        st.none()
        | st.builds(
            OpenQuestion,
            intent=st.sampled_from([Intent.ACCEPT, Intent.DECLINE, Intent.UNCLEAR, Intent.QUESTION]),
            codes=st.lists(st.sampled_from(CODES), unique=True).map(tuple),
            asked_at=st.integers(0, 60).map(lambda ago: NOW - minutes(ago)),
        )
    )
    gone = {one.caregiver_id for one in people if not one.active}
    drawn = [draw(offer_views(code)) for code in codes]
    # A person has one offer of a shift that counts, whatever its codes.
    views = list({(one.shift_id, one.caregiver_id): one for one in drawn}.values())
    views = [
        replace(one, live=False, asking=False, obstacle=Obstacle.INACTIVE)
        if one.caregiver_id in gone
        else one
        for one in views
    ]
    told = LastTold(
        draw(st.sampled_from(Purpose)),
        tuple(draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))) if codes else (),
        NOW - minutes(draw(st.integers(0, 20))),
        draw(st.none() | st.sampled_from([f"s{code}" for code in CODES])),
    )
    return a_contact(*views, people=people, question=question, told=draw(st.none() | st.just(told)))


@st.composite
def readings(draw: st.DrawFn, intent: st.SearchStrategy[Intent] = st.sampled_from(Intent)) -> Reading:
    codes = draw(st.lists(st.sampled_from((*CODES, "99")), max_size=2, unique=True))
    words = draw(st.none() | st.just(()) | st.just(("some", "words")))
    explicit, thanks = draw(st.booleans()), draw(st.booleans())
    reading = a_reading(draw(intent), *codes, words=words, explicit=explicit, thanks=thanks)
    automatic = reading.intent is Intent.UNCLEAR and draw(st.booleans())
    return reading.model_copy(update={"automatic": automatic})


def takes(destination: Destination) -> tuple[str, str] | None:
    """The shift and the caregiver a message is a yes for."""
    if isinstance(destination, ToShift) and isinstance(destination.command, AcceptOffer):
        return destination.shift_id, destination.command.caregiver_id
    return None


def can_be_won(contact: Contact) -> list[OfferView]:
    working = {one.caregiver_id for one in contact.people if one.active}
    return [one for one in contact.offers if one.live and one.starts_at > NOW and one.caregiver_id in working]


@given(contacts(), readings())
def test_one_message_has_one_destination_and_nothing_raises(contact: Contact, reading: Reading):
    destination = route(contact, reading, "m1", NOW)
    # A text that names several shifts is for each of them, and is answered once.
    several = isinstance(destination, ToEach)
    for one in (*destination.parts, destination.answer) if several else (destination,):
        assert isinstance(one, ToShift | ToConversation)
        assert one.command.message_id == "m1"


@given(contacts(), readings(), st.randoms())
def test_the_order_of_the_offers_does_not_matter(contact: Contact, reading: Reading, random):
    # given
    offers = list(contact.offers)
    random.shuffle(offers)
    shuffled = replace(contact, offers=tuple(offers))
    # then
    assert route(shuffled, reading, "m1", NOW) == route(contact, reading, "m1", NOW)


@given(contacts(), readings())
def test_what_a_phone_wrote_by_itself_takes_asks_and_answers_nothing(contact: Contact, reading: Reading):
    destination = route(contact, reading, "m1", NOW)
    if reading.automatic:
        assert isinstance(destination.command, Note)
        assert destination.command.automatic


@given(contacts(), readings(st.just(Intent.ACCEPT)))
def test_a_yes_that_can_mean_two_things_takes_nothing(contact: Contact, reading: Reading):
    # given
    deaf = {one.caregiver_id for one in contact.people if one.opted_out}
    meant = [one for one in can_be_won(contact) if not one.declined and one.caregiver_id not in deaf]
    # when
    taken = takes(route(contact, reading, "m1", NOW))
    # then
    if len(meant) > 1 and not reading.codes:
        assert taken is None


@given(contacts(), readings(st.just(Intent.ACCEPT)))
def test_a_code_is_followed_or_nothing_is_taken(contact: Contact, reading: Reading):
    taken = takes(route(contact, reading, "m1", NOW))
    if reading.codes and taken is not None:
        named = {
            (one.shift_id, one.caregiver_id)
            for one in contact.offers
            if not {one.code, *one.former_codes}.isdisjoint(reading.codes)
        }
        # What cannot be taken may be told the truth of.
        assert taken in named or taken not in {
            (one.shift_id, one.caregiver_id) for one in can_be_won(contact)
        }


@given(contacts(), readings(st.just(Intent.ACCEPT)))
def test_a_bare_yes_takes_only_what_the_last_text_named(contact: Contact, reading: Reading):
    """Whatever was said last: it is the only thing open, and no mere "ok" takes what one said no to."""
    # given
    reading = reading.model_copy(update={"codes": ()})
    deaf = {one.caregiver_id for one in contact.people if one.opted_out}
    live = [one for one in can_be_won(contact) if one.caregiver_id not in deaf]
    # when
    taken = takes(route(contact, reading, "m1", NOW))
    # then
    mine = [one for one in live if (one.shift_id, one.caregiver_id) == taken]
    if mine:
        told = contact.last_told
        assert told is not None
        assert not set(told.opens).isdisjoint(mine[0].codes)
        assert [one for one in live if one.declined == mine[0].declined] == mine
        assert reading.explicit or (told.purpose in (*OFFERS, Purpose.QUESTION) and not mine[0].declined)


@given(contacts(), readings(st.just(Intent.DECLINE)))
def test_a_bare_no_passes_on_only_what_is_being_asked(contact: Contact, reading: Reading):
    # given
    reading = reading.model_copy(update={"codes": ()})
    # when
    destination = route(contact, reading, "m1", NOW)
    # then
    if isinstance(destination, ToShift):
        command = destination.command
        [about] = [
            one
            for one in contact.offers
            if (one.shift_id, one.caregiver_id) == (destination.shift_id, command.caregiver_id)
            and (one.asking or one.mine)
        ]
        assert about.mine or about.asking


@given(contacts(), readings(st.sampled_from([one for one in Intent if one is not Intent.ACCEPT])))
def test_without_a_yes_only_a_bare_code_to_our_own_question_takes_anything(
    contact: Contact, reading: Reading
):
    if takes(route(contact, reading, "m1", NOW)) is not None:
        assert reading.intent is Intent.UNCLEAR
        assert len(reading.codes) == 1
        assert reading.words == reading.codes
        assert contact.question is not None
        assert contact.question.intent is Intent.ACCEPT
        assert reading.codes[0] in contact.question.codes
        assert NOW - contact.question.asked_at <= timedelta(minutes=30)


@given(contacts(), readings())
def test_whoever_opted_out_or_left_takes_nothing_that_could_be_won(contact: Contact, reading: Reading):
    # given
    out = {one.caregiver_id for one in contact.people if one.opted_out or not one.active}
    open_to = {(one.shift_id, one.caregiver_id) for one in contact.offers if one.live}
    # when
    taken = takes(route(contact, reading, "m1", NOW))
    # then
    if taken is not None and taken in open_to:
        assert taken[1] not in out
