"""What outreach costs at most."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from firstyes.domain.cost import Prices, cost


def test_it_costs_each_part_of_a_text_and_each_call() -> None:
    found = cost(Prices(text=Decimal("0.0079"), call=Decimal("0.014")), parts=24, calls=12)
    assert (found.texts, found.calls, found.total) == (
        Decimal("0.1896"),
        Decimal("0.168"),
        Decimal("0.3576"),
    )
    assert found.currency == "USD"


@pytest.mark.parametrize("wrong", [{"text": "-1"}, {"call": "NaN"}, {"currency": "dollars"}])
def test_what_is_no_price_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Prices.model_validate(wrong)
