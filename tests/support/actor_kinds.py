"""Pykka's own actor type and ours, side by side."""

import threading
from typing import Any, cast

import pykka

from .patience import PATIENCE


class Kind:
    """One of the two actor types, and how its actors are made."""

    def __init__(self, base: type[pykka.Actor], *first: Any) -> None:
        self.base, self.first = base, first

    def class_of(self, **methods: Any) -> Any:
        """An actor class with these methods and attributes."""
        return type("Subject", (self.base,), methods)

    def make(self, **methods: Any) -> pykka.Actor:
        """An actor with these methods and attributes, not started."""
        return cast(pykka.Actor, self.class_of(**methods)(*self.first))

    def start(self, **methods: Any) -> pykka.ActorRef[Any]:
        """An actor with these methods and attributes, started."""
        return cast(pykka.ActorRef[Any], self.class_of(**methods).start(*self.first))


class DaemonThreadingActor(pykka.ThreadingActor):
    """A ThreadingActor that does not keep a failed test run alive."""

    use_daemon_thread = True


class Recorder:
    """Methods of an actor that writes down what happens to it, and fails when told to."""

    def __init__(self, *, fail_in: str = "", with_: type[BaseException] = ZeroDivisionError) -> None:
        self.seen: list[Any] = []
        self.failed = threading.Event()
        self.failed_with: Any = None
        self.alive_in_failure: bool | None = None
        recorder = self

        def happened(what: str) -> None:
            recorder.seen.append(what)
            if fail_in == what:
                raise with_("on purpose")

        def on_receive(_self: Any, message: Any) -> Any:
            if isinstance(message, type) and issubclass(message, BaseException):
                raise message("on purpose")
            if isinstance(message, threading.Event):
                message.wait(PATIENCE)
            recorder.seen.append(message)
            return message

        def on_failure(_self: Any, kind: Any, _value: Any, _traceback: Any) -> None:
            try:
                happened("on_failure")
                recorder.failed_with, recorder.alive_in_failure = kind, _self.actor_ref.is_alive()
            finally:
                recorder.failed.set()

        self.methods = {
            "on_start": lambda _self: happened("on_start"),
            "on_stop": lambda _self: happened("on_stop"),
            "on_receive": on_receive,
            "on_failure": on_failure,
        }


def is_dead(ref: pykka.ActorRef[Any]) -> bool:
    """Whether the actor is dead, or dies soon."""
    return ref.actor_stopped.wait(PATIENCE)
