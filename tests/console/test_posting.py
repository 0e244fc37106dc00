"""Posting a shift from the console: as the clocks there show it, and nothing before its preview was seen."""

from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import urlencode

import pytest

from firstyes.domain.cost import Prices
from firstyes.domain.organization import Organization
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.web.console.told import money
from support.pages import Pages
from support.world import LAKESIDE, World, a_world

FILLED = {"role": "RN", "day": "2030-07-16", "starts": "19:00", "ends": "07:00", "area": "Lakeview"}


def page(**changed: str) -> str:
    return f"/console/post?{urlencode({**FILLED, **changed})}"


def test_before_it_is_posted_it_says_who_when_by_what_and_how_many(world: World, pages: Pages) -> None:
    # given
    world.caregivers("alma", "bea")
    world.caregivers("carl", role="CNA")
    # when
    shown = pages.text(page())
    # then
    assert "2 would be asked" in shown
    assert "Tue Jul 16 7pm-7am" in shown
    assert "Texts go out now, phones ring after 10 min" in shown
    assert "that is 2 texts and 2 calls" in shown
    assert "Lakeview" in shown
    assert world.desk.shifts().items == ()


def test_then_it_is_posted_and_everybody_is_asked_and_who_did_it_stands_in_its_story(
    world: World, pages: Pages
) -> None:
    # given
    world.caregivers("alma", "bea")
    # when
    shown = pages.press(page(), "Post it and ask them now")
    world.desk.settle()
    # then
    [shift] = world.desk.shifts().items
    assert (shift.status, shift.area) == (ShiftStatus.OFFERING, "Lakeview")
    assert shift.start_time == datetime(2030, 7, 17, 0, tzinfo=UTC)
    assert shift.end_time == datetime(2030, 7, 17, 12, tzinfo=UTC)
    assert "offered to 2 caregivers" in shown
    assert {one.by for one in world.desk.timeline(shift.id)} == {"coordinator"}


def test_it_can_be_posted_without_asking_anybody_and_twice_sent_is_once_posted(
    world: World, pages: Pages
) -> None:
    form = pages.form(page(), "Post it, ask nobody yet")
    first, second = pages.send(form), pages.send(form)
    assert first.headers["Location"] == second.headers["Location"]
    [shift] = world.desk.shifts().items
    assert shift.status is ShiftStatus.PENDING
    assert "Nobody has been asked yet" in pages.text(first.headers["Location"])


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({"role": ""}, "role", "Say which role is needed."),
        ({"day": "16.07.2030"}, "day", "Say which day"),
        ({"day": "2030-02-30"}, "day", "Say which day"),
        ({"day": "2030-07-15", "ends": "20:00"}, "day", "over already"),
        ({"day": "9999-12-31"}, "day", "Say which day"),
        ({"day": "0001-01-01", "time_zone": "Asia/Tokyo"}, "day", "Say which day"),
        ({"until": "9999-12-31"}, "until", "Say which day"),
        ({"starts": "25:00"}, "starts", "Say when it starts"),
        ({"ends": ""}, "ends", "Say when it ends"),
        ({"ends": "19:05"}, "ends", "shorter than 15 minutes"),
        ({"until": "2030-07-30"}, "ends", "longer than 7 days"),
        ({"until": "soon"}, "until", "Say which day"),
        ({"until": "2030-07-14"}, "until", "end before it begins"),
        ({"time_zone": "EST"}, "time_zone", "America/New_York"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "America/Chicago"),
        ({"day": "2031-03-09", "starts": "02:30"}, "starts", "there is no 02:30 that day"),
        ({"day": "2030-11-02", "ends": "01:30"}, "ends", "there are two 01:30 that day"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_all_else_stays(
    pages: Pages, changed: dict[str, str], name: str, told: str
) -> None:
    shown = pages.text(page(**changed))
    [fault] = [one for one in shown.split("<p ") if f'id="fault-{name}"' in one]
    assert told in fault
    assert f'aria-describedby="fault-{name}"' in shown
    assert 'value="Lakeview"' in shown
    assert "would be asked." not in shown


@pytest.mark.parametrize(("which", "at"), [("-05:00", 6), ("-06:00", 7)])
def test_an_hour_that_comes_twice_is_chosen(world: World, pages: Pages, which: str, at: int) -> None:
    # given
    twice = {"day": "2030-11-02", "ends": "01:30"}
    assert f'value="2030-11-03T01:30:00{which}"' in pages.text(page(**twice))
    # when
    pages.press(page(**twice, ends_at=f"2030-11-03T01:30:00{which}"), "Post it, ask nobody yet")
    # then
    [shift] = world.desk.shifts().items
    assert shift.end_time == datetime(2030, 11, 3, at, 30, tzinfo=UTC)


def test_where_an_organization_has_no_zone_the_place_is_asked_for(world: World, pages: Pages) -> None:
    world.desk.put_organizations([Organization(id="elsewhere")])
    asked = pages.text(page())
    assert "Choose whose shift it is." in asked
    assert "The organization has none" in pages.text(page(organization_id="elsewhere"))
    pages.press(page(organization_id="elsewhere", time_zone="America/Denver"), "Post it, ask nobody yet")
    [shift] = world.desk.shifts().items
    assert (shift.organization_id, shift.start_time.astimezone(UTC).hour) == ("elsewhere", 1)
    assert LAKESIDE in asked


def test_a_shift_of_somebody_else_is_not_posted_as_ones_own(pages: Pages) -> None:
    assert "Choose whose shift it is." in pages.text(page(organization_id="hilltop"))


def test_what_has_changed_meanwhile_is_looked_at_again(world: World, pages: Pages) -> None:
    form = pages.form(page(), "Post it, ask nobody yet")
    world.clock.advance(2 * 86_400)
    shown = pages.text(pages.send(form).headers["Location"])
    assert "over already" in shown
    assert world.desk.shifts().items == ()


def test_with_prices_it_says_what_it_costs_at_most() -> None:
    prices = Prices(text=Decimal("0.0079"), call=Decimal("0.014"), currency="EUR")
    with a_world(prices=prices) as world:
        world.asked("alma", "bea")
        found = world.desk.preview("early")
        assert found is not None
        assert found.cost is not None
        assert (found.texts, found.calls) == (2, 2)
        assert found.cost.total == Decimal("0.0438")


def test_money_is_told_as_people_write_it() -> None:
    assert money(Decimal("1234.5"), "USD") == "$1,234.50"
    assert money(Decimal("0.0438"), "EUR") == "EUR 0.04"
    assert money(Decimal("0.004"), "USD") == "under $0.01"
    assert money(Decimal(0), "USD") == "$0.00"
