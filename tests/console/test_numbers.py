"""The numbers, as tables, charts and sheets."""

import csv
import re

import pytest

from support.pages import Pages
from support.world import World

NUMBERS = "/console/numbers"


@pytest.fixture
def counted(world: World) -> World:
    """Two shifts that were filled after two and four minutes, and one that was not."""
    world.caregivers("alma", "bea")
    for name, number, waited in (("alma", 1, 120), ("bea", 2, 240)):
        world.offered(f"s{number}", starts_in=12 * number)
        world.clock.advance(waited)
        world.desk.settle()
        world.says(name, f"yes {world.code(name, f's{number}')}")
    world.offered("nobody", role="CNA", starts_in=3)
    return world


def sheet(pages: Pages, name: str) -> list[list[str]]:
    answer = pages.client.get(f"{NUMBERS}/{name}.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(answer.get_data(as_text=True).splitlines()))


@pytest.mark.usefixtures("counted")
def test_the_page_says_how_often_how_fast_and_with_how_many_texts(pages: Pages) -> None:
    text = pages.text(NUMBERS)
    assert "2 of 2 shifts were filled." in text
    assert "3 min" in text
    assert text.count('<figure class="chart') == 2
    assert re.findall(r"\sstyle=", text) == []


@pytest.mark.usefixtures("counted")
def test_each_table_is_a_sheet(pages: Pages) -> None:
    assert sheet(pages, "roles")[1] == ["RN", "2", "2", "100 %", "3 min", "2.0"]
    fairness = {row[0]: row[1:] for row in sheet(pages, "fairness")[1:]}
    assert fairness == {"alma": ["2", "1", "8"], "bea": ["2", "1", "8"]}
    hours = sheet(pages, "hours")
    assert sum(int(many) for _, many in hours[1:]) == 2
    assert [row[1:3] for row in sheet(pages, "weeks")[1:]] == [["2", "2"]]
    assert pages.client.get(f"{NUMBERS}/nothing.csv").status_code == 404


@pytest.mark.usefixtures("counted")
def test_a_week_without_shifts_has_a_bar_as_well(pages: Pages) -> None:
    [chart] = re.findall(r'aria-label="By week: .*?</figure>', pages.text(NUMBERS), re.DOTALL)
    for week in ("Mon Jun 24", "Mon Jul 15", "Mon Jul 22"):
        assert week in chart


def test_without_shifts_there_is_nothing_to_count(pages: Pages) -> None:
    assert "There is nothing to count yet." in pages.text(NUMBERS)


@pytest.mark.usefixtures("counted")
def test_how_far_back_can_be_chosen(pages: Pages) -> None:
    for weeks in ("12", "52", "nonsense"):
        assert "shifts were filled" in pages.text(f"{NUMBERS}?weeks={weeks}")


def test_a_role_is_written_in_a_chart_as_text_whatever_it_is(world: World, pages: Pages) -> None:
    for who, role, starts in (("alma", "<b>R&N</b>", 2), ("bea", "RN", 20)):
        world.caregivers(who, role=role)
        world.offered(who, role=role, starts_in=starts)
        world.says(who, "yes")
    [chart] = re.findall(r'aria-label="By role: .*?</figure>', pages.text(NUMBERS), re.DOTALL)
    assert "&lt;b&gt;R&amp;N&lt;/b&gt;" in chart
    assert "<b>" not in chart
