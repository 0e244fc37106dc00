"""Signing in and out, by a password or a link, and one's own account."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from flask import Response, request
from pydantic import TypeAdapter, ValidationError
from werkzeug.http import parse_cookie

from ...actors.accounts.accounts import Accounts, NotSignedIn, SignedIn
from ...actors.accounts.managed import user_name
from ...actors.accounts.memory import digest
from ...actors.accounts.passwords import TooBusy
from ...domain.access.session import REMEMBERED
from ...domain.access.user import Right, UserName
from ..http.guard import is_loopback
from .browser_name import browser_of
from .console import Console, own_path
from .forms import Said, told
from .viewer import ANONYMOUS, Viewer

COOKIE = "__Host-firstyes"
"""A browser takes a cookie of this name only from the host itself, over TLS, for all its paths."""
NAME = TypeAdapter[str](UserName)
NEARBY = tuple(
    map(ip_network, ("127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
)
"""Where a proxy of ours can stand: this machine, and networks that the internet does not reach."""
LONGEST = 1_000
"""Characters of a password that are looked at."""
WRONG = "Name or password is not right."


class SignedInViewers:
    """Finds who has signed in; on an app that is `open`, whoever sits at the machine, until there is a user."""

    def __init__(self, accounts: Accounts, *, is_open: bool) -> None:
        self._accounts = accounts
        self._open = is_open

    def find(self, environ: dict[str, Any]) -> Viewer | None:
        """Give who sent the request with WSGI's `environ`, None when they have not signed in."""
        if self._open and self._accounts.access.nobody:
            return Viewer.of_open_console()
        token = cookie_of(environ)
        # What a page asks for by itself keeps nobody signed in.
        user = self._accounts.user_of(token, used="HTTP_X_POLL" not in environ) if token else None
        if token is None or user is None:
            return None
        return Viewer(user_name(user.name), user.role, user.scope, digest(token), user)


def cookie_of(environ: dict[str, Any]) -> str | None:
    """Give what a browser brings of a session, ended or not."""
    return parse_cookie(environ).get(COOKIE)


def address_of(environ: dict[str, Any]) -> str:
    """Give where a stranger comes from: where a proxy of ours stands between, what that says last."""
    address: str = environ.get("REMOTE_ADDR", "")
    try:
        if not any(_ip(address) in one for one in NEARBY):
            return _wide(address)
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return _wide(forwarded) if forwarded else address
    except ValueError:
        return address


def _ip(address: str) -> IPv4Address | IPv6Address:
    found = ip_address(address)
    # One socket for both kinds names the older one so.
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found


def scheme_of(environ: dict[str, Any]) -> str:
    """Give how a browser reaches us, which may be by a proxy."""
    scheme: str = environ["wsgi.url_scheme"]
    return "https" if environ.get("HTTP_X_FORWARDED_PROTO") == "https" else scheme


def _wide(address: str) -> str:
    """Give an address, of IPv6 only the half that is one household's."""
    found = _ip(address)
    return str(found) if found.version == 4 else found.exploded[:19]


