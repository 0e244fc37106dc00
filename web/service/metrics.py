"""Figures for Prometheus, in a registry of the app's own: two apps in one process do not mix theirs."""

from collections.abc import Iterator
from threading import active_count

from prometheus_client import CollectorRegistry, Counter, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ...actors.desk.desk import ShiftDesk
from ...domain.answer import Answer, Status


class Metrics:
    """Counts what the app does, and reads how the desk does when it is asked."""

    def __init__(self, desk: ShiftDesk) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "firstyes_http_requests",
            "Requests answered, by operation and HTTP status.",
            ("operation", "status"),
            registry=self._registry,
        )
        self._inbound = Counter(
            "firstyes_inbound_answers",
            "Inbound messages answered, by what they were told.",
            ("status",),
            registry=self._registry,
        )
        self._by_status: dict[Status, Counter] = {
            status: self._inbound.labels(status.value) for status in Status
        }
        self._by_label: dict[tuple[str | None, str], Counter] = {}
        ProcessCollector(registry=self._registry)
        self._registry.register(_DeskCollector(desk))

    def count_request(self, operation: str | None, status: str) -> None:
        """Count one request; `operation` is None when none of ours was asked for."""
        counter = self._by_label.get((operation, status))
        if counter is None:
            # Both sets are small: the operations are ours, and so are the statuses.
            counter = self._requests.labels(operation or "none", status)
            self._by_label[operation, status] = counter
        counter.inc()

    def count_inbound(self, answer: Answer) -> None:
        """Count the answer to an inbound message."""
        self._by_status[answer.status].inc()

    def text(self) -> bytes:
        """Give all figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _DeskCollector(Collector):
    def __init__(self, desk: ShiftDesk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        health = self._desk.health()
        journal = health.journal
        yield _gauge("firstyes_ready", "1 when messages and orders are being taken.", health.ready)
        yield _gauge("firstyes_actors_awake", "Actors of shifts and conversations in memory.", health.awake)
        yield _gauge("firstyes_threads", "Threads of the process.", active_count())
        yield _gauge("firstyes_parked", "Shifts set aside after failing repeatedly.", len(health.parked))
        yield CounterMetricFamily(
            "firstyes_dead_letters", "Messages whose actor had stopped.", value=health.dead_letters
        )
        yield _gauge("firstyes_queued", "Messages waiting for the loop.", health.queued)
        yield _gauge(
            "firstyes_longest_turn_seconds",
            "The longest turn of the loop since the start.",
            health.longest_turn,
        )
        yield _gauge("firstyes_journal_bytes", "Size of the journal's files.", journal.size)
        yield _counts("firstyes_shifts", "Shifts, by status.", "status", "shifts.", journal.counts)
        yield _counts(
            "firstyes_outbox", "Outbound messages, by delivery.", "delivery", "outbox.", journal.counts
        )


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=float(value))


def _counts(name: str, text: str, label: str, prefix: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, count in counts.items():
        if key.startswith(prefix):
            family.add_metric([key.removeprefix(prefix)], count)
    return family
