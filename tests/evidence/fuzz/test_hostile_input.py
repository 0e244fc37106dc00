"""Text from outside: what once broke something breaks nothing any more, and what must hold holds for a sample.

`make prove` runs the same targets for minutes, guided by the code that an input reaches (`tests/evidence/fuzz/part.py`).
"""

import random
from importlib.util import find_spec
from pathlib import Path

import pytest

from evidence.fuzz.growth import GROWING, LONGER, Growing, growth
from evidence.fuzz.part import CASES, fuzz, run
from evidence.fuzz.planted import PLANTED
from evidence.fuzz.replies import ACCEPTS, OBJECTIONS, OFFER, READER
from evidence.fuzz.target import Target
from evidence.fuzz.targets import TARGETS
from firstyes.domain.replies.reading import Intent, Reply
from support.patience import PATIENCE

pytestmark = pytest.mark.fault(51)

UNITS = ("a", "yes ", "7-", "' ", "é", "(", "sms:6,", "\ud800")
INPUTS = 200
"""For each target, the same ones every time: how many there is time for is chance."""

KEPT = [
    pytest.param(one, file, id=f"{one.name}/{file.name}")
    for one in TARGETS
    for file in (CASES / one.name).glob("*")
]
NAMES = [pytest.param(one, id=one.name) for one in TARGETS]
guided = pytest.mark.skipif(
    find_spec("atheris") is None, reason="atheris has no build for this Python or machine"
)


@pytest.mark.parametrize(("target", "file"), KEPT)
def test_an_input_that_was_kept_breaks_nothing(target: Target, file: Path) -> None:
    target.attempt(file.read_bytes())


def test_every_folder_of_kept_inputs_is_of_a_target() -> None:
    assert {folder.name for folder in CASES.iterdir()} <= {one.name for one in TARGETS}


@pytest.mark.parametrize("target", NAMES)
def test_changed_inputs_break_nothing(target: Target) -> None:
    dice = random.Random(target.name)
    seeds = [*target.seeds()]
    for _ in range(INPUTS):
        data = changed(dice, dice.choice(seeds), dice.choice(seeds))
        target.attempt(data[: target.longest])


def changed(dice: random.Random, one: bytes, other: bytes) -> bytes:
    """An input like `one`, with a few bytes of it changed, lost, or taken from `other`."""
    data = bytearray(one)
    for _ in range(dice.randint(1, 4)):
        at = dice.randint(0, len(data))
        match dice.randint(0, 3):
            case 0:
                data[at : at + 1] = dice.randbytes(1)
            case 1:
                del data[at : at + dice.randint(1, 4)]
            case 2:
                data[at:at] = dice.choice(
                    (b"\x00", b"\xff", b"\xed\xa0\x80", b'"', b"[", "é".encode(), b"\n")
                )
            case _:
                data[at:at] = other[dice.randint(0, len(other)) :][: dice.randint(1, 24)]
    return bytes(data)


@pytest.mark.parametrize("place", [pytest.param(one, id=one.name) for one in GROWING])
def test_time_grows_no_faster_than_the_input(place: Growing) -> None:
    assert growth(Growing(place.name, place.read, min(place.longest, 1 << 16)), UNITS) == ""


def test_time_that_grows_with_the_square_is_found() -> None:
    def squared(text: str) -> int:
        return sum(text[at:].count("b") for at in range(len(text) // 4))

    assert "grows faster" in growth(Growing("squared", squared, 20_000), ("a",))
    assert LONGER == 8


@guided
def test_the_fuzzer_finds_what_chance_never_would(tmp_path: Path) -> None:
    # It ends as soon as it has found it, after a second or two.
    found = fuzz(PLANTED, PATIENCE, tmp_path / "corpus", dice=1)
    assert "b'YES 27\\n?'" in found.found
    assert found.tried > 100


def test_without_the_fuzzer_nothing_is_said_to_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.fuzz.part.find_spec", lambda _: None)
    assert not run(1.0, lambda _: None).holds


def test_each_objection_by_itself_is_no_acceptance_and_each_acceptance_is_one() -> None:
    """Else the target would hold for want of a yes."""

    def intent(text: str) -> Intent:
        return READER.read(Reply(text=text, offers=(OFFER,))).intent

    assert {intent(one) for one in ACCEPTS} == {Intent.ACCEPT}
    assert Intent.ACCEPT not in {intent(one) for one in OBJECTIONS}
