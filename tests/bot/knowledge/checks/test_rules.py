"""Every rule of `python -m bot check`: a folder in which it speaks, with file and line, and a twin in which not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import check
from bot.knowledge.check import findings
from bot.knowledge.faults import Fault
from tests.builders import AGREEMENT_PATH, ENTRY_PATH, TODAY, a_folder, change

TERMS = Path("glossary.csv")
BODY = "Trim the wick before each lighting."
BODY_LINE = 30
SOURCE = 'title = "Care of lanterns"\npublisher = "The Lantern Office"'
LAW = 'title = "Lantern Act 1999"\npublisher = "legislation.gov.uk"'
TERM = (
    "WTS,{stands_for},Other days.,{context},,,Lantern glossary,The Lantern Office,,2026-08,official,"
    "glossary,2026-11-24\n"
)
ENDS = "[ends]\non = 2028-01-11\n"


@dataclass(frozen=True)
class Case:
    """A change to one file that a rule finds fault with, a change that it does not, and what is said where."""

    file: Path
    old: str
    wrong: str
    right: str
    line: int
    said: str
    on: date = TODAY


def body(wrong: str, right: str, said: str, line: int = BODY_LINE) -> Case:
    """A case about an entry's answer."""
    return Case(ENTRY_PATH, BODY, wrong, right, line, said)


FAULTS = {
    "too_long": body("Trim it. " * 61, "Trim it. " * 60, "the answer has 122 words, and 120 is the most", 1),
    "long_sentences": body(
        f"Trim {'the wick ' * 13}now and then.", f"Trim {'the wick ' * 10}often.", "a sentence has 30 words, and 25 is"
    ),
    "yes_or_no": body("Yes, trim the wick.", "Trim the wick: yes, each day.", "opens with “Yes”; begin with"),
    "relative_dates": body("Wicks recently grew.", "Wicks grew in May 2026.", "“recently” goes stale; give the date"),
    "idioms are no dates": body(
        "Trim it soon.", "Trim it as soon as you can.", "“soon” goes stale; give the date, or leave it out"
    ),
    "hard_to_read": body(
        "Organisational responsibilities necessitate administrative deliberation.",
        "Teams need time to think.",
        "shorter words and sentences",
    ),
    "unexplained": body("Ask the XYZQ.", "Ask the Wick Quarter (XYZQ).", "XYZQ is explained nowhere; write it out"),
    "acronyms of the glossary are explained": body("Ask the WTSX.", "Ask for the WTS.", "WTSX is explained nowhere"),
    "must by whom": Case(
        ENTRY_PATH, BODY, "You must trim it.", "You should trim it.", BODY_LINE, "“must” without a law, a contract or"
    ),
    "unheard_references": body("Buy on RM7777.", "Buy on RM6999.", "RM7777 is not in content/agreements; correct it"),
    "ends": body(
        "Lantern 2 ends on 12 January 2028.", "Lantern 2 ends on 11 January 2028.", "where ends of Lantern Services 2"
    ),
    "starts": body("Lantern 2 opened in March 2026.", "Lantern 2 opened in January 2026.", "is 12 January 2026; take"),
    "implausible links": body(
        "See [wicks](http://www.wicks.gov.uk/a).", "See [wicks](https://www.wicks.gov.uk/a).", "has https; write https"
    ),
    "implausible addresses": Case(
        AGREEMENT_PATH,
        "https://www.example.gov.uk/lantern",
        "https://www.example.gov.uk/lantern,",
        "https://www.example.gov.uk/lantern(2)",
        17,
        "ends in a mark of the sentence around it; take that away",
    ),
    "in_future": Case(
        ENTRY_PATH, 'as_of = "2026-08"', 'as_of = "2026-12"', 'as_of = "2026-11"', 19, "is dated 2026-12, which is to"
    ),
    "overdue agreements": Case(
        AGREEMENT_PATH, "review_months = 3", "review_months = 3", "review_months = 4", 11,
        "was due to be checked by 24 February 2027; check it and set reviewed", date(2027, 2, 25),
    ),
    "overdue entries": Case(
        ENTRY_PATH, "reviewed = 2026-11-24", "reviewed = 2025-11-23", "reviewed = 2025-11-24", 5,
        "was due to be checked by 23 November 2026",
    ),
    "overdue terms": Case(
        TERMS, "undated,official,glossary,2026-11-24", "undated,official,glossary,2024-11-24",
        "undated,official,glossary,2026-01-24", 3, "Snuffer was due to be checked by",
    ),
    "expired": Case(
        ENTRY_PATH, 'risk = "process"', 'risk = "process"\nexpires_on = 2026-11-23',
        'risk = "process"\nexpires_on = 2026-11-24', 8,
        "is not given since 23 November 2026; renew the answer, or take the file out",
    ),
    "without_context": Case(
        TERMS, "Snuffer,,", TERM.format(stands_for="wick turning stick", context="") + "Snuffer,,",
        TERM.format(stands_for="wick turning stick", context="stick makers") + "Snuffer,,",
        3, "WTS has 2 rows; say in context where it means this",
    ),
    "relative_dates_of_agreements": Case(
        AGREEMENT_PATH, 'text = "Lanterns and the care of lanterns."', 'text = "Lanterns of last year."',
        'text = "Lanterns of 2025."', 22, "“last year” goes stale; give the date, or leave it out",
    ),
    "references in agreements": Case(
        AGREEMENT_PATH, 'text = "Lanterns and the care of lanterns."', 'text = "Not for RM7777."',
        'text = "Not for RM6999."', 22, "RM7777 is not in content/agreements; correct it",
    ),
    "dead agreements": Case(
        ENTRY_PATH, 'agreements = ["RM6999"]', 'agreements = ["RM7777"]', "agreements = []", 12,
        "agreements: RM7777 is not in content/agreements; add it there",
    ),
    "dead entries": Case(
        ENTRY_PATH, "related = []", 'related = ["no-such-entry"]', "related = []", 13,
        "there is no entry no-such-entry; take it out or correct it",
    ),
    "absent curators": Case(
        ENTRY_PATH, 'curator = "practice"', 'curator = "nobody"', 'curator = "law"', 4,
        "curator nobody is not in content/curators.toml",
    ),
}  # fmt: skip
ADVICE = {
    "cut_labels": Case(
        ENTRY_PATH, "How often must a lantern's wick be trimmed?",
        "How often and by whom must the wick of a lantern that hangs in a public hall be trimmed?",
        "How often must the wick of a lantern be trimmed?", 2, "as a button it is cut to “How often",
    ),
    "all_ended": Case(
        AGREEMENT_PATH, ENDS, "[ends]\non = 2026-11-01\n", ENDS, 12,
        "is about Lantern Services 2 alone, which has ended",
    ),
}  # fmt: skip


