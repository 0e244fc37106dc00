"""Row 42: the page on data names the columns that are read, and its examples load."""

import re

from firstyes.domain.data.dataset import check_data
from firstyes.domain.data.sheet import COLUMNS, read_sheet
from support.service import ROOT

PAGE = (ROOT / "docs" / "data.md").read_text()


def test_the_page_names_every_column_and_every_other_name_of_it() -> None:
    documented = {}
    for kind in COLUMNS:
        section = PAGE.partition(f"### {kind}\n")[2].partition("\n#")[0]
        rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\|", section, re.MULTILINE)
        documented[kind] = {name: tuple(re.findall(r"`(\w+)`", others)) for name, others in rows}
    assert documented == {kind: dict(columns) for kind, columns in COLUMNS.items()}


def test_the_examples_load_and_use_every_column() -> None:
    # when
    sheets = {kind: read_sheet((ROOT / "sample" / f"{kind}.csv").read_bytes(), kind) for kind in COLUMNS}
    checked = check_data({kind: sheet.rows for kind, sheet in sheets.items()})
    # then
    assert checked.faults == ()
    assert all(sheet.notes == () and sheet.kind == kind for kind, sheet in sheets.items())
    for kind, columns in COLUMNS.items():
        header = (ROOT / "sample" / f"{kind}.csv").read_text().partition("\n")[0]
        assert header.split(",") == list(columns)
        assert f"../sample/{kind}.csv" in PAGE
