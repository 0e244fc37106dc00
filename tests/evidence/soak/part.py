"""A soak: an agency's messages, as fast as they go, and whether memory, threads and file handles stay level."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ..evidence import ROOT
from ..part import Finding, Part, Progress
from .level import RESIDENT_A_MESSAGE, Sample, level
from .server import serving

MESSAGES = 200_000
"""Texts and calls out, and texts in, both ways together. Caches are full after some 120,000."""
SERVER_MESSAGES = 12_000
"""Texts handed in to a real server, each a request."""
SAMPLES = 20
MOST_AWAKE = 2_000
"""Actors that may be awake at the end."""

PATIENCE = 3_600.0


def run(share: float, progress: Progress) -> Finding:
    """Let a desk work by a clock that is moved, then a server by the machine's own."""
    with TemporaryDirectory(prefix="firstyes-soak-") as folder:
        samples, kept = soak_desk(Path(folder), round(MESSAGES * share), lambda done: progress(0.75 * done))
    with TemporaryDirectory(prefix="firstyes-soak-") as folder:
        served = soak_server(
            Path(folder), round(SERVER_MESSAGES * share), lambda done: progress(0.75 + done / 4)
        )
    filled = RESIDENT_A_MESSAGE if share == 1.0 else float("inf")
    desk, server = level("desk", samples, resident_bound=filled), level("server", served)
    problems = [*desk.problems, *server.problems]
    if kept["dead_letters"] or kept["parked"] or kept["awake"] > MOST_AWAKE:
        problems.append(f"desk: actors did not go to sleep, died or got no post: {kept}")
    rows = ", ".join(f"{kept[name]:,} rows in {name}" for name in ("inbox", "outbox", "events"))
    summary = f"desk: {desk.told}, {rows}, {kept['awake']} actors awake; server: {server.told}"
    return Finding(not problems, summary, tuple(problems))


def soak_desk(folder: Path, messages: int, progress: Progress) -> tuple[list[Sample], dict[str, int]]:
    """Run a desk in a process of its own; give its samples, and what it says of itself at the end."""
    command = [
        sys.executable,
        "-m",
        "evidence.soak.desk",
        str(folder / "journal.db"),
        str(messages),
        str(SAMPLES),
    ]
    # Python's own allocator keeps what it gets; so all that is held is seen.
    environment = {**os.environ, "PYTHONMALLOC": "malloc"}
    with subprocess.Popen(
        command, cwd=ROOT / "tests", env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(json.loads(line))
            progress(min(1.0, len(lines) / SAMPLES))
        code = process.wait(PATIENCE)
    if code or len(lines) != SAMPLES + 1:
        raise RuntimeError(f"the desk ended with {code} after {len(lines)} samples")
    return [Sample(**one) for one in lines[:-1]], lines[-1]


def soak_server(folder: Path, messages: int, progress: Progress) -> list[Sample]:
    """Run a server and give its samples."""
    samples: list[Sample] = []
    with serving(folder) as service:
        for number in range(1, SAMPLES + 1):
            while service.messages < messages * number / SAMPLES:
                service.turn()
            samples.append(service.sample())
            progress(number / SAMPLES)
    return samples


PART = Part(
    "soak",
    "Let an agency's hour of messages through a desk and a server: memory, threads and files stay level.",
    240.0,
    run,
)
