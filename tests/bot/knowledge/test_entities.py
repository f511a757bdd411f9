"""Which agreements an enquiry names."""

from __future__ import annotations

import pytest

from bot.knowledge.entities import Names, key_of
from tests.builders import an_agreement

HELD = [
    an_agreement(reference="RM1557.13", name="G-Cloud 13", also_called=("GC13",), family="g-cloud", iteration=13),
    an_agreement(reference="RM1557.14", name="G-Cloud 14", also_called=("GC14",), family="g-cloud", iteration=14),
    an_agreement(
        reference="RM1043.8",
        name="Digital Outcomes and Specialists 6",
        also_called=("DOS6", "Digital Outcomes 6"),
        family="digital-outcomes",
        iteration=6,
    ),
    an_agreement(
        reference="RM1043.9", name="Digital Outcomes 7", also_called=("DOS7",), family="digital-outcomes", iteration=7
    ),
    an_agreement(
        reference="RM6262",
        name="Crown Hosting II",
        also_called=("Crown Hosting 2",),
        family="crown-hosting",
        iteration=2,
    ),
    an_agreement(reference="RM6190", name="Technology Services 4", also_called=("TS4",), family="ts", iteration=4),
    an_agreement(
        reference="RM6200", name="Artificial Intelligence DPS", also_called=("AI DPS",), family="ai", iteration=None
    ),
    an_agreement(reference="K692", name="ICT Managed Services", also_called=("KCS ICT",), family="kcs", iteration=None),
]
NAMES = Names(HELD)
G14, G13, DOS6, DOS7, TS4 = "RM1557.14", "RM1557.13", "RM1043.8", "RM1043.9", "RM6190"


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("RM1557.14", G14),
        ("rm1557.14", G14),
        ("RM 1557.14", G14),
        ("rm-1557.14", G14),
        ("rm: 1557.14", G14),
        ("1557.14", G14),
        ("is RM1557.14 still open?", G14),
        ("(RM1557.14)", G14),
        ("rm1557.14 lot", G14),
        ("RM1557.14 lot 2", G14),
        ("rm1557.14L2", G14),
        ("RM6190", TS4),
        ("RM6190.", TS4),
        ("6190", TS4),
        ("G-Cloud 14", G14),
        ("gcloud14", G14),
        ("g cloud 14", G14),
        ("GCLOUD 14", G14),
        ("GC14", G14),
        ("gc 14", G14),
        ("g-cloud framework 14?", G14),
        ("DOS6", DOS6),
        ("dos 6", DOS6),
        ("DOS six", DOS6),
        ("Digital Outcomes & Specialists 6", DOS6),
        ("digital outcomes seven", DOS7),
        ("Crown Hosting II", "RM6262"),
        ("crown hosting 2", "RM6262"),
        ("crown hosting two", "RM6262"),
        ("G-Cloud fourteen", G14),
        ("TS4", TS4),
        ("the AI DPS", "RM6200"),
        ("artificial intelligence dps", "RM6200"),
        ("k692", "K692"),
    ],
)
def test_an_agreement_is_found_by_any_of_its_names(typed: str, reference: str) -> None:
    named = NAMES.find(typed)
    assert (named.agreements, named.unheard) == ([reference], [])


@pytest.mark.parametrize(
    ("typed", "references"),
    [
        ("G-Cloud 14 or DOS7", [G14, DOS7]),
        ("DOS7 or G-Cloud 14", [DOS7, G14]),
        ("RM1557.14 vs RM1557.13", [G14, G13]),
        ("G-Cloud 14, RM1557.14 and gcloud14", [G14]),
        ("Technology Services 4 (RM6190) against 1043.8", [TS4, DOS6]),
    ],
)
def test_several_agreements_are_found_once_each(typed: str, references: list[str]) -> None:
    assert sorted(NAMES.find(typed).agreements) == sorted(references)


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("is G-Cloud open", "g-cloud"),
        ("RM1557", "g-cloud"),
        ("rm 1557", "g-cloud"),
        ("digital outcomes", "digital-outcomes"),
        ("dos", "digital-outcomes"),
        ("crown hosting", "crown-hosting"),
        ("technology services", "ts"),
        ("G-Cloud 36 months", "g-cloud"),
        ("can a g-cloud 2 year contract be extended", "g-cloud"),
        ("DOS 4 weeks", "digital-outcomes"),
    ],
)
def test_a_family_without_an_iteration_is_a_family(typed: str, family: str) -> None:
    named = NAMES.find(typed)
    assert (named.agreements, named.families, named.unheard) == ([], [family], [])


