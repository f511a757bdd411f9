"""Records with good defaults: say only what a test is about. All of them are real records, checked as content is."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.knowledge import asking, base, reading, words
from bot.knowledge.asking import Asking
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.confidence import Model
from bot.knowledge.faults import Fault
from bot.knowledge.records import Agreement, Curator, Entry, Gap, Source, Term
from bot.knowledge.replying import Replier
from bot.knowledge.words import Words

CONTENT = Path(__file__).parent.parent / "content"
TODAY = date(2026, 11, 24)
PAGE = {
    "title": "Lantern Services 2, agreement page",
    "publisher": "The Lantern Office",
    "url": "https://www.example.gov.uk/lantern",
    "as_of": date(2026, 8, 10),
    "grade": "official",
}


def a_source(**overrides: Any) -> Source:
    """An official page of 10 August 2026."""
    return Source.model_validate(PAGE | overrides)


def an_agreement(**overrides: Any) -> Agreement:
    """Lantern Services 2 (RM6999), open from 2026 to 2028, of which only the dates and the summary are known.

    A date stands for a dated fact and a text for a fact in words, both from the page.
    """
    values: dict[str, Any] = {
        "reference": "RM6999",
        "name": "Lantern Services 2",
        "also_called": ("Lantern 2",),
        "family": "lantern",
        "iteration": 2,
        "kind": "framework",
        "regime": "PA23",
        "nations": ("england", "wales"),
        "run_by": "The Lantern Office",
        "curator": "frameworks",
        "reviewed": TODAY,
        "review_months": 3,
        "sources": {"page": PAGE},
        "summary": "Lanterns and the care of lanterns.",
        "starts": date(2026, 1, 12),
        "ends": date(2028, 1, 11),
    }
    values |= overrides
    facts = ("summary", "starts", "ends", "how_to_buy", "term", "who_can_use", "levy", "value")
    return Agreement.model_validate(values | {name: _fact(values[name]) for name in facts if name in values})


def _fact(value: object) -> object:
    if isinstance(value, date):
        return {"on": value, "source": "page"}
    return {"text": value, "source": "page"} if isinstance(value, str) else value


def an_entry(**overrides: Any) -> Entry:
    """An entry on trimming wicks, for England, Wales and Northern Ireland, sourced and freshly checked."""
    values: dict[str, Any] = {
        "slug": "trim-a-wick",
        "topic": "lanterns",
        "question": "How often must a lantern's wick be trimmed?",
        "variants": ("wick trimming rules", "when do I trim the wick", "how short should a wick be"),
        "body": "Trim the wick before each lighting.\n\n- Use scissors.\n- Keep the trimmings.",
        "sources": (a_source(title="Care of lanterns"),),
        "curator": "practice",
        "reviewed": TODAY,
        "review_months": 12,
        "risk": "process",
        "regime": "any",
        "nations": ("england", "wales", "northern ireland"),
        "applies_to": {"central": "must", "councils": "should", "nhs": "should", "education": "may"},
        "audience": ("procurement",),
        "stage": "manage",
    }
    return Entry.model_validate(values | overrides)


def a_term(**overrides: Any) -> Term:
    """The acronym WTS, wick trimming schedule."""
    values: dict[str, Any] = {
        "term": "WTS",
        "stands_for": "wick trimming schedule",
        "meaning": "The days on which wicks are trimmed.",
        "context": "lantern care",
        "source": a_source(title="Lantern glossary"),
        "curator": "glossary",
        "reviewed": TODAY,
    }
    return Term.model_validate(values | overrides)


def a_gap(**overrides: Any) -> Gap:
    """That nothing is known of painting lanterns; trimming wicks is nearest."""
    values: dict[str, Any] = {
        "subject": "the colours in which lanterns are painted",
        "asked": ("what colour is a lantern painted", "may I paint my lantern red", "paint for lanterns"),
        "near": ("trim-a-wick",),
        "curator": "practice",
    }
    return Gap.model_validate(values | overrides)


def a_base(
    agreements: Iterable[Agreement] = (),
    entries: Iterable[Entry] = (),
    terms: Iterable[Term] = (),
    gaps: Iterable[Gap] = (),
) -> KnowledgeBase:
    """A base of these records, with the sentences, phrases and curators that the bot ships."""
    return KnowledgeBase(
        agreements=MappingProxyType({each.reference: each for each in agreements}),
        entries=MappingProxyType({each.slug: each for each in entries}),
        gaps=MappingProxyType({each.subject: each for each in gaps}),
        terms=tuple(terms),
        curators=MappingProxyType({each.slug: each for each in shipped_curators()}),
        words=shipped_words(),
        asking=shipped_asking(),
    )


def a_model(band: str) -> Model:
    """A confidence that is always in one band, whatever is found: answer, offer or refuse."""
    certain = {"answer": 9.0, "offer": 0.0, "refuse": -9.0}[band]
    return Model(weights=defaultdict(float), offset=certain, answer_at=0.9, offer_at=0.1)


def a_replier(
    agreements: Iterable[Agreement] = (),
    entries: Iterable[Entry] = (),
    terms: Iterable[Term] = (),
    gaps: Iterable[Gap] = (),
    band: str = "answer",
) -> Replier:
    """A replier over a base of these records, as sure of its entries as `band` says."""
    return Replier(a_base(agreements, entries, terms, gaps), a_model(band))


@cache
def shipped_words() -> Words:
    """The sentences of `content/words.toml`."""
    return words.load(CONTENT, [])


@cache
def shipped_asking() -> Asking:
    """The phrases of `content/asking.toml` and `scope.toml`; not the examples, which would outweigh a small base."""
    shipped = asking.load(CONTENT)
    shipped.refused_as = {}
    return shipped


@cache
def shipped_curators() -> tuple[Curator, ...]:
    """The roles of `content/curators.toml`."""
    return tuple(reading.curators(CONTENT, []))


@cache
def shipped() -> tuple[Replier, tuple[Fault, ...]]:
    """The whole shipped content, read once for all tests, and its faults."""
    loaded, faults = base.load(CONTENT)
    return Replier(loaded), tuple(faults)


AGREEMENT_FILE = """\
reference = "RM6999"
name = "Lantern Services 2"
also_called = ["Lantern 2"]
family = "lantern"
iteration = 2
kind = "framework"
regime = "PA23"
nations = ["england", "wales"]
run_by = "The Lantern Office"
curator = "frameworks"
reviewed = 2026-11-24
review_months = 3

