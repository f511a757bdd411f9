"""What all pages share: the head, the way past the menu, the menu, and the foot that says for which day they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.knowledge.records import Source
from bot.site import addresses
from bot.site.addresses import markdown_of, relative
from bot.site.markup import Markup, listed, outward, tag, together
from bot.site.site import Site

MENU = (
    (addresses.A_TO_Z, "A to Z"),
    (addresses.TOPICS, "Topics"),
    (addresses.AGREEMENTS, "Agreements"),
    (addresses.GLOSSARY, "Glossary"),
    (addresses.GAPS, "What is not here yet"),
    (addresses.REVIEWED, "Last reviewed"),
    (addresses.SOURCES, "Sources"),
)
# No page has a script; a browser is told so, for the case that a hostile text should ever get past the escaping.
POLICY = "script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"


def page(site: Site, here: str, title: str, *body: str, above: Sequence[tuple[str, str]] = (), about: str = "") -> str:
    """A whole page. `above` are the pages that lead to it, `about` one sentence for search engines."""
    name = site.say("site.name")
    main = tag("main", tag("h1", title), *body, id="main", tabindex="-1")
    whole = tag(
        "body",
        tag("a", "Skip to the content", href="#main", class_="skip"),
        tag("header", tag("p", link(here, addresses.HOME, name), class_="name"), _menu(here)),
        _trail(here, above),
        main,
        _foot(site, here),
    )
    titled = title if title == name else f"{title} – {name}"
    top = head(titled, about or site.say("site.about"), relative(here, addresses.STYLE))
    return f"<!doctype html>\n{tag('html', top, whole, lang='en-GB')}"


def head(title: str, about: str, style: str) -> Markup:
    """The head of a page. `about` is one sentence for search engines, `style` the way to the style sheet."""
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="description", content=about),
        tag("title", title),
        "\n",
        tag("link", rel="stylesheet", href=style),
    )


def link(here: str, there: str, text: str, **attributes: str) -> Markup:
    """A link from one page to another."""
    return tag("a", text, href=relative(here, there), **attributes)


def section(name: str, heading: str, *body: str) -> Markup:
    """A part of a page under a heading that can be linked to; nothing when there is nothing in it."""
    return tag("section", tag("h2", heading, id=name), *body, aria_labelledby=name) if any(body) else Markup()


def contents(label: str, parts: Iterable[tuple[str, str]]) -> Markup:
    """Links to the parts of a long page."""
    links = [tag("a", text, href=f"#{name}") for name, text in parts]
    return tag("nav", listed(links, class_="row"), aria_label=label, class_="contents")


def source_line(site: Site, source: Source) -> Markup:
    """A source in full: title, publisher, section, date and grade."""
    section_named = f", {source.section}" if source.section and source.section not in source.title else ""
    rest = f" ({source.publisher}{section_named}, {site.dated(source)})"
    return together([outward(source.title, source.url), rest])


def _menu(here: str) -> Markup:
    links = [link(here, there, text, aria_current="page" if there == here else "") for there, text in MENU]
    return tag("nav", listed(links, class_="row"), aria_label="Menu")


def _trail(here: str, above: Sequence[tuple[str, str]]) -> Markup:
    links = [link(here, there, text) for there, text in ((addresses.HOME, "Home"), *above)]
    return (
        tag("nav", listed(links, class_="row"), aria_label="Where this page is", class_="trail") if above else Markup()
    )


def _foot(site: Site, here: str) -> Markup:
    made = together([site.say("site.made", on=site.day), " ", link(here, addresses.SOURCES, "See all the sources.")])
    own = here.startswith(("agreements/", "entries/")) or here in (addresses.GLOSSARY, addresses.GAPS)
    copy = tag("p", link(here, markdown_of(here), "This page as Markdown")) if own else ""
    return tag("footer", tag("p", made), tag("p", site.say("site.advice")), copy)
