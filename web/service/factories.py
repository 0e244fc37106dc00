"""Who carries, reads and is told, as the settings choose: ours, or what they name as `package:factory`.

That is found, made and looked at when the service starts.
"""

from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import TypeVar

from ...actors.carriers.port import Carrier
from ...actors.carriers.simulator import Simulator
from ...actors.carriers.twilio.carrier import TwilioCarrier
from ...actors.couriers.mail import Mail
from ...actors.couriers.webhooks import Webhooks
from ...actors.desk.arguments import read_carrier, read_notifier, read_reader
from ...actors.notifier import Notifier
from ...actors.runtime.clock import Clock
from ...domain.errors import FirstyesError, InvalidArgument
from ...domain.replies import RuleReader
from ...domain.replies.reading import Reader, Reply
from .settings import TWILIO, BadSettings, ServiceSettings

T = TypeVar("T")


class BadFactory(FirstyesError):
    """Raised when a setting names something that is not there, cannot be made, or is not what the setting is for."""


def find(setting: str, named: str) -> Callable[[], object]:
    """Give what "package.module:factory" names. Raises `BadFactory`, and imports the module."""
    module, _, name = named.partition(":")
    try:
        found: object = attrgetter(name)(import_module(module))
    except Exception as error:
        hint = ""
        if isinstance(error, ModuleNotFoundError):
            hint = "; install it, or name its folder in PYTHONPATH"
        raise BadFactory(f"{setting}: {named} cannot be found ({_told(error)}){hint}") from error
    if not callable(found):
        raise BadFactory(f"{setting}: {named} is a {type(found).__name__}; name a function or a class")
    return found


def chosen_carrier(settings: ServiceSettings, clock: Clock | None = None) -> Carrier:
    """Give the simulator or Twilio, going by `clock`, or what the settings name. Raises `BadFactory`, `BadCredentials` and `BadSettings`."""
    if settings.carrier == TWILIO:
        return TwilioCarrier(settings.twilio(), clock)
    if settings.carrier_factory is None:
        try:
            return Simulator(clock, log=settings.simulator_log)
        except OSError as error:
            raise BadSettings(f"FIRSTYES_SIMULATOR_LOG: {error.filename}: {error.strerror}") from error
    return _make("FIRSTYES_CARRIER", settings.carrier_factory, read_carrier)


def chosen_couriers(settings: ServiceSettings) -> list[Mail | Webhooks]:
    """Give who carries mail and webhooks to whoever is on call, as far as there are settings for it. Raises `BadSettings`."""
    couriers: list[Mail | Webhooks] = []
    if settings.smtp_url is not None and settings.mail_from is not None:
        try:
            couriers.append(Mail(settings.smtp_url.get_secret_value(), settings.mail_from))
        except InvalidArgument as error:
            raise BadSettings(f"FIRSTYES_SMTP_URL, FIRSTYES_MAIL_FROM: {error}") from error
    if settings.webhook_key is not None:
        couriers.append(Webhooks(settings.webhook_key.get_secret_value(), settings.webhook_networks or ()))
    return couriers


def chosen_notifiers(settings: ServiceSettings) -> list[Notifier]:
    """Give the notifiers that the settings name, in order. Raises `BadFactory`."""
    return [_make("FIRSTYES_NOTIFIERS", one, read_notifier) for one in settings.notifiers or ()]


def chosen_reader(settings: ServiceSettings) -> Reader:
    """Give what the settings name, or the rules, or the rules and a language model behind them.

    Raises `BadFactory`, and `BadSettings` when the model's reader is not installed.
    """
    if settings.reader is not None:
        return _make("FIRSTYES_READER", settings.reader, read_reader)
    rules = RuleReader()
    # Its first reading builds its grammar, half a second that no caregiver should wait for.
    rules.read(Reply(text="yes"))
    if settings.llm_url is None or settings.llm_model is None:
        return rules
    try:
        # Needs an extra, which most do without.
        from ...actors.llm_reader import LlmReader, LlmSettings  # noqa: PLC0415
    except ImportError as error:
        raise BadSettings(
            "FIRSTYES_LLM_MODEL needs what is not installed: pip install 'firstyes[llm]'"
        ) from error
    return LlmReader(
        LlmSettings(
            provider=settings.llm_provider,
            url=settings.llm_url,
            model=settings.llm_model,
            api_key=settings.llm_api_key,
        ),
        rules,
    )


def _make(setting: str, named: str, check: Callable[[T], T]) -> T:
    factory = find(setting, named)
    try:
        made = factory()
    except Exception as error:
        raise BadFactory(f"{setting}: {named}() failed ({_told(error)})") from error
    try:
        return check(made)  # type: ignore[arg-type]
    except InvalidArgument as error:
        raise BadFactory(f"{setting}: what {named} gives cannot be used; {error}") from error


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
