"""What `make prove` does: every module below that has a `PART` is one part of it, the shortest first."""

import re
from importlib import import_module
from pathlib import Path

from .part import Finding, Part, Progress
from .spawned import reach_root

HERE = Path(__file__).resolve().parent
HAS_A_PART = re.compile(r"^PART\b", re.MULTILINE)


def find_parts(folder: Path = HERE, package: str = __package__) -> dict[str, Part]:
    """Import every module below `folder` that has a `PART`, and give those by the module's name.

    The part of one that cannot be imported does not hold.
    """
    reach_root()
    parts = {
        (module := _name(folder, path)).removesuffix(".part"): _part(module, package)
        for path in sorted(folder.rglob("*.py"))
        if HAS_A_PART.search(path.read_text("utf-8"))
    }
    return dict(sorted(parts.items(), key=lambda one: (one[1].seconds, one[0])))


def _name(folder: Path, path: Path) -> str:
    return ".".join(path.relative_to(folder).with_suffix("").parts)


def _part(module: str, package: str) -> Part:
    try:
        part = import_module(f"{package}.{module}").PART
    except Exception as error:  # noqa: BLE001 - whatever it is, the other parts can be tried
        why = f"{type(error).__name__}: {error}"
        return Part(module, f"Cannot be tried: {why}", 0, lambda share, progress: Finding(False, why))
    assert isinstance(part, Part), module
    return part


def try_part(part: Part, share: float, progress: Progress) -> Finding:
    """Run one part; what it raises is a finding, too."""
    try:
        return part.run(share, progress)
    except Exception as error:  # noqa: BLE001 - as above
        return Finding(False, f"it could not be tried to its end: {type(error).__name__}: {error}")
