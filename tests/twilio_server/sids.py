"""Identifiers in Twilio's shape: two letters and 32 hexadecimal digits."""

from random import Random


class Sids:
    """Gives identifiers, the same ones for the same seed."""

    def __init__(self, seed: int = 0) -> None:
        self._random = Random(f"sids of {seed}")

    def new(self, prefix: str) -> str:
        """Give one that was never given before."""
        return f"{prefix}{self._random.getrandbits(128):032x}"

    def uuid(self) -> str:
        """Give one in the shape of a UUID."""
        digits = self.new("")
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
