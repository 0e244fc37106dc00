"""All pages of the console, on one app."""

from flask import Flask, Response

from ...actors.desk.desk import ShiftDesk
from ..http.problems import refuse_unknown
from .alerts_page import add_alerts
from .board_page import add_board
from .caregivers_page import add_caregivers
from .console import Console
from .import_page import add_import
from .numbers_page import add_numbers
from .orders import add_orders
from .phones_page import add_phones
from .post_page import add_posting
from .shift_page import add_shift_page
from .sign_in import add_sign_in
from .users_page import add_users
from .viewer import Viewer, Viewers


def add_console(app: Flask, desk: ShiftDesk, viewers: Viewers) -> None:
    """Add the console to `app`. `viewers` find who looks."""
    console = Console(desk, viewers)
    console.link("Board", "/")
    add_board(console)
    add_posting(console)
    add_shift_page(console)
    add_orders(console)
    add_alerts(console)
    add_import(console)
    add_caregivers(console)
    add_numbers(console)
    if desk.simulated:
        add_phones(console)
    console.link("Users", "/console/users", lambda viewer: viewer.may_manage)
    console.link("Tokens", "/console/tokens", lambda viewer: viewer.may_manage)
    add_sign_in(console)
    add_users(console)

    @console.blueprint.get("/console/assets/<mark>/<name>")
    def asset(mark: str, name: str) -> Response:
        return console.assets.answer(mark, name)

    @console.page("/console/<path:rest>")
    def nothing(_: Viewer, rest: str) -> Response:
        raise refuse_unknown("page", rest)

    app.register_blueprint(console.blueprint)
