"""The group of all commands."""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from .exit_codes import MEANINGS, ExitCode

COMMANDS = {
    "serve": "Serve the API and fill shifts, until stopped.",
    "demo": "Play the story of three shifts in the terminal, in a few seconds.",
    "load": "Load organizations, caregivers and shifts from JSON or CSV files.",
    "classify": "Say how messages on standard input would be read.",
    "replay": "Show what happened to a shift, event by event.",
    "check": "Look at settings and journal, and say what would be refused.",
    "preflight": "Say what would fail with real phones, and what to do about it.",
    "secret": "Tell the secret that an organization's webhooks are signed with.",
    "backup": "Copy the journal to a file, while the service runs.",
    "prune": "Take out of the journal what is long over.",
    "erase": "Forget a caregiver, for good.",
    "user": "Give a user of the console a new password.",
    "doctor": "Look the whole journal over, and say what can be done about damage.",
}
"""Each command and its line of help, which stand here so that `--help` needs none of their modules."""


def exit_codes() -> str:
    """Give the table of exit codes, a line each, as click leaves it alone."""
    return "\b\nExit codes:\n" + "\n".join(f"  {code.value:>2}  {said}" for code, said in MEANINGS.items())


class Commands(click.Group):
    """Imports a command's module when it is used: `classify` waits neither for Flask nor for a database library."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give one command."""
        if cmd_name not in COMMANDS:
            return None
        # Modules stay: what is made for them need not be walked again and again while more is made.
        gc.disable()
        try:
            command: click.Command = import_module(f".{cmd_name}", __package__).command
        finally:
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named; end with a clear line and the right exit code when it cannot be done."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # Whoever read our output has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(ExitCode.OK)
        except Exception as error:  # noqa: BLE001 - the last door of the process
            # Looked up only now: `classify` starts without the journal that half of these errors belong to.
            told: Callable[[Exception], ExitCode] = import_module(".failure", __package__).tell
            sys.exit(told(error))
