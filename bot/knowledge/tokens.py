"""How text becomes words, stems and trigrams, the same for questions and for content.

The rules follow what was measured for this kind of base: names such as "G-Cloud" are one word however they are
typed, letters with digits ("IR35") stay whole, question words are kept, and only a light list is stopped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import Stemmer

STOPPED = frozenset(
    "a an the of to in on for and or is are was were be been it its this that these those i we you my our your me us"
    " do does did have has had with from at by as if so there their they them am will would could should shall please"
    " about any some just also get got".split()
)
# Patterns and how they are written. None reaches over the end of a line, since many texts are read at once, by lines;
# they begin with a letter, which is looked for much faster.
_JOINED = (
    (re.compile(r"g(?<!\wg)[ \-_]*cloud(?=\b|\d|_)"), "gcloud"),
    (re.compile(r"call(?<!\wcall)[ \-]?offs?\b"), "calloff"),
    (re.compile(r"t(?<!\wt) ?& ?m\b"), "tandm"),
    (re.compile(r"rm(?<!\wrm)[ \-:]*(\d{3,5})"), r"rm\1"),
    *((re.compile(rf"{name}(?<!\w{name})(?=\d)"), f"{name} ") for name in ("gcloud", "dos", "mcf", "lot", "tepas")),
    (re.compile(r"[’'](?<=\w[’'])(?:s|t|re|ve|d|ll)\b"), ""),
)
_JOINT = re.compile("[’'&]|call|cloud|dos|lot|mcf|rm|tepas")  # one of which stands wherever one of them matches
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_WORD = re.compile(r"[^\W\d_]+(?:\d+(?:\.\d+)*(?:l\d+)?)?|\d+(?:[.,]\d+)+|\d+[a-z]?\b|\d+")
_DIGIT = re.compile(r"\d")
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalpha()}
_stemmer = Stemmer.Stemmer("english")


def tidy(text: str) -> str:
    """Text in lower case, without control characters, accents in one form, known names joined."""
    return _tidied(_one_form(text.replace("\n", " ")))


def _one_form(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _tidied(lines: str) -> str:
    plain = lines.lower() if lines.isascii() else _HYPHENS.sub("-", lines.lower())
    if not plain.replace("\n", "").isprintable():
        plain = "".join(" " if each != "\n" and unicodedata.category(each) in _UNSEEN else each for each in plain)
    if _JOINT.search(plain):
        for pattern, joined in _JOINED:
            plain = pattern.sub(joined, plain)
    return plain


def words_of_each(texts: Iterable[str]) -> Iterator[list[str]]:
    """The words of each text; much faster than one by one."""
    lines = [_one_form(text.replace("\n", " ").replace("\r", " ")) for text in texts]
    yield from map(_words, _tidied("\n".join(lines)).split("\n") if lines else ())


def words(text: str) -> list[str]:
    """The words of a text in order, in lower case."""
    return _words(tidy(text))


def _words(line: str) -> list[str]:
    """The words of tidy text. Plain letters, as most text is, are split four times as fast as by the pattern."""
    plain = line.isascii() and not _DIGIT.search(line)
    return line.translate(_BETWEEN).split() if plain else _WORD.findall(line)


def plain(text: str) -> str:
    """Text as bare lower-case words, so that only the words decide whether two questions are the same."""
    return " ".join(words(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one lower-case word; words with digits are their own stem."""
    return str(_stemmer.stemWord(word)) if word.isalpha() else word


def stems(text: str) -> list[str]:
    """The stems of all words but the stopped ones."""
    return stemmed(words(text))


def stemmed(some: Iterable[str]) -> list[str]:
    """The stems of words, without the stopped ones."""
    return [stem(word) for word in some if word not in STOPPED]


def trigrams(some: Iterable[str]) -> frozenset[str]:
    """The three-letter pieces of words with their borders: "lot" gives " lo", "lot" and "ot "."""
    return frozenset().union(*map(pieces, some))


@lru_cache(maxsize=50_000)
def pieces(word: str) -> frozenset[str]:
    """The three-letter pieces of one word."""
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
