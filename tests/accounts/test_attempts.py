"""Who may try a password, and how often."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import pytest

from firstyes.actors.accounts import passwords
from firstyes.actors.accounts.accounts import NotSignedIn, SignedIn
from firstyes.actors.accounts.passwords import AT_ONCE, MOST_WAITING, Attempts, Passwords, TooBusy, fault_of
from firstyes.domain.access.throttle import OF_ADDRESS, OF_DEVICE, OF_EVERY_NAME, OF_NAME
from firstyes.domain.answer import Status
from support.accounts import ANOTHER, ELSEWHERE, HOME, PASSWORD, let_in, sign_in
from support.patience import PATIENCE
from support.world import FIVE_AM


def test_one_address_gets_so_many_attempts_and_then_has_to_wait(world, accounts, ann) -> None:
    for _ in range(OF_ADDRESS.most):
        assert sign_in(accounts, password="wrong") == NotSignedIn()
    assert sign_in(accounts) == NotSignedIn(OF_ADDRESS.seconds)
    world.later(OF_ADDRESS.seconds)
    assert isinstance(sign_in(accounts), SignedIn)


def test_a_password_is_not_even_looked_at_when_there_were_too_many_attempts(
    accounts, ann, monkeypatch
) -> None:
    for _ in range(OF_ADDRESS.most):
        sign_in(accounts, password="wrong")
    looked_at: list[str] = []
    monkeypatch.setattr(accounts.passwords, "fits", lambda password, kept: looked_at.append(password))
    assert sign_in(accounts).wait > 0
    assert looked_at == []


def test_a_name_that_nobody_has_is_throttled_as_others_are(accounts, ann) -> None:
    for _ in range(OF_ADDRESS.most):
        sign_in(accounts, "nobody")
    assert sign_in(accounts, "nobody").wait == OF_ADDRESS.seconds


def test_a_stranger_locks_out_nobody_at_another_address(accounts, ann) -> None:
    for _ in range(10 * OF_NAME.most):
        sign_in(accounts, password="wrong", address=ELSEWHERE)
    assert isinstance(sign_in(accounts), SignedIn)


def test_strangers_everywhere_lock_out_no_browser_that_its_user_knows(accounts, ann) -> None:
    # given
    accounts.sign_out(ann.token)
    for number in range(OF_NAME.most):
        for _ in range(OF_ADDRESS.most + 1):
            sign_in(accounts, password="wrong", address=f"198.51.100.{number}")
    # then
    assert sign_in(accounts).wait > 0
    assert isinstance(sign_in(accounts, former=ann.token), SignedIn)


def test_strangers_everywhere_lock_out_nobody_who_has_a_link(accounts, ann, world) -> None:
    # given
    bea = let_in(world.desk, "bea")
    for number in range(OF_NAME.most):
        sign_in(accounts, "bea", "wrong", address=f"198.51.100.{number}")
    # when
    link = accounts.reset(ann.user, bea.user.key)
    # then
    assert isinstance(accounts.join(link.token, "bea", ANOTHER), SignedIn)


def test_a_browser_that_is_known_gets_no_more_attempts_than_others_and_only_for_its_user(
    accounts, ann, world
) -> None:
    # given
    bea = let_in(world.desk, "bea")
    tried = 0
    while sign_in(accounts, password="wrong", former=ann.token) == NotSignedIn():
        tried += 1
    assert tried == 10
    # then
    for _ in range(OF_ADDRESS.most):
        assert sign_in(accounts, password="wrong", former=bea.token, address=ELSEWHERE) == NotSignedIn()
    assert sign_in(accounts, former=bea.token, address=ELSEWHERE).wait > 0


def test_a_browser_gets_a_new_session_with_each_sign_in(accounts, ann) -> None:
    signed = sign_in(accounts, former=ann.token)
    assert signed.token != ann.token
    assert accounts.user_of(ann.token) is None


def test_no_more_attempts_are_remembered_than_there_is_room_for(monkeypatch) -> None:
    # given
    monkeypatch.setattr(passwords, "MOST_BUCKETS", 100)
    attempts = Attempts()
    for number in range(OF_NAME.most):
        attempts.begin("ann", f"198.51.100.{number}", None, FIVE_AM)
    # when
    for number in range(500):
        attempts.begin(f"somebody {number}", f"192.0.2.{number}", None, FIVE_AM)
    # then
    assert len(attempts._buckets) <= 100
    assert attempts.begin("ann", HOME, None, FIVE_AM) > 0


def test_one_address_may_not_try_ever_new_names(world, accounts, ann) -> None:
    for number in range(OF_EVERY_NAME.most):
        assert sign_in(accounts, f"somebody {number}", address=ELSEWHERE) == NotSignedIn()
    assert sign_in(accounts, "somebody else", address=ELSEWHERE) == NotSignedIn(OF_EVERY_NAME.seconds)
    # and
    assert isinstance(sign_in(accounts, former=ann.token, address=ELSEWHERE), SignedIn)
    assert sign_in(accounts, "somebody else") == NotSignedIn()


def test_an_attempt_that_nobody_had_time_for_is_not_counted(accounts, ann) -> None:
    # given
    taken = [accounts.passwords._room.acquire(blocking=False) for _ in range(AT_ONCE + MOST_WAITING)]
    # when
    for _ in range(OF_ADDRESS.most + 1):
        with pytest.raises(TooBusy):
            sign_in(accounts)
    for _ in range(OF_DEVICE.most + 1):
        with pytest.raises(TooBusy):
            accounts.change_password(ann.token, PASSWORD, ANOTHER, address=HOME)
    accounts.passwords._room.release(len(taken))
    # then
    assert accounts.change_password(ann.token, PASSWORD, ANOTHER, address=HOME).status is Status.SUCCESS
    assert isinstance(sign_in(accounts, password=ANOTHER), SignedIn)


def test_a_few_wait_for_their_turn_and_the_next_is_sent_away_at_once(monkeypatch) -> None:
    # given
    monkeypatch.setattr(passwords, "PATIENCE", PATIENCE)
    made, waits, given = Passwords(memory=8, rounds=1), Semaphore(0), Semaphore(0)

    class Turn:
        def acquire(self, timeout: float) -> bool:
            waits.release()
            return given.acquire(timeout=timeout)

        def release(self) -> None:
            given.release()

    made._turn = Turn()  # type: ignore[assignment]
    with ThreadPoolExecutor(AT_ONCE + MOST_WAITING) as pool:
        others = [pool.submit(made.hash, PASSWORD) for _ in range(AT_ONCE + MOST_WAITING)]
        assert all(waits.acquire(timeout=PATIENCE) for _ in others)
        # when
        monkeypatch.setattr(passwords, "PATIENCE", 0.0)
        with pytest.raises(TooBusy):
            made.hash(PASSWORD)
        one_more_waited = waits.acquire(blocking=False)
        given.release()
    # then
    assert not one_more_waited
    assert all(one.result() for one in others)


def test_two_hashes_are_made_at_once_and_a_third_waits(monkeypatch) -> None:
    # given
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    made, two, go_on = Passwords(memory=8, rounds=1), [Event(), Event()], Event()

    class Held:
        def hash(self, password: str) -> str:
            two[int(password)].set()
            assert go_on.wait(PATIENCE)
            return password

    made._hasher = Held()  # type: ignore[assignment]
    with ThreadPoolExecutor(2) as pool:
        begun = [pool.submit(made.hash, str(number)) for number in range(2)]
        assert all(one.wait(PATIENCE) for one in two)
        # then
        with pytest.raises(TooBusy, match="few seconds"):
            made.hash("2")
        go_on.set()
        assert [one.result(PATIENCE) for one in begun] == ["0", "1"]
    made.hash("1")


@pytest.mark.parametrize(
    "password", ["short", "password12345", "ann@lakeside.example", "x" * 65, "lakeside1234"]
)
def test_a_password_that_is_easily_guessed_is_refused_with_a_reason(password: str) -> None:
    assert fault_of(password, "ann@lakeside.example")
    assert fault_of(PASSWORD, "ann") is None
