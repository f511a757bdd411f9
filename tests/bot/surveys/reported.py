"""A report made by hand, with every kind of thing in it; each number stands in it once and is seldom like another."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.people import Function
from bot.surveys.questions import AGREEMENT, Kind
from bot.surveys.release import Figure, Reason, Release, release
from bot.surveys.report import (
    Bar,
    Change,
    CommentsView,
    Commitment,
    Item,
    Line,
    MirrorView,
    Point,
    Report,
    Series,
    Verdict,
    Worded,
)
from bot.surveys.sealed import Sealed
from tests import surveys
from tests.surveys import COMMENT, LIKELY, a_round

FEW = "fewer than 5 answered"
TRUST = "Digital colleagues bring me in early enough to influence how we buy, and tell me when plans change."


def share(value: int, low: int, high: int) -> Worded:
    return Worded(f"{value}% ({low}% to {high}%)", Figure(value, low, high))


def points(value: int, low: int, high: int) -> Worded:
    return Worded(f"{value:+} ({low:+} to {high:+})".replace("-", "\u2212"), Figure(value, low, high))


def rating(group: Function | None, label: str, shown: Worded, percents: tuple[int, ...], n: int) -> Line:
    bars = tuple(
        Bar(str(at), words, percent, percent * n // 100, "█" * (percent // 5))
        for at, (words, percent) in enumerate(zip(AGREEMENT, percents, strict=True), start=1)
    )
    return Line(group, label, n, shown, bars, sentence=f"{label}: {shown.text} agree; {n} answered.")


def not_shown(group: Function | None, label: str, why: str = FEW) -> Line:
    return Line(group, label, None, why=why, reason=Reason.FEW)


EARLY = Item(
    "early",
    1,
    TRUST,
    Kind.RATING,
    True,
    (
        rating(None, "Everybody", share(61, 52, 69), (7, 13, 19, 43, 18), 41),
        rating(Function.PROCUREMENT, "Procurement", share(39, 27, 53), (14, 26, 21, 31, 8), 19),
        rating(Function.DIGITAL, "Digital", share(80, 66, 89), (2, 5, 13, 51, 29), 22),
    ),
    points(-41, -58, -17),
    "Digital is more positive here.",
)
CLEAR = Item(
    "clear",
    2,
    "Roles are clear when we buy together.",
    Kind.RATING,
    True,
    (
        rating(None, "Everybody", share(54, 44, 63), (6, 15, 25, 44, 10), 40),
        not_shown(Function.PROCUREMENT, "Procurement"),
        Line(
            Function.DIGITAL, "Digital", 9, share(57, 34, 77), sentence="Digital: 57% (34% to 77%) agree; 9 answered."
        ),
    ),
    None,
    "Not compared, because one of the two is not shown.",
)
BARRIERS = Item(
    "barriers",
    1,
    "What got in the way?",
    Kind.CHOICES,
    False,
    (
        Line(
            None,
            "Everybody",
            38,
            bars=(Bar("approvals", "Approvals", 47, 18, "█████████▍"), Bar("skills", "Skills", 32, 12, "██████▍")),
            sentence="Approvals 47%, Skills 32%; 38 answered.",
        ),
    ),
)
MIRROR = MirrorView(
    "Procurement colleagues explain the rules in plain words.",
    "Procurement",
    "Digital",
    share(83, 71, 91),
    share(48, 33, 64),
    points(35, 14, 52),
    True,
    "Digital: 48% (33% to 64%) agree. Procurement about itself: 83% (71% to 91%). Procurement may have a blind spot.",
)
SERIES = (
    Series(
        "index",
        "Everybody",
        None,
        (
            Point(1, "June 2026", date(2026, 6, 30), Worded("56 (49 to 63)", Figure(56, 49, 63))),
            Point(2, "July 2026", date(2026, 7, 31), Worded("60 (53 to 68)", Figure(60, 53, 68)), joins=True),
            Point(3, "August 2026", date(2026, 8, 31), None, note="fewer than 5 answered"),
            Point(
                4,
                "September 2026",
                date(2026, 9, 30),
                Worded("64 (58 to 70)", Figure(64, 58, 70)),
                note="a question was worded anew",
            ),
            Point(5, "October 2026", date(2026, 10, 31), Worded("67 (62 to 73)", Figure(67, 62, 73)), joins=True),
        ),
    ),
)


def a_report(**changes: Any) -> Report:
    """The fifth round of a survey, as its members read it."""
    made: dict[str, Any] = {
        "survey_id": "fedcba9876543210" * 2,
        "round_id": "0123456789abcdef" * 2,
        "title": "How we buy together",
        "purpose": "So that both teams see where buying together works and where it does not.",
        "number": 5,
        "label": "October 2026",
        "opened_on": date(2026, 10, 20),
        "closed_on": date(2026, 10, 31),
        "outside": False,
        "threshold": 5,
        "headline": "Working together is rated 67 of 100 (62 to 73), and digital is more positive.",
        "participation": "41 of 57 people answered (72%).",
        "responded": 41,
        "invited": 57,
        "bounds": "If all who did not answer thought the worst, it would be 48; if the best, 76.",
        "sizes": (
            Line(None, "Everybody", 41),
            Line(Function.PROCUREMENT, "Procurement", 19),
            Line(Function.DIGITAL, "Digital", 22),
        ),
        "indices": (
            Line(
                None, "Everybody", 41, Worded("67 (62 to 73)", Figure(67, 62, 73)), sentence="Everybody: 67 (62 to 73)."
            ),
            not_shown(Function.PROCUREMENT, "Procurement"),
            Line(Function.DIGITAL, "Digital", 22, Worded("74 (68 to 79)", Figure(74, 68, 79)), sentence="Digital: 74."),
        ),
        "balanced": Worded("65 (59 to 72)", Figure(65, 59, 72)),
        "index_sentence": "Both functions weigh the same in this index: 65 (59 to 72).",
        "gap": points(-16, -25, 4),
        "gap_sentence": "No clear difference.",
        "change": Change(Verdict.POSSIBLE, "A possible change: wait for the next round."),
        "mirrors": (MIRROR,),
        "items": (EARLY, CLEAR, BARRIERS),
        "comments": (
            CommentsView("comment", "What one thing would help?", ("Ask us sooner.", "Fewer forms, please.")),
        ),
        "series": SERIES,
        "withheld": ("Procurement on clear roles: fewer than 5 answered.",),
        "method": ("Shares are of those who gave an answer.", "Answers were unlinked from people when it closed."),
        "commitments": (Commitment("Invite procurement to discovery", "Head of Commercial", date(2026, 12, 15)),),
        "promised_before": (Commitment("Publish the pipeline", "Chief Digital Officer", date(2026, 9, 1)),),
    }
    return Report(**made | changes)


def releases(comment: str = "Ask us sooner.", **round: Any) -> tuple[Release, ...]:
    """Two rounds as the engine releases them, of 22 and 35 people; in the second, four of the one function."""
    first = release(a_sealed({Function.PROCUREMENT: 11, Function.DIGITAL: 11}, comment, number=1, **round))
    second = a_sealed({Function.PROCUREMENT: 4, Function.DIGITAL: 31}, comment, number=2, id="2" * 32, **round)
    return first, release(second, [first])


def a_sealed(people: dict[Function | None, int], comment: str, **round: Any) -> Sealed:
    """A round in which each function's people gave answers of all kinds."""
    counts: dict[Any, dict[str, int]] = {}
    answered: dict[Any, int] = {}
    for function, n in people.items():
        of = (
            (surveys.EARLY, {"1": n // 5, "2": n // 4, "4": n // 3, "5": n - n // 5 - n // 4 - n // 3}),
            (LIKELY, {"3": n // 2, "9": n - n // 2}),
            (surveys.BARRIERS, {"approvals": n // 2, "skills": n - n // 3}),
        )
        for question, given in of:
            counts[question.key, question.version, function] = {value: count for value, count in given.items() if count}
            answered[question.key, question.version, function] = n
    return Sealed(
        a_round(questions=(surveys.EARLY, LIKELY, surveys.BARRIERS, COMMENT), **round),
        60,
        people,
        counts=counts,
        answered=answered,
        scores={function: tuple(25.0 * (at % 5) for at in range(n)) for function, n in people.items()},
        comments={COMMENT.key: tuple(f"{comment} {at}" for at in range(12))},
    )
