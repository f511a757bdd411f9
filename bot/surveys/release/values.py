"""What may ever be shown of a round. Every number, chart, alternative text, file and page is made of these and no more.

Numbers are whole and final: whoever shows one prints it, and never computes another from several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.people import Function
from bot.surveys.questions import Question

Group = Function | None
"""Whose answers a figure sums up: one function's, or everybody's (None)."""


class Reason(StrEnum):
    """Why something is withheld. Each is said in words of its own."""

    NONE = "none"  # no answers
    FEW = "few"  # fewer than the threshold answered
    PROTECTS = "protects"  # with it, another group's few answers could be worked out
    ALIKE = "alike"  # nearly everybody in a small group answered the same, so a figure would tell what each one said
    CLOSE = "close"  # almost the same as an earlier round: the difference would be a few people's answers
    TROUBLE = "trouble"  # something went wrong while it was worked out, so nothing is shown


@dataclass(frozen=True)
class Withheld:
    """Not shown, and why. `threshold` is the fewest answers for which it would have been."""

    reason: Reason
    threshold: int


@dataclass(frozen=True)
class Figure:
    """A whole number with its 95 % interval: per cent, or points from 0 to 100, or a difference of such.

    `low` and `high` are None where the answers do not tell how far the silent may differ.
    """

    value: int
    low: int | None = None
    high: int | None = None

    @property
    def direction(self) -> int:
        """1 when the interval is wholly above nought, -1 when wholly below; 0 when nothing may be claimed."""
        if self.low is None or self.high is None:
            return 0
        return int(self.low > 0) - int(self.high < 0)


@dataclass(frozen=True)
class Cell:
    """One question as answered by one group. Either `withheld`, or with what may be shown; never both.

    `n` is how many gave an answer that counts: neither skipped nor "not applicable".
    `favourable` is the share, in per cent, that agree or strongly agree (ratings only).
    `bounds` is that share if all who are silent were against, and if all were in favour (everybody only).
    `mostly` stands in for it where a group under 10 is almost of one mind: 1 favourable, -1 unfavourable.
    `counts` and `percents` are by value, in the question's order; only where `n` is 10 or more.
    `mean` is of a score from 0 to 10, in tenths of a point: 73 is 7.3.
    """

    question: str
    version: int
    group: Group
    n: int = 0
    favourable: Figure | None = None
    bounds: tuple[int, int] | None = None
    mostly: int = 0
    counts: Mapping[str, int] | None = None
    percents: Mapping[str, int] | None = None
    mean: int | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True)
class Index:
    """The collaboration index of one group, 0 to 100. `n` is how many answered enough of its items to have one.

    `bounds` is the index if all who are silent were at 0, and if all were at 100 (everybody only). `spread` is the
    standard deviation between people, where there are 10 or more: what judging a change over rounds needs.
    """

    group: Group
    n: int = 0
    figure: Figure | None = None
    bounds: tuple[int, int] | None = None
    spread: int | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True)
class Size:
    """How many of a group answered. `invited` is None where nobody can know it; `n` is None where it is withheld."""

    group: Group
    n: int | None
    invited: int | None
    withheld: Withheld | None = None


@dataclass(frozen=True)
class Mirror:
    """How one function sees itself and how the other sees it, in per cent favourable, on one item.

    `question` is what the other function is asked about `rated`, `own` the item that `rated` is asked about itself.
    `blind_spot` is the own share less the other's, with its interval; above nought, they see themselves more kindly.
    """

    question: str
    own: str
    rated: Function
    itself: Figure
    by_the_other: Figure
    blind_spot: Figure


@dataclass(frozen=True)
class Comments:
    """Texts as written, in random order, undated, of no function; or why there are none. `n` is how many wrote."""

    question: str
    texts: tuple[str, ...] = ()
    n: int | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True)
class Published:
    """One set of figures, safe to be seen together and beside every earlier set of the same survey.

    `rounded_to` is 1 inside the workspace; outside it is 5, and every count, per cent and point is a multiple of it.
    `gap` is the procurement index less the digital index; `gaps` the same of favourable shares, by question key.
    `flagged` are those of the gaps that stand after correcting for there being many.
    `fresh` tells whether anything new is shown: if not, `withheld` says why, and only `sizes` speak.
    """

    threshold: int
    rounded_to: int
    sizes: tuple[Size, ...]
    cells: tuple[Cell, ...] = ()
    indices: tuple[Index, ...] = ()
    balanced: Figure | None = None
    gap: Figure | None = None
    gaps: Mapping[str, Figure] | None = None
    flagged: tuple[str, ...] = ()
    mirrors: tuple[Mirror, ...] = ()
    comments: tuple[Comments, ...] = ()
    withheld: Withheld | None = None

    @property
    def fresh(self) -> bool:
        """Whether any figure besides the number of responses is shown."""
        return self.withheld is None

    def cell(self, question: str, group: Group = None) -> Cell | None:
        """A question's cell for a group; None when it was not asked, or is not split."""
        return next((cell for cell in self.cells if (cell.question, cell.group) == (question, group)), None)

    def index(self, group: Group = None) -> Index | None:
        """A group's index; None when the round asks no items of it, or is not split."""
        return next((index for index in self.indices if index.group == group), None)


@dataclass(frozen=True)
class Release:
    """All that may ever be shown of one round, computed once when it was sealed and kept as it is.

    `inside` is for the workspace; `outside` for publication, with a threshold of at least 10 and rounded counts.
    `audience` marks who was asked: rounds with another mark asked others, and no line joins them.
    """

    round_id: str
    survey_id: str
    number: int
    title: str
    purpose: str
    period: str
    questions: tuple[Question, ...]
    opened_on: date
    closed_on: date
    anonymous: bool
    by_function: bool
    audience: str
    inside: Published
    outside: Published

    def question(self, key: str) -> Question | None:
        """A question as this round asked it."""
        return next((question for question in self.questions if question.key == key), None)
