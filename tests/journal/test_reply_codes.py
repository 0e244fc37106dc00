"""Reply codes: one phone never has the same code twice while a reply may still be on its way."""

from datetime import timedelta

import pytest

from firstyes.actors.journal import reply_codes
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.domain.inbound.contact import ANSWERABLE
from firstyes.domain.shift.candidates import Candidate, make_offers
from firstyes.domain.shift.commands import UpdateOffers
from support.kept import HOUR, NOW, Kept


def everybody(kept: Kept) -> list[Candidate]:
    return kept.candidates()


def test_everybody_gets_a_code_of_two_digits(kept: Kept) -> None:
    assert kept.offer() == {"alma": "10", "bea": "10"}


def test_a_phone_gets_another_code_for_every_offer(kept: Kept) -> None:
    codes = [kept.offer(f"s{number}") for number in range(90)]
    assert [one["alma"] for one in codes] == [str(number) for number in range(10, 100)]


def test_two_people_on_one_phone_get_different_codes(kept: Kept) -> None:
    kept.employ("cleo", "dora", phone="+13125550777")
    codes = kept.offer()
    assert codes["cleo"] != codes["dora"]


def test_when_two_digits_are_used_up_codes_grow_longer(kept: Kept) -> None:
    for number in range(90):
        kept.offer(f"s{number}")
    codes = [kept.offer(f"t{number}") for number in range(2)]
    assert [one["alma"] for one in codes] == ["100", "101"]


def test_a_code_that_was_found_and_not_offered_is_not_the_next_one_given(kept: Kept) -> None:
    kept.find_codes(everybody(kept))
    assert kept.offer()["alma"] == "11"


def test_a_code_is_free_again_three_days_after_its_shift_began(kept: Kept) -> None:
    # given
    for number in range(90):
        kept.offer(f"s{number}")
    begins = NOW + 2 * HOUR
    moment = timedelta(microseconds=1)
    # when
    before = kept.find_codes(everybody(kept), begins + ANSWERABLE - moment)
    after = kept.find_codes(everybody(kept), begins + ANSWERABLE)
    # then
    assert before["alma"] == "100"
    assert after["alma"] == "10"


def test_a_new_fan_out_gives_new_codes(kept: Kept) -> None:
    kept.offer()
    kept.claim("alma")
    kept.release()
    assert kept.contact("bea").offers[0].code == "11"


def test_a_code_that_no_fan_out_used_is_no_offer(kept: Kept) -> None:
    kept.post()
    kept.find_codes(everybody(kept))
    assert kept.contact("alma").offers == ()


def test_row_68_a_phone_without_a_free_code_gets_none_and_holds_nobody_up(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(reply_codes, "RANGES", ((10, 12),))
    kept.employ("cleo", "dora", "emil", "fay", phone="+13125550777")
    # when
    codes = kept.offer()
    # then
    assert set(codes) == {"alma", "bea", "cleo", "dora", "emil"}


def test_whoever_joins_has_the_code_that_was_found_for_them(kept: Kept, store) -> None:
    # given
    kept.offer()
    kept.employ("cleo")
    [cleo] = [one for one in everybody(kept) if one.caregiver_id == "cleo"]
    # when
    codes = kept.find_codes([cleo])
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
    # when
    codes = kept.find_codes([alma])
    kept.must("s1", UpdateOffers(at=NOW, by="service", moved=make_offers([alma], codes)))
    # then
    offers = {one.caregiver_id: one.code for one in kept.contact("cleo").offers}
    assert offers == {"alma": codes["alma"], "cleo": "10"}
    assert codes["alma"] != "10"
    assert kept.journal.moved_away("s1") == []
    assert diagnose(DatabaseFile(store.path)).sound
