"""The service's log: one line a record, and nobody in it."""

import io
import logging
from collections.abc import Iterator

import pytest

from firstyes.web.logs import OneLine


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine())
    logger = logging.getLogger("a.name")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)
    handler.close()


def test_a_record_is_one_line_with_its_instant_level_and_name(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, stream = log
    logger.warning("two\nlines of %s", "text")
    line = stream.getvalue()
    assert line.endswith("WARNING a.name: two | lines of text\n")
    assert line[:4].isdigit()
    assert line.count("\n") == 1


def test_a_stack_stays_on_the_line(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    try:
        int("odd")
    except ValueError:
        logger.exception("It failed")
    assert stream.getvalue().count("\n") == 1
    assert "ValueError: invalid literal" in stream.getvalue()


def test_a_phone_number_that_slips_in_is_masked(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    logger.error("nobody has +13125550104 at 2030-07-16T07:00:00+00:00")
    assert "**********04 at 2030-07-16T07:00:00+00:00" in stream.getvalue()


def test_a_call_with_the_wrong_arguments_costs_nothing_but_its_text(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, stream = log
    logger.error(*("%d of %d", "one"))
    assert stream.getvalue().endswith("a record that cannot be read (TypeError)\n")
