"""Settings of the service: from the environment, `FIRSTYES_` and the field's name; the command line goes before."""

import difflib
import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict

from ...actors.couriers.addresses import Network
from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.port import JournalUnavailable
from ...domain.cost import Currency, Price, Prices
from ...domain.data.rows import said
from ...domain.errors import FirstyesError
from ...domain.policy import DEFAULT_ROUNDS, Rounds, parse_rounds
from .twilio_settings import TwilioFields
from .web_settings import Token

PREFIX = "FIRSTYES_"

FORGOTTEN = "sqlite://"
"""The store that is gone when its process ends."""

SIMULATOR = "simulator"
"""The carrier that texts nobody."""
TWILIO = "twilio"
"""The carrier that speaks Twilio's API."""
OURS = (SIMULATOR, TWILIO)
SHORTEST_KEY = 32
"""Characters of a key that is hard to guess."""


class BadSettings(FirstyesError):
    """Raised when a setting cannot be read; the message names it and never repeats a value that may be secret."""


def _rounds(value: Any) -> Any:
    return parse_rounds(value) if isinstance(value, str) else value


def _sqlite(url: str) -> str:
    if url != FORGOTTEN and not (url.startswith("sqlite:///") and len(url) > len("sqlite:///")):
        raise ValueError(
            'a store is a file, "sqlite:///path/to/file.db", or "sqlite://" for one that is forgotten'
        )
    try:
        DatabaseFile.check(url)
    except JournalUnavailable as error:
        raise ValueError(str(error)) from error
    return url


def _key(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value()) < SHORTEST_KEY:
        raise ValueError(f'give at least {SHORTEST_KEY} characters; "openssl rand -hex 32" makes a good one')
    return key


FACTORY = re.compile(r"[\w.]+:[\w.]+", re.ASCII)


def _factory(value: str) -> str:
    if not FACTORY.fullmatch(value):
        raise ValueError('name a function or class as "package.module:name"')
    return value


def _carrier(value: str) -> str:
    if value not in OURS and not FACTORY.fullmatch(value):
        raise ValueError(
            'name "simulator", "twilio", or a function or class of your own as "package.module:name"'
        )
    return value


def _comma(value: Any) -> Any:
    return tuple(one.strip() for one in value.split(",")) if isinstance(value, str) else value


Factory = Annotated[str, AfterValidator(_factory)]


