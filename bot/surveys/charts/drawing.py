"""Which charts a report has."""

from __future__ import annotations

from bot.surveys.charts.chart import Chart
from bot.surveys.report import Report


def charts_of(report: Report) -> tuple[Chart, ...] | None:
    """The charts for which the report has something to draw; None where the extra `charts` is not installed.

    None is no trouble: text bars and tables say the same.
    """
    try:
        from bot.surveys.charts import answers, gaps, mirrors, trends
    except ModuleNotFoundError as missing:
        if missing.name != "matplotlib":
            raise
        return None
    return tuple(chart for kind in (answers, gaps, mirrors, trends) for chart in kind.charts(report))
