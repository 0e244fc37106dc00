"""What a fuzzer that works finds within seconds, with nothing to begin with. It is no part of the proof."""

from .target import Target


def attempt(data: bytes) -> None:
    """Raise at one text of eight bytes: blind chance would need years for it."""
    if data[:4] == b"YES " and data[4:6] == b"27" and data[6:7] == b"\n":
        assert data[7:] != b"?"


PLANTED = Target("planted", "Nothing: what breaks it has to be found.", attempt, list, 8)
