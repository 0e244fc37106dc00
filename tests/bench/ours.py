"""(b): our own server, on a journal that was filled through its own API before the clock starts."""

import json
import os
import re
import shutil
import sys
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .load_generator import LoadError, LoadGenerator
from .pinning import Pinning
from .processes import wait_idle
from .servers import Launch, ServerProcess, free_port
from .sizes import Size, caregiver_rows, shift_id, shift_rows

DRAIN_S = 120.0
JOURNAL = "firstyes.db"
OFFERING = re.compile(r'firstyes_shifts\{status="offering"\}')
OPEN = re.compile(r"firstyes_outbox\{")
TURN = re.compile(r"firstyes_longest_turn_seconds ")


@dataclass(frozen=True, slots=True)
class Ours:
    """Starts our server on journals that lie in `folder`."""

    folder: Path
    threads: int

    def launch(self, journal: Path, port: int, *arguments: str) -> Launch:
        """How the server is started on a journal.

        The first round is a day long, so that no phone rings while something is measured.
        """
        program = Path(sys.executable).with_name("firstyes")
        return Launch(
            (str(program), "serve", "--host", "127.0.0.1", "--port", str(port), *arguments),
            {
                "FIRSTYES_STORE": f"sqlite:///{journal}",
                "FIRSTYES_ROUNDS": "sms:86400,voice:86400",
                "FIRSTYES_THREADS": str(self.threads),
            },
        )

    def prepared(self, size: Size, port: int) -> Launch:
        """The server on a fresh copy of a journal in which every shift of `size` is on offer and every text is out."""
        template = self.folder / f"template-{size.caregivers}-{size.shifts}"
        if not template.exists():
            self._fill(template, size)
        journal = self.journal(port)
        # A port may come a second time.
        shutil.rmtree(journal.parent, ignore_errors=True)
        shutil.copytree(template, journal.parent)
        make_durable(journal)
        return self.launch(journal, port)

    def journal(self, port: int) -> Path:
        """Where the journal of the server on `port` lies."""
        return self.folder / f"run-{port}" / JOURNAL

    def loaded(self, size: Size, port: int) -> Launch:
        """The server on a new journal with `size` loaded and nothing on offer yet."""
        return self._loading(self.journal(port).parent, size, port)

    def _loading(self, folder: Path, size: Size, port: int) -> Launch:
        folder.mkdir(parents=True)
        population = folder / "population.json"
        population.write_text(
            json.dumps({"shifts": list(shift_rows(size)), "caregivers": list(caregiver_rows(size))})
        )
        return self.launch(folder / JOURNAL, port, "--load", str(population))

    def _fill(self, template: Path, size: Size) -> None:
        filling = template.with_suffix(".part")
        port = free_port()
        launch = self._loading(filling, size, port)
        everywhere = Pinning.free().server
        with ServerProcess(launch, port, everywhere, self.folder / "servers.log") as server:
            server.wait_ready()
            fan_out(port, range(size.shifts))
            if not wait_idle(server.pid, DRAIN_S):
                raise LoadError(f"after {DRAIN_S:.0f} s the server is still sending the offers of {size}")
        filling.rename(template)


def make_durable(file: Path) -> None:
    """Have what was written to a file reach the disk now, and not under the first commits that are measured."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def left_in_outbox(port: int) -> int:
    """How many messages the server still has to hand over, or has handed over and not yet recorded so."""
    return int(_sum_of(OPEN, port))


def longest_turn_ms(port: int) -> float:
    """The longest turn of the server's loop since its start, in milliseconds."""
    return 1e3 * _sum_of(TURN, port)


def shifts_on_offer(port: int) -> int:
    """How many shifts the server is offering."""
    return int(_sum_of(OFFERING, port))


def _sum_of(metric: re.Pattern[str], port: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10.0) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if metric.match(line))


def fan_out(port: int, shifts: Iterable[int], connections: int = 32) -> None:
    """Ask for the fan-out of every shift. Raises LoadError at the first that is refused."""
    requests = [
        f"POST /shifts/{shift_id(number)}/fanout HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n".encode()
        for number in shifts
    ]
    generator = LoadGenerator(port, min(connections, len(requests)))
    try:
        load = generator.run(requests, 0, seconds=600.0)
    finally:
        generator.close()
    for answer in load.answers:
        if not answer.raw.startswith(b"HTTP/1.1 200"):
            raise LoadError(f"a fan-out was refused: {answer.raw.decode(errors='replace')}")
