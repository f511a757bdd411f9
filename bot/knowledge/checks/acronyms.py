"""Acronyms in answers: a reader can look each of them up, and can tell which of its meanings is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge.checks.content import Content
from bot.knowledge.faults import Fault
from bot.knowledge.records import Entry

_TOKEN = re.compile(r"(?<![\w@/.-])[A-Za-z][A-Za-z0-9&]*[A-Za-z0-9](?:\.UK)?")
_LINK = re.compile(r"\]\([^)]*\)")


def unexplained(content: Content, entry: Entry) -> Iterator[Fault]:
    """An acronym that neither the glossary, the answer itself, an agreement's name nor `known_acronyms` explains."""
    for acronym in _acronyms(entry.body):
        if _single(acronym) not in content.acronyms and not _written_out(acronym, entry.body):
            problem = (
                f"{acronym} is explained nowhere; write it out, or add it to glossary.csv (known_acronyms: lint.toml)"
            )
            yield content.at_words(content.path(entry), acronym, problem)


def ambiguous(content: Content, entry: Entry) -> Iterator[Fault]:
    """An acronym with two meanings or more, used without a word that says which."""
    meanings = _meanings(content)
    for acronym in _acronyms(entry.body):
        told = meanings.get(_single(acronym), {})
        if len(told) > 1 and not _says_which(content, _single(acronym), set().union(*told.values()), entry):
            problem = f"{acronym} can stand for {' or '.join(sorted(told))}; write out which, or use another word"
            yield content.at_words(content.path(entry), acronym, problem)


def _acronyms(body: str) -> list[str]:
    """The words of which half the letters and more are capitals, two at least: SoR and G14, not LocalGov."""
    found = dict.fromkeys(_TOKEN.findall(_LINK.sub("]", body)))
    return [word for word in found if _capitals(word) >= 2 and 2 * _capitals(word) >= sum(map(str.isalpha, word))]


def _capitals(word: str) -> int:
    return sum(letter.isupper() for letter in word)


def _single(acronym: str) -> str:
    """KPIs are explained where a KPI is."""
    return acronym[:-1] if acronym.endswith("s") and acronym[:-1].isupper() else acronym


def _written_out(acronym: str, body: str) -> bool:
    """Whether the answer writes it out: "the Office for Lanterns (OFL)" or "OFL (the Office for Lanterns)"."""
    name = re.escape(acronym)
    return bool(re.search(rf"\((?:[A-Z]+ )?{name}(?: [\d.]+)?\)|\b{name} \((?![A-Z\d. ]+\))[A-Za-z]", body))


def _meanings(content: Content) -> dict[str, dict[str, set[str]]]:
    """Of each term, what it stands for, with the words that tell each meaning from the others."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for term in content.base.terms:
        if term.stands_for:
            found[term.term].setdefault(term.stands_for, set()).update(filter(None, (term.stands_for, term.context)))
    return found


def _says_which(content: Content, acronym: str, words: set[str], entry: Entry) -> bool:
    text = f"{entry.question} {entry.body}".lower()
    return any(word.lower() in text for word in (*words, *content.lint.meanings.get(acronym, ())))
