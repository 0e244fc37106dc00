"""Pictures of every page, light and dark, on a desktop and on a phone: `make screenshots`.

    python -m browser.screenshots FOLDER [--chosen]

`--chosen` makes only those that the README shows, small.
"""

import argparse
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from firstyes.domain.caregiver import Caregiver
from firstyes.domain.cost import Prices
from firstyes.domain.organization import Organization
from firstyes.domain.shift.shift import Shift
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.world import LAKESIDE, World, a_world

from .chromium import chromium_path, launch

PAGES = {
    "board": "/",
    "filled": "/?part=filled",
    "shift": "/console/shifts/rn-lakeview",
    "preview": "/console/shifts/cna-oak-lawn/preview",
    "post": "/console/post",
    "posting": "/console/post?role=RN&day=2030-07-17&starts=07:00&ends=15:00&area=Lakeview",
    "alerts": "/console/alerts",
    "inbox": "/console/inbox",
    "caregivers": "/console/caregivers",
    "caregiver": "/console/caregivers/carlos",
    "import": "/console/caregivers-import",
    "numbers": "/console/numbers",
    "phones": "/console/phones",
    "users": "/console/users",
    "tokens": "/console/tokens",
}
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
CHOSEN = (
    ("board", "desktop", "light"),
    ("phones", "desktop", "light"),
    ("shift", "desktop", "dark"),
    ("inbox", "desktop", "light"),
    ("posting", "desktop", "light"),
    ("board", "phone", "dark"),
)
PEOPLE = (
    "Alma Reyes", "Beatrice Stone", "Carlos Vega", "Denise Okafor", "Eli Brandt", "Farah Haddad", "Grace Lindqvist",
    "Hugo Castellanos", "Ines Whitfield", "Jonas Ilves", "Kemi Adeyemi", "Luz Moreno",
)  # fmt: skip
SHIFTS = (
    ("rn-lakeview", "RN", 2, 8, "Lakeview"),
    ("rn-hyde-park", "RN", 5, 12, "Hyde Park"),
    ("cna-oak-lawn", "CNA", 9, 8, "Oak Lawn"),
    ("lpn-evanston", "LPN", 26, 8, "Evanston"),
    ("rn-rogers-park", "RN", 3, 8, "Rogers Park"),
    ("aide-pilsen", "Hospice aide", 6, 8, "Pilsen"),
    ("lpn-uptown", "LPN", 12, 8, "Uptown"),
)


class _Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing of requests."""


def play(world: World) -> None:
    """Let a morning happen in which every page has something to show."""
    desk = world.desk
    desk.put_organizations([Organization(id=LAKESIDE, name="Harbor Home Care", time_zone="America/Chicago")])
    people = []
    for number, name in enumerate(PEOPLE):
        who = name.split()[0].lower()
        world.phones[who] = f"+1312555{110 + number:04}"
        role = "RN" if number < 6 else ("RN", "LPN", "CNA")[number % 3]
        people.append(
            Caregiver(id=who, organization_id=LAKESIDE, name=name, roles=(role,), phone=world.phones[who])
        )
    desk.put_caregivers(people)
    now = world.clock.now()
    for shift_id, role, starts, lasts, area in SHIFTS:
        start = now + timedelta(hours=starts)
        desk.post_shifts(
            [
                Shift(
                    id=shift_id,
                    organization_id=LAKESIDE,
                    role_required=role,
                    start_time=start,
                    end_time=start + timedelta(hours=lasts),
                    area=area,
                )
            ]
        )
    for shift_id in ("rn-hyde-park", "rn-rogers-park", "aide-pilsen", "lpn-uptown", "rn-lakeview"):
        desk.fan_out(shift_id)
    desk.settle()
    world.later(95)
    world.says("alma", f"YES {world.code('alma', 'rn-hyde-park')}")
    world.later(40)
    world.says("beatrice", f"NO {world.code('beatrice', 'rn-lakeview')}")
    world.says("carlos", f"how far is it? {world.code('carlos', 'rn-lakeview')}")
    world.says("eli", f"YES {world.code('eli', 'rn-rogers-park')}")
    world.later(75)
    world.says("denise", f"NO {world.code('denise', 'rn-lakeview')}")
    world.says("eli", "my kid is sick, I can't make it after all")
    desk.settle()


def main(arguments: list[str] | None = None) -> int:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chosen", action="store_true")
    given = parser.parse_args(arguments)
    path = chromium_path()
    if path is None:
        print("no Chromium is installed: apt-get install chromium", file=sys.stderr)
        return 1
    given.folder.mkdir(parents=True, exist_ok=True)
    every = [(page, size, theme) for page in PAGES for size in SIZES for theme in ("light", "dark")]
    prices = Prices(text=Decimal("0.0079"), call=Decimal("0.014"))
    with a_world(prices=prices) as world, sync_playwright() as playwright:
        play(world)
        app = create_app(world.desk, WebSettings(open=True))
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
        Thread(target=server.serve_forever, daemon=True).start()
        browser = launch(playwright, path)
        for name, size, theme in CHOSEN if given.chosen else every:
            width, height = SIZES[size]
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if theme == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}{PAGES[name]}")
            page.wait_for_function(
                "!document.querySelector('script') || document.querySelector('html.scripted')"
            )
            file = given.folder / f"{name}-{size}-{theme}"
            if given.chosen:
                page.screenshot(path=f"{file}.jpg", type="jpeg", quality=72)
            else:
                page.screenshot(path=f"{file}.png", full_page=True)
            context.close()
        browser.close()
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
