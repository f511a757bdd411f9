"""How soon and how well entries are found, beside SQLite's full-text search, bm25s and TF-IDF, in one run.

The big base is made, from the shipped entries, with a fixed seed. A made entry has two parents: each of its questions
is the first half of a question of one and the second half of a question of the other, and its body takes their
sentences in turn. It has as many questions as the first. So texts are as long and words as common as in the shipped
base, but the vocabulary does not grow with it: each word stands in more entries than it would in a real base of that
size, which is hard on everybody who looks words up. The questions are people's own (`tests/golden`, without the frozen
set) and odd ones.

Every finder runs in a process of its own, so that memory can be told apart. Times are of the processor, so that other
work on the machine counts little: nothing here waits. `python -m benchmarks.finding [ENTRIES]` (10,000 unless said)
"""

from __future__ import annotations

import gc
import heapq
import math
import os
import random
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.ask import ODD, full_text
from bot.knowledge import base as bases
from bot.knowledge import evaluation, tokens
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.evaluation import Question
from bot.knowledge.records import Entry
from bot.knowledge.search import Index, of_entry
from bot.knowledge.synonyms import Synonyms

GOLDEN = Path("tests/golden")
KEEP = 8  # entries that each finder gives
TARGETS = {"p99": 10.0, "start": 1.0}  # milliseconds with 10,000 entries; seconds with the shipped base
SEED = 7
Find = Callable[[str], list[str]]
START = """
import sys, time
now, began = time.process_time, time.perf_counter()
begun = now()
from pathlib import Path
from bot.knowledge import base, replying, shelf
imported = now()
read, _ = base.load(Path("content"))
loaded = now()
replying.Replier(read, index_file=Path(sys.argv[1]))
ready = now()
print(begun, imported - begun, loaded - imported, ready - loaded, ready, begun + time.perf_counter() - began)
"""
PARTS = ("Python", "importing", "reading", "index", "together", "by the clock on the wall")


@dataclass(frozen=True)
class Measured:
    """What one finder took. `first` and `three` are shares of people's questions; None for a made base."""

    build: float  # seconds
    memory: float  # MB that building added
    taken: list[float]  # milliseconds a question
    first: float | None
    three: float | None


def made(entries: Sequence[Entry], many: int) -> Iterator[Entry]:
    """The entries, and others put together from them until there are `many`."""
    yield from entries[:many]
    chance = random.Random(SEED)  # noqa: S311 - the same each time is what is wanted
    for number in range(len(entries), many):
        one, other = chance.sample(entries, 2)
        asked = [_crossed(text, chance.choice(_questions(other)), chance) for text in _questions(one)]
        sentences = [sentence for pair in zip(_sentences(one), _sentences(other), strict=False) for sentence in pair]
        yield one.model_copy(
            update={
                "slug": f"made-{number}",
                "question": asked[0],
                "variants": tuple(asked[1:]),
                "body": ". ".join(sentences),
            }
        )


def _questions(entry: Entry) -> list[str]:
    return [entry.question, *entry.variants]


def _sentences(entry: Entry) -> list[str]:
    return entry.body.split(". ")


def _crossed(one: str, other: str, chance: random.Random) -> str:
    """The first half of one text and the second half of another, or the other way round."""
    first, second = (one.split(), other.split()) if chance.random() < 0.5 else (other.split(), one.split())
    return " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])


def whole(entry: Entry) -> list[str]:
    """The stems of all that an entry says."""
    return tokens.stems(" ".join([*_questions(entry), entry.body]))


def ours(base: KnowledgeBase) -> Find:
    """This bot."""
    index = Index([*map(of_entry, base.entries.values())], Synonyms(base.terms))
    return lambda text: [match.name for match in index.find(text[:600], KEEP).matches]


def fts5(base: KnowledgeBase) -> Find:
    """SQLite's FTS5 in memory, one row an entry, ordered by its bm25."""
    find = full_text(base)
    return lambda text: [slug for (slug,) in find(text)]


