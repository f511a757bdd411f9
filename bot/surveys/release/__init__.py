"""The one exit: what may be shown of a round, worked out once, when it is sealed, and kept."""

from bot.surveys.release.engine import release
from bot.surveys.release.values import (
    Cell,
    Comments,
    Figure,
    Group,
    Index,
    Mirror,
    Published,
    Reason,
    Release,
    Size,
    Withheld,
)

__all__ = [
    "Cell",
    "Comments",
    "Figure",
    "Group",
    "Index",
    "Mirror",
    "Published",
    "Reason",
    "Release",
    "Size",
    "Withheld",
    "release",
]
