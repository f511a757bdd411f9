"""Puts a report together, and says what it leaves out and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.surveys.benchmarks import Benchmarks
from bot.surveys.questions import Question
from bot.surveys.release import Comments, Group, Published, Release, Withheld
from bot.surveys.report import headline, trend, words
from bot.surveys.report.items import items
from bot.surveys.report.mirrors import mirrors
from bot.surveys.report.values import CommentsView, Commitment, Report


def reported(
    releases: Sequence[Release],
    *,
    benchmarks: Benchmarks | None = None,
    commitments: Sequence[Commitment] = (),
    promised_before: Sequence[Commitment] = (),
    outside: bool = False,
) -> Report:
    """A report of the last of the releases, beside the earlier ones of the same survey, the oldest first.

    `outside` reports are for publication. Raises ValueError when there is no release.
    """
    if not releases:
        raise ValueError("a report takes one release at least")

    def chosen(release: Release) -> Published:
        return release.outside if outside else release.inside

    release = releases[-1]
    published = chosen(release)
    questions = tuple(items(release, published, benchmarks))
    changed = trend.change(releases, outside=outside) if published.fresh else None
    gap = headline.gap(published)
    return Report(
        survey_id=release.survey_id,
        round_id=release.round_id,
        title=release.title,
        purpose=release.purpose,
        number=release.number,
        label=trend.label(release, releases),
        opened_on=release.opened_on,
        closed_on=release.closed_on,
        outside=outside,
        threshold=published.threshold,
        headline=headline.headline(published, questions, changed),
        participation=headline.participation(published),
        responded=published.sizes[0].n,
        invited=published.sizes[0].invited,
        bounds=headline.bounds(published),
        sizes=headline.sizes(published),
        indices=headline.indices(published),
        balanced=words.points(published.balanced) if published.balanced else None,
        index_sentence=headline.index_sentence(published),
        gap=words.difference(gap) if gap else None,
        gap_sentence=headline.gap_sentence(published),
        change=changed,
        mirrors=tuple(mirrors(release, published)),
        items=questions,
        comments=tuple(_comments(release, each) for each in published.comments),
        series=tuple(trend.series(releases, chosen)),
        withheld=tuple(_withheld(release, published, releases, outside=outside)),
        method=tuple(_method(release, published, outside=outside)),
        commitments=tuple(commitments),
        promised_before=tuple(promised_before),
    )


def _comments(release: Release, comments: Comments) -> CommentsView:
    question = release.question(comments.question)
    text = words.text_of(question, release.period) if question else comments.question
    return CommentsView(comments.question, text, comments.texts, _why_no_comments(comments.withheld))


def _why_no_comments(withheld: Withheld | None) -> str:
    if withheld is None:
        return ""
    return f"Comments are shown only when {withheld.threshold} or more people wrote one."


def _withheld(release: Release, published: Published, releases: Sequence[Release], *, outside: bool) -> Iterator[str]:
    """What is not shown and why, each thing once."""
    if published.withheld:
        yield f"All results: {words.why(published.withheld)}."
        if shown := _last_shown(releases, outside=outside):
            yield f"Results were last shown for {trend.label(shown, releases)}."
    apart = {size.group: size.withheld for size in published.sizes if size.withheld}
    for group, why in apart.items():
        yield f"{words.LABELS[group]}{' on its own' if group else ''}: {words.why(why)}."
    for index in published.indices:
        if index.withheld and index.group not in apart:
            yield f"The index of {_named(index.group)}: {words.why(index.withheld)}."
    yield from _withheld_questions(release, published, apart)
    for comments in published.comments:
        if comments.withheld and (question := release.question(comments.question)):
            yield f"Comments on {_quoted(release, question)}: {words.why(comments.withheld)}."


def _withheld_questions(release: Release, published: Published, apart: dict[Group, Withheld]) -> Iterator[str]:
    """A question is named where it is the only one; otherwise they are counted."""
    found: dict[tuple[Group, Withheld], list[str]] = {}
    for cell in published.cells:
        if cell.withheld and cell.group not in apart:
            found.setdefault((cell.group, cell.withheld), []).append(cell.question)
    for (group, why), keys in found.items():
        question = release.question(keys[0])
        on = _quoted(release, question) if len(keys) == 1 and question else f"{len(keys)} questions"
        yield f"{words.LABELS[group]} on {on}: {words.why(why)}."


def _last_shown(releases: Sequence[Release], *, outside: bool) -> Release | None:
    shown = (each for each in reversed(releases) if (each.outside if outside else each.inside).fresh)
    return next(shown, None)


def _named(group: Group) -> str:
    return words.LABELS[group].lower()


def _quoted(release: Release, question: Question) -> str:
    return f"“{words.text_of(question, release.period)}”"


def _method(release: Release, published: Published, *, outside: bool) -> Iterator[str]:
    """How the figures were made, and how the people behind them are kept safe."""
    yield (
        "Percentages are of those who gave an answer; skipped and “not applicable” are left out. In brackets is the "
        "range that most likely holds the figure for all who were asked (95% intervals)."
    )
    if any(question.index for question in release.questions):
        yield (
            "The index is the mean of each person’s answers to its questions, from 0 (strongly disagree) to 100 "
            "(strongly agree)."
        )
    if release.anonymous:
        yield "Answers were unlinked from people when the round closed."
    else:
        yield "This survey keeps names with answers, as its respondents were told; these results name nobody."
    yield (
        f"Nothing is shown of fewer than {published.threshold} people, nor anything from which it could be worked out. "
        "Comments are shown in random order and without dates."
    )
    if outside:
        yield f"For publication every figure is rounded to {published.rounded_to}, and comments are left out."
