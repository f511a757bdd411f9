"""What an answer says that people must do: only what a law, a contract or official guidance says, and to whom it does.

PPN 02/24 binds central government and lets others choose: to tell a council that it "must" is a wrong answer even with
the best of sources (../shared/design/knowledge.md, section 5, "Why applies_to").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.checks.content import Content
from bot.knowledge.checks.prose import sentences
from bot.knowledge.faults import Fault
from bot.knowledge.records import Entry, Grade, Source

_MUST = re.compile(r"\bmust\b", re.IGNORECASE)
_OFFICIAL = (Grade.OFFICIAL, Grade.NOTICE_COPY, Grade.QUOTED)


def must(content: Content, entry: Entry) -> Iterator[Fault]:
    """A "must" for which no source binds, or that `applies_to` gives to nobody."""
    told = [sentence for sentence in sentences(entry.body) if _MUST.search(sentence.text)]
    if told and (problem := _why_not(content, entry)):
        yield content.at_words(content.path(entry), told[0].raw, problem)


def _why_not(content: Content, entry: Entry) -> str:
    if not any(binds(content, source) for source in entry.sources):
        return "“must” without a law, a contract or official guidance among the sources; add it, or say “should”"
    if "must" not in dict(entry.applies_to).values():
        return "“must”, but applies_to has a must for nobody; say for whom it is binding, or say “should”"
    return ""


def binds(content: Content, source: Source) -> bool:
    """Whether a source can oblige: an official one that `lint.toml` names by its title, section or publisher."""
    if source.grade not in _OFFICIAL:
        return False
    named = "|".join(map(re.escape, content.lint.binding_sources))
    by_title = bool(named) and re.search(rf"\b(?:{named})\b", f"{source.title} {source.section}", re.IGNORECASE)
    return bool(by_title) or source.publisher in content.lint.binding_publishers
