"""What the base is made of: agreements, entries and terms, each fact with its source.

The shapes follow the files under `content/` key for key (`content/README.md` explains them to curators).
A fact that nobody has found is left out of the file and is `None` here: unknown is a value, and it is
printed as unknown.
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.knowledge.asof import AsOf

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
REFERENCE = r"^[A-Z0-9][A-Za-z0-9_./-]*$"
ADDRESS = r"^https?://[^\s<>|]+$"
PATTERNS = {
    SLUG: 'must be small letters, digits and hyphens: "like-this"',
    REFERENCE: 'must be a reference without blanks: "RM1557.14"',
    ADDRESS: "must be a whole address that begins with https://",
}
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Reference = Annotated[str, StringConstraints(pattern=REFERENCE)]
Nation = Literal["england", "wales", "scotland", "northern ireland"]
NATIONS: tuple[Nation, ...] = ("england", "wales", "scotland", "northern ireland")
Duty = Literal["must", "should", "may", "no", "unknown"]


class Grade(StrEnum):
    """How far a source can be trusted, best first."""

    OFFICIAL = "official"
    NOTICE_COPY = "notice copy"
    QUOTED = "quoted"
    PRESS = "press"
    THIRD_PARTY = "third party"


class Allowed(StrEnum):
    """Whether a way of buying is open under an agreement."""

    YES = "yes"
    NO = "no"
    SOME_LOTS = "some lots"


class Record(BaseModel):
    """A value that never changes and takes no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Source(Record):
    """Where a fact was read: `as_of` is the date of the source, not of our reading."""

    title: Text
    publisher: Text
    as_of: AsOf
    grade: Grade
    url: Annotated[str, StringConstraints(pattern=ADDRESS)] | None = None
    section: str = ""


class Fact(Record):
    """Anything stated about an agreement; `source` names one of the agreement's sources."""

    source: Text
    note: str = ""


class DateFact(Fact):
    on: date


class TextFact(Fact):
    text: Text


class AllowedFact(TextFact):
    allowed: Allowed


class TermFact(TextFact):
    """The longest call-off, extensions included, in whole months where the source gives a figure."""

    months: Annotated[int, Field(gt=0)] | None = None


class LevyFact(TextFact):
    """The supplier's charge, in per cent of what it invoices."""

    percent: Annotated[float, Field(ge=0, lt=100)] | None = None


class ListFact(Fact):
    items: Annotated[tuple[Text, ...], Field(min_length=1)]


class LinkFact(Fact):
    """Other agreements, by reference."""

    references: Annotated[tuple[Reference, ...], Field(min_length=1)]


class Lot(Fact):
    number: Text
    name: Text
    direct_award: Allowed | None = None


class Event(DateFact):
    what: Text


class Conflict(TextFact):
    """Two sources that disagree: `about` names the field, `text` what the other source says."""

    about: Text


class Agreement(Record):
    """A commercial agreement, known by its reference. Every field may be unknown but its names."""

    reference: Reference
    name: Text
    also_called: tuple[Text, ...] = ()
    family: Slug
    iteration: int | None = None
    kind: Literal["framework", "open framework", "dps", "dynamic market", "memorandum", "unknown"]
    regime: Literal["PA23", "PCR15", "unknown"]
    nations: tuple[Nation, ...] | None = None
    run_by: Text
    curator: Slug
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=24)]
    sources: Annotated[dict[str, Source], Field(min_length=1)]

    summary: TextFact
    starts: DateFact | None = None
    ends: DateFact | None = None
    direct_award: AllowedFact | None = None
    further_competition: AllowedFact | None = None
    how_to_buy: TextFact | None = None
    term: TermFact | None = None
    who_can_use: TextFact | None = None
    not_for: ListFact | None = None
    levy: LevyFact | None = None
    value: TextFact | None = None
    replaces: LinkFact | None = None
    replaced_by: LinkFact | None = None
    lots: tuple[Lot, ...] = ()
    events: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def facts(self) -> dict[str, Fact]:
        """Every fact held, by the name of its field; lots, events and conflicts as `lots[0]` and so on."""
        single = {name: value for name, value in self if isinstance(value, Fact)}
        many = {
            f"{name}[{at}]": fact
            for name in ("lots", "events", "conflicts")
            for at, fact in enumerate(getattr(self, name))
        }
        return single | many

    def source_of(self, fact: Fact) -> Source:
        return self.sources[fact.source]

    @model_validator(mode="after")
    def _sources_exist(self) -> Agreement:
        for name, fact in self.facts().items():
            if fact.source not in self.sources:
                raise ValueError(f"{name}: source {fact.source!r} is not one of [sources]; add it or name another")
        return self

    @model_validator(mode="after")
    def _dates_in_order(self) -> Agreement:
        if self.starts and self.ends and self.ends.on < self.starts.on:
            raise ValueError("ends.on is before starts.on; one of the two is wrong")
        return self


class AppliesTo(Record):
    """Whether a kind of organisation must, should or may follow an entry."""

    central: Duty = "unknown"
    councils: Duty = "unknown"
    nhs: Duty = "unknown"
    education: Duty = "unknown"
    housing: Duty = "unknown"


class Entry(Record):
    """One curated question and its reply, with sources and a review date."""

    slug: Slug
    topic: Slug
    question: Text
    variants: Annotated[tuple[Text, ...], Field(min_length=3)]
    body: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    curator: Slug
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=24)]
    risk: Literal["legal", "dates", "process", "culture"]
    regime: Literal["PA23", "PCR15", "scotland", "below threshold", "any"]
    nations: Annotated[tuple[Nation, ...], Field(min_length=1)]
    applies_to: AppliesTo
    audience: Annotated[tuple[Literal["procurement", "digital"], ...], Field(min_length=1)]
    stage: Literal["plan", "define", "procure", "manage", "any"]
    agreements: tuple[Reference, ...] = ()
    related: tuple[Slug, ...] = ()
    assumption: str = ""
    effective_from: date | None = None
    expires_on: date | None = None

    @property
    def revision(self) -> str:
        """Twelve hexadecimal digits that change whenever anything in the entry does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class Term(Record):
    """One meaning of a word or acronym; an ambiguous acronym has a row for each meaning."""

    term: Text
    stands_for: str = ""
    meaning: Text
    context: str = ""
    also_called: tuple[Text, ...] = ()
    formerly: str = ""
    source: Source
    curator: Slug
    reviewed: date
    review_months: Annotated[int, Field(ge=1, le=24)] = 12


class Gap(Record):
    """What people ask and nothing here answers, known as such: so that it is said, and nothing near it is given.

    `subject` completes "Nothing here covers …"; `near` are entries that help as far as they go.
    """

    subject: Text
    asked: Annotated[tuple[Text, ...], Field(min_length=3)]
    near: tuple[Slug, ...] = ()
    curator: Slug


class Curator(Record):
    """A role that owns records: who looks after what. People are named in Slack, never here."""

    slug: Slug
    name: Text
    looks_after: Text
