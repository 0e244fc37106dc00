"""The board: what stands on it, and in which order."""

import re
from collections import Counter

import pytest

from firstyes.actors.board import Asked, BoardFilter, Part
from firstyes.actors.journal.alert_port import NewAlert
from firstyes.domain.alert import AlertKind
from firstyes.domain.organization import Organization
from firstyes.web.console.told import bar, countdown, lasting
from support.world import HOUR, LAKESIDE, World


def order(text: str) -> list[str]:
    """The ids of the rows of a page, in their order."""
    return re.findall(r'data-row="([^"]+)"', text)


def test_an_empty_board_says_what_will_stand_there(pages) -> None:
    text = pages.text("/")
    assert "Every shift is covered." in text
    assert "post the shift: it stands here" in text


def test_what_needs_somebody_stands_first_whatever_begins_sooner(world: World, pages) -> None:
    # given
    world.caregivers("alma")
    world.shift("later", starts_in=5)
    world.shift("sooner", starts_in=3)
    world.offered("offered", starts_in=6)
    world.offered("nobody", role="CNA", starts_in=9)
    # then
    text = pages.text("/")
    assert order(text) == ["nobody", "offered", "sooner", "later"]
    assert "One shift needs you." in text
    assert "<title>(1) " in text
    assert "Nobody qualifies" in text


@pytest.mark.parametrize(
    ("kind", "about"), [(AlertKind.CARRIER_DOWN, "sms"), (AlertKind.UNKNOWN_PHONE, "+13125550177")]
)
def test_an_alert_that_is_about_no_shift_hides_none(world: World, pages, kind: AlertKind, about: str) -> None:
    # given
    world.caregivers("alma")
    world.shift("waiting", role="CNA")
    world.offered("offered", starts_in=6)
    world.offered("won", starts_in=20)
    world.says("alma", f"yes {world.code('alma', 'won')}")
    world.offered("gone", role="LPN", starts_in=9)
    # when
    world.desk._working.record_alert(NewAlert(kind, "Look.", world.clock.now(), about=about))
    world.desk.settle()
    # then
    assert order(pages.text("/")) == ["gone", "offered", "waiting"]
    assert order(pages.text("/?part=needs_you")) == ["gone"]
    assert order(pages.text("/?part=filled")) == ["won"]
    assert "Filled" in pages.text("/console/shifts/won")


def test_a_filled_shift_whose_holder_backs_out_comes_back_to_the_top(world: World, pages) -> None:
    world.asked("alma")
    world.says("alma", "yes")
    assert order(pages.text("/")) == []
    world.says("alma", "I can't make it after all")
    assert order(pages.text("/")) == ["early"]


def test_a_row_that_needs_somebody_tells_what_happens_next_all_the_same(world: World, pages) -> None:
    # given
    world.asked("alma", "bea")
    world.says("alma", "what floor is it?")
    # then
    shown = pages.text("/")
    assert "A reply to read" in shown and "Phones ring in" in shown
    # when
    world.says("bea", "yes")
    # then
    shown = pages.text("/")
    assert "A reply to read" in shown and "bea has it." in shown
    assert 'class="shift t-warn"' in shown


def test_a_row_tells_what_happens_next_and_how_far_its_offers_are(world: World, pages) -> None:
    # given
    world.asked("alma", "bea", "cleo")
    world.says("alma", "no")
    world.says("bea", "where is it?")
    # when
    [row] = world.desk.board().rows
    text = pages.text("/")
    # then
    assert row.asked == {Asked.NO: 1, Asked.QUESTION: 1, Asked.SENT: 1}
    assert "in 2 h 00" in text
    # when
    world.desk.close_alert(1)
    text = pages.text("/")
    assert "Phones ring in" in text and ">10:00<" in text
    world.later(601)
    assert "Calling" in pages.text("/") and "You are alerted in" in pages.text("/")


def test_parts_words_roles_and_organizations_narrow_the_board(world: World, pages) -> None:
    world.caregivers("alma")
    world.offered("rn")
    world.shift("cna", role="CNA")
    world.offered("won", starts_in=20)
    world.says("alma", f"yes {world.code('alma', 'won')}")
    assert order(pages.text("/?part=offering")) == ["rn"]
    assert order(pages.text("/?part=pending")) == ["cna"]
    assert order(pages.text("/?part=filled")) == ["won"]
    assert order(pages.text("/?part=nonsense")) == ["rn", "cna"]
    assert order(pages.text("/?q=cN")) == ["cna"]
    assert order(pages.text("/?part=filled&q=ALMA")) == ["won"]
    assert order(pages.text("/?role=cna")) == ["cna"]
    assert order(pages.text("/?organization=elsewhere")) == []
    assert "No shift matches" in pages.text("/?q=%25")


def test_only_so_many_rows_are_shown_until_more_are_asked_for(world: World, pages) -> None:
    for number in range(4):
        world.shift(f"s{number}", starts_in=2 + number)
    text = pages.text("/?limit=3")
    assert order(text) == ["s0", "s1", "s2"]
    assert "/?limit=53" in text
    assert len(order(pages.text("/?limit=53"))) == 4
    for odd in ("0", "-1", "x", "9999"):
        assert order(pages.text(f"/?limit={odd}"))