class ServiceSettings(TwilioFields):
    """Everything a process can be told. Frozen; an empty variable counts as one that is not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    store: Annotated[str, AfterValidator(_sqlite)] = Field(
        "sqlite:///var/firstyes.db", description="Where the journal lies, as a URL."
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8080, ge=1, le=65535, description="Port to listen on.")
    rounds: Annotated[Rounds, NoDecode, BeforeValidator(_rounds)] = Field(
        DEFAULT_ROUNDS, description="How a shift is offered: channel:seconds, in order."
    )
    api_token: Token | None = Field(
        None,
        description="Token every API caller must bring; without one only this machine can reach the API.",
    )
    carrier: Annotated[str, AfterValidator(_carrier)] | None = Field(
        None,
        description="Who carries messages: simulator, which must be named beyond loopback because it texts nobody, twilio, or your own, as package:factory.",
    )
    reader: Factory | None = Field(None, description="Who reads replies, as package:factory; else the rules.")
    reader_timeout: float = Field(
        2.0,
        gt=0,
        le=10,
        description="Seconds such a reader may take for a reply; then the rules read it.",
    )
    notifiers: Annotated[tuple[Factory, ...], NoDecode, BeforeValidator(_comma)] | None = Field(
        None, description="Who is told of what happens, as package:factory; several with commas between."
    )
    simulator_log: Path | None = Field(
        None,
        description="File to which the simulated carrier adds each message it carries, one JSON object a line.",
    )
    llm_provider: Literal["openai", "anthropic"] = Field(
        "openai", description="Which of the two common interfaces the language model is asked through."
    )
    llm_url: HttpUrl | None = Field(
        None, description="Where a language model is asked about replies that the rules do not understand."
    )
    llm_model: str | None = Field(None, min_length=1, description="The model's name.")
    llm_api_key: Token | None = Field(None, description="What the model's server wants to be given.")
    threads: int = Field(32, ge=1, le=512, description="Requests that are handled at the same time.")
    pin: bool = Field(
        False, description="Keep the process on one processor, which makes it faster when alone."
    )
    smtp_url: SecretStr | None = Field(
        None, description="Mail server through which whoever is on call is written to, with its login."
    )
    mail_from: str | None = Field(None, min_length=3, description="Address that such mail comes from.")
    webhook_key: Annotated[SecretStr, AfterValidator(_key)] | None = Field(
        None, description="Key that the secrets of webhooks to whoever is on call are made from."
    )
    webhook_networks: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_comma)] | None = Field(
        None, description="Networks beside the public internet that webhooks may go to."
    )
    text_price: Price | None = Field(None, description="What the carrier asks for each part of a text.")
    call_price: Price | None = Field(None, description="What it asks for each minute of a call.")
    currency: Currency = Field("USD", description="What prices are in.")
    log_format: Literal["text", "json"] = Field(
        "text", description="How a record is written: a line of text, or a JSON object."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least that is worth a line on standard error."
    )

    @model_validator(mode="after")
    def _model_and_url(self) -> Self:
        if (self.llm_url is None) != (self.llm_model is None):
            raise ValueError("FIRSTYES_LLM_URL and FIRSTYES_LLM_MODEL are needed both, or neither")
        if self.reader is not None and self.llm_model is not None:
            raise ValueError("FIRSTYES_READER and FIRSTYES_LLM_MODEL both name who reads: give one of them")
        if self.simulator_log is not None and self.real_carrier is not None:
            raise ValueError(
                "FIRSTYES_SIMULATOR_LOG is of the simulator, and FIRSTYES_CARRIER names another carrier"
            )
        if (self.smtp_url is None) != (self.mail_from is None):
            raise ValueError("FIRSTYES_SMTP_URL and FIRSTYES_MAIL_FROM are needed both, or neither")
        if self.carrier == TWILIO and self.missing_for_twilio:
            raise ValueError(f"FIRSTYES_CARRIER=twilio needs {' and '.join(self.missing_for_twilio)}")
        return self

    @property
    def prices(self) -> Prices | None:
        """What the carrier asks, None where it was not said."""
        if self.text_price is None and self.call_price is None:
            return None
        return Prices(
            text=self.text_price or Decimal(0), call=self.call_price or Decimal(0), currency=self.currency
        )

    @property
    def real_carrier(self) -> str | None:
        """The carrier that is not the simulator: "twilio", or a factory."""
        return None if self.carrier == SIMULATOR else self.carrier

    @property
    def carrier_factory(self) -> str | None:
        """The factory of a carrier of somebody's own."""
        return None if self.carrier in OURS else self.carrier


def read_settings(given: Mapping[str, Any]) -> ServiceSettings:
    """Read the environment; what is in `given` and not None goes before it. Raises `BadSettings`."""
    flags = {name: value for name, value in given.items() if value is not None}
    try:
        return ServiceSettings(**flags)
    except ValidationError as error:
        told = dict.fromkeys(_told(one, flags) for one in error.errors(include_input=False))
        raise BadSettings("\n".join(told)) from None
    except UnicodeEncodeError:
        # Bytes of the environment that are no text; not every kind of setting finds that out by itself.
        raise BadSettings(f"{' and '.join(_no_text(flags))} must be UTF-8") from None


def _no_text(flags: Mapping[str, Any]) -> list[str]:
    values = {
        **{name: os.environ.get(PREFIX + name.upper()) for name in ServiceSettings.model_fields},
        **flags,
    }
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    return [
        _shown(name, flags)
        for name, value in texts.items()
        if value.encode(errors="replace").decode() != value
    ]


def unknown_variables(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Name the variables with our prefix that are no settings, each with the setting it may be meant for."""
    known = {PREFIX + name.upper() for name in ServiceSettings.model_fields}
    told = []
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            [meant] = difflib.get_close_matches(name.upper(), known, n=1) or [""]
            told.append(f"{name} is not a setting" + (f"; do you mean {meant}?" if meant else ""))
    return told


def _told(error: Any, flags: Mapping[str, Any]) -> str:
    remedy = said(error)
    if not error["loc"]:
        return remedy
    return f"{_shown(str(error['loc'][0]), flags)}: {remedy}"


def _shown(name: str, flags: Mapping[str, Any]) -> str:
    return f"--{name.replace('_', '-')}" if name in flags else PREFIX + name.upper()
