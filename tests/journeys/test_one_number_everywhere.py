"""Whatever way a reader comes by a figure, it is the same: in Slack, beside a chart, in a file, on the page."""

from __future__ import annotations

import json

import pytest

from bot.surveys.charts import charts_of
from bot.surveys.exports import bundle
from bot.surveys.page import page
from bot.surveys.report import Report, reported
from handlers.ui import report as message
from tests.bot.surveys.reported import releases


def figures(report: Report) -> list[str]:
    lines = [*report.indices, *(line for item in report.items for line in item.lines)]
    return [line.shown.text for line in lines if line.shown]


@pytest.mark.parametrize("outside", [False, True])
def test_every_figure_reads_the_same_in_slack_alternative_text_files_and_page(outside: bool) -> None:
    released = releases()[:1]
    report = reported(released, outside=outside)
    charts = charts_of(report)
    assert charts
    files = bundle(report, released)
    slack = json.dumps(message.render(report).blocks, ensure_ascii=False)
    html = page(report, charts, files)
    shown = figures(report)
    assert len(shown) == 6
    for text in shown:
        assert text in slack
        assert text in html
        assert text in files["results.csv"].decode()
        assert text in files["survey.json"].decode()
    alternative = " ".join(chart.alt for chart in charts)
    assert [text for text in shown if "%" in text and text not in alternative] == []
    for line in report.items[0].lines:
        assert f"parts {', '.join(str(bar.percent) for bar in line.bars[:5])}; {line.n} answers" in alternative
        assert all(f'<td role="cell" data-label="{bar.label}">{bar.percent}%</td>' in html for bar in line.bars)
        assert all(f"{bar.label},{bar.percent},{bar.count}" in files["results.csv"].decode() for bar in line.bars)
        assert all(f"{bar.label.lower()} {bar.percent}%" in slack.lower() for bar in line.bars)
