"""What is asked about an agreement, and what is not ours to answer: phrases kept in `content/`, matched by stem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import rtoml

from bot.errors import ContentError
from bot.knowledge import tokens
from bot.knowledge.words import FIELDS

MOST_BETWEEN = 2  # other words among those of a phrase, beyond which they are no longer one
BETWEEN = "…"  # stands in a phrase for any words, and makes the order of the others count
Phrase = frozenset[str]


@dataclass(frozen=True)
class Facet:
    """A field of an agreement that is asked for, the stems that asked for it, and the length of the longest phrase.

    The strength is 0 when the words go beyond what is held of agreements.
    """

    name: str
    stems: Phrase
    strength: int


@dataclass(frozen=True)
class Refusal:
    """A kind of question that is not ours: its name and what is said instead.

    A *firm* one is refused even where an entry seems to answer.
    """

    kind: str
    reply: str
    firm: bool = False


class Asking:
    """The phrases of `asking.toml` and `scope.toml`, ready to be looked for."""

    def __init__(
        self, asking: Mapping[str, Mapping[str, list[str]]], scope: Mapping[str, Mapping[str, object]]
    ) -> None:
        facets = _facets(asking)
        self._facets = _phrases(facets, asking.get("groups", {}))
        self._in_order = [(name, _ordered(text)) for name, texts in facets.items() for text in texts if BETWEEN in text]
        self._not_held = _pattern(_texts(asking["not_held"]), whole=False)
        self._compare = [_phrase(text) for text in asking["compare"]["phrases"]]
        self._beyond = [_phrase(text) for text in asking.get("beyond", {}).get("phrases", [])]
        self._filler = {tokens.stem(word) for word in asking["filler"]["words"]}
        self._kinds = [(kind, _pattern(_texts(table), whole=bool(table.get("whole")))) for kind, table in scope.items()]
        self._refusals = {
            kind: Refusal(kind, str(table["reply"]), firm=bool(table.get("firm"))) for kind, table in scope.items()
        }
        self.refused_as = {kind: tuple(map(str, table.get("asked", ()))) for kind, table in scope.items()}  # type: ignore[call-overload]

    def facet(self, stems: Iterable[str], text: str) -> Facet | None:
        """The facet whose longest phrase is among the stems; of two as long, the one with more words, or the first.

        Phrases whose words must come in order are looked for in the text.
        """
        in_order = list(stems)
        found = self._found(in_order, text)
        if not found:
            return None
        words = {name: frozenset().union(*phrases) for name, phrases in found.items()}
        longest = {name: max(map(len, phrases)) for name, phrases in found.items()}
        name = max(found, key=lambda each: (longest[each], len(words[each])))
        return Facet(name, words[name], 0 if self._goes_beyond(in_order) else longest[name])

    def _found(self, stems: Sequence[str], text: str) -> dict[str, list[Phrase]]:
        """The phrases that stand among the stems or, in order, in the text; by facet in the order of the file."""
        asked, plain = frozenset(stems), _in_a_row(text)
        free = (each for each in self._facets if each[1] <= asked and _together(each[1], stems))
        in_order = ((name, phrase) for name, (pattern, phrase) in self._in_order if pattern.search(plain))
        found: dict[str, list[Phrase]] = {}
        for name, phrase in chain(free, in_order):
            found.setdefault(name, []).append(phrase)
        return found

    def _goes_beyond(self, stems: Sequence[str]) -> bool:
        """Whether the words are about working with an agreement, so that no fact alone answers them."""
        asked = frozenset(stems)
        return any(phrase and phrase <= asked and _together(phrase, stems) for phrase in self._beyond)

    def compares(self, stems: Iterable[str]) -> bool:
        """Whether the words ask to set things side by side."""
        asked = frozenset(stems)
        return any(phrase and phrase <= asked for phrase in self._compare)

    def is_not_held(self, text: str) -> bool:
        """Whether the words ask for what nobody keeps here."""
        return bool(self._not_held.search(_in_a_row(text)))

    def left_over(self, stems: Iterable[str], facet: Facet | None) -> list[str]:
        """The stems with a subject of their own that neither the facet nor filler accounts for."""
        explained = self._filler | (facet.stems if facet else frozenset())
        return [stem for stem in stems if stem not in explained]

    def refusal_of(self, kind: str) -> Refusal:
        """What is said to a kind of question that is not ours."""
        return self._refusals[kind]

    def refusal(self, text: str) -> Refusal | None:
        """The kind of question that is not ours to answer, if it is one."""
        plain = _in_a_row(text)
        for kind, pattern in self._kinds:
            if pattern.search(plain):
                return self._refusals[kind]
        return None


def load(folder: Path) -> Asking:
    """Read both files. Raises ContentError with the path and the reason when one cannot be used."""
    tables = {}
    for name in ("asking.toml", "scope.toml"):
        path = folder / name
        try:
            tables[name] = rtoml.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, rtoml.TomlParsingError) as error:
            raise ContentError(
                f"{path}: cannot be read ({error}). Put it back from the last version that worked."
            ) from error
    try:
        return Asking(tables["asking.toml"], tables["scope.toml"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(
            f"{folder}: asking.toml or scope.toml lacks {error}; see the comments in the files."
        ) from error


def _in_a_row(text: str) -> str:
    """Text as it is compared with phrases: tidy, on one line, one kind of apostrophe."""
    return " ".join(tokens.tidy(text).replace("’", "'").split())


def _phrase(text: str) -> Phrase:
    return frozenset(tokens.stems(text))


def _phrases(facets: Mapping[str, list[str]], groups: Mapping[str, list[str]]) -> list[tuple[str, Phrase]]:
    """Every phrase in any order with its facet, once each, in the order of the file."""
    members = {f"{{{name}}}": [_phrase(word) for word in words] for name, words in groups.items()}
    free = ((name, text) for name, texts in facets.items() for text in texts if BETWEEN not in text)
    phrases = ((name, each) for name, text in free for each in _spelt(text, members))
    return [(name, phrase) for name, phrase in dict.fromkeys(phrases) if phrase]


def _spelt(text: str, members: Mapping[str, list[Phrase]]) -> Iterator[Phrase]:
    """A phrase with a `{group}` in it once for each member of the group; any other as it is."""
    group = next((name for name in members if name in text), None)
    if group is None:
        yield _phrase(text)
        return
    rest = _phrase(text.replace(group, " "))
    yield from (rest | member for member in members[group])


def _ordered(text: str) -> tuple[re.Pattern[str], Phrase]:
    """A phrase whose words must come in order, with others where it has three dots: as a pattern, and as stems."""
    words = r"\b\W+\w.*?\b".join(re.escape(_in_a_row(part)) for part in text.split(BETWEEN))
    return re.compile(rf"\b{words}\b"), frozenset(map(tokens.stem, tokens.words(text)))


def _together(phrase: Phrase, stems: Sequence[str]) -> bool:
    """Whether the words of a phrase stand near each other, in any order."""
    reach = len(phrase) + MOST_BETWEEN
    return any(phrase <= set(stems[at : at + reach]) for at in range(max(1, len(stems) - reach + 1)))


def _facets(asking: Mapping[str, Mapping[str, list[str]]]) -> Mapping[str, list[str]]:
    """The phrases by facet. Raises TypeError for a facet that is no field, or whose phrases are no list."""
    for name, phrases in asking["facets"].items():
        if name not in FIELDS or not isinstance(phrases, list):
            raise TypeError(f"a list of phrases for a known field (it has {name})")
    return asking["facets"]


def _texts(table: Mapping[str, object]) -> list[str]:
    phrases = table["phrases"]
    if not isinstance(phrases, list):
        raise TypeError("a list of phrases")
    return [tokens.tidy(str(phrase)) for phrase in phrases]


def _pattern(texts: list[str], *, whole: bool) -> re.Pattern[str]:
    """Phrases as whole words; with `whole`, nothing but a phrase (or two) and punctuation."""
    one = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)) or "(?!)"  # none: never
    return re.compile(rf"^\W*(?:(?:{one})\W*){{1,3}}$" if whole else rf"(?<!\w)(?:{one})(?!\w)")
