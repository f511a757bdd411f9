"""A report: one survey's closed rounds as a reader may see them, made of their releases and of nothing else."""

from bot.surveys.report.making import reported
from bot.surveys.report.values import (
    Bar,
    Benchmark,
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

__all__ = [
    "Bar",
    "Benchmark",
    "Change",
    "CommentsView",
    "Commitment",
    "Item",
    "Line",
    "MirrorView",
    "Point",
    "Report",
    "Series",
    "Verdict",
    "Worded",
    "reported",
]
