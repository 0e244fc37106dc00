"""What must hold at every step of a story, and what is said when it does not."""

from collections.abc import Callable
from enum import StrEnum

from firstyes.domain.errors import FirstyesError


class Rule(StrEnum):
    """What never may be otherwise. `tests/evidence/mutants/mutants.py` has, for each, a breakage of the real code that violates it."""

    # Who wins.
    ONE_CLAIM = "a shift has one unreleased claim at most"
    OFFERED = "the winner was offered this revision"
    ACTIVE = "the winner was active"
    WILLING = "the winner had not opted out"
    NO_OVERLAP = "nobody holds two shifts that overlap, unless a coordinator gives a reason"
    IN_TIME = "a shift is claimed before its offer ends"
    ONLY_A_YES = "only a yes claims, or a coordinator by hand"
    THE_CODE = "a code claims the shift it stands for"
    NO_GUESS = "a bare yes claims only what the last text named, and nothing while it can mean two things"
    GAVE_IT_BACK = "who gave a shift back is not offered it again"
    # What becomes of a shift.
    STATUS = "the status moves only as documented"
    VERSIONS = "versions have no gaps"
    ROWS = "rows are what events say"
    LIVE_STATE = "the state of a live actor is what is committed"
    REMEMBERED = "what is remembered of a phone is what is committed"
    NOT_EARLY = "no round starts or ends before its time"
    DEADLINE = "every open shift has a live deadline"
    DEADLINE_MET = "a deadline is met"
    ALERTED = "a shift that nobody took has called its coordinator"
    CODES = "a code of a phone means one offer"
    ALL_ASKED = "everybody who qualifies is asked, and before it is said that nobody took it"
    # What people are told.
    YOURS = "only a winner is told to have the shift"
    TOLD = "every late yes is told the truth"
    TOLD_ONCE = "nobody is told twice that they were late"
    CALLED_OFF = "whoever was offered a shift that is called off is told, once"
    OFFERED_ONCE = "a shift is offered to nobody twice in a round"
    CLOSED = "no offer is sent after its fan-out closed"
    BEGUN = "no offer is sent after it ended"
    DECLINED = "who said no is not offered it again"
    INACTIVE = "who is not active is offered nothing"
    OPTED_OUT = "who opted out is neither texted nor called"
    DOUBTED = "nothing about a shift is sent to a number in doubt"
    NOT_CALLED = "who wants no calls is not called"
    BUSY = "who is busy is offered nothing before they are free"
    MOVED = "nothing about a shift is sent to a former phone"
    HEARD = "no message passes unheard"
    TRUE_WHEN_SENT = "what is said of who has a shift is true when it is sent"
    IN_ORDER = "texts about one shift to one phone arrive in order"
    NOT_TOLD = "a person is called when a text that matters did not reach the one it was for"
    ON_CALL = "an alert that nobody sees to reaches the next on call in time, and not before"
    CALLED_ONCE = "nobody is told twice of the same step of an alert"
    SEEN_TO = "what somebody sees to is told to nobody any more"
    ONE_ALERT = "an alert is open while its cause is there, and one on a matter"
    # Messages.
    AS_WRITTEN = "what is sent is what was committed, to whom it was meant for"
    SENT_ONCE = "no message goes to the carrier twice"
    SENT = "what counts as sent has been sent, and nothing else has"
    DELIVERY = "a message that has ended stays ended"
    ENDS = "every message ends"
    ACKNOWLEDGED = "what was acknowledged is on disk"
    SAME_ANSWER = "a second delivery gets the same answer"
    # The house.
    EVENTS_ONCE = "who follows all events gets each once, in order"
    NO_FAILURE = "no handler fails"
    REST = "the service comes to rest"


Report = Callable[[Rule, str], None]
"""Is told of a rule that does not hold, and of what shows it."""


class Violation(FirstyesError):
    """Raised when a rule does not hold. It may come from another process."""

    def __init__(self, rule: Rule, details: str) -> None:
        super().__init__(rule, details)
        self.rule, self.details = rule, details

    def __str__(self) -> str:
        return f"{self.rule}: {self.details}"
