"""The page as a program sees it: what is on it for whom, its safety headers, its live channel, its one place to act."""

import json
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.page.panels import next_tuesday
from sandbox.records import File, Message, Status
from sandbox.server import Sandbox
from tests.sandbox.core.cast import AMIRA, BEN, BUYING, GUEST, OUTSIDER, PRIVATE
from tests.sandbox.face.hostile import HOSTILE, everything
from tests.sandbox.face.reading import Seen


def get(box: Sandbox, path: str) -> tuple[str, Any]:
    """A page's text and its headers."""
    with urllib.request.urlopen(box.url + path, timeout=10) as answer:  # noqa: S310 -- the sandbox's own address
        return answer.read().decode(), answer.headers


def post(box: Sandbox, body: Any, kind: str = "application/json", path: str = "/ui/act") -> tuple[int, str]:
    """The status and the text of an answer."""
    request = urllib.request.Request(  # noqa: S310 -- the sandbox's own address
        box.url + path, json.dumps(body).encode(), {"Content-Type": kind, "Origin": box.url}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def write(box: Sandbox, text: str, channel: str = BUYING, user: str = BEN, **more: Any) -> Message:
    """Put a message in a channel, past the app."""
    return box.change(lambda w: w.add_message(Message(channel, w.new_ts(), user, text, **more)))


def test_the_page_is_whole_and_says_what_it_is_not(box: Sandbox) -> None:
    html, headers = get(box, "/")
    seen = Seen(html.removeprefix("<!doctype html>"))
    assert "This is not Slack." in seen.words
    assert seen.all("html")[0]["lang"] == "en-GB"
    assert seen.all("a")[0] == {"class": "skip", "href": "#main"}
    assert len(seen.all("h1")) == len(seen.all("main")) == 1
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_script_or_style_stands_in_the_page_itself(box: Sandbox) -> None:
    seen = Seen(get(box, "/")[0].removeprefix("<!doctype html>"))
    assert [script["src"] for script in seen.all("script")] == ["/page/script.js"]
    assert seen.all("style") == []
    assert not [one for _, one in seen.elements if "style" in one]


@pytest.mark.parametrize("name", ["script.js", "dialogs.js", "fields.js", "morph.js", "style.css", "icon.svg"])
def test_its_files_are_served(box: Sandbox, name: str) -> None:
    assert get(box, f"/page/{name}")[0]


@pytest.mark.parametrize("name", ["routes.py", "..%2Frecords.py", "x.js"])
def test_no_other_file_is(box: Sandbox, name: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(box, f"/page/{name}")
    refused.value.close()
    assert refused.value.code == 404


def test_one_acts_as_anybody_in_the_cast_with_their_role(box: Sandbox) -> None:
    seen = Seen(get(box, f"/?as={BEN}")[0].removeprefix("<!doctype html>"))
    people = [one for one in seen.all("option") if one["value"].startswith("U0")]
    assert [one["value"] for one in people] == [AMIRA, BEN, GUEST, OUTSIDER]
    assert [one["value"] for one in people if "selected" in one] == [BEN]
    assert "Ben Osei – Digital" in seen.words


def test_everybody_sees_their_own_channels_and_ephemeral_messages(box: Sandbox) -> None:
    write(box, "for Amira alone", ephemeral_to=AMIRA)
    amira, ben = get(box, f"/?as={AMIRA}&in={BUYING}")[0], get(box, f"/?as={BEN}&in={BUYING}")[0]
    assert "for Amira alone" in amira
    assert "Only visible to you" in amira
    assert "for Amira alone" not in ben
    assert f"in={PRIVATE}" in amira
    assert f"in={PRIVATE}" not in ben
    assert "# private" not in get(box, f"/?as={BEN}&in={PRIVATE}")[0]


def test_unread_messages_are_counted_until_they_are_seen(box: Sandbox) -> None:
    write(box, "news")
    assert '1<span class="sr"> unread</span>' in get(box, f"/?as={AMIRA}&in={PRIVATE}")[0]
    get(box, f"/?as={AMIRA}&in={BUYING}")
    assert "unread</span>" not in get(box, f"/?as={AMIRA}&in={PRIVATE}")[0]


def test_a_thread_stands_beside_the_channel(box: Sandbox) -> None:
    root = write(box, "the question")
    write(box, "the reply", thread_ts=root.ts)
    channel, thread = (get(box, f"/?as={AMIRA}&in={BUYING}{more}")[0] for more in ("", f"&thread={root.ts}"))
    assert "1 reply" in channel
    assert "the reply" not in channel
    assert "the reply" in thread


def test_a_long_channel_shows_its_end_first(box: Sandbox) -> None:
    box.change(lambda w: [w.add_message(Message(BUYING, w.new_ts(), BEN, f"number {n}")) for n in range(1000)])
    html = get(box, f"/?as={AMIRA}&in={BUYING}")[0]
    assert html.count('class="message"') == 100
    assert "number 999" in html
    assert "Show earlier messages (900)" in html
    assert get(box, f"/?as={AMIRA}&in={BUYING}&count=300")[0].count('class="message"') == 300


def test_files_reactions_edits_and_status_are_shown(box: Sandbox) -> None:
    def furnish() -> None:
        file = File("F9", 'cha"rt<.png', "Chart", BEN, 0, b"", "image/png", "Bars")
        box.workspace.files["F9"] = file
        box.workspace.files["F8"] = File("F8", "a.csv", "Numbers", BEN, 0, b"", "text/csv")

    box.change(lambda _: furnish())
    write(box, "see", files=["F9", "F8"], reactions={"+1": [AMIRA]}, edited_ts="1")
    box.change(lambda w: w.statuses.update({(BUYING, ""): Status("is looking…")}))
    seen = Seen(get(box, f"/?as={AMIRA}&in={BUYING}")[0].removeprefix("<!doctype html>"))
    assert seen.all("img") == [{"src": "/files/F9/cha%22rt%3C.png", "alt": "Bars", "loading": "lazy"}]
    for words in ("Numbers", "👍 1", "from Amira Khan", "(edited)", "Tiny Bot is looking…"):
        assert words in seen.words


def test_an_archived_channel_takes_no_messages(box: Sandbox) -> None:
    box.fault("archive", channel=BUYING)
    html = get(box, f"/?as={AMIRA}&in={BUYING}")[0]
    assert "This channel is archived" in html
    assert "<textarea" not in html


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_names_messages_and_blocks_stay_text_on_the_whole_page(box: Sandbox, bad: str) -> None:
    def spoil() -> None:
        for person in box.workspace.people.values():
            person.real_name = person.role_label = bad
        for channel in box.workspace.channels.values():
            channel.name = channel.topic = bad
        box.workspace.prompts[BUYING, ""] = [{"title": bad, "message": bad}]

    box.change(lambda _: spoil())
    blocks = everything(bad, f"https://x.example/{bad}")
    root = write(box, bad, blocks=blocks, attachments=[{"title": bad, "title_link": bad, "text": bad}])
    write(box, bad, reactions={bad: [AMIRA]}, thread_ts=root.ts)
    html = get(box, f"/?as={AMIRA}&in={BUYING}&thread={root.ts}")[0]
    seen = Seen(html.removeprefix("<!doctype html>"))
    assert len(seen.all("script")) == 1
    assert not [name for _, one in seen.elements for name in one if name.startswith("on")]
    assert {one["src"] for one in seen.all("img")} == set()
    ids = [one["id"] for _, one in seen.elements if "id" in one]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "query",
    [
        "as=nobody",
        "in=C404",
        "thread=1.2",
        "count=-5",
        "count=999999999999",
        "count=x",
        "as=<script>&in=<script>&thread=<",
    ],
)
def test_whatever_the_address_asks_there_is_a_page(box: Sandbox, query: str) -> None:
    assert "This is not Slack" in get(box, f"/?{query}".replace("<", "%3C").replace(">", "%3E"))[0]


def test_acting_reaches_the_workspace(box: Sandbox) -> None:
    wish = {"act": "say", "as": AMIRA, "in": BUYING, "text": " hello <b> "}
    assert post(box, wish) == (200, '{"problem": "", "errors": {}, "acknowledged": null}')
    assert box.workspace.messages[BUYING][-1].text == "hello &lt;b&gt;"


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"act": "fly", "as": AMIRA},
        {"act": "say", "as": "nobody", "in": BUYING, "text": "x"},
        {"act": "say", "as": AMIRA, "text": "x"},
        {"act": "press", "as": AMIRA, "view": "V1"},
        [],
        "say",
    ],
)
def test_nonsense_is_refused_in_words(box: Sandbox, wish: Any) -> None:
    status, text = post(box, wish)
    assert status == 400
    assert json.loads(text)["problem"]


