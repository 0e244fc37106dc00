"""Row 23: a person is one record in an organization, whatever comes in and in whatever order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain.answer import Refusal, Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.data.register import Entry, differences, given_twice, register
from firstyes.domain.organization import Organization


def a_row(caregiver_id: str = "a", name: str = "Alma", phone: str = "+13125550141", **more: Any) -> Caregiver:
    fields: dict[str, Any] = {"organization_id": "lakeside", "roles": ("RN",), **more}
    return Caregiver(id=caregiver_id, name=name, phone=phone, **fields)


def entries(*rows: Caregiver) -> list[Entry]:
    return list(register([], rows).changed)


def test_what_is_another_about_a_person_is_named():
    [before] = entries(a_row())
    [after] = entries(a_row(name="Alma R.", roles=("RN", "CNA"), active=False), a_row("b", name="Alma R."))
    assert differences(None, before) == ("added",)
    assert differences(before, before) == ()
    assert differences(before, after) == ("name", "active", "roles", "ids")


def test_an_id_is_given_twice_where_more_than_the_spelling_of_roles_differs():
    alike, other = a_row(roles=("rn", "LPN")), a_row(roles=("CNA",))
    assert given_twice([a_row(roles=("LPN", "RN")), alike]) == {}
    assert given_twice([alike, other, a_row("b")]).keys() == {0, 1}
    hilltop = Organization(id="hilltop", name="Hilltop")
    assert given_twice([hilltop, hilltop]) == {}
    assert given_twice([hilltop, Organization(id="hilltop", name="Riverside")]).keys() == {0, 1}


def test_row_23_of_two_new_ids_the_first_is_the_person_s_own():
    for first, second in (("a", "b"), ("b", "a")):
        [entry] = entries(a_row(first), a_row(second, "ALMA ", roles=("LPN", "rn")))
        assert entry.own.id == first
        assert entry.aliases == {second: ("LPN", "rn")}
        assert entry.roles == ("RN", "LPN")


def test_row_23_a_known_person_who_is_switched_off_is_not_switched_on_by_a_new_id():
    known = entries(a_row(active=False))
    found = register(known, [a_row("b", roles=("CNA",))])
    assert not found.changed[0].own.active
    assert "switched off" in found.answers[0].message


def test_row_23_two_who_swap_phones_stay_two():
    known = entries(a_row("a"), a_row("b", phone="+13125550142"))
    found = register(known, [a_row("a", phone="+13125550142"), a_row("b")])
    assert [one.status for one in found.answers] == [Status.SUCCESS, Status.SUCCESS]
    assert len(found.changed) == 2


def test_row_23_who_stays_comes_before_who_moves():
    known = entries(a_row("a"), a_row("b", phone="+13125550142"), a_row("c", phone="+13125550143"))
    rows = [a_row("b"), a_row("a"), a_row("c", phone="+13125550142")]
    found = register(known, rows)
    assert [one.refusal for one in found.answers] == [Refusal.SAME_PERSON, None, Refusal.SAME_PERSON]
    assert [one.own.id for one in found.changed] == ["a"]


def test_row_23_the_rows_of_one_person_s_ids_must_agree():
    known = entries(a_row("a"), a_row("b"), a_row("c"))
    moved = "+13125550149"
    found = register(known, [a_row("b", phone=moved), a_row("a"), a_row("c", "Else", moved)])
    assert [one.refusal for one in found.answers] == [Refusal.SAME_PERSON, None, Refusal.SAME_PERSON]
    assert register(known, [a_row("b", phone=moved), a_row("c", phone=moved)]).changed[0].own.phone == moved
    assert register(known, [a_row("b", phone=moved), a_row("c")]).answers[1].refusal is Refusal.SAME_PERSON


def test_row_23_an_alias_with_another_name_and_another_phone_is_refused():
    known = entries(a_row("a"), a_row("b"))
    found = register(known, [a_row("b", "Bob", "+13125550142")])
    assert found.answers[0].refusal is Refusal.SAME_PERSON
    assert "distinct" in found.answers[0].message
    assert found.changed == ()


def test_row_23_an_alias_that_is_told_apart_is_a_person_of_its_own():
    known = entries(a_row("a"), a_row("b", roles=("LPN",)))
    found = register(known, [a_row("b", roles=("LPN",), distinct=True)])
    assert found.released == ("b",)
    assert {one.own.id: one.roles for one in found.changed} == {"a": ("RN",), "b": ("LPN",)}


def test_row_23_who_is_told_apart_is_nobody_s_double_in_any_order():
    for rows in ([a_row("a", distinct=True), a_row("b")], [a_row("b"), a_row("a", distinct=True)]):
        assert {one.own.id for one in entries(*rows)} == {"a", "b"}


def test_row_39_an_id_given_twice_is_refused_for_two_people_and_fine_for_one():
    found = register([], [a_row("a"), a_row("b", "Bea"), a_row("a", "Bea"), a_row("b", "Bea")])
    assert [one.refusal for one in found.answers] == [Refusal.GIVEN_TWICE, None, Refusal.GIVEN_TWICE, None]
    assert [one.own.id for one in found.changed] == ["b"]


ROWS = st.lists(
    st.builds(
        a_row,
        st.sampled_from("abcd"),
        st.sampled_from(["Alma", "alma", "Bea"]),
        st.sampled_from(["+13125550141", "+13125550142"]),
        roles=st.sampled_from([("RN",), ("LPN", "RN")]),
        distinct=st.booleans(),
    ),
    max_size=5,
)


@given(st.lists(ROWS, max_size=4))
def test_row_23_whatever_comes_nobody_is_there_twice_and_nothing_is_lost(batches: list[list[Caregiver]]):
    kept: dict[str, Entry] = {}
    for rows in batches:
        before = {one for main, entry in kept.items() for one in (main, *entry.aliases)}
        found = register(kept.values(), rows)
        kept |= {one.own.id: one for one in found.changed}
        identities = [one.identity for one in kept.values() if one.identity]
        ids = [one for main, entry in kept.items() for one in (main, *entry.aliases)]
        saved = {row.id for row, answer in zip(rows, found.answers, strict=True) if answer.refusal is None}
        assert len(identities) == len(set(identities))
        assert len(ids) == len(set(ids))
        assert set(ids) == before | saved
        assert register(kept.values(), rows).released == () or found.released


@pytest.mark.parametrize("rows", [[], [a_row()]])
def test_the_same_rows_again_change_nothing(rows: list[Caregiver]):
    known = entries(*rows)
    assert list(register(known, rows).changed) == known
