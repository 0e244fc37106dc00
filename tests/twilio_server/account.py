"""An account: who it is, what it pays with, and which secrets open it."""

import hmac
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """One account. Both tokens open the API; what is sent is signed with the first alone.

    `kind` is "Full" or "Trial"; `status` is "active", "suspended" or "closed". `verified` are the phones that a trial
    account may reach. `calls_a_second` is how fast it may dial. Each text is refused with `refuses`, an error's number, while that is set.
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
