"""Row 55: what a library is handed works, or is refused where it is handed in, in words that say what to write."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from firstyes import (
    Capabilities,
    Caregiver,
    InboundMessage,
    InvalidArgument,
    ManualClock,
    NotRunning,
    Organization,
    Recovery,
    Round,
    RuleReader,
    Shift,
    ShiftDesk,
    Simulator,
    WebSettings,
    create_app,
)
from firstyes.domain.policy import DEFAULT_ROUNDS, Channel

NOON = datetime(2030, 7, 16, 12, 0, tzinfo=UTC)


class HalfACarrier:
    """A carrier that cannot be asked what it took."""

    capabilities = Simulator().capabilities

    def send_text(self, outbound: object) -> str:
        return ""


class MethodInPlaceOfAProperty(Simulator):
    def capabilities(self) -> Any:  # type: ignore[override]
        return super().capabilities


class CoroutineReader:
    async def read(self, reply: object) -> None: ...


class NaiveClock:
    def now(self) -> datetime:
        return datetime(2030, 7, 16, 12, 0)  # noqa: DTZ001


async def page_somebody(notice: object) -> None: ...


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"store": "var/agency.db"}, 'write "sqlite:///var/agency.db"'),
        ({"store": "postgresql://db/shifts"}, "postgresql is not supported yet"),
        ({"store": "sqlite://var/agency.db"}, "var would be left out; write three slashes"),
        ({"store": "sqlite:///agency.db?mode=ro"}, "would be left out"),
        ({"store": "sqlite:///:memory:"}, "sqlite:// for one that is forgotten"),
        ({"store": "sqlite:///"}, "names no file"),
        ({"store": "sqlite:///~/agency.db"}, "names no file"),
        ({"store": "sqlite:///agency\0.db"}, "names no file"),
        ({"store": None}, "a NoneType is not a URL, a path or a Journal"),
        ({"store": b"sqlite://"}, "a bytes is not a URL"),
        ({"store": Path("/")}, "is a folder"),
        ({"carrier": Simulator}, r"hand in an object of it, Simulator\(\)"),
        ({"carrier": HalfACarrier()}, "has no cancel, close, look_up, place_call"),
        ({"carrier": "simulator"}, "a str is not a Carrier"),
        ({"carrier": MethodInPlaceOfAProperty()}, "make it a property"),
        ({"reader": RuleReader}, r"RuleReader\(\)"),
        ({"reader": CoroutineReader()}, "is a coroutine"),
        ({"reader": len}, "has no read"),
        ({"clock": datetime.now}, "has no now"),
        ({"clock": NaiveClock()}, r"datetime\.now\(UTC\)"),
        ({"rounds": "sms"}, "sms:600,voice:600"),
        ({"rounds": []}, "one to ten"),
        ({"rounds": 600}, "sms:600,voice:600"),
        ({"rounds": [("sms", 600)]}, "Round"),
        ({"notifiers": print}, "list of functions"),
        ({"notifiers": ["print"]}, "str is no function"),
        ({"notifiers": [page_somebody]}, "page_somebody is a coroutine"),
        ({"notifiers": [lambda: None]}, "takes one argument"),
        ({"notifiers": [Simulator]}, "class is no function"),
        ({"notifiers": None}, "list of functions"),
        ({"patience": 0}, "above 0"),
        ({"patience": "15"}, "above 0"),
        ({"patience": float("nan")}, "above 0"),
        ({"patience": True}, "above 0"),
    ],
)
def test_row_55_a_desk_says_at_construction_what_is_wrong(given: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says) as refused:
        ShiftDesk(**given)
    assert isinstance(refused.value, TypeError | ValueError)
    assert str(refused.value).startswith(next(iter(given)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"channels": "sms"},
        {"channels": frozenset({"fax"})},
        {"recovery": "look_up"},
        {"confirms_opt_out": "no"},
        {"settles_in": -1},
        {"settles_in": float("nan")},
        {"settles_in": "10"},
    ],
)
def test_row_55_what_a_carrier_can_do_is_said_in_the_right_kinds(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"channels": frozenset({Channel.SMS}), "recovery": Recovery.LEAVE}
    with pytest.raises(InvalidArgument, match=next(iter(wrong))):
        Capabilities(**right | wrong)


def a_list(*items: object) -> Any:
    """A list where the types say tuple: what people write who do not look."""
    return list(items)


def test_row_55_a_path_lists_and_rounds_as_text_work(tmp_path: Path) -> None:
    rounds: list[Any] = ["sms:600,voice:60", [Round(channel=Channel.SMS, wait=9)], list(DEFAULT_ROUNDS)]
    for number, one in enumerate(rounds):
        path = tmp_path / f"a b?{number}%20.db"
        with ShiftDesk(path, rounds=one, notifiers=(print,)) as desk:
            desk.put_organizations([Organization(id="lakeside", phones=a_list("+13125550100"))])
            desk.put_caregivers(
                [
                    Caregiver(
                        id="alma",
                        organization_id="lakeside",
                        name="Alma",
                        roles=a_list("RN"),
                        phone="+13125550101",
                    )
                ]
            )
        assert path.exists()


@pytest.fixture
def desk() -> Iterator[ShiftDesk]:
    with ShiftDesk("sqlite://") as opened:
        yield opened


ALMA = Caregiver(id="alma", organization_id="lakeside", name="Alma", roles=("RN",), phone="+13125550101")
EARLY = Shift(
    id="s1",
    organization_id="lakeside",
    role_required="RN",
    start_time=NOON,
    end_time=NOON.replace(hour=20),
)
CALLS: list[tuple[Callable[[Any], Any], str]] = [
    (lambda desk: desk.put_caregivers(ALMA), "put_caregivers takes a list of Caregiver, not a Caregiver"),
    (lambda desk: desk.put_caregivers([ALMA, {}]), "row 1 is a dict"),
    (lambda desk: desk.put_organizations("lakeside"), "list of Organization, not a str"),
    (lambda desk: desk.post_shifts({"id": "s1"}), "list of Shift, not a dict"),
    (lambda desk: desk.post_shifts([ALMA]), "row 0 is a Caregiver"),
    (lambda desk: desk.load({"shifts": []}), "read_data makes one"),
    (lambda desk: desk.receive("yes"), "receive takes a InboundMessage, not a str"),
    (lambda desk: desk.fan_out(EARLY), "named by its id, a str, not by a Shift"),
    (lambda desk: desk.cancel(7), "not by a int"),
    (lambda desk: desk.release(None), "not by a NoneType"),
    (lambda desk: desk.shift(EARLY), "not by a Shift"),
    (lambda desk: desk.timeline(EARLY), "not by a Shift"),
    (lambda desk: desk.alerts(kind="unfiled"), "no alert 'unfiled', but not_offered"),
    (lambda desk: desk.wait_for(EARLY, type(EARLY)), "not by a Shift"),
    (lambda desk: desk.wait_for("s1"), "firstyes.ShiftClaimed"),
    (lambda desk: desk.wait_for("s1", "shift_claimed"), "firstyes.ShiftClaimed"),
]


@pytest.mark.parametrize(("call", "says"), CALLS)
def test_row_55_a_call_says_what_it_takes(desk: ShiftDesk, call: Callable[[Any], Any], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        call(desk)
    assert desk.health().ready


def test_row_55_rows_may_come_from_anything_that_gives_them(desk: ShiftDesk) -> None:
    desk.put_organizations(iter([Organization(id="lakeside")]))  # type: ignore[arg-type]
    assert desk.put_caregivers(one for one in [ALMA])[0].refusal is None  # type: ignore[arg-type]


def test_row_55_before_the_start_and_after_the_end_a_desk_says_so() -> None:
    desk = ShiftDesk("sqlite://")
    for _ in range(2):
        with pytest.raises(NotRunning, match=r"call start\(\) first"):
            desk.fan_out("s1")
        assert desk.health().reason == "the desk is not open"
        assert desk.close()
        desk.start()
        desk.close()


def test_row_55_web_settings_take_a_token_as_text_and_never_repeat_it(desk: ShiftDesk) -> None:
    # given
    settings = WebSettings(api_token="a-token-of-your-own")
    # then
    assert settings == WebSettings(api_token=SecretStr("a-token-of-your-own"))
    client = create_app(desk, settings).test_client()
    assert client.get("/shifts").status_code == 401
    assert "a-token" not in repr(settings)
    # and
    for wrong in (
        {"api_token": "a secret token"},
        {"open": "secret"},
        {"body_limit": "secret"},
        {"bulk_limit": 0},
    ):
        with pytest.raises(InvalidArgument, match=f"^{next(iter(wrong))}: ") as refused:
            WebSettings(**wrong)
        assert "secret" not in str(refused.value)
    with pytest.raises(TypeError, match="token"):
        WebSettings(token="a-token")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((ShiftDesk, WebSettings(open=True)), "desk: create_app takes a ShiftDesk"),
        (("sqlite://", WebSettings(open=True)), "desk: create_app takes a ShiftDesk, not a str"),
        ((ShiftDesk("sqlite://"), {"open": True}), r'WebSettings\(api_token="\.\.\."\), not a dict'),
        ((ShiftDesk("sqlite://"), None), "settings: "),
    ],
)
def test_row_55_an_app_says_what_it_is_made_from(arguments: tuple[Any, Any], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        create_app(*arguments)


def test_row_55_times_without_an_offset_are_refused_where_they_are_handed_in() -> None:
    naive = datetime(2030, 7, 16, 12, 0)  # noqa: DTZ001
    with pytest.raises(InvalidArgument, match="tzinfo=UTC"):
        ManualClock(naive)
    with pytest.raises(InvalidArgument, match="no aware datetime"):
        ManualClock("2030-07-16")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no offset"):
        Shift(**{**EARLY.model_dump(), "start_time": naive})
    with pytest.raises(ValueError, match="no offset"):
        InboundMessage(from_phone="+13125550101", body="yes", timestamp=naive)
