"""Every figure that was released, one a row, whatever it is of; and every one that was withheld, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.surveys.exports.tables import Row, Table, table
from bot.surveys.release import Cell, Figure, Group, Mirror, Published, Release, Withheld

FIELDS = (
    ("round", "integer", "The round's number within the survey."),
    ("measure", "string", "What the figure is: see the table of measures."),
    ("question", "string", "The question's key; empty where the figure is not of one question."),
    ("version", "integer", "The version of its wording; a new one begins a new series."),
    ("group", "string", "Whose answers are summed up: everybody, or one function."),
    ("answer", "string", "The answer that is counted; empty where the figure is not of one answer."),
    ("value", "number", "The figure."),
    ("low", "number", "Where its 95% interval begins, or the lower bound."),
    ("high", "number", "Where its 95% interval ends, or the upper bound."),
    ("answered", "integer", "How many answers the figure is made of."),
    ("withheld", "string", "Why the figure is not shown: see the table of reasons."),
)
MEASURES = {
    "responses": "How many people answered the round.",
    "invited": "How many people were asked.",
    "everything": "All figures of the round together; only ever withheld.",
    "index": "The collaboration index, 0 to 100.",
    "index_bounds": "The index if all who are silent were at 0, and if all were at 100.",
    "index_spread": "The standard deviation of the index between people.",
    "index_balanced": "The index with procurement and digital weighing the same.",
    "index_gap": "The index of procurement less that of digital, in points.",
    "answers": "How many gave an answer that counts: neither skipped nor not applicable.",
    "favourable": "The share that agree or strongly agree, in per cent.",
    "favourable_bounds": "That share if all who are silent were against, and if all were in favour, in per cent.",
    "favourable_gap": "That share among procurement less that among digital, in points.",
    "mostly": "1 where a small group almost all agree, -1 where almost all disagree; stands in for the share.",
    "count": "How many chose an answer.",
    "percent": "How many of a hundred chose an answer.",
    "mean": "The mean of a score from 0 to 10.",
    "mirror_itself": "The share of a function's people who agree about their own side, in per cent.",
    "mirror_by_the_other": "The share of the other function's people who agree about that side, in per cent.",
    "blind_spot": "The first of these two less the second, in points.",
    "comments": "How many wrote a comment.",
}


@dataclass(frozen=True)
class _About:
    """What a row is about, before it has a figure."""

    round: int
    question: str = ""
    version: int | None = None
    group: str = ""

    def row(
        self,
        measure: str,
        value: float | None = None,
        low: float | None = None,
        high: float | None = None,
        *,
        answer: str = "",
        n: int | None = None,
        withheld: Withheld | None = None,
    ) -> Row:
        reason = str(withheld.reason) if withheld else ""
        about = (self.round, measure, self.question, self.version, self.group, answer)
        return (*about, value, low, high, n, reason)

    def figure(self, measure: str, figure: Figure | None, n: int | None = None) -> Iterator[Row]:
        if figure:
            yield self.row(measure, figure.value, figure.low, figure.high, n=n)


def figures(releases: Sequence[Release], *, outside: bool) -> Table:
    """The figures of all rounds, the oldest first."""
    rows = [row for each in releases for row in _of_round(each, each.outside if outside else each.inside)]
    return table("figures", "Every figure of every round, or why it is not shown", FIELDS, rows)


def _of_round(release: Release, shown: Published) -> Iterator[Row]:
    for size in shown.sizes:
        about = _about(release, group=size.group)
        yield about.row("responses", size.n, withheld=size.withheld)
        if size.invited is not None:
            yield about.row("invited", size.invited)
    if shown.withheld:
        yield _about(release).row("everything", withheld=shown.withheld)
    yield from _indices(release, shown)
    for cell in shown.cells:
        yield from _cell(_About(release.number, cell.question, cell.version, _name(cell.group)), cell)
    for key, gap in (shown.gaps or {}).items():
        yield from _about(release, key).figure("favourable_gap", gap)
    for mirror in shown.mirrors:
        yield from _mirror(_about(release, mirror.question, mirror.rated), mirror)
    for comments in shown.comments:
        yield _about(release, comments.question).row("comments", comments.n, withheld=comments.withheld)


def _about(release: Release, key: str = "", group: Group = None) -> _About:
    question = release.question(key)
    return _About(release.number, key, question.version if question else None, _name(group))


def _name(group: Group) -> str:
    return str(group) if group else "everybody"


def _indices(release: Release, shown: Published) -> Iterator[Row]:
    for index in shown.indices:
        about = _about(release, group=index.group)
        if index.withheld:
            yield about.row("index", withheld=index.withheld)
        yield from about.figure("index", index.figure, index.n)
        if index.bounds:
            yield about.row("index_bounds", None, *index.bounds, n=index.n)
        if index.spread is not None:
            yield about.row("index_spread", index.spread, n=index.n)
    yield from _about(release).figure("index_balanced", shown.balanced)
    yield from _about(release).figure("index_gap", shown.gap)


def _cell(about: _About, cell: Cell) -> Iterator[Row]:
    if cell.withheld:
        yield about.row("answers", withheld=cell.withheld)
        return
    yield about.row("answers", cell.n)
    yield from about.figure("favourable", cell.favourable, cell.n)
    if cell.bounds:
        yield about.row("favourable_bounds", None, *cell.bounds, n=cell.n)
    if cell.mostly:
        yield about.row("mostly", cell.mostly, n=cell.n)
    if cell.mean is not None:
        yield about.row("mean", cell.mean / 10, n=cell.n)
    for measure, by_answer in (("count", cell.counts), ("percent", cell.percents)):
        for answer, number in (by_answer or {}).items():
            yield about.row(measure, number, answer=answer, n=cell.n)


def _mirror(about: _About, mirror: Mirror) -> Iterator[Row]:
    yield from about.figure("mirror_itself", mirror.itself)
    yield from about.figure("mirror_by_the_other", mirror.by_the_other)
    yield from about.figure("blind_spot", mirror.blind_spot)
