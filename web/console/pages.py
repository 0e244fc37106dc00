"""All pages of the console, on one app."""

from flask import Flask, Response

from ...actors.desk import ShiftDesk
from ..http.problems import refuse_unknown
from ..service.web_settings import WebSettings
from .board_page import add_board
from .console import Console
from .orders import add_orders
from .shift_page import add_shift_page
from .viewer import EverybodyHere, Nobody, Viewer, Viewers


def add_console(app: Flask, desk: ShiftDesk, settings: WebSettings, viewers: Viewers | None = None) -> None:
    """Add the console to `app`. `viewers` find who looks; without them everybody may on an open app, else nobody."""
    console = Console(desk, viewers or (EverybodyHere() if settings.api_token is None else Nobody()))
    console.link("Board", "/")
    add_board(console)
    add_shift_page(console)
    add_orders(console)

    @console.blueprint.get("/console/assets/<mark>/<name>")
    def asset(mark: str, name: str) -> Response:
        return console.assets.answer(mark, name)

    @console.page("/console/<path:rest>")
    def nothing(_: Viewer, rest: str) -> Response:
        raise refuse_unknown("page", rest)

    app.register_blueprint(console.blueprint)
