"""What a carrier has taken a text for."""

import pytest

from firstyes.domain.inbound.contact import Contact
from firstyes.domain.inbound.keyword import heed_keyword
from firstyes.domain.message import Keyword
from firstyes.domain.phone import is_toll_free
from firstyes.domain.replies.reading import Intent, Reading
from support.builders import a_person

LOCAL, TOLL_FREE = "+13125550100", "+18335550100"


def read(
    intent: Intent,
    keyword: Keyword | None,
    *,
    opted_out: bool = False,
    dialled: str | None = LOCAL,
    text: str = "yes",
    active: bool = True,
) -> Intent:
    contact = Contact(1, (a_person(opted_out=opted_out, active=active),))
    reading = Reading(intent=intent, confidence=1.0, reason="as it says")
    return heed_keyword(reading, keyword, contact, dialled, text).intent


@pytest.mark.parametrize("opted_out", [True, False])
@pytest.mark.parametrize("dialled", [LOCAL, TOLL_FREE, None])
def test_what_it_took_for_stop_and_help_is_that_whatever_the_words(
    opted_out: bool, dialled: str | None
) -> None:
    how = {"opted_out": opted_out, "dialled": dialled}
    assert read(Intent.ACCEPT, Keyword.STOP, **how) is Intent.OPT_OUT  # type: ignore[arg-type]
    assert read(Intent.ACCEPT, Keyword.HELP, **how) is Intent.HELP  # type: ignore[arg-type]


def test_what_it_took_for_start_opts_in_only_who_had_opted_out() -> None:
    assert read(Intent.ACCEPT, Keyword.START, opted_out=True) is Intent.OPT_IN
    assert read(Intent.ACCEPT, Keyword.START) is Intent.ACCEPT
    assert read(Intent.ACCEPT, Keyword.START, active=False, opted_out=True) is Intent.ACCEPT


def test_what_it_took_for_nothing_stays_what_it_says() -> None:
    assert read(Intent.DECLINE, None) is Intent.DECLINE
    assert read(Intent.ACCEPT, None, opted_out=True) is Intent.ACCEPT


@pytest.mark.parametrize("keyword", [None, Keyword.START])
def test_on_a_toll_free_number_only_start_and_unstop_undo_an_opt_out(keyword: Keyword | None) -> None:
    how = {"opted_out": True, "dialled": TOLL_FREE}
    assert read(Intent.ACCEPT, keyword, text="YES", **how) is Intent.UNCLEAR  # type: ignore[arg-type]
    assert read(Intent.OPT_IN, keyword, text="resume", **how) is Intent.UNCLEAR  # type: ignore[arg-type]
    assert read(Intent.OPT_IN, keyword, text=" Start ", **how) is Intent.OPT_IN  # type: ignore[arg-type]
    assert read(Intent.UNCLEAR, keyword, text="UNSTOP", **how) is Intent.OPT_IN  # type: ignore[arg-type]
    assert read(Intent.DECLINE, keyword, text="no", **how) is Intent.DECLINE  # type: ignore[arg-type]


def test_a_number_is_toll_free_by_its_country_s_plan() -> None:
    assert is_toll_free(TOLL_FREE)
    assert is_toll_free("+18005550199")
    assert not is_toll_free(LOCAL)
    assert not is_toll_free("12345")
