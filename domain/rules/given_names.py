"""Given names people sign with."""

GIVEN_NAMES = frozenset(
    """
    maria jose juan ana carlos luis rosa carmen
    """.split()
)
