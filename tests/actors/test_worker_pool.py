"""Threads that wait for others: as many come as there is work for, and urgent work always finds one."""

from threading import Barrier, Event, Semaphore, Thread

import pytest

from firstyes.actors.runtime.worker_pool import WorkerPool
from support.patience import PATIENCE


def test_as_many_pieces_as_there_are_threads_are_under_way_at_once_again_and_again() -> None:
    # given
    together, done = Barrier(8), Semaphore(0)

    def meet(_: int) -> None:
        together.wait(PATIENCE)
        done.release()

    pool = WorkerPool[int](8, "pool", meet)
    for _ in range(50):
        # when
        pool.put(range(8))
        # then
        assert all(done.acquire(timeout=PATIENCE) for _ in range(8))
    assert pool.threads == 8
    assert pool.close() == [] and pool.join(PATIENCE)


def test_urgent_work_finds_a_thread_however_much_other_work_is_stuck() -> None:
    # given
    stuck, urgent, let_go = Semaphore(0), Event(), Event()

    def work(one: str) -> None:
        if one == "urgent":
            urgent.set()
        else:
            stuck.release()
            let_go.wait(PATIENCE)

    pool = WorkerPool[str](4, "pool", work, reserved=1)
    pool.put(["other"] * 10)
    assert all(stuck.acquire(timeout=PATIENCE) for _ in range(3))
    # when
    pool.put(["urgent"], urgent=True)
    # then
    assert urgent.wait(PATIENCE)
    assert not stuck.acquire(blocking=False)
    let_go.set()
    assert all(stuck.acquire(timeout=PATIENCE) for _ in range(7))
    assert pool.close() == [] and pool.join(PATIENCE)


def test_a_closed_pool_gives_back_what_nobody_began_and_takes_nothing() -> None:
    # given
    begun, let_go = Event(), Event()

    def work(_: int) -> None:
        begun.set()
        let_go.wait(PATIENCE)

    pool = WorkerPool[int](1, "pool", work)
    pool.put([1, 2, 3])
    assert begun.wait(PATIENCE)
    # then
    assert pool.close() == [2, 3]
    assert not pool.put([4])
    assert not pool.join(0.0)
    let_go.set()
    assert pool.join(PATIENCE)


def test_a_piece_that_fails_costs_nobody_a_thread() -> None:
    # given
    done = Semaphore(0)

    def work(one: int) -> None:
        done.release()
        if one < 3:
            raise SystemExit

    pool = WorkerPool[int](1, "pool", work)
    # when
    pool.put(range(5))
    # then
    assert all(done.acquire(timeout=PATIENCE) for _ in range(5))
    assert pool.threads == 1
    assert pool.close() == [] and pool.join(PATIENCE)


@pytest.mark.parametrize("refused", ["pool-1", "pool-2"])
def test_where_a_thread_cannot_be_started_no_work_is_lost(
    monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    # given
    done, start = Semaphore(0), Thread.start

    def start_another(thread: Thread) -> None:
        if thread.name == refused:
            raise RuntimeError("can't start new thread")
        start(thread)

    pool = WorkerPool[int](2, "pool", lambda _: done.release())
    with monkeypatch.context() as short:
        short.setattr(Thread, "start", start_another)
        assert pool.put(range(5))
        if refused == "pool-2":
            assert all(done.acquire(timeout=PATIENCE) for _ in range(5))
    # when
    assert pool.put(range(5))
    # then
    assert all(done.acquire(timeout=PATIENCE) for _ in range(10 if refused == "pool-1" else 5))
    assert pool.close() == [] and pool.join(PATIENCE)