def test_other_pages_cannot_act(box: Sandbox) -> None:
    wish = {"act": "say", "as": AMIRA, "in": BUYING, "text": "x"}
    assert post(box, wish, kind="text/plain")[0] == 415
    assert box.workspace.messages[BUYING] == []


def test_the_live_channel_answers_when_something_changes(box: Sandbox) -> None:
    boot = Seen(get(box, "/")[0].removeprefix("<!doctype html>")).all("body")[0]["data-boot"]
    write(box, "fresh news")
    answer = json.loads(get(box, f"/ui/live?boot={boot}&after=-1&as={AMIRA}&in={BUYING}")[0])
    assert set(answer["panes"]) == {"sidebar", "main", "thread", "modal", "panels"}
    assert "fresh news" in answer["panes"]["main"]
    assert answer["version"] == box.workspace.version
    assert json.loads(get(box, "/ui/live?boot=older&after=-1")[0]) == {"reload": True}


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-10-20T09:59", "2026-10-20T10:00+01:00"),
        ("2026-10-20T10:00", "2026-10-27T10:00+00:00"),  # the clocks change in between
        ("2026-11-25T12:00", "2026-12-01T10:00+00:00"),
        ("2026-11-30T23:59", "2026-12-01T10:00+00:00"),
    ],
)
def test_next_tuesday_is_told_by_the_clock_on_the_wall(now: str, then: str) -> None:
    local = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/London"))
    assert next_tuesday(local).isoformat(timespec="minutes") == then
