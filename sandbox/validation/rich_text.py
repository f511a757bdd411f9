"""Keeps the rules of the rich text block and of the pieces it is made from.

Facts: docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from sandbox.validation.composition import ANY_ID, LINK
from sandbox.validation.shapes import Shape, anything, array, boolean, integer, kind, one_of, record, string, typed

_LOOK = record(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_STYLED: Shape = {"style": _LOOK}

PIECES = typed(
    {
        "text": kind({"text": string(least=1)}, _STYLED),
        "link": kind({"url": LINK}, {**_STYLED, "text": string(), "unsafe": boolean}),
        "user": kind({"user_id": ANY_ID}, _STYLED),
        "usergroup": kind({"usergroup_id": ANY_ID}, _STYLED),
        "channel": kind({"channel_id": ANY_ID}, _STYLED),
        "team": kind({"team_id": ANY_ID}, _STYLED),
        # Slack adds `unicode` itself when a message is read back, and accepts it in return.
        "emoji": kind({"name": string(255, 1)}, {**_STYLED, "unicode": string(), "skin_tone": integer(1, 6)}),
        "broadcast": kind({"range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": kind({"value": string(7, 7, pattern=r"#[0-9a-fA-F]{6}")}, _STYLED),
        "date": kind(
            {"timestamp": integer(), "format": string(least=1)}, {**_STYLED, "url": LINK, "fallback": string()}
        ),
    }
)

_SECTION = kind({"elements": array(PIECES)})
_BORDER = integer(0, 1)

RICH_TEXT = typed(
    {
        "rich_text": kind(
            {
                "elements": array(
                    typed(
                        {
                            "rich_text_section": _SECTION,
                            "rich_text_list": kind(
                                {
                                    "style": one_of("bullet", "ordered"),
                                    "elements": array(typed({"rich_text_section": _SECTION}), least=1),
                                },
                                {"indent": integer(0, 8), "offset": integer(0), "border": _BORDER},
                            ),
                            "rich_text_preformatted": kind(
                                {"elements": array(PIECES)}, {"border": _BORDER, "language": anything}
                            ),
                            "rich_text_quote": kind({"elements": array(PIECES)}, {"border": _BORDER}),
                        }
                    ),
                    least=1,
                )
            },
            {"block_id": ANY_ID},
        )
    }
)
