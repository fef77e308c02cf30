"""What leaders read is understood without machine learning, fits Slack, and has the most important first."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import leaders_forms, leadership
from handlers.blocks import leadership_lines as line
from handlers.blocks.document import Spans
from handlers.blocks.printable import html
from models.domain.digest import DigestKind
from models.domain.digest_facts import DigestPage
from models.domain.leadership_facts import (
    Asked,
    Bet,
    Coming,
    LeadershipFacts,
    Learned,
    Open,
    Place,
    ProjectFacts,
    Since,
    Waiting,
    Worth,
)
from models.domain.metric import Goal
from models.domain.project import ProjectStatus, Stage
from tests.domain.test_leadership_since import FRAUD, MONDAY, WHAT
from tests.handlers.test_any_text import (
    endless,
    many,
    modest,
    sendable,
    showable,
    spoiled,
)

TODAY = date(2026, 11, 13)
FULL = replace(
    FRAUD,
    channel_id="C1",
    place=Place.NEEDS_DECISION,
    earliest=date(2026, 11, 30),
    latest=date(2027, 2, 26),
    coming=Coming("Launch check", date(2026, 11, 18)),
    worth=Worth("EUR", (33_891, 47_752), (50_000, 60_000), (1_000, 2_000)),
    likely=8,
    likely_before=4,
    decision=Asked(date(2026, 11, 6), 0.5, 2.0),
    conditions=tuple(Open("A contract", MONDAY, "Sofía") for _ in range(4)),
    waiting=tuple(Waiting("Terms", 8) for _ in range(4)),
    suspected="The feed",
    scope=Since("Invoices only", date(2026, 10, 5)),
    story="It leapt.",
)
LEARNED = Learned(held=5, ruled_out=7, cant_tell=1, dropped=1, days=6)
DIGEST = LeadershipFacts(TODAY, (FULL,), LEARNED, (Bet("Fraud", 60), Bet("Churn", 40)))


def plainly(spans: Spans) -> str:
    """The words alone."""
    return "".join(str(getattr(one, "words", one)) for one in spans)


@modest
@given(many, st.sampled_from([1, 5]))
def test_whatever_people_write_it_can_be_shown(words: list[str], projects: int) -> None:
    spoilt = spoiled(
        replace(DIGEST, projects=tuple(replace(FULL, project_id=n) for n in range(projects))),
        endless(words),
    )
    sendable(leadership.digest(spoilt))
    sendable(leadership.status(replace(spoilt, projects=spoilt.projects[:1])))
    showable(leaders_forms.draft(MONDAY, spoilt.projects, 7))
    showable(leaders_forms.note_form(spoilt, words[0], held_back=True, metadata="1|2"))


def test_a_thousand_projects_fit_and_the_most_important_are_in_full() -> None:
    few = tuple(replace(FULL, project_id=n, name=f"Decide {n}") for n in range(3))
    many = tuple(
        replace(FULL, project_id=n, name=f"Search {n}", decision=None, place=Place.IN_SEARCH)
        for n in range(1_000)
    )
    crowd = replace(
        DIGEST, projects=few + many, bets=tuple(Bet(f"Project {n}", 1) for n in range(1_000))
    )
    for facts in (crowd, spoiled(crowd, endless(["x" * 3_000]))):
        sendable(leadership.digest(facts))
    said = leadership.digest(crowd)
    shown = str(said.blocks)
    assert "Decisions wanted from you: 3" in shown
    assert shown.index("Decide 2 — needs a decision") < shown.index("Search 0 — searching")
    assert "And these" in shown
    assert "more besides" in shown
    assert "994 more." in shown


def test_what_has_not_changed_is_one_line_with_its_numbers() -> None:
    idle = replace(FRAUD, name="Routing", place=Place.IDLE, unchanged=True)
    facts = replace(DIGEST, projects=(replace(FULL, unchanged=True), idle), before=MONDAY)
    said = leadership.digest(facts).text
    assert "*Unchanged*\n• Card fraud: needs a decision. Frauds stopped: about 65 of 100 (" in said
    assert "€34,000–48,000 a month with the best so far" in said, "what it is about, and its worth"
    many = replace(facts, projects=(replace(FULL, unchanged=True),) * 13)
    assert "needs a decision. About 65 of 100 (today's way 41" in leadership.digest(many).text
    assert "• Routing: Nothing is being tried yet; no date for a decision yet." in said
    assert "Compared with 16 November." in said
    assert "Decisions wanted from you: 1" in said, "it is wanted all the same"


def test_one_that_is_late_or_empty_says_so() -> None:
    said = leadership.digest(LeadershipFacts(TODAY, (), None, (), late=True)).text
    assert "Late: it could not be posted in time." in said
    assert "No project is under way." in said
    assert "What we learned" not in said
    assert "Bets" not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stage": Stage.PRODUCTION}, "live, needs a decision"),
        ({"place": Place.NEEDS_ATTENTION}, "needs help"),
        ({"place": Place.READY}, "ready for the launch check"),
        ({"place": Place.READY, "approved": True}, "approved, 4 conditions open"),
        ({"place": Place.READY, "approved": True, "conditions": ()}, "approved"),
        ({"place": Place.LIVE, "stage": Stage.PRODUCTION}, "live"),
        ({"place": Place.LIVE, "stage": Stage.DEPRECATION}, "live, to be retired"),
        ({"place": Place.IDLE, "status": ProjectStatus.ON_HOLD}, "on hold"),
    ],
)
def test_where_it_stands_is_said_in_three_words(changes: dict[str, Any], said: str) -> None:
    assert line.standing(replace(FULL, **changes)) == said


UNDECIDED = replace(FULL, decision=None)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (FULL, "Unclear until it is decided. Launch check 18 November."),
        (
            UNDECIDED,
            "Live between end of November and end of February 2027. Launch check 18 November.",
        ),
        (replace(UNDECIDED, coming=None, latest=None), "Not estimated yet."),
        (
            replace(UNDECIDED, coming=None, latest=date(2026, 11, 1), overrun=True),
            "Was to be live by 1 November; no new date yet.",
        ),
        (
            replace(UNDECIDED, coming=None, earliest=None, latest=date(2026, 12, 5)),
            "Live by 5 December at the latest.",
        ),
        (
            replace(UNDECIDED, coming=None, latest=date(2026, 11, 30)),
            "Live around 30 November.",
        ),
        (
            replace(UNDECIDED, coming=None, earliest=date(2027, 2, 11), latest=date(2027, 6, 2)),
            "Live between middle of February and beginning of June 2027.",
        ),
    ],
)
def test_when_it_comes_is_a_range_and_never_a_promise(facts: ProjectFacts, said: str) -> None:
    assert line.when(facts, TODAY) == said


@pytest.mark.parametrize(
    ("worth", "said"),
    [
        (Worth("EUR", (33_891, 47_752)), "Roughly €34,000–48,000 a month."),
        (Worth("sek", (10_500, 10_500)), "Roughly SEK 11,000 a month."),
        (Worth("USD", (-1_500, 4_000)), "Roughly −$1,500 to 4,000 a month."),
        (Worth("USD", (-4_000, -1_500)), "Roughly −$4,000 to −1,500 a month."),
        (
            Worth("EUR", (1_800, 4_800), (10_500, 28_000), (100, 200)),
            "€1,800–4,800 a month with the best so far, €11,000–28,000 if it reached 60 of 100, "
            "before €100–200 a month to run it.",
        ),
        (
            Worth("EUR", None, (10_500, 28_000)),
            "Nothing yet; roughly €11,000–28,000 a month if it reached 60 of 100.",
        ),
        (None, "Not estimated yet (asked of its owner, by 30 November)."),
    ],
)
def test_worth_is_a_range_of_two_figures_and_never_blank(worth: Worth | None, said: str) -> None:
    assert line.worth(replace(FULL, worth=worth)) == said
    nobody = replace(FULL, worth=None, asked_by=None)
    assert line.worth(nobody) == "Not estimated yet (it has no PM to ask)."
    bare = replace(FULL, what=None, worth=Worth("EUR", None, (1_000, 2_000)))
    assert line.worth(bare) == "Nothing yet; roughly €1,000–2,000 a month."


def test_a_result_stands_beside_today_and_needed() -> None:
    assert plainly(line.what(replace(FULL, what=None), TODAY)) == "No result is measured yet."
    nothing = replace(WHAT, value=None, phrase="Out of 100 frauds, how many we stop?")
    assert plainly(line.what(replace(FULL, what=nothing), TODAY)) == (
        "Out of 100 frauds, how many we stop: nothing better than today's 41 is confirmed yet "
        "(needed 60)."
    )
    unsaid = replace(WHAT, value=None, phrase="", proposed=True)
    assert plainly(line.what(replace(FULL, what=unsaid), TODAY)) == (
        "Its main number, not put in plain words yet: nothing better than today's 41 of 100 is confirmed "
        "yet (needed 60 of 100, not agreed yet)."
    )
    bad = replace(
        WHAT, unit="%", goal=Goal.MIN, value=20.0, today=30.0, needed=15.0, live=True, last=12.0
    )
    bad = replace(bad, bad_since=date(2026, 11, 2), phrase="")
    assert plainly(line.what(replace(FULL, what=bad), TODAY)) == (
        "Its main number, not put in plain words yet: 20% (12% last time; before 30%, needed 15%), above "
        "what it should be since 2 November."
    )


def test_a_decision_is_asked_for_with_what_it_costs() -> None:
    ask = Asked(date(2026, 11, 6), 0.5, 1.0)
    assert plainly(line.wanted(FULL, ask, TODAY)) == (
        "Card fraud: stop, or say what would change the picture? Its own stop mark of 6 November was "
        "missed. Frauds stopped: 65 of 100 (stop mark 50 of 100, today's way 41 of 100, needed 60 of 100). "
        "Going on costs 1 person-week a week."
    )
    touchpoint = plainly(line.wanted(FULL, replace(ask, stop=None), TODAY))
    assert "how to go on? A decision was planned for 6 November." in touchpoint
    behind = replace(FULL, what=replace(WHAT, value=None, phrase=""))
    assert "was missed. It is 41 of 100 (stop mark" in plainly(
        line.wanted(behind, replace(ask, effort=None), TODAY)
    )


def test_how_likely_it_is_is_a_word_and_a_number() -> None:
    assert line.likely(FULL) == " Likely to get there (8 of 10, was 4 a month ago)."
    assert line.likely(replace(FULL, likely=5, likely_before=None)) == (
        " Could go either way (5 of 10)."
    )
    assert line.likely(replace(FULL, likely=None)) == ""


def test_its_preview_says_whether_it_is_posted_here() -> None:
    assert "[Schedule it]" in leadership.preview(DIGEST, None, "C1").text
    page = DigestPage("C1", None, ("mon",), "09:00", "UTC", TODAY, DigestKind.LEADERSHIP)
    said = leadership.preview(DIGEST, page, "C1")
    sendable(said)
    assert "Posted on Monday at 09:00 (UTC)." in said.text
    assert "leadership|C1" in str(said.blocks)


def test_a_draft_says_what_is_missing_and_what_is_held_back() -> None:
    draft = leaders_forms.draft(
        MONDAY, tuple(replace(FRAUD, project_id=n, held=n == 1) for n in range(25)), 7
    )
    shown = str(draft)
    assert "Held back: leaders don't read it this week." in shown
    assert "It lacks what it is worth, earliest and latest date and how likely it is." in shown
    assert "'Its worth'" in shown
    assert "'Its dates'" in shown
    assert "'Its numbers'" not in shown, "its result is there, in business words"
    assert "5 more: /lab status and their key." in shown
    nothing = leaders_forms.draft(MONDAY, (), 7)
    assert "it tells of none of your projects" in str(nothing)
    alone = leaders_forms.note_form(replace(DIGEST, projects=()), "", held_back=False, metadata="")
    assert alone["title"]["text"] == "What leaders read"


def test_a_page_to_print_escapes_what_people_wrote() -> None:
    evil = replace(FULL, name="<script>alert(1)</script>", story="A & B")
    page = html(leadership.preview(replace(DIGEST, projects=(evil,), before=MONDAY), None, "C1"))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "A &amp; B" in page
    assert "<h1>Machine learning — week to 13 November</h1>" in page
    assert "Schedule it" not in page
    assert "http" not in page
