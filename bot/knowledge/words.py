"""The sentences that are made from facts: kept in `content/words.toml`, so that they can be bettered without Python."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import rtoml

from bot.errors import ContentError
from bot.knowledge.faults import Fault, line_of
from bot.knowledge.records import NATIONS

FIELDS = (
    "status starts ends direct_award further_competition term lots who_can_use not_for levy value how_to_buy"
    " replaces replaced_by regime reference run_by overview"
).split()
PLAIN_OUTCOMES = "empty too_long not_text not_english not_held vague which_one did_you_mean dont_know not_known".split()
Needed = Mapping[str, frozenset[str]]  # sentences that the code asks for, with the words that it fills in
NEEDED: Needed = {
    name: frozenset(braces.split())
    for name, braces in {
        "status.open": "name reference starts ends",
        "status.open_no_end": "name reference starts",
        "status.planned": "name reference starts",
        "status.unconfirmed": "name reference starts",
        "status.ended": "name reference starts ends",
        "status.unknown": "name reference",
        "caveats.end_unconfirmed": "as_of",
        "caveats.fact_grade": "fields grade",
        "caveats.grade": "grade",
        "caveats.conflict": "text title as_of",
        "caveats.assumption": "assumption",
        "caveats.overdue": "due",
        "caveats.newest_taken": "name",
        "facts.starts_future": "name starts",
        "facts.starts_past": "name starts",
        "facts.starts_due": "name starts",
        "facts.ends_future": "name ends",
        "facts.ends_past": "name ends",
        **{
            f"facts.{way}_{answer}": "name text"
            for way in ("direct_award", "further_competition")
            for answer in ("yes", "no", "some")
        },
        "facts.lot_direct_award_yes": "name lot lot_name",
        "facts.lot_direct_award_no": "name lot lot_name",
        "facts.lot": "name lot lot_name",
        "facts.lots": "name count",
        "facts.one_lot": "name",
        "facts.no_such_lot": "name lot",
        "facts.term": "name duration text",
        "facts.term_text": "name text",
        "facts.who_can_use": "name text",
        "facts.not_for": "name items",
        "facts.not_for_this": "name wanted items",
        "facts.levy": "name percent text",
        "facts.levy_text": "name text",
        "facts.value": "name text",
        "facts.how_to_buy": "name text",
        "facts.replaces": "name others",
        "facts.replaced_by": "name others",
        "facts.replaced_by_planned": "name others",
        "facts.regime": "name law",
        "facts.reference": "name reference run_by",
        "facts.run_by": "name run_by",
        "facts.unknown": "field name",
        "facts.overview": "name reference summary",
        "facts.term_meaning": "term stands_for meaning",
        "facts.term_meaning_short": "term meaning",
        "facts.term_in_context": "context term stands_for meaning",
        "facts.meanings": "term count",
        **dict.fromkeys([f"fields.{field}" for field in FIELDS], ""),
        **dict.fromkeys([f"applies.{who}" for who in ["central", "councils", "nhs", "education", "housing"]], ""),
        **dict.fromkeys([f"applies.{duty}" for duty in ["must", "should", "may", "no"]], "who"),
        **dict.fromkeys([f"nations.{nation}" for nation in NATIONS], ""),
        **dict.fromkeys(["grades.press", "grades.third party"], ""),
        "laws.PA23": "",
        "laws.PCR15": "",
        **dict.fromkeys([f"outcomes.{name}" for name in PLAIN_OUTCOMES], ""),
        "outcomes.unheard_reference": "named",
        "outcomes.unheard_newest": "named newest",
        "outcomes.dont_know_who": "curator",
        "outcomes.gap": "subject",
        "outcomes.other_nation": "nation nations",
        "outcomes.expired": "until",
        "outcomes.not_yet": "since",
        "outcomes.compare": "one other",
    }.items()
}


@dataclass(frozen=True)
class Words:
    """Sentences by name, such as `status.open`."""

    sentences: Mapping[str, str]

    def say(self, sentence: str, /, **values: object) -> str:
        """A sentence with its words filled in, and no blanks left over where a word was empty."""
        return " ".join(self.sentences[sentence].format(**values).split())


def load(folder: Path, faults: list[Fault], file: str = "words.toml", needed: Needed = NEEDED) -> Words:
    """Read a file of sentences; one that nobody uses is added to `faults`.

    Raises ContentError when the file cannot be read, lacks a sentence, or has words in braces that cannot be
    filled in: without its sentences the bot has nothing to say.
    """
    path = folder / file
    try:
        text = path.read_text(encoding="utf-8")
        tables = rtoml.loads(text)
    except (OSError, UnicodeDecodeError, rtoml.TomlParsingError) as error:
        raise ContentError(
            f"{path}: cannot be read ({error}). Put it back from the last version that worked."
        ) from error
    sentences = dict(_sentences(tables))
    if wrong := [*_missing(path, sentences, needed), *_unfillable(path, text, sentences, needed)]:
        raise ContentError("\n".join(map(str, wrong)))
    faults += [_unused(path, text, name) for name in sentences if name not in needed]
    return Words({name: str(sentence) for name, sentence in sentences.items()})


def _sentences(tables: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for table, lines in tables.items():
        if not isinstance(lines, dict):
            yield table, lines
            continue
        yield from ((f"{table}.{name}", sentence) for name, sentence in lines.items())


def _missing(path: Path, sentences: Mapping[str, object], needed: Needed) -> Iterator[Fault]:
    for name in needed:
        if name not in sentences:
            yield Fault(path, 1, f"{name} is missing; put the line back from the last version that worked")


def _unfillable(path: Path, text: str, sentences: Mapping[str, object], needed: Needed) -> Iterator[Fault]:
    for name, sentence in sentences.items():
        if not isinstance(sentence, str):
            yield Fault(path, _line(text, name), f'{name} must be a sentence in quotes, in its table: "like this"')
        elif name in needed and not _braces(sentence) <= needed[name]:
            yield Fault(
                path,
                _line(text, name),
                f"{name} has words in braces that cannot be filled in; use {_may_use(needed[name])}",
            )


def _unused(path: Path, text: str, name: str) -> Fault:
    return Fault(
        path, _line(text, name), f"{name} is not a sentence that the bot uses; take it out or correct the name"
    )


def _line(text: str, name: str) -> int:
    return line_of(text, tuple(name.split(".")))


def _braces(sentence: str) -> set[str]:
    """The words in braces; a brace that is not closed counts as a word that cannot be filled in."""
    try:
        parsed = list(string.Formatter().parse(sentence))
    except ValueError:
        return {sentence}
    return {f"{field}{form and ':'}{form}{kind or ''}" for _, field, form, kind in parsed if field is not None}


def _may_use(braces: frozenset[str]) -> str:
    return ", ".join(f"{{{word}}}" for word in sorted(braces)) or "none"
