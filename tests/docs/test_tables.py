"""docs/faults.md and docs/promises.md say what there is: made anew from the tests, they come out the same."""

import re
from collections.abc import Mapping

import pytest

from evidence.evidence import ROOT, Evidence, Trial
from evidence.faults import Fault
from evidence.promises import Promise
from evidence.tables import collected, pages, trials
from support.recorder import is_whole, told_of_functions

TRIED = {*range(1, 12), *range(13, 43), *range(44, 57)}
"""The faults that have a test; the list grows and never shrinks."""


@pytest.fixture(scope="module")
def today(request: pytest.FixtureRequest) -> Mapping[str, Trial]:
    """Every test there is, as pytest collects it: in this run when it is one of all tests, else asked for anew."""
    if not is_whole(request.config):
        return collected()
    return trials(told_of_functions(request.session.items))


def test_the_pages_are_up_to_date(today: Mapping[str, Trial]) -> None:
    """If this fails, `make tables` writes them anew; look at what changed."""
    for file, text in pages(today, Evidence.read()).items():
        assert file.read_text("utf-8") == text, f"{file.relative_to(ROOT)} is out of date: run `make tables`"


def test_every_fault_that_had_a_test_still_has_one(today: Mapping[str, Trial]) -> None:
    assert TRIED - {number for one in today.values() for number in one.tries} == set()


def test_no_test_names_a_fault_that_is_not_in_the_list(today: Mapping[str, Trial]) -> None:
    listed = {one.number for one in Fault.all()}
    assert {number for one in today.values() for number in (*one.tries, *one.meets)} - listed == set()


def test_what_is_named_as_proof_of_a_promise_exists(today: Mapping[str, Trial]) -> None:
    assert [(one.says, missing) for one in Promise.all() if (missing := one.unknown(today))] == []


def test_every_promise_stands_in_the_page_that_is_said_to_make_it() -> None:
    texts = {one.made_in: blanks_levelled((ROOT / one.made_in).read_text("utf-8")) for one in Promise.all()}
    assert [one.says for one in Promise.all() if blanks_levelled(one.says) not in texts[one.made_in]] == []


def test_every_promise_of_the_readme_is_in_the_list() -> None:
    # given
    readme = (ROOT / "README.md").read_text("utf-8")
    [section] = re.findall(r"^## What is promised\n(.*?)^## ", readme, re.MULTILINE | re.DOTALL)
    # when
    made = {
        blanks_levelled(one)
        for one in re.findall(r"^- (.*?)(?=^- |^$|\Z)", section, re.MULTILINE | re.DOTALL)
    }
    # then
    assert made
    assert made - {blanks_levelled(one.says) for one in Promise.all()} == set()


def blanks_levelled(text: str) -> str:
    return " ".join(text.split())
