"""Writes a story: what people, coordinators and bad luck do, day after day."""

from collections.abc import Iterator
from random import Random

from .agency import ROLES, Agency, found
from .stimulus import DAY, Kind, Stimulus, Story

MINUTE, HOUR = 60.0, 3_600.0

YESES = (
    "YES {code}", "YES {code}", "yes {code}", "YES", "yes", "Yes I'll take it", "si {code}", "SI", "{code}", "Y {code}",
    "ok",
)  # fmt: skip
MERE_OK = "ok"
"""Takes a shift only as the answer to an offer or a question, and never after a no."""
NOES = ("NO {code}", "no {code}", "NO", "no thanks")
TALK = (
    "yes but only after 3pm", "what is the address?", "busy till 7", "I can only do it till 9", "maybe", "I can't say yes", "HELP",
    "running late", "can't make it after all", "YES 9999", "NO 9998", "thank you", "wrong number",
    "don't call, text is fine", "call me",
)  # fmt: skip
THANKS = "thank you"
SECOND_THOUGHTS = (
    "can't make it after all",
    "running late",
    "NO {code}",
    "YES {code}",
    "STOP",
    "call me",
    "ok",
    "NO",
)
WINNER = "winner"
"""Stands for whoever has won the shift by then."""

MAY_CLAIM = frozenset(YESES)
"""Texts of which a claim may come; of no other text."""

CRASH_POINTS = (
    "journal before commit", "journal after commit",
    "outbox before marking", "outbox before hand-over", "outbox after hand-over", "turn",
)  # fmt: skip
BAD_CARRIERS = (
    "down", "losing before", "losing after", "losing after", "busy", "slow", "deaf", "limited", "refusing for good",
)  # fmt: skip


def write(seed: int, days: float, *, twilio: bool = False) -> Story:
    """Write the story that belongs to a seed; the same one every time."""
    dice = Random(f"{seed}/script")
    return Story(seed, tuple(sorted(_Script(dice, found(seed)).days(days))), twilio)


