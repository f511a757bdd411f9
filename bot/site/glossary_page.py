"""How terms are shown: one page, one heading a word; a word with several meanings has them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.knowledge.asof import day_in_words
from bot.knowledge.records import Term
from bot.site import addresses
from bot.site.layout import contents, page, source_line
from bot.site.markup import Markup, tag, together
from bot.site.prose import inline
from bot.site.site import Site, capital


def grouped(site: Site) -> list[list[Term]]:
    """The meanings of each word together, in alphabetical order."""

    def key(term: Term) -> tuple[str, str]:
        return letter_of(term.term), term.term.casefold()

    return [list(group) for _, group in groupby(sorted(site.base.terms, key=key), key=key)]


def letter_of(text: str) -> str:
    """The letter under which a text is filed; figures and signs share one place."""
    first = text[:1].upper()
    return first if "A" <= first <= "Z" else "0-9"


def glossary(site: Site) -> str:
    """All words, with their meanings."""
    lead = tag("p", site.say("lists.glossary"), class_="lead")
    letters = [(letter, list(words)) for letter, words in groupby(grouped(site), lambda each: letter_of(each[0].term))]
    parts = [_letter(site, letter, words) for letter, words in letters]
    marks = contents("Letters", ((f"letter-{letter}", letter) for letter, _ in letters))
    return page(site, addresses.GLOSSARY, "Glossary", lead, marks, *parts)


def _letter(site: Site, letter: str, words: list[list[Term]]) -> Markup:
    mark = f"letter-{letter}"
    return tag("section", tag("h2", letter, id=mark), *(_word(site, each) for each in words), aria_labelledby=mark)


def _word(site: Site, meanings: list[Term]) -> Markup:
    first = meanings[0]
    heading = tag("h3", first.term, id=site.addresses.mark(first.term))
    if len(meanings) == 1:
        return together([heading, *_meaning(site, first)])
    many = site.base.words.say("facts.meanings", term=first.term, count=len(meanings))
    items = [together(_meaning(site, each)) for each in meanings]
    return together([heading, tag("p", many), tag("ol", *(tag("li", item) for item in items), class_="wide")])


def _meaning(site: Site, term: Term) -> Iterator[Markup]:
    stands_for = tag("strong", f"{capital(term.stands_for)}. ") if term.stands_for else ""
    context = f"In {term.context}: " if term.context else ""
    yield tag("p", context, stands_for, inline(term.meaning))
    if said := others(term):
        yield tag("p", *said, class_="small")
    checked = f" Owner: {site.base.curator_name(term.curator)}, last reviewed {day_in_words(term.reviewed)}."
    yield tag("p", "Source: ", source_line(site, term.source), ".", checked, class_="small")


def others(term: Term) -> list[str]:
    """Other words for the same."""
    said = [f"Also called: {'; '.join(term.also_called)}. "] if term.also_called else []
    return [*said, f"Formerly: {term.formerly}."] if term.formerly else said
