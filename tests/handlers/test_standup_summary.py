"""What the team learned, word by word (domain §3.5)."""

import re
from dataclasses import replace
from datetime import date
from textwrap import dedent

import pytest

from handlers.blocks.document import Rendered
from handlers.blocks.standup_summary import detail, summary, taken_to_thread
from handlers.blocks.text import size
from models.domain.facts import Answer, Person
from models.domain.facts_summary import Topic
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
    wanted,
)
from tests.handlers.facts import summary as summary_facts
from tests.stories.reading import elements

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
        line(NO_CHANGE, **blend),
        line(answered(EntryStatus.ABANDONED, None), **blend),
        line(answered(EntryStatus.INCONCLUSIVE, "Too few cases!"), **blend),
        line(RULED_OUT, **tone, pending=True),
        line(replace(answered(EntryStatus.SUPPORTED), late=True, value=0.46, unit="share")),
        asked=9,
        elsewhere=((JONAS, "review"),),
        still_to_come=(PRIYA, JONAS),
        no_answer=(SOFIA,),
        started=(("Forecast a range", "Cash flow"),),
        started_in_all=3,
        projects=(("Card fraud alerts", FRAUD),),
        wanted=(
            wanted(key="FRAUD-12", blocker=PRIORITIES),
            wanted(),
            wanted(who=PRIYA, days=8),
            wanted(who=PRIYA, days=1, acknowledged=True),
            wanted(who=PRIYA, days=3, blocker=replace(NEEDS_DATA, owner=None)),
            wanted(who=PRIYA, cleared=True),
        ),
    )
    reads(
        summary(facts),
        """
        *Learned since Tuesday — 2 projects, 6 of 9 people answered*
        Thursday, 15 October
        *Supported*
        • 18 months of history (FRAUD-11, Jonas Brandt, late): It helps. 46 of 100, needed 55 of 100.
        *Ruled out*
        • Tone of voice (CHURN-10, Priya Raman): Says the same. 46 of 100, needed 55 of 100. """
        """(what to remember is still to come) → drop it
        *Can't tell*
        • Blend of three (FRAUD-12, Jonas Brandt): Too few cases!
        *Dropped*
        • Blend of three (FRAUD-12, Jonas Brandt)
        *Still testing*
        • 18 months of history (FRAUD-11, Jonas Brandt), day 5 of 8: More history hurts. 52.7 of 100, """
        """needed 55 of 100. → concludes next
        • Blend of three (FRAUD-12, Jonas Brandt), day 5 of 8: running, no change.
        *Help wanted*
        • Jonas Brandt (FRAUD-11, data access): Invoices before 2024. Can Sofía Álvarez clear it?
        • Priya Raman (FRAUD-11, data access): Invoices before 2024. Can Sofía Álvarez clear it? """
        """Open for 8 working days.
        • Priya Raman (FRAUD-11, data access): Invoices before 2024. (Sofía Álvarez is on it, """
        """open for 1 working day)
        • Priya Raman (FRAUD-11, data access): Invoices before 2024. Who can clear it? """
        """Open for 3 working days.
        • Priya Raman (FRAUD-11, data access): Invoices before 2024. ✓ Cleared.
        *Priority conflict*
        • Jonas Brandt (FRAUD-12, priority conflict): Audit? Who can clear it?
        No answer: Sofía Álvarez
        Still to come: Priya Raman and Jonas Brandt
        Not experimenting now: Jonas Brandt (review)
        Started: Forecast a range (Cash flow) and 2 more
        Card fraud alerts: best so far 53.8 of 100 since 6 Oct (needed 60 of 100, baseline 41 of 100). """
        """No real gain for 37 days and 7 tries. Flat stretches are normal in this work.
        """,
    )


def test_the_first_one_of_a_standup_has_no_since() -> None:
    reads(
        summary(summary_facts(since=None, asked=1, no_answer=(JONAS,))),
        """
        *Learned — 0 of 1 person answered*
        Thursday, 15 October
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
    asking = wanted(key="FRAUD-900")
    rendered = summary(summary_facts(line(key="FRAUD-900"), *lines, wanted=(asking,)))
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


def test_without_a_conflict_there_is_none() -> None:
    assert "\nPriority conflict: none" in summary(summary_facts(line(NO_CHANGE))).text


def test_a_number_that_surprises_is_asked_about_and_can_be_looked_at() -> None:
    leap = replace(STILL, value=0.71, unit="share", measurement_id=9, to_confirm=True)
    said = "71 of 100, needed 55 of 100, to be confirmed: same data? a leak? another seed?"
    assert said in summary(summary_facts(line(leap))).text
    rendered = detail(line(leap))
    assert said in rendered.text
    assert [one.label for one in elements(rendered.blocks)] == ["Confirm", "Not so fast"]


def test_a_number_that_was_set_aside_says_why() -> None:
    aside = replace(STILL, value=0.71, unit="share", measurement_id=9, set_aside="leak")
    rendered = detail(line(aside))
    assert "71 of 100, needed 55 of 100, set aside: a leak." in rendered.text
    assert list(elements(rendered.blocks)) == []
    assert "set aside: corrected." in detail(line(replace(aside, set_aside="corrected"))).text


def test_a_best_that_nobody_has_confirmed_says_so() -> None:
    doubted = replace(FRAUD, unconfirmed=True)
    text = summary(summary_facts(projects=(("Fraud", doubted),))).text
    assert "best so far 53.8 of 100 (to be confirmed) since 6 Oct" in text


def test_everything_said_can_be_taken_to_a_thread_what_is_in_the_way_first() -> None:
    facts = summary_facts(
        line(NO_CHANGE, entry_id=3),
        line(entry_id=1),
        line(entry_id=2),
        wanted=(wanted(entry_id=2), wanted(entry_id=1, cleared=True)),
    )
    (menu,) = elements(summary(facts).blocks)
    assert menu.label == "Take it to a thread…"
    assert [(option["value"], option["text"]["text"]) for option in menu.what["options"]] == [
        ("2", "Jonas Brandt needs: Invoices before 2024"),
        ("1", "FRAUD-11 (Jonas Brandt): 18 months of history"),
        ("3", "FRAUD-11 (Jonas Brandt): 18 months of history"),
    ]


def test_a_topic_calls_those_whom_it_concerns() -> None:
    asking = line(replace(STILL, blocker=NEEDS_DATA))
    reads(
        taken_to_thread(Topic(asking, (JONAS, SOFIA))),
        """
        FRAUD-11 · 18 months of history (Card fraud alerts)
        Jonas Brandt needs: Invoices before 2024 (data access).
        <@U1> <@U3> Go on here, in the thread.
        """,
    )
    assert "\nMore history hurts\n<@U1> " in taken_to_thread(Topic(line(), (JONAS,))).text
    reads(
        taken_to_thread(Topic(line(NO_CHANGE), (JONAS,))),
        """
        FRAUD-11 · 18 months of history (Card fraud alerts)
        <@U1> Go on here, in the thread.
        """,
    )
