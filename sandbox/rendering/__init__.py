"""Keeps how Slack's blocks and texts look in a browser: pure functions from JSON to escaped, semantic HTML."""

from sandbox.rendering.blocks import blocks_html
from sandbox.rendering.emoji import EMOJI, with_emoji
from sandbox.rendering.field import Place
from sandbox.rendering.markup import Html, anchor, join, own_file, safe_url, tag, text
from sandbox.rendering.mrkdwn import bare, inline, mrkdwn, words
from sandbox.rendering.reader import Reader

__all__ = [
    "EMOJI",
    "Html",
    "Place",
    "Reader",
    "anchor",
    "bare",
    "blocks_html",
    "inline",
    "join",
    "mrkdwn",
    "own_file",
    "safe_url",
    "tag",
    "text",
    "with_emoji",
    "words",
]
