"""The service's log: one line a record, and nobody in it."""

import json
import logging
import sys

import pytest

from firstyes.web.service.logs import JsonLine, OneLine, set_up_logs


def line(text: str, *values: object, error: bool = False) -> str:
    """The line of a record, as the service would write it."""
    return OneLine().format(
        logging.LogRecord("a.name", logging.WARNING, "", 0, text, values, sys.exc_info() if error else None)
    )


def test_a_record_is_one_line_with_its_instant_level_and_name() -> None:
    told = line("two\nlines of %s", "text")
    assert told.endswith("Z WARNING a.name: two | lines of text")
    assert told[:4].isdigit()
    assert "\n" not in told


def test_a_stack_stays_on_the_line() -> None:
    try:
        int("odd")
    except ValueError:
        told = line("It failed", error=True)
    assert "\n" not in told
    assert "ValueError: invalid literal" in told


def test_a_phone_number_that_slips_in_is_masked() -> None:
    told = line("nobody has +13125550104 at 2030-07-16T07:00:00+00:00")
    assert told.endswith("nobody has **********04 at 2030-07-16T07:00:00+00:00")


def test_a_call_with_the_wrong_arguments_costs_nothing_but_its_text() -> None:
    assert line("%d of %d", "one").endswith("a record that cannot be read (TypeError)")


def test_a_record_can_be_one_json_object_with_phone_numbers_masked() -> None:
    # given
    record = logging.LogRecord("firstyes", logging.WARNING, "", 0, "to %s\nand on", ("+13125550104",), None)
    # when
    line = JsonLine().format(record)
    # then
    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["logger"]) == ("warning", "firstyes")
    assert told["message"] == "to **********04 | and on"
    assert told["at"].endswith("Z")


def test_at_debug_too_no_url_is_logged_which_may_have_a_number_in_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging, "basicConfig", lambda **_: caplog.set_level(logging.DEBUG))
    set_up_logs("debug")
    logging.getLogger("urllib3.connectionpool").debug("GET /Messages.json?To=%2B13125550201")
    assert "13125550201" not in caplog.text
