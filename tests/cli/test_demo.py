"""`firstyes demo`: what people look at first."""

import re
from typing import Any

import pytest

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.answer import Answer, Status
from firstyes.web.commands.exit_codes import ExitCode
from support.service import asked, firstyes


@pytest.fixture(scope="module")
def piped() -> str:
    ran = firstyes("demo", "--no-pause")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.decode()


def test_piped_it_is_plain_text(piped: str) -> None:
    assert "\x1b" not in piped
    assert piped.isascii()
    assert max(map(len, piped.splitlines())) <= 100


def test_of_two_yeses_one_wins_and_the_other_is_told_so(piped: str) -> None:
    assert sorted(re.findall(r'"YES"  -> (\w+)', piped)) == ["already_claimed", "success"]
    [winner] = re.findall(r"claimed +RN .* has one caregiver: (.*)", piped)
    [told] = re.findall(r'text to (.*):\n +"You have the shift: RN', piped)
    [other] = re.findall(r'text to (.*):\n +"Thanks for answering. The shift RN .* has been taken', piped)
    assert winner == told
    assert {winner, other} == {"Alma Reyes", "Omar Velez"}


def test_phones_ring_ten_minutes_after_the_texts(piped: str) -> None:
    assert re.search(
        r"5:03 am.*?text to Eve Tran, Farid Haddad.*?5:13 am.*?call to Eve Tran, Farid Haddad",
        piped,
        re.DOTALL,
    )


def test_a_shift_nobody_can_take_alerts_the_coordinator(piped: str) -> None:
    assert re.search(r"coordinator +alert: LPN .* is unfilled", piped)


@pytest.mark.parametrize("answer", [Status.SUCCESS, Status.ALREADY_CLAIMED, Status.NO_ACTION])
def test_a_story_that_does_not_come_out_ends_with_1(monkeypatch: pytest.MonkeyPatch, answer: Status) -> None:
    """Were two told that they have it, or nobody, the story would say so."""
    # given
    honest = ShiftDesk.receive

    def lies(desk: ShiftDesk, message: Any) -> Answer:
        told = honest(desk, message)
        return told.model_copy(update={"status": answer}) if message.body == "YES" else told

    monkeypatch.setattr(ShiftDesk, "receive", lies)
    # when
    ran = asked("demo", "--no-pause")
    # then
    assert ran.exit_code == ExitCode.REFUSED
    assert "did not come out: of two yeses exactly one wins" in ran.stderr


def test_a_claim_that_is_not_kept_ends_it_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = ShiftDesk.timeline

    def forgets(desk: ShiftDesk, shift_id: str) -> Any:
        return [one for one in honest(desk, shift_id) if one.type != "shift_claimed"]

    monkeypatch.setattr(ShiftDesk, "timeline", forgets)
    assert asked("demo", "--no-pause").exit_code == ExitCode.REFUSED
