"""How an enquiry becomes one of the five outcomes. Rules in order, each of which either replies or passes on.

What is not ours to answer comes first, then agreements by name, terms, and entries by confidence. Nothing is remembered
from one enquiry to the next, so one subject never colours another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.knowledge import tokens
from bot.knowledge.about_agreements import AboutAgreements
from bot.knowledge.asked import Asked, Reader
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.compose import RELATED, Composer
from bot.knowledge.confidence import Band, Model
from bot.knowledge.records import Entry, Nation, Term
from bot.knowledge.reply import Outcome, Reply
from bot.knowledge.search import Finding, Match, Subject
from bot.knowledge.semantic.meanings import Meanings

BELIEVED = 0.5  # share of all belief from which a gap is named
COVERED, KIN = 0.6, 0.22  # coverage and kinship from which; of those named rightly, 19 of 20 reach both
LONGEST = 600  # characters; a question is a sentence or two
NATION_WORDS: dict[str, Nation] = {
    "scotland": "scotland",
    "scottish": "scotland",
    "wales": "wales",
    "welsh": "wales",
    "northern ireland": "northern ireland",
    "northern irish": "northern ireland",
}
_MEANING = re.compile(
    r"^\W*(?:wh?[ao]t(?:'?s| is| are| does| do)?|define|definition of|meaning of|explain)\s+"
    r"(?:the\s+)?(?:meaning of\s+|definition of\s+)?(?:an?\s+|the\s+)?(.+?)"
    r"\s*(?:mean|means|stand for|stands for|in plain english|definition|acronym)?\W*$"
)
_MEANING_LAST = re.compile(
    r"^\W*(?:(?:acronym|abbreviation)(?: check)?\W+)?(.+?)"
    r"\W+(?:what(?:'?s| is| does)\s+(?:it|that|this)(?:\s+(?:mean|stand for))?"
    r"|stands? for(?: what)?|means what|meaning)\W*$"
)
_MEANING_FIRST = re.compile(r"^\W*(?:acronym|abbreviation)(?: check)?\W+(.+?)\W*$")
_ASKS_MEANING = re.compile(r"\b(?:mean|means|meaning|stand for|stands for|define|definition|acronym|abbreviation)\b")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-zA-Z]")


class Replier:
    """Replies to enquiries from one base. Built once for a base; keeps nothing of what is asked."""

    def __init__(
        self,
        base: KnowledgeBase,
        model: Model | None = None,
        meanings: Meanings | None = None,
        index_file: Path | None = None,
    ) -> None:
        """`meanings` where the optional model is installed; `model` only to try out another confidence.

        What is learnt from the base is kept in `index_file` for the next start.
        """
        self.base = base
        self.compose = Composer(base)
        self._reader = Reader(base, model, meanings, index_file)
        self._about = AboutAgreements(self.compose, self._reader.names)
        self._terms = _terms_by_name(base.terms)
        self._rules: tuple[Callable[[Asked], Reply | None], ...] = (
            self._exactly,
            self._refused,
            self._defined,
            self._not_held,
            self._known_not_to_be_here,
            self._about.unheard,
            self._about.compared,
            self._about.named,
            self._about.of_family,
            self._meaning,
            self._vague,
        )

    def reply(self, enquiry: str, on: date) -> Reply:
        """The reply to an enquiry on a day (in the United Kingdom). Never raises for anything typed."""
        if unfit := self._unfit(enquiry):
            return unfit
        asked = self._reader.read(enquiry, on)
        by_rule = (reply for rule in self._rules for reply in [rule(asked)] if reply)
        return next(by_rule, None) or self._other_nation(asked) or self._by_confidence(asked)

    def leaves_to_search(self, enquiry: str, on: date) -> bool:
        """Whether no rule replies, so that confidence in the best entry decides."""
        asked = self._reader.read(enquiry, on)
        return not self._unfit(enquiry) and not any(rule(asked) for rule in self._rules)

    def open(self, target: str, on: date) -> Reply:
        """The reply behind a suggestion's button; a target that no longer exists gets *don't know*."""
        kind, _, name = target.partition(":")
        reference, _, field = name.partition(":")
        if kind == "entry" and (entry := self.base.entries.get(name)):
            return self.compose.entry(entry, on)
        if kind == "agreement" and (agreement := self.base.agreements.get(reference)):
            known = f"fields.{field}" in self.base.words.sentences
            return self._about.facts([agreement], field if known else "overview", on)
        return self.compose.dont_know()

    def find(self, enquiry: str) -> Finding:
        """What the search alone finds among the entries, best first."""
        return self._reader.index.find(enquiry)

    # Rules, in the order in which they are tried.

    def _unfit(self, enquiry: str) -> Reply | None:
        """Text that holds no question: empty, far too long, no letters, another script."""
        words, letters = self.base.words, _LETTER.findall(enquiry)
        if not enquiry.strip():
            return Reply(Outcome.CLARIFY, words.say("outcomes.empty"))
        if len(enquiry) > LONGEST:
            return Reply(Outcome.CLARIFY, words.say("outcomes.too_long"))
        if letters and len(_LATIN.findall(enquiry)) < len(letters) / 2:
            return Reply(Outcome.OUT_OF_SCOPE, words.say("outcomes.not_english"))
        if not tokens.words(enquiry):
            return Reply(Outcome.CLARIFY, words.say("outcomes.not_text"))
        return None

    def _exactly(self, asked: Asked) -> Reply | None:
        """The very words of an entry, a gap, or of what is not ours."""
        subject = self._reader.index.exactly(asked.text)
        return self._reply_of(subject, asked) if subject else None

    def _refused(self, asked: Asked) -> Reply | None:
        """What is not ours to answer, by its words; what is plainly found goes before all but what is firm."""
        refusal = self.base.asking.refusal(asked.text)
        if not refusal or (not refusal.firm and (asked.fitting or _is_known(asked.finding))):
            return None
        return Reply(Outcome.OUT_OF_SCOPE, refusal.reply)

    def _defined(self, asked: Asked) -> Reply | None:
        """A meaning that is asked for in so many words comes before anything that bears the same name."""
        return self._meaning(asked) if _ASKS_MEANING.search(tokens.tidy(asked.text)) else None

    def _meaning(self, asked: Asked) -> Reply | None:
        """The meaning of a word or acronym, unless an entry is asked for nearly in its own words."""
        whole = tokens.plain(asked.text)
        typed = tokens.tidy(asked.text).replace("’", "'")
        found = _MEANING.match(typed) or _MEANING_LAST.match(typed) or _MEANING_FIRST.match(typed)
        terms = self._terms.get(tokens.plain(found.group(1)) if found else whole) or self._terms.get(whole)
        if not terms or (asked.fitting and asked.finding.kinship > 0.6):
            return None
        best = [match for match in asked.finding.matches[:RELATED] if match.kind == "entry" and match.coverage > 0.6]
        near = [match.name for match in best]
        return replace(self.compose.terms(terms), suggestions=tuple(self.compose.of_entries(near)))

    def _not_held(self, asked: Asked) -> Reply | None:
        """What nobody keeps here, such as suppliers and prices: said, before anything near it is given.

        Asked in general, an entry may hold where to look.
        """
        in_general = not (asked.agreements or asked.named.families)
        if not self.base.asking.is_not_held(asked.text) or (in_general and asked.fitting):
            return None
        near = tuple(self.compose.of_agreement(each) for each in asked.agreements[:RELATED])
        owner = self.base.curator_name("frameworks")
        return Reply(Outcome.DONT_KNOW, self.base.words.say("outcomes.not_held"), suggestions=near, owner=owner)

    def _known_not_to_be_here(self, asked: Asked) -> Reply | None:
        """What is most likely a gap, or not ours to answer, from the ways in which people ask for such things."""
        return self._reply_of(asked.finding.matches[0], asked) if _is_known(asked.finding) else None

    def _reply_of(self, subject: Subject | Match, asked: Asked) -> Reply:
        match subject.kind:
            case "entry":
                return self.compose.entry(self.base.entries[subject.name], asked.on)
            case "gap":
                return self.compose.gap(self.base.gaps[subject.name], [entry.slug for entry in asked.entries])
            case "refusal":
                return Reply(Outcome.OUT_OF_SCOPE, self.base.asking.refusal_of(subject.name).reply)

    def _vague(self, asked: Asked) -> Reply | None:
        """Words without a subject ("what about lot 2"): asked what they are about, with the nearest on offer."""
        subjects = self.base.asking.left_over(asked.stems, None)
        if any(not stem[0].isdigit() and stem != "lot" for stem in subjects):
            return None
        near = tuple(self.compose.of_entries(entry.slug for entry in asked.entries[:RELATED]))
        return Reply(Outcome.CLARIFY, self.base.words.say("outcomes.vague"), suggestions=near)

    def _other_nation(self, asked: Asked) -> Reply | None:
        """A nation is named that the best entry does not cover."""
        text = f" {tokens.plain(asked.text)} "
        nation = next((nation for word, nation in NATION_WORDS.items() if f" {word} " in text), None)
        if not nation or not asked.best or nation in asked.best.nations or asked.band is Band.REFUSE:
            return None
        return self._not_there(nation, asked.best, asked)

    def _not_there(self, nation: Nation, best: Entry, asked: Asked) -> Reply:
        covering = [entry for entry in asked.entries if nation in entry.nations][:RELATED]
        words, there = self.base.words, self.compose.nations(best.nations)
        lead = words.say("outcomes.other_nation", nation=words.say(f"nations.{nation}"), nations=there)
        near = tuple(self.compose.of_entries(entry.slug for entry in (*covering, best)))[:RELATED]
        return Reply(Outcome.DONT_KNOW, lead, suggestions=near, owner=self.base.curator_name(best.curator))

    def _by_confidence(self, asked: Asked) -> Reply:
        """The best entry, the nearest few, or *don't know*, by confidence."""
        if asked.fitting:
            return self.compose.with_near(self.compose.entry(asked.fitting, asked.on), asked.finding)
        if not asked.entries or asked.band is Band.REFUSE:
            return self.compose.dont_know(asked.entries[0] if asked.entries else None)
        near = tuple(self.compose.of_entries(entry.slug for entry in asked.entries[:RELATED]))
        return Reply(Outcome.DID_YOU_MEAN, self.base.words.say("outcomes.did_you_mean"), suggestions=near)


def _is_known(finding: Finding) -> bool:
    """Whether what is found first is no entry, and surely meant: likelier than all else together, and close.

    Gaps count together: two may be near each other, and that they share belief makes no entry an answer.
    """
    if not finding.matches or finding.matches[0].kind == "entry" or finding.kinship < KIN:
        return False
    first = finding.matches[0]
    gaps = sum(match.belief for match in finding.matches if match.kind == "gap")
    return (gaps if first.kind == "gap" else first.belief) >= BELIEVED and first.coverage >= COVERED


def _terms_by_name(terms: tuple[Term, ...]) -> dict[str, list[Term]]:
    by_name: dict[str, list[Term]] = {}
    for term in terms:
        names = (term.term, term.stands_for, *term.also_called, term.formerly)
        for name in dict.fromkeys(tokens.plain(text) for text in names if text):
            by_name.setdefault(name, []).append(term)
    return by_name
