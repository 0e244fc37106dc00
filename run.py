"""The command line: `python run.py COMMAND` in a clone, `firstyes COMMAND` once installed."""

import sys
from pathlib import Path

HERE = str(Path(__file__).resolve().parent)
if sys.path[:1] == [HERE]:
    # Started as a script, Python looks here first, and finds `web` and `domain` where nobody means them.
    del sys.path[0]

try:
    import click

    from firstyes import __version__
    from firstyes.web.commands.group import Commands, exit_codes
except ImportError as error:
    sys.exit(f"{error}: run `make .venv` first, then .venv/bin/python run.py, or .venv/bin/firstyes")


@click.group(
    cls=Commands,
    epilog=exit_codes(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="firstyes", message="%(prog)s %(version)s")
def main() -> None:
    """Fill care shifts with the first caregiver who says yes.

    Settings come from the environment (FIRSTYES_STORE, FIRSTYES_PORT, ...; see docs/settings.md); options go before.
    """


if __name__ == "__main__":
    main(prog_name="firstyes")
