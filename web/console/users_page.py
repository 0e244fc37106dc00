"""Who may come in: users, links that let somebody in, and API tokens."""

from urllib.parse import urlencode

from flask import Response, request

from ...actors.accounts.managed import Made
from ...domain.access.user import Right, Scope, UserRole
from ...domain.answer import Answer
from ...domain.text import tidy
from .console import Console
from .forms import Said, told
from .sign_in import scheme_of
from .viewer import Viewer

LONGEST_NAME = 80


def add_users(console: Console) -> None:
    """Add what admins see and do. Whom each may manage, `ManagedAccounts` decides."""
    accounts = console.desk.accounts

    @console.page("/console/users", Right.MANAGE)
    def users(viewer: Viewer) -> Response:
        tables = accounts.access.tables()
        used = {
            one.user: one.used_at for one in sorted(tables.sessions.values(), key=lambda one: one.used_at)
        }
        return console.render(
            "users.html",
            viewer,
            users=accounts.users(viewer.user),
            invitations=accounts.links(viewer.user),
            used=used,
            names={one.key: one.name for one in tables.users.values()},
            roles=list(UserRole),
            organizations=console.organizations(viewer),
            first=accounts.access.nobody,
        )

    @console.action("/console/users/invite", Right.MANAGE)
    def invite(viewer: Viewer) -> Said | Response:
        name = _label("name")
        if not name:
            return Said("Say for whom the invitation is.", done=False)
        role, scope = _role(), _scope()
        if role is None or scope == frozenset():
            return Said("Choose a role, and at least one organization.", done=False)
        made = accounts.invite(viewer.user, name, role, scope)
        return show_link(
            viewer, made, f"Give this link to {name}. It lets one person in, once, within three days."
        )

    @console.action("/console/users/<int:key>/reset", Right.MANAGE)
    def reset(viewer: Viewer, key: int) -> Said | Response:
        made = accounts.reset(viewer.user, key)
        said = "Give this link to its user. With it they choose a new password, once, within the hour; then they are signed out everywhere else."
        return show_link(viewer, made, said)

    @console.action("/console/users/<int:key>/role", Right.MANAGE)
    def set_role(viewer: Viewer, key: int) -> Said:
        role, scope = _role(), _scope()
        if role is None or scope == frozenset():
            return Said("Choose a role, and at least one organization.", done=False)
        return told(accounts.set_role(viewer.user, key, role, scope))

    @console.action("/console/users/<int:key>/disable", Right.MANAGE)
    def disable(viewer: Viewer, key: int) -> Said:
        return told(accounts.disable(viewer.user, key))

    @console.action("/console/users/<int:key>/enable", Right.MANAGE)
    def enable(viewer: Viewer, key: int) -> Said:
        return told(accounts.enable(viewer.user, key))

    @console.action("/console/links/<int:key>/take-back", Right.MANAGE)
    def take_back(viewer: Viewer, key: int) -> Said:
        return told(accounts.take_back(viewer.user, key))

    @console.page("/console/tokens", Right.MANAGE)
    def tokens(viewer: Viewer) -> Response:
        return console.render(
            "tokens.html",
            viewer,
            tokens=accounts.tokens(viewer.user),
            organizations=console.organizations(viewer),
        )

    @console.action("/console/tokens/make", Right.MANAGE)
    def make_token(viewer: Viewer) -> Said | Response:
        name = _label("name")
        if not name:
            return Said("Say what the token is for.", done=False)
        made = accounts.make_token(viewer.user, name, request.form.get("organization_id", ""))
        if isinstance(made, Answer):
            return told(made)
        said = "Copy the token now: it is shown this once. Send it as Authorization: Bearer <token>."
        return console.render(
            "secret.html",
            viewer,
            title=f"Token for {name}",
            words=said,
            secret=made.token,
            home="/console/tokens",
        )

    @console.action("/console/tokens/<int:key>/revoke", Right.MANAGE)
    def revoke(viewer: Viewer, key: int) -> Said:
        return told(accounts.revoke(viewer.user, key))

    def show_link(viewer: Viewer, made: Made | Answer, words: str) -> Said | Response:
        if isinstance(made, Answer):
            return told(made)
        here = f"{scheme_of(request.environ)}://{request.host}{request.root_path}"
        link = f"{here}/console/join?{urlencode({'link': made.token})}"
        return console.render(
            "secret.html", viewer, title="A link", words=words, secret=link, home="/console/users"
        )


def _label(name: str) -> str:
    return tidy(request.form.get(name, ""))[:LONGEST_NAME]


def _role() -> UserRole | None:
    given = request.form.get("role")
    return next((one for one in UserRole if one == given), None)


def _scope() -> Scope:
    """Give the organizations that were ticked; None for all, where that was."""
    return None if request.form.get("all") else frozenset(request.form.getlist("organization_id"))
