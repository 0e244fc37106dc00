"""`firstyes` as users start it, save that it has the patience of tests: it comes up, answers and stops in time however busy
the machine is."""

# ruff: noqa: E402 - the folder of the tests must be on the path first

import os
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1])]

from firstyes.run import main as firstyes
from firstyes.web.commands import serve
from firstyes.web.service import stopping
from support.patience import PATIENCE, be_patient


def wait_for_the_model() -> None:
    """Let a language model take longer than settings allow, where there is one: its client takes long to import."""
    if "FIRSTYES_LLM_MODEL" not in os.environ:
        return
    from firstyes.actors.llm_reader import LlmReader

    make = LlmReader.__init__

    def make_patient(reader: LlmReader, settings: Any, *more: Any) -> None:
        make(reader, settings.model_copy(update={"budget_seconds": PATIENCE}), *more)

    LlmReader.__init__ = make_patient  # type: ignore[assignment, method-assign]


def main() -> None:
    """Do what the command line says."""
    be_patient()
    wait_for_the_model()
    serve.DRAIN = PATIENCE
    serve.CLOSING = float(os.environ.get("CLOSE_WITHIN", PATIENCE))
    stopping.STOP = float(os.environ.get("STOP_WITHIN", PATIENCE))
    firstyes(prog_name="firstyes")


if __name__ == "__main__":
    main()
