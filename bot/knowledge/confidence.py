"""How likely it is that the best match answers the enquiry: a logistic model in three bands.

The features and the bands follow what was measured on public question sets; the weights are fitted by
`benchmarks/calibrate.py` on questions that no test uses. `docs/decisions/0005-abstention.md` has the figures.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.knowledge.search import Finding

WORDS = ("kinship", "held", "echo", "lead", "over_next", "over_gap")  # the signals that there always are
MEANING = ("meant", "meant_next", "meant_gap")  # and those of the optional model


class Band(StrEnum):
    """What the confidence allows: answer, offer the nearest, or refuse."""

    ANSWER = "answer"
    OFFER = "offer"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Model:
    """Weights by feature, the offset, and the two cut-offs."""

    weights: dict[str, float]
    offset: float
    answer_at: float
    offer_at: float

    def probability(self, finding: Finding) -> float:
        """The chance, 0 to 1, that the best match is right; 0 when there is none."""
        if not finding.matches or finding.matches[0].kind != "entry":
            return 0.0
        values = features(finding)
        return 1 / (1 + math.exp(-self.offset - sum(weight * values[name] for name, weight in self.weights.items())))

    def band(self, finding: Finding) -> Band:
        """The band of an enquiry's finding."""
        chance = self.probability(finding)
        if chance >= self.answer_at:
            return Band.ANSWER
        return Band.OFFER if chance >= self.offer_at else Band.REFUSE


def features(finding: Finding) -> dict[str, float]:
    """The signals that the model weighs, each between 0 and about 1."""
    return {
        "kinship": finding.kinship,
        "held": math.log1p(finding.held) / 2.4,
        "echo": finding.echo,
        "lead": finding.lead / 10,
        "over_next": finding.over_next / 10,
        "over_gap": finding.over_gap / 10,
        "meant": finding.meant,
        "meant_next": finding.meant_next,
        "meant_gap": finding.meant_gap,
    }


@cache
def shipped(*, with_meaning: bool = False) -> Model:
    """The model that comes with the bot: one for words alone, one for words and meaning."""
    name = "confidence_with_meaning.json" if with_meaning else "confidence.json"
    return Model(**json.loads(files("bot.knowledge").joinpath(name).read_text(encoding="utf-8")))
