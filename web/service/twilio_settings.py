"""The settings of the Twilio carrier, and what they come to."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_settings import BaseSettings, NoDecode

from ...actors.carriers.twilio import settings as carrier
from ...domain.phone import normalise

NUMBER = re.compile(r"\+[1-9]\d{6,14}|\d{3,6}", re.ASCII)


def _rates(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    pairs = [one.rpartition(":") for one in value.split(",")]
    if not all(number.strip() and rate.strip() for number, _, rate in pairs):
        raise ValueError('write number and segments a second, as in "+13125550100:1,+18335550100:3"')
    rates = {normalise(number.strip()): rate for number, _, rate in pairs}
    if wrong := [one for one in rates if not NUMBER.fullmatch(one)]:
        raise ValueError(
            f'"{wrong[0]}" is no number of ours; write it as +13125550100, or a short code as 72345'
        )
    return rates


class TwilioFields(BaseSettings):
    """The settings that only the Twilio carrier needs. They may stand there while another carrier is chosen."""

    public_url: carrier.BaseUrl | None = Field(
        None, description="Address at which the service is reached from outside: carriers call it back there."
    )
    twilio_credentials: Path | None = Field(
        None, description="File with the secrets of each Twilio account, as JSON."
    )
    twilio_account_sid: carrier.Sid | None = Field(None, description="The account, where there is only one.")
    twilio_auth_token: carrier.Secret | None = Field(None, description="The token of that account.")
    twilio_auth_token_secondary: carrier.Secret | None = Field(
        None, description="Its second token, while tokens are exchanged."
    )
    twilio_base_url: carrier.BaseUrl = Field(
        carrier.TWILIO, description="Address of Twilio's API, or of one like it."
    )
    twilio_connect_timeout: carrier.Seconds = Field(
        3.0, description="Seconds a connection to Twilio may take."
    )
    twilio_read_timeout: carrier.Seconds = Field(10.0, description="Seconds Twilio may take to answer.")
    twilio_rates: Annotated[Mapping[str, carrier.Rate], NoDecode, BeforeValidator(_rates)] | None = Field(
        None, description="Segments a second that a number may send, as number:rate; several with commas."
    )

    twilio_calls_at_once: int = Field(
        20, ge=1, le=10_000, description="Phones that ring or are talked to at the same time."
    )
    twilio_calls_per_second: carrier.Rate = Field(
        1.0, description="Calls that a number may start in a second."
    )
    twilio_daily_texts: carrier.Count | None = Field(
        None, description="Segments of texts in 24 hours, then no offer."
    )
    twilio_daily_calls: carrier.Count | None = Field(
        None, description="Calls in 24 hours, then no more of them."
    )
    twilio_daily_cost: carrier.Money | None = Field(
        None, description="What both may cost in 24 hours, in dollars."
    )
    twilio_price_of_segment: carrier.Money = Field(
        carrier.SEGMENT_PRICE, description="What a segment costs, in dollars."
    )
    twilio_price_of_call: carrier.Money = Field(
        carrier.CALL_PRICE, description="What a call costs, in dollars."
    )

    @model_validator(mode="after")
    def _one_way_to_name_accounts(self) -> Self:
        alone = (self.twilio_account_sid, self.twilio_auth_token)
        if (alone[0] is None) != (alone[1] is None):
            raise ValueError(
                "FIRSTYES_TWILIO_ACCOUNT_SID and FIRSTYES_TWILIO_AUTH_TOKEN are needed both, or neither"
            )
        if self.twilio_auth_token_secondary is not None and alone[1] is None:
            raise ValueError("FIRSTYES_TWILIO_AUTH_TOKEN_SECONDARY needs FIRSTYES_TWILIO_AUTH_TOKEN")
        if self.twilio_credentials is not None and alone[0] is not None:
            raise ValueError(
                "FIRSTYES_TWILIO_CREDENTIALS and FIRSTYES_TWILIO_ACCOUNT_SID both name accounts: give one of them"
            )
        return self

    @property
    def missing_for_twilio(self) -> list[str]:
        """Name the settings without which the Twilio carrier cannot work."""
        missing = ["FIRSTYES_PUBLIC_URL"] if self.public_url is None else []
        if self.twilio_credentials is None and self.twilio_account_sid is None:
            missing.append(
                "FIRSTYES_TWILIO_CREDENTIALS (or FIRSTYES_TWILIO_ACCOUNT_SID and FIRSTYES_TWILIO_AUTH_TOKEN)"
            )
        return missing

    def twilio(self) -> carrier.TwilioSettings:
        """Give what the carrier and its webhooks are told. Raises `BadCredentials` when the file cannot be used."""
        if self.public_url is None or self.missing_for_twilio:
            raise carrier.BadCredentials(f"the Twilio carrier needs {' and '.join(self.missing_for_twilio)}")
        ours = {name: getattr(self, f"twilio_{name}", None) for name in carrier.TwilioSettings.model_fields}
        given = {name: value for name, value in ours.items() if value is not None}
        return carrier.TwilioSettings(**given, accounts=self._accounts(), public_url=self.public_url)

    def _accounts(self) -> tuple[carrier.TwilioAccount, ...]:
        if self.twilio_credentials is not None:
            return carrier.read_credentials(self.twilio_credentials)
        assert self.twilio_account_sid is not None
        assert self.twilio_auth_token is not None
        return (
            carrier.TwilioAccount(
                sid=self.twilio_account_sid,
                auth_token=self.twilio_auth_token,
                auth_token_secondary=self.twilio_auth_token_secondary,
            ),
        )
