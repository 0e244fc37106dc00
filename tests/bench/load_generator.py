"""A closed-loop HTTP/1.1 load generator: one process, one thread, raw sockets and epoll.

Every connection stays open and carries one request at a time; the next one leaves when the answer is complete.
Requests are bytes prepared before the clock starts, and answers are read (status, who won) after it has stopped,
so that what is measured is the server.
"""

import gc
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ANSWER_BYTES: Final = 65536
STALLED_S: Final = 10.0
END_OF_HEAD: Final = b"\r\n\r\n"


class LoadError(Exception):
    """Raised when a server cannot be measured: it refuses, hangs up, stalls, or answers what cannot be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete answer: which request it belongs to, its raw bytes, and how long it took in seconds.

    `counted` is False for what came back after the window had closed: it is verified, but not in the rate.
    """

    request: int
    raw: bytes
    seconds: float
    counted: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What one run did: its answers, the length of the window and the generator's own processor time, in seconds."""

    answers: tuple[Answer, ...]
    window_s: float
    own_cpu_s: float

    @property
    def counted(self) -> int:
        """How many answers were complete inside the window."""
        return sum(1 for answer in self.answers if answer.counted)

    @property
    def rate(self) -> float:
        """Requests answered per second of the window."""
        return self.counted / self.window_s if self.window_s else 0.0

    @property
    def busy(self) -> float:
        """Share of the window that the generator itself was computing; near 1.0 it is what limits the rate."""
        return self.own_cpu_s / self.window_s if self.window_s else 0.0

    def latency_ms(self, quantile: float) -> float:
        """The latency in milliseconds below which `quantile` (0 to 1) of the counted answers lie."""
        ordered = sorted(answer.seconds for answer in self.answers if answer.counted)
        if not ordered:
            return 0.0
        return 1000 * ordered[min(len(ordered) - 1, int(quantile * len(ordered)))]


class LoadGenerator:
    """Holds `connections` open connections to one server and drives runs over them.

    Raises LoadError when the server does not accept them. A run that fails leaves the connections unusable:
    close the generator.
    """

    def __init__(self, port: int, connections: int, host: str = "127.0.0.1") -> None:
        self._sockets: list[socket.socket] = []
        self._epoll = select.epoll()
        try:
            for _ in range(connections):
                self._sockets.append(self._connect(host, port))
        except OSError as error:
            self.close()
            raise LoadError(f"no connection to {host}:{port}: {error}") from error

    def _connect(self, host: str, port: int) -> socket.socket:
        connection = socket.create_connection((host, port), timeout=STALLED_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        self._epoll.register(connection.fileno(), select.EPOLLIN)
        return connection

    def close(self) -> None:
        """Close every connection. May be called twice."""
        for connection in self._sockets:
            connection.close()
        self._sockets.clear()
        self._epoll.close()

    def run(self, requests: Sequence[bytes], first: int, seconds: float) -> Load:
        """Send `requests[first:]` in order for `seconds`, or until they are used up.

        What is in flight when the window closes is waited for, and answered for as not counted. Raises LoadError
        when a connection breaks, or when nothing is answered for ten seconds.
        """
        gc.collect()
        gc.disable()
        try:
            return self._run(requests, first, seconds)
        except OSError as error:
            raise LoadError(f"a connection broke: {error}") from error
        finally:
            gc.enable()

    def _run(self, requests: Sequence[bytes], first: int, seconds: float) -> Load:
        clock = time.perf_counter
        poll = self._epoll.poll
        by_fd = {connection.fileno(): connection for connection in self._sockets}
        receive = {fd: connection.recv for fd, connection in by_fd.items()}
        send = {fd: connection.send for fd, connection in by_fd.items()}
        in_flight: dict[int, int] = {}
        sent_at: dict[int, float] = {}
        partial: dict[int, bytes] = {}
        answered: list[int] = []
        raws: list[bytes] = []
        latencies: list[float] = []
        upcoming, end = first, len(requests)
        cpu_before = time.process_time()
        started = clock()
        deadline = started + seconds
        for fd in by_fd:
            if upcoming == end:
                break
            in_flight[fd], sent_at[fd] = upcoming, clock()
            send_whole(send[fd](requests[upcoming]), requests[upcoming])
            upcoming += 1
        counted = -1
        stopped = cpu_after = 0.0
        while in_flight:
            ready = poll(STALLED_S)
            if not ready:
                raise LoadError(f"{len(in_flight)} requests had no answer for {STALLED_S:.0f} s")
            for fd, _ in ready:
                raw = receive[fd](ANSWER_BYTES)
                if not raw:
                    raise LoadError("the server hung up")
                if fd in partial:
                    raw = partial.pop(fd) + raw
                if not is_complete(raw):
                    partial[fd] = raw
                    continue
                now = clock()
                if counted < 0 and (now >= deadline or upcoming == end):
                    # An answer that arrives with the bell is not counted: the window ends before it.
                    counted, stopped, cpu_after = len(raws), now, time.process_time()
                answered.append(in_flight[fd])
                raws.append(raw)
                latencies.append(now - sent_at[fd])
                if counted >= 0:
                    del in_flight[fd]
                    continue
                request = requests[upcoming]
                in_flight[fd] = upcoming
                upcoming += 1
                sent_at[fd] = now
                send_whole(send[fd](request), request)
        answers = tuple(
            Answer(request, raw, latency, position < counted)
            for position, (request, raw, latency) in enumerate(zip(answered, raws, latencies, strict=True))
        )
        return Load(answers, stopped - started, cpu_after - cpu_before)


def send_whole(sent: int, request: bytes) -> None:
    """Refuse a short write, with LoadError: a request is far smaller than any socket's buffer."""
    if sent != len(request):
        raise LoadError(f"only {sent} of {len(request)} bytes were taken")


def is_complete(raw: bytes) -> bool:
    """Whether `raw` is a whole answer. Raises LoadError on one that does not give its length."""
    head = raw.find(END_OF_HEAD)
    if head < 0:
        return False
    field = raw.find(b"ontent-", 0, head)
    while field >= 0:
        # Servers differ in how they capitalise, and Content-Type may come first.
        if raw[field + 7 : field + 14].lower() == b"length:":
            line_end = raw.find(b"\r\n", field)
            return len(raw) - head - 4 >= int(raw[field + 14 : line_end])
        field = raw.find(b"ontent-", field + 7, head)
    raise LoadError(f"an answer without Content-Length: {raw[:head]!r}")
