"""The words and numbers of reports: how a figure is printed, a group named, and a gap in the results explained."""

from __future__ import annotations

from collections.abc import Mapping

from bot.people import Function
from bot.surveys.questions import Question
from bot.surveys.release import Figure, Group, Reason, Withheld
from bot.surveys.report.values import Worded

LABELS: Mapping[Group, str] = {
    None: "Everybody",
    Function.PROCUREMENT: "Procurement",
    Function.DIGITAL: "Digital",
    Function.BOTH: "Both professions",
    Function.OTHER: "Other work",
}
WIDTH = 20  # characters of a bar that stands for 100%
EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
PARTS = "▁▂▄▆█"  # from strongly disagree, low, to strongly agree, high


def percent(figure: Figure) -> Worded:
    """A share: 64% (57% to 71%)."""
    return _with_range(figure, f"{figure.value}%", "{}%")


def points(figure: Figure) -> Worded:
    """An index: 64 (57 to 71)."""
    return _with_range(figure, f"{figure.value}", "{}")


def difference(figure: Figure) -> Worded:
    """A difference, with its sign: +12 (+3 to +21)."""
    if figure.low is None or figure.high is None:
        return Worded(signed(figure.value), figure)
    return Worded(f"{signed(figure.value)} ({signed(figure.low)} to {signed(figure.high)})", figure)


def size_of(figure: Figure) -> str:
    """How large a difference is, whichever side is ahead: 12 points (3 to 21)."""
    if figure.low is None or figure.high is None:
        return count(abs(figure.value), "point")
    low, high = sorted((abs(figure.low), abs(figure.high)))
    return f"{count(abs(figure.value), 'point')} ({low} to {high})"


def _with_range(figure: Figure, value: str, form: str) -> Worded:
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return Worded(value, figure)
    return Worded(f"{value} ({form.format(figure.low)} to {form.format(figure.high)})", figure)


def signed(value: int) -> str:
    """A number with its sign, a true minus; nought has none."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def count(n: int, one: str, many: str = "") -> str:
    """So many of something: 1 person, 2 people."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def people(n: int) -> str:
    """So many people."""
    return count(n, "person", "people")


def why(withheld: Withheld) -> str:
    """Why something is not shown, to follow a colon."""
    return {
        Reason.NONE: "no answers",
        Reason.FEW: f"fewer than {withheld.threshold} answered",
        Reason.PROTECTS: "hidden to protect a small group",
        Reason.ALIKE: "nearly all answered alike, so a figure would tell what each of them said",
        Reason.CLOSE: "too close to an earlier round to be shown beside it",
        Reason.TROUBLE: "something went wrong while the results were made",
    }[withheld.reason]


def text_of(question: Question, period: str, function: Function | None = None) -> str:
    """A question as everybody reads it, or the members of one function."""
    return question.worded(function, period)


def drawn(share: int) -> str:
    """A bar of block characters for a per cent."""
    whole, rest = divmod(round(share * WIDTH * 8 / 100), 8)
    return "█" * whole + EIGHTHS[rest]


def strip(percents: Mapping[str, int]) -> str:
    """A rating's five parts as one row of 20 characters, the higher the more they agree (largest remainder)."""
    shares = [percents.get(str(at), 0) for at in range(1, 6)]
    exact = [share * WIDTH / (sum(shares) or 1) for share in shares]
    lengths = [int(each) for each in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: (lengths[at] - exact[at], at))
    for at in by_rest[: WIDTH - sum(lengths) if sum(shares) else 0]:
        lengths[at] += 1
    return "".join(part * length for part, length in zip(PARTS, lengths, strict=True))


def joined(parts: list[str]) -> str:
    """A list in a sentence: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
