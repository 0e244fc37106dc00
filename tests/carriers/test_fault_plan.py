"""Planned faults happen as planned, and on every run the same."""

from firstyes.actors.carriers.fault_plan import FaultPlan

KEYS = [str(number) for number in range(1_000)]


def test_the_same_seed_fails_the_same_attempts() -> None:
    one, same, other = FaultPlan(7, refuse=0.3), FaultPlan(7, refuse=0.3), FaultPlan(8, refuse=0.3)
    fails = [[plan.refuses(key, 1) for key in KEYS] for plan in (one, same, other)]
    assert fails[0] == fails[1] != fails[2]


def test_an_attempt_fails_for_itself_whatever_came_before() -> None:
    plan = FaultPlan(refuse=0.5)
    forwards = [plan.refuses(key, 2) for key in KEYS]
    backwards = [plan.refuses(key, 2) for key in reversed(KEYS)]
    assert forwards == backwards[::-1]
    assert forwards != [plan.refuses(key, 3) for key in KEYS]


def test_a_chance_is_about_as_frequent_as_it_says() -> None:
    plan = FaultPlan(refuse=0.2, lose_before=0.2, lose_after=0.2)
    for happens in (plan.refuses, plan.loses_before, plan.loses_after):
        assert 150 <= sum(happens(key, 1) for key in KEYS) <= 250


def test_a_delay_lies_within_its_limits() -> None:
    plan = FaultPlan(latency=(0.5, 2.0))
    delays = [plan.seconds(key, 1) for key in KEYS]
    assert 0.5 <= min(delays) < 0.6
    assert 1.9 < max(delays) <= 2.0


def test_without_a_plan_nothing_fails() -> None:
    plan = FaultPlan()
    assert not any(
        plan.refuses(key, 1) or plan.loses_before(key, 1) or plan.loses_after(key, 1) or plan.seconds(key, 1)
        for key in KEYS
    )
