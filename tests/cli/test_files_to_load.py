"""Files for `firstyes load`: which are read, as what, and what is said of the others."""

from pathlib import Path
from typing import Any

import pytest

from firstyes.web.commands.exit_codes import ExitCode
from support.data_to_load import ALMA, SHIFT, store_in, written
from support.service import asked


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("staff", "id,name,roles,phone\nalma,Alma,RN,+13125550141\n".encode("utf-16"), "1 caregiver"),
        ("staff.csv.bak", b"id,name,roles,phone\nalma,Alma,RN,+13125550141\n", "1 caregiver"),
        ("staff.csv", b'\xef\xbb\xbf {"organizations": [{"id": "lakeside"}]}', "1 organization"),
        ("staff.JSON", '{"organizations": [{"id": "lakeside"}]}'.encode("utf-16"), "1 organization"),
        ("staff.json", '{"organizations": [{"id": "o", "name": "Añil"}]}'.encode("cp1252"), "code page"),
        ("staff.ods", b"PK\x03\x04rest", "a workbook"),
        ("staff.pdf", b"%PDF-1.7\n", "does not name the columns"),
    ],
)
def test_row_42_what_a_file_holds_says_what_it_is(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    given = ("--dry-run", "--organization", "lakeside", str(tmp_path / name))
    ran = asked("load", *given, store=store_in(tmp_path))
    assert says in ran.stdout + ran.stderr


def test_a_shift_that_is_over_when_it_is_loaded_is_pointed_out(tmp_path: Path) -> None:
    over = {**SHIFT, "start_time": "2019-07-16T07:00:00Z", "end_time": "2019-07-16T15:00:00Z"}
    ran = asked("load", written(tmp_path, {"shifts": [over]}), store=store_in(tmp_path))
    assert (ran.exit_code, f"shift {SHIFT['id']} is over already: look at its dates" in ran.stdout) == (
        0,
        True,
    )


def test_row_73_a_name_given_twice_in_a_file_is_refused_in_words(tmp_path: Path) -> None:
    ran = asked("load", written(tmp_path, '{"shifts": [], "shifts": []}'), store=store_in(tmp_path))
    assert (ran.exit_code, "shifts is given twice" in ran.stderr) == (ExitCode.DATA, True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("{", "not JSON"),
        ("[]", "one JSON object"),
        ("\x00", "it is no text"),
        (" ", "nothing in it"),
        ("id,name\n", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ({"shifts": [SHIFT, {**SHIFT, "organization_id": "other"}], "caregivers": [ALMA]}, "organization_id"),
        ({"shifts": [{**SHIFT, "end_time": SHIFT["start_time"]}], "caregivers": []}, "end_time"),
        ({"shifts": [{**SHIFT, "start_time": "2030-07-16T07:00:00"}], "caregivers": []}, "offset"),
        ({"shifts": [], "caregivers": [], "extra": []}, "extra"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_refused_whole(tmp_path: Path, data: Any, says: str) -> None:
    ran = asked("load", written(tmp_path, data), store=store_in(tmp_path))
    assert ran.exit_code == ExitCode.DATA
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "a.db").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert asked("load", str(tmp_path / "none.json"), store=store_in(tmp_path)).exit_code == ExitCode.DATA


@pytest.mark.parametrize(("name", "content"), [("a.json", "{}"), ("a.csv", "id,name,roles,phone\n")])
def test_a_file_that_has_nothing_in_it_is_said_to(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    ran = asked("load", str(file), store=store_in(tmp_path))
    assert (ran.exit_code, f"{file}: there is nothing in it" in ran.stdout) == (0, True)
