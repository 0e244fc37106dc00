"""What the auditor says when something that must hold does not."""

from ..domain.errors import FirstyesError


class Violation(FirstyesError):
    """Raised when an invariant does not hold; `rule` names it in a few words."""

    def __init__(self, rule: str, details: str) -> None:
        super().__init__(f"{rule}: {details}")
        self.rule = rule
