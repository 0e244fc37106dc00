"""A server that is frozen (SIGSTOP) while deadlines pass and people answer, and woken."""

import pytest

from evidence.freeze import freeze

pytestmark = pytest.mark.server


@pytest.mark.fault(44)
def test_what_fell_due_while_it_was_frozen_happens_once_in_order_and_nobody_is_told_twice() -> None:
    found = freeze((3.0,), lambda done: None)

    assert found.holds, "\n".join(found.problems)
