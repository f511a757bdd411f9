"""Keeps the rules of a whole view: a modal's title and buttons, the size of it, and what a Home tab may carry.

Facts: docs.slack.dev/reference/views/modal-views and …/views/home-tab-views
"""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.validation.composition import ANY_ID, plain
from sandbox.validation.shapes import Shape, anything, boolean, fault, kind, string, typed
from sandbox.validation.surfaces import faults_in_blocks

MOST_BYTES = 250_000

_BOTH: Shape = {"private_metadata": string(3000), "callback_id": ANY_ID, "external_id": ANY_ID}
_VIEW = typed(
    {
        "modal": kind(
            {"title": plain(24), "blocks": anything},
            {
                **_BOTH,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
        "home": kind({"blocks": anything}, _BOTH),
    }
)


def faults_in_view(view: object) -> list[str]:
    """Everything Slack would refuse in this view (docs.slack.dev/reference/methods/views.open, …/views.publish)."""
    found = list(_VIEW(view, "/view"))
    if isinstance(view, dict) and view.get("type") in ("modal", "home"):
        found += faults_in_blocks(view.get("blocks", []), view["type"], "/view/blocks")
        found += _as_a_whole(view)
    return found


def view_is_too_large(view: object) -> bool:
    """Whether Slack would answer `view_too_large` (docs.slack.dev/reference/methods/views.open#errors)."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES


def _as_a_whole(view: dict[str, Any]) -> Iterator[str]:
    if view_is_too_large(view):
        yield fault(f"must be less than {MOST_BYTES + 1} bytes", "/view")
    blocks = view["blocks"] if isinstance(view.get("blocks"), list) else []
    asks = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    # …/views/modal-views: "submit is required when an input block is within the blocks array".
    if view["type"] == "modal" and asks and "submit" not in view:
        yield fault("missing required field: submit, which a modal with an input block needs", "/view")
