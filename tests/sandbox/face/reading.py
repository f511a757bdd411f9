"""Reads HTML as a browser would, as far as the tests need: elements, their attributes, and whether they nest."""

from html.parser import HTMLParser

ALONE = {"br", "hr", "img", "input", "meta", "link"}


class Seen(HTMLParser):
    """Every element of a piece of HTML, in order; closing tags must match the tags they close."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in ALONE:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of this name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def by_id(self, key: str) -> tuple[str, dict[str, str]]:
        """The one element with this id."""
        [found] = [one for one in self.elements if one[1].get("id") == key]
        return found


def assert_harmless(html: str) -> Seen:
    """No script, no handler, no address but the permitted ones, no style, no id twice."""
    seen = Seen(html)
    ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in seen.elements:
        assert tag not in {"script", "iframe", "object", "embed", "style", "base", "svg", "form", "link", "meta"}
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
        assert attributes.get("href", "https:").lower().startswith(("https:", "http:", "mailto:", "/", "#", "?"))
        assert attributes.get("src", "/files/").startswith("/files/")
        assert " " not in attributes.get("id", "")
    return seen
