"""The open page: the report's figures and no others, readable by everybody, and nothing in it that runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bot.site.pages import STYLE
from bot.surveys.charts import Chart
from bot.surveys.exports import bundle
from bot.surveys.page import page
from bot.surveys.release import release
from bot.surveys.report import CommentsView, Report, reported
from tests.bot.surveys.reported import EARLY, a_report, a_sealed, releases

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\xb0\x00\x00\x02\x58"  # 1200 wide, 600 high
CHARTS = tuple(Chart(name, name.title(), f"All that {name} shows.", PNG) for name in ("answers-1", "gap", "trend"))
FILES = {"datapackage.json": b"{}", "survey.xlsx": b"x" * 3000}
HOSTILE = "</h1><script>alert(1)</script><img src=x onerror=alert(1)>&\"'"
VOID = {"meta", "link", "img"}


@dataclass
class Seen(HTMLParser):
    """What a browser makes of a page, as far as a test asks."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def seen(report: Report, charts: tuple[Chart, ...] = CHARTS, files: Mapping[str, bytes] = FILES) -> Seen:
    found = Seen()
    found.feed(page(report, charts, files))
    assert found.open == []
    return found


@pytest.fixture(scope="module")
def whole() -> Seen:
    return seen(a_report())


def test_the_page_has_every_figure_and_sentence_as_the_report_words_it(whole: Seen) -> None:
    report = a_report()
    texts = [report.headline, report.participation, report.bounds, report.index_sentence, report.gap_sentence]
    texts += [*report.withheld, *report.method, report.commitments[0].text, report.promised_before[0].owner]
    texts += [line.shown.text for line in report.indices if line.shown]
    texts += [line.shown.text for item in report.items for line in item.lines if line.shown]
    texts += [item.gap.text for item in report.items if item.gap]
    texts += [point.shown.text for series in report.series for point in series.points if point.shown]
    for view in report.mirrors:
        texts += [view.itself.text, view.by_the_other.text, view.blind_spot.text, view.sentence]
    texts += [text for view in report.comments for text in view.texts]
    assert [text for text in texts if text not in whole.text] == []


def test_behind_a_chart_stands_a_table_with_the_same_parts(whole: Seen) -> None:
    for line in EARLY.lines:
        shown = line.shown.text if line.shown else ""
        assert [line.label, str(line.n), shown, *(f"{bar.percent}%" for bar in line.bars)] in whole.rows
    assert ["Procurement", "–", "Not shown: fewer than 5 answered", *5 * ["–"]] in whole.rows


def test_answers_that_are_long_or_many_have_a_row_each() -> None:
    made = seen(reported(releases()))
    assert ["Answer", "Everybody (35 answers)"] in made.rows
    assert ["Skills", "69%"] in made.rows
    assert "Everybody: 6.1 of 10 on average, 35 answers" in made.text


def test_no_number_is_on_the_page_that_the_report_does_not_have(whole: Seen) -> None:
    report = a_report()
    told = set(re.findall(r"\d+", repr(report)))
    files = {"1", "3"}  # the sizes of the files offered
    assert set(re.findall(r"\d+", whole.text)) <= told | files


def test_a_reader_finds_the_way_without_seeing(whole: Seen) -> None:
    assert whole.named("html") == [{"lang": "en-GB"}]
    assert len(whole.named("h1")) == len(whole.named("main")) == len(whole.named("title")) == 1
    levels = [int(tag[1]) for tag, _ in whole.tags if re.fullmatch("h[1-6]", tag)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert whole.named("a")[0] == {"href": "#main", "class": "skip"}
    assert len(whole.named("caption")) == len(whole.named("table")) > 5
    assert {each.get("scope") for each in whole.named("th")} == {"col", "row"}
    ids = [attributes["id"] for _, attributes in whole.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [str(each["href"])[1:] for each in whole.named("a") if str(each["href"]).startswith("#")]
    assert set(inside) <= set(ids)


def test_every_picture_has_its_words_and_its_size(whole: Seen) -> None:
    assert {(each["src"], each["alt"], each["width"], each["height"]) for each in whole.named("img")} == {
        (f"charts/{chart.name}.png", chart.alt, "1200", "600") for chart in CHARTS
    }
    assert seen(a_report(), charts=()).named("img") == []


def test_nothing_that_people_wrote_is_more_than_text() -> None:
    items = (replace(EARLY, text=HOSTILE, gap_sentence=HOSTILE),)
    report = a_report(title=HOSTILE, purpose=HOSTILE, items=items, comments=(CommentsView("c", HOSTILE, (HOSTILE,)),))
    hostile = seen(report, (replace(CHARTS[0], alt=HOSTILE, title=HOSTILE),))
    assert hostile.named("script") == []
    assert len(hostile.named("img")) == 1
    assert not any(name.startswith("on") for _, attributes in hostile.tags for name in attributes)
    assert hostile.text.count("alert(1)") >= 8


def test_a_page_for_publication_says_so_and_has_no_comments() -> None:
    report = reported(releases(), outside=True)
    outside = seen(report, files=bundle(report, releases()))
    assert "For publication: nothing is shown of fewer than 10 people" in outside.text
    assert "Not for publication" not in outside.text
    assert "Ask us sooner." not in outside.text
    inside = seen(reported(releases()))
    assert "Not for publication" in inside.text
    assert "Ask us sooner. 3" in inside.text


def test_a_round_that_nobody_answered_has_a_page_that_says_so() -> None:
    nobody = replace(release(a_sealed({}, "")), inside=release(a_sealed({}, "")).inside)
    empty = seen(reported([nobody]), charts=())
    assert "Nobody answered" in empty.text


def test_files_are_offered_with_what_they_hold(whole: Seen) -> None:
    assert "survey.xlsx: everything in one workbook (3 kB)" in whole.text
    assert {"href": "survey.xlsx", "download": "survey.xlsx"} in whole.named("a")


def test_ink_stands_out_from_paper_in_light_and_in_dark() -> None:
    schemes = re.findall(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)[:2]
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", scheme))
        for ink in ("ink", "quiet", "link", "visited"):
            for paper in ("paper", "tint"):
                assert _contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
