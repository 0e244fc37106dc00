"""Hundreds of threads that ask the desk and note when they asked, when it answered, and what."""

from dataclasses import dataclass
from enum import Enum
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.message import InboundMessage

from ..linearizability import Said

LONGEST = 300.0
"""Seconds for which an answer is waited for."""


class What(Enum):
    """What is asked."""

    YES = "yes"
    NO = "no"
    RELEASE = "release"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask. Two with the same `message_id` are one message that the carrier delivered twice."""

    what: What
    shift_id: str
    message_id: str
    caregiver: str = ""
    phone: str = ""
    by_code: bool = False
    """Whether to say which shift is meant, by the code of the latest offer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it, in seconds of the monotonic clock.

    `said` is None when no shift was meant: a no, a code that had just been replaced, or a yes whose writer is asked whether
    they mean it, since they had said no and nothing has named the shift to them since. `wrong` says what must not have
    been answered.
    """

    ask: Ask
    began: float
    ended: float
    said: Said | None
    wrong: str | None = None


class Callers:
    """Threads that take what is to be asked from one queue, each as soon as it has had its last answer."""

    def __init__(self, desk: ShiftDesk, number: int) -> None:
        self._desk = desk
        self._bodies: dict[str, str] = {}
        self._asks: SimpleQueue[Ask | None] = SimpleQueue()
        self._asked: SimpleQueue[Asked] = SimpleQueue()
        self._threads = [Thread(target=self._run, name=f"caller-{one}", daemon=True) for one in range(number)]
        for thread in self._threads:
            thread.start()

    def ask(self, asks: list[Ask]) -> None:
        """Give out what is to be asked; it is begun at once."""
        for one in asks:
            self._asks.put(one)

    def next(self) -> Asked:
        """Wait for the next answer. Raises `queue.Empty` when none comes for very long."""
        return self._asked.get(timeout=LONGEST)

    def close(self) -> None:
        """Send the threads home."""
        for _ in self._threads:
            self._asks.put(None)
        for thread in self._threads:
            thread.join(LONGEST)

    def _run(self) -> None:
        # No timeout: a thread has nothing else to do, and `close` sends each a None.
        while (ask := self._asks.get()) is not None:
            began = monotonic()
            said: Said | None
            try:
                said, wrong = self._put(ask)
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the findings
                said, wrong = Said.UNKNOWN, f"no answer but {type(error).__name__}: {error}"
            self._asked.put(Asked(ask, began, monotonic(), said, wrong))

    def _put(self, ask: Ask) -> tuple[Said | None, str | None]:
        if ask.what is What.RELEASE:
            refusal = self._desk.release(ask.shift_id).refusal
            wrong = None if refusal in (None, Refusal.NOT_CLAIMED) else f"a release was refused: {refusal}"
            return (Said.NOTHING_TO_RELEASE if refusal else Said.RELEASED), wrong
        if ask.what is What.CANCEL:
            refusal = self._desk.cancel(ask.shift_id).refusal
            wrong = None if refusal in (None, Refusal.NEEDS_CONFIRMATION) else f"a cancellation: {refusal}"
            return (Said.HELD if refusal else Said.CANCELLED), wrong
        message = InboundMessage(from_phone=ask.phone, body=self._body(ask), message_id=ask.message_id)
        answer = self._desk.receive(message)
        if answer.shift_id is None and answer.status in (NO_SHIFT if ask.by_code else ASKED_BACK):
            return None, None
        if ask.what is What.NO:
            return (
                None,
                None if answer.status is Status.ACKNOWLEDGED else f"a no was answered {answer.status}",
            )
        said = YES_MEANS.get(answer.status, Said.UNKNOWN)
        if said is Said.UNKNOWN or answer.shift_id != ask.shift_id:
            return (
                Said.UNKNOWN,
                f"a yes was answered {answer.status}, about {answer.shift_id}: {answer.message}",
            )
        return said, None

    def _body(self, ask: Ask) -> str:
        if not ask.by_code:
            return ask.what.value
        contact = self._desk.journal.contact(ask.phone, None, self._desk.clock.now())
        offers = contact.offers if contact is not None else ()
        body = " ".join([ask.what.value, *(one.code for one in offers if one.shift_id == ask.shift_id)])
        # A message that is delivered twice says the same both times.
        return self._bodies.setdefault(ask.message_id, body)


NO_SHIFT = (Status.CLARIFY, Status.NO_ACTION)
ASKED_BACK = (Status.CLARIFY,)

YES_MEANS = {
    Status.SUCCESS: Said.WON,
    Status.ALREADY_CLAIMED: Said.LOST,
    Status.NO_ACTION: Said.NOT_FOR_THEM,
}
