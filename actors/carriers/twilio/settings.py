"""What the Twilio carrier is told: whose accounts, at which addresses, how long to wait, how fast each number sends."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError, model_validator

from ....domain.errors import FirstyesError
from ....domain.frozen import Frozen
from ....domain.json_text import parse_json
from ....domain.phone import is_toll_free
from ....domain.policy import Channel
from ...this_machine import on_this_machine
from ..port import Ceilings

TWILIO = "https://api.twilio.com"

SEGMENT_PRICE, CALL_PRICE = 0.012, 0.03
"""Dollars that a segment to the US, or a call of up to two minutes, costs about, the carriers' fees included."""

RATE, TOLL_FREE_RATE, SHORT_CODE_RATE = 1.0, 3.0, 30.0
"""Segments a second of a number of each kind, where Twilio has granted nothing else."""

Sid = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]
"""What names an account or a key. Twilio's begin with AC or SK; others that speak its API name them otherwise."""


class BadCredentials(FirstyesError):
    """Raised when a file of credentials cannot be used. The message says what is wrong, and never repeats a secret."""


def _plain(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if not text or not all("!" <= letter <= "~" for letter in text):
        raise ValueError("a secret is at least one visible ASCII character and has no blanks")
    return secret


Secret = Annotated[SecretStr, AfterValidator(_plain)]


def base_url(url: str) -> str:
    """Give a base of URLs, without a slash at its end. Raises `ValueError` when it is none, or not safe.

    It may be plain http on this machine only: messages would be read on the way.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or not url.isascii() or " " in url:
        raise ValueError("write an address such as https://shifts.example.org")
    # Raises for a port that is none.
    _ = parts.port
    if parts.query or parts.fragment or "@" in parts.netloc or "?" in url or "#" in url:
        raise ValueError("leave out user, password, query and fragment")
    if parts.scheme == "http" and not on_this_machine(parts.hostname):
        raise ValueError("write https: over http others can read what caregivers are texted")
    return url.rstrip("/")


BaseUrl = Annotated[str, AfterValidator(base_url)]
Seconds = Annotated[float, Field(gt=0, le=60)]
Count = Annotated[int, Field(ge=0)]
Money = Annotated[float, Field(ge=0, le=1_000_000)]
Rate = Annotated[float, Field(gt=0, le=1_000)]


class TwilioAccount(Frozen):
    """One account and its secrets.

    `auth_token_secondary` is the second token while tokens are exchanged: what it signed counts as well. With an API key
    requests are made in its name, and the token only proves what comes in.
    """

    sid: Sid
    auth_token: Secret
    auth_token_secondary: Secret | None = None
    api_key: Sid | None = None
    api_key_secret: Secret | None = None

    @model_validator(mode="after")
    def _whole_key(self) -> "TwilioAccount":
        if (self.api_key is None) != (self.api_key_secret is None):
            raise ValueError("an API key needs its secret, and the secret its key")
        return self

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens that may have signed what comes in."""
        both = (self.auth_token, self.auth_token_secondary)
        return tuple(one.get_secret_value() for one in both if one is not None)

    @property
    def login(self) -> tuple[str, str]:
        """The name and the password with which requests are made."""
        if self.api_key is not None and self.api_key_secret is not None:
            return self.api_key, self.api_key_secret.get_secret_value()
        return self.sid, self.auth_token.get_secret_value()


class TwilioSettings(Frozen):
    """All that the carrier and its webhooks are told.

    `public_url` is the address at which the service is reached from outside, without a slash at its end: every URL given
    to Twilio begins with it, and so does every URL that Twilio signs. Timeouts are in seconds. `rates` are segments a
    second, by the sending number; a number that is not named has the rate of its kind. `calls_per_second` are the calls that each
    number starts. `daily_*` are ceilings for offers in 24 hours, the cost at these prices. A number that names no account
    belongs to the first.
    No more than `calls_at_once` phones ring or are talked to at a time.
    """

    accounts: Annotated[tuple[TwilioAccount, ...], Field(min_length=1)]
    public_url: BaseUrl
    base_url: BaseUrl = TWILIO
    connect_timeout: Seconds = 3.0
    read_timeout: Seconds = 10.0
    rates: Mapping[str, Rate] = {}
    calls_at_once: Annotated[int, Field(ge=1, le=10_000)] = 20
    calls_per_second: Rate = 1.0
    daily_texts: Count | None = None
    daily_calls: Count | None = None
    daily_cost: Money | None = None
    price_of_segment: Money = SEGMENT_PRICE
    price_of_call: Money = CALL_PRICE

    @model_validator(mode="after")
    def _each_once(self) -> "TwilioSettings":
        sids = [one.sid for one in self.accounts]
        if len(set(sids)) != len(sids):
            raise ValueError("an account is named twice")
        return self

    @property
    def ceilings(self) -> Ceilings:
        """What offers may use in 24 hours."""
        return Ceilings(
            self.daily_texts, self.daily_calls, self.daily_cost, self.price_of_segment, self.price_of_call
        )

    @property
    def messaging_url(self) -> str:
        """Where the newer part of the API lies, which knows services and registrations: Twilio gives it a host of its own."""
        host = urlsplit(self.base_url).hostname or ""
        ours = host.startswith("api.") and host.endswith(".twilio.com")
        return self.base_url.replace("://api.", "://messaging.", 1) if ours else self.base_url

    def rate(self, channel: Channel, number: str) -> float:
        """Give how many segments, or calls, a number may send in a second."""
        if channel is Channel.VOICE:
            return self.calls_per_second
        if number in self.rates:
            return self.rates[number]
        return (
            SHORT_CODE_RATE
            if not number.startswith("+")
            else TOLL_FREE_RATE
            if is_toll_free(number)
            else RATE
        )

    def account(self, sid: str | None) -> TwilioAccount | None:
        """Give the account of this name; the first one for None, and None when there is none of this name."""
        if sid is None:
            return self.accounts[0]
        return next((one for one in self.accounts if one.sid == sid), None)


def read_credentials(path: Path) -> tuple[TwilioAccount, ...]:
    """Read a file that holds, in JSON, the secrets of each account by its SID; the first is that of numbers which name none.

        {"AC0123...": {"auth_token": "...", "auth_token_secondary": "...", "api_key": "SK...", "api_key_secret": "..."}}

    Raises `BadCredentials`.
    """
    try:
        found: Any = parse_json(path.read_bytes())
    except OSError as error:
        raise BadCredentials(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise BadCredentials(f"{path} is no JSON, or names something twice") from None
    if not isinstance(found, dict) or not found:
        raise BadCredentials(f'{path} names no account; write {{"AC...": {{"auth_token": "..."}}}}')
    accounts: list[TwilioAccount] = []
    for number, (sid, secrets) in enumerate(found.items(), 1):
        try:
            accounts.append(TwilioAccount(**{**secrets, "sid": sid}))
        except (TypeError, ValidationError) as error:
            raise BadCredentials(f"{path}, account {number}: {_said(error)}") from None
    return tuple(accounts)


def _said(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return 'write {"auth_token": "..."}'
    told = error.errors(include_input=False, include_url=False)
    # A name that is not known may be a secret that stands in the wrong place.
    return "; ".join(
        "it has a field that is not known"
        if one["type"] == "extra_forbidden"
        else ": ".join([*map(str, one["loc"]), one["msg"].removeprefix("Value error, ")])
        for one in told
    )
