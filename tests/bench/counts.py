"""`make count`: how much code there is, and how much of it a winning yes goes through before it is answered."""

import json
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import firstyes
from evidence.free_port import free_port
from firstyes.web.app import create_app
from firstyes.web.middleware import Middleware
from firstyes.web.server.server import Server
from firstyes.web.service.address import ListenAddress
from firstyes.web.service.web_settings import WebSettings
from support.patience import PATIENCE
from support.world import DIALLED, World, a_world

ROOT = Path(firstyes.__file__).resolve().parent
TIMES = 10
"""So many yeses are followed, each for a shift of its own; what another thread did in between is in some of them only."""


def counts() -> dict[str, int]:
    """Give every count by its name."""
    return {**lines(), **one_yes()}


def lines() -> dict[str, int]:
    """Count the lines of the product, without the phrases of replies, and those of tests and evidence."""
    product = [ROOT / "run.py", ROOT / "__init__.py"]
    for floor in ("actors", "domain", "web"):
        product += [
            one
            for end in ("py", "sql")
            for one in (ROOT / floor).rglob(f"*.{end}")
            if "phrases" not in one.parts
        ]
    return {
        "lines of the product": _lines(product),
        "lines of tests and evidence": _lines((ROOT / "tests").rglob("*.py")),
    }


def _lines(files: Any) -> int:
    return sum(len(one.read_text("utf-8").splitlines()) for one in files)


SENDS = ("web/server/connection.py", "answer")
"""Where the answer leaves."""


class Trail:
    """What our code does while it is `on`: the files entered, the classes instantiated, the threads that take their turn;
    `before` is how many of them there were, and what `commits` gave, when the answer was sent."""

    def __init__(self, commits: Callable[[], int] = lambda: 0) -> None:
        self.on = False
        self.before: tuple[int, int, int, int] | None = None
        self._commits = commits
        self.files: set[str] = set()
        self.kinds: set[type] = set()
        self.threads: list[int] = []
        self._ours: dict[str, str | None] = {}

    def note(self, frame: FrameType, event: str, _: Any) -> None:
        """Be told by the interpreter that a function is entered."""
        if not self.on or event != "call":
            return
        code = frame.f_code
        if code.co_name in ("__init__", "__new__") and code.co_varnames:
            first = frame.f_locals.get(code.co_varnames[0])
            kind = first if isinstance(first, type) else type(first)
            # A member of an enumeration is looked up, not made.
            if kind.__module__.startswith("firstyes.") and not issubclass(kind, Enum):
                self.kinds.add(kind)
        if code.co_filename not in self._ours:
            path = Path(code.co_filename)
            is_ours = path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in (
                "actors",
                "domain",
                "web",
            )
            self._ours[code.co_filename] = str(path.relative_to(ROOT)) if is_ours else None
        file = self._ours[code.co_filename]
        if file is None:
            return
        if file == SENDS[0] and code.co_name == SENDS[1] and self.before is None:
            self.before = len(self.files), len(self.kinds), len(self.threads) - 1, self._commits()
        self.files.add(file)
        thread = threading.get_ident()
        if not self.threads or self.threads[-1] != thread:
            self.threads.append(thread)


@contextmanager
def _followed() -> Iterator[Callable[[Trail], None]]:
    """Have every thread that starts from now on tell a trail what it enters."""
    current = Trail()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        current.note(frame, event, argument)

    def follow(trail: Trail) -> None:
        nonlocal current
        current = trail

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield follow
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def one_yes() -> dict[str, int]:
    """Follow a yes that wins, from the request to the answer, and until all that it brought about is done: on our server,
    from somebody who has written before."""
    with TemporaryDirectory() as folder, _followed() as follow:
        path = Path(folder) / "journal.db"
        with a_world(f"sqlite:///{path}") as world, _served(world) as port:
            found = [_follow(world, port, f"ana{number}", path, follow) for number in range(TIMES)]
    # The first brings with it what is made once; now and then the log begins anew, and its commits cannot be told apart.
    whole = [one for one in found[1:] if one["commits in all"] > 0]
    return {name: min(one[name] for one in whole) for name in found[0]}


@contextmanager
def _served(world: World) -> Iterator[int]:
    middleware = create_app(world.desk, WebSettings(open=True)).wsgi_app
    assert isinstance(middleware, Middleware)
    port, ready = free_port(), threading.Event()
    listener = ListenAddress.find("127.0.0.1", port).listen()
    server = Server(middleware, listener, 2, middleware.admits, middleware)
    thread = threading.Thread(target=lambda: server.run(ready.set, PATIENCE), daemon=True)
    thread.start()
    assert ready.wait(PATIENCE)
    yield port
    server.stop()
    thread.join(PATIENCE)


def _follow(
    world: World, port: int, name: str, path: Path, follow: Callable[[Trail], None]
) -> dict[str, int]:
    world.caregivers(name, f"{name}b", role=name)
    world.offered(name, role=name)
    world.says(name, "what time does it start?")
    world.desk.settle()
    world.desk._working.contacts.find([(world.phones[name], DIALLED)], world.clock.now())
    message = {
        "from_phone": world.phones[name],
        "to_phone": DIALLED,
        "body": f"YES {world.code(name, name)}",
    }
    body = json.dumps(message).encode()
    head = "POST /messages/inbound HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close"
    before = _commits(path)
    trail = Trail(lambda: _commits(path) - before)
    follow(trail)
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        trail.on = True
        connection.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    world.desk.settle()
    trail.on = False
    assert b'"status":"success"' in answer, answer
    assert trail.before is not None
    files, kinds, turns, commits = trail.before
    return {
        "files entered before the answer": files,
        "files entered in all": len(trail.files),
        "kinds of object before the answer": kinds,
        "hand-overs between threads before the answer": turns,
        "commits before the answer": commits,
        "commits in all": _commits(path) - before,
    }


def _commits(path: Path) -> int:
    """Count the commits in a log of SQLite: its frames that say how long the database is after them."""
    log = path.with_name(f"{path.name}-wal").read_bytes()
    page, salt = struct.unpack(">I", log[8:12])[0], log[16:24]
    frames = (log[at : at + 24] for at in range(32, len(log) - 24 - page + 1, 24 + page))
    return sum(frame[4:8] != bytes(4) and frame[8:16] == salt for frame in frames)


if __name__ == "__main__":
    if sys.argv[1:] == ["--json"]:
        print(json.dumps(counts()))
    else:
        for counted, number in counts().items():
            print(f"{number:>7,}  {counted}")