def add_sign_in(console: Console) -> None:
    """Add the pages with which people come in."""
    accounts = console.desk.accounts

    @console.public("/console/sign-in")
    def sign_in() -> Response:
        """Show the form, or look at what was filled in."""
        if request.method != "POST":
            return ask(own_path(request.args.get("next", "/")))
        console.forms.check(ANONYMOUS, request.environ, request.form.get("token", ""))
        back = own_path(request.form.get("next", "/"))
        environ = request.environ
        try:
            found = accounts.sign_in(
                _name(request.form.get("name", "")),
                request.form.get("password", "")[:LONGEST],
                address=address_of(environ),
                former=cookie_of(environ),
                browser=browser_of(request.headers.get("User-Agent", "")),
            )
        except TooBusy as busy:
            return ask(back, str(busy), 503)
        match found:
            case SignedIn():
                return enter(found, back)
            case NotSignedIn(wait=wait) if wait > 0:
                said = f"Too many attempts. Try again in {ceil(wait)} seconds, or ask an admin for a link."
                response = ask(back, said, 429)
                response.headers["Retry-After"] = str(ceil(wait))
                return response
            case _:
                return ask(back, WRONG, 403)

    @console.public("/console/join")
    def join() -> Response:
        """Show whom a link lets in, or let them in."""
        secret = request.values.get("link", "")
        link = accounts.link(secret)
        if link is None:
            return console.render("join.html", ANONYMOUS, 410, link=None)
        user = next((one for one in accounts.access.tables().users.values() if one.key == link.user), None)
        if request.method != "POST":
            return console.render("join.html", ANONYMOUS, link=link, user=user, secret=secret)
        console.forms.check(ANONYMOUS, request.environ, request.form.get("token", ""))
        name = user.name if user is not None else _name(request.form.get("name", ""))
        fault, status = None, 422
        if not name:
            fault = "Choose a name of letters and digits, or your e-mail address."
        else:
            try:
                password = request.form.get("password", "")[:LONGEST]
                browser = browser_of(request.headers.get("User-Agent", ""))
                found = accounts.join(secret, name, password, cookie_of(request.environ), browser)
            except TooBusy as busy:
                fault, status = str(busy), 503
            else:
                if isinstance(found, SignedIn):
                    return enter(found, "/")
                fault = found.message
        return console.render(
            "join.html", ANONYMOUS, status, link=link, user=user, secret=secret, fault=fault, name=name
        )

    @console.page("/console/account")
    def account(viewer: Viewer) -> Response:
        token = cookie_of(request.environ) or ""
        return console.render(
            "account.html",
            viewer,
            sessions=accounts.sessions(token),
            present=digest(token),
            zone=console.zone(viewer),
        )

    @console.action("/console/account/password", Right.SEE)
    def change_password(_: Viewer) -> Said:
        old, new = (request.form.get(one, "")[:LONGEST] for one in ("old", "new"))
        try:
            answer = accounts.change_password(
                cookie_of(request.environ) or "", old, new, address=address_of(request.environ)
            )
        except TooBusy as busy:
            return Said(str(busy), done=False)
        return told(answer)

    @console.action("/console/account/sessions/end", Right.SEE)
    def end_sessions(_: Viewer) -> Said:
        which = request.form.get("session") or None
        return told(accounts.end_sessions(cookie_of(request.environ) or "", which))

    @console.action("/console/sign-out", Right.SEE)
    def sign_out(_: Viewer) -> Response:
        accounts.sign_out(cookie_of(request.environ) or "")
        # The cookie stays: it opens nothing, and tells its user from strangers when they sign in.
        return Response(status=303, headers={"Location": f"{request.root_path}/console/sign-in"})

    def ask(back: str, fault: str | None = None, status: int = 200) -> Response:
        return console.render(
            "sign_in.html", ANONYMOUS, status, next=back, fault=fault, unsafe=_keeps_no_cookie()
        )

    def enter(signed: SignedIn, back: str) -> Response:
        response = Response(status=303, headers={"Location": f"{request.root_path}{back}"})
        response.set_cookie(
            COOKIE, signed.token, max_age=REMEMBERED, path="/", secure=True, httponly=True, samesite="Lax"
        )
        return response

    # A form is not sent again by itself: who signs in comes back to its page.
    console.asks_to_sign_in = lambda: ask(
        own_path(
            request.full_path.rstrip("?") if request.method != "POST" else request.form.get("back", "/")
        ),
        status=401,
    )


def _name(text: str) -> str:
    """Give a name to sign in with, empty when this can be none."""
    try:
        return NAME.validate_python(text)
    except ValidationError:
        return ""


def _keeps_no_cookie() -> bool:
    """Whether browsers will not keep the cookie, as far as can be seen: no TLS, and not this machine."""
    return scheme_of(request.environ) != "https" and not is_loopback(request.environ.get("HTTP_HOST", ""))
