"""Keeps how text becomes HTML without ever becoming more than text: nothing is `Html` that was not escaped here.

The type does the watching: functions that build HTML take `Html`, and the only ways to get some are below.
"""

import html
import re
from collections.abc import Iterable, Mapping
from typing import NewType
from urllib.parse import urlsplit

Html = NewType("Html", str)
Attributes = Mapping[str, object]

NOTHING = Html("")
_ALONE = frozenset({"br", "hr", "img", "input"})
_LINKED = frozenset({"http", "https", "mailto"})
_OWN_FILE = re.compile(r"/files/[A-Za-z0-9]+/[^/?#\\]+")
_LOOPBACK = frozenset({"", "127.0.0.1", "localhost", "[::1]"})


def text(raw: object) -> Html:
    """The text, shown as it is."""
    return Html(html.escape(str(raw), quote=True))


def join(parts: Iterable[Html], between: Html = NOTHING) -> Html:
    """Several pieces, one after the other."""
    return Html(between.join(parts))


def tag(name: str, attributes: Attributes | None = None, *content: Html) -> Html:
    """One element. An attribute is left out for None and False, and stands alone for True."""
    written = "".join(_attribute(key, value) for key, value in (attributes or {}).items())
    if name in _ALONE:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{''.join(content)}</{name}>")


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    return f" {key}" if value is True else f' {key}="{text(value)}"'


def safe_url(url: object) -> str | None:
    """The address, if a person may be sent there: http, https and mailto only, and no character that hides another."""
    if not isinstance(url, str) or re.search(r"[\x00-\x20\x7f\\]", url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    reaches = parts.netloc or (parts.scheme.lower() == "mailto" and parts.path)
    return url.strip() if parts.scheme.lower() in _LINKED and reaches else None


def anchor(url: object, label: Html, attributes: Attributes | None = None) -> Html:
    """A link in a new tab, or the bare label where the address is not safe."""
    target = safe_url(url)
    if target is None:
        return label
    return tag("a", {"href": target, "target": "_blank", "rel": "noopener noreferrer", **(attributes or {})}, label)


def own_file(url: object) -> str | None:
    """The path of a file kept by this sandbox; None for any other address, so that no picture is fetched from afar."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    near = parts.scheme in ("", "http") and host in _LOOPBACK
    return parts.path if near and ".." not in parts.path and _OWN_FILE.fullmatch(parts.path) else None
