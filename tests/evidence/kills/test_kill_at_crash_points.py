"""The process is killed with SIGKILL at a named point, and started again."""

import json
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.message import InboundMessage
from support.doomed import CONFIRMATION, PHONES, open_desk
from support.patience import PATIENCE
from support.started import ran


def die_at(point: str, folder: Path) -> None:
    """Run the doomed process until it has killed itself."""
    done = ran("support.doomed", str(folder), point, environment=os.environ)
    assert done.returncode == -signal.SIGKILL, done.stderr


def sent(folder: Path) -> list[tuple[str, str]]:
    """Read what the carrier took, before and after the crash: (phone, what it was)."""
    lines = [json.loads(line) for line in (folder / "sent.log").read_text("utf-8").splitlines()]
    return [(line["to"], "confirmation" if CONFIRMATION in line["body"] else "other") for line in lines]


def wait_for_start(folder: Path) -> None:
    """Start anew, and let everything go out that was planned."""
    with open_desk(folder) as desk:
        desk.settle(PATIENCE)


@pytest.mark.fault(1)
def test_what_was_planned_before_the_kill_is_sent_once_after_it(tmp_path: Path) -> None:
    die_at("before hand-over", tmp_path)

    wait_for_start(tmp_path)

    assert Counter(sent(tmp_path)) == {(phone, "other"): 1 for phone in PHONES.values()}


@pytest.mark.fault(2)
def test_what_the_carrier_took_before_the_kill_is_not_sent_again(tmp_path: Path) -> None:
    die_at("after hand-over", tmp_path)

    wait_for_start(tmp_path)

    assert Counter(sent(tmp_path)) == {(phone, "other"): 1 for phone in PHONES.values()}


@pytest.mark.fault(3)
def test_a_yes_that_was_not_written_was_not_acknowledged_and_counts_when_it_comes_again(
    tmp_path: Path,
) -> None:
    die_at("before commit", tmp_path)
    assert (tmp_path / "answers.log").read_text() == ""

    with open_desk(tmp_path) as desk:
        assert desk.timeline("early")[-1].type == "fan_out_started"
        yes = InboundMessage(from_phone=PHONES["Ana"], body="yes", message_id="SM-Ana")
        assert desk.receive(yes).status is Status.SUCCESS


@pytest.mark.fault(4)
def test_the_winner_is_told_after_the_restart(tmp_path: Path) -> None:
    die_at("after commit", tmp_path)
    assert (PHONES["Ana"], "confirmation") not in sent(tmp_path)

    wait_for_start(tmp_path)

    assert Counter(sent(tmp_path))[PHONES["Ana"], "confirmation"] == 1
    with open_desk(tmp_path) as desk:
        assert desk.timeline("early")[-1].type == "shift_claimed"


@pytest.mark.fault(9)
def test_a_yes_whose_answer_was_lost_in_the_kill_gets_it_on_the_second_delivery(tmp_path: Path) -> None:
    die_at("after commit", tmp_path)

    with open_desk(tmp_path) as desk:
        again = InboundMessage(from_phone=PHONES["Ana"], body="yes", message_id="SM-Ana")
        assert desk.receive(again).status is Status.SUCCESS
        assert [entry.type for entry in desk.timeline("early")].count("shift_claimed") == 1
