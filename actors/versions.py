"""How often what belongs to an organization has changed, counted in memory: who looks again need not ask the journal."""

from collections import Counter
from collections.abc import Collection

from .contacts import Touched


class Versions:
    """A number for each organization that grows with each commit that changes something of it.

    The loop counts, after the commit; any thread may ask. The numbers begin anew with each start.
    """

    def __init__(self) -> None:
        self._of: Counter[str] = Counter()
        self._of_all = self._of_unknown = 0

    def changed(self, touched: Touched) -> None:
        """Count a commit."""
        if touched.organizations or touched.elsewhere or touched:
            self._of_all += 1
        if touched.elsewhere or touched.everybody:
            self._of_unknown += 1
        for one in touched.organizations:
            self._of[one] += 1

    def of(self, organization_ids: Collection[str] | None) -> int:
        """Give a number that has grown when something of these, or of any where it is None, has changed."""
        if organization_ids is None:
            return self._of_all
        return self._of_unknown + sum(self._of[one] for one in organization_ids)
