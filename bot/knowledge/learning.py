"""What is learnt from texts that are known to ask about subjects: their words, and how likely each word is.

It is kept in a file for the next start, by the very texts and the very code that learnt from them: a change of either
is learnt anew.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

import numpy as np
import Stemmer

from bot.knowledge import kept, likelihood, tokens
from bot.knowledge.likelihood import Likelihood, Numbers, pairs

CODE = (Path(__file__), Path(likelihood.__file__), Path(tokens.__file__), Path(kept.__file__))


@dataclass(frozen=True)
class Learnt:
    """How likely stems and character trigrams are, with the number of each, and all words that were known then.

    `exact` gives the subject of a text by its bare words.
    """

    exact: Mapping[str, int]
    known: Sequence[str]
    stems: Mapping[str, int]
    trigrams: Mapping[str, int]
    by_stem: Likelihood
    by_trigram: Likelihood


def learnt(texts: Sequence[str], subject_of: Numbers, file: Path | None = None) -> Learnt:
    """What the texts teach, each about a subject by its number; from the file where it was kept, or else kept there."""
    if file is None:
        return _learn(texts, subject_of)
    key = _key(texts, subject_of)
    found = _from_arrays(kept.read(file), key)
    if found is None:
        found = _learn(texts, subject_of)
        kept.write(file, _as_arrays(found, key))
    return found


def _learn(texts: Sequence[str], subject_of: Numbers) -> Learnt:
    exact: dict[str, int] = {}
    number: dict[str, int] = {}
    flat, many = array("i"), array("i")
    for words, subject in zip(tokens.words_of_each(texts), subject_of.tolist(), strict=True):
        exact[" ".join(words)] = subject
        flat.extend([number.setdefault(word, len(number)) for word in words])
        many.append(len(words))
    by_text = pairs(np.repeat(np.arange(len(texts), dtype=np.int32), many), np.frombuffer(flat, np.int32))
    stems, stems_of = _features(number, _stem)
    trigrams, trigrams_of = _features(number, tokens.pieces)
    by_stem = _likelihood(by_text, stems_of, len(stems), subject_of)
    by_trigram = _likelihood(by_text, trigrams_of, len(trigrams), subject_of)
    return Learnt(exact, tuple(number), stems, trigrams, by_stem, by_trigram)


def _stem(word: str) -> Iterable[str]:
    return () if word in tokens.STOPPED else (tokens.stem(word),)


def _features(known: Iterable[str], of: Callable[[str], Iterable[str]]) -> tuple[dict[str, int], list[list[int]]]:
    """A number for each feature, and the features of each known word."""
    number: dict[str, int] = {}
    return number, [[number.setdefault(each, len(number)) for each in of(word)] for word in known]


def _likelihood(
    by_text: tuple[Numbers, Numbers], features_of: Sequence[Sequence[int]], vocabulary: int, subject_of: Numbers
) -> Likelihood:
    """From the words of each text to the features of its words, each feature once in a text."""
    texts, words = by_text
    many = np.array(list(map(len, features_of)), dtype=np.int32)
    flat = np.fromiter(chain.from_iterable(features_of), dtype=np.uint16 if vocabulary < 2**16 else np.int32)
    starts = np.cumsum(many, dtype=np.int32) - many
    counts = many[words]
    shift = starts[words] - (np.cumsum(counts, dtype=np.int32) - counts)
    features = flat[np.repeat(shift, counts) + np.arange(counts.sum(), dtype=np.int32)]
    sizes = (vocabulary, int(subject_of.max(initial=-1)) + 1)
    return likelihood.from_pairs(*pairs(np.repeat(texts, counts), features), subject_of, sizes)


def _key(texts: Iterable[str], subject_of: Numbers) -> str:
    code = (Stemmer.version(), np.__version__, *(path.read_text(encoding="utf-8") for path in CODE))
    key = hashlib.sha256("\0".join(code).encode())
    key.update("\0".join(texts).encode())
    key.update(subject_of.astype(np.int64).tobytes())
    return key.hexdigest()


def _as_arrays(found: Learnt, key: str) -> kept.Arrays:
    """Everything as arrays; numbers of features go without saying, since they are in order."""
    texts = {"key": [key], "exact": list(found.exact), "known": found.known}
    texts |= {"stems": list(found.stems), "trigrams": list(found.trigrams)}
    parts = {name: getattr(found, name) for name in ("by_stem", "by_trigram")}
    return {
        **{name: kept.packed(some) for name, some in texts.items()},
        "exact_of": np.array(list(found.exact.values())),
        **{f"{name}.{each.name}": getattr(part, each.name) for name, part in parts.items() for each in fields(part)},
    }


def _from_arrays(arrays: kept.Arrays, key: str) -> Learnt | None:
    """What was kept under a key; None when it is another, or something is missing."""
    try:
        if kept.unpacked(arrays["key"]) != [key]:
            return None
        exact, known, stems, trigrams = (
            kept.unpacked(arrays[name]) for name in ("exact", "known", "stems", "trigrams")
        )
        by_stem, by_trigram = (
            Likelihood(**{each.name: arrays[f"{name}.{each.name}"] for each in fields(Likelihood)})
            for name in ("by_stem", "by_trigram")
        )
        subjects = dict(zip(exact, arrays["exact_of"].tolist(), strict=True))
    except (KeyError, ValueError):
        return None
    return Learnt(subjects, known, _numbered(stems), _numbered(trigrams), by_stem, by_trigram)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}
