"""The carrier and the notifiers that the settings choose."""

from ...actors.carriers.port import Carrier
from ...actors.carriers.simulator import Simulator
from ...actors.desk_arguments import read_carrier, read_notifier
from ...actors.notifiers import Notifier
from .factories import make
from .settings import ServiceSettings


def chosen_carrier(settings: ServiceSettings) -> Carrier:
    """Give the simulator, or what the settings name. Raises `BadFactory`."""
    if settings.real_carrier is None:
        return Simulator(log=settings.simulator_log)
    return make("FIRSTYES_CARRIER", settings.real_carrier, read_carrier)


def chosen_notifiers(settings: ServiceSettings) -> list[Notifier]:
    """Give the notifiers that the settings name, in order. Raises `BadFactory`."""
    return [make("FIRSTYES_NOTIFIERS", one, read_notifier) for one in settings.notifiers or ()]
