"""The shipped content, file by file: it is sound, and its questions get its answers."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.knowledge.check import findings
from bot.knowledge.faults import Fault
from bot.knowledge.records import Agreement, Entry
from bot.knowledge.reply import Outcome
from bot.knowledge.status import status
from bot.knowledge.words import FIELDS
from bot.surveys import benchmarks, calendars, templates
from tests.builders import CONTENT, TODAY, shipped

FILES = sorted(
    path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*") if path.is_file() and path.name != "README.md"
)
ENTRIES = sorted(path.relative_to(CONTENT).as_posix() for path in (CONTENT / "knowledge").rglob("*.md"))
AGREEMENTS = sorted(path.name for path in (CONTENT / "agreements").glob("*.toml"))


@cache
def found() -> dict[str, list[Fault]]:
    """All that `python -m bot check` finds on the day on which the content was last checked as a whole, by file."""
    faults: dict[str, list[Fault]] = {}
    of_surveys: list[Fault] = []
    calendars.load(CONTENT, of_surveys)
    benchmarks.load(CONTENT, of_surveys)
    templates.load(CONTENT, of_surveys)
    for fault in [*findings(CONTENT, TODAY)[1], *of_surveys]:
        faults.setdefault(fault.path.relative_to(CONTENT).as_posix(), []).append(fault)
    return faults


def entry_of(name: str) -> Entry:
    entries = shipped()[0].base.entries
    slug = Path(name).stem
    assert slug in entries, f"{name} was not read: {found().get(name)}"
    return entries[slug]


def agreement_of(name: str) -> Agreement:
    reference = tomllib.loads((CONTENT / "agreements" / name).read_text(encoding="utf-8"))["reference"]
    agreements = shipped()[0].base.agreements
    assert reference in agreements, f"{name} was not read: {found().get(f'agreements/{name}')}"
    return agreements[reference]


def day_in_force(entry: Entry) -> date:
    """A day on which the entry is given."""
    return max(min(TODAY, entry.expires_on or TODAY), entry.effective_from or TODAY)


def test_there_is_content_of_every_kind() -> None:
    base = shipped()[0].base
    assert (len(base.agreements) >= 15, len(base.entries) >= 60, len(base.terms) >= 80) == (True, True, True)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_without_fault(name: str) -> None:
    assert [str(fault) for fault in found().get(name, [])] == []


def test_every_file_is_one_that_the_bot_reads() -> None:
    read = re.compile(
        r"(words|asking|scope|curators|lint|site|bank-holidays|benchmarks)\.toml|glossary\.csv|surveys/[^/]+\.toml"
        r"|agreements/[^/]+\.toml|gaps/[^/]+\.toml|knowledge/[^/]+/[^/]+\.md"
    )
    assert [name for name in FILES if not read.fullmatch(name)] == []


def test_no_fault_stands_against_a_folder_or_a_file_that_is_not_there() -> None:
    assert set(found()) <= set(FILES)


@pytest.mark.parametrize("name", ENTRIES)
def test_every_question_of_an_entry_gets_its_answer(name: str) -> None:
    entry, replier = entry_of(name), shipped()[0]
    on = day_in_force(entry)
    for text in (entry.question, *entry.variants):
        reply = replier.reply(text, on)
        assert (reply.outcome, reply.entries) == (Outcome.ANSWER, (entry.slug,)), text
        assert reply.sources == entry.sources
        assert reply.revision == entry.revision
        assert reply.owner in {curator.name for curator in replier.base.curators.values()}


@pytest.mark.parametrize("name", AGREEMENTS)
def test_whether_an_agreement_is_still_open_is_answered_with_its_status(name: str) -> None:
    agreement, replier = agreement_of(name), shipped()[0]
    for called in (agreement.name, agreement.reference):
        reply = replier.reply(f"is {called} still open?", TODAY)
        assert reply.outcome is Outcome.ANSWER, called
        assert agreement.reference in reply.agreements
        assert status(agreement, TODAY).sentence(replier.base.words) in reply.text
        assert reply.sources


@pytest.mark.parametrize("name", AGREEMENTS)
def test_every_field_of_an_agreement_is_answered_with_sources_or_said_to_be_unknown(name: str) -> None:
    agreement, replier = agreement_of(name), shipped()[0]
    for field in FIELDS:
        reply = replier.open(f"agreement:{agreement.reference}:{field}", TODAY)
        assert reply.outcome in (Outcome.ANSWER, Outcome.DONT_KNOW), field
        assert bool(reply.sources) is (reply.outcome is Outcome.ANSWER), field
        assert agreement.name in reply.text, field


def test_every_term_is_explained_with_a_source() -> None:
    replier = shipped()[0]
    wrong = []
    for term in replier.base.terms:
        reply = replier.reply(f"what does {term.term} mean", TODAY)
        said = bool(reply.entries) or term.meaning in reply.text  # an entry may say more than the glossary
        if reply.outcome is not Outcome.ANSWER or not reply.sources or not said:
            wrong.append((term.term, reply.outcome, reply.entries))
    assert wrong == []


@pytest.mark.parametrize("kind", list(tomllib.loads((CONTENT / "scope.toml").read_text(encoding="utf-8"))))
def test_every_refusal_is_short_and_refuses_its_own_phrases(kind: str) -> None:
    table = tomllib.loads((CONTENT / "scope.toml").read_text(encoding="utf-8"))[kind]
    asking = shipped()[0].base.asking
    assert len(table["reply"].split()) <= 60
    missed = [phrase for phrase in table["phrases"] if not asking.refusal(phrase)]
    assert missed == []