[sources.page]
title = "Lantern Services 2, agreement page"
publisher = "The Lantern Office"
url = "https://www.example.gov.uk/lantern"
as_of = 2026-08-10
grade = "official"

[summary]
text = "Lanterns and the care of lanterns."
source = "page"

[starts]
on = 2026-01-12
source = "page"

[ends]
on = 2028-01-11
source = "page"


[[lots]]
number = "1"
name = "Lanterns"
source = "page"

[[lots]]
number = "2"
name = "Wicks"
source = "page"
"""
ENTRY_FILE = """\
+++
question = "How often must a lantern's wick be trimmed?"
variants = ["wick trimming rules", "when do I trim the wick", "how short should a wick be"]
curator = "practice"
reviewed = 2026-11-24
review_months = 12
risk = "process"
regime = "any"
nations = ["england"]
audience = ["procurement"]
stage = "manage"
agreements = ["RM6999"]
related = []

[applies_to]
central = "must"

[[sources]]
title = "Care of lanterns"
publisher = "The Lantern Office"
as_of = "2026-08"
grade = "official"

[[sources]]
title = "Care of wicks"
publisher = "The Wick Office"
as_of = "undated"
grade = "press"
+++
Trim the wick before each lighting.
"""
GLOSSARY_FILE = (
    "term,stands_for,meaning,context,also_called,formerly,source_title,source_publisher,source_url,source_as_of,"
    "source_grade,curator,reviewed\n"
    "WTS,wick trimming schedule,The days on which wicks are trimmed.,lantern care,trimming plan; wick plan,,"
    "Lantern glossary,The Lantern Office,,2026-08,official,glossary,2026-11-24\n"
    "Snuffer,,A cap that puts a flame out.,,,,"
    "Lantern glossary,The Lantern Office,,undated,official,glossary,2026-11-24\n"
)
AGREEMENT_PATH = Path("agreements/lantern-services-2.toml")
ENTRY_PATH = Path("knowledge/lanterns/trim-a-wick.md")


def a_folder(folder: Path) -> Path:
    """A whole content folder without a fault: one agreement, one entry, two terms."""
    for path, text in (
        (AGREEMENT_PATH, AGREEMENT_FILE),
        (ENTRY_PATH, ENTRY_FILE),
        (Path("glossary.csv"), GLOSSARY_FILE),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for name in (
        "words.toml",
        "asking.toml",
        "scope.toml",
        "curators.toml",
        "lint.toml",
        "bank-holidays.toml",
        "benchmarks.toml",
    ):
        shutil.copy(CONTENT / name, folder / name)
    return folder


def change(path: Path, old: str, new: str) -> str:
    """Replace a text that stands exactly once in a file; give the file's new text."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text.replace(old, new)
