"""A process killed at its worst moments: before the commit nothing is kept, after it everything is."""

import signal
import subprocess
import sys

import pytest

from firstyes.domain.policy import Channel
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import Kept
from support.patience import PATIENCE

CLAIM_AND_DIE = """
import os, signal, sys
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Kept

url, wanted = sys.argv[1:]
armed = []

def crash_point(point):
    if armed and point == wanted:
        os.kill(os.getpid(), signal.SIGKILL)

journal = SqliteJournal.open(url, crash_point=crash_point)
kept = Kept(journal)
armed.append(True)
kept.claim("alma")
"""


@pytest.mark.fault(3)
@pytest.mark.fault(4)
@pytest.mark.parametrize(
    ("point", "status", "due"),
    [("before commit", ShiftStatus.OFFERING, 2), ("after commit", ShiftStatus.CLAIMED, 3)],
)
def test_what_a_killed_process_leaves_behind(
    kept: Kept, store, point: str, status: ShiftStatus, due: int
) -> None:
    # given
    kept.offer()
    kept.journal.close()
    # when
    died = subprocess.run(
        [sys.executable, "-c", CLAIM_AND_DIE, store.url, point],
        cwd=__file__.rpartition("/journal/")[0],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    # then
    assert died.returncode == -signal.SIGKILL, died.stderr
    journal = store.open()
    record = journal.shift("s1")
    assert record is not None
    assert record.status is status
    assert len(journal.due(Channel.SMS, kept.now, 10)) == due
    assert len(journal.messages("s1", None, None, 10).items) == due + (status is ShiftStatus.CLAIMED)
    assert (store.rows("SELECT count(*) FROM claims") == [(1,)]) == (status is ShiftStatus.CLAIMED)
