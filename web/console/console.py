"""The console on an app: who may look, how a page is made, and how a form is carried out."""

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from hashlib import blake2b
from secrets import token_hex
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, g, render_template, request

from ...actors.desk.desk import ShiftDesk
from ...actors.journal.port import BadCursor
from ...actors.records import ShiftRecord
from ...domain.access.user import Right
from ...domain.errors import InvalidArgument
from ...domain.organization import Organization
from ..http.failures import failure_of
from ..http.operation import NAME_IN_ENVIRON
from ..http.problems import refuse, refuse_unknown
from . import told
from .assets import Assets
from .forms import Forms, Said
from .viewer import ANONYMOUS, Viewer, Viewers

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""No script, no style and no picture but our own files."""
NOW = "X-Now"
"""The header that says what time it is here, in milliseconds since 1970: countdowns run by it, not by the browser's clock."""
WORTH_PACKING = 1_000
"""Bytes from which on a page is compressed."""
MADE_ANEW = 300
"""Seconds after which a page is made anew though nothing has changed: clocks and shifts turn at whole minutes like these."""
MOST_ORGANIZATIONS = 500

NOT_ALLOWED = {
    Right.SEE: "You may not look at this.",
    Right.ACT: "You may look at this, but change nothing.",
    Right.MANAGE: "Only an admin may do this.",
}

Link = tuple[str, str, Callable[[Viewer], bool], Callable[[Viewer], int]]
PageView = Callable[..., Response]
ActionView = Callable[..., Said | Response]
View = TypeVar("View", bound=Callable[..., Said | Response])


