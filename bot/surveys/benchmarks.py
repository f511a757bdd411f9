"""What published surveys found, to stand beside our own results where a question is worded the same.

The figures are content (`content/benchmarks.toml`, with their source and licence), because new ones come each year.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from bot.knowledge import reading
from bot.knowledge.faults import Fault
from bot.knowledge.records import Record, Source, Text

FILE = "benchmarks.toml"
Percent = Annotated[float, Field(ge=0, le=100)]


class PublishedItem(Record):
    """A question of a published survey: its code and wording there, and which answers count as positive.

    `median` is the per cent of positive answers in the median organisation, by year.
    """

    code: Text
    wording: Text
    positive: Text
    median: Annotated[dict[int, Percent], Field(min_length=1)]

    @property
    def year(self) -> int:
        """The newest year that was found."""
        return max(self.median)


class Benchmarks(Record):
    """A published survey's items. `caveat` and `attribution` are printed wherever one of its figures is."""

    name: Text
    licence: Text
    attribution: Text
    caveat: Text
    source: Source
    items: Annotated[tuple[PublishedItem, ...], Field(min_length=1)]

    def item(self, code: str) -> PublishedItem | None:
        """The item with this code, such as B46; None where there is none, and then nothing may stand beside ours."""
        return next((item for item in self.items if item.code == code), None)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Benchmarks:
        if twice := [code for code, times in Counter(item.code for item in self.items).items() if times > 1]:
            raise ValueError(f"the code {twice[0]} stands for two items; take one out or correct its code")
        return self


def load(folder: Path, faults: list[Fault]) -> Benchmarks | None:
    """Read `benchmarks.toml` of a content folder; with a fault in it there are none, and the fault is added."""
    return reading.record(Benchmarks, folder / FILE, faults)
