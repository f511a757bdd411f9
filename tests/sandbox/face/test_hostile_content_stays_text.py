"""Whatever a person or an app writes, in whichever field, reaches the page as text and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.rendering import Place, Reader, blocks_html, inline, mrkdwn, own_file, safe_url
from tests.sandbox.face.hostile import BAD_LINKS, HOSTILE, everything, reader
from tests.sandbox.face.reading import assert_harmless


@pytest.mark.parametrize("bad", HOSTILE)
def test_in_every_field_of_every_block(bad: str) -> None:
    place = Place("k", reader(bad), {bad: {bad: bad}}, {bad: bad})
    assert_harmless(blocks_html(everything(bad, "https://x.example/" + bad.replace(" ", "")), place))


@pytest.mark.parametrize("link", BAD_LINKS)
def test_in_every_address(link: str) -> None:
    seen = assert_harmless(blocks_html(everything("x", link), Place("k", reader("x"))))
    assert seen.all("a") == []
    assert seen.all("img") == []


@pytest.mark.parametrize("bad", HOSTILE)
@pytest.mark.parametrize("show", [mrkdwn, inline])
def test_in_typed_text(bad: str, show: Callable[[Any, Reader], str]) -> None:
    assert_harmless(show(bad, reader(bad)))
    assert_harmless(show(f"<@U1> <#C1> <!subteam^S1> {bad}\n> {bad}", reader(bad)))


_MARKS = st.text(alphabet="*_~`<>|@#!^{}&;:/\"'\\ \n\x00ahtps123date.", max_size=60)


@settings(deadline=None)
@given(_MARKS)
def test_any_mixture_of_marks_nests_and_stays_harmless(raw: str) -> None:
    assert_harmless(mrkdwn(raw, reader(raw)))
    assert_harmless(blocks_html([{"type": "markdown", "text": raw}], Place("k", reader(raw))))


@pytest.mark.parametrize("link", BAD_LINKS)
def test_bad_addresses_are_no_addresses(link: str) -> None:
    assert safe_url(link) is None


@pytest.mark.parametrize(
    "link", ["https://www.gov.uk/a?b=c#d", "http://x.example", "mailto:a@b.gov.uk", "HTTPS://X.UK"]
)
def test_good_addresses_are(link: str) -> None:
    assert safe_url(link) == link


def test_pictures_come_from_this_sandbox_only() -> None:
    assert own_file("http://127.0.0.1:3900/files/F1/chart.png") == "/files/F1/chart.png"
    for url in (
        "https://evil.example/files/F1/a.png",
        "/files/../secret",
        "/api/auth.test",
        "//evil.example/files/F1/a",
        "http://127.0.0.1:1/files/F1/..",
        "http://localhost/files/F1/a/b",
        None,
        json.dumps({}),
    ):
        assert own_file(url) is None
