"""Words by which a calling off is told from what only sounds like one."""

from . import no_words
from .no_words import OTHERS
from .number_words import POLITE

NOT_BEHIND = OTHERS | {"is", "se"}
"""Behind these somebody else calls off."""
NOT_BEHIND_A_PAST = frozenset("@name got was were been being get getting am are".split())
"""Behind these somebody else has called off, or somebody was called off. "Ana calling off" is who writes."""
LEADING = frozenset(
    "i we you to want wants need have had going gonna mean meant meaning trying try planning plan asking ask ever please be"
    " voy a quiero quise pienso me vayan just actually really would will should could must do did".split()
)
DENIES = frozenset(
    "not never si nunca if unless whether how what before case might may maybe almost nearly".split()
)
"""Before `LEADING` words and a phrase these say that it has not come to that."""
WHO = frozenset("i we you u someone somebody anyone anybody else she he they @name".split())
TAKES = frozenset("cover take work do pick want".split())
"""What somebody else does with a shift that is called off, and its holder with one that they keep."""
VERBS = frozenset(
    "cancel cancelling canceling abort withdraw reschedule unbook drop release give giving back backing need want remove delete"
    " forget mind".split()
)
DETERMINERS = frozenset("my the that another our a an his her".split())
SHIFTS = frozenset(
    "shift shifts assignment booking schedule work visit case mine week weekend rest one slot yes @day @otherday @someday @part"
    " @otherpart @hours @start @mycode @code".split()
)
"""What is called off: not an appointment, nor plans."""
TAKES_BACK = frozenset("never nevermind forget abort".split())
BESIDE_TAKING_BACK = POLITE | no_words.AFTER_END | frozenset("it that actually ok okay oh well".split())
MENTIONS = frozenset("know shift accepted said".split())
"""Who only mentions what they accepted calls off by what follows."""