def found(folder: Path, on: date, *, advice: bool = False) -> list[Fault]:
    outcome = findings(folder, on)
    return outcome.advice if advice else outcome.faults


@pytest.mark.parametrize("name", FAULTS)
def test_a_rule_names_file_and_line_and_what_to_do(name: str, tmp_path: Path) -> None:
    case = FAULTS[name]
    change(a_folder(tmp_path) / case.file, case.old, case.wrong)
    said = [fault for fault in found(tmp_path, case.on) if case.said in fault.problem]
    assert [(each.path.relative_to(tmp_path), each.line) for each in said] == [(case.file, case.line)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_rule_is_silent_where_all_is_well(name: str, tmp_path: Path) -> None:
    case = FAULTS[name]
    change(a_folder(tmp_path) / case.file, case.old, case.right)
    assert found(tmp_path, case.on) == []


@pytest.mark.parametrize("name", ADVICE)
def test_advice_names_file_and_line_and_is_no_fault(name: str, tmp_path: Path) -> None:
    case = ADVICE[name]
    folder = a_folder(tmp_path)
    change(folder / case.file, case.old, case.wrong)
    said = [each for each in found(folder, case.on, advice=True) if case.said in each.problem]
    assert [(each.path.relative_to(folder), each.line) for each in said] == [(ENTRY_PATH, case.line)]
    assert not any(case.said in fault.problem for fault in found(folder, case.on))


@pytest.mark.parametrize("name", ADVICE)
def test_advice_is_silent_where_all_is_well(name: str, tmp_path: Path) -> None:
    case = ADVICE[name]
    folder = a_folder(tmp_path)
    change(folder / case.file, case.old, case.right)
    assert found(folder, case.on, advice=True) == []


def test_must_is_for_those_whom_a_source_binds(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / ENTRY_PATH, BODY, "You must trim the wick.")
    change(folder / ENTRY_PATH, SOURCE, LAW)
    assert found(folder, TODAY) == []
    change(folder / ENTRY_PATH, 'central = "must"', 'central = "should"')
    assert ["applies_to has a must for nobody" in each.problem for each in found(folder, TODAY)] == [True]


def test_a_source_of_doubtful_grade_binds_nobody(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(folder / ENTRY_PATH, BODY, "You must trim the wick.")
    change(folder / ENTRY_PATH, SOURCE, LAW)
    change(folder / ENTRY_PATH, 'as_of = "2026-08"\ngrade = "official"', 'as_of = "2026-08"\ngrade = "press"')
    assert ["“must” without a law" in each.problem for each in found(folder, TODAY)] == [True]


@pytest.mark.parametrize(
    ("field", "prose", "said"),
    [
        (
            '[term]\ntext = "Two years."\nmonths = 24\nsource = "page"',
            "A call-off on Lantern 2 may last up to {}.",
            "term",
        ),
        ('[levy]\ntext = "Suppliers pay."\npercent = 0.75\nsource = "page"', "The levy of Lantern 2 is {}.", "levy"),
    ],
)
def test_a_term_or_levy_in_prose_agrees_with_the_field(field: str, prose: str, said: str, tmp_path: Path) -> None:
    right, wrong = {"term": ("2 years", "36 months"), "levy": ("0.75%", "1%")}[said]
    folder = a_folder(tmp_path)
    change(folder / AGREEMENT_PATH, '[[lots]]\nnumber = "1"', f'{field}\n\n[[lots]]\nnumber = "1"')
    change(folder / ENTRY_PATH, BODY, prose.format(right))
    assert found(folder, TODAY) == []
    change(folder / ENTRY_PATH, prose.format(right), prose.format(wrong))
    faults = found(folder, TODAY)
    assert [(each.line, f"where {said} of Lantern Services 2" in each.problem) for each in faults] == [
        (BODY_LINE, True)
    ]


def test_an_acronym_with_two_meanings_is_told_apart(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    change(
        folder / TERMS, "Snuffer,,", TERM.format(stands_for="wick turning stick", context="stick makers") + "Snuffer,,"
    )
    change(folder / ENTRY_PATH, BODY, "Look at the WTS.")
    said = "WTS can stand for wick trimming schedule or wick turning stick; write out which, or use another word"
    assert [(each.line, each.problem) for each in found(folder, TODAY)] == [(BODY_LINE, said)]
    change(folder / ENTRY_PATH, "Look at the WTS.", "Look at the wick trimming schedule, the WTS.")
    assert found(folder, TODAY) == []


def test_two_entries_with_nearly_one_question_are_a_fault(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    other = folder / "knowledge" / "lanterns" / "zebra-wicks.md"
    text = (folder / ENTRY_PATH).read_text(encoding="utf-8")
    text = text.replace(
        '"wick trimming rules", "when do I trim the wick", "how short should a wick be"', '"zebras", "zoo", "gnu"'
    )
    other.write_text(text.replace("How often must a lantern's", "How often must the lantern's"), encoding="utf-8")
    said = [each for each in found(folder, TODAY) if "is nearly that of trim-a-wick" in each.problem]
    assert [(each.path, each.line) for each in said] == [(other, 2)]
    other.write_text(
        text.replace("How often must a lantern's wick be trimmed?", "Who feeds a zebra?"), encoding="utf-8"
    )
    assert not any("nearly" in each.problem for each in found(folder, TODAY))


def test_who_replaces_whom_is_told_on_both_sides(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    text = (folder / AGREEMENT_PATH).read_text(encoding="utf-8")
    older = text.replace("RM6999", "RM6998").replace("Lantern Services 2", "Lantern Services 1")
    older = older.replace('also_called = ["Lantern 2"]', "also_called = []").replace("iteration = 2", "iteration = 1")
    (folder / "agreements" / "lantern-services-1.toml").write_text(older, encoding="utf-8")
    link = '[{}]\nreferences = ["{}"]\nsource = "page"\n\n[starts]'
    change(folder / AGREEMENT_PATH, "[starts]", link.format("replaces", "RM6998"))
    advice = found(folder, TODAY, advice=True)
    assert ["whose file has no replaced_by RM6999; add it there" in each.problem for each in advice] == [True]
    change(folder / "agreements" / "lantern-services-1.toml", "[starts]", link.format("replaced_by", "RM6999"))
    assert found(folder, TODAY, advice=True) == []


def test_a_variant_nearer_to_another_entry_is_advice(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    other = folder / "knowledge" / "lanterns" / "fill-with-oil.md"
    text = (folder / ENTRY_PATH).read_text(encoding="utf-8")
    text = text.replace("How often must a lantern's wick be trimmed?", "How is the oil filled?")
    text = text.replace('"wick trimming rules", "when do I trim the wick"', '"oil filling", "trimming the wick rules"')
    other.write_text(
        text.replace('"how short should a wick be"', '"filling oil"').replace("Trim the wick", "Fill it"),
        encoding="utf-8",
    )
    advice = [
        each for each in found(folder, TODAY, advice=True) if "“trimming the wick rules” is nearer to" in each.problem
    ]
    assert [(each.path, each.line) for each in advice] == [(other, 3)]
    assert found(folder, TODAY) == []


def test_every_rule_stands_in_the_list_of_check() -> None:
    rules = {
        *check.OF_AN_ENTRY, *check.OF_THE_BASE, *check.ADVICE_ON_AN_ENTRY, *check.ADVICE_ON_THE_BASE,
    }  # fmt: skip
    assert len(rules) == 23
