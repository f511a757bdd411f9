"""What of a question, or of the index, may be shown side by side: everybody, some functions, or both.

A reader can take what is shown of functions from what is shown of everybody. So those who are left over are held to the
rules for what is shown; where they fail them, either the whole is withheld or the functions are (docs/decisions).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.people import Function
from bot.surveys.release.tallies import Parted, Scores, Tally
from bot.surveys.release.values import Reason

FEWEST_OF_FUNCTION = 5  # people: with fewer, however low the threshold, a function is always almost of one mind
SMALL = 10  # people: below this nothing is shown that says of a group that it is almost of one mind
PAIR = frozenset({Function.PROCUREMENT, Function.DIGITAL})  # the comparison that surveys are made for


class Reach(Enum):
    """Of whom a round tells, from most to least."""

    ALL = "everybody and each function"
    SIDES = "procurement and digital, without everybody, from whom the few others could be worked out"
    PAIR = "procurement and digital, without everybody, who are too close to an earlier round"
    WHOLE = "everybody, without functions, that are too close to an earlier round"

    @property
    def reason(self) -> Reason:
        """Why no more is told."""
        return Reason.CLOSE if self in (Reach.PAIR, Reach.WHOLE) else Reason.PROTECTS


@dataclass(frozen=True)
class Showing:
    """What may be shown of one question: everybody (`whole`), and which functions. `reason` is why no more is.

    `is_alike` says that everybody may be told of by a word alone.
    """

    whole: bool
    functions: frozenset[Function] = frozenset()
    reason: Reason = Reason.PROTECTS
    is_alike: bool = False

    def within(self, other: Showing) -> Showing:
        """What both may show."""
        reason = other.reason if self.whole else self.reason
        return Showing(
            self.whole and other.whole, self.functions & other.functions, reason, self.is_alike or other.is_alike
        )


def showing(
    parted: Parted[Tally] | Parted[Scores],
    threshold: int,
    reach: Reach,
    *,
    some_are_hidden: bool,
    barred: frozenset[Function] = frozenset(),
) -> Showing:
    """The most that may be shown. `some_are_hidden` tells whether the round withholds the function of anybody.

    Functions that are `barred` are not shown for another reason.

    Within `reach`, the first choice is everybody and each function that may be shown; the second the functions without
    the whole, if procurement and digital are among them; the third everybody alone.
    """
    whole = parted.whole
    good = {each for each, part in parted.functions.items() if part.n >= threshold and not _tells(part)} - barred
    if whole.n < threshold:
        return Showing(whole=False, reason=Reason.FEW if whole.n else Reason.NONE)
    if reach in (Reach.SIDES, Reach.PAIR) and good & PAIR:
        return Showing(whole=False, functions=PAIR & good, reason=reach.reason)
    if reach is not Reach.ALL or _tells(whole):
        return Showing(whole=True, reason=reach.reason, is_alike=_tells(whole))
    if good and good == set(parted.functions) and _leaves_enough(parted, threshold, some_are_hidden=some_are_hidden):
        return Showing(whole=True, functions=frozenset(good))
    if good >= PAIR:
        return Showing(whole=False, functions=frozenset(good))
    return Showing(whole=True)


def _tells(part: Tally | Scores) -> bool:
    return part.n < SMALL and part.alike


def _leaves_enough(parted: Parted[Tally] | Parted[Scores], threshold: int, *, some_are_hidden: bool) -> bool:
    """Whether those whose function the round withholds are nobody at all, or enough and not of one mind."""
    left = parted.rest
    return not some_are_hidden or (left.n >= threshold and not left.alike)
