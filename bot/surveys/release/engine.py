"""From a sealed round to all that may ever be shown of it. Whatever goes wrong on the way, nothing is shown."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.clock import LONDON
from bot.surveys.questions import Kind
from bot.surveys.release.comparing import compared
from bot.surveys.release.figures import Terms, cells, indices
from bot.surveys.release.planning import Counted, Plan, counted, planned
from bot.surveys.release.repeating import apart
from bot.surveys.release.rounding import Grain
from bot.surveys.release.splitting import PAIR, Reach
from bot.surveys.release.tallies import in_order
from bot.surveys.release.values import Comments, Group, Published, Reason, Release, Size, Withheld
from bot.surveys.round import Round
from bot.surveys.sealed import Sealed

FEWEST_COMMENTS = 10  # people who wrote one: below that a way of writing tells who
OUTSIDE_THRESHOLD = 10  # for publication: the public sector's norm (ONS)
OUTSIDE_STEP = 5

_log = logging.getLogger(__name__)


def release(sealed: Sealed, earlier: Iterable[Release] = ()) -> Release:
    """All that may ever be shown of the round. `earlier` are the releases of all other rounds of the survey so far.

    Never raises: where something goes wrong, the release withholds everything and gives that as the reason.
    """
    try:
        inside, outside = _both(sealed, [each for each in earlier if each.inside.fresh])
    except Exception as trouble:  # fail closed: part of a release could be more than may be shown
        _log.error("the release of round %s failed: %s", sealed.round.id, type(trouble).__name__)
        withheld = Withheld(Reason.TROUBLE, sealed.round.threshold)
        inside = Published(sealed.round.threshold, 1, (Size(None, None, None, withheld),), withheld=withheld)
        outside = replace(inside, rounded_to=OUTSIDE_STEP)
    return _of_round(sealed.round, inside, outside)


def _both(sealed: Sealed, earlier: Sequence[Release]) -> tuple[Published, Published]:
    """The sets for inside and outside: the second shows nothing that the first does not."""
    threshold = sealed.round.threshold
    terms = Terms(threshold, Grain(), _invited(sealed))
    wider = Terms(max(threshold, OUTSIDE_THRESHOLD), Grain(OUTSIDE_STEP), _invited(sealed))
    comments = tuple(_comments(sealed))
    counts = counted(sealed, threshold)
    reason = Reason.CLOSE if sealed.responded >= threshold else Reason.FEW if sealed.responded else Reason.NONE
    for reach in _reaches(counts) if reason is Reason.CLOSE else ():
        plan = planned(counts, threshold, reach)
        inside = _published(sealed, counts, plan, terms, reach)
        if all(apart(inside, each, sealed.round.questions, threshold) for each in earlier):
            return replace(inside, comments=comments), _outside(sealed, counts, plan, wider, reach)
    return replace(_nothing(sealed, reason, terms), comments=comments), _nothing(sealed, reason, wider)


def _reaches(counts: Counted) -> tuple[Reach, ...]:
    if not counts.functions:
        return (Reach.ALL,)
    return (Reach.ALL, Reach.PAIR, Reach.WHOLE) if counts.functions >= PAIR else (Reach.ALL, Reach.WHOLE)


def _outside(sealed: Sealed, counts: Counted, plan: Plan, terms: Terms, reach: Reach) -> Published:
    """The set for publication: of what `plan` shows inside, what may be shown by wider terms.

    Where too few others are left for procurement and digital to be shown beside everybody, they are shown alone.
    """
    fewer = counted(sealed, terms.threshold, among=counts.functions)
    sides = [each for each in PAIR & counts.functions if sealed.responses[each] >= terms.threshold]
    if reach in (Reach.ALL, Reach.PAIR) and not fewer.functions >= PAIR and len(sides) == len(PAIR):
        fewer = counted(sealed, terms.threshold, among=sides, complements=False)
        reach = Reach.SIDES if reach is Reach.ALL else reach
    narrower = planned(fewer, terms.threshold, reach).within(plan)
    return _published(sealed, fewer, narrower, terms, reach)


def _published(sealed: Sealed, counts: Counted, plan: Plan, terms: Terms, reach: Reach) -> Published:
    if sealed.responded < terms.threshold:
        return _nothing(sealed, Reason.FEW, terms)
    pair = compared(counts, plan, terms.grain)
    return Published(
        terms.threshold,
        terms.grain.step,
        sizes=tuple(_sizes(sealed, counts, terms, reach)),
        cells=tuple(cell for each, parted in counts.questions.items() for cell in cells(each, parted, plan, terms)),
        indices=tuple(indices(counts.scores, plan, terms)) if any(each.index for each in counts.questions) else (),
        balanced=pair.balanced,
        gap=pair.gap,
        gaps=pair.gaps,
        flagged=pair.flagged,
        mirrors=pair.mirrors,
    )


def _nothing(sealed: Sealed, reason: Reason, terms: Terms) -> Published:
    """The number of responses, and why there is no more."""
    withheld = Withheld(reason, terms.threshold)
    return Published(terms.threshold, terms.grain.step, (_everybody(sealed, terms),), withheld=withheld)


def _everybody(sealed: Sealed, terms: Terms) -> Size:
    if terms.grain.step > 1 and sealed.responded < terms.threshold:
        return Size(None, None, None, Withheld(Reason.FEW, terms.threshold))
    return Size(None, terms.grain.whole(sealed.responded), terms.grain.whole(sealed.invited))


def _sizes(sealed: Sealed, counts: Counted, terms: Terms, reach: Reach) -> Iterator[Size]:
    yield _everybody(sealed, terms)
    if not sealed.round.by_function:
        return
    for function in in_order(counts.functions | PAIR):
        n = sealed.responses.get(function, 0)
        if reach is Reach.WHOLE:
            yield Size(function, None, None, Withheld(Reason.CLOSE, terms.threshold))
        elif function in counts.functions and (reach is Reach.ALL or function in PAIR):
            invited = terms.invited.get(function)
            yield Size(function, terms.grain.whole(n), None if invited is None else terms.grain.whole(invited))
        else:
            yield Size(function, None, None, Withheld(_why_not(sealed, n, terms.threshold), terms.threshold))


def _invited(sealed: Sealed) -> Mapping[Group, int]:
    """How many were invited: by function only where every function's respondents are among them.

    People may name another function in a round than in their profile.
    """
    by_function = sealed.invited_by_function or {}
    invited: dict[Group, int] = {None: sealed.invited}
    if all(by_function.get(each, 0) >= n for each, n in sealed.responses.items() if each is not None):
        invited.update((each, n) for each, n in by_function.items())
    return invited


def _why_not(sealed: Sealed, n: int, threshold: int) -> Reason:
    """A function that is not among the sealed answers may have been withheld there for either reason."""
    return Reason.FEW if n < threshold and not sealed.responses.get(None) else Reason.PROTECTS


def _comments(sealed: Sealed) -> Iterator[Comments]:
    fewest = max(FEWEST_COMMENTS, sealed.round.threshold)
    for question in sealed.round.questions:
        if question.kind is not Kind.TEXT:
            continue
        texts = sealed.comments.get(question.key, ())
        if len(texts) >= fewest:
            yield Comments(question.key, texts, len(texts))
        else:
            yield Comments(question.key, withheld=Withheld(Reason.FEW if texts else Reason.NONE, fewest))


def _of_round(round: Round, inside: Published, outside: Published) -> Release:
    return Release(
        round_id=round.id,
        survey_id=round.survey_id,
        number=round.number,
        title=round.title,
        purpose=round.purpose,
        period=round.period,
        questions=round.questions,
        opened_on=round.opens_at.astimezone(LONDON).date(),
        closed_on=round.closes_at.astimezone(LONDON).date(),
        anonymous=round.anonymous,
        by_function=round.by_function,
        audience=round.audience,
        inside=inside,
        outside=outside,
    )
