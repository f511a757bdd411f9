"""How soon a round is reported, and a trend over two years, on both databases, beside the bare SQL in the same run.

`python -m benchmarks.report [ANSWERS]`: a round of 10,000 responses to the core questions from its answers in the
database to its report; then 1,000,000 answers in 24 rounds, as a report is made (from stored releases), and as if every
release had to be worked out again from the answers.
"""

from __future__ import annotations

import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from sqlalchemy import func, insert, select, update

from benchmarks.answers import postgres
from bot.people import Function
from bot.surveys.questions import FUNCTION, Kind, Question
from bot.surveys.release import Release, release
from bot.surveys.report import reported
from bot.surveys.round import Round, RoundState
from bot.surveys.unlinking import ANSWERED
from storage import releases, sealing
from storage.database import Database
from storage.tables import RoundRow, SealedAnswerRow, SealedScoreRow
from tests.rounds import opened

ITEMS = tuple(Question(f"item{at}", Kind.RATING, f"Item {at}.", index=True) for at in range(7))
RESPONSES, ANSWERS, ROUNDS = 10_000, 1_000_000, 24
SLOWEST = (2.0, 10.0)  # seconds, for a round and for a trend; working all releases out again is for comparison only
AT_ONCE = 20_000  # rows of one insert
RANDOM = Random(7)  # noqa: S311


def filled(db: Database, number: int, people: int, survey_id: str = "") -> Round:
    """A sealed round of so many people, who all answered; of another round's survey where one is given."""
    round = opened(db, (), questions=ITEMS, number=number, slot=f"slot {number}", state=RoundState.SEALED)
    later = timedelta(days=30 * number)
    round = replace(round, opens_at=round.opens_at + later, closes_at=round.closes_at + later)
    if survey_id:
        round = replace(round, survey_id=survey_id)
        with db.transaction() as session:
            session.execute(update(RoundRow).where(RoundRow.id == round.id).values(survey_id=survey_id))
    functions = RANDOM.choices(list(Function), (5, 4, 1, 1), k=people)
    answers = [row for function in functions for row in _answers(round, function)]
    scores = [_row(round, function, score=RANDOM.uniform(0, 100)) for function in functions]
    for table, rows in ((SealedAnswerRow, answers), (SealedScoreRow, scores)):
        for at in range(0, len(rows), AT_ONCE):
            with db.transaction() as session:
                session.execute(insert(table), rows[at : at + AT_ONCE])
    return round


def _answers(round: Round, function: Function) -> Iterator[dict[str, object]]:
    yield _row(round, function, question=FUNCTION, version=1, value=ANSWERED)
    for item in ITEMS:
        yield _row(round, function, question=item.key, version=1, value=RANDOM.choice("12345"))


def _row(round: Round, function: Function, **values: object) -> dict[str, object]:
    return {"id": uuid.uuid4().hex, "round_id": round.id, "function": function.value, **values}


def made(db: Database, rounds: list[Round]) -> list[Release]:
    """The releases of rounds, worked out from their answers."""
    found: list[Release] = []
    for round in rounds:
        found.append(release(sealing.sealed(db, round), found))
    return found


def keep(db: Database, found: list[Release]) -> None:
    """Keep the releases as sealing does."""
    with db.transaction() as session:
        for each in found:
            session.execute(update(RoundRow).where(RoundRow.id == each.round_id).values(release=releases.written(each)))


def bare(db: Database, rounds: list[Round]) -> int:
    """The least that a database must do for it: count the answers of these rounds by question, function and value."""
    row = SealedAnswerRow
    by = (row.round_id, row.question, row.version, row.function, row.value)
    counted = select(*by, func.count()).where(row.round_id.in_([each.id for each in rounds])).group_by(*by)
    with db.transaction() as session:
        return len(session.execute(counted).all())


def measured(db: Database, answers: int) -> Iterator[tuple[str, float, float]]:
    """What was done, how long it took, and how long the bare SQL took for the same answers."""
    one = filled(db, 1, RESPONSES)
    yield f"{RESPONSES:,} responses: release and report", *_timed(lambda: reported(made(db, [one])), db, [one])
    first = filled(db, 1, answers // ROUNDS // len(ITEMS))
    rounds = [first, *(filled(db, at, answers // ROUNDS // len(ITEMS), first.survey_id) for at in range(2, ROUNDS + 1))]
    keep(db, made(db, rounds))
    trend = lambda: reported(releases.of_survey(db, first.survey_id))  # noqa: E731
    yield f"{answers:,} answers, {ROUNDS} rounds: trend, from releases", *_timed(trend, db, rounds)
    yield "the same, every release worked out again", *_timed(lambda: reported(made(db, rounds)), db, rounds)


def _timed(work: Callable[[], object], db: Database, rounds: list[Round]) -> tuple[float, float]:
    started = perf_counter()
    work()
    ours = perf_counter() - started
    started = perf_counter()
    bare(db, rounds)
    return ours, perf_counter() - started


def main(answers: int) -> int:
    """Print the table; 1 if anything took longer than it may."""
    print(f"Load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    print(f"{'seconds':<58} {'ours':>8} {'bare SQL':>9} {'ratio':>6}")
    slow = False
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, postgres(Path(tempfile.mkdtemp())) as server:
        for engine, url in (("SQLite", f"sqlite:///{Path(name) / 'bench.db'}"), ("PostgreSQL", server)):
            with closing(Database(url)) as db:
                db.migrate()
                for at, (what, ours, sql) in enumerate(measured(db, answers)):
                    print(f"{engine + ', ' + what:<58} {ours:8.3f} {sql:9.3f} {ours / sql:6.1f}", flush=True)
                    slow |= at < len(SLOWEST) and ours > SLOWEST[at]
    return int(slow)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS))
