"""Starts rival (c) or (d) on uvicorn, one process, with a population already on offer."""

import sys

import uvicorn

from ..sizes import Size, caregiver_rows, shift_rows
from .classic import Caregiver, ClassicService, Shift, ShiftStatus, create_app
from .indexed import IndexedService

SERVICES: dict[str, type[ClassicService]] = {"classic": ClassicService, "indexed": IndexedService}


def populated(service: ClassicService, size: Size) -> ClassicService:
    """The service with `size` caregivers and shifts, every shift on offer.

    The offers are put there one by one: the scans of 10,000 classic fan-outs would only delay the start.
    """
    shifts = [Shift(row["id"], row["role_required"], ShiftStatus.OFFERING) for row in shift_rows(size)]
    for shift in shifts:
        service.add_shift(shift)
    for number, row in enumerate(caregiver_rows(size)):
        caregiver = Caregiver(row["id"], row["role"], row["phone"])
        service.add_caregiver(caregiver)
        service.add_offer(shifts[size.shift_of(number)], caregiver)
    return service


def main(kind: str, port: int, size: Size) -> None:
    """Serve until a signal arrives; the access log, which would cost this rival, is off."""
    app = create_app(populated(SERVICES[kind](), size))
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        # Named, so that a missing one stops the bench instead of slowing this rival down.
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        backlog=2048,
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Size(int(sys.argv[3]), int(sys.argv[4])))
