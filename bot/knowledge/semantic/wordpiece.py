"""How the model reads text: lower-case words in pieces that it knows (WordPiece, Wu et al. 2016, arXiv:1609.08144)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

LONGEST_WORD = 100
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WordPiece:
    """Turns text into the numbers of its pieces."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary

    def read(self, text: str, most: int) -> list[int]:
        """The pieces of a text with the start and end marks, `most` of them at the most."""
        pieces = [piece for word in _words(text) for piece in self._pieces(word)]
        return [self._vocabulary[START], *pieces[: most - 2], self._vocabulary[END]]

    def _pieces(self, word: str) -> list[int]:
        """The longest known beginnings, one after another; one unknown mark when there is no such way."""
        found: list[int] = []
        rest, mark = word[: LONGEST_WORD + 1], ""
        while rest:
            end = next((at for at in range(len(rest), 0, -1) if mark + rest[:at] in self._vocabulary), 0)
            if not end or len(word) > LONGEST_WORD:
                return [self._vocabulary[UNKNOWN]]
            found.append(self._vocabulary[mark + rest[:end]])
            rest, mark = rest[end:], "##"
        return found


def _words(text: str) -> Iterator[str]:
    """Words and single marks of punctuation, lower case, without accents."""
    word = ""
    for letter in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(letter)
        if category == "Mn":
            continue
        alone = category.startswith("P") or letter in "$+<=>^`|~"
        if alone or letter.isspace() or category.startswith("C"):
            if word:
                yield word
            word = ""
            if alone:
                yield letter
        else:
            word += letter
    if word:
        yield word
