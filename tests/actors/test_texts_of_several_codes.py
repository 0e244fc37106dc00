"""Row 4, played at random: whatever several codes a text has, it takes what it says yes to and nothing else."""

from random import Random

import pytest

from firstyes.domain.answer import Status
from support.world import HOUR, World, a_world

PEOPLE = ("Ana", "Ben", "Cyd")
STARTS = {"a": 4, "b": 6, "c": 28, "d": 52}
"""Shifts by the hours until they start; the first two overlap."""
TEXTS = (
    ("YES {0} NO {1}", "yn"), ("NO {0}, YES {1}", "ny"), ("YES {0} AND {1}", "yy"), ("si {0}, no {1}", "yn"), ("{0} yes, {1} no", "yn"),
    ("NO {0} NO {1}", "nn"), ("YES {0} {1} NO {2}", "yyn"), ("Y {0} N {1}", "yn"), ("YES {0}", "y"), ("NO {1}", "-n"), ("yes {0} or {1}", ""),
    ("yes {0} no {0}", ""), ("YES {0} NO {1}?", ""), ("yes {0} maybe {1}", ""), ("{0} {1}", ""),
)  # fmt: skip
SETTLED = frozenset(
    {Status.ACKNOWLEDGED, Status.SUCCESS, Status.ALREADY_CLAIMED, Status.NO_ACTION, Status.CLARIFY}
)
STEPS = 40


def holders(world: World) -> dict[str, str | None]:
    return {one: world.record(one).claimed_by for one in STARTS}


@pytest.mark.parametrize("seed", range(4))
def test_row_4_a_text_takes_what_it_says_yes_to_and_nothing_else(seed: int) -> None:
    dice = Random(seed)
    with a_world() as world:
        # given
        world.caregivers(*PEOPLE)
        for shift_id, hours in STARTS.items():
            world.offered(shift_id, starts_in=hours)
        taken = 0
        for step in range(STEPS):
            before, who = holders(world), dice.choice(PEOPLE)
            if dice.random() < 0.15:
                world.desk.release(dice.choice(sorted(STARTS)))
                world.later(dice.choice((1, 60)))
                continue
            named = dice.sample(sorted(STARTS), 3)
            words, says = dice.choice(TEXTS)
            codes = [world.code(who, one) for one in named]
            # when
            for _ in range(dice.choice((1, 1, 2))):
                answer = world.says(who, words.format(*codes), message_id=f"m-{step}")
                world.desk.settle()
            # then
            now = holders(world)
            won = {one for one in STARTS if now[one] != before[one]}
            taken += len(won)
            assert {now[one] for one in won} <= {who}
            assert won <= {one for one, said in zip(named, says, strict=False) if said == "y"}
            assert not {now["a"], now["b"]} & set(PEOPLE) or now["a"] != now["b"]
            assert answer.status in SETTLED
            for one in won:
                assert f"You have the shift: {world.record(one).role_required}" in answer.message
            world.later(dice.choice((1, 30, HOUR / 60)))
        assert taken
