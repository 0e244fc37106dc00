"""What outreach costs at most: a price for each part of a text and for each minute of a call."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from .frozen import Frozen

Price = Annotated[Decimal, Field(ge=0, le=1000, max_digits=10, decimal_places=6)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class Prices(Frozen):
    """What a carrier asks: `text` for each part of a text, `call` for each minute of a call, in `currency` ("USD")."""

    text: Price = Decimal(0)
    call: Price = Decimal(0)
    currency: Currency = "USD"


class Cost(Frozen):
    """What a fan-out costs when nobody says yes before its end, every call a minute long: less in all other cases."""

    texts: Decimal
    calls: Decimal
    total: Decimal
    currency: str


def cost(prices: Prices, parts: int, calls: int) -> Cost:
    """Say what so many parts of texts, and so many calls of a minute, cost."""
    texts, rung = prices.text * parts, prices.call * calls
    return Cost(texts=texts, calls=rung, total=texts + rung, currency=prices.currency)
