"""Waiting for events: a place where threads outside the actors wait until something has happened to a shift."""

from threading import Lock

from ..domain.shift.events import AnyShiftEvent, ShiftEvent
from .runtime.promise import Promise
from .tasks import Happened

Waiting = tuple[tuple[type[ShiftEvent], ...], Promise[AnyShiftEvent]]


class EventWaiters:
    """Who waits for which events. `announce` costs one look when nobody waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[str, list[Waiting]] = {}

    def expect(self, shift_id: str, types: tuple[type[ShiftEvent], ...]) -> Promise[AnyShiftEvent]:
        """Register before looking at what has happened already, so that nothing falls in between."""
        reply: Promise[AnyShiftEvent] = Promise()
        with self._lock:
            self._waiting.setdefault(shift_id, []).append((types, reply))
        return reply

    def announce(self, happened: Happened) -> None:
        """Answer everybody who waits for one of these events."""
        if happened.shift_id not in self._waiting:
            return
        with self._lock:
            for types, reply in self._waiting.get(happened.shift_id, ()):
                for event in happened.events:
                    if isinstance(event, types):
                        reply.set_result(event)
                        break

    def forget(self, shift_id: str, reply: Promise[AnyShiftEvent]) -> None:
        """Stop waiting."""
        with self._lock:
            left = [one for one in self._waiting.get(shift_id, ()) if one[1] is not reply]
            if left:
                self._waiting[shift_id] = left
            else:
                self._waiting.pop(shift_id, None)
