"""The journal with 100,000 shifts is made of copies: each must be a shift of its own, with its own events and offers."""

from pathlib import Path

import pytest

from bench.many_shifts import multiply
from bench.sizes import Size
from firstyes import ShiftDesk
from firstyes.domain.data.dataset import read_data

FILLED = Size(10_000, 10_000)


def test_copies_of_a_shift_stand_on_their_own(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    data = {
        "shifts": [
            {
                "id": "shift-000007",
                "organization_id": "o",
                "role_required": "RN",
                "start_time": "2040-07-01T07:00:00-05:00",
                "end_time": "2040-07-01T15:00:00-05:00",
            }
        ],
        "caregivers": [{"id": "c", "name": "Ann", "role": "RN", "phone": "+13125550104"}],
    }
    with ShiftDesk(f"sqlite:///{journal}") as desk:
        desk.load(read_data(data))
        desk.fan_out("shift-000007")
        desk.settle()

    multiply(journal, FILLED, times=3)

    with ShiftDesk(f"sqlite:///{journal}") as desk:
        assert desk.health().journal.counts["shifts.offering"] == 3
        desk.cancel("shift-010007")
        record = desk.shift("shift-020007")
        assert record is not None
        assert [one.caregiver_id for one in record.offers or ()] == ["c"]
        records = [desk.shift(f"shift-0{n}0007") for n in (0, 1, 2)]
        assert [one and one.status for one in records] == [
            "offering",
            "cancelled",
            "offering",
        ]


@pytest.mark.parametrize(("size", "times"), [(Size(10, 5), 2), (FILLED, 0), (FILLED, 11)])
def test_only_ten_thousand_shifts_can_be_multiplied(tmp_path: Path, size: Size, times: int) -> None:
    with pytest.raises(ValueError, match="only 10,000"):
        multiply(tmp_path / "none.db", size, times)
