"""One line of what was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and how it is. `remedy` says what to do where something is `wrong`.

    What is neither right nor wrong, and has to be known all the same, is `doubtful`.
    """

    what: str
    said: str
    remedy: str = ""
    doubtful: bool = False

    @property
    def wrong(self) -> bool:
        """Whether something would fail."""
        return bool(self.remedy)

    def __str__(self) -> str:
        """Give it as people read it: two lines where something is to be done."""
        mark = "wrong" if self.wrong else "note" if self.doubtful else "ok"
        line = f"{mark:<5}  {self.what}: {self.said}"
        return f"{line}\n       -> {self.remedy}" if self.wrong else line