@pytest.mark.parametrize(
    ("typed", "ending"),
    [("G-Cloud 22", "22"), ("gcloud22", "22"), ("DOS 9 please", "9"), ("RM9999", "RM9999"), ("RM1557.99", "RM1557.99")],
)
def test_what_nobody_has_heard_of_is_noted_and_never_guessed(typed: str, ending: str) -> None:
    named = NAMES.find(typed)
    assert named.agreements == []
    assert len(named.unheard) == 1
    assert named.unheard[0].endswith(ending)


@pytest.mark.parametrize(
    "typed",
    [
        "what is a framework",
        "how do services work",
        "the threshold is £1557 this year",
        "in 2026 we spent 6.190 million",
        "£6190",
        "6190%",
        "61904",
        "lot 14",
        "the cloud",
        "outcomes",
        "hosting",
        "",
        "🎉",
    ],
)
def test_other_words_and_numbers_name_nothing(typed: str) -> None:
    named = NAMES.find(typed)
    assert (named.agreements, named.families, named.unheard) == ([], [], [])


@pytest.mark.parametrize(
    ("typed", "lots"),
    [
        ("lot 3 of DOS7", ["3"]),
        ("G-Cloud 14 lot 2", ["2"]),
        ("Lot2", ["2"]),
        ("TS4 lot 3a", ["3a"]),
        ("lots 1", ["1"]),
        ("RM1557.14 lot 3", ["3"]),
        ("RM6190 lot 3a", ["3a"]),
        ("which lots", []),
        ("a lot of money", []),
        ("spend a lot", []),
    ],
)
def test_a_lot_is_read_off(typed: str, lots: list[str]) -> None:
    assert NAMES.find(typed).lots == lots


def test_a_family_is_not_named_apart_when_one_of_its_iterations_is() -> None:
    named = NAMES.find("is G-Cloud 14 the newest G-Cloud?")
    assert (named.agreements, named.families) == ([G14], [])


def test_two_agreements_of_one_name_are_both_found() -> None:
    twins = [an_agreement(reference=f"K{n}", name=f"Twin {n}", also_called=("Twins",), iteration=None) for n in (1, 2)]
    assert Names(twins).find("are the twins open").agreements == ["K1", "K2"]


def test_a_name_that_is_only_a_common_word_is_never_learnt() -> None:
    assert (
        Names([an_agreement(reference="K1", name="Services", also_called=("The Framework",))])
        .find("which services and which framework?")
        .agreements
        == []
    )


def test_names_are_compared_as_letters_and_numbers() -> None:
    assert key_of("DOS7") == key_of("dos 7") == key_of("D.O.S. 7".replace(".", "")) == ("dos", "7")
    assert key_of("Back & Front II") == ("back", "front", "2")


def test_an_empty_base_names_nothing() -> None:
    assert Names([]).find("G-Cloud 14 and nothing else").agreements == []


def test_a_number_after_a_name_that_has_none_makes_it_another_agreements_name() -> None:
    names = Names([an_agreement(reference="RM6259", name="Vertical Application Solutions", iteration=None)])
    assert names.find("vertical application solutions 3, is it live").unheard == ["vertical application solutions 3"]
    assert names.find("vertical application solutions 3 years").agreements == ["RM6259"]
