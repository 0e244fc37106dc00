"""An account: who it is, what it pays with, and which secrets open it."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .instants import rfc2822


@dataclass(slots=True)
class Account:
    """One account. Both tokens open the API; what is sent is signed with the first alone.

    `kind` is "Full" or "Trial"; `status` is "active", "suspended" or "closed". `verified` are the phones that a trial
    account may reach. `calls_a_second` is how fast it may dial. `brand` is the state of its
    registration with the networks: APPROVED, PENDING, FAILED, or None where it was never registered. Each text is refused with `refuses`, an error's number, while that is set.
    """

    sid: str
    auth_token: str
    secondary_token: str | None = None
    api_keys: dict[str, str] = field(default_factory=dict)
    friendly_name: str = "A test account"
    status: str = "active"
    kind: str = "Full"
    balance: str = "25.00"
    verified: set[str] = field(default_factory=set)
    refuses: int | None = None
    calls_a_second: float = 1.0
    brand: str | None = "APPROVED"
    created: datetime | None = None

    def lets_in(self, user: str | None, password: str | None) -> bool:
        """Whether these open the account."""
        if user is None or password is None:
            return False
        if user == self.sid:
            secrets = [self.auth_token, self.secondary_token]
        else:
            secrets = [self.api_keys.get(user)]
        given = password.encode()
        return any(hmac.compare_digest(secret.encode(), given) for secret in secrets if secret)

    def promote(self) -> None:
        """Make the secondary token the primary one, and forget the former. Does nothing where there is none."""
        if self.secondary_token:
            self.auth_token, self.secondary_token = self.secondary_token, None

    def payload(self) -> dict[str, Any]:
        """Give it as the API shows it; its token is left out."""
        uri = f"/2010-04-01/Accounts/{self.sid}"
        parts = {"messages": "Messages", "calls": "Calls", "incoming_phone_numbers": "IncomingPhoneNumbers"}
        return {
            "sid": self.sid,
            "friendly_name": self.friendly_name,
            "status": self.status,
            "type": self.kind,
            "owner_account_sid": self.sid,
            "date_created": rfc2822(self.created),
            "date_updated": rfc2822(self.created),
            "subresource_uris": {name: f"{uri}/{part}.json" for name, part in parts.items()},
            "uri": f"{uri}.json",
        }
