"""The questions of a survey: the list with its buttons, and the form of one question."""

from __future__ import annotations

from dataclasses import replace

from bot.surveys.questions import MOST_OPTIONS, Kind, Question, minutes
from bot.surveys.survey import LONGEST_OPTION, LONGEST_QUESTION, MOST_QUESTIONS, Draft, faults_of_options
from bot.surveys.writing import key_for, options
from handlers.ui import blocks, fields, mrkdwn
from handlers.ui.blocks import Block
from handlers.ui.survey_form import About

LIST = "survey_questions"
ONE = "survey_question"
ADD = "survey_question_add"
EDIT, UP, DOWN, REMOVE = (f"survey_question_{what}" for what in ("edit", "up", "down", "remove"))
_TEXT, _HELP, _OPTIONS, _MOST, _REQUIRED = "text", "help", "options", "most", "required"
FIRST = _TEXT
NAMES = {
    Kind.RATING: "Rating: disagree to agree",
    Kind.CHOICE: "Choice: one of several",
    Kind.CHOICES: "Choices: several of several",
    Kind.SCORE: "Score: 0 to 10",
    Kind.TEXT: "Text: in their own words",
}
FORMS = {
    Kind.RATING: ("Rating", "A sentence that people can agree or disagree with. One thought, no “and”."),
    Kind.CHOICE: ("Choice", "A question with one answer."),
    Kind.CHOICES: ("Choices", "A question with several answers."),
    Kind.SCORE: ("Score", "Say what 0 and 10 mean."),
    Kind.TEXT: ("Text", "An open question. One or two in a survey are enough."),
}
WHO = "{other} becomes “digital colleagues” for people in procurement, and the other way round."


def questions(draft: Draft, of: About) -> Block:
    """All questions in order, each with what can be done to it."""
    parts: list[Block] = []
    for number, question in enumerate(draft.questions, start=1):
        parts += [
            blocks.section(_described(number, question, draft)),
            blocks.actions(f"question_{question.key}", _buttons(number, question, draft, of)),
        ]
    if not parts:
        parts.append(blocks.section("There are no questions yet. Add the first."))
    if len(draft.questions) < MOST_QUESTIONS:
        parts.append(blocks.actions("question_add", [_adding()]))
    parts.append(blocks.context([_length(draft)]))
    return blocks.modal(LIST, "Questions", parts, metadata=of.kept(), close="Done")


def _length(draft: Draft) -> str:
    about = minutes(draft.asked)
    return f"About {about} {'minute' if about == 1 else 'minutes'}. Changes count from the next round on."


def _adding() -> Block:
    choices = [{"text": blocks.plain_text(text, fields.OPTION), "value": kind.value} for kind, text in NAMES.items()]
    placeholder = blocks.plain_text("Add a question", 150)
    return {"type": "static_select", "action_id": ADD, "placeholder": placeholder, "options": choices}


def _described(number: int, question: Question, draft: Draft) -> str:
    text = mrkdwn.escape(question.worded(None, draft.period))
    facts = [NAMES[question.kind].partition(":")[0].lower()]
    facts += ["required"] if question.required else []
    facts += ["in the index"] if question.index else []
    facts += ["mirrors another"] if question.mirrors else []
    skips = [f"“{option.text}” skips ahead" for option in question.options if option.goes_to]
    return f"*{number}.* {text}\n_{mrkdwn.escape(', '.join([*facts, *skips]))}_"


def _buttons(number: int, question: Question, draft: Draft, of: About) -> list[Block]:
    value = About(of.survey_id, of.revision, question.key).kept()
    up = [blocks.button("Up", UP, value, label=f"Move question {number} up")]
    down = [blocks.button("Down", DOWN, value, label=f"Move question {number} down")]
    removing = blocks.button("Remove", REMOVE, value, label=f"Remove question {number}")
    asks = "Its text is lost. Answers of earlier rounds are kept."
    return [
        blocks.button("Edit", EDIT, value, label=f"Edit question {number}"),
        *(up if number > 1 else []),
        *(down if number < len(draft.questions) else []),
        blocks.confirmed(removing, f"Remove question {number}?", asks, "Remove"),
    ]


def fresh(kind: Kind) -> Question:
    """A new question; it gets its key from its words when they are read."""
    return Question("", kind, "", most=3 if kind is Kind.CHOICES else 0)


def question(asked: Question, of: About) -> Block:
    """The form of one question."""
    title, hint = FORMS[asked.kind]
    parts = [
        blocks.text_input(_TEXT, "Question", hint=f"{hint} {WHO}", initial=asked.text, longest=LONGEST_QUESTION),
        *_choices(asked),
        blocks.text_input(_HELP, "Help under it", initial=asked.help, optional=True, longest=150, one_line=True),
        blocks.tick_box(_REQUIRED, "Required", "An answer is needed", ticked=asked.required),
    ]
    if asked.key:
        parts.append(blocks.context(["Changed words begin a new series: results are not compared with those before."]))
    return blocks.modal(f"{ONE}_{asked.kind}", title, parts, submit="Save", metadata=of.kept())


def _choices(asked: Question) -> list[Block]:
    if asked.kind not in (Kind.CHOICE, Kind.CHOICES):
        return []
    lines = "\n".join(option.text for option in asked.options)
    hint = f"One a line, 2 to {MOST_OPTIONS}, each of {LONGEST_OPTION} characters at most."
    parts = [blocks.text_input(_OPTIONS, "Answers to choose from", hint=hint, initial=lines, longest=1000)]
    if asked.kind is Kind.CHOICES:
        most = [(str(number), str(number)) for number in range(1, MOST_OPTIONS + 1)]
        parts.append(fields.menu(_MOST, "Most that one may choose", most, chosen=str(asked.most or 3)))
    return parts


def kind_of(view: Block) -> Kind | None:
    """The kind of question that a form is for; None when it is none of ours."""
    name = str(view.get("callback_id", "")).removeprefix(f"{ONE}_")
    return Kind(name) if name in set(Kind) else None


def read_question(view: Block, before: Question, draft: Draft) -> Question:
    """The question as it was sent; a new one gets a key that no other has."""
    text = " ".join(blocks.typed(view, _TEXT).split())
    most = fields.one_chosen(view, _MOST)
    chosen = options(blocks.typed(view, _OPTIONS).split("\n"), before.options)
    return replace(
        before,
        key=before.key or key_for(text, {each.key for each in draft.questions}),
        text=text,
        options=chosen,
        help=" ".join(blocks.typed(view, _HELP).split()),
        most=min(int(most), len(chosen) or 1) if most.isdigit() else before.most,
        required=blocks.ticked(view, _REQUIRED),
    )


def place_question(draft: Draft, asked: Question) -> dict[str, str]:
    """What is wrong with one question of a draft, at the fields of its form."""
    keys = [each.key for each in draft.questions]
    of_options: set[str] = set()
    if asked.kind in (Kind.CHOICE, Kind.CHOICES):
        of_options = set(faults_of_options(asked, keys[keys.index(asked.key) + 1 :]))
    placed: dict[str, str] = {}
    for fault in draft.faults_of_questions():
        if fault.field == f"question:{asked.key}" or (fault.field == "questions" and asked.text):
            placed.setdefault(_OPTIONS if fault.sentence in of_options else _TEXT, fault.sentence)
    return placed
