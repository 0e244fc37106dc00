"""How a command ends, told to the shell: the codes of sysexits.h where there is one that says it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of all commands. A process that is ended by a signal N before it can help it ends with 128 + N."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    DATA = 65
    UNAVAILABLE = 69
    INTERNAL = 70
    DAMAGED = 74
    BUSY = 75
    SETTINGS = 78


MEANINGS = {
    ExitCode.OK: "done",
    ExitCode.REFUSED: "refused or not found; the output says what",
    ExitCode.USAGE: "wrong command line",
    ExitCode.DATA: "the input file cannot be loaded",
    ExitCode.UNAVAILABLE: "the journal or the address cannot be used now",
    ExitCode.INTERNAL: "a fault of ours",
    ExitCode.DAMAGED: "the journal is damaged; it was not touched",
    ExitCode.BUSY: "another process owns the journal",
    ExitCode.SETTINGS: "the settings are wrong or not safe",
}
"""One line a code, for `--help`; docs/settings.md has the same table, and a test compares them."""
