"""Keeps the small language in which Slack's rules are written: a check reads one value and yields what is wrong.

Checks are built from smaller checks, so that the tables in the modules beside this one read like Slack's reference.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[object, str], Iterator[str]]
Shape = Mapping[str, Check]
Rule = Callable[[dict[str, Any], str], Iterator[str]]


def fault(what: str, at: str) -> str:
    """One sentence as Slack words it in `errors` (docs.slack.dev/apis/web-api/#responses)."""
    return f"{what} [json-pointer:{at}]"


def below(at: str, name: str | int) -> str:
    """The JSON pointer of a member; `~` and `/` in names are escaped (RFC 6901)."""
    return f"{at}/{str(name).replace('~', '~0').replace('/', '~1')}"


def anything(value: object, at: str) -> Iterator[str]:
    """Accepts every value; for fields that another check already looked at."""
    yield from ()


def boolean(value: object, at: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield fault("must provide a boolean", at)


def string(most: int | None = None, least: int = 0, pattern: str | None = None) -> Check:
    """A text of `least` to `most` characters that, where given, matches the whole `pattern`."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must provide a string", at)
        elif len(value) < least:
            yield fault(f"must be more than {least - 1} characters", at)
        elif most is not None and len(value) > most:
            yield fault(f"must be less than {most + 1} characters", at)
        elif pattern is not None and not re.fullmatch(pattern, value, re.DOTALL):
            yield fault("does not match the required pattern", at)

    return check


def integer(least: int | None = None, most: int | None = None) -> Check:
    """A whole number between two bounds, both included."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield fault("must provide an integer", at)
        elif least is not None and value < least:
            yield fault(f"must be at least {least}", at)
        elif most is not None and value > most:
            yield fault(f"must be at most {most}", at)

    return check


def one_of(*choices: str) -> Check:
    """One of a few fixed words."""

    def check(value: object, at: str) -> Iterator[str]:
        if value not in choices:
            yield fault(f"must be a valid enum value: {', '.join(choices)}", at)

    return check


def array(each: Check, most: int | None = None, least: int = 0, *, unique: bool = False) -> Check:
    """A list of `least` to `most` items, every one of them passing `each`."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must provide an array", at)
            return
        if len(value) < least:
            yield fault(f"must provide at least {least} item{'s' if least > 1 else ''}", at)
        if most is not None and len(value) > most:
            yield fault(f"no more than {most} items allowed", at)
        if unique and any(item in value[:place] for place, item in enumerate(value)):
            yield fault("must provide unique items", at)
        for place, item in enumerate(value):
            yield from each(item, below(at, place))

    return check


def record(required: Shape, optional: Shape | None = None, *rules: Rule) -> Check:
    """An object with exactly these fields. `rules` relate fields, and run only once every field is sound by itself."""
    known = {**required, **(optional or {})}

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", at)
            return
        found = list(_fields(value, at, required, known))
        yield from found
        if not found:
            for rule in rules:
                yield from rule(value, at)

    return check


def _fields(value: dict[str, Any], at: str, required: Shape, known: Shape) -> Iterator[str]:
    yield from (fault(f"missing required field: {name}", at) for name in required if name not in value)
    yield from (fault(f"invalid additional property: {name}", at) for name in value if name not in known)
    for name, check in known.items():
        if name in value:
            yield from check(value[name], below(at, name))


def kind(required: Shape, optional: Shape | None = None, *rules: Rule) -> Check:
    """A record that names its `type`; which type it is has been settled by `typed`."""
    return record({"type": anything, **required}, optional, *rules)


def typed(table: Mapping[str, Check]) -> Check:
    """An object whose `type` says by which rules it is read. A type missing from the table is refused."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", at)
        elif "type" not in value:
            yield fault("missing required field: type", at)
        elif not isinstance(value["type"], str) or value["type"] not in table:
            yield fault(f"unsupported type: {value['type']}", below(at, "type"))
        else:
            yield from table[value["type"]](value, at)

    return check


def exactly_one(*names: str) -> Rule:
    """Of these fields one must be there, and only one."""

    def rule(value: dict[str, Any], at: str) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield fault(f"must define exactly one of: {', '.join(names)}", at)

    return rule


def at_least_one(*names: str) -> Rule:
    """Of these fields one or more must be there."""

    def rule(value: dict[str, Any], at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield fault(f"must define at least one of: {', '.join(names)}", at)

    return rule


def in_order(low: str, high: str) -> Rule:
    """Where both bounds are given, the lower one must not exceed the upper one."""

    def rule(value: dict[str, Any], at: str) -> Iterator[str]:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield fault(f"{low} must not be greater than {high}", below(at, low))

    return rule
