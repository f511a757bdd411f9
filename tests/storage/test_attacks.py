"""Acceptance h: whoever has the database cannot tell who said what. The same attacks succeed on a careless schema.

Forty people give forty different answers in a random order. A guess at random hits one of them on average, and eight or
more with a chance of one in 100,000; so eight hits are a leak. `pytest --log-cli-level=INFO` tells every attack's hits.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot.surveys.questions import Answers, Kind, Option, Question
from bot.surveys.round import Round
from storage import responses, sealing
from storage.database import Database
from storage.keys import KeyFolder, Keys, WrappedKeys
from storage.tables import Table
from tests.fakes import HandClock
from tests.rounds import closed, opened
from tests.storage.attacks import OUTSIDE, POSTGRES, SQLITE, Attack, Target, asked, files_of

PEOPLE = tuple(f"U0{number:04}" for number in range(40))
LEAK = 8  # hits of forty: see above
OPTIONS = tuple(Option(f"choice-{number:02}-{number * 7919 % 997:03}", f"{number}") for number in range(40))
QUESTIONS = (Question("pick", Kind.CHOICE, "Which?", OPTIONS), Question("words", Kind.TEXT, "Why?"))
# Who says what, and when, has nothing to do with the order of ids or of values; or a sorted list would be a hit.
TRUTH = dict(zip(Random(3).sample(PEOPLE, len(PEOPLE)), (option.key for option in OPTIONS), strict=True))
WORDS = dict(
    zip(
        Random(5).sample(PEOPLE, len(PEOPLE)),
        (f"canary-{at:02}-{at * 104729 % 9973:04}" for at in range(40)),
        strict=True,
    )
)
ORDER = tuple(Random(7).sample(PEOPLE, len(PEOPLE)))
log = logging.getLogger(__name__)
NAMING = ("member_id", "owner", "actor")  # columns that name a member


@pytest.fixture(params=["folder", "wrapped"])
def keys(request: pytest.FixtureRequest, db: Database, tmp_path: Path) -> Keys:
    return KeyFolder(tmp_path / "keys") if request.param == "folder" else WrappedKeys(db, "s" * 32)


@pytest.fixture
def round(db: Database, keys: Keys, clock: HandClock) -> Round:
    """An open round which everybody has answered; some changed their minds."""
    made = opened(db, PEOPLE, questions=QUESTIONS, by_function=False)
    keys.make(made.id)
    for member in ORDER[:5]:
        responses.record(db, keys, made, member, said(ORDER[-1]), clock())
    for member in ORDER:
        responses.record(db, keys, made, member, said(member), clock())
    return made


def said(member: str) -> Answers:
    return {"pick": (TRUTH[member],), "words": (WORDS[member],)}


def targets(*answers: tuple[str, str]) -> Iterator[tuple[Target, dict[str, str]]]:
    """Every column that names members against every column with answers, and what would be right."""
    named = [(table.name, name) for table in Table.metadata.sorted_tables for name in NAMING if name in table.columns]
    for names in named:
        for place in answers:
            right = WORDS if place[1] == "text" else TRUTH
            yield Target(names, place, ORDER, frozenset(right.values())), right


def hits(db: Database, attack: Attack, target: Target, right: dict[str, str]) -> int:
    guess = attack(db, target)
    found = sum(right.get(member) == value for member, value in guess.items())
    log.info("%-22s %-20s %-34s %2d", ".".join(target.named), ".".join(target.answers), attack.__name__, found)
    return found


def attacks_on(db: Database) -> tuple[Attack, ...]:
    return SQLITE if db.is_sqlite else POSTGRES


def test_after_the_seal_nobody_is_found(db: Database, keys: Keys, round: Round, clock: HandClock) -> None:
    """Not even by who knows the order in which people answered."""
    sealing.seal(db, keys, closed(db, round), clock(), lambda sealed, _: {"responses": sealed.responded})
    for target, right in targets(("sealed_answer", "value"), ("sealed_comment", "text")):
        for attack in attacks_on(db):
            assert hits(db, attack, target, right) < LEAK, (attack.__name__, target)


def test_while_a_round_is_open_the_database_alone_finds_nobody(db: Database, keys: Keys, round: Round) -> None:
    """Who also knows the order in which people answered is another matter: docs/anonymity.md says so."""
    assert keys.get(round.id)
    for target, right in targets(("open_answer", "value"), ("open_comment", "text")):
        for attack in set(attacks_on(db)) - OUTSIDE:
            assert hits(db, attack, target, right) < LEAK, (attack.__name__, target)


def test_sealed_answers_and_comments_of_one_person_are_not_neighbours(
    db: Database, keys: Keys, round: Round, clock: HandClock
) -> None:
    sealing.seal(db, keys, closed(db, round), clock(), lambda sealed, _: {"responses": sealed.responded})
    by_answer = {TRUTH[member]: WORDS[member] for member in PEOPLE}
    for order in (
        ("", " ORDER BY id") if db.is_sqlite else ("", " ORDER BY id", " ORDER BY ctid", " ORDER BY xmin::text")
    ):
        values = [each for (each,) in asked(db, f"SELECT value FROM sealed_answer WHERE question = 'pick'{order}")]
        texts = [each for (each,) in asked(db, f"SELECT text FROM sealed_comment{order}")]
        assert sum(by_answer[value] == said for value, said in zip(values, texts, strict=True)) < LEAK


def test_on_postgresql_one_transaction_wrote_all_that_is_left(
    db: Database, keys: Keys, round: Round, clock: HandClock
) -> None:
    sealing.seal(db, keys, closed(db, round), clock(), lambda sealed, _: {"responses": sealed.responded})
    if not db.is_sqlite:
        for table in ("sealed_answer", "sealed_comment", "sealed_score"):
            assert len(asked(db, f"SELECT DISTINCT xmin::text FROM {table}")) <= 1


def test_no_file_of_the_database_holds_a_code_or_the_key_after_the_seal(
    db: Database, keys: Keys, round: Round, clock: HandClock
) -> None:
    key = keys.get(round.id)
    assert key
    codes = [code for table in ("open_answer", "open_comment") for code in codes_in(db, table)]
    secrets = [key, *codes, *wrapped(db)]
    before = files_of(db)
    assert all(
        any(code in content for content in before.values()) for code in codes
    )  # or the search finds nothing ever
    sealing.seal(db, keys, closed(db, round), clock(), lambda sealed, _: {"responses": sealed.responded})
    after = files_of(db)
    assert [name for name, content in after.items() if any(secret in content for secret in secrets)] == []
    log_of_sqlite = after.get("bot.db-wal", b"")
    assert not any(word.encode() in log_of_sqlite for word in WORDS.values())


def codes_in(db: Database, table: str) -> list[bytes]:
    with db.transaction() as session:
        return [bytes(code) for code in session.scalars(text(f"SELECT DISTINCT token FROM {table}"))]


def wrapped(db: Database) -> list[bytes]:
    with db.transaction() as session:
        return [bytes(each) for each in session.scalars(text("SELECT wrapped FROM wrapped_key"))]


def test_with_the_key_everybody_is_found_while_the_round_is_open(db: Database, keys: Keys, round: Round) -> None:
    """Why the key lies elsewhere, and is destroyed; and that the codes are what we say they are."""
    key = keys.get(round.id)
    assert key
    query = text("SELECT value FROM open_answer WHERE token = :code AND question = 'pick'")
    found = 0
    for member in PEOPLE:
        code = hmac.new(key, f"answer\0{round.workspace}\0{member}".encode(), hashlib.sha256).digest()
        with db.transaction() as session:
            value = session.scalar(query, {"code": code})
        found += value == TRUTH[member]
    assert found == len(PEOPLE)


@pytest.fixture
def careless(db: Database) -> Iterator[Target]:
    """A schema as one would write it without thinking: row numbers, and a flag set as the answer is kept."""
    with db.transaction() as session:
        session.execute(text("CREATE TABLE careless_answer (code TEXT PRIMARY KEY, value TEXT)"))
        session.execute(text("CREATE TABLE careless_invitation (member_id TEXT PRIMARY KEY, answered INTEGER)"))
    for member in ORDER:
        with db.transaction() as session:
            code = hashlib.sha256(f"secret {member}".encode()).hexdigest()
            session.execute(
                text("INSERT INTO careless_answer VALUES (:code, :value)"), {"code": code, "value": TRUTH[member]}
            )
            session.execute(text("INSERT INTO careless_invitation VALUES (:member, 1)"), {"member": member})
    if db.is_sqlite:  # into the file too, as happens by itself after a while
        with closing(sqlite3.connect(db.engine.url.database or "")) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    yield Target(("careless_invitation", "member_id"), ("careless_answer", "value"), ORDER, frozenset(TRUTH.values()))
    with db.transaction() as session:
        session.execute(text("DROP TABLE careless_answer"))
        session.execute(text("DROP TABLE careless_invitation"))


def test_the_same_attacks_find_everybody_in_a_careless_schema(db: Database, careless: Target) -> None:
    """Or the tests above could not fail."""
    for attack in attacks_on(db):
        assert hits(db, attack, careless, TRUTH) > len(PEOPLE) * 0.9, attack.__name__
