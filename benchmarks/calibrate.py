"""Fits the confidence model, and chooses the cut above which an entry is given. The frozen questions are not used.

`python -m benchmarks.calibrate [--model FILE] [--write]`: ten-fold; the figures printed are for questions that the fit
has not seen, and the cut rests on the calibration set alone. With a model file, for words and meaning together.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.knowledge import base as bases
from bot.knowledge import confidence, evaluation
from bot.knowledge.evaluation import Question
from bot.knowledge.replying import Replier
from bot.knowledge.semantic.meanings import Meanings

CALIBRATION, OPEN = Path("tests/golden/calibration.jsonl"), Path("tests/golden/open.jsonl")
FOLDER = Path("bot/knowledge")
PRECISION = 0.94  # of the answers that confidence gives: a wrong answer is worse than three titles
FALSE = 0.015  # of the questions that cannot be answered, how many may be
OFFER = 0.10  # below this chance of being right, three titles help nobody
RIDGE = 0.05
UNSURE = confidence.Model(weights=defaultdict(float), offset=0.0, answer_at=1.0, offer_at=1.0)  # knows nothing yet
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """A row of features for each question that reaches the entries, whether the best was right, whether any can be."""

    names: list[str]
    rows: Floats
    right: Floats
    answerable: Floats


def examples(replier: Replier, questions: Iterable[Question], wanted: Collection[str]) -> Examples:
    """What the search finds for each question, as the signals that are wanted."""
    rows, right, answerable, names = [], [], [], list[str]()
    for question in questions:
        if (question.answerable and not question.entries) or not replier.leaves_to_search(question.text, question.on):
            continue  # other rules reply: a fact, a term, a refusal
        finding = replier.find(question.text)
        if finding.matches and finding.matches[0].kind == "entry":
            values = {name: value for name, value in confidence.features(finding).items() if name in wanted}
            names = list(values)
            rows.append(list(values.values()))
            right.append(finding.matches[0].name in question.entries)
            answerable.append(question.answerable)
    return Examples(names, *(np.array(each, dtype=float) for each in (rows, right, answerable)))


def fit(rows: Floats, right: Floats) -> Floats:
    """Weights with the offset last: logistic loss with a ridge on the weights."""
    padded = np.hstack([rows, np.ones((len(rows), 1))])

    def loss(weights: Floats) -> float:
        scores = padded @ weights
        return float(np.sum(np.logaddexp(0, scores) - right * scores) + RIDGE * np.sum(weights[:-1] ** 2) / 2)

    return np.asarray(minimize(loss, np.zeros(padded.shape[1]), method="L-BFGS-B").x)


def chances(weights: Floats, rows: Floats) -> Floats:
    """The model's chance for each row."""
    return np.asarray(1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1]))))


def unseen(rows: Floats, right: Floats, folds: int = 10) -> Floats:
    """Each row's chance from a model that has not seen it."""
    fold = np.random.default_rng(7).permutation(len(rows)) % folds
    found = np.zeros(len(rows))
    for each in range(folds):
        found[fold == each] = chances(fit(rows[fold != each], right[fold != each]), rows[fold == each])
    return found


def auroc(chance: Floats, right: Floats) -> float:
    """The share of pairs, one right and one not, that the chance puts in order (ties count half)."""
    yes, no = chance[right == 1][:, None], chance[right == 0][None, :]
    return float(np.mean((yes > no) + 0.5 * (yes == no)))


def cut_off(chance: Floats, some: Examples, unanswerable: int) -> float:
    """The lowest cut at which answers are right as often as PRECISION asks, and no more are false than FALSE allows."""
    for cut in np.arange(0.30, 0.99, 0.01):
        given = chance >= cut
        if (some.right[given].mean() if given.any() else 1.0) >= PRECISION and (
            np.sum(1 - some.answerable[given]) <= FALSE * unanswerable
        ):
            return round(float(cut), 2)
    return 0.99


def main(chosen: argparse.Namespace) -> None:
    """Print what was measured; with `--write`, keep the model."""
    base, _ = bases.load(Path("content"))
    meanings = Meanings.beside(chosen.model) if chosen.model else None
    replier, fresh = Replier(base, UNSURE, meanings), evaluation.read(CALIBRATION)
    wanted = confidence.WORDS + (confidence.MEANING if meanings else ())
    cutting, more = examples(replier, fresh, wanted), examples(replier, evaluation.read(OPEN), wanted)
    rows, right = np.vstack([cutting.rows, more.rows]), np.concatenate([cutting.right, more.right])
    chance, weights, names = unseen(rows, right), fit(rows, right), cutting.names
    of_fresh = chance[: len(cutting.rows)]
    answer_at = cut_off(of_fresh, cutting, sum(not question.answerable for question in fresh))
    given = of_fresh >= answer_at
    print(f"{len(rows)} questions, best entry right for {int(right.sum())}; AUROC {auroc(chance, right):.3f}")
    print(f"calibration, answer at {answer_at}: {given.mean():.1%} answered, {cutting.right[given].mean():.1%} right,")
    print(f"  {cutting.right[given].sum() / cutting.answerable.sum():.1%} of the answerable answered right")
    model = {
        "weights": dict(zip(names, weights[:-1].round(3).tolist(), strict=True)),
        "offset": round(float(weights[-1]), 3),
    }
    model |= {"answer_at": answer_at, "offer_at": OFFER}
    print(json.dumps(model, indent=2))
    if chosen.write:
        name = "confidence_with_meaning.json" if meanings else "confidence.json"
        (FOLDER / name).write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    parser.add_argument("--write", action="store_true")
    main(parser.parse_args())
