"""What is text and what is HTML: text is escaped unless a function of this file made it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from bot.knowledge.records import ADDRESS

VOID = frozenset({"meta", "link", "img"})
ON_A_LINE = frozenset({"a", "strong", "span", "title"})


class Markup(str):
    """HTML that is ready to be written; any other string is text."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str) -> Markup:
    """An element. `class_` is written class and `aria_label` aria-label; an attribute without text is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items() if value
    )
    end = "" if name in VOID else f"</{name}>"
    return Markup(f"<{name}{written}>{together(children)}{end}{'' if name in ON_A_LINE else chr(10)}")


def together(parts: Iterable[str]) -> Markup:
    """Parts one after another, text among them escaped."""
    return Markup("".join(part if isinstance(part, Markup) else html.escape(part) for part in parts))


def outward(text: str, address: str | None) -> str:
    """A link to a page elsewhere; only http and https are followed, anything else is just the text."""
    return tag("a", text, href=address) if address and re.fullmatch(ADDRESS, address) else text


def listed(items: Iterable[str], **attributes: str) -> Markup:
    """A list with a bullet an item; nothing when there are none."""
    lines = [tag("li", item) for item in items]
    return tag("ul", *lines, **attributes) if lines else Markup()


def described(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Names with their values, one below the other."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs))


def table(caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Markup:
    """A table whose first column names its rows.

    Roles are written out, and each cell repeats its column in `data-label`, because the style sheet stacks the cells
    on a narrow screen, and some browsers then forget that it is a table.
    """
    head = tag("tr", *(tag("th", each, scope="col", role="columnheader") for each in heads), role="row")
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", head, role="rowgroup"),
        tag("tbody", *(_row(heads, row) for row in rows), role="rowgroup"),
        role="table",
    )


def _row(heads: tuple[str, ...], row: tuple[str, ...]) -> Markup:
    first = tag("th", row[0], scope="row", role="rowheader")
    rest = zip(heads[1:], row[1:], strict=True)
    return tag("tr", first, *(tag("td", cell, role="cell", data_label=head) for head, cell in rest), role="row")
