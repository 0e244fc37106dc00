"""A phrase that has no end yet ("happy to") is not ended by a yes."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import an_offer, intent


@pytest.mark.fault(20)
@pytest.mark.parametrize("text", ["happy to yes", "glad to I can"])
def test_a_yes_behind_an_open_end_accepts_nothing(text: str) -> None:
    assert intent(text, an_offer()) is not Intent.ACCEPT


@pytest.mark.parametrize("text", ["happy to, yes", "glad to. I can do it"])
def test_a_pause_between_them_ends_it(text: str) -> None:
    assert intent(text, an_offer()) is Intent.ACCEPT
