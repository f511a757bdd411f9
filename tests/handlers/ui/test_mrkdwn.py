"""Slack's markup, both ways: nothing of ours lets theirs come alive, and what they typed is read as they saw it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ui import mrkdwn

MARKUP = st.text(alphabet=st.sampled_from(list("<>&!@#|*[]()- \nabU012;/:.ltgamp")), max_size=80) | st.text(max_size=80)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a & b", "a &amp; b"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("&lt;", "&amp;lt;"),
        ("5 > 4 < 6", "5 &gt; 4 &lt; 6"),
        ("*bold* 'quote' \"two\"", "*bold* 'quote' \"two\""),
        ("", ""),
    ],
)
def test_exactly_the_three_characters_that_slack_reads_are_escaped(text: str, safe: str) -> None:
    assert mrkdwn.escape(text) == safe


@given(MARKUP)
def test_escaped_text_shows_as_it_was_and_can_do_nothing(text: str) -> None:
    safe = mrkdwn.escape(text)
    assert not set("<>") & set(safe)
    assert safe.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("**bold** and plain", "*bold* and plain"),
        ("**two** of **them**", "*two* of *them*"),
        ("[guide](https://example.gov.uk/a?b=1&c=2)", "<https://example.gov.uk/a?b=1&amp;c=2|guide>"),
        ("[guide & <more>](https://example.gov.uk)", "<https://example.gov.uk|guide &amp; &lt;more&gt;>"),
        ("- one\n- two", "• one\n• two"),
        ("* one", "• one"),
        ("1. one", "1. one"),
        ("a - b", "a - b"),
        ("[not a link](javascript:alert)", "[not a link](javascript:alert)"),
        ("[evil](https://x|<!channel>)", "[evil](https://x|&lt;!channel&gt;)"),
        ("<!here> & <b>", "&lt;!here&gt; &amp; &lt;b&gt;"),
        ("", ""),
    ],
)
def test_our_small_markdown_becomes_slacks(text: str, drawn: str) -> None:
    assert mrkdwn.of_markdown(text) == drawn


@given(MARKUP)
def test_of_our_markdown_only_links_to_the_web_come_alive(text: str) -> None:
    for live in re.findall(r"<[^>]*>?", mrkdwn.of_markdown(text)):
        assert re.fullmatch(r"<https?://[^<>|]+\|[^<>]+>", live), live


@pytest.mark.parametrize(
    ("text", "url", "drawn"),
    [
        ("guide", "https://example.gov.uk", "<https://example.gov.uk|guide>"),
        ("a | b > c", "https://example.gov.uk/?a&b", "<https://example.gov.uk/?a&amp;b|a ¦ b &gt; c>"),
        ("no address & so", None, "no address &amp; so"),
        ("empty", "", "empty"),
    ],
)
def test_a_link_is_one_link_whatever_its_words(text: str, url: str | None, drawn: str) -> None:
    assert mrkdwn.link(text, url) == drawn


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@U0BOT> is it open?", "is it open?"),
        ("<@W0GRID|name> is it open?", "is it open?"),
        ("ask <!channel> <!here|here> <!subteam^S012|@buyers> now", "ask now"),
        ("see <#C012|buying>", "see #buying"),
        ("see <#C012>", "see #"),
        ("read <https://example.gov.uk/a|the guide>", "read the guide"),
        ("read <https://example.gov.uk/a>", "read https://example.gov.uk/a"),
        ("<mailto:bo@example.gov.uk|bo@example.gov.uk>", "bo@example.gov.uk"),
        ("5 &gt; 4 &amp;&amp; 3 &lt; 4", "5 > 4 && 3 < 4"),
        ("&amp;lt;", "&lt;"),
        ("  many \n\n kinds\tof   space  ", "many kinds of space"),
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("half \ud83d a character", "half a character"),
        ("&#0;&#7;x", "\ufffdx"),
        ("", ""),
    ],
)
def test_what_somebody_typed_is_read_as_they_saw_it(typed: str, read: str) -> None:
    assert mrkdwn.plain(typed) == read


@given(st.text(alphabet=st.characters(), max_size=60) | MARKUP)
def test_whatever_was_typed_can_be_kept(typed: str) -> None:
    read = mrkdwn.plain(typed)
    read.encode("utf-8")
    assert "\x00" not in read
    assert mrkdwn.plain(html.escape(read, quote=False)) == mrkdwn.plain(html.escape(read, quote=False))
    assert read == " ".join(read.split())
