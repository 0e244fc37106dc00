"""On a clock that is a number the server does the same every time."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

from twilio_server.core import Core
from twilio_server.fault_plan import Fault, FaultPlan, Trouble
from twilio_server.in_process import asks, run
from twilio_server.webhook import Outcome
from twilio_server.wire import Request

FIVE_AM = datetime(2026, 11, 28, 5, 0, tzinfo=UTC)
OURS = "+15035550100"


def a_day(seed: int) -> list[tuple[str, ...]]:
    """Write to fifty people over an hour, with much going wrong, and give all that a webhook heard of it."""
    heard: list[tuple[str, ...]] = []

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        kind = said.get("MessageStatus", said.get("Body", ["?"]))[0]
        heard.append((environ["PATH_INFO"], said["MessageSid"][0], kind, environ["HTTP_X_TWILIO_SIGNATURE"]))
        start_response("200 OK", [("Content-Type", "text/xml")])
        return [b"<Response/>"]

    core = Core(seed)
    account = core.add_account()
    core.add_number(account, OURS, FIVE_AM, SmsUrl="http://ours.example/texts")
    chances: dict[Fault | Trouble, float] = dict.fromkeys([*Fault, *Trouble], 0.05)
    core.faults = FaultPlan(seed, chances)
    for number in range(50):
        now = FIVE_AM + timedelta(minutes=number)
        phone = f"+15035552{number:03}"
        core.context.phones.of(phone).answers = lambda body: "YES"
        form = {"To": phone, "From": OURS, "Body": "Shift?", "StatusCallback": "http://ours.example/status"}
        path = f"/2010-04-01/Accounts/{account.sid}/Messages.json"
        sent = Request("POST", path, {}, parse_qs(urlencode(form)), account.sid, account.auth_token)
        core.handle(sent, now)
        run(core, asks(app), now)
    run(core, asks(app), FIVE_AM + timedelta(hours=2))
    assert core.idle
    return heard


def test_the_same_seed_gives_the_same_day_to_the_last_signature() -> None:
    day = a_day(1)
    assert day == a_day(1)
    assert {kind for _, _, kind, _ in day} == {"sent", "delivered", "YES"}
    assert len(day) > len(set(day)), "something was told twice"


def test_another_seed_gives_another_day() -> None:
    assert a_day(1) != a_day(2)


def test_after_a_key_nothing_is_said_until_the_webhook_answers() -> None:
    # given: a long question, a key after two seconds, and an answer three seconds later
    core = Core()
    account = core.add_account()
    core.add_number(account, OURS, FIVE_AM)
    phone = core.context.phones.of("+15035550123")
    phone.presses, phone.interrupts = ["1"], 2.0
    gather = f"<Gather numDigits='1' action='http://x/key'><Say>{'word ' * 50}</Say></Gather>"
    form = {"To": phone.number, "From": OURS, "Twiml": f"<Response>{gather}</Response>"}
    path = f"/2010-04-01/Accounts/{account.sid}/Calls.json"
    asked = parse_qs(urlencode(form))
    core.handle(Request("POST", path, {}, asked, account.sid, account.auth_token), FIVE_AM)
    # when
    [webhook] = core.due(FIVE_AM + timedelta(seconds=6))
    said = "<Response><Say>Thank you.</Say></Response>"
    core.came_back(webhook, Outcome(200, said, "text/xml"), FIVE_AM + timedelta(seconds=9))
    core.due(FIVE_AM + timedelta(seconds=60))
    # then
    assert phone.heard == ["word word word word word Thank you."]


def test_everything_happens_in_its_order_however_late_one_looks() -> None:
    # given
    core = Core()
    order: list[int] = []
    for seconds in (3, 1, 2):
        core.context.agenda.at(FIVE_AM + timedelta(seconds=seconds), lambda when: order.append(when.second))
    # when
    run(core, lambda webhook: NotImplemented, FIVE_AM + timedelta(minutes=1))
    # then
    assert order == [1, 2, 3]
