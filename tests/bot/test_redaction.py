"""What is taken out of a question before it is kept."""

from __future__ import annotations

import time

import pytest

from bot.redaction import redact


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mail ada@example.gov.uk please", "mail [email] please"),
        ("Ada.Lovelace+buying@city-council.gov.uk", "[email]"),
        ("o'neill@example.org.", "[email]."),
        ("<mailto:ada@example.gov.uk|ada@example.gov.uk>", "<mailto:[email]|[email]>"),
        ("<@U012ABCDEF> asked", "[person] asked"),
        ("<@W012ABCDEF|ada>", "[person]"),
        ("ask @ada.lovelace", "ask [person]"),
        ("see https://example.gov.uk/a?b=c#d now", "see [link] now"),
        ("<https://example.gov.uk|our page>", "[link]"),
        ("WWW.EXAMPLE.GOV.UK/x", "[link]"),
        ("ring 020 7946 0958", "ring [phone]"),
        ("ring 07700 900123 today", "ring [phone] today"),
        ("07700900123", "[phone]"),
        ("01632-960-961", "[phone]"),
        ("+44 7700 900123", "[phone]"),
        ("+447700900123", "[phone]"),
        ("SW1A 2AA", "[postcode]"),
        ("at m1 1ae, Manchester", "at [postcode], Manchester"),
        ("EC1A 1BB.", "[postcode]."),
        ("AB 12 34 56 C", "[insurance number]"),
        ("my ni is ab123456c", "my ni is [insurance number]"),
        ("4111 1111 1111 1111", "[card or account]"),
        ("4111111111111111", "[card or account]"),
        ("20-26-12 12345678", "[card or account]"),
        ("xoxb-123456789012-abc", "[secret]"),
        ("Mr Babbage said", "[name] said"),
        ("Mrs. Ada Lovelace says", "[name] says"),
        ("Cllr O'Neill and Dr Smith-Jones", "[name] and [name]"),
        ("Councillor Ada Lovelace", "[name]"),
    ],
)
def test_what_leads_to_a_person_is_taken_out(typed: str, kept: str) -> None:
    assert redact(typed) == kept


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+44 (0)20 7946 0958", "7946"),
        ("(020) 7946 0958", "7946"),
        ("(01632) 960961", "960961"),
        ("0044 7700 900123", "900123"),
        ("+44(0)7700900123", "900123"),
    ],
)
def test_a_phone_number_is_taken_out_however_it_is_written(typed: str, digits: str) -> None:
    assert digits not in redact(f"please ring {typed}, thanks")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "is G-Cloud 14 still open?",
        "RM1557.14",
        "RM 6190 lot 3a",
        "1557.14 and 1043.8",
        "£207,720",
        "£5,372,609 including VAT",
        "£1,000,000,000,000",
        "12,345,678.90",
        "0.75%",
        "PPN 023",
        "PPN 02/24",
        "IR35 and T&M",
        "on 2026-10-28",
        "28 October 2026",
        "from 01/04/2026 to 31/03/2027",
        "28/10/2026 09:00",
        "section 41 of the Procurement Act 2023",
        "ocds-h6vhtk-04eac3",
        "notice 2025/S 000-012345",
        "DOS7, MCF4 and TS4",
        "between 10 and 30 days @ most",
        "the Minister and the Misses",
        "Dr no",
        "mr and mrs",
        "a contract of 36 + 12 months",
        "🎉 هل",
    ],
)
def test_what_leads_to_nobody_is_left_untouched(text: str) -> None:
    assert redact(text) == text


def test_the_number_of_a_notice_is_no_phone_number() -> None:
    """Find a Tender numbers its notices so; questions about them should stay readable."""
    assert redact("notice 001978-2026") == "notice 001978-2026"


def test_everything_in_one_text_is_taken_out() -> None:
    kept = redact("Mr Babbage, 07700 900123, cb@example.gov.uk, SW1A 2AA: is RM1557.14 open? See www.example.gov.uk")
    assert kept == "[name], [phone], [email], [postcode]: is RM1557.14 open? See [link]"


def test_what_was_redacted_stays_as_it_is() -> None:
    once = redact("Mr Babbage, cb@example.gov.uk, AB123456C and SW1A 2AA")
    assert redact(once) == once


@pytest.mark.parametrize("piece", ["a", "a.b-", "1", "0 1", "@", "<", "www.", "Mr "])
def test_the_longest_message_that_slack_takes_is_redacted_in_well_under_three_seconds(piece: str) -> None:
    """Not a measurement: a pattern that goes over the text again for every letter takes seconds for 40,000 letters."""
    started = time.perf_counter()
    redact((piece * 40_000)[:40_000])
    assert time.perf_counter() - started < 1
