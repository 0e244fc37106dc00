"""A pool of threads: bounded, some of them for urgent work only."""

import threading
from collections.abc import Iterator

import pytest

from firstyes.actors.runtime.worker_pool import WorkerPool
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


def finish(pool: "WorkerPool[str]", gate: Gate) -> None:
    gate.open.set()
    pool.close()
    assert pool.join(PATIENCE)


def test_work_is_done_in_order_by_a_pool_of_one(gate: Gate) -> None:
    pool = WorkerPool(1, "pool", gate.work)
    pool.put(["a", "b", "c"])
    gate.wait_for(3)
    finish(pool, gate)
    assert gate.passed == ["a", "b", "c"]


def test_threads_start_as_they_are_needed_and_no_more_than_were_asked_for(gate: Gate) -> None:
    # given
    pool = WorkerPool(4, "pool", gate.work)
    assert pool.threads == 0
    # when
    pool.put(["slow 1"])
    gate.wait_for(1)
    assert pool.threads == 1
    pool.put([f"slow {number}" for number in range(20)])
    gate.wait_for(3)
    # then
    assert pool.threads == 4
    finish(pool, gate)


def test_its_threads_do_not_keep_the_process_alive(gate: Gate) -> None:
    pool = WorkerPool(1, "pool-of-daemons", gate.work)
    pool.put(["a"])
    assert all(one.daemon for one in threading.enumerate() if one.name.startswith("pool-of-daemons"))
    finish(pool, gate)


@pytest.mark.fault(46)
def test_urgent_work_finds_a_thread_while_all_other_work_is_stuck(gate: Gate) -> None:
    # given
    pool = WorkerPool(4, "pool", gate.work, reserved=1)
    pool.put([f"slow {number}" for number in range(20)])
    gate.wait_for(3)
    # when
    pool.put(["urgent 1", "urgent 2"], urgent=True)
    gate.wait_for(2)
    # then
    pool.close()
    gate.open.set()
    assert pool.join(PATIENCE)
    assert gate.passed[:2] == ["urgent 1", "urgent 2"]


def test_urgent_work_goes_before_what_was_queued_earlier(gate: Gate) -> None:
    # given
    pool = WorkerPool(1, "pool", gate.work)
    pool.put(["slow 1", "other"])
    gate.wait_for(1)
    # when
    pool.put(["urgent"], urgent=True)
    gate.open.set()
    gate.wait_for(2)
    # then
    finish(pool, gate)
    assert gate.passed == ["slow 1", "urgent", "other"]


def test_work_that_fails_costs_no_thread(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    pool = WorkerPool(2, "pool", gate.work, reserved=1)
    pool.put(["bug", "bug", "a"])
    gate.wait_for(3)
    finish(pool, gate)
    assert gate.passed == ["a"]
    assert "SystemExit" in caplog.text


def test_closing_gives_back_what_nobody_began(gate: Gate) -> None:
    # given
    pool = WorkerPool(2, "pool", gate.work, reserved=1)
    pool.put(["slow 1", "a", "b"])
    gate.wait_for(1)
    # when
    left = pool.close()
    assert not pool.put(["too late"])
    gate.open.set()
    # then
    assert left == ["a", "b"]
    assert pool.join(PATIENCE)
    assert gate.passed == ["slow 1"]


def test_who_does_not_come_home_in_time_is_not_waited_for(gate: Gate) -> None:
    pool = WorkerPool(1, "pool", gate.work)
    pool.put(["slow"])
    gate.wait_for(1)
    pool.close()
    assert not pool.join(0.01)
    finish(pool, gate)


@pytest.mark.parametrize(("size", "reserved"), [(0, 0), (1, 1), (2, -1)])
def test_a_pool_without_anybody_for_other_work_is_refused(size: int, reserved: int) -> None:
    with pytest.raises(ValueError, match="at least one thread"):
        WorkerPool(size, "pool", print, reserved=reserved)
