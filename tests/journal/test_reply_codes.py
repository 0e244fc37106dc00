"""Reply codes: one phone never has the same code twice while a reply may still be on its way."""

from datetime import timedelta

import pytest

from firstyes.actors.journal import reservations
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.domain.inbound.contact import ANSWERABLE
from firstyes.domain.shift.candidates import JOINING, Candidate, make_offers
from firstyes.domain.shift.commands import UpdateOffers
from support.kept import HOUR, NOW, Kept


def everybody(kept: Kept) -> list[Candidate]:
    return kept.journal.candidates("lakeside", "rn")


def test_everybody_gets_a_code_of_two_digits(kept: Kept) -> None:
    codes = kept.reserve_codes(kept.post(), 1, everybody(kept))
    assert codes == {"alma": "10", "bea": "10"}


def test_a_phone_gets_another_code_for_every_offer(kept: Kept) -> None:
    codes = [kept.reserve_codes(kept.post(f"s{n}"), 1, everybody(kept)) for n in range(90)]
    assert [one["alma"] for one in codes] == [str(n) for n in range(10, 100)]


def test_two_people_on_one_phone_get_different_codes(kept: Kept) -> None:
    kept.employ("cleo", "dora", phone="+13125550777")
    codes = kept.reserve_codes(kept.post(), 1, everybody(kept))
    assert codes["cleo"] != codes["dora"]


def test_when_two_digits_are_used_up_codes_grow_longer(kept: Kept) -> None:
    for number in range(90):
        kept.reserve_codes(kept.post(f"s{number}"), 1, everybody(kept))
    codes = [kept.reserve_codes(kept.post(f"t{n}"), 1, everybody(kept)) for n in range(2)]
    assert [one["alma"] for one in codes] == ["100", "101"]


def test_asked_again_the_same_codes_are_given(kept: Kept, store) -> None:
    shift, all_of_them = kept.post(), everybody(kept)
    first = kept.reserve_codes(shift, 1, all_of_them)
    assert kept.reserve_codes(shift, 1, all_of_them) == first
    assert store.rows("SELECT count(*) FROM offers") == [(2,)]


def test_who_is_named_no_longer_loses_the_code(kept: Kept, store) -> None:
    shift = kept.post()
    alma, bea = everybody(kept)
    kept.reserve_codes(shift, 1, [alma, bea])
    assert kept.reserve_codes(shift, 1, [bea]) == {"bea": "10"}
    assert store.rows("SELECT caregiver_id FROM offers") == [("bea",)]


def test_a_code_that_was_given_back_is_not_the_next_one_given(kept: Kept) -> None:
    alma, bea = everybody(kept)
    kept.reserve_codes(kept.post("s1"), 1, [alma, bea])
    kept.reserve_codes(kept.post("s1"), 1, [bea])
    assert kept.reserve_codes(kept.post("s2"), 1, [alma]) == {"alma": "11"}


def test_who_changed_phones_meanwhile_gets_a_code_for_the_new_one(kept: Kept, store) -> None:
    shift = kept.post()
    kept.reserve_codes(shift, 1, everybody(kept))
    kept.employ("alma", phone="+13125550888")
    kept.reserve_codes(shift, 1, everybody(kept))
    phones = "SELECT phone FROM offers JOIN contacts ON contacts.id = contact_id WHERE caregiver_id = 'alma'"
    assert store.rows(phones) == [("+13125550888",)]


def test_a_code_is_free_again_three_days_after_its_shift_began(kept: Kept) -> None:
    # given
    for number in range(90):
        kept.reserve_codes(kept.post(f"s{number}"), 1, everybody(kept))
    begins = NOW + 2 * HOUR
    moment = timedelta(microseconds=1)
    later = kept.post("later", starts=begins + timedelta(days=9))
    # when
    before = kept.reserve_codes(later, 1, everybody(kept), begins + ANSWERABLE - moment)
    after = kept.reserve_codes(later, 2, everybody(kept), begins + ANSWERABLE)
    # then
    assert before["alma"] == "100"
    assert after["alma"] == "10"


def test_a_new_fan_out_gives_new_codes(kept: Kept) -> None:
    shift = kept.post()
    kept.reserve_codes(shift, 1, everybody(kept))
    assert kept.reserve_codes(shift, 2, everybody(kept)) == {"alma": "11", "bea": "11"}


def test_a_fan_out_that_has_started_keeps_its_offers(kept: Kept, store) -> None:
    """A second request that lost the race must not take the codes away that texts already carry."""
    codes = kept.offer()
    shift = kept.state("s1").shift
    assert shift is not None
    alma = everybody(kept)[:1]
    kept.employ("cleo")
    assert kept.reserve_codes(shift, 1, alma) == {"alma": codes["alma"]}
    assert store.rows("SELECT count(*) FROM offers") == [(2,)]


def test_a_code_that_no_fan_out_used_is_no_offer(kept: Kept) -> None:
    kept.reserve_codes(kept.post(), 1, everybody(kept))
    assert kept.contact("alma").offers == ()


def test_row_68_a_phone_without_a_free_code_gets_none_and_holds_nobody_up(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(reservations, "RANGES", ((10, 12),))
    kept.employ("cleo", "dora", "emil", "fay", phone="+13125550777")
    # when
    codes = kept.reserve_codes(kept.post(), 1, everybody(kept))
    # then
    assert set(codes) == {"alma", "bea", "cleo", "dora", "emil"}


def test_whoever_joins_has_a_code_reserved_that_is_theirs_once_they_are_offered_the_shift(
    kept: Kept, store
) -> None:
    # given
    kept.offer()
    kept.employ("cleo")
    [cleo] = [one for one in everybody(kept) if one.caregiver.id == "cleo"]
    shift = kept.state("s1").shift
    assert shift is not None
    # when
    codes = kept.reserve_codes(shift, JOINING, [cleo])
    assert kept.contact("cleo").offers == ()
    assert kept.reserve_codes(shift, JOINING, [cleo]) == codes
    kept.must("s1", UpdateOffers(at=NOW, by="service", joining=make_offers([cleo], codes)))
    # then
    assert [one.code for one in kept.contact("cleo").offers] == [codes["cleo"]]
    assert store.rows("SELECT fanout, count(*) FROM offers GROUP BY fanout") == [(1, 3)]


def test_row_24_whoever_moves_has_a_code_that_is_free_at_the_new_phone(kept: Kept, store) -> None:
    # given
    kept.employ("cleo", phone="+13125550777")
    kept.offer()
    kept.employ("alma", phone="+13125550777")
    [alma] = kept.journal.moved_away("s1")
    shift = kept.state("s1").shift
    assert shift is not None
    # when
    codes = kept.reserve_codes(shift, JOINING, [alma])
    kept.must("s1", UpdateOffers(at=NOW, by="service", moved=make_offers([alma], codes)))
    # then
    offers = {one.caregiver_id: one.code for one in kept.contact("cleo").offers}
    assert offers == {"alma": codes["alma"], "cleo": "10"}
    assert codes["alma"] != "10"
    assert kept.journal.moved_away("s1") == []
    assert diagnose(DatabaseFile(store.path)).sound
