"""Signing in and out, and being shut out."""

import pytest

from firstyes.actors.accounts.accounts import NotSignedIn, SignedIn
from firstyes.actors.journal.errors import JournalUnavailable
from firstyes.domain.access.session import IDLE, LONGEST, NOTED_EVERY
from firstyes.domain.access.user import UserRole
from firstyes.domain.answer import Refusal, Status
from support.accounts import PASSWORD, let_in, refused, sign_in
from support.world import LAKESIDE


def test_who_has_a_name_and_its_password_signs_in_and_out(accounts, ann) -> None:
    signed = sign_in(accounts)
    assert isinstance(signed, SignedIn)
    assert accounts.user_of(signed.token).name == "ann"
    accounts.sign_out(signed.token)
    assert accounts.user_of(signed.token) is None
    assert accounts.user_of(ann.token).name == "ann"


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong"), ("bob", PASSWORD), ("", ""), ("ann", "")])
def test_nobody_else_does(accounts, ann, name: str, password: str) -> None:
    assert sign_in(accounts, name, password) == NotSignedIn()


def test_what_a_browser_makes_up_is_nobody_s_session(accounts, ann) -> None:
    assert accounts.user_of("") is None
    assert accounts.user_of("\ud800") is None
    assert accounts.user_of(ann.token + "x") is None


def test_secrets_are_shown_by_nothing_and_kept_nowhere(world, ann, accounts) -> None:
    token = accounts.make_token(ann.user, "payroll", LAKESIDE)
    link = accounts.invite(ann.user, "bea", UserRole.VIEWER, None)
    secrets = (ann.token, token.token, link.token, PASSWORD)
    kept = [
        str(row)
        for table in ("users", "sessions", "links", "api_tokens")
        for row in world.desk.journal.all(f"SELECT * FROM {table}")
    ]
    for shown in (*kept, repr(ann), repr(token), repr(link), repr(accounts.users(None))):
        assert not any(secret in shown for secret in secrets)
    assert ann.user.password not in repr(ann)


def test_a_session_holds_on_while_it_is_used_but_no_longer_than_a_week(world, accounts, ann) -> None:
    # given
    step = IDLE.total_seconds() - 1
    # when
    for _ in range(int(LONGEST.total_seconds() // step)):
        world.later(step)
        assert accounts.user_of(ann.token, used=True) is not None
        world.desk.settle()
    # then
    world.later(step)
    assert accounts.user_of(ann.token, used=True) is None


def test_a_page_that_asks_by_itself_keeps_no_session_alive(world, accounts, ann) -> None:
    for _ in range(3):
        world.later(IDLE.total_seconds() / 3 - 1)
        assert accounts.user_of(ann.token) is not None
    world.later(3)
    assert accounts.user_of(ann.token) is None


def test_a_request_asks_the_journal_nothing(world, accounts, ann, monkeypatch) -> None:
    def read() -> None:
        raise AssertionError("the journal was read")

    monkeypatch.setattr(accounts.access, "_load", read)
    assert accounts.user_of(ann.token) is not None
    assert accounts.token_of("fy_nothing") is None


def test_a_page_is_shown_also_while_nothing_can_be_written(world, accounts, ann, monkeypatch) -> None:
    # given
    world.later(NOTED_EVERY.total_seconds())

    def full(*_: object) -> None:
        raise JournalUnavailable("the disk is full")

    monkeypatch.setattr("firstyes.actors.journal.access_rows.AccessRows.use_session", full)
    # then
    assert accounts.user_of(ann.token, used=True) is not None
    world.desk.settle()


def test_who_was_shut_out_is_out_before_that_is_answered(world, accounts, ann) -> None:
    # given
    bea = let_in(world.desk, "bea")
    # when
    assert accounts.disable(ann.user, bea.user.key).status is Status.SUCCESS
    # then
    assert accounts.user_of(bea.token) is None
    assert sign_in(accounts, "bea") == NotSignedIn()
    # and
    accounts.enable(ann.user, bea.user.key)
    assert accounts.user_of(bea.token) is None
    assert isinstance(sign_in(accounts, "bea"), SignedIn)


def test_what_cannot_be_read_after_a_change_lets_nobody_in(world, accounts, ann, monkeypatch) -> None:
    # given
    bea, access = let_in(world.desk, "bea"), accounts.access
    load = access._load

    def unreadable() -> None:
        raise JournalUnavailable("the disk is gone")

    monkeypatch.setattr(access, "_load", unreadable)
    accounts.disable(ann.user, bea.user.key)
    # then
    with pytest.raises(JournalUnavailable):
        accounts.user_of(bea.token)
    # and
    monkeypatch.setattr(access, "_load", load)
    assert accounts.user_of(bea.token) is None


def test_who_is_shut_out_while_their_password_is_looked_at_does_not_come_in(
    accounts, ann, world, monkeypatch
) -> None:
    # given
    bea, fits = let_in(world.desk, "bea"), accounts.passwords.fits

    def shut_out_meanwhile(password: str, kept: str | None) -> bool:
        accounts.disable(ann.user, bea.user.key)
        return fits(password, kept)

    monkeypatch.setattr(accounts.passwords, "fits", shut_out_meanwhile)
    # then
    assert sign_in(accounts, "bea") == NotSignedIn()


def test_the_only_admin_of_all_cannot_be_shut_out_nor_made_less(world, accounts, ann) -> None:
    let_in(world.desk, "bea", scope=frozenset({LAKESIDE}))
    assert refused(accounts.disable(ann.user, ann.user.key)) is Refusal.IN_USE
    assert refused(accounts.set_role(ann.user, ann.user.key, UserRole.VIEWER, None)) is Refusal.IN_USE
    assert (
        refused(accounts.set_role(ann.user, ann.user.key, UserRole.ADMIN, frozenset({LAKESIDE})))
        is Refusal.IN_USE
    )
    # but
    let_in(world.desk, "cleo")
    assert accounts.disable(ann.user, ann.user.key).status is Status.SUCCESS
