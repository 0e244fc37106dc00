"""Which messages the carrier is to be asked about, and when."""

from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush, nsmallest

from .hand_over import Job


class LookUps:
    """The soonest goes first. It has no clock; instants are handed in."""

    def __init__(self) -> None:
        self.jobs: list[tuple[datetime, int, Job]] = []

    @property
    def next_at(self) -> datetime | None:
        """When the carrier is next to be asked."""
        return self.jobs[0][0] if self.jobs else None

    def add(self, due_at: datetime, job: Job) -> None:
        """Have it asked at `due_at`."""
        heappush(self.jobs, (due_at, job.row.key, job))

    def due(self, at: datetime, most: int) -> list[Job]:
        """Give those whose time has come, at most so many, without taking them out."""
        if self.next_at is None or self.next_at > at or most <= 0:
            return []
        return [job for due_at, _, job in nsmallest(most, self.jobs) if due_at <= at]

    def begun(self) -> None:
        """Take the soonest out: the carrier is being asked."""
        heappop(self.jobs)

    def put_off(self, until: datetime) -> None:
        """Have all asked at one instant: the clock had run ahead. When they were handed over is not known by the right one."""
        jobs = sorted((job for *_, job in self.jobs), key=lambda job: job.row.key)
        self.jobs = [
            (until, job.row.key, replace(job, outbound=replace(job.outbound, since=None))) for job in jobs
        ]

    def clear(self) -> None:
        """Forget all."""
        self.jobs.clear()
