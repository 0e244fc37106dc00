"""Row 50: a desk that was started before a fork says so in the child, at once, and works on in the parent."""

import subprocess
import sys
from pathlib import Path

from support.patience import PATIENCE
from support.service import environment

STARTED = """
import os, signal, sys, time, warnings
warnings.simplefilter("ignore", DeprecationWarning)  # Python's own, of forks of processes with threads
from pathlib import Path
from firstyes import Forked, InboundMessage, JournalBusy, Organization, ShiftDesk, WebSettings, create_app

def in_a_child(work):
    child = os.fork()
    if child == 0:
        signal.alarm(250)
        code = 1
        try:
            work()
            code = 0
        except BaseException as error:
            print(type(error).__name__, error, flush=True)
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0, "the child failed"

def refused(call):
    try:
        call()
    except Forked as error:
        assert str(os.getppid()) in str(error) and "after the fork" in str(error), error
    else:
        raise AssertionError("it was not refused")

desk = ShiftDesk(Path(sys.argv[1]), patience=1000)
desk.start()
desk.put_organizations([Organization(id="lakeside")])
app = create_app(desk, WebSettings(open=True))
"""

EVERY_METHOD = """
def all_at_once():
    began = time.monotonic()
    for call in (
        lambda: desk.fan_out("s1"), lambda: desk.cancel("s1"), lambda: desk.release("s1"), lambda: desk.shift("s1"),
        lambda: desk.shifts(), lambda: desk.timeline("s1"), lambda: desk.alerts(), lambda: desk.start(),
        lambda: desk.receive(InboundMessage(from_phone="+13125550101", body="yes")), lambda: desk.settle(),
        lambda: desk.put_organizations([Organization(id="x")]), lambda: desk.journal, lambda: desk.__enter__(),
    ):
        refused(call)
    client = app.test_client()
    for path in ("/health", "/livez", "/readyz", "/shifts"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert "after the fork" in answer.json["detail"], path
    assert client.post("/shifts/s1/fanout").json["type"] == "urn:firstyes:problem:forked"
    assert client.get("/metrics").status_code == 200
    assert not desk.health().ready
    assert desk.close()
    assert time.monotonic() - began < 200

in_a_child(all_at_once)
# and the parent works on
assert desk.organization("lakeside") is not None
assert app.test_client().get("/readyz").status_code == 200
assert desk.close()
print("done")
"""

WORKERS_OF_ITS_OWN = """
import multiprocessing

def ask(queue):
    try:
        desk.shifts()
    except Forked as error:
        queue.put(str(error))

context = multiprocessing.get_context("fork")
queue = context.Queue()
worker = context.Process(target=ask, args=(queue,))
worker.start()
assert "forked" in queue.get(timeout=300)
worker.join(300)

def busy():
    desk.close()
    try:
        desk.start()
    except JournalBusy as error:
        assert str(os.getppid()) in str(error)
    else:
        raise AssertionError("two processes own one journal")

in_a_child(busy)
desk.close()
# A desk that was made before the fork and is started after it is a desk like any other.
later = ShiftDesk(Path(sys.argv[1]))

def after_the_fork():
    with later:
        assert later.organization("lakeside") is not None

in_a_child(after_the_fork)
print("done")
"""

DAEMON = """
child = os.fork()
if child == 0:
    signal.alarm(250)
    os.setsid()
    # The parent is gone without closing; its fork must not keep the journal from the next owner.
    while os.getppid() == parent:
        time.sleep(0.01)
    code = 1
    try:
        refused_here = False
        try:
            desk.shifts()
        except Forked:
            refused_here = True
        with ShiftDesk(Path(sys.argv[1])) as own:
            if refused_here and own.organization("lakeside") is not None:
                code = 0
                print("done", flush=True)
    except BaseException as error:
        print(type(error).__name__, error, flush=True)
    os._exit(code)
os._exit(0)
"""


def ran(code: str, store: Path) -> str:
    """Run a program of its own; give what it and its forks print."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(store)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_row_50_in_a_fork_everything_is_refused_at_once_and_the_parent_works_on(tmp_path: Path) -> None:
    assert ran(STARTED + EVERY_METHOD, tmp_path / "a.db").endswith("done\n")


def test_row_50_workers_that_a_pool_forks_are_refused_and_no_second_owner_comes_in(tmp_path: Path) -> None:
    assert ran(STARTED + WORKERS_OF_ITS_OWN, tmp_path / "a.db").endswith("done\n")


def test_row_50_a_daemon_that_forks_away_is_refused_and_can_start_a_desk_of_its_own(tmp_path: Path) -> None:
    assert ran("import os; parent = os.getpid()\n" + STARTED + DAEMON, tmp_path / "a.db").endswith("done\n")
