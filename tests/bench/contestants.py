"""The four that are measured side by side."""

from dataclasses import dataclass
from pathlib import Path

from .ours import Ours
from .servers import Launch, flask_route, in_memory
from .sizes import Size

NAMES = {
    "a": "Flask route that validates and answers",
    "b": "firstyes: an accept, answered after its commit",
    "c": "classic: FastAPI, in memory, lock per shift, scans",
    "d": "classic with indexes instead of scans",
}


@dataclass(frozen=True, slots=True)
class Contestants:
    """Knows how to start each of the four, with `threads` blocking threads where there are such."""

    threads: int
    folder: Path

    def launch(self, letter: str, port: int, size: Size) -> Launch:
        """How `letter` is started on `port`, with every shift of `size` on offer."""
        match letter:
            case "a":
                return flask_route(port, self.threads)
            case "b":
                return Ours(self.folder, self.threads).prepared(size, port)
            case "c":
                return in_memory("classic", port, size)
            case "d":
                return in_memory("indexed", port, size)
            case _:
                raise ValueError(letter)


def must_have_one_winner(letter: str) -> bool:
    """Whether a contestant keeps shifts at all: (a) says yes to everybody."""
    return letter != "a"
