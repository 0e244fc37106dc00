"""How a command ends, told to the shell: the codes of sysexits.h where there is one that says it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of all commands. A process that is ended by a signal N before it can help it ends with 128 + N."""

    OK = 0
    REFUSED = 1
    """Something that was asked for was refused or not found; the output says what."""
    USAGE = 2
    """The command line is wrong."""
    DATA = 65
    """The input file does not hold what can be loaded; nothing was loaded."""
    UNAVAILABLE = 69
    """The journal cannot be used now (disk full, no permission), or the address is taken."""
    INTERNAL = 70
    """A fault of ours."""
    DAMAGED = 74
    """The journal is damaged or not one of ours; it was not touched."""
    BUSY = 75
    """Another process owns the journal."""
    SETTINGS = 78
    """The settings are wrong, or what they ask for is not safe."""


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