class _Script:
    def __init__(self, dice: Random, agency: Agency) -> None:
        self._dice = dice
        self._agency = agency
        self._number = 0
        self._candidates = {
            (organization.id, role): agency.with_role(organization.id, role)
            for organization in agency.organizations
            for role in ROLES
        }

    def days(self, days: float) -> Iterator[Stimulus]:
        for day in range(max(1, round(days))):
            begin = day * DAY
            for _ in range(self._dice.randint(8, 12)):
                yield from self._shift(begin)
            yield from self._people(begin)
            yield from self._bad_luck(begin)

    def _make(self, at: float, kind: Kind, **more: str | float) -> Stimulus:
        self._number += 1
        return Stimulus(round(at, 1), self._number, kind, **more)  # type: ignore[arg-type]

    def _shift(self, begin: float) -> Iterator[Stimulus]:
        dice = self._dice
        organization = "northside" if dice.random() < 0.15 else "lakeside"
        role = dice.choice(ROLES)
        # Seconds apart at the most: what happens together is where things go wrong.
        posted = begin + dice.uniform(5, 22) * HOUR
        ahead = dice.choice((0.5, 1, 2, 2, 4, 8, 24, 48)) * HOUR * dice.uniform(0.6, 1.4)
        lasts = dice.choice((4, 8, 8, 8, 12)) * HOUR
        shift = f"s{self._number + 1}"
        post = self._make(posted, Kind.POST, who=organization, shift=shift, text=role, one=ahead, two=lasts)
        yield post
        if dice.random() < 0.04:
            yield self._disk(posted - 0.5)
        offered = posted + dice.choice((0.0, 1.0, 30.0, 10 * MINUTE))
        if dice.random() < 0.03:
            return
        for _ in range(2 if dice.random() < 0.15 else 1):
            yield self._make(offered, Kind.FAN_OUT, shift=shift)
        if dice.random() < 0.3:
            yield self._make(offered + dice.uniform(0.2, 1.5) * HOUR, Kind.FAN_OUT, shift=shift)
        yield from self._replies(shift, (organization, role), offered)
        yield from self._coordinator(post, offered)
        if dice.random() < 0.15:
            yield from self._twin(post, offered)

    def _twin(self, post: Stimulus, offered: float) -> Iterator[Stimulus]:
        """A second shift of the same kind at the same time: who may take one may take the other, but not both."""
        dice = self._dice
        twin = f"s{self._number + 1}"
        yield self._make(
            post.at + 1, Kind.POST, who=post.who, shift=twin, text=post.text, one=post.one, two=post.two
        )
        yield self._make(offered + 1, Kind.FAN_OUT, shift=twin)
        candidates = self._candidates[post.who, post.text]
        if not candidates:
            return
        eager, unclear = dice.choice(candidates).id, dice.choice(candidates).id
        at = offered + dice.choice((2.0, 40.0))
        for shift in (post.shift, twin):
            yield self._say(at, eager, shift, "YES {code}")
        yield self._say(
            at + dice.choice((0.0, 5.0, 5 * MINUTE)), unclear, twin, dice.choice(("YES", "yes", "SI"))
        )
        yield from self._replies(twin, (post.who, post.text), offered + 1)

    def _replies(self, shift: str, which: tuple[str, str], offered: float) -> Iterator[Stimulus]:
        dice = self._dice
        candidates = self._candidates[which]
        if not candidates:
            return
        # Many answer in a bundle, in the very same instant.
        rush = offered + dice.choice((0.0, 5.0, 9.5 * MINUTE, 10 * MINUTE, 10 * MINUTE + 1))
        if dice.random() < 0.04:
            # Whoever wins is not told.
            yield self._make(rush - 0.5, Kind.CARRIER, text="refusing for good", one=MINUTE)
        elif dice.random() < 0.04:
            # Whoever wins loses it before they can be told.
            ill = dice.choice(("down", "busy"))
            yield self._make(rush - 0.5, Kind.CARRIER, text=ill, one=15 * MINUTE)
            later = dice.choice((2.0, 5 * MINUTE))
            yield self._make(rush + later, Kind.RELEASE, shift=shift)
        if dice.random() < 0.06:
            yield self._disk(rush - 0.5)
        for one in dice.sample(candidates, min(len(candidates), dice.choice((0, 1, 2, 4, 6, 9)))):
            at = rush if dice.random() < 0.35 else offered + dice.expovariate(1 / (8 * MINUTE))
            if dice.random() < 0.08:
                at += dice.uniform(0.3, 6) * HOUR
            roll = dice.random()
            texts = YESES if roll < 0.5 else NOES if roll < 0.8 else TALK
            yield self._say(at, one.id, shift, dice.choice(texts))
            if dice.random() < 0.25:
                # A second thought, or the same words again.
                soon = at + dice.choice((0.0, 1.0, 40.0, 5 * MINUTE))
                yield self._say(soon, one.id, shift, dice.choice(YESES + NOES))

        if dice.random() < 0.12:
            yield from self._moves(shift, dice.choice(candidates).id, offered)
        if dice.random() < 0.15:
            yield from self._leaves(shift, dice.choice(candidates).id, offered)

    def _leaves(self, shift: str, who: str, offered: float) -> Iterator[Stimulus]:
        """Somebody opts out, or is made inactive, in the middle of an offer, and often answers it all the same."""
        dice = self._dice
        gone = offered + dice.choice((1.0, MINUTE, 5 * MINUTE, dice.uniform(0, 20) * MINUTE))
        back = gone + dice.uniform(0.2, 60) * HOUR
        if dice.random() < 0.5:
            yield self._say(gone, who, shift, "STOP")
            yield self._say(back, who, shift, dice.choice(("START", "START", "YES {code}")))
        else:
            yield self._make(gone, Kind.ACTIVE, who=who, text="no")
            yield self._make(back, Kind.ACTIVE, who=who, text="yes")
        if dice.random() < 0.7:
            yield self._say(gone + dice.choice((1.0, 1.0, 30.0, 11 * MINUTE)), who, shift, "YES {code}")

    def _say(self, at: float, who: str, shift: str, text: str) -> Stimulus:
        again = self._dice.choice((0.0, 1.0, 30.0, HOUR)) if self._dice.random() < 0.15 else 0.0
        if text in TALK and self._dice.random() < 0.3:
            text = "YES {code}"
        return self._make(at, Kind.SAY, who=who, shift=shift, text=text, one=again)

    def _coordinator(self, post: Stimulus, offered: float) -> Iterator[Stimulus]:
        dice, shift = self._dice, post.shift
        if dice.random() < 0.08:
            at = offered + dice.choice((0.0, 5.0, 10 * MINUTE, 40 * MINUTE))
            yield self._make(at, Kind.CANCEL, shift=shift)
            if dice.random() < 0.5:
                yield self._make(at + 20, Kind.CANCEL, shift=shift, text="confirm")
        if dice.random() < 0.12:
            at = offered + dice.choice((5.0, 11 * MINUTE, 25 * MINUTE, post.one + 20 * MINUTE))
            named = dice.choice(("", "", WINNER, dice.choice(self._agency.caregivers).id))
            for _ in range(2 if dice.random() < 0.2 else 1):
                yield self._make(at, Kind.RELEASE, shift=shift, who=named)
            if dice.random() < 0.5:
                yield self._say(at + dice.choice((1.0, 60.0)), WINNER, shift, "YES {code}")
        if dice.random() < 0.08:
            at = offered + dice.uniform(0, 60) * MINUTE
            yield self._say(at, WINNER, shift, dice.choice(SECOND_THOUGHTS))
        if dice.random() < 0.12:
            yield from self._by_hand(post, offered)
        if dice.random() < 0.1:
            # Nobody came, or the plan came late.
            yield self._make(post.at + post.one + dice.uniform(-4, 90) * MINUTE, Kind.FAN_OUT, shift=shift)
        if dice.random() < 0.06:
            at = offered + dice.choice((-1.0, 1.0, 25 * MINUTE))
            starts = post.one + dice.choice((0, 1800, 7200))
            yield self._make(
                at, Kind.POST, who=post.who, shift=shift, text=post.text, one=starts, two=post.two
            )
            candidates = self._candidates[post.who, post.text]
            if candidates:
                yield self._say(at + 30, dice.choice(candidates).id, shift, "YES {code}")
            yield self._make(at + dice.choice((60, 20 * MINUTE)), Kind.FAN_OUT, shift=shift)

    def _by_hand(self, post: Stimulus, offered: float) -> Iterator[Stimulus]:
        """The coordinator gives the shift to somebody, to whoever was just taken off it among others."""
        dice, candidates = self._dice, self._candidates[post.who, post.text]
        if not candidates:
            return
        at = offered + dice.choice((0.0, 5.0, 12 * MINUTE, 40 * MINUTE, post.one + 10 * MINUTE))
        who = WINNER if dice.random() < 0.3 else dice.choice(candidates).id
        if who == WINNER:
            yield self._make(at - 1, Kind.RELEASE, shift=post.shift)
        reason = "they agreed" if dice.random() < 0.3 else ""
        yield self._make(at, Kind.ASSIGN, who=who, shift=post.shift, text=reason)
        if dice.random() < 0.5:
            yield self._say(at + dice.choice((1.0, 30.0)), WINNER, post.shift, dice.choice(SECOND_THOUGHTS))

    def _moves(self, shift: str, who: str, offered: float) -> Iterator[Stimulus]:
        """Somebody wants no calls, or their phone is corrected, or turns out to be right after all."""
        dice = self._dice
        at, roll = offered + dice.choice((1.0, 3 * MINUTE, 12 * MINUTE)), dice.random()
        if roll < 0.3:
            yield self._make(at, Kind.SAY, who=who, shift=shift, text="don't call, text is fine")
            return
        if roll < 0.6:
            yield self._say(at, who, shift, "wrong number")
            yield self._make(at + dice.choice((MINUTE, 5 * HOUR)), Kind.CONFIRM, who=who)
        else:
            yield self._make(at, Kind.PHONE, who=who, text=f"+1414{5_550_000 + self._number:07}")
        yield self._say(at + dice.choice((1.0, 2 * MINUTE)), who, shift, dice.choice(YESES))

    def _disk(self, at: float) -> Stimulus:
        """The next commits fail."""
        text, times = self._dice.choice(("full", "late", "unsure")), self._dice.choice((1, 2, 5))
        return self._make(at, Kind.JOURNAL, text=text, one=times)

    def _people(self, begin: float) -> Iterator[Stimulus]:
        dice = self._dice
        for _ in range(2):
            who = dice.choice(self._agency.caregivers).id
            at = begin + dice.uniform(5, 22) * HOUR
            yield self._make(at, Kind.ACTIVE, who=who, text="no")
            yield self._make(
                at + dice.choice((10 * MINUTE, 5 * HOUR, 2 * DAY)), Kind.ACTIVE, who=who, text="yes"
            )

    def _bad_luck(self, begin: float) -> Iterator[Stimulus]:
        dice = self._dice
        for _ in range(dice.randint(1, 3)):
            down = dice.choice((1.0, 20.0, 20.0, 15 * MINUTE, 6 * HOUR))
            at = begin + dice.uniform(5, 22) * HOUR
            if down > HOUR and dice.random() < 0.5:
                # Then much waits to be sent when the process comes back.
                yield self._make(at - 20 * MINUTE, Kind.CARRIER, text="down", one=HOUR)
            yield self._make(
                at,
                Kind.CRASH,
                text=dice.choice(CRASH_POINTS),
                who="again" if dice.random() < 0.2 else "",
                one=dice.choice((1, 1, 2, 3, 7)),
                two=down,
            )
        if dice.random() < 0.6:
            ill = dice.choice(BAD_CARRIERS)
            lasts = dice.uniform(5, 60) * MINUTE
            yield self._make(begin + dice.uniform(5, 22) * HOUR, Kind.CARRIER, text=ill, one=lasts)
        if dice.random() < 0.4:
            yield self._disk(begin + dice.uniform(5, 22) * HOUR)
        if dice.random() < 0.1:
            by = dice.choice((-7200.0, -600.0, -30.0, 30.0, 1200.0, 7200.0))
            yield self._make(begin + dice.uniform(5, 22) * HOUR, Kind.CLOCK, one=by)
