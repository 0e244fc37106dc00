"""What is remembered of a phone: never less, and never anything else, than what is committed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from firstyes.actors.contacts import ContactChange, Contacts, Touched
from firstyes.actors.errors import UnknownPhone
from firstyes.actors.journal.port import Asked
from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Status
from firstyes.domain.conversation.state import OpenQuestion
from firstyes.domain.inbound.contact import Contact, LastTold, ShiftProgress
from firstyes.domain.message import Purpose
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_contact, an_offer_view, hours
from support.world import World, a_world

PHONE = "+1" + "3125550104"


class Journal:
    """Answers from a dictionary, and counts."""

    def __init__(self, contact: Contact | None) -> None:
        self.contact, self.asked = contact, 0
        self.meanwhile: Any = lambda: None

    def __call__(self, asked: Sequence[Asked], at: datetime) -> list[Contact | None]:
        self.asked += 1
        found = self.contact
        self.meanwhile()
        return [found] * len(asked)


def found_by(contacts: Contacts, phone: str) -> Contact | None:
    [known] = contacts.find([(phone, None)], NOW)
    return None if known is None else known.contact


def an_offered_contact() -> Contact:
    return a_contact(replace(an_offer_view("s1"), open_until=NOW + hours(2)))


def test_it_is_looked_up_once_while_nothing_of_it_changes():
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    contacts.changed(Touched({"another": None}, {99: None}))
    found = [found_by(contacts, PHONE) for _ in range(3)]
    contacts.changed(Touched({"another": None}, {99: None}))
    assert [*found, found_by(contacts, PHONE)] == [journal.contact] * 4
    assert journal.asked == 1


@pytest.mark.parametrize(
    "touched",
    [
        Touched({"s1": None}),
        Touched(contacts={an_offered_contact().contact_id: None}),
        Touched(everybody=True),
    ],
)
def test_it_is_looked_up_anew_once_something_of_it_has_changed(touched):
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    contacts.find([(PHONE, None)], NOW)
    contacts.changed(touched)
    contacts.find([(PHONE, None)], NOW)
    assert journal.asked == 2


def test_what_changes_while_it_is_being_read_is_not_missed():
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    journal.meanwhile = lambda: contacts.changed(Touched({"s1": None}))
    contacts.find([(PHONE, None)], NOW)
    journal.meanwhile = lambda: None
    contacts.find([(PHONE, None)], NOW)
    assert journal.asked == 2


TOO_LATE = LastTold(Purpose.TOO_LATE, ("31",), NOW, "s1", "alma", "lakeside")


def told() -> ContactChange:
    return ContactChange(told=(Purpose.TOO_LATE, ("31",), NOW, "s1", "alma", "lakeside"))


def test_what_it_was_told_since_is_known_of_it_without_a_look_up():
    # given
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    contacts.find([(PHONE, None)], NOW)
    # when
    contacts.changed(Touched(contacts={7: told()}))
    # then
    found = found_by(contacts, PHONE)
    assert found is not None
    assert found.last_told == TOO_LATE
    assert journal.asked == 1


def test_how_far_a_shift_has_come_is_known_of_all_who_were_offered_it_without_a_look_up():
    # given
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    phones = (PHONE, "+13125550105")
    for phone in phones:
        contacts.find([(phone, None)], NOW)
    # when
    contacts.changed(Touched({"s1": ShiftProgress(ShiftStatus.CLAIMED, "alma", NOW)}))
    # then
    for found in (found_by(contacts, phone) for phone in phones):
        assert found is not None
        assert [(one.mine, one.live, one.closed_at) for one in found.offers] == [(True, False, NOW)]
    assert journal.asked == 2


def test_what_was_remembered_before_a_shift_came_back_is_looked_up_whatever_became_of_it_then():
    # given
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    contacts.find([(PHONE, None)], NOW)
    # when
    contacts.changed(Touched({"s1": None}))
    contacts.changed(Touched({"s1": ShiftProgress(ShiftStatus.UNFILLED, None, None)}))
    # then
    contacts.find([(PHONE, None)], NOW)
    assert journal.asked == 2


def test_a_phone_that_has_dialled_two_numbers_is_known_as_it_is_under_either():
    # given
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    dialled = (None, "+13125550100")
    for number in dialled:
        contacts.find([(PHONE, number)], NOW)
    # when
    contacts.changed(Touched(contacts={7: told()}))
    # then
    remembered = [contacts.remembered(PHONE, number, NOW) for number in dialled]
    assert [one and one.contact.last_told for one in remembered] == [TOO_LATE] * 2


def test_what_several_commits_have_changed_is_known_together():
    # given
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    contacts.find([(PHONE, None)], NOW)
    asked = OpenQuestion(Intent.ACCEPT, ("27",), NOW)
    # when
    for fact in ("told", "declined"):
        contacts.changed(Touched(contacts={7: ContactChange(offers={("s1", "alma"): {fact: 0}})}))
    contacts.changed(Touched(contacts={7: ContactChange(question=asked)}))
    contacts.changed(Touched(contacts={7: told()}))
    # then
    found = found_by(contacts, PHONE)
    assert found is not None
    assert [(one.told, one.declined) for one in found.offers] == [(True, True)]
    assert (found.question, found.last_told, journal.asked) == (asked, TOO_LATE, 1)


def test_what_a_release_took_back_is_not_remembered_by_what_comes_later():
    # given
    contacts = Contacts(Journal(an_offered_contact()))
    contacts.changed(Touched(contacts={7: ContactChange(offers={("s1", "alma"): {"told": 0}})}))
    contacts.changed(Touched({"s1": None}))
    contacts.find([(PHONE, None)], NOW)
    # when
    contacts.changed(Touched(contacts={7: told()}))
    # then
    found = found_by(contacts, PHONE)
    assert found is not None
    assert (found.last_told, [one.told for one in found.offers]) == (TOO_LATE, [False])


def test_what_only_may_be_committed_changes_nothing_that_is_remembered():
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    contacts.find([(PHONE, None)], NOW)
    contacts.changed(Touched(contacts={7: told()}, everybody=True))
    contacts.find([(PHONE, None)], NOW)
    assert journal.asked == 2


@pytest.mark.parametrize("at", [NOW + hours(2), NOW - timedelta(seconds=1)])
def test_when_an_offer_has_ended_or_the_clock_was_set_back_it_is_looked_up_anew(at):
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal)
    contacts.find([(PHONE, None)], NOW)
    contacts.find([(PHONE, None)], at)
    assert journal.asked == 2


def test_nobody_is_remembered_as_unknown():
    journal = Journal(None)
    contacts = Contacts(journal)
    assert contacts.find([(PHONE, None)], NOW) == [None]
    journal.contact = an_offered_contact()
    assert found_by(contacts, PHONE) is journal.contact


def test_it_remembers_no_more_than_it_may():
    journal = Journal(an_offered_contact())
    contacts = Contacts(journal, most=2)
    for phone in ("1", "2", "3", "1"):
        contacts.find([(phone, None)], NOW)
    assert journal.asked == 4
    for number in range(20):
        contacts.changed(Touched({f"other-{number}": None}))
    contacts.find([("1", None)], NOW)
    assert journal.asked == 5


def test_another_thread_may_remember_somebody_while_it_makes_room():
    # given
    class Meddled(dict[Any, Any]):
        def __iter__(self) -> Iterator[Any]:
            oldest = super().__iter__()
            if len(self) == 3:
                self["another", None] = None
            return oldest

    contacts = Contacts(Journal(an_offered_contact()), most=2)
    contacts._known = Meddled()
    # when
    for phone in ("1", "2", "3"):
        contacts.find([(phone, None)], NOW)
    # then
    assert len(contacts._known) == 2


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as world:
        world.asked("ann", "bob")
        yield world


def test_whoever_writes_twice_hears_what_has_become_of_the_shift_in_between(world):
    assert world.says("bob", "what time?").status is not Status.SUCCESS
    assert world.says("ann", "yes").status is Status.SUCCESS
    assert world.says("bob", "yes").status is Status.ALREADY_CLAIMED


def test_a_person_made_inactive_is_not_remembered_as_active(world):
    world.says("ann", "what time?")
    world.caregivers("ann", phone=world.phones["ann"], active=False)
    with pytest.raises(UnknownPhone):
        world.says("ann", "yes")
    assert world.record().claimed_by is None


def test_a_shift_given_by_hand_to_somebody_whom_no_text_reaches_is_known_of_their_phone(world):
    # given
    world.says("ann", "stop")
    for _ in ("delivered", "delivered twice"):
        world.says("ann", "what time?", message_id="m-1")
    world.shift("late", starts_in=30)
    assert world.desk.assign("late", "ann").status is Status.SUCCESS
    # when
    world.says("ann", "I can't come")
    # then
    alerts = world.desk.alerts().items
    assert ("late", AlertKind.DROP_REQUESTED) in [(one.shift_id, one.kind) for one in alerts]


def test_a_shift_given_by_hand_follows_somebody_whom_no_text_reaches_to_another_phone(world):
    # given
    world.says("bob", "yes")
    world.caregivers("zoe", role="LPN")
    world.says("zoe", "stop")
    world.caregivers("ann", phone=world.phones["zoe"])
    world.desk.release("early")
    for _ in ("delivered", "delivered twice"):
        world.says("ann", "what time?", message_id="m-1")
    assert world.desk.assign("early", "ann").status is Status.SUCCESS
    # when
    world.says("ann", "I can't come")
    # then
    alerts = world.desk.alerts().items
    assert ("early", AlertKind.DROP_REQUESTED) in [(one.shift_id, one.kind) for one in alerts]


def test_a_number_whose_organization_was_deleted_is_not_remembered_as_its(world):
    # given
    agency = Organization(id="nightingale", name="Nightingale", phones=(OwnNumber(number="+13125559999"),))
    world.desk.put_organizations([agency])
    contacts = world.desk._working.contacts
    asked = [(world.phones["ann"], "+13125559999")], world.clock.now()
    assert [one.contact.dialled for one in contacts.find(*asked)] == ["nightingale"]
    # when
    world.desk.delete_organization("nightingale")
    # then
    assert [one.contact.dialled for one in contacts.find(*asked)] == [None]
