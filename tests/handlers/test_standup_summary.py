"""What the team learned, word by word (domain §3.5)."""

import re
from dataclasses import replace
from datetime import date
from textwrap import dedent

import pytest

from handlers.blocks.document import Rendered
from handlers.blocks.standup_summary import detail, summary
from handlers.blocks.text import size
from models.domain.facts import Answer, Person
from models.domain.standup import BlockerKind, EntryStatus
from tests.handlers.facts import (
    FRAUD,
    JONAS,
    NEEDS_DATA,
    NO_CHANGE,
    PRIYA,
    RULED_OUT,
    SOFIA,
    STILL,
    line,
)
from tests.handlers.facts import summary as summary_facts

PRIORITIES = replace(NEEDS_DATA, kind=BlockerKind.PRIORITY_CONFLICT, text="Audit?", owner=None)


def answered(status: EntryStatus, learned: str | None = "It helps") -> Answer:
    return replace(STILL, status=status, learned=learned)


def reads(rendered: Rendered, text: str) -> None:
    assert rendered.text == dedent(text).strip()


def test_outcomes_come_first_then_what_is_open_then_where_help_is_wanted() -> None:
    tone = {"key": "CHURN-10", "title": "Tone of voice", "project_name": "Churn", "who": PRIYA}
    blend = {"key": "FRAUD-12", "title": "Blend of three"}
    facts = summary_facts(
        line(replace(STILL, value=0.527, unit="share", next_step="concludes next")),
        line(replace(NO_CHANGE, blocker=PRIORITIES), **blend),
        line(answered(EntryStatus.ABANDONED, None), **blend),
        line(answered(EntryStatus.INCONCLUSIVE, "Too few cases!"), **blend),
        line(RULED_OUT, **tone),
        line(
            replace(answered(EntryStatus.SUPPORTED), blocker=NEEDS_DATA, value=0.46, unit="share")
        ),
        asked=9,
        elsewhere=((JONAS, "review"),),
        still_to_come=(PRIYA, JONAS),
        no_answer=(SOFIA,),
        started=(("Forecast a range", "Cash flow"),),
        started_in_all=3,
        projects=(("Card fraud alerts", FRAUD),),
    )
    reads(
        summary(facts),
        """
        *Learned since Tuesday*
        Thursday, 15 October · 6 of 9 people answered · 2 projects
        *Supported*
        • 18 months of history (FRAUD-11, Jonas Brandt): It helps. 46 of 100, needed 55 of 100.
        *Ruled out*
        • Tone of voice (CHURN-10, Priya Raman): Says the same. 46 of 100, needed 55 of 100. → drop it
        *Can't tell*
        • Blend of three (FRAUD-12, Jonas Brandt): Too few cases!
        *Dropped*
        • Blend of three (FRAUD-12, Jonas Brandt)
        *Still testing*
        • 18 months of history (FRAUD-11, Jonas Brandt), day 5 of 8: More history hurts. 52.7 of 100, """
        """needed 55 of 100. → concludes next
        • Blend of three (FRAUD-12, Jonas Brandt), day 5 of 8: running, no change.
        *Help wanted*
        • Jonas Brandt (FRAUD-12, priority conflict): Audit? Who can clear it?
        • Jonas Brandt (FRAUD-11, data access): Invoices before 2024. Can Sofía Álvarez clear it?
        Not experimenting now: Jonas Brandt (review)
        Started: Forecast a range (Cash flow) and 2 more
        Still to come: Priya Raman and Jonas Brandt
        No answer: Sofía Álvarez
        Card fraud alerts: best so far 53.8 of 100 since 6 Oct (needed 60 of 100, baseline 41 of 100). """
        """No real gain for 37 days and 7 tries. Flat stretches are normal in this work.
        """,
    )


def test_the_first_one_of_a_standup_has_no_since() -> None:
    reads(
        summary(summary_facts(since=None, asked=1, no_answer=(JONAS,))),
        """
        *Learned*
        Thursday, 15 October · 0 of 1 person answered
        No answer: Jonas Brandt
        """,
    )


def test_a_number_without_a_criterion_needs_nothing() -> None:
    text = detail(line(replace(STILL, value=38, unit="ms"), criterion=None)).text
    assert "Number: 38 ms." in text


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (replace(FRAUD, since=None), "nothing measured beats the baseline yet (needed 60 of 100, "),
        (replace(FRAUD, tries=0), "baseline 41 of 100)."),
        (replace(FRAUD, last_gain=date(2026, 10, 9)), "baseline 41 of 100)."),
        (replace(FRAUD, tries=1), "No real gain for 37 days and 1 try."),
    ],
)
def test_a_flat_stretch_is_named_only_after_a_week_and_a_try(numbers: object, said: str) -> None:
    text = summary(summary_facts(projects=(("Fraud", numbers),))).text
    assert said in text
    assert ("Flat stretches" in text) == ("No real gain" in said)


def test_many_projects_are_folded_with_a_count() -> None:
    text = summary(summary_facts(projects=tuple((f"P{n}", FRAUD) for n in range(500)))).text
    assert "P4:" in text
    assert "P5:" not in text
    assert text.endswith("495 more projects: /lab list")


def test_many_names_are_folded_with_a_count() -> None:
    people = tuple(Person(n, f"U{n}", f"Somebody Number {n}") for n in range(50))
    text = summary(summary_facts(asked=50, no_answer=people)).text
    assert text.endswith("Somebody Number 19 and 30 more")
    assert "<@" not in text


def test_two_hundred_experiments_are_folded_with_a_count_and_help_stays_in_sight() -> None:
    lines = [line(replace(STILL, learned="x" * 400), key=f"FRAUD-{n}") for n in range(200)]
    asking = line(replace(NO_CHANGE, blocker=NEEDS_DATA), key="FRAUD-900")
    rendered = summary(summary_facts(asking, *lines))
    words = str(rendered.blocks)
    assert "FRAUD-900, data access" in words
    (folded,) = re.findall(r"(\d+) more in the thread", words)
    assert words.count("'18 months of history'") + int(folded) == 201
    assert size(rendered.text) <= 3_900
    assert rendered.text.endswith(" more lines in the message")


def test_an_answer_in_full() -> None:
    reads(
        detail(line(replace(RULED_OUT, blocker=NEEDS_DATA))),
        """
        Jonas Brandt on FRAUD-11, 18 months of history: ruled out.
        Says the same
        Number: 46 of 100, needed 55 of 100.
        Next: drop it
        In the way (data access): Invoices before 2024
        """,
    )


def test_a_click_in_full() -> None:
    reads(
        detail(line(NO_CHANGE)),
        "Jonas Brandt on FRAUD-11, 18 months of history: no change, still running.",
    )
