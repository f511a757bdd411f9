"""What a reader gets of a survey. Every figure is here once, rounded and worded.

Whoever shows a report, in Slack, as a chart, its alternative text, a file or a page, prints `text` and `sentence` as
they are, and draws the whole numbers beside them; so the same number comes out everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.knowledge.asof import day_in_words
from bot.surveys.questions import Kind
from bot.surveys.release import Figure, Group, Reason


@dataclass(frozen=True)
class Worded:
    """A figure as it is printed everywhere, such as `64% (57% to 71%)` or `+12 (3 to 21)`, and as numbers to draw."""

    text: str
    figure: Figure


@dataclass(frozen=True)
class Bar:
    """One answer's part of a question: `drawn` is the same as a row of block characters, at most 20 long."""

    value: str
    label: str
    percent: int
    count: int
    drawn: str


@dataclass(frozen=True)
class Line:
    """One group's result of a question or of the index. Either `shown` or `bars`, or `why` not.

    `label` is the group in words, `n` how many answers count (None where withheld), `strip` a rating's five parts as
    one row of 20 block characters from strongly disagree to strongly agree, `sentence` all of it in words.
    """

    group: Group
    label: str
    n: int | None
    shown: Worded | None = None
    bars: tuple[Bar, ...] = ()
    strip: str = ""
    sentence: str = ""
    why: str = ""
    reason: Reason | None = None


@dataclass(frozen=True)
class Benchmark:
    """What a published survey found for a question worded the same: its name, percent, caveats and source."""

    name: str
    percent: int
    sentence: str
    source: str


@dataclass(frozen=True)
class Item:
    """One closed question: first everybody's line, then a line for each function by which the round is split.

    `gap` is procurement less digital, and `gap_sentence` says what may be claimed of it, or why nothing is shown.
    """

    key: str
    version: int
    text: str
    kind: Kind
    in_index: bool
    lines: tuple[Line, ...]
    gap: Worded | None = None
    gap_sentence: str = ""
    benchmark: Benchmark | None = None

    @property
    def everybody(self) -> Line:
        """The line for everybody."""
        return self.lines[0]


@dataclass(frozen=True)
class MirrorView:
    """How one function sees itself, how the other sees it, and the difference. `rated` is that function in words."""

    text: str
    rated: str
    by: str
    itself: Worded
    by_the_other: Worded
    blind_spot: Worded
    is_blind_spot: bool
    sentence: str


@dataclass(frozen=True)
class CommentsView:
    """An open question and the texts written to it, or why they are not shown."""

    key: str
    text: str
    texts: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class Point:
    """One round's place in a trend. It joins the one before only where `joins`; else `note` says what changed.

    `shown` is None where the round withheld the figure; `note` then says why.
    """

    number: int
    label: str
    closed_on: date
    shown: Worded | None
    joins: bool = False
    note: str = ""


@dataclass(frozen=True)
class Series:
    """A figure over the rounds, oldest first: the index of everybody (balanced where split) or of one function."""

    key: str
    label: str
    group: Group
    points: tuple[Point, ...]


class Verdict(StrEnum):
    """What may be said of a change: never more than this."""

    TOO_EARLY = "too early"
    STEADY = "steady"
    POSSIBLE = "possible change"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """Whether the index moved since its first three rounds, by two rounds in a row: the verdict and its sentence."""

    verdict: Verdict
    sentence: str


@dataclass(frozen=True)
class Commitment:
    """What will be done, by whom and by when."""

    text: str
    owner: str
    due_on: date

    @property
    def words(self) -> str:
        """All of it in one line, the same wherever it is read."""
        return f"{self.text} ({self.owner}, by {day_in_words(self.due_on)})"


@dataclass(frozen=True)
class Report:
    """One survey's latest closed round beside its earlier ones, as a reader may see it.

    `label` names the round by the month in which it closed. `participation` is "18 of 25 people answered (72%)." and
    `bounds` how far the silent could move the headline. `indices` has everybody's line first, then each function's.
    `balanced` weighs procurement and digital the same. `withheld` says what is not shown and why, each thing once;
    `method` how the figures were made and how anonymity was kept. `outside` reports are for publication.
    """

    survey_id: str
    round_id: str
    title: str
    purpose: str
    number: int
    label: str
    opened_on: date
    closed_on: date
    outside: bool
    threshold: int
    headline: str
    participation: str
    responded: int | None
    invited: int | None
    bounds: str
    sizes: tuple[Line, ...]
    indices: tuple[Line, ...]
    balanced: Worded | None
    index_sentence: str
    gap: Worded | None
    gap_sentence: str
    change: Change | None
    mirrors: tuple[MirrorView, ...]
    items: tuple[Item, ...]
    comments: tuple[CommentsView, ...]
    series: tuple[Series, ...]
    withheld: tuple[str, ...]
    method: tuple[str, ...]
    commitments: tuple[Commitment, ...] = ()
    promised_before: tuple[Commitment, ...] = ()
