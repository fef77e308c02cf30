"""What `/lab` shows to its reader, word by word."""

from datetime import date
from textwrap import dedent
from typing import Any

from handlers.blocks import experiment_page, lab, listing
from handlers.blocks.document import Rendered
from handlers.lab import VERBS
from models.domain.experiment import Outcome, Status
from models.domain.experiment_facts import ProjectList
from tests.handlers.facts import page, project_page, row


def reads(rendered: Rendered, text: str) -> None:
    assert rendered.text == dedent(text).strip()


def test_the_menu_says_what_one_can_do() -> None:
    question, own, the_team_s, rest, typed = lab.menu("/lab").text.split("\n")
    assert question == "What would you like to do?"
    assert own == "[New hypothesis] [Update] [Experiments] [Find]"
    assert the_team_s == "[Projects] [Standup] [Reviews] [Decide] [What could use a hand]"
    assert rest == "[Settings] [Help]"
    assert typed == "Or type it: /lab new, /lab update, /lab list, /lab help"


def test_the_help_names_every_verb() -> None:
    text = lab.help_page("/ml", VERBS).text
    assert text.startswith("*Labmate*\nShort standups about hypotheses")
    assert [line.partition(":")[0] for line in text.split("\n") if line.startswith("•")] == [
        f"• /ml {verb}".rstrip() for verb, _ in VERBS
    ]


def test_a_sentence_is_only_that() -> None:
    reads(lab.sentence("Did you mean <list>?"), "Did you mean &lt;list&gt;?")


def test_the_list_shows_where_projects_stand_and_what_is_tried() -> None:
    rows = (
        row(),
        row(status=Status.PROPOSED),
        row(status=Status.CONCLUDED, outcome=Outcome.REFUTED, on=date(2026, 10, 16)),
    )
    facts = ProjectList((project_page(*rows, more=4), project_page(numbers=None)), more=492)
    reads(
        listing.projects(facts, "/lab"),
        """
        Card fraud alerts (FRAUD)
        Stop more fraud without more false alerts
        baseline 41, best 53.8, needed 60 of 100: Out of 100 frauds, how many we stop
        *Experiments*
        • FRAUD-11 18 months of history (Jonas Brandt): day 5 of 8
        • FRAUD-11 18 months of history (Jonas Brandt): for later
        • FRAUD-11 18 months of history (Jonas Brandt): ruled out, 16 Oct
        • 4 more with /lab list FRAUD
        Card fraud alerts (FRAUD)
        Stop more fraud without more false alerts
        No experiment yet.
        [Show 492 more projects]
        One in full: /lab show KEY. Only some: /lab list mine, running, paused, later, concluded, or a """
        """project's key
        """,
    )


def test_one_projects_older_experiments_are_counted() -> None:
    facts = ProjectList((project_page(row(day=None), more=4),), more=0)
    text = listing.projects(facts, "/lab", "FRAUD").text
    assert "• FRAUD-11 18 months of history (Jonas Brandt): for later\n• 4 more are older" in text
    assert "more project" not in text


def test_a_concluded_experiment_in_full() -> None:
    reads(
        experiment_page.experiment(page()),
        """
        *FRAUD-11 · 18 months of history*
        Card fraud alerts · Jonas Brandt · Data exploration and quality · ruled out
        We believe that training on 18 months instead of 6 will bring Fraud caught (9 in 10 alerts """
        """genuine) to 55 of 100 because it has seen more kinds of fraud. We will know within 8 working days.
        Learned: Contactless fraud behaves differently; old months hurt.
        *Numbers, newest first*
        • 15 Oct: 52.7 of 100 (51.9 of 100 to 53.5 of 100) Fraud caught (9 in 10 alerts genuine)
        • 14 Oct: 71.2 of 100 Fraud caught (9 in 10 alerts genuine), not counted: leak
        started 8 Oct, concluded 16 Oct
        [Its numbers] [Chart]
        """,
    )


def test_a_running_experiment_says_what_is_next() -> None:
    running: dict[str, Any] = {
        "status": Status.RUNNING,
        "outcome": None,
        "learning": None,
        "numbers": (),
        "criterion": None,
        "concluded": None,
        "timebox": 1,
        "day": 2,
    }
    reads(
        experiment_page.experiment(page(**running)),
        """
        *FRAUD-11 · 18 months of history*
        Card fraud alerts · Jonas Brandt · Data exploration and quality · its timebox of 1 is over
        We believe that training on 18 months instead of 6 will rise because it has seen more kinds of """
        """fraud. We will know within 1 working day.
        No criterion yet: which value would support it?
        Next: Weight recent months more
        started 8 Oct
        """,
    )
    bare = experiment_page.experiment(
        page(**running, expected="", because="", planned=None, started=None)
    )
    assert bare.text.endswith(
        "We believe that training on 18 months instead of 6. We will know within 1 working day.\n"
        "No criterion yet: which value would support it?"
    )


def test_a_note_is_a_modal_that_only_says_something() -> None:
    view = lab.note("Standup saved", ["One ", "line."], ["Another."])
    assert (view["callback_id"], view["title"]["text"]) == ("note", "Standup saved")
    assert "submit" not in view
    assert len(view["blocks"]) == 2
