"""What a process holds stays level while it works: a sample of `make prove`'s soak, and that growth is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from evidence.soak.level import (
    BYTES_A_MESSAGE,
    MOST_RESIDENT,
    RESIDENT_A_MESSAGE,
    Sample,
    climbs,
    level,
    slope,
)
from evidence.soak.part import SAMPLES, soak_desk, soak_server

LEVEL = [Sample(number * 1_000, 200 << 20, 78, 50, number << 20, 100 << 20) for number in range(1, 21)]


@pytest.mark.fault(49)
def test_a_desk_at_work_holds_no_more_threads_and_files_and_lets_its_actors_sleep(tmp_path: Path) -> None:
    samples, kept = soak_desk(tmp_path, 2_000, lambda _: None)
    assert len(samples) == SAMPLES
    assert samples[-1].messages >= 2_000
    assert level("desk", samples, bound=5_000).problems == ()
    assert kept["inbox"] > 200
    assert kept["outbox"] > 1_000
    assert kept["awake"] < 1_000
    assert (kept["dead_letters"], kept["parked"]) == (0, 0)


@pytest.mark.fault(49)
@pytest.mark.server
def test_a_server_whose_connections_come_and_go_keeps_none_of_their_files(tmp_path: Path) -> None:
    samples = soak_server(tmp_path, 450, lambda _: None)
    # Each of 32 threads that answer opens the journal once, two files; connections were more than 200.
    assert samples[-1].files - samples[0].files <= 2 * 32 + 8
    assert samples[-1].threads - samples[0].threads <= 32


def test_what_is_level_has_no_problem_and_its_figures_are_told() -> None:
    found = level("desk", LEVEL)
    assert found.problems == ()
    assert found.told == (
        "20,000 messages: +0 bytes held a message (bound 160), resident 200 MiB, +0 bytes a message, 78 threads,"
        " 50 open files, journal +1,049 bytes a message"
    )


@pytest.mark.parametrize(
    ("field", "each", "says"),
    [
        ("held", round(BYTES_A_MESSAGE * 1_000 * 1.1), "memory grows by 176 bytes a message"),
        ("threads", 4, "threads grow"),
        ("files", 2, "files grow"),
        ("resident", MOST_RESIDENT // 10, "are resident, more than"),
    ],
)
def test_what_grows_is_found(field: str, each: int, says: str) -> None:
    growing = [replace(one, **{field: getattr(one, field) + each * at}) for at, one in enumerate(LEVEL)]
    [problem] = level("desk", growing).problems
    assert says in problem


def test_resident_memory_that_goes_on_growing_is_found_where_caches_are_full() -> None:
    growing = [replace(one, resident=one.resident + 310 * one.messages) for one in LEVEL]
    [problem] = level("desk", growing, resident_bound=RESIDENT_A_MESSAGE).problems
    assert "310 bytes more are resident for each message" in problem
    assert level("desk", LEVEL, resident_bound=RESIDENT_A_MESSAGE).problems == ()


def test_a_single_jump_is_no_slope_and_a_few_late_connections_do_not_climb() -> None:
    assert slope([(at, 100 if at < 3 else 200) for at in range(10)]) == 0
    assert slope([(at, 7 * at) for at in range(10)]) == 7
    assert not climbs([48, 48, 50, 50, 52, 52], 8)
    assert climbs([10, 20, 30, 40, 50, 60], 8)
