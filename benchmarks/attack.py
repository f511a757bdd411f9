"""Attacks releases of random rounds, and those of engines that each lack one rule.

`python -m benchmarks.attack [STORIES]`: how many of the stories let an attacker who reads everything that was ever
released find out something that is withheld, or how some few people answered. Ends with 1 if the whole engine does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from random import Random

from tests.bot.surveys.attacking import Found, Story
from tests.bot.surveys.stories import BROKEN, attacked, story

STORIES = 60
ROW = "{:<24}{:>9}{:>12}  {}"


def main(words: Sequence[str]) -> int:
    """Attack every engine, print what was found, and tell whether the whole one stands."""
    told = [story(Random(seed)) for seed in range(int(words[0]) if words else STORIES)]  # noqa: S311
    told += [each.story for each in BROKEN]
    started = time.perf_counter()
    print(ROW.format("engine", "stories", "found out", "for example"))
    caught = _row("all rules", told, attacked)
    for broken in BROKEN:
        _row(broken.name, told, broken.attacked)
    print(f"{time.perf_counter() - started:.0f} s")
    return 1 if caught else 0


def _row(name: str, told: Sequence[Story], attack: Callable[[Story], list[Found]]) -> int:
    found = [each for one in told if (each := attack(one))]
    example = found[-1][0].what if found else "–"
    print(ROW.format(name, len(told), len(found), example), flush=True)
    return len(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
