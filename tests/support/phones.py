"""Phone numbers that are nobody's."""


def phones(number: int, start: int = 0) -> list[str]:
    """Give as many phone numbers, all different."""
    return [f"+1312{5_550_100 + start + one}" for one in range(number)]
