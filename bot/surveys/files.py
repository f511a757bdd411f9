"""A survey as a TOML file: written by hand as a template, or exported from one workspace and imported into another.

An export leaves out versions: where it is imported, new series begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, field_validator

from bot.knowledge import reading
from bot.knowledge.faults import Fault, line_of
from bot.knowledge.records import Record, Text
from bot.people import Audience
from bot.surveys.questions import Kind, Option, Question
from bot.surveys.schedule import Schedule
from bot.surveys.survey import THRESHOLD, Draft

_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_AUDIENCE = TypeAdapter(Audience)


class OptionInFile(Record):
    """One answer to choose from."""

    key: Text
    text: Text
    goes_to: str = ""


class QuestionInFile(Record):
    """One question, with the keys that content/README.md explains."""

    key: Text
    kind: Kind
    text: Text
    options: tuple[OptionInFile, ...] = ()
    required: bool = False
    help: str = ""
    most: Annotated[int, Field(ge=0)] = 0
    index: bool = False
    mirrors: str = ""
    benchmark: str = ""

    def question(self) -> Question:
        """The question that the file means."""
        plain = {name: getattr(self, name) for name in QuestionInFile.model_fields}
        return Question(**plain | {"options": tuple(Option(**each.model_dump()) for each in self.options)})


class SurveyInFile(Record):
    """A whole survey; `about` tells organisers what it is for. A template has no audience and no schedule."""

    title: Text
    purpose: Text
    questions: Annotated[tuple[QuestionInFile, ...], Field(min_length=1)]
    about: str = ""
    anonymous: bool = True
    by_function: bool = True
    threshold: int = THRESHOLD
    period: Text = "month"
    results_channel: str = ""
    audience: Audience | None = None
    schedule: Schedule | None = None

    @field_validator("schedule", mode="before")
    @classmethod
    def _schedule(cls, told: object) -> object:
        return Schedule.from_dict(told) if isinstance(told, Mapping) else told

    def draft(self, template: str = "") -> Draft:
        """What an organiser would have written."""
        plain = {each.name: getattr(self, each.name) for each in fields(Draft) if each.name in type(self).model_fields}
        questions = tuple(each.question() for each in self.questions)
        return Draft(**plain | {"questions": questions, "template": template})


def read(path: Path, faults: list[Fault]) -> SurveyInFile | None:
    """A survey's file; None when it cannot be used, and every fault is added with its line."""
    found = reading.record(SurveyInFile, path, faults)
    if found is None:
        return None
    text = path.read_text(encoding="utf-8-sig")
    wrong = [Fault(path, _line(text, found, each.field), each.sentence) for each in found.draft().faults_as_written()]
    faults += wrong
    return None if wrong else found


def _line(text: str, found: SurveyInFile, field: str) -> int:
    kind, _, key = field.partition(":")
    if kind != "question":
        return line_of(text, (kind,))
    at = max(index for index, question in enumerate(found.questions) if question.key == key)
    return line_of(text, ("questions", at))


def write(draft: Draft) -> str:
    """A draft as a file that `read` gives back."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    for name in ("title", "purpose", "anonymous", "by_function", "threshold", "period", "results_channel"):
        yield f"{name} = {_value(getattr(draft, name))}"
    for question in draft.questions:
        yield "\n[[questions]]"
        yield from _of_question(question)
    if draft.audience:
        yield from _table("audience", _AUDIENCE.dump_python(draft.audience, mode="json"))
    if draft.schedule:
        yield from _table("schedule", draft.schedule.to_dict())


def _of_question(question: Question) -> Iterator[str]:
    """The lines of a question; what says nothing is left out."""
    for each in fields(Question):
        value = getattr(question, each.name)
        if each.name == "options" and value:
            yield "options = ["
            yield from (f"    {_option(option)}," for option in value)
            yield "]"
        elif value and each.name != "version":
            yield f"{each.name} = {_value(value)}"


def _table(name: str, values: Mapping[str, object]) -> Iterator[str]:
    yield f"\n[{name}]"
    yield from (f"{key} = {_value(value)}" for key, value in values.items())


def _option(option: Option) -> str:
    parts = {"key": option.key, "text": option.text} | ({"goes_to": option.goes_to} if option.goes_to else {})
    return _value(parts)


def _value(value: object) -> str:
    """TOML 1.0 for the kinds of value that a survey has, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f'"{"".join(map(_letter, str(value)))}"'


def _letter(letter: str) -> str:
    """A character in a TOML string: those that may not stand there as they are, escaped."""
    control = f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter
    return _ESCAPED.get(letter, control)
