"""What all parts of the server share."""

from dataclasses import dataclass, field

from .account import Account
from .agenda import Agenda
from .error_codes import refusal
from .number import Number
from .phone import Phones
from .service import Service
from .sids import Sids
from .webhooks import Webhooks


@dataclass(slots=True)
class Context:
    """Who there is, and what is going to happen. Accounts and services are kept by their sid, numbers by themselves."""

    sids: Sids
    agenda: Agenda
    webhooks: Webhooks
    base: str = "https://messaging.twilio.com"
    """Where the newer API lies."""
    phones: Phones = field(default_factory=Phones)
    accounts: dict[str, Account] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    opted_out: set[tuple[str, str]] = field(default_factory=set)
    """A sender, which is a number or a service's sid, and a phone that it may not write to."""

    def service_of(self, number: str) -> Service | None:
        """Give the service that a number sends for."""
        return next((one for one in self.services.values() if number in one.numbers), None)

    def may_not_write(self, number: str, phone: str) -> bool:
        """Whether whoever has this phone said STOP to this number, or to the service that it sends for."""
        service = self.service_of(number)
        return (number, phone) in self.opted_out or (
            service is not None and (service.sid, phone) in self.opted_out
        )

    def owned(self, number: str | None, account: Account, code: int) -> Number:
        """Give a number of this account. Raises the error of this number where it has none such."""
        found = self.numbers.get(number or "")
        if found is None or found.account_sid != account.sid:
            raise refusal(code)
        return found
