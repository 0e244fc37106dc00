"""Letting people in, walls between organizations, and API tokens."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from firstyes.actors.accounts.accounts import NotSignedIn, SignedIn
from firstyes.actors.accounts.managed import Made
from firstyes.domain.access.session import FIRST_RUN_FOR, INVITED_FOR, RESET_FOR
from firstyes.domain.access.user import UserRole
from firstyes.domain.answer import Refusal, Status
from support.accounts import ANOTHER, HOME, PASSWORD, let_in, refused, sign_in
from support.world import LAKESIDE, a_world

HILLTOP = "hilltop"


def test_the_first_user_must_be_able_to_let_in_others(accounts) -> None:
    for role, scope in ((UserRole.VIEWER, None), (UserRole.ADMIN, frozenset({LAKESIDE}))):
        assert refused(accounts.invite(None, "ann", role, scope)) is Refusal.IN_USE
    assert accounts.access.nobody
    assert isinstance(accounts.invite(None, "ann", UserRole.ADMIN, None), Made)


def test_the_first_admin_comes_in_once_by_a_link_that_the_next_start_replaces(world, accounts) -> None:
    # given
    first, second = accounts.first_run(), accounts.first_run()
    # then
    assert refused(accounts.join(first.token, "eve", PASSWORD)) is Refusal.CLOSED
    joined = accounts.join(second.token, "ann", PASSWORD)
    assert joined.user.manages_all
    assert refused(accounts.join(second.token, "eve", PASSWORD)) is Refusal.CLOSED
    assert accounts.first_run() is None


def test_the_link_for_the_first_admin_is_gone_when_there_is_one(accounts, world) -> None:
    link = accounts.first_run()
    let_in(world.desk, "ann")
    assert refused(accounts.join(link.token, "eve", PASSWORD)) is Refusal.CLOSED


@pytest.mark.parametrize("which", ["first_run", "invite", "reset"])
def test_each_link_expires(world, accounts, which: str) -> None:
    link, holds = accounts.first_run(), FIRST_RUN_FOR
    if which != "first_run":
        ann = let_in(world.desk, "ann").user
        link, holds = accounts.invite(ann, "bea", UserRole.VIEWER, None), INVITED_FOR
        if which == "reset":
            link, holds = accounts.reset(ann, ann.key), RESET_FOR
    world.later(holds.total_seconds() - 1)
    assert accounts.link(link.token) is not None
    world.later(1)
    assert accounts.link(link.token) is None
    assert refused(accounts.join(link.token, "bea", PASSWORD)) is Refusal.CLOSED


def test_two_who_use_one_link_at_once_are_not_both_let_in(accounts, ann) -> None:
    link = accounts.invite(ann.user, "bea", UserRole.VIEWER, None)
    with ThreadPoolExecutor(2) as pool:
        came = [pool.submit(accounts.join, link.token, name, PASSWORD) for name in ("bea", "eve")]
    assert sorted(isinstance(one.result(), SignedIn) for one in came) == [False, True]


def test_a_name_is_one_person_s(accounts, ann) -> None:
    link = accounts.invite(ann.user, "ann", UserRole.VIEWER, None)
    assert refused(accounts.join(link.token, "ann", PASSWORD)) is Refusal.GIVEN_TWICE
    # The link was not used up.
    assert isinstance(accounts.join(link.token, "anna", PASSWORD), SignedIn)


def test_a_new_password_ends_every_session_and_forgets_every_browser(accounts, ann) -> None:
    # given
    link = accounts.reset(ann.user, ann.user.key)
    # when
    joined = accounts.join(link.token, "ann", ANOTHER)
    # then
    assert accounts.user_of(ann.token) is None
    assert accounts.user_of(joined.token) is not None
    assert sign_in(accounts) == NotSignedIn()
    assert isinstance(sign_in(accounts, password=ANOTHER), SignedIn)


def test_who_changes_their_password_stays_signed_in_here_and_nowhere_else(accounts, ann) -> None:
    other = sign_in(accounts)
    assert (
        refused(accounts.change_password(ann.token, "wrong", ANOTHER, address=HOME)) is Refusal.NOT_QUALIFIED
    )
    assert (
        refused(accounts.change_password(ann.token, PASSWORD, "short", address=HOME)) is Refusal.NOT_QUALIFIED
    )
    assert accounts.change_password(ann.token, PASSWORD, ANOTHER, address=HOME).status is Status.SUCCESS
    assert accounts.user_of(ann.token) is not None
    assert accounts.user_of(other.token) is None


def test_a_link_that_was_taken_back_lets_nobody_in(accounts, ann) -> None:
    link = accounts.invite(ann.user, "bea", UserRole.VIEWER, None)
    [shown] = accounts.links(ann.user)
    accounts.take_back(ann.user, shown.key)
    assert refused(accounts.join(link.token, "bea", PASSWORD)) is Refusal.CLOSED


def test_the_links_of_somebody_who_is_shut_out_let_nobody_in(world, accounts, ann) -> None:
    # given
    bea = let_in(world.desk, "bea")
    link = accounts.invite(bea.user, "eve", UserRole.ADMIN, None)
    own = accounts.reset(ann.user, bea.user.key)
    # when
    accounts.disable(ann.user, bea.user.key)
    # then
    assert refused(accounts.join(link.token, "eve", PASSWORD)) is Refusal.CLOSED
    assert refused(accounts.join(own.token, "bea", ANOTHER)) is Refusal.CLOSED


@pytest.mark.parametrize("listed", [True, False])
def test_a_link_for_somebody_who_has_risen_since_lets_nobody_in(
    world, accounts, ann, monkeypatch, listed: bool
) -> None:
    # given
    here = frozenset({LAKESIDE})
    bea, cleo = (let_in(world.desk, name, scope=here).user for name in ("bea", "cleo"))
    link = accounts.reset(bea, cleo.key)
    if not listed:
        # As where it is made in the moment in which its user rises.
        monkeypatch.setattr(accounts, "_drop_links", lambda *_: None)
    # when
    accounts.set_role(ann.user, cleo.key, UserRole.ADMIN, None)
    # then
    assert (accounts.link(link.token) is None) is listed
    assert refused(accounts.join(link.token, "cleo", ANOTHER)) is Refusal.CLOSED
    assert isinstance(sign_in(accounts, "cleo"), SignedIn)


@pytest.mark.parametrize("listed", [True, False])
def test_somebody_shut_out_sets_no_password_by_an_old_link(
    world, accounts, ann, monkeypatch, listed: bool
) -> None:
    # given
    bea = let_in(world.desk, "bea").user
    link = accounts.reset(ann.user, bea.key)
    if not listed:
        monkeypatch.setattr(accounts, "_drop_links", lambda *_: None)
    # when
    accounts.disable(ann.user, bea.key)
    tried = accounts.join(link.token, "bea", ANOTHER)
    accounts.enable(ann.user, bea.key)
    # then
    assert refused(tried) is Refusal.CLOSED
    assert (accounts.link(link.token) is None) is listed
    assert isinstance(sign_in(accounts, "bea"), SignedIn)


def test_an_admin_of_one_organization_manages_nobody_of_another(world, accounts, ann) -> None:
    # given
    here = let_in(world.desk, "bea", scope=frozenset({LAKESIDE})).user
    there = let_in(world.desk, "cleo", UserRole.COORDINATOR, frozenset({HILLTOP})).user
    token = accounts.make_token(ann.user, "payroll", HILLTOP)
    accounts.invite(ann.user, "dora", UserRole.VIEWER, frozenset({HILLTOP}))
    assert isinstance(token, Made)
    # then
    assert [one.name for one in accounts.users(here)] == ["bea"]
    assert accounts.links(here) == accounts.tokens(here) == []
    [link], [kept] = accounts.links(ann.user), accounts.tokens(ann.user)
    both = frozenset({LAKESIDE, HILLTOP})
    for tried in (
        accounts.disable(here, there.key), accounts.reset(here, there.key), accounts.enable(here, ann.user.key),
        accounts.set_role(here, there.key, UserRole.VIEWER, frozenset({LAKESIDE})), accounts.take_back(here, link.key),
        accounts.revoke(here, kept.key), accounts.make_token(here, "eve", HILLTOP),
    ):  # fmt: skip
        assert refused(tried) is Refusal.UNKNOWN
    for scope in (None, both):
        assert refused(accounts.invite(here, "eve", UserRole.ADMIN, scope)) is Refusal.OTHER_OWNER
        assert refused(accounts.set_role(here, here.key, UserRole.ADMIN, scope)) is Refusal.OTHER_OWNER


@pytest.mark.parametrize("role", [UserRole.VIEWER, UserRole.COORDINATOR])
def test_only_an_admin_manages_anybody(world, accounts, ann, role: UserRole) -> None:
    bea = let_in(world.desk, "bea", role).user
    assert accounts.users(bea) == []
    assert refused(accounts.invite(bea, "eve", UserRole.VIEWER, None)) is Refusal.OTHER_OWNER
    assert refused(accounts.make_token(bea, "eve", LAKESIDE)) is Refusal.UNKNOWN


def test_nobody_is_let_in_to_an_organization_that_is_not_there(accounts, ann) -> None:
    unknown = frozenset({"later"})
    assert refused(accounts.invite(ann.user, "bea", UserRole.VIEWER, unknown)) is Refusal.UNKNOWN
    assert refused(accounts.set_role(ann.user, ann.user.key, UserRole.VIEWER, unknown)) is Refusal.UNKNOWN
    assert refused(accounts.make_token(ann.user, "payroll", "later")) is Refusal.UNKNOWN


def test_an_organization_that_somebody_may_come_in_for_is_not_deleted(world, accounts, ann) -> None:
    # given
    made = accounts.make_token(ann.user, "payroll", HILLTOP)
    assert refused(world.desk.delete_organization(HILLTOP)) is Refusal.IN_USE
    # when
    accounts.revoke(ann.user, accounts.tokens(ann.user)[0].key)
    # then
    assert accounts.token_of(made.token) is None
    assert world.desk.delete_organization(HILLTOP).status is Status.SUCCESS


def test_an_api_token_opens_until_it_is_revoked(accounts, ann) -> None:
    made = accounts.make_token(ann.user, "payroll", LAKESIDE)
    found = accounts.token_of(made.token)
    assert (found.name, found.organization_id, found.made_by) == ("payroll", LAKESIDE, "user:ann")
    assert accounts.token_of(made.token[:-1]) is None
    accounts.revoke(ann.user, found.key)
    assert accounts.token_of(made.token) is None
    [listed] = accounts.tokens(ann.user)
    assert listed.revoked_by == "user:ann"


def test_all_of_it_survives_a_restart(tmp_path) -> None:
    # given
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        ann = let_in(world.desk, "ann")
        made = world.desk.accounts.make_token(ann.user, "payroll", LAKESIDE)
    # then
    with a_world(store) as world:
        assert world.desk.accounts.user_of(ann.token).name == "ann"
        assert world.desk.accounts.token_of(made.token) is not None