def test_the_figures_count_today_and_the_median_of_a_week(world: World) -> None:
    # given
    world.caregivers("alma")
    for number, waited in enumerate((60, 120, 600)):
        world.offered(f"s{number}", starts_in=10 * (number + 1))
        world.clock.advance(waited)
        world.desk.settle()
        world.says("alma", f"yes {world.code('alma', f's{number}')}")
    # then
    board = world.desk.board()
    assert (board.filled_today, board.seconds_to_fill) == (3, 120.0)
    world.later(24 * HOUR)
    assert world.desk.board().filled_today == 0


def test_a_shift_is_filled_today_until_midnight_on_the_clocks_where_it_is(world: World) -> None:
    # given: it is 5 a.m. in Chicago, and 7 p.m. in Tokyo
    world.desk.put_organizations([Organization(id="tokyo", time_zone="Asia/Tokyo")])
    world.caregivers("ken", organization="tokyo")
    world.offered("there", organization="tokyo", starts_in=40)
    world.says("ken", "yes")
    world.asked("alma", starts_in=44)
    world.says("alma", "yes")
    # then
    for passed, filled in ((0, 2), (4.9, 2), (0.1, 1), (13.9, 1), (0.1, 0)):
        world.later(passed * HOUR)
        assert world.desk.board().filled_today == filled


@pytest.mark.parametrize("undone", ["release", "call-off", "cancel"])
def test_a_shift_that_nobody_has_any_more_was_not_filled_today(world: World, undone: str) -> None:
    # given
    world.lakeside(releases_call_offs=True)
    world.asked("alma", "bea")
    world.says("alma", "yes")
    assert world.desk.board().filled_today == 1
    # when
    match undone:
        case "release":
            world.desk.release("early")
        case "call-off":
            world.says("alma", "I can't make it after all")
        case "cancel":
            world.desk.cancel("early", confirm=True)
    # then
    assert (world.desk.board().filled_today, world.desk.board().seconds_to_fill) == (0, None)


def test_what_another_organization_filled_is_not_counted(world: World) -> None:
    world.asked("alma")
    world.says("alma", "yes")
    for who, filled in ((LAKESIDE, 1), ("hilltop", 0)):
        seen = world.desk.board(BoardFilter(organization_ids=frozenset({who})))
        assert (seen.filled_today, seen.seconds_to_fill is not None) == (filled, bool(filled))


def test_a_board_shows_what_its_viewer_sees(world: World) -> None:
    world.shift()
    seen = world.desk.board(BoardFilter(organization_ids=frozenset({"other"})))
    assert (seen.rows, seen.counts[Part.PENDING]) == ((), 0)


def test_a_bar_is_as_long_as_all_its_parts() -> None:
    parts = bar({Asked.NO: 1, Asked.SENT: 2})
    assert [(one.kind, one.many) for one in parts] == [(Asked.SENT, 2), (Asked.NO, 1)]
    assert abs(parts[-1].x + parts[-1].width - 100) < 0.1
    assert bar({}) == ()


def test_lengths_of_time_are_told_short(world: World) -> None:
    assert [lasting(one) for one in (5, 60, 3661, 47 * HOUR, 50 * HOUR)] == [
        "5 s", "1 min", "1 h 01", "47 h 00", "2 days",
    ]  # fmt: skip
    assert countdown(world.clock.now(), world.clock.now()) == "any moment"


def test_everybodys_last_word_counts_the_same_in_the_bar_and_in_the_list(world: World, pages) -> None:
    # given
    said = {
        "ann": "no", "bea": "where is it?", "carl": "yes", "dora": "yes", "eve": "no, sorry", "finn": "STOP",
        "gus": "YES", "hal": "how much?", "ida": "is it far?", "joy": "no", "kim": "",
    }  # fmt: skip
    world.asked(*said, "lou")
    for who, text in said.items():
        world.says(who, text)
    world.says("ida", "no thanks")
    world.says("joy", "can I change my mind?")
    # when
    [row] = world.desk.board(BoardFilter(shift_id="early")).rows
    listed = re.findall(r'<span class="pill l-(\w+)">', pages.text("/console/shifts/early"))
    # then
    assert row.asked == Counter(map(Asked, listed))
    assert row.asked[Asked.YES] == 1
    assert row.asked[Asked.LATE] == 2
    assert row.asked[Asked.UNREACHABLE] == 1


def test_whoever_was_called_is_being_called_only_while_somebody_is_looked_for(world: World, pages) -> None:
    # given
    world.asked("alma", "bea")
    world.later(601)
    assert "being called" in pages.text("/console/shifts/early")
    # when
    world.says("bea", "yes")
    # then
    shown = pages.text("/console/shifts/early")
    assert "being called" not in shown
    assert "l-calling" not in shown
    assert ">called<" in shown


def test_a_shifts_bar_counts_all_who_are_listed_also_those_of_an_earlier_fan_out(world: World, pages) -> None:
    # given
    world.asked("alma", "bea")
    world.says("bea", "yes")
    pages.press("/console/shifts/early", "Release")
    world.desk.settle()
    # when
    shown = pages.text("/console/shifts/early")
    # then
    listed = re.findall(r'<span class="pill l-(\w+)">', shown)
    counted = re.findall(r'<span class="l-(\w+)"><b>(\d+)</b>', shown)
    assert {kind: int(many) for kind, many in counted} == Counter(listed)
    assert len(listed) == 2
