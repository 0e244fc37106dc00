"""What a failed command says, and the exit code it ends with."""

import sys
import traceback

from ...actors.carriers.twilio.settings import BadCredentials
from ...actors.errors import HandlerFailed, NoAnswer
from ...actors.journal.port import JournalBusy, JournalDamaged, JournalUnavailable
from ...domain.data.dataset import BadData
from ...domain.errors import FirstyesError
from ...domain.policy import BadRounds
from ..service.address import AddressTaken, UnsafeAddress
from ..service.factories import BadFactory
from ..service.settings import BadSettings
from ..service.web_settings import Unguarded
from .exit_codes import ExitCode

CODES: dict[type[Exception], ExitCode] = {
    AddressTaken: ExitCode.UNAVAILABLE,
    BadFactory: ExitCode.SETTINGS,
    BadCredentials: ExitCode.SETTINGS,
    BadData: ExitCode.DATA,
    BadRounds: ExitCode.SETTINGS,
    BadSettings: ExitCode.SETTINGS,
    HandlerFailed: ExitCode.INTERNAL,
    JournalBusy: ExitCode.BUSY,
    JournalDamaged: ExitCode.DAMAGED,
    JournalUnavailable: ExitCode.UNAVAILABLE,
    NoAnswer: ExitCode.UNAVAILABLE,
    UnsafeAddress: ExitCode.SETTINGS,
    Unguarded: ExitCode.SETTINGS,
}


def tell(error: Exception) -> ExitCode:
    """Say on standard error what went wrong, and give the exit code. What nobody expected comes with its stack."""
    if isinstance(error, FirstyesError):
        for line in str(error).splitlines():
            print(f"firstyes: {line}", file=sys.stderr)  # noqa: T201 - a command speaks to people
        return next((code for kind, code in CODES.items() if isinstance(error, kind)), ExitCode.REFUSED)
    traceback.print_exception(error)
    print("firstyes: this is a fault of ours; please report the lines above", file=sys.stderr)  # noqa: T201
    return ExitCode.INTERNAL
