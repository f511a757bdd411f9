"""The rules of the glossary alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.knowledge.checks.content import Content
from bot.knowledge.faults import Fault


def without_context(content: Content) -> Iterator[Fault]:
    """A term with two rows or more of which one does not say where it has that meaning."""
    rows = Counter(term.term.lower() for _, term in content.terms)
    for line, term in content.terms:
        if rows[term.term.lower()] > 1 and not term.context:
            problem = f"{term.term} has {rows[term.term.lower()]} rows; say in context where it means this"
            yield Fault(content.glossary, line, problem)
