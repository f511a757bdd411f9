"""Which agreements an enquiry names: by reference, with or without RM; by name; by family and iteration.

A name that nobody has given an agreement ("G-Cloud 22", "RM9999") is found too, so that it can be said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from bot.knowledge import tokens
from bot.knowledge.records import Agreement

_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_NUMERALS |= {"seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13"}
_NUMERALS |= {"fourteen": "14", "fifteen": "15", "sixteen": "16"}
_SPLIT = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_REFERENCE = re.compile(r"\brm\s*[-:]?\s*(\d{3,5})(?:\.(\d{1,2}))?(?:\s*l(?:ot)?\s*(\d))?\b")
_BARE = re.compile(r"(?<![\d.£,])(\d{4})(?:\.(\d{1,2}))?(?![\d%])")
_LOT = re.compile(r"\blots?\s+(\d+[a-f]?|[a-f])\b")
_NOT_NAMES = {"framework", "agreement", "services", "service", "dps", "solutions", "lot"}
_FILLER = {"framework", "agreement", "version", "iteration", "number", "no"}
_MEASURES = {"month", "months", "year", "years", "week", "weeks", "day", "days", "k", "m"}

Key = tuple[str, ...]


@dataclass
class Named:
    """What an enquiry names. `agreements` are references in the order typed; `families` are named without iteration."""

    agreements: list[str] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)  # references or iterations that the base does not hold
    lots: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)  # the words that did the naming

    def add(self, reference: str) -> None:
        if reference not in self.agreements:
            self.agreements.append(reference)


class Names:
    """Every way of naming every agreement, ready to be looked for."""

    def __init__(self, agreements: Iterable[Agreement]) -> None:
        self._by_key: dict[Key, list[str]] = defaultdict(list)
        self._families: dict[Key, str] = {}
        self._series: dict[str, str] = {}  # "rm1557" for all of RM1557.12, RM1557.13 …
        self._references: dict[str, str] = {}
        for agreement in sorted(agreements, key=lambda each: each.iteration or 0):
            self._learn(agreement)
        self._longest = max(map(len, [*self._by_key, *self._families]), default=0)

    def _learn(self, agreement: Agreement) -> None:
        reference = agreement.reference.lower()
        self._references[reference] = agreement.reference
        if "." in reference and agreement.iteration is not None:
            self._series[reference.partition(".")[0]] = agreement.family
        for name in (agreement.name, agreement.reference, *agreement.also_called):
            key = key_of(name)
            if not key or set(key) <= _NOT_NAMES:
                continue
            if agreement.reference not in self._by_key[key]:
                self._by_key[key].append(agreement.reference)
            if agreement.iteration is not None and key[-1] == str(agreement.iteration) and _names_a_family(key[:-1]):
                self._families[key[:-1]] = agreement.family

    def find(self, enquiry: str) -> Named:
        """Everything that the enquiry names."""
        named = Named()
        text = tokens.tidy(enquiry)
        named.lots = _LOT.findall(text)
        self._take_names(self._take_references(text, named), named)
        named.families = [family for family in named.families if not self._covered(family, named)]
        return named

    def _covered(self, family: str, named: Named) -> bool:
        """Whether an iteration of the family has been named too, or one that nobody has heard of."""
        of_family = {
            reference for key, found in self._by_key.items() if self._family_of(key) == family for reference in found
        }
        return bool(of_family & set(named.agreements))

    def _family_of(self, key: Key) -> str | None:
        return self._families.get(key[:-1])

    def _take_references(self, text: str, named: Named) -> str:
        for found in _REFERENCE.finditer(text):
            self._note_reference(found, named, certain=True)
        text = _REFERENCE.sub(" ", text)
        for found in _BARE.finditer(text):
            self._note_reference(found, named, certain=False)
        return text

    def _note_reference(self, found: re.Match[str], named: Named, *, certain: bool) -> None:
        number, point = found.group(1), found.group(2)
        lot = found.group(3) if certain else None
        for text in (f"rm{number}.{point}l{lot}", f"rm{number}.{point}", f"rm{number}"):
            if text in self._references:
                named.add(self._references[text])
                named.used |= {number, f"rm{number}", f"{number}.{point}", f"rm{number}.{point}"}
                return
        family = self._series.get(f"rm{number}")
        if family and not point:
            named.families.append(family)
            named.used |= {number, f"rm{number}"}
        elif certain:
            named.unheard.append(f"RM{number}.{point}" if point else f"RM{number}")

    def _take_names(self, text: str, named: Named) -> None:
        parts = key_of(text)
        at = 0
        while at < len(parts):
            at += self._take_name(parts, at, named) or 1

    def _take_name(self, parts: Key, at: int, named: Named) -> int:
        """Note the longest name that starts at `at`; give the number of parts that it took."""
        for length in range(min(self._longest, len(parts) - at), 0, -1):
            key = parts[at : at + length]
            if key in self._by_key:
                if self._is_iteration_unheard(key, parts[at + length :]):
                    named.unheard.append(f"{' '.join(key)} {parts[at + length]}")
                    return length + 1
                for reference in self._by_key[key]:
                    named.add(reference)
                named.used |= _as_typed(key)
                return length
            if key in self._families:
                return self._take_family(parts, at, length, named)
        return 0

    def _is_iteration_unheard(self, key: Key, rest: Key) -> bool:
        """Whether a name that has no number is followed by one, which makes it another agreement's name."""
        numbered = len(rest) > 0 and re.fullmatch(r"\d{1,2}", rest[0]) and rest[0] != "1"
        if key[-1].isdigit() or not numbered:
            return False
        return len(key) > 2 and (len(rest) == 1 or rest[1] not in _MEASURES)

    def _take_family(self, parts: Key, at: int, length: int, named: Named) -> int:
        """A family's name: with a number after it that we do not hold, the iteration is unheard of."""
        family, key = self._families[parts[at : at + length]], parts[at : at + length]
        rest = parts[at + length :]
        filler = next((n for n, part in enumerate(rest) if part not in _FILLER), len(rest))
        after = rest[filler : filler + 2]
        named.used |= _as_typed(key)
        if after and re.fullmatch(r"\d{1,2}", after[0]) and after[-1] not in _MEASURES:
            self._name_iteration(family, key, after[0], named)
            return length + filler + 1
        if family not in named.families:
            named.families.append(family)
        return length

    def _name_iteration(self, family: str, key: Key, number: str, named: Named) -> None:
        """An iteration told apart from its family's name ("G-Cloud framework 14"), held or unheard of."""
        named.used.add(number)
        held = self._by_key.get((*key, number))
        for reference in held or ():
            named.add(reference)
        if not held:
            named.unheard.append(f"{' '.join(key)} {number}")


def _names_a_family(key: Key) -> bool:
    """Whether a name without its number still names something: "digital outcomes" does, the "g" of "G14" does not."""
    return len(key) > 1 or (len(key) == 1 and len(key[0]) > 2 and key[0] not in tokens.STOPPED)


def _as_typed(key: Key) -> set[str]:
    """The words that a name may have been typed as: its parts, each two together ("SPA24"), and all as one."""
    return {*key, "".join(key), *(one + other for one, other in pairwise(key))}


def key_of(text: str) -> Key:
    """A name as its letters and numbers apart, numerals as figures: "DOS7" and "dos 7" give ("dos", "7")."""
    parts = [_NUMERALS.get(part, part) for part in _SPLIT.findall(tokens.tidy(text).replace("&", " and "))]
    return tuple(part for part in parts if part not in ("and", "the"))
