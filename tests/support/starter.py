"""Starts programs of ours for tests: each is a process of its own, forked from this one, which has read all our modules and
started no thread. Reading them anew is most of what a start costs.

Orders come over the socket that is its standard input: JSON, with the streams of the program and a pipe that is told its
process id and how it ended, four bytes each.
"""

import ctypes
import json
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG: whoever stops the tests leaves no programs behind."""


def main() -> None:
    """Carry out orders until there are no more."""
    from evidence.kills import doomed  # noqa: F401 - what is read now is not read again
    from firstyes.domain.replies import RuleReader

    RuleReader()
    orders = socket.socket(fileno=os.dup(0))
    while True:
        order, fds, _, _ = socket.recv_fds(orders, 1 << 20, 4)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _watch(json.loads(order), *fds)
        for one in fds:
            os.close(one)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _watch(order: dict[str, Any], told: int, *streams: int) -> None:
    """Start the program and wait for its end: whoever ordered it is not its parent and cannot."""
    _die_with_parent()
    process = os.fork()
    if process == 0:
        os.close(told)
        _become(order, streams)
    for one in (0, 1, 2, *streams):
        os.close(one)
    os.write(told, process.to_bytes(4, "little", signed=True))
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.write(told, code.to_bytes(4, "little", signed=True))
    os._exit(0)


def _become(order: dict[str, Any], streams: tuple[int, ...]) -> None:
    code: object = 1
    try:
        _die_with_parent()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin = os.fdopen(0, closefd=False)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.path[:0] = [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one]
        # What is started under nohup, or by a shell in the background, ignores them, and so would this.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = ["firstyes", *order["arguments"]]
        import_module(order["program"]).main()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - a fork must never return into the loop of its parent
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else code is not None)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]
    main()
