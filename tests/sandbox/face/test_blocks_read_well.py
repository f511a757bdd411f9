"""Blocks become HTML that a screen reader, a keyboard and a pair of eyes can use."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.rendering import Place, Reader, blocks_html, mrkdwn
from tests.sandbox.face.payloads import (
    Json,
    actions,
    asked,
    button,
    element,
    image,
    option,
    options,
    plain,
    rich,
    section,
)
from tests.sandbox.face.reading import Seen

READER = Reader(
    {"U1": "Amira Khan", "U2": "Ben Ode"},
    {"C1": "general"},
    {"S1": "curators"},
    {"F1": "/files/F1/a.png"},
    me="U1",
    now=datetime(2026, 7, 1, 12, tzinfo=UTC),
)
PLACE = Place("m", READER)


def said(raw: str, **reader: Any) -> str:
    """The HTML of a text, without the wrapping of its lines."""
    shown = mrkdwn(raw, Reader(**{**vars(READER), **reader}))
    return shown.replace('<span class="line">', "").replace("</span>", "")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("*bold* _it_ ~gone~ `code`", "<strong>bold</strong> <em>it</em> <s>gone</s> <code>code</code>"),
        ("*all _of_ it*", "<strong>all <em>of</em> it</strong>"),
        ("snake_case_name 2*3*4 ~/home", "snake_case_name 2*3*4 ~/home"),
        ("*left open", "*left open"),
        ("*crossed _over* here_", "<strong>crossed _over</strong> here_"),
        ("a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;"),
        ("<@U1> in <#C1|old>", '<span class="mention mention-me">@Amira Khan in <span class="mention">#general'),
        ("<@U9|zoe> <!subteam^S1>", '<span class="mention">@zoe <span class="mention">@curators'),
        ("<!here>", '<span class="mention mention-me">@here'),
        (":tada: :no_such_emoji:", "🎉 :no_such_emoji:"),
        ("> one\n> two\nthree", "<blockquote>one<br>two</blockquote>three"),
        (">>> one\ntwo", "<blockquote>one<br>two</blockquote>"),
        ("```\na *b* <c>\n```", "<pre><code>a *b* &lt;c&gt;</code></pre>"),
        ("• one\n• two", "• one• two"),
    ],
)
def test_mrkdwn(raw: str, shown: str) -> None:
    assert said(raw) == shown


def test_links_open_elsewhere_and_keep_their_words() -> None:
    opened = 'target="_blank" rel="noopener noreferrer"'
    assert said("<https://gov.uk?a=1&amp;b=2|GOV.UK>") == f'<a href="https://gov.uk?a=1&amp;b=2" {opened}>GOV.UK</a>'
    assert said("<mailto:a@b.uk>") == f'<a href="mailto:a@b.uk" {opened}>a@b.uk</a>'
    assert said("See https://gov.uk/x.") == f'See <a href="https://gov.uk/x" {opened}>https://gov.uk/x</a>.'


@pytest.mark.parametrize(
    ("wanted", "zone", "shown"),
    [
        ("{date_long} at {time}", "Europe/London", "Tuesday 2 June 2026 at 09:30"),
        ("{date_short}, {time_secs}", "America/New_York", "2 Jun 2026, 04:30:00"),
        ("{date_num}", "Pacific/Auckland", "2026-06-02"),
        ("{date_pretty}", "Europe/London", "2 June 2026"),
        ("{ago}", "Europe/London", "29 days ago"),
        ("{unknown} {date}", "Europe/London", "{unknown} 2 June 2026"),
    ],
)
def test_dates_are_told_in_the_readers_zone(wanted: str, zone: str, shown: str) -> None:
    assert f">{shown}</time>" in said(f"<!date^1780389000^{wanted}|fallback>", zone=zone)


def test_near_dates_have_names_and_impossible_ones_fall_back() -> None:
    now = datetime(2026, 6, 3, 12, tzinfo=UTC)
    assert ">yesterday</time>" in said("<!date^1780389000^{date_pretty}|f>", now=now)
    assert said("<!date^99999999999999^{date}|some day>") == "some day"
    assert said("<!date^soon^{date}|some day>") == "some day"


def test_an_input_is_tied_to_its_label_hint_and_error() -> None:
    block = asked(element("plain_text_input", multiline=True), hint=plain("Short is fine"), block_id="q")
    seen = Seen(blocks_html([block], Place("v", READER, {"q": {"answer": "\nso far"}}, {"q": "Too short."})))
    assert seen.all("label") == [{"for": "v-0-i"}]
    tag, box = seen.by_id("v-0-i")
    assert tag == "textarea"
    assert box["aria-describedby"] == "v-0-hint v-0-error"
    assert (box["aria-required"], box["aria-invalid"]) == ("true", "true")
    assert seen.by_id("v-0-error")[1]["role"] == "alert"
    assert "Error: Too short." in seen.words
    assert "\n\nso far" in seen.words  # the first line break belongs to HTML, the second to the person


def test_a_choice_is_a_fieldset_with_a_legend() -> None:
    radio = element("radio_buttons", options=options(2), initial_option=options(2)[1])
    seen = Seen(blocks_html([asked(radio, block_id="q")], Place("v", READER, {}, {"q": "Choose one."})))
    [group] = seen.all("fieldset")
    assert (group["role"], group["aria-describedby"], group["aria-required"]) == ("radiogroup", "v-0-error", "true")
    assert len(seen.all("legend")) == 1
    assert [("checked" in tick, tick["name"], tick["value"]) for tick in seen.all("input")] == [
        (False, "v-0-i", "v0"),
        (True, "v-0-i", "v1"),
    ]
    assert [label["for"] for label in seen.all("label")] == ["v-0-i-0", "v-0-i-1"]


def test_optional_questions_say_so() -> None:
    assert "(optional)" in blocks_html([asked(optional=True)], PLACE)
    assert "aria-required" not in blocks_html([asked(optional=True)], PLACE)


def test_what_was_entered_wins_over_what_was_there_at_first() -> None:
    menu = element("static_select", options=options(3), initial_option=options(3)[0])
    seen = Seen(blocks_html([asked(menu, block_id="q")], Place("v", READER, {"q": {"answer": "v2"}})))
    assert [choice["value"] for choice in seen.all("option") if "selected" in choice] == ["v2"]


def test_menus_of_people_and_channels_offer_names() -> None:
    people = Seen(blocks_html([asked(element("users_select", initial_user="U2"))], PLACE))
    assert [choice["value"] for choice in people.all("option")] == ["", "U1", "U2"]
    assert "@Ben Ode" in people.words
    assert "#general" in Seen(blocks_html([asked(element("multi_channels_select"))], PLACE)).words


def test_a_date_with_time_is_shown_in_the_readers_zone() -> None:
    block = asked(element("datetimepicker", initial_date_time=1780389000))
    assert Seen(blocks_html([block], PLACE)).all("input")[0]["value"] == "2026-06-02T09:30"


def test_a_button_knows_what_it_is_and_asks_first() -> None:
    asks = {"type": "mrkdwn", "text": "*Gone* for good"}
    confirm = {"title": plain("Sure?"), "text": asks, "confirm": plain("Yes"), "deny": plain("No")}
    [seen] = Seen(blocks_html([actions(button(confirm=confirm), block_id="b")], PLACE)).all("button")
    assert (seen["data-block"], seen["data-action"], seen["type"]) == ("b", "go", "button")
    assert (seen["data-confirm-text"], seen["data-confirm-deny"]) == ("Gone for good", "No")


def test_a_menu_beside_words_is_named_after_them() -> None:
    block = section(text=plain("Survey of March"), accessory=element("overflow", options=[option()]))
    assert Seen(blocks_html([block], PLACE)).all("summary")[0]["aria-label"] == "More: Survey of March"


def test_pictures_from_afar_are_told_in_words() -> None:
    seen = Seen(blocks_html([image(), {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "Bars"}], PLACE))
    assert seen.all("img") == [{"src": "/files/F1/a.png", "alt": "Bars", "loading": "lazy"}]
    assert "Picture: A chart" in seen.words


RICH: list[tuple[Json, str]] = [
    (rich({"type": "text", "text": "a\nb", "style": {"bold": True}}), "<p><strong>a<br>b</strong></p>"),
    (rich({"type": "user", "user_id": "U2"}), '<p><span class="mention">@Ben Ode</span></p>'),
    (rich({"type": "emoji", "name": "tada"}), "<p>🎉</p>"),
    (
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "ordered", "offset": 2,
         "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}]},
        '<ol start="3"><li>x</li></ol>',
    ),
    ({"type": "markdown", "text": "## Top\n- a **b**\n- [c](https://d.uk)\n\ntext"},
     '<h5>Top</h5><ul><li>a <strong>b</strong></li><li><a href="https://d.uk" target="_blank" '
     'rel="noopener noreferrer">c</a></li></ul><p>text</p>'),
    ({"type": "markdown", "text": "a\n```py\n<b>\n```\nc"}, "<p>a</p><pre><code>&lt;b&gt;\n</code></pre><p>c</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "shown"), RICH)
def test_rich_text_and_markdown(block: Json, shown: str) -> None:
    assert blocks_html([block], PLACE) == f'<div class="block rich">{shown}</div>'


def test_a_table_has_a_head_and_can_be_scrolled_by_keyboard() -> None:
    cells = [[{"type": "raw_text", "text": "Name"}], [{"type": "raw_number", "value": 1, "text": "one"}]]
    seen = Seen(blocks_html([{"type": "table", "rows": cells, "column_settings": [{"align": "right"}]}], PLACE))
    assert seen.all("th") == [{"class": "right", "scope": "col"}]
    assert seen.all("div")[0]["tabindex"] == "0"


def test_an_unknown_block_does_not_vanish() -> None:
    assert "cannot show this block: hologram" in blocks_html([{"type": "hologram"}], PLACE)
