"""Who is asked: the form, drawn for the kind of audience that was chosen, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.people import Audience, AudienceKind, Function
from bot.surveys.questions import function_question
from handlers.ui import blocks, fields
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About

AUDIENCE = "survey_audience"
KIND = "survey_audience_kind"
_CHANNELS, _GROUPS, _MEMBERS, _FUNCTIONS, _OTHERS = "channels", "groups", "members", "functions", "others"
TARGETS = {
    AudienceKind.CHANNEL: _CHANNELS,
    AudienceKind.GROUP: _GROUPS,
    AudienceKind.MEMBERS: _MEMBERS,
    AudienceKind.FUNCTION: _FUNCTIONS,
}
KINDS = {
    AudienceKind.CHANNEL: "Everybody in a channel",
    AudienceKind.GROUP: "A user group",
    AudienceKind.MEMBERS: "People whom I name",
    AudienceKind.FUNCTION: "Everybody who told me their profession",
}
NO_GROUPS = "User groups come with Slack's paid plans. This workspace has none, so they cannot be chosen."
Groups = Sequence[tuple[str, str]]
"""Ids and names of the user groups that can be chosen."""


def audience(chosen: Audience | None, of: About, groups: Groups, kind: AudienceKind | None = None) -> Block:
    """The form. `kind` is what was chosen since it was drawn, when the fields below must follow."""
    shown = kind or (chosen.kind if chosen else AudienceKind.CHANNEL)
    kept = chosen.targets if chosen and chosen.kind is shown else ()
    kinds = [(each.value, words) for each, words in KINDS.items() if groups or each is not AudienceKind.GROUP]
    parts = [
        fields.radios(KIND, "Who is asked", kinds, chosen=shown, redraws=True),
        _targets(shown, kept, groups),
        fields.boxes(
            _OTHERS,
            "Ask these people too",
            [("guests", "Guests of this workspace"), ("outsiders", "People of other organisations")],
            chosen=[name for name in ("guests", "outsiders") if chosen and getattr(chosen, name)],
            hint="Leave both empty to ask members of this workspace only. Bots are never asked.",
            optional=True,
        ),
        blocks.context(
            [
                "People who join are asked until two working days before a round closes. People who leave are not"
                " asked any more.",
                *([] if groups else [NO_GROUPS]),
            ]
        ),
    ]
    return blocks.modal(AUDIENCE, "Who is asked", parts, submit="Save", metadata=of.kept())


def _targets(kind: AudienceKind, kept: tuple[str, ...], groups: Groups) -> Block:
    if kind is AudienceKind.CHANNEL:
        element: Block = {"type": "multi_conversations_select", "filter": {"include": ["public", "private"]}}
        element |= {"initial_conversations": list(kept)} if kept else {}
        return fields.field(_CHANNELS, "Channels", element, hint="I must be in each of them: type /invite there.")
    if kind is AudienceKind.MEMBERS:
        element = {"type": "multi_users_select"} | ({"initial_users": list(kept)} if kept else {})
        return fields.field(_MEMBERS, "People", element)
    if kind is AudienceKind.GROUP:
        return fields.many(_GROUPS, "User groups", groups, chosen=kept)
    labels = function_question()
    return fields.boxes(_FUNCTIONS, "Professions", [(each.value, labels.label(each)) for each in Function], chosen=kept)


def kind_chosen(view: Block) -> AudienceKind:
    """The kind that is chosen in the form now."""
    chosen = fields.one_chosen(view, KIND)
    return AudienceKind(chosen) if chosen in set(AudienceKind) else AudienceKind.CHANNEL


def read_audience(view: Block) -> Audience:
    """The audience that was sent. Without targets it is a fault of the draft."""
    kind = kind_chosen(view)
    others: Any = fields.chosen(view, _OTHERS)
    return Audience(kind, fields.chosen(view, TARGETS[kind]), "guests" in others, "outsiders" in others)


def field_of(chosen: Audience) -> str:
    """The field at which a fault of an audience stands."""
    return TARGETS[chosen.kind]


def fault(chosen: Audience) -> str:
    """What is wrong with an audience as it was written; empty when nothing is."""
    if not chosen.targets:
        return "Choose who is asked."
    unknown = chosen.kind is AudienceKind.FUNCTION and set(chosen.targets) - set(Function)
    return "Choose from the list." if unknown else ""
