"""What prose says about agreements, held against their typed fields: references, dates, terms and levies."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from bot.knowledge.asof import day_in_words
from bot.knowledge.checks.content import Content, prose_of
from bot.knowledge.checks.prose import Sentence, sentences
from bot.knowledge.entities import Names
from bot.knowledge.faults import Fault
from bot.knowledge.records import Agreement, Entry

_REFERENCE = re.compile(r"\bRM\d{3,5}(?:\.\d{1,2})?\b")
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})")
_CUES = {
    "ends": re.compile(r"\b(?:end(?:s|ed|ing)?|expire[sd]?|close[sd]?|last day|until)\b", re.IGNORECASE),
    "starts": re.compile(r"\b(?:start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|open(?:s|ed)|went live)\b", re.IGNORECASE),
}
_TERM = re.compile(r"\b(\d+)[ -](month|year)s?\b")
_ABOUT_TERM = re.compile(r"\bcall-offs?\b|\bterm\b|\blongest\b|\bmaximum\b|\bup to\b", re.IGNORECASE)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|per cent)")
_LEVY = re.compile(r"\blev(?:y|ies)\b", re.IGNORECASE)


def unheard_references(content: Content) -> Iterator[Fault]:
    """An RM number in prose that no file in agreements/ holds and `lint.toml` does not explain."""
    for entry in content.base.entries.values():
        for found in _unheard(content, f"{entry.question} {entry.body}"):
            yield content.at_words(content.path(entry), found, _not_held(found))
    for path, agreement in content.agreements:
        for _, text in prose_of(agreement):
            for found in _unheard(content, text):
                yield content.at_words(path, text, _not_held(found))


def _not_held(reference: str) -> str:
    return f"{reference} is not in content/agreements; correct it, add the agreement, or explain it in lint.toml"


def _unheard(content: Content, text: str) -> list[str]:
    held = {*content.base.agreements, *content.lint.references}
    held |= {reference.partition(".")[0] for reference in held}  # RM1557 names all of RM1557.13, RM1557.14 …
    return [found for found in dict.fromkeys(_REFERENCE.findall(text)) if found not in held]


def contradictions(content: Content) -> Iterator[Fault]:
    """A date, a term or a levy in prose that is not the one in the agreement's own field."""
    names = Names(content.base.agreements.values())
    for entry in content.base.entries.values():
        for sentence in sentences(entry.body):
            if agreement := _meant(content, names, entry, sentence):
                for problem in (
                    *_dates(agreement, sentence),
                    *_terms(agreement, sentence),
                    *_levy(agreement, sentence),
                ):
                    yield content.at_words(content.path(entry), sentence.raw, problem)


def _meant(content: Content, names: Names, entry: Entry, sentence: Sentence) -> Agreement | None:
    """The agreement that a sentence names; else the only one that the entry is about."""
    named = names.find(sentence.text).agreements or list(entry.agreements)
    return content.base.agreements.get(named[0]) if len(named) == 1 else None


def _dates(agreement: Agreement, sentence: Sentence) -> Iterator[str]:
    for found in _DATE.finditer(sentence.text):
        name = _cue(sentence.text, found)
        fact = getattr(agreement, name, None) if name else None
        if fact and not _same(found, fact.on) and not any(_same(x, fact.on) for x in _DATE.finditer(sentence.text)):
            yield _problem(found.group(), agreement, name, day_in_words(fact.on))


def _same(found: re.Match[str], on: date) -> bool:
    day, month, year = found.groups()
    return (int(year), _MONTHS[month]) == (on.year, on.month) and (not day or int(day) == on.day)


def _cue(text: str, found: re.Match[str]) -> str:
    """Whether a date in a sentence is told as an end or as a start, by the nearest word that says so."""
    near = [
        (min(abs(found.start() - cue.end()), abs(cue.start() - found.end())), name)
        for name, pattern in _CUES.items()
        for cue in pattern.finditer(text)
    ]
    return min(near)[1] if near else ""


def _terms(agreement: Agreement, sentence: Sentence) -> Iterator[str]:
    """Lengths may be told in parts ("36 months, then 12"): they contradict when neither one nor their sum agrees."""
    typed = agreement.term.months if agreement.term else None
    if typed and agreement.term and _ABOUT_TERM.search(sentence.text):
        told = {text: _in_months(number, unit) for text, number, unit in _lengths(sentence.text)}
        known = {_in_months(number, unit) for _, number, unit in _lengths(agreement.term.text)}
        if told and typed not in (*told.values(), sum(told.values())) and not set(told.values()) <= known:
            yield _problem(next(iter(told)), agreement, "term", f"{typed} months")


def _lengths(text: str) -> list[tuple[str, str, str]]:
    return [(found.group(), found.group(1), found.group(2)) for found in _TERM.finditer(text)]


def _in_months(number: str, unit: str) -> int:
    return int(number) * (12 if unit == "year" else 1)


def _levy(agreement: Agreement, sentence: Sentence) -> Iterator[str]:
    typed = agreement.levy.percent if agreement.levy else None
    if typed is not None and _LEVY.search(sentence.text):
        told = {found.group(): float(found.group(1)) for found in _PERCENT.finditer(sentence.text)}
        if told and typed not in told.values():
            yield _problem(next(iter(told)), agreement, "levy", f"{typed:g}%")


def _problem(said: str, agreement: Agreement, name: str, typed: str) -> str:
    held = f"{name} of {agreement.name} ({agreement.reference}) is {typed}"
    return f"“{said}” contradicts the agreement's record, where {held}; take it out, or mend the one that is wrong"
