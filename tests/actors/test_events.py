"""Events for programs that follow what happens: each once, in order, and of the shifts of one organization."""

from collections.abc import Iterator

import pytest

from firstyes.actors.journal.queries import events
from firstyes.actors.records import EventPage
from firstyes.domain.organization import Organization
from support.world import World, a_world


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as world:
        yield world


def followed(world: World, limit: int, **which: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    after, more = 0, True
    while more:
        page = world.desk.events(after, which.get("organization_id"), limit)
        found += [(one.id, one.type) for one in page.items]
        after, more = page.next_after, page.more
    return found


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_every_event_comes_once_and_in_order_however_long_the_pages(world, limit):
    # given
    world.asked("alma")
    world.says("alma", "yes")
    world.says("alma", "STOP")
    # when
    found = followed(world, limit)
    # then
    assert [number for number, _ in found] == sorted({number for number, _ in found})
    types = [kind for _, kind in found]
    assert [one for one in types if one in world.events()] == world.events()
    assert "opted_out" in types


def test_what_has_happened_since_comes_when_it_is_asked_for_again(world):
    # given
    world.asked("alma")
    before = world.desk.events()
    # when
    world.says("alma", "yes")
    since = world.desk.events(before.next_after)
    # then
    assert "shift_claimed" in [one.type for one in since.items]
    assert {one.id for one in before.items}.isdisjoint(one.id for one in since.items)
    nothing = world.desk.events(since.next_after)
    assert nothing == EventPage(items=(), next_after=since.next_after, more=False)


def test_an_organization_s_events_are_found_behind_a_stretch_of_others(world, monkeypatch):
    # given
    monkeypatch.setattr(events, "STRETCH", 2)
    world.asked("alma")
    world.desk.put_organizations([Organization(id="harbor")])
    world.shift("theirs", organization="harbor")
    # when
    found = followed(world, 100, organization_id="harbor")
    # then
    assert [kind for _, kind in found] == ["shift_posted"]


def test_no_event_tells_a_phone_number(world):
    world.asked("alma")
    world.says("alma", "yes")
    assert world.phones["alma"] not in world.desk.events().model_dump_json()
