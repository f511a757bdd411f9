"""Templates: surveys that are ready to be used, from `content/surveys/*.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.faults import Fault
from bot.surveys import files
from bot.surveys.survey import Draft

FOLDER = "surveys"


@dataclass(frozen=True)
class Template:
    """A survey to start from. `about` says in a sentence what it is for; `slug` is the name of its file."""

    slug: str
    about: str
    draft: Draft


def load(folder: Path, faults: list[Fault]) -> tuple[Template, ...]:
    """The sound templates of a content folder, by title; what is wrong with the others is added to the faults."""
    found = [template for path in sorted((folder / FOLDER).glob("*.toml")) if (template := _template(path, faults))]
    return tuple(sorted(found, key=lambda template: template.draft.title))


def _template(path: Path, faults: list[Fault]) -> Template | None:
    found = files.read(path, faults)
    if found is None:
        return None
    wrong = []
    if not found.about:
        wrong.append(Fault(path, 1, "about is missing; tell organisers in a sentence when to use it"))
    if found.audience or found.schedule:
        wrong.append(
            Fault(path, 1, "a template has no audience and no schedule; organisers choose them; take them out")
        )
    faults += wrong
    return None if wrong else Template(path.stem, found.about, found.draft(path.stem))
