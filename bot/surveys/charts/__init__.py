"""Pictures of a report, each with its alternative text. They need the extra `charts`; a report needs none of them."""

from bot.surveys.charts.chart import Chart
from bot.surveys.charts.drawing import charts_of

__all__ = ["Chart", "charts_of"]
