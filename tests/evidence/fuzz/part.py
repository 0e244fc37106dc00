"""Hostile input: every place where text from outside is read, fuzzed, and its time measured as inputs grow."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from ..evidence import ROOT
from ..part import Finding, Part, Progress
from .child import BROKEN
from .growth import GROWING, growth
from .target import Target
from .targets import TARGETS

CASES = ROOT / "tests" / "evidence" / "fuzz" / "cases"
"""Inputs that once broke something, and a few more worth keeping; a folder a target."""
CORPUS = ROOT / "var" / "evidence" / "corpus"
"""Inputs that reach different code, from earlier runs; a folder a target. Each run goes on from there."""

USUAL = 25.0
SECONDS = {"replies": 90.0, "objections": 60.0, "requests": 90.0}
"""Seconds of the full run for a target; `USUAL` for the others."""

MEMORY = 2048
"""MiB a fuzzing process may take."""


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What fuzzing one target came to: how many inputs were tried, how many were worth keeping, what was found."""

    target: Target
    tried: int
    kept: int
    found: str = ""


def fuzz(target: Target, seconds: float, corpus: Path, dice: int = 0) -> Fuzzed:
    """Fuzz one target in a process of its own, from what is in `corpus`, its seeds and its cases. The same `dice` try the
    same inputs; 0 are others each time."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate((*target.seeds(), *cases(target.name))):
        (corpus / f"seed-{number}").write_bytes(seed)
    with TemporaryDirectory() as folder:
        found = Path(folder) / "found"
        command = [
            sys.executable, "-m", "evidence.fuzz.child", target.name, str(found), f"-max_total_time={max(1, round(seconds))}",
            f"-max_len={target.longest}", "-timeout=300", f"-rss_limit_mb={MEMORY}", f"-artifact_prefix={folder}/",
            "-print_final_stats=1", f"-seed={dice}", str(corpus),
        ]  # fmt: skip
        ran = subprocess.run(
            command,
            cwd=ROOT / "tests",
            capture_output=True,
            check=False,
            timeout=seconds + 120,
            stdin=subprocess.DEVNULL,
        )
        said = ran.stderr.decode("utf-8", "replace")
        return Fuzzed(
            target, _tried(said), len(list(corpus.iterdir())), _found(target, ran.returncode, found, said)
        )


def cases(name: str) -> list[bytes]:
    """The kept inputs of a target."""
    return [file.read_bytes() for file in sorted((CASES / name).glob("*"))]


def run(share: float, progress: Progress) -> Finding:
    """Fuzz all targets, one after the other."""
    if find_spec("atheris") is None:
        return Finding(
            False, "not tried", ("atheris is not installed: it has no build for this Python or machine.",)
        )
    whole = sum(SECONDS.get(one.name, USUAL) for one in TARGETS)
    done, results = 0.0, []
    for one in TARGETS:
        seconds = SECONDS.get(one.name, USUAL)
        results.append(fuzz(one, seconds * share, CORPUS / one.name))
        done += seconds
        progress(0.95 * done / whole)
    slow = [problem for one in GROWING if (problem := growth(one))]
    progress(1.0)
    problems = (*(one.found for one in results if one.found), *slow)
    return Finding(not problems, _summary(results, len(slow)), problems)


def _summary(results: Sequence[Fuzzed], slow: int) -> str:
    tried = ", ".join(f"{one.target.name} {one.tried:,}" for one in results)
    return (
        f"{sum(one.tried for one in results):,} inputs to {len(results)} places ({tried});"
        f" {sum(bool(one.found) for one in results)} broken; time grows with length in {len(GROWING) - slow} of"
        f" {len(GROWING)} measured"
    )


def _tried(said: str) -> int:
    told = re.findall(r"stat::number_of_executed_units: (\d+)", said) or re.findall(
        r"^#(\d+)", said, re.MULTILINE
    )
    return int(told[-1]) if told else 0


def _found(target: Target, code: int, found: Path, said: str) -> str:
    if code == 0:
        return ""
    if code != BROKEN or not found.exists():
        return f"{target.name}: the fuzzer ended with {code}.\n{said[-2000:]}"
    kept = CORPUS.parent / "found" / target.name
    kept.mkdir(parents=True, exist_ok=True)
    data = found.read_bytes()
    file = kept / f"{abs(hash(data)):x}"
    file.write_bytes(data)
    reason = said[said.rfind("Traceback") :].strip()
    return (
        f"{target.name}: must be: {target.must}\n{data!r}\n{reason}\n"
        f"The input is in {file.relative_to(ROOT)}; move it to {(CASES / target.name).relative_to(ROOT)}/ and mend it."
    )


PART = Part(
    "fuzz",
    "Feed hostile input, guided by the code it reaches, to every place where text from outside is read.",
    460.0,
    run,
)