class Console:
    """What all pages share: the desk they show, who looks, their forms.

    A page is a function of its viewer and the parameters in its path. It is made anew only when something in its viewer's
    sight has changed; a browser that has it still is answered 304, and the journal is not asked.
    """

    def __init__(self, desk: ShiftDesk, viewers: Viewers) -> None:
        self.desk = desk
        self.forms = Forms()
        self.assets = Assets()
        self.blueprint = Blueprint("console", __name__, template_folder="templates")
        self.links: list[Link] = []
        self.asks_to_sign_in: Callable[[], Response] | None = None
        self._viewers = viewers
        self._start = token_hex(4)
        self._organizations: tuple[int, tuple[Organization, ...]] | None = None
        self.blueprint.add_app_template_global(self.assets.url, "asset")
        shown_by = (
            told.away,
            told.countdown,
            told.clock_time,
            told.exact,
            told.lasting,
            told.money,
            told.by_whom,
        )
        for function in shown_by:
            self.blueprint.add_app_template_filter(function)
        self.blueprint.add_app_template_filter(_millis, "millis")
        self.blueprint.register_error_handler(Exception, self._failed)

    def link(
        self,
        name: str,
        path: str,
        shown: Callable[[Viewer], bool] = lambda _: True,
        waiting: Callable[[Viewer], int] = lambda _: 0,
    ) -> None:
        """Have a page named at the head of every page that is `shown` to somebody, with how much is `waiting` there."""
        self.links.append((name, path, shown, waiting))

    def public(self, rule: str) -> Callable[[PageView], PageView]:
        """Have a view answer at `rule`, to whoever asks. It is never compressed: a secret may stand in it."""
        return self._add(rule, lambda view, _: self._finish(view(), packed=False), "GET", "POST")

    def page(self, rule: str, right: Right = Right.SEE) -> Callable[[PageView], PageView]:
        """Show what a view gives at `rule`, to whoever has signed in and has the right."""

        def show(view: PageView, given: dict[str, Any]) -> Response:
            viewer = self._viewer(right)
            g.tag = tag = self._tag(viewer)
            has_it = request.headers.get("If-None-Match") == tag
            return self._finish(Response(status=304) if has_it else view(viewer, **given), tag)

        return self._add(rule, show, "GET")

    def action(self, rule: str, right: Right = Right.ACT) -> Callable[[ActionView], ActionView]:
        """Carry out what a view does at `rule` for a form of ours, once, and go back to the page it was sent from.

        The form names that page (`back`), and a key of its own: the same form sent twice is carried out once. A view that
        gives a page instead shows something once; that page is not compressed, because it may be a secret.
        """

        def act(view: ActionView, given: dict[str, Any]) -> Response:
            viewer = self._sender(right)
            key = request.form.get("key") or token_hex(8)
            said = self.forms.once(viewer, key, lambda: _carry_out(view, viewer, given))
            if isinstance(said, Response):
                return self._finish(said, packed=False)
            return self._finish(_see(said.back or request.form.get("back", "/"), key))

        return self._add(rule, act, "POST")

    def form(self, rule: str) -> Callable[[PageView], PageView]:
        """Show what a view makes of a form of ours; nothing is changed by it."""
        return self._add(
            rule, lambda view, given: self._finish(view(self._sender(Right.ACT), **given)), "POST"
        )

    def _add(
        self, rule: str, answer: Callable[[View, dict[str, Any]], Response], *methods: str
    ) -> Callable[[View], View]:
        def add(view: View) -> View:
            def answer_request(**given: Any) -> Response:
                request.environ[NAME_IN_ENVIRON] = f"console_{view.__name__}"
                return answer(view, given)

            self.blueprint.add_url_rule(rule, view.__name__, answer_request, methods=methods)
            return view

        return add

    def render(self, template: str, viewer: Viewer, status: int = 200, **shown: Any) -> Response:
        """Make a page."""
        now = self.desk.clock.now()
        said = self.forms.said(viewer, request.args.get("done", ""))
        text = render_template(
            template,
            viewer=viewer,
            now=now,
            said=said,
            links=[
                (name, path, waiting(viewer))
                for name, path, shown, waiting in self.links
                if viewer is not ANONYMOUS and shown(viewer)
            ],
            here=request.path,
            tag=g.get("tag"),
            back=_without_done(),
            simulated=self.desk.simulated,
            plays=self.desk.simulated and viewer.sees_all,
            token=cache(lambda: self.forms.token(viewer)),
            new_key=lambda: token_hex(8),
            **shown,
        )
        return Response(text, status, content_type="text/html; charset=utf-8")

    def organizations(self, viewer: Viewer) -> tuple[Organization, ...]:
        """Give the organizations that somebody sees, kept in memory until something changes."""
        version = self.desk.version()
        if self._organizations is None or self._organizations[0] != version:
            self._organizations = version, self.desk.organizations(limit=MOST_ORGANIZATIONS).items
        return tuple(one for one in self._organizations[1] if viewer.sees(one.id))

    def zone(self, viewer: Viewer) -> str | None:
        """Give the zone of the first of somebody's organizations: times that belong to no shift are told in it."""
        return next((one.time_zone for one in self.organizations(viewer) if one.time_zone), None)

    def whose(self, viewer: Viewer, asked: str) -> str | None:
        """Give the one organization to narrow a list to: the one that was asked for, or the only one, or where somebody sees
        several but not all, the first; None is all."""
        # Beyond the most that are shown stand theirs too, and nobody else's.
        owners = [one.id for one in self.organizations(viewer)] or sorted(viewer.organization_ids or ())
        if asked in owners:
            return asked
        return owners[0] if owners and (len(owners) == 1 or viewer.organization_ids is not None) else None

    def shift(self, viewer: Viewer, shift_id: str) -> ShiftRecord:
        """Give a shift that `viewer` sees. Raises `RequestRefused` when there is none."""
        record = self.desk.shift(shift_id)
        if record is None or not viewer.sees(record.organization_id):
            raise refuse_unknown("shift", shift_id)
        return record

    def _viewer(self, right: Right) -> Viewer:
        viewer = self._viewers.find(request.environ)
        if viewer is None:
            raise refuse("unauthorized", 401, "Sign in to see this.")
        if not viewer.may(right):
            raise refuse("not-allowed", 403, NOT_ALLOWED[right])
        return viewer

    def _sender(self, right: Right) -> Viewer:
        viewer = self._viewer(right)
        self.forms.check(viewer, request.environ, request.form.get("token", ""))
        return viewer

    def _tag(self, viewer: Viewer) -> str:
        seen = viewer.organization_ids
        shown = [
            self._start,
            viewer.name,
            viewer.role,
            sorted(seen) if seen is not None else None,
            self.desk.version(seen),
            viewer.may_manage and self.desk.accounts.access.commits,
            request.full_path,
            # Shifts begin, and days end, also while nothing changes.
            self.desk.clock.now().timestamp() // MADE_ANEW,
        ]
        return f'W/"{blake2b(json.dumps(shown).encode(), digest_size=9).hexdigest()}"'

    def _finish(self, response: Response, tag: str | None = None, *, packed: bool = True) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = POLICY
        headers[NOW] = str(_millis(self.desk.clock.now()))
        headers["Vary"] = "Cookie, Accept-Encoding"
        if tag is not None and response.status_code in (200, 304):
            headers["ETag"] = tag
        if packed and response.status_code != 304:
            pack(response)
        return response

    def _failed(self, error: Exception) -> Response:
        if isinstance(error, BadCursor):
            error = refuse("bad-cursor", 400, "This page of the list is not there any more.")
        problem, headers = failure_of(error, request.method, request.path)
        if problem.status == 401 and self.asks_to_sign_in is not None:
            return self._finish(self.asks_to_sign_in(), packed=False)
        response = self.render("problem.html", ANONYMOUS, problem.status, problem=problem)
        response.headers.update(headers)
        return self._finish(response)


def _carry_out(view: ActionView, viewer: Viewer, given: dict[str, Any]) -> Said | Response:
    try:
        return view(viewer, **given)
    except InvalidArgument as error:
        return Said(str(error), done=False)


def pack(response: Response) -> None:
    """Compress a page for whoever takes it so. No secret stands in it but the forms' tokens, which are masked."""
    body = response.get_data()
    if len(body) > WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(gzip.compress(body, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def download(name: str, content: str, kind: str = "text/csv; charset=utf-8") -> Response:
    """Give a file to be kept, under this name."""
    return Response(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _see(back: str, key: str) -> Response:
    path, _, asked = own_path(back).partition("?")
    query = "&".join(filter(None, (asked, urlencode({"done": key}))))
    return Response(status=303, headers={"Location": f"{request.root_path}{path}?{query}"})


def own_path(given: str) -> str:
    """Give a path of ours with its query, whatever a form says."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or not (parts.path == "/" or parts.path.startswith("/console/")):
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _without_done() -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "done"]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)
