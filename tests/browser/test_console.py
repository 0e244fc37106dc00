"""The console as people use it: clicks, keys, two at once, small screens, and what strangers write."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import FilePayload, Page, expect

from firstyes.domain.caregiver import Caregiver
from support.patience import PATIENCE
from support.world import LAKESIDE, World

expect.set_options(timeout=PATIENCE * 1000)

POST = "role=RN&day=2030-07-17&starts=07:00&ends=15:00"
EVERY_PAGE = (
    "/", "/?part=filled", "/?q=nobody-has-this", "/console/shifts/early", "/console/shifts/later/preview",
    "/console/alerts", "/console/inbox", "/console/caregivers", "/console/caregivers/alma",
    "/console/caregivers-import", "/console/numbers", "/console/phones", "/console/nothing", "/console/account",
    "/console/users", "/console/tokens", "/console/alerts?closed=1", "/console/post", f"/console/post?{POST}",
    f"/console/post?{POST}&ends=25:00&time_zone=Mars", "/console/shifts/won",
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "{{ 7 * 7 }}${7*7}",
    "</textarea></title><svg/onload=alert(1)>",
    "\u202egnp.exe \u2066x\u2069\u200b",
)
SEND = """path => document.querySelector(`form[action$="${path}"] button`).click()"""
"""Presses the button of a form, without waiting for what comes of it."""
STICKS_OUT = """() => {
  const inside = (one, of) => one.right <= of.right + 1 && one.left >= of.left - 1;
  const links = [...document.querySelectorAll(".head nav a")].map((one) => [one, {left: 0, right: innerWidth}]);
  const fields = [...document.querySelectorAll("form input:not([type=hidden]), form select, form textarea, form button")]
    .map((one) => [one, (one.closest(".sure") ?? one.form).getBoundingClientRect()]);
  return [...links, ...fields].filter(([one, of]) => one.checkVisibility() && !inside(one.getBoundingClientRect(), of))
    .map(([one]) => one.outerHTML.slice(0, 120));
}"""
"""Lists what is not wholly seen: pages in the head, and fields outside of their form."""
ASKED = """() => {
  Object.defineProperty(Notification, "permission", {get: () => "default"});
  Notification.requestPermission = async () => { window.asked = true; };
}"""
"""Notes down that the page asks for leave to show notices."""


def lively(world: World) -> None:
    """A morning with something on every page."""
    world.asked("alma", "bea", "carla")
    world.says("bea", "no")
    world.says("carla", "how far is it?")
    world.shift("later", starts_in=9)
    world.offered("nobody", role="CNA", starts_in=5)
    world.offered("won", starts_in=14)
    world.says("alma", f"yes {world.code('alma', 'won')}")


def test_a_newcomer_fills_a_shift_on_the_phone_wall(world: World, opened) -> None:
    world.caregivers("alma", "bea")
    world.shift()
    page = opened("/console/phones")
    page.get_by_role("button", name="Offer now").click()
    phone = page.locator("#phone-alma")
    expect(phone).to_contain_text("Open shift RN")
    phone.get_by_placeholder("Reply…").fill("sure I can")
    phone.get_by_role("button", name="Send").click()
    expect(phone).to_contain_text("You have the shift")
    expect(phone.get_by_placeholder("Reply…")).to_have_value("")
    page.get_by_role("link", name="Board").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every shift is covered.")


def test_a_change_shows_by_itself_and_rows_hold_still_under_the_pointer(world: World, opened) -> None:
    # given
    world.caregivers("alma")
    world.shift()
    page = opened("/")
    expect(page.locator("[data-row]")).to_have_count(1)
    # when
    world.shift("sooner", starts_in=1)
    expect(page.locator("[data-row]")).to_have_count(2)
    assert rows(page) == ["sooner", "early"]
    # when the pointer is on the list
    page.locator("#shift-early").hover()
    world.offered("nobody", role="CNA", starts_in=5)
    waits = page.get_by_role("button", name="1 new: show")
    expect(waits).to_be_visible()
    assert rows(page) == ["sooner", "early"]
    waits.click()
    assert rows(page)[0] == "nobody"
    assert page.title().startswith("(1)")


def test_a_board_that_hears_nothing_says_so_and_keeps_what_it_shows(world: World, opened) -> None:
    world.shift()
    page = opened("/")
    page.route("**/*", lambda route: route.abort())
    expect(page.locator("#live")).to_contain_text("Not live since")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.unroute("**/*")
    expect(page.locator("#live")).to_have_text("Live")


def test_two_coordinators_at_once_and_the_second_is_told(world: World, opened) -> None:
    # given
    world.asked("alma", "bea")
    first, second = opened("/console/shifts/early"), opened("/console/shifts/early")
    second.get_by_text("Call off…").click()
    # when
    world.says("alma", "yes")
    first.bring_to_front()
    expect(first.locator(".now")).to_contain_text("alma has it")
    second.get_by_role("button", name="Call off").click()
    # then
    expect(second.locator(".said")).to_contain_text("Nothing was changed")
    assert world.record().claimed_by == "alma"


def test_two_coordinators_offer_one_shift_and_it_is_offered_once(world: World, opened) -> None:
    # given
    world.caregivers("alma", "bea")
    world.shift()
    pages = [opened("/console/shifts/early"), opened("/console/shifts/early")]
    # when: neither has heard of the other
    for page in pages:
        page.evaluate(SEND, "/offer")
    # then
    expect(pages[0].locator(".now")).to_contain_text("Texting")
    world.desk.settle()
    assert [len(world.sent(one)) for one in ("alma", "bea")] == [1, 1]
    assert world.events().count("fan_out_started") == 1


def test_a_tap_and_a_text_at_once_and_one_of_them_has_it(world: World, opened) -> None:
    # given
    world.asked("alma", "bea")
    page = opened("/console/shifts/early")
    page.get_by_text("Give it to somebody…").click()
    page.get_by_label("Caregiver").select_option("bea")
    # when
    with ThreadPoolExecutor(1) as phone:
        text = phone.submit(world.says, "alma", "yes")
        page.get_by_role("button", name="Give it to them").click()
        answer = text.result(PATIENCE)
    # then
    expect(page.locator(".said")).to_be_visible()
    winner = world.record().claimed_by
    assert winner == ("alma" if answer.status == "success" else "bea")
    expect(page.locator(".now")).to_contain_text(f"{winner} has it")
    assert world.events().count("shift_claimed") == 1


def test_what_somebody_types_stays_while_the_page_changes(world: World, opened) -> None:
    world.asked("alma", "bea")
    world.says("alma", "how far is it?")
    page = opened("/console/shifts/early")
    box = page.locator("#talk-alma textarea")
    box.fill("Ten minutes by b")
    world.says("bea", "no")
    expect(page.locator(".story")).to_contain_text("bea said no")
    expect(box).to_have_value("Ten minutes by b")
    expect(box).to_be_focused()


def test_everything_can_be_done_by_keys(world: World, opened) -> None:
    world.caregivers("alma")
    page = opened("/")
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_text("Skip to content")).to_be_focused()
    keys.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    # A shift is posted, and offered
    page.get_by_role("link", name="Post a shift").focus()
    keys.press("Enter")
    page.get_by_label("Role").focus()
    keys.type("RN")
    for label, typed in (("Day it begins", "07172030"), ("From", "0700AM"), ("To", "0300PM")):
        page.get_by_label(label, exact=True).focus()
        keys.type(typed)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 would be asked.")
    page.get_by_role("button", name="Post it and ask them now").focus()
    keys.press("Enter")
    expect(page.locator(".said")).to_contain_text("Fan-out initiated")
    expect(page.locator(".said")).to_be_focused()
    # and called off, but not before it was asked for twice
    page.locator("summary", has_text="Call off").focus()
    keys.press("Enter")
    expect(page.get_by_role("button", name="Call off")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("button", name="Call off")).to_be_hidden()


def test_what_strangers_write_is_shown_and_never_run(world: World, opened) -> None:
    people = [
        Caregiver(
            id=f"x{n}", organization_id=LAKESIDE, name=text[:80], roles=("RN",), phone=f"+1312555{800 + n:04}"
        )
        for n, text in enumerate(HOSTILE)
    ]
    world.desk.put_caregivers(people)
    world.offered()
    for one, text in zip(people, HOSTILE, strict=True):
        world.phones[one.id] = one.phone
        world.says(one.id, text)
    page = opened("/")
    here = page.url.rstrip("/")
    written = urlencode({"role": HOSTILE[0], "area": HOSTILE[1], "day": HOSTILE[5], "time_zone": HOSTILE[5]})
    for path in (
        "/console/shifts/early", "/console/shifts/early/preview", "/console/inbox", "/console/alerts", "/console/phones",
        "/console/caregivers", "/console/caregivers/x0", "/console/caregivers/x5", f"/console/post?{written}",
        f"/?{urlencode({'q': HOSTILE[0]})}", f"/console/caregivers?{urlencode({'q': HOSTILE[1]})}", "/console/numbers",
    ):  # fmt: skip
        page.goto(here + path)
        expect(page.locator("html.scripted")).to_be_attached()
        if "numbers" not in path:
            assert "alert(1)" in page.locator("main").inner_html(), path
        assert page.locator("main img, main script, main iframe").count() == 0, path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_where_there_is_nothing_yet(opened, unfit, theme: str) -> None:
    page = opened("/", color_scheme=theme, viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    here, found = page.url.rstrip("/"), {}
    for path in (
        "/", "/console/alerts", "/console/inbox", "/console/caregivers", "/console/numbers", "/console/phones",
        f"/console/post?{POST}",
    ):  # fmt: skip
        page.goto(here + path)
        found |= {f"{path} {name}": nodes for name, nodes in unfit(page).items()}
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_and_none_is_wider_than_a_small_phone(
    world: World, opened, unfit, theme: str
) -> None:
    lively(world)
    page = opened("/", color_scheme=theme, viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    here = page.url.rstrip("/")
    found: dict[str, Any] = {}
    for path in EVERY_PAGE:
        page.goto(here + path)
        for one in page.locator("details.confirm > summary").all()[:1]:
            one.click()
        found |= {f"{path} {name}": nodes for name, nodes in unfit(page).items()}
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_every_page_of_the_head_is_seen_and_no_field_sticks_out(
    world: World, opened, width: int
) -> None:
    lively(world)
    page = opened("/", viewport={"width": width, "height": 700})
    here = page.url.rstrip("/")
    for path in EVERY_PAGE:
        page.goto(here + path)
        assert page.evaluate(STICKS_OUT) == [], path
        for one in page.locator("details.confirm > summary").all():
            one.click()
            assert page.evaluate(STICKS_OUT) == [], path


def test_an_order_whose_answer_was_lost_is_the_same_order_when_it_is_sent_again(world: World, opened) -> None:
    # given
    world.caregivers("alma")
    page = opened(f"/console/post?{POST}")
    press = page.get_by_role("button", name="Post it, ask nobody yet")
    page.route("**/post?*", lambda route: route.abort())
    page.route("**/carry-out", lambda route: (route.fetch(max_redirects=0), route.abort()))
    # when
    press.click()
    expect(page.locator("#live")).to_contain_text("Not live since")
    page.unroute("**/post?*")
    expect(page.locator("#live")).to_have_text("Live")
    # and the page is made anew
    world.caregivers("bea")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 would be asked.")
    page.unroute("**/carry-out")
    press.click()
    # then
    expect(page.locator(".said")).to_contain_text("Posted.")
    assert len(world.desk.shifts().items) == 1


@pytest.mark.parametrize("scripts", [False, True])
def test_a_shift_is_offered_and_a_sheet_is_looked_at_and_saved_also_without_a_script(
    world: World, opened, *, scripts: bool
) -> None:
    # given
    world.caregivers("alma")
    world.shift()
    page = opened("/", java_script_enabled=scripts)
    here = page.url.rstrip("/")
    # when
    page.get_by_role("button", name="Offer now").click()
    # then
    expect(page.locator(".said")).to_contain_text("offered to 1 caregiver")
    # when
    page.goto(f"{here}/console/caregivers-import")
    sheet = f"id,name,roles,phone,organization_id\nben,Ben Osei,RN,+13125550188,{LAKESIDE}\n"
    file = FilePayload(name="people.csv", mimeType="text/csv", buffer=sheet.encode())
    page.get_by_label("Sheet").set_input_files(file)
    page.get_by_role("button", name="Show what would become of it").click()
    expect(page.locator(".lead")).to_have_text("1 new.")
    # What was made of a form is not looked at again: at its address stands something else.
    expect(page.locator("script")).to_have_count(0)
    page.get_by_role("button", name="Save all of it").click()
    # then
    expect(page.locator(".said")).to_have_text("1 row is saved.")
    assert world.desk.caregiver("ben") is not None


def test_what_was_refused_is_mended_where_it_stands_and_sent_again(world: World, opened) -> None:
    # given
    world.asked("alma", "bea")
    world.says("alma", "yes")
    world.shift("other", starts_in=3)
    page = opened("/console/shifts/other")
    page.get_by_text("Give it to somebody…").click()
    page.get_by_label("Caregiver").select_option("alma")
    page.get_by_role("button", name="Give it to them").click()
    expect(page.locator(".said.refused")).to_contain_text("give a reason")
    # when
    page.get_by_label("Reason").fill("she asked for both")
    page.get_by_role("button", name="Give it to them").click()
    # then
    expect(page.locator(".said:not(.refused)")).to_contain_text("is assigned to alma")
    assert world.record("other").claimed_by == "alma"


def test_what_somebody_typed_stays_when_the_session_of_a_form_is_gone(world: World, opened) -> None:
    # given
    world.asked("alma")
    world.says("alma", "how far is it?")
    page = opened("/console/shifts/early")
    box = page.locator("#talk-alma textarea")
    box.fill("Ten minutes by bus")
    page.evaluate("document.querySelector('#talk-alma [name=token]').value = '00'")
    page.route("**/*", lambda route: route.abort() if route.request.method == "GET" else route.continue_())
    # when
    page.locator("#talk-alma").get_by_role("button", name="Send").click()
    expect(page.locator(".said.refused")).to_contain_text("not of this session")
    expect(box).to_have_value("Ten minutes by bus")
    # and the page was looked at again
    page.unroute("**/*")
    world.caregivers("bea")
    expect(page.locator("#live")).to_have_text("Live")
    page.locator("#talk-alma").get_by_role("button", name="Send").click()
    # then
    expect(page.locator("#talk-alma")).to_contain_text("text, ")
    expect(box).to_have_value("")


def test_who_answers_on_a_phone_of_the_wall_stays_there_and_sees_what_came_of_it(
    world: World, opened
) -> None:
    world.asked("alma", "bea")
    page = opened("/console/phones", viewport={"width": 360, "height": 700})
    phone = page.locator("#phone-bea")
    phone.scroll_into_view_if_needed()
    phone.get_by_role("button", name="Yes").click()
    expect(page.locator("#said")).to_be_in_viewport()
    expect(phone).to_contain_text("You have the shift")
    expect(phone).to_be_in_viewport()


def test_whoever_wants_to_be_told_is_asked_at_the_press_and_told_when_somebody_is_needed(
    world: World, opened
) -> None:
    # given
    world.caregivers("alma")
    page = opened("/")
    page.evaluate(ASKED)
    switch = page.get_by_role("switch", name="Tell me when I am needed")
    expect(switch).not_to_be_checked()
    assert page.evaluate("window.asked") is None
    # when
    switch.click()
    world.offered("nobody", role="CNA")
    # then
    expect(switch).to_be_checked()
    assert page.evaluate("window.asked")
    expect(page.locator("html[data-rang='1']")).to_be_attached()
    # when the page is opened again
    page.reload()
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()


def rows(page: Page) -> list[str]:
    return [one.get_attribute("data-row") or "" for one in page.locator("[data-row]").all()]
