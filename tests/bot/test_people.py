"""Who is asked, and who may do what."""

from __future__ import annotations

import pytest

from bot.errors import Problem
from bot.people import Actor, Audience, AudienceKind, Member, NotYours, Role

ADA, BO = Member("U0ADA"), Member("U0BO", zone="Europe/London")
EVERYBODY = (
    BO,
    ADA,
    ADA,
    Member("U0BOT", is_bot=True),
    Member("U0GONE", is_deactivated=True),
    Member("U0GUEST", is_guest=True),
    Member("U0OUT", is_outsider=True),
    Member("U0OUTGUEST", is_guest=True, is_outsider=True),
)


def asked(**policy: bool) -> list[str]:
    return [member.id for member in Audience(AudienceKind.CHANNEL, ("C0BUYING",), **policy).among(EVERYBODY)]


def test_bots_and_the_deactivated_are_never_asked_and_nobody_twice() -> None:
    assert asked() == ["U0ADA", "U0BO"]
    assert asked(guests=True, outsiders=True) == ["U0ADA", "U0BO", "U0GUEST", "U0OUT", "U0OUTGUEST"]


def test_guests_and_people_of_other_organisations_are_asked_only_where_that_is_said() -> None:
    assert asked(guests=True) == ["U0ADA", "U0BO", "U0GUEST"]
    assert asked(outsiders=True) == ["U0ADA", "U0BO", "U0OUT"]


@pytest.mark.parametrize(
    ("roles", "organise", "curate"),
    [
        (set(), False, False),
        ({Role.ORGANISER}, True, False),
        ({Role.CURATOR}, False, True),
        ({Role.ADMIN}, True, True),
    ],
)
def test_what_a_role_allows(roles: set[Role], organise: bool, curate: bool) -> None:
    actor = Actor("T0GOV", "U0ADA", frozenset(roles))
    assert (actor.may_organise, actor.may_curate) == (organise, curate)
    if not organise:
        with pytest.raises(Problem, match="Only organisers"):
            actor.must_organise()


def test_not_yours_and_not_there_are_the_same_sentence() -> None:
    assert str(NotYours()) == str(NotYours("survey"))
