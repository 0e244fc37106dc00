"""Signing in, roles, walls and sessions, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from firstyes.actors.accounts.managed import Made
from firstyes.domain.access.user import UserRole
from firstyes.domain.organization import Organization
from firstyes.web.service.web_settings import WebSettings
from support.accounts import PASSWORD, let_in
from support.patience import PATIENCE
from support.world import LAKESIDE, World

expect.set_options(timeout=PATIENCE * 1000)

HILLTOP = "hilltop"
SMALL = {"viewport": {"width": 320, "height": 700}, "reduced_motion": "reduce"}


@pytest.fixture
def settings() -> WebSettings:
    """A console that wants a password."""
    return WebSettings(api_token="the-operators-own-token")


@pytest.fixture
def two_places(world: World) -> World:
    """Two organizations with a shift each, and an admin of both."""
    world.desk.put_organizations([Organization(id=HILLTOP, name="Hilltop", time_zone="America/Denver")])
    world.caregivers("alma")
    world.caregivers("hal", organization=HILLTOP)
    world.offered("early")
    world.offered("ours", organization=HILLTOP)
    let_in(world.desk, "ann")
    return world


def signs_in(page: Page, name: str) -> None:
    """Fill in the form that stands in the place of a page, by keys alone."""
    page.get_by_label("Name").focus()
    page.keyboard.type(name)
    page.get_by_label("Password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_who_signs_in_comes_to_the_page_they_wanted_and_out_again(two_places: World, opened) -> None:
    # given
    page = opened("/console/shifts/early")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")
    # when
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    signs_in(page, "ann")
    # then
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    # when
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")


def test_a_viewer_looks_and_finds_no_button_that_orders(two_places: World, opened) -> None:
    let_in(two_places.desk, "vic", UserRole.VIEWER)
    page = opened("/console/shifts/early")
    signs_in(page, "vic")
    expect(page.get_by_role("heading", name="Who was asked")).to_be_visible()
    for orders in ("Pause", "Call off", "Send", "Give it to them"):
        expect(page.get_by_role("button", name=orders)).to_have_count(0)
    expect(page.get_by_role("link", name="Users")).to_have_count(0)


def test_nobody_sees_across_a_wall(two_places: World, opened) -> None:
    let_in(two_places.desk, "cora", UserRole.COORDINATOR, frozenset({HILLTOP}))
    page = opened("/")
    signs_in(page, "cora")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("#shift-ours")).to_be_visible()
    expect(page.get_by_role("link", name="Phones")).to_have_count(0)
    here = page.url.rstrip("/")
    for path in ("/console/shifts/early", "/console/caregivers/alma", "/console/phones"):
        page.goto(here + path)
        expect(page.locator(".problem")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text(two_places.phones["alma"])


def test_whoever_is_shut_out_sees_nothing_more_and_is_asked_to_sign_in(two_places: World, opened) -> None:
    # given
    accounts = two_places.desk.accounts
    bob = let_in(two_places.desk, "bob", UserRole.VIEWER)
    page = opened("/")
    signs_in(page, "bob")
    expect(page.locator("[data-row]")).to_have_count(2)
    # when
    accounts.disable(None, bob.user.key)
    # then
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")
    expect(page.locator("[data-row]")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_where_people_come_in_and_where_admins_let_them_in(
    two_places: World, opened, unfit: Callable[[Page], dict[str, Any]], theme: str
) -> None:
    # given
    accounts = two_places.desk.accounts
    [ann] = accounts.users(None)
    invited = accounts.invite(ann, "dora", UserRole.VIEWER, frozenset({LAKESIDE}))
    assert isinstance(invited, Made)
    accounts.make_token(ann, "payroll", LAKESIDE)
    page = opened("/", color_scheme=theme, **SMALL)
    here = page.url.rstrip("/")
    found: dict[str, Any] = {}

    def look(what: str) -> None:
        found.update({f"{what}: {name}": nodes for name, nodes in unfit(page).items()})

    # then
    look("sign in")
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    look("a wrong password")
    page.goto(f"{here}/console/join?link={invited.token}")
    look("join")
    page.goto(f"{here}/console/join?link=none")
    look("a link that is gone")
    page.goto(here)
    signs_in(page, "ann")
    expect(page.locator("[data-row]")).to_have_count(2)
    for path in ("/console/account", "/console/users", "/console/tokens"):
        page.goto(here + path)
        for one in page.locator("details > summary").all():
            one.click()
        look(path)
    page.goto(f"{here}/console/tokens")
    page.get_by_label("What it is for").fill("another")
    page.get_by_role("button", name="Make").click()
    expect(page.locator("#secret")).to_be_visible()
    look("a token")
    assert found == {}
