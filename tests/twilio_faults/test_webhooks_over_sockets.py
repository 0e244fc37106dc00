"""What comes in: only what Twilio signed for us counts, and it counts once, however often and however late it comes."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import urllib3

from firstyes.actors.runtime.clock import ManualClock
from support.patience import PATIENCE
from support.twilio_world import TwilioWorld, a_twilio_world
from support.world import DIALLED, FIVE_AM
from twilio_server.fault_plan import Trouble
from twilio_server.server import serving
from twilio_server.signature import sign
from twilio_server.webhook import Webhook

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def pool() -> Iterator[urllib3.PoolManager]:
    """Whoever is not Twilio."""
    with urllib3.PoolManager(timeout=PATIENCE, retries=False) as pool:
        yield pool


def fields(world: TwilioWorld, **more: str) -> dict[str, str]:
    """A text from Ana, as Twilio posts it."""
    yes = {"MessageSid": "SM" + "1" * 32, "AccountSid": world.twilio.sid, "To": DIALLED, "Body": "YES"}
    return {**yes, "From": world.phones["ana"], **more}


@pytest.mark.fault(25)
@pytest.mark.parametrize("path", ["/twilio/text", "/twilio/text?bodySHA256=00"])
@pytest.mark.parametrize(
    "signature", [None, "", "nonsense", "=", "\u00e4" * 28, "another token", "another path", "another body"]
)
def test_what_twilio_did_not_sign_is_refused_and_changes_nothing(
    world: TwilioWorld, pool: urllib3.PoolManager, path: str, signature: str | None
) -> None:
    # given
    world.asked("ana")
    url, form = f"{world.url}{path}", fields(world)
    made = {
        "another token": sign("f" * 32, url, form.items()),
        "another path": sign(world.twilio.token, url + "x", form.items()),
        "another body": sign(world.twilio.token, url, [("Body", "NO")]),
    }
    headers = {"Content-Type": FORM, "Host": "api.twilio.com"}
    if signature is not None:
        headers["X-Twilio-Signature"] = made.get(signature, signature)
    # when
    forms: list[tuple[str | bytes, str]] = [
        (urlencode(form), FORM),
        ('{"Body": "YES"}', "application/json"),
        (b"\xff=\xff%00&%ud800", FORM),
    ]
    answers = [
        pool.request("POST", url, body=body, headers={**headers, "Content-Type": kind})
        for body, kind in forms
    ]
    # then
    assert [one.status for one in answers] == [403] * 3
    assert all(b"Traceback" not in one.data and b"YES" not in one.data for one in answers)
    assert world.record().claimed_by is None
    assert len(world.inbox("ana")) == 1


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    "wrong", [{"AccountSid": "AC" + "2" * 32}, {"To": "+15035559999"}, {"AccountSid": ""}]
)
def test_what_is_signed_for_another_account_or_number_is_refused(
    world: TwilioWorld, pool: urllib3.PoolManager, wrong: dict[str, str]
) -> None:
    # given
    world.asked("ana")
    url, form = f"{world.url}/twilio/text", fields(world, **wrong)
    headers = {"Content-Type": FORM, "X-Twilio-Signature": sign(world.twilio.token, url, form.items())}
    # when
    answer = pool.request("POST", url, body=urlencode(form), headers=headers)
    # then
    assert answer.status == 403
    assert world.record().claimed_by is None


def replay(pool: urllib3.PoolManager, webhook: Webhook) -> int:
    """Send what Twilio once sent, as whoever recorded it could."""
    return pool.request(webhook.method, webhook.url, body=webhook.body, headers=webhook.headers).status


@pytest.mark.fault(26)
def test_a_recorded_request_changes_nothing_however_often_it_is_sent_again(
    tmp_path: Path, pool: urllib3.PoolManager
) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with serving(clock=ManualClock(FIVE_AM)) as twilio:
        with a_twilio_world(store, twilio=twilio) as world:
            # given
            world.asked("ana", "ben")
            world.writes("ana", "YES")
            world.writes("ana", "NO, I cannot come after all")
            world.later(5)
            recorded = [one.webhook for one in twilio.told("Body")]
            before = len(world.inbox("ana")), world.events(), world.alerts()
            # when
            statuses = [replay(pool, one) for one in recorded * 2]
            # then
            assert statuses == [200] * 4
            assert (len(world.inbox("ana")), world.events(), world.alerts()) == before
        with a_twilio_world(store, twilio=twilio, url=world.url) as again:
            # when
            again.phones = world.phones
            statuses = [replay(pool, one) for one in recorded]
            again.later(5)
            # then
            assert statuses == [200] * 2
            assert (len(again.inbox("ana")), again.events(), again.alerts()) == before


@pytest.mark.fault(27)
def test_a_wrong_public_address_lets_nothing_in_and_the_log_says_where_to_look(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with a_twilio_world(public_url="https://shifts.example.org") as world:
        # given
        world.asked("ana")
        # when
        with caplog.at_level(logging.WARNING):
            world.writes("ana", "YES")
        # then
        assert {one.outcome.status for one in world.twilio.told("Body")} == {403}
        assert world.record().claimed_by is None
        assert "FIRSTYES_PUBLIC_URL (https://shifts.example.org)" in caplog.text
        assert world.phones["ana"] not in caplog.text


@pytest.mark.fault(28)
def test_while_tokens_are_exchanged_what_either_signed_counts() -> None:
    with a_twilio_world(second_token="f" * 32) as world:
        # given
        world.twilio.account.secondary_token = "f" * 32
        world.asked("ana", "ben")
        world.writes("ana", "who is this?")
        # when
        world.twilio.account.promote()
        world.writes("ana", "YES")
        # then
        assert {one.outcome.status for one in world.twilio.told("Body")} == {200}
        assert world.record().claimed_by == "ana"


@pytest.mark.fault(44)
def test_a_yes_that_is_told_again_because_we_stood_still_counts_once(world: TwilioWorld) -> None:
    # given
    world.asked("ana")
    settings = world.twilio.core.context.numbers[DIALLED].settings
    settings["SmsUrl"] = f"{world.url}/twilio/text#rc=2&rp=rt&rt=200"
    # when
    with world.busy():
        world.twilio.text(world.phones["ana"], DIALLED, "YES")
        world.twilio.until(lambda: bool(world.twilio.told("Body")))
    world.settle()
    # then
    assert world.record().claimed_by == "ana"
    assert len(world.inbox("ana")) == 2
    assert world.events().count("shift_claimed") == 1


@pytest.mark.fault(9)
def test_a_text_that_is_told_twice_has_one_effect(world: TwilioWorld) -> None:
    # given
    world.asked("ana")
    world.twilio.faults.spoil(Trouble.TWICE, Body="YES")
    # when
    world.writes("ana", "YES")
    # then
    answered = world.twilio.told("Body", "YES")
    assert [one.outcome.status for one in answered] == [200, 200]
    assert len({one.outcome.body for one in answered}) == 1
    assert len(world.inbox("ana")) == 2


@pytest.mark.fault(49)
def test_hundreds_of_texts_leave_no_thread_and_no_connection_behind(world: TwilioWorld) -> None:
    # given
    names = [f"c{number}" for number in range(50)]

    def held() -> tuple[int, int]:
        world.settle()
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    def a_day(number: int) -> None:
        world.offered(f"shift{number}")
        for name in names:
            world.writes(
                name, "what is this?" if name != names[0] else f"YES {world.code(name, f'shift{number}')}"
            )
        assert world.record(f"shift{number}").claimed_by == names[0]
        world.later(60)

    world.caregivers(*names)
    a_day(0)
    threads, files = held()
    # when
    for number in range(1, 4):
        world.desk.release(f"shift{number - 1}")
        a_day(number)
    # then
    now_threads, now_files = held()
    # As many texts again as could be under way at once are far fewer than were sent.
    assert now_threads <= threads + 70
    assert now_files <= files + 70


@pytest.mark.fault(52)
def test_statuses_that_come_late_twice_or_never_take_nothing_back(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana", "ben")
    ana, ben = world.phones["ana"], world.phones["ben"]
    world.twilio.faults.spoil(Trouble.LATE, MessageStatus="sent", To=ana)
    world.twilio.faults.spoil(Trouble.TWICE, MessageStatus="delivered", To=ana)
    world.twilio.faults.spoil(Trouble.NEVER, MessageStatus="sent", To=ben)
    world.phone("ben").error = 30003
    # when
    world.offered()
    world.later(30)
    # then
    told = [one.webhook.field("MessageStatus") for one in world.twilio.told("To", ana)]
    assert told == ["delivered", "delivered", "sent"]
    assert {one.outcome.status for one in world.twilio.told("MessageStatus")} <= {200, 204}
    assert str(world.sent("ana")[0].state) == "delivered"
    assert str(world.sent("ben")[0].state) == "failed"


@pytest.mark.fault(52)
@pytest.mark.parametrize("key", ["999999", "none", "1%2F2", "%F0%9F%92%A9"])
def test_a_status_of_a_text_that_nobody_knows_changes_nothing(
    world: TwilioWorld, pool: urllib3.PoolManager, key: str
) -> None:
    # given
    world.asked("ana")
    world.later(1)
    url = f"{world.url}/twilio/status/{key}"
    form = {**fields(world), "MessageStatus": "undelivered", "ErrorCode": "21610"}
    form["From"], form["To"] = form["To"], form["From"]
    # when
    answer = pool.request(
        "POST",
        url,
        body=urlencode(form),
        headers={"Content-Type": FORM, "X-Twilio-Signature": sign(world.twilio.token, url, form.items())},
    )
    # then
    assert answer.status < 500
    assert [str(one.state) for one in world.sent("ana")] == ["delivered"]
    assert not world.opted_out("ana")
