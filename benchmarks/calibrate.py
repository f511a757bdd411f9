"""Fits the confidence model on questions that no test uses, and chooses the two cut-offs.

`python -m benchmarks.calibrate [--model FILE] [--write]`: five-fold; the figures printed are for questions that the fit
has not seen. With a model file, for words and meaning together.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.knowledge import base as bases
from bot.knowledge import confidence, evaluation
from bot.knowledge.replying import Replier
from bot.knowledge.semantic.meanings import Meanings

QUESTIONS = (Path("tests/golden/calibration.jsonl"), Path("tests/golden/open.jsonl"))
FOLDER = Path("bot/knowledge")
PRECISION = 0.97  # of the answers that confidence gives: a wrong answer is worse than three titles
OFFER = 0.10  # below this chance of being right, three titles help nobody
RIDGE = 0.05
UNSURE = confidence.Model(weights=defaultdict(float), offset=0.0, answer_at=1.0, offer_at=1.0)  # knows nothing yet
Floats = NDArray[np.float64]


def examples(replier: Replier) -> tuple[list[str], Floats, Floats]:
    """Feature names, a row for each question that reaches the entries, and whether the best entry was right."""
    rows, right, names = [], [], []
    for question in chain.from_iterable(map(evaluation.read, QUESTIONS)):
        if (question.answerable and not question.entries) or not replier.leaves_to_search(question.text, question.on):
            continue  # other rules reply: a fact, a term, a refusal
        finding = replier.find(question.text)
        if finding.matches:
            values = confidence.features(finding)
            names = list(values)
            rows.append(list(values.values()))
            right.append(finding.matches[0].slug in question.entries)
    return names, np.array(rows, dtype=float), np.array(right, dtype=float)


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


def unseen(rows: Floats, right: Floats, folds: int = 5) -> Floats:
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


def cut_off(chance: Floats, right: Floats) -> float:
    """The lowest cut at which answers given are right as often as PRECISION asks."""
    cuts = [cut for cut in np.arange(0.30, 0.99, 0.01) if (chance >= cut).any()]
    return float(min((cut for cut in cuts if np.mean(right[chance >= cut]) >= PRECISION), default=0.95))


def main(chosen: argparse.Namespace) -> None:
    """Print what was measured; with `--write`, keep the model."""
    base, _ = bases.load(Path("content"))
    meanings = Meanings.beside(chosen.model) if chosen.model else None
    names, rows, right = examples(Replier(base, UNSURE, meanings))
    chance, weights = unseen(rows, right), fit(rows, right)
    answer_at = round(cut_off(chance, right), 2)
    given = chance >= answer_at
    print(f"{len(rows)} questions, best entry right for {int(right.sum())}; AUROC {auroc(chance, right):.3f}")
    print(f"answer at {answer_at}: {given.mean():.1%} answered, {right[given].mean():.1%} of them right,")
    print(f"  {right[given].sum() / right.sum():.1%} of the answerable answered right")
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
