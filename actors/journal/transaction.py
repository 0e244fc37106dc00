"""One transaction over a batch of tasks."""

from collections.abc import Callable, Sequence
from sqlite3 import Cursor
from typing import Any

from .alert_port import AlertChanges
from .append_rows import AppendRows
from .deliveries import write_changes
from .numbers import Numbers
from .port import Append, Committed, Conflict, DeliveryChange, Outcome
from .settlement import Settlement
from .write_tasks import AppendTask, DeliveryTask, Task, WorkTask

CrashPoint = Callable[[str], None]


def run(
    cursor: Cursor, numbers: Numbers, tasks: Sequence[Task], crash_point: CrashPoint, alerts: AlertChanges
) -> list[Any]:
    """Write what can be written of the tasks, commit, and give each task its result, in order.

    `alerts` is told which alerts were opened and closed.

    Raises whatever went wrong; the transaction is then still open and must be rolled back.
    """
    results: list[Any] = [None] * len(tasks)
    changed_before = cursor.connection.total_changes
    cursor.execute("BEGIN IMMEDIATE")
    appends: list[tuple[int, AppendTask]] = []
    changes: list[DeliveryChange] = []
    for index, task in enumerate(tasks):
        match task:
            case AppendTask():
                appends.append((index, task))
            case DeliveryTask():
                changes.extend(task.changes)
            case WorkTask():
                results[index] = task.work(cursor, alerts)
    if changes:
        write_changes(cursor, changes, alerts)
    if appends:
        settlement = Settlement(cursor, [append for _, task in appends for append in task.appends])
        rows = AppendRows(cursor, numbers, alerts)
        for index, task in appends:
            results[index] = _settle_all(task.appends, settlement, rows)
        rows.write()
    number = numbers.commits
    # A transaction in which all was refused writes nothing, and waits for no disk.
    if cursor.connection.total_changes != changed_before:
        number = numbers.number_commit(cursor)
    crash_point("before commit")
    cursor.execute("COMMIT")
    numbers.commits = number
    crash_point("after commit")
    return results


def _settle_all(appends: Sequence[Append], settlement: Settlement, rows: AppendRows) -> list[Outcome]:
    """Settle one actor's decisions. What was decided on the events of a refused one is refused as well."""
    outcomes: list[Outcome] = []
    broken = False
    for append in appends:
        refusal = Conflict() if broken else settlement.refusal(append)
        if refusal is None:
            rows.add(append, settlement.keys)
            outcomes.append(Committed(append.expected + len(append.events)))
        else:
            broken = broken or bool(append.events)
            outcomes.append(refusal)
    return outcomes
