"""`firstyes replay`: a shift's history from the journal."""

import json
from pathlib import Path

import pytest

from firstyes.web.commands.exit_codes import ExitCode
from support.service import SAMPLE, asked, firstyes, serving

MARTA, TOMAS = "+13125550141", "+13125550105"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A journal in which one shift was offered, declined, claimed and asked for again."""
    store = tmp_path_factory.mktemp("story") / "a.db"
    with serving(store, "--load", str(SAMPLE)) as service:
        service.call("POST", "/shifts/shift-rn-monday/fanout")
        service.says(TOMAS, "sorry, no")
        service.says(MARTA, "yes")
        # Beside its owner, which goes on.
        beside = firstyes("replay", "shift-rn-monday", store=f"sqlite:///{store}")
        assert beside.returncode == 0
        assert service.says(TOMAS, "ok yes")["status"] == "already_claimed"
        service.stop()
    assert "already" not in beside.stdout.decode()
    return f"sqlite:///{store}"


@pytest.mark.server
def test_it_tells_every_event_in_order_in_words_and_in_the_shift_s_time(story: str) -> None:
    # when
    ran = asked("replay", "shift-rn-monday", store=story)
    # then
    assert ran.exit_code == 0
    wanted = [
        "shift-rn-monday: RN Mon Sep 9 7am-3pm, claimed, organization org-harbor-home", "posted RN Mon Sep 9 7am-3pm",
        "offered to", "Tomas Okafor said no", "read as decline", "claimed by Marta Ilves", "read as accept",
        "Tomas Okafor said yes too late",
    ]  # fmt: skip
    places = [ran.stdout.find(one) for one in wanted]
    assert -1 not in places, ran.stdout
    assert places == sorted(places)


@pytest.mark.server
def test_as_json_it_gives_one_object_an_event(story: str) -> None:
    ran = asked("replay", "shift-rn-monday", "--json", store=story)
    entries = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["version"] for one in entries] == list(range(1, len(entries) + 1))
    assert [one["type"] for one in entries] == [
        "shift_posted", "fan_out_started", "offer_declined", "shift_claimed", "yes_answered",
    ]  # fmt: skip


@pytest.mark.server
def test_no_phone_number_is_shown(story: str) -> None:
    for arguments in ((), ("--json",)):
        assert "312555" not in asked("replay", "shift-rn-monday", *arguments, store=story).stdout


@pytest.mark.server
def test_an_unknown_shift_is_said_to_be_unknown(story: str) -> None:
    ran = asked("replay", "nobody-s", store=story)
    assert ran.exit_code == ExitCode.REFUSED
    assert 'no shift "nobody-s"' in ran.stderr


def test_a_journal_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    ran = asked("replay", "s1", store=f"sqlite:///{tmp_path}/a.db")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "there is no journal" in ran.stderr
    assert list(tmp_path.iterdir()) == []
