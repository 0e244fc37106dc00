"""The load generator's own ceiling: what it drives against a server that does next to nothing."""

import multiprocessing
import os
import select
import socket
import statistics
from dataclasses import dataclass
from multiprocessing.connection import Connection

from .load_generator import LoadGenerator
from .pinning import Pinning, kept_on
from .sizes import SIZES
from .traffic import Traffic

BODY = b'{"status":"success","message":"You have the shift."}'
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY)
) + BODY


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The generator's highest rate in requests/s, and the processor time one request costs it, in microseconds."""

    connections: int
    rate: float
    own_us: float


def measure_ceiling(connections: int, seconds: float = 1.0, repeats: int = 3) -> Ceiling:
    """Drive the trivial server, pinned apart from the generator, and take the median run."""
    ours, theirs = multiprocessing.Pipe()
    pinning = Pinning.apart()
    server = multiprocessing.get_context("fork").Process(
        target=answer_everything, args=(theirs,), daemon=True
    )
    with kept_on(pinning.server):
        server.start()
    try:
        with kept_on(pinning.generator):
            generator = LoadGenerator(ours.recv(), connections)
            traffic = Traffic(SIZES[0], port=0, count=int(100_000 * seconds))
            runs = [generator.run(traffic.requests, 0, seconds) for _ in range(repeats)]
            generator.close()
    finally:
        server.kill()
        server.join()
    return Ceiling(
        connections,
        statistics.median(run.rate for run in runs),
        statistics.median(1e6 * run.own_cpu_s / run.counted for run in runs),
    )


def answer_everything(ready: Connection) -> None:
    """Serve the same answer to whatever arrives, one read and one write a request. Never returns."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    epoll = select.epoll()
    epoll.register(listener.fileno(), select.EPOLLIN)
    clients: dict[int, socket.socket] = {}
    ready.send(listener.getsockname()[1])
    while True:
        for fd, _ in epoll.poll():
            if fd == listener.fileno():
                client, _ = listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                clients[client.fileno()] = client
                epoll.register(client.fileno(), select.EPOLLIN)
            elif os.read(fd, 65536):
                os.write(fd, ANSWER)
            else:
                epoll.unregister(fd)
                clients.pop(fd).close()
