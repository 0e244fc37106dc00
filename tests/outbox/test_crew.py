"""A crew of threads: bounded, some of them for urgent work only."""

import threading
from collections.abc import Iterator

import pytest

from firstyes.actors.crew import Crew
from support.patience import PATIENCE


class Gate:
    """Work that waits at a gate, and says that it has come there."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.arrived = threading.Semaphore(0)
        self.passed: list[str] = []

    def work(self, name: str) -> None:
        self.arrived.release()
        if name.startswith("slow"):
            assert self.open.wait(PATIENCE)
        if name == "bug":
            raise SystemExit
        self.passed.append(name)

    def wait_for(self, number: int) -> None:
        assert all(self.arrived.acquire(timeout=PATIENCE) for _ in range(number))


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open.set()


def finish(crew: "Crew[str]", gate: Gate) -> None:
    gate.open.set()
    crew.close()
    assert crew.join(PATIENCE)


def test_work_is_done_in_order_by_a_crew_of_one(gate: Gate) -> None:
    crew = Crew(1, "crew", gate.work)
    crew.put(["a", "b", "c"])
    gate.wait_for(3)
    finish(crew, gate)
    assert gate.passed == ["a", "b", "c"]


def test_threads_start_as_they_are_needed_and_no_more_than_were_asked_for(gate: Gate) -> None:
    # given
    crew = Crew(4, "crew", gate.work)
    assert crew.threads == 0
    # when
    crew.put(["slow 1"])
    gate.wait_for(1)
    assert crew.threads == 1
    crew.put([f"slow {number}" for number in range(20)])
    gate.wait_for(3)
    # then
    assert crew.threads == 4
    finish(crew, gate)


def test_its_threads_do_not_keep_the_process_alive(gate: Gate) -> None:
    crew = Crew(1, "crew-of-daemons", gate.work)
    crew.put(["a"])
    assert all(one.daemon for one in threading.enumerate() if one.name.startswith("crew-of-daemons"))
    finish(crew, gate)


@pytest.mark.fault(46)
def test_urgent_work_finds_a_thread_while_all_other_work_is_stuck(gate: Gate) -> None:
    # given
    crew = Crew(4, "crew", gate.work, reserved=1)
    crew.put([f"slow {number}" for number in range(20)])
    gate.wait_for(3)
    # when
    crew.put(["urgent 1", "urgent 2"], urgent=True)
    gate.wait_for(2)
    # then
    crew.close()
    gate.open.set()
    assert crew.join(PATIENCE)
    assert gate.passed[:2] == ["urgent 1", "urgent 2"]


def test_urgent_work_goes_before_what_was_queued_earlier(gate: Gate) -> None:
    # given
    crew = Crew(1, "crew", gate.work)
    crew.put(["slow 1", "other"])
    gate.wait_for(1)
    # when
    crew.put(["urgent"], urgent=True)
    gate.open.set()
    gate.wait_for(2)
    # then
    finish(crew, gate)
    assert gate.passed == ["slow 1", "urgent", "other"]


def test_work_that_fails_costs_no_thread(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    crew = Crew(2, "crew", gate.work, reserved=1)
    crew.put(["bug", "bug", "a"])
    gate.wait_for(3)
    finish(crew, gate)
    assert gate.passed == ["a"]
    assert "SystemExit" in caplog.text


def test_closing_gives_back_what_nobody_began(gate: Gate) -> None:
    # given
    crew = Crew(2, "crew", gate.work, reserved=1)
    crew.put(["slow 1", "a", "b"])
    gate.wait_for(1)
    # when
    left = crew.close()
    crew.put(["too late"])
    gate.open.set()
    # then
    assert left == ["a", "b"]
    assert crew.join(PATIENCE)
    assert gate.passed == ["slow 1"]


def test_who_does_not_come_home_in_time_is_not_waited_for(gate: Gate) -> None:
    crew = Crew(1, "crew", gate.work)
    crew.put(["slow"])
    gate.wait_for(1)
    crew.close()
    assert not crew.join(0.01)
    finish(crew, gate)


@pytest.mark.parametrize(("size", "reserved"), [(0, 0), (1, 1), (2, -1)])
def test_a_crew_without_anybody_for_other_work_is_refused(size: int, reserved: int) -> None:
    with pytest.raises(ValueError, match="at least one thread"):
        Crew(size, "crew", print, reserved=reserved)
