"""A file owns one noun. Its length is the first sign that it owns two."""

from pathlib import Path
from statistics import median

LONGEST = 400
HALF_ARE_UNDER = 100


def test_no_python_file_is_longer_than_400_lines(root: Path, python_files: list[Path]) -> None:
    lengths = {str(path): len((root / path).read_text().splitlines()) for path in python_files}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_half_of_the_package_s_files_are_under_100_lines(root: Path, package_files: list[Path]) -> None:
    lengths = [len((root / path).read_text().splitlines()) for path in package_files]
    with_code = [length for length in lengths if length]
    assert median(with_code) < HALF_ARE_UNDER
