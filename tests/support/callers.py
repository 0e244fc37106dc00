"""An actor that calls what it is sent, and what a test holds it up with."""

import threading
from typing import Any

from firstyes.actors.runtime.dead_letter import DeadLetter
from firstyes.actors.runtime.loop import Loop
from firstyes.actors.runtime.loop_actor import LoopActor

from .patience import PATIENCE


class Caller(LoopActor):
    """Calls what it is sent, and answers with what comes of that."""

    def __init__(self, loop: Loop, heard: list[Any] | None = None, **details: Any) -> None:
        super().__init__(loop, **details)
        self.heard: list[Any] = [] if heard is None else heard
        self.refused: list[tuple[Any, Exception]] = []

    def on_receive(self, message: Any) -> Any:
        answer = message() if callable(message) else message
        self.heard.append(answer)
        return answer

    def on_refused(self, message: Any, error: Exception) -> None:
        self.refused.append((message, error))


class Box:
    """Keeps dead letters and takes none over."""

    def __init__(self) -> None:
        self.letters: list[object] = []

    def __call__(self, letter: DeadLetter) -> bool:
        self.letters.append(letter.message)
        return False


class Gate:
    """A handler that says when it has been reached and waits to be let through."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.reached.set()
        assert self.open.wait(PATIENCE)
        return "through"
