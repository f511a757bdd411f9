"""How an answer reads: rules on its words and sentences, as content/README.md promises them to curators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.checks.content import Content, prose_of
from bot.knowledge.faults import Fault
from bot.knowledge.records import Entry

WORDS = 120  # of an entry's body: one screen in Slack
SENTENCE = 25  # words; GOV.UK's own limit: guidance.publishing.service.gov.uk, "Use short sentences"
AGE = 14  # years; the limit of the design: ../shared/design/knowledge.md, section 5
EXPLAINED = 2  # syllables at most that an explained word counts for
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)")
_SENTENCE = re.compile(r"(?<=:\*\*)\s+|(?<=[.!?])(?:[)\"”]|\*\*)*\s+(?=[\"“(\[]?(?:\*\*)?[A-Z0-9£])")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD = re.compile(r"\S*\w\S*")
_LETTERS = re.compile(r"[a-z]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[a-z])(?:(?<![aeiouyl])e|(?<=[aeiouy]l)e|(?<![aeiouytd])ed|(?<![aeiouyscgxz])es)$")
_YES_NO = re.compile(r"\W*(yes|no)(?:\s*[,.;:!?–—-]|\s+(?:you|it|they|we|he|she|but|not|there|the)\b|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence, heading or item of a list; `raw` is as it stands in the file, `text` without its marks."""

    raw: str

    @property
    def text(self) -> str:
        return _LINK.sub(r"\1", self.raw).replace("**", "").lstrip("-* ").strip()

    @property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)


def sentences(body: str) -> list[Sentence]:
    """The sentences of a body; every item of a list is one, for that is how it is read."""
    parts = [part for block in _BLOCK.split(body) for part in _SENTENCE.split(block)]
    return [Sentence(part.strip()) for part in parts if part and part.strip(" -*\n")]


def too_long(content: Content, entry: Entry) -> Iterator[Fault]:
    """An answer of more than 120 words."""
    if (length := len(entry.body.split())) > WORDS:
        yield Fault(content.path(entry), 1, f"the answer has {length} words, and {WORDS} is the most; shorten it")


def long_sentences(content: Content, entry: Entry) -> Iterator[Fault]:
    """A sentence of more than 25 words."""
    for sentence in sentences(entry.body):
        if (length := len(sentence.words)) > SENTENCE:
            problem = f"a sentence has {length} words, and {SENTENCE} is the most; make two: “{_start(sentence)}…”"
            yield content.at_words(content.path(entry), sentence.raw, problem)


def yes_or_no(content: Content, entry: Entry) -> Iterator[Fault]:
    """An answer that opens with a bare "Yes" or "No": to another wording of the question it may be the wrong one."""
    if found := _YES_NO.match(entry.body):
        problem = f"the answer opens with “{found.group(1)}”; begin with a sentence that stands on its own"
        yield content.at_words(content.path(entry), entry.body, problem)


def relative_dates(content: Content, entry: Entry) -> Iterator[Fault]:
    """A date that is true only near the day of writing ("recently", "this year")."""
    for sentence in sentences(entry.body):
        for word in _relative(content, sentence.text):
            problem = f"“{word}” goes stale; give the date, or leave it out"
            yield content.at_words(content.path(entry), sentence.raw, problem)


def relative_dates_of_agreements(content: Content) -> Iterator[Fault]:
    """The same in what agreements say in words."""
    for path, agreement in content.agreements:
        for _, text in prose_of(agreement):
            for word in _relative(content, text):
                yield content.at_words(path, text, f"“{word}” goes stale; give the date, or leave it out")


def _relative(content: Content, text: str) -> list[str]:
    for idiom in content.lint.not_relative:
        text = re.sub(rf"\b{re.escape(idiom)}\b", "", text, flags=re.IGNORECASE)
    phrases = "|".join(map(re.escape, content.lint.relative_dates))
    return re.findall(rf"(?<![\w-])(?:{phrases})(?![\w-])", text, re.IGNORECASE) if phrases else []


def hard_to_read(content: Content, entry: Entry) -> Iterator[Fault]:
    """A body that asks for a reader older than 14, list items counted as sentences."""
    if (age := reading_age(entry.body, content.explained)) > AGE:
        problem = f"the answer reads at age {age:.1f}, and {AGE} is the most; use shorter words and sentences"
        yield content.at_words(content.path(entry), entry.body, problem)


def reading_age(body: str, explained: frozenset[str] = frozenset()) -> float:
    """The Flesch-Kincaid grade of a text plus five: the age of a reader in that American school grade.

    Grade = 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers and Chissom,
    "Derivation of new readability formulas", Naval Technical Training Command, report 8-75, 1975). SMOG was made for
    30 sentences and more; our answers have five to ten. A word that the glossary explains counts for two syllables
    at most: its writer cannot choose another, and its reader can ask the bot what it means.
    """
    told = sentences(body)
    found = [word.lower() for sentence in told for word in sentence.words]
    if not found:
        return 0.0
    beats = sum(min(syllables(word), EXPLAINED) if _bare(word) in explained else syllables(word) for word in found)
    return 0.39 * len(found) / len(told) + 11.8 * beats / len(found) - 15.59 + 5


def syllables(word: str) -> int:
    """The syllables of a word: its groups of vowels, less a silent ending; figures count for one."""
    parts = _LETTERS.findall(word.lower())
    return max(1, sum(max(1, len(_VOWELS.findall(part)) - len(_SILENT.findall(part))) for part in parts))


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]“”\"'’*")


def _start(sentence: Sentence) -> str:
    return " ".join(sentence.words[:6])
