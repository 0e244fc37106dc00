"""A phone in somebody's pocket: what becomes of texts to it, and how calls to it go."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Phone:
    """One phone. Change what it does before it is written to.

    Args:
        refused: each text to it is refused at once with this error's number (21211, 21614 ...).
        error: each text to it ends as `failed` or `undelivered` with this number (30003 ...).
        delivered_after: seconds from sending to the delivery receipt; None: none ever comes.
    """

    number: str
    refused: int | None = None
    error: int | None = None
    delivered_after: float | None = 0.1
    inbox: list[str] = field(default_factory=list)


class Phones:
    """Every phone there is; one that nobody spoke of behaves as most do."""

    def __init__(self) -> None:
        self._known: dict[str, Phone] = {}

    def of(self, number: str) -> Phone:
        """Give the phone of this number."""
        return self._known.setdefault(number, Phone(number))
