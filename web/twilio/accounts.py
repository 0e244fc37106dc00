"""Whose word counts: the accounts that the settings name, and the numbers that organizations have on them."""

from ...actors.carriers.twilio.settings import TwilioSettings
from ...actors.journal.port import Journal
from ...domain.phone import normalise


class OwnAccounts:
    """Implements `TwilioAccounts`. A number that names no account is on the first one."""

    def __init__(self, settings: TwilioSettings, journal: Journal) -> None:
        self._settings = settings
        self._journal = journal

    @property
    def public_url(self) -> str:
        """The address at which Twilio reaches us, without a slash at its end."""
        return self._settings.public_url

    def tokens(self, account: str) -> tuple[str, ...]:
        """Give the tokens that may have signed what this account sends; none of an account that is not ours."""
        known = self._settings.account(account)
        return () if known is None else known.tokens

    def owns(self, account: str, number: str) -> bool:
        """Whether the number is one of ours, on this account. Raises `JournalUnavailable`."""
        found = self._journal.own_number(normalise(number))
        owner = None if found is None else self._settings.account(found[1])
        return owner is not None and owner.sid == account
