"""`python -m evidence.fuzz.child TARGET FOUND [libFuzzer's options] CORPUS`: fuzzes a target, guided by the code it reaches.

An input that breaks what must hold is written to FOUND, the reason to standard error, and the process ends with
`BROKEN`. atheris needs a process of its own: it instruments code as it is imported, and ends the process when it is done.
"""

import logging
import os
import sys
import traceback
from pathlib import Path

BROKEN = 7


def main() -> None:
    """Fuzz until libFuzzer's options say that it is enough, or until something does not hold."""
    import atheris  # type: ignore[import-untyped]

    logging.disable()
    name, found = sys.argv[1], Path(sys.argv[2])
    if name == "planted":
        from .planted import PLANTED

        attempt = atheris.instrument_func(PLANTED.attempt)
    else:
        with atheris.instrument_imports(include=["firstyes", "phonenumbers", "json"]):
            from .targets import target
        attempt = target(name).attempt

    def tell(data: bytes) -> None:
        try:
            attempt(data)
        except BaseException:  # noqa: BLE001 - whatever it is, it broke what must hold
            traceback.print_exc()
            sys.stderr.flush()
            found.write_bytes(data)
            # Going down in order would wait for the threads of whatever is tried.
            os._exit(BROKEN)

    atheris.Setup([sys.argv[0], *sys.argv[3:]], tell)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