def tf_idf(base: KnowledgeBase) -> Find:
    """The cosine of plain TF-IDF vectors of whole entries, in plain Python, over postings."""
    slugs, counts = list(base.entries), [Counter(whole(entry)) for entry in base.entries.values()]
    appears = Counter(stem for count in counts for stem in count)
    rarity = {stem: math.log(len(slugs) / n) + 1 for stem, n in appears.items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, count in enumerate(counts):
        length = math.sqrt(sum((n * rarity[stem]) ** 2 for stem, n in count.items())) or 1.0
        for stem, n in count.items():
            postings[stem].append((at, n * rarity[stem] / length))

    def find(text: str) -> list[str]:
        total: dict[int, float] = defaultdict(float)
        for stem, n in Counter(tokens.stems(text[:600])).items():
            for at, weight in postings.get(stem, ()):
                total[at] += n * rarity[stem] * weight
        return [slugs[at] for at in heapq.nlargest(KEEP, total, key=total.__getitem__)]

    return find


def bm25s(base: KnowledgeBase) -> Find:
    """The package bm25s (numpy, scores worked out beforehand) with our stems, k1 and b as ours."""
    from bm25s import BM25

    slugs = list(base.entries)
    ranks = BM25(k1=1.2, b=0.75)
    ranks.index([whole(entry) for entry in base.entries.values()], show_progress=False)

    def find(text: str) -> list[str]:
        known = [stem for stem in tokens.stems(text[:600]) if stem in ranks.vocab_dict]
        if not known:
            return []
        found, _ = ranks.retrieve([known], k=min(KEEP, len(slugs)), show_progress=False)
        return [slugs[at] for at in found[0]]

    return find


FINDERS = {"this bot": ours, "SQLite FTS5, bm25": fts5, "bm25s": bm25s, "TF-IDF cosine, plain Python": tf_idf}


def golden() -> list[Question]:
    """People's questions that were not written for the entries; the frozen set stays out of it."""
    return [question for name in ("calibration", "open") for question in evaluation.read(GOLDEN / f"{name}.jsonl")]


def measure(name: str, many: int) -> Measured:
    """One finder over a base of `many` entries."""
    base, _ = bases.load(Path("content"))
    shipped = many <= len(base.entries)
    entries = {entry.slug: entry for entry in made(list(base.entries.values()), many)}
    big = replace(base, entries=entries)
    gc.collect()
    before, start = resident(), process_time()
    find = FINDERS[name](big)
    build = process_time() - start
    gc.collect()
    memory = resident() - before
    gc.freeze()
    questions = golden()
    taken = list(timed(find, [question.text for question in questions] + ODD))
    first, three = (right(find, questions, 1), right(find, questions, 3)) if shipped else (None, None)
    return Measured(build, memory, taken, first, three)


def timed(find: Find, texts: Sequence[str]) -> Iterator[float]:
    """Milliseconds for each text, after a short warm-up."""
    for text in texts[:20]:
        find(text)
    for text in texts:
        start = process_time()
        find(text)
        yield (process_time() - start) * 1000


def right(find: Find, questions: Iterable[Question], among: int) -> float:
    """The share of the questions that entries answer for which one of the first `among` is right."""
    asked = [question for question in questions if question.entries]
    return sum(bool(question.entries & set(find(question.text)[:among])) for question in asked) / len(asked)


def resident() -> float:
    """The memory of this process, in MB. Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def alone(name: str, many: int) -> Measured:
    """The same as `measure`, in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, name, many).result()


def starting(*, again: bool, times: int = 7) -> dict[str, float]:
    """Seconds for each part of a fresh start, the medians; `again` with what an earlier start has kept."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "index.npz"
        if again:
            started(file, again=False)
        starts = [started(file, again=again) for _ in range(times)]
    return {name: statistics.median(part) for name, part in zip(PARTS, zip(*starts, strict=True), strict=True)}


def started(file: Path, *, again: bool) -> list[float]:
    """One start, in a process of its own."""
    if not again:
        file.unlink(missing_ok=True)
    run = subprocess.run([sys.executable, "-c", START, str(file)], capture_output=True, text=True, check=True)
    return [float(part) for part in run.stdout.split()]


def row(name: str, found: Measured) -> str:
    """One line of a table."""
    p50, p99 = statistics.median(found.taken), statistics.quantiles(found.taken, n=100)[98]
    shares = "".join(f"{share:9.3f}" for share in (found.first, found.three) if share is not None)
    return f"{name:<30} {p50:8.2f} {p99:8.2f} {max(found.taken):8.2f} {found.build:8.2f} {found.memory:8.1f}{shares}"


def main(many: int) -> None:
    """Print the tables."""
    shipped = len(bases.load(Path("content"))[0].entries)
    print(f"Load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    finders = [name for name in FINDERS if name != "bm25s" or find_spec("bm25s")]
    if len(finders) < len(FINDERS):
        print("bm25s is left out: it is not installed (pip install bm25s).")
    for size in (shipped, many):
        head = f"\n{size} entries, milliseconds a question"
        print(f"{head:<31} {'p50':>8} {'p99':>8} {'worst':>8} {'build s':>8} {'MB':>8}", end="")
        print("    first    three" if size == shipped else "")
        for name in finders:
            print(row(name, alone(name, size)), flush=True)
    print("\nFrom nothing to ready, seconds")
    for again, which in ((False, "first start, or the content has changed"), (True, "any other start")):
        print(f"{which}: " + ", ".join(f"{name} {took:.2f}" for name, took in starting(again=again).items()))
    print(f"Targets: p99 at most {TARGETS['p99']:.0f} ms with 10,000 entries; ready within {TARGETS['start']:.0f} s.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
