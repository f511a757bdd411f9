"""Keeps the worst that can be written, and one payload that carries it in every field of every block and element."""

from sandbox.rendering import Reader
from tests.sandbox.face.payloads import Json, actions, asked, button, element, image, plain, rich, section

HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "</textarea><script>alert(1)</script>",
    "</select></option><svg onload=alert(1)>",
    "<!--",
    "<javascript:alert(1)|click>",
    "<data:text/html,<script>alert(1)</script>|click>",
    "<https://x.example/\" onclick=\"alert(1)|click>",
    "<https://x.example|<img src=x onerror=alert(1)>>",
    "<@U1|\"><script>alert(1)</script>>",
    "<!date^1764000000^{date}\" onclick=\"x^javascript:alert(1)|\" onmouseover=\"alert(1)>",
    "<!subteam^S9|<b onclick=alert(1)>x</b>>",
    "`<img src=x onerror=alert(1)>` ```<script>alert(1)</script>```",
    "*<script>* _\"><svg onload=alert(1)>_ ~</s><script>~",
    "[click](javascript:alert(1)) **<img src=x onerror=alert(1)>** # <script>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#x22;",
]  # fmt: skip
BAD_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:evil",
    "https://x.example/\\..",
    "https://[::1",
    "http://a b.example",
]


_PIECE_FIELDS = ("text", "user_id", "channel_id", "usergroup_id", "name", "range", "format", "fallback", "value")


def everything(bad: str, link: str) -> list[Json]:
    """Every block and element there is, with the bad text in every field that takes one."""
    said, marked = plain(bad), {"type": "mrkdwn", "text": bad}
    choice = {"text": said, "value": bad, "description": said}
    ticked = {"text": marked, "value": bad, "description": marked}
    confirm = {"title": said, "text": marked, "confirm": said, "deny": said}
    own: Json = {"action_id": bad, "placeholder": said, "confirm": confirm}
    fields = [
        element("plain_text_input", **own, initial_value=bad),
        element("plain_text_input", **own, initial_value=bad, multiline=True),
        element("email_text_input", **own, initial_value=bad),
        element("number_input", **own, initial_value=bad),
        element("datepicker", **own, initial_date=bad),
        element("datetimepicker", **own, initial_date_time=10**15),
        element("static_select", **own, options=[choice], initial_option=choice),
        element("multi_static_select", **own, option_groups=[{"label": said, "options": [choice]}]),
        element("radio_buttons", **own, options=[ticked], initial_option=ticked),
        element("checkboxes", **own, options=[ticked]),
        element("users_select", **own, initial_user=bad),
        element("multi_conversations_select", **own, initial_conversations=[bad]),
        element("rich_text_input", **own, initial_value=rich({"type": "text", "text": bad})),
    ]
    opinion = {"text": said, "value": bad, "accessibility_label": bad}
    pieces = [
        {
            "type": kind,
            **dict.fromkeys(_PIECE_FIELDS, bad),
            "url": link,
            "timestamp": 10**13,
            "style": {"bold": 1, bad: 1},
        }
        for kind in ("text", "link", "user", "channel", "usergroup", "emoji", "broadcast", "date", "color")
    ]
    return [
        section(block_id=bad, text=marked, fields=[said, marked], accessory=image(alt_text=bad, image_url=link)),
        section(text=said, accessory=element("overflow", options=[{**choice, "url": link}], action_id=bad)),
        {"type": "header", "text": said, "block_id": bad},
        {"type": "context", "elements": [said, marked, image(alt_text=bad, image_url=link)]},
        actions(button(bad, text=said, url=link, value=bad, style=bad, accessibility_label=bad, confirm=confirm)),
        {"type": "context_actions", "elements": [
            element("feedback_buttons", positive_button=opinion, negative_button=opinion),
            element("icon_button", icon=bad, text=said, value=bad)]},
        *[asked(inner, label=said, hint=said, block_id=bad) for inner in fields],
        image(alt_text=bad, title=said, image_url=link),
        {"type": "video", "alt_text": bad, "title": said, "title_url": link, "video_url": link, "description": said},
        {"type": "file", "external_id": bad, "source": "remote"},
        rich(*pieces),
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": bad, "elements": [{"elements": pieces}]},
                                           {"type": "rich_text_preformatted", "elements": pieces}]},
        {"type": "markdown", "text": bad},
        {"type": "data_table", "caption": bad, "rows": [[{"type": "raw_text", "text": bad}], [rich(*pieces)]],
         "column_settings": [{"align": bad}, None]},
        {"type": "alert", "text": marked, "level": bad},
        {"type": "card", "title": marked, "body": said, "hero_image": image(image_url=link), "actions": [button()]},
        {"type": bad},
        section(accessory={"type": bad, "action_id": bad}),
    ]  # fmt: skip


def reader(bad: str) -> Reader:
    """A reader to whom everybody's name is hostile."""
    return Reader({"U1": bad, bad: bad}, {"C1": bad, bad: bad}, {"S1": bad, bad: bad}, {"F1": bad}, me=bad)
