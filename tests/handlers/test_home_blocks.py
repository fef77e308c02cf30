"""The Home and the standup's page: what they say, and that Slack takes them whatever there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import checks
from handlers.blocks import home, standup_page, standup_setup, waiting
from handlers.blocks import settings as settings_blocks
from handlers.blocks.countries import COUNTRIES, country_choices, country_words
from handlers.limits import check_view
from models.domain.cadence import NO_HOLIDAYS
from models.domain.facts import Person
from models.domain.facts_home import MyExperiments
from models.domain.standup import PromptState
from tests.handlers import home_facts as facts
from tests.handlers.facts import DAY, JONAS, PRIYA, standup
from tests.handlers.test_any_text import spoiled, texts
from tests.handlers.views import chosen, fields
from tests.stories.reading import elements, shown


def read(view: dict[str, Any]) -> str:
    check_view(view)
    assert checks.check_view(view) == []
    return shown(view["blocks"])


def buttons(view: dict[str, Any]) -> list[str]:
    return [one.label for one in elements(with_ids(view))]


def with_ids(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"block_id": str(n), **block} for n, block in enumerate(view["blocks"])]


def test_what_waits_stands_first_with_the_buttons_of_the_dm() -> None:
    view = home.page(facts.home(), "/lab")
    assert read(view).startswith(
        "Thursday, 15 October\n1 thing waits for you.\nWaiting for you\n"
        "FRAUD-11 · 18 months of history\nCard fraud alerts · day 5 of 8\n"
        "[Update] [No change, still running] [It's concluded]\n"
    )
    assert "day 5 of 8 · needs 55 of 100 or more · best so far 53.8 of 100 [Show]" in read(view)
    assert "Tuesday and Thursday at 09:30 · asks you next on Tuesday, 20 Oct at 09:30" in read(view)
    assert "Asked: at each standup's own time" in read(view)
    assert "Working days: Monday to Friday" in read(view)
    assert view["private_metadata"] == "0"


def test_nothing_waits_and_the_next_question_can_be_answered_early() -> None:
    view = home.page(facts.home(questions=()), "/lab")
    assert "Nothing waits for you. Next question: Tuesday, 20 Oct at 09:30." in read(view)
    assert "Answer early" in buttons(view)
    early = facts.question(
        facts.open_one(answered=True),
        ahead=True,
        state=PromptState.WAITING,
        day=date(2026, 10, 20),
    )
    view = home.page(facts.home(questions=(early,)), "/lab")
    assert "Your answer for Tuesday, 20 Oct is in already." in read(view)
    assert "Change it" in buttons(view)
    nowhere = facts.home(questions=(), standups=(), mine=MyExperiments((), 0, 0))
    view = home.page(nowhere, "/lab")
    assert "No standup will ask you." in read(view)
    assert "You are in none yet." in read(view)
    assert "None is open." in read(view)
    assert buttons(view) == ["New hypothesis", "Set up a standup", "Change", "Help"]


def test_owed_conclusions_and_blockers_wait_too() -> None:
    owed = facts.mine(12, pending=facts.PENDING["pending"], prompt_id=6)
    paused = facts.mine(13, status="paused", criterion=None, numbers=None)
    rows = MyExperiments((owed, paused), 0, 2)
    view = home.page(facts.home(questions=(), mine=rows, blockers=(facts.BLOCKER,)), "/lab")
    said = read(view)
    assert "2 things wait for you." in said
    assert "What should the team remember? [Finish concluding]" in said
    assert (
        "Tom needs Invoices before 2024 (Cash flow, data access, open for 8 working days). "
        "Can you clear it?"
    ) in said
    assert "[I'm on it] [It's cleared] [Not me]" in said
    assert "Card fraud alerts · ruled out, not concluded yet" in said
    assert "Card fraud alerts · paused [Show]" in said


def test_a_second_look_and_a_question_wait_with_their_buttons() -> None:
    view = home.page(facts.home(questions=(), notices=facts.NOTICES), "/lab")
    said = read(view)
    assert "2 things wait for you." in said
    assert "A number wants a second look: FRAUD-7 · A deeper net" in said
    assert "[Confirm] [Not so fast]" in said
    assert "Somebody would like to know how it stands: FRAUD-8 · A wider net" in said
    assert "[Add a number] [Conclude]" in said


def test_standups_say_whether_they_ask_this_person() -> None:
    view = home.page(
        facts.home(
            standups=(
                facts.my_standup(1, paused=True, next_at=None),
                facts.my_standup(2, next_at=None, asked=False),
                facts.my_standup(3, next_at=None, next_day=None),
            ),
            standups_more=2,
            settings=facts.CHANGED,
        ),
        "/ml",
    )
    said = read(view)
    assert "· paused" in said
    assert "next: Tuesday, 20 Oct · you are not asked" in said
    assert "not planned yet" in said
    assert "2 more" in said
    assert "Asked: 11:00" in said
    assert "Working days: Monday and Tuesday" in said
    assert "Public holidays: Germany" in said
    assert "Away: 2 Nov to 6 Nov" in said
    assert "/ml help" in said


def test_a_home_that_could_not_be_read_says_so() -> None:
    assert read(home.trouble("Please try again.")) == "That did not work. Please try again."


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_slack_takes_any_home(data: st.DataObject) -> None:
    words = iter(lambda: data.draw(texts), None)
    size = st.integers(0, 12)
    prompts = tuple(
        facts.question(
            *(facts.open_one(10 * n + m, **data.draw(answered)) for m in range(data.draw(size))),
            prompt_id=n,
        )
        for n in range(data.draw(st.integers(0, 9)))
    )
    count = data.draw(st.integers(0, 10))
    rows = tuple(facts.mine(n, prompt_id=data.draw(st.none() | st.just(n))) for n in range(count))
    shown_home = facts.home(
        questions=prompts,
        mine=MyExperiments(rows, data.draw(st.sampled_from([0, 190])), 200),
        blockers=tuple(
            replace(facts.BLOCKER, blocker_id=n) for n in range(data.draw(st.integers(0, 5)))
        ),
        standups=tuple(facts.my_standup(n) for n in range(data.draw(st.integers(0, 8)))),
    )
    read(home.page(spoiled(shown_home, words), "/lab"))
    read(waiting.update(spoiled(prompts, words)))


answered: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {"answered": True}, facts.PENDING]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, min_size=1), st.integers(1, 200), st.booleans())
def test_slack_takes_any_page_of_a_standup(said: list[str], people: int, paused: bool) -> None:
    words = iter(lambda: said[0], None)
    many = tuple(Person(n, f"U{n}", "x") for n in range(people))
    moment = datetime(2026, 10, 20, 7, 30, tzinfo=UTC)
    moments = tuple((moment + timedelta(minutes=one.member_id), one) for one in many)
    page = standup(*many, observers=many, moments=moments, paused=paused)
    read(standup_page.page(spoiled(facts.details(page=page), words)))
    read(standup_page.of_channel([replace(page, ceremony_id=n) for n in range(people)], "C1"))
    read(standup_page.ended(said[0]))
    read(waiting.early(spoiled(facts.question(facts.open_one()), words), moment))


def test_a_standups_page_says_everything() -> None:
    view = standup_page.page(facts.details())
    assert read(view) == (
        "Summary in C1 · about Card fraud alerts\n"
        "Tuesday and Thursday at 09:30 on each person's own clock. "
        "Summary at 16:00 (Europe/Berlin) at the latest, 24 hours to answer.\n"
        "Next: Tuesday, 20 Oct\n"
        "• 20:30 UTC on Monday: Sofía Álvarez\n"
        "• 07:30 UTC: Jonas Brandt and Priya Raman\n"
        "Thursday, 15 Oct (open)\n"
        "Answered: Jonas Brandt\nStill to come: Priya Raman\nAway: Sofía Álvarez\n"
        "Asked (everyone in the channel): Jonas Brandt, Priya Raman and Sofía Álvarez\n"
        "[Change] [Questions] [Run now] [Pause] [Move the next one] [End]\n"
        "Set up by Jonas Brandt"
    )
    assert (view["private_metadata"], view["title"]["text"]) == ("4", "Fraud")
    long = standup(name="The fraud team looks at what it has learned")
    view = standup_page.page(facts.details(page=long))
    assert view["title"]["text"].startswith("The fraud team looks")
    assert read(view).startswith(long.name)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (None, "Paused: nobody is asked until it goes on."),
        ("is_archived", "Paused: its channel is archived."),
    ],
)
def test_a_paused_standup_says_why(reason: str | None, words: str) -> None:
    paused = standup(paused=True, pause_reason=reason, next_day=None, whole_channel=False)
    view = standup_page.page(facts.details(page=paused, run=None, project_name=None))
    assert words in read(view)
    assert "all projects" in read(view)
    assert "Asked (chosen people): nobody yet" in read(view)
    assert buttons(view) == ["Change", "Questions", "Run now", "Resume", "End"]


def test_a_new_standup_is_not_planned_yet_and_a_moved_one_says_so() -> None:
    new = standup(JONAS, observers=(PRIYA,), next_day=None)
    said = read(standup_page.page(facts.details(page=new, run=None)))
    assert "Not planned yet: I am still finding out who is in the channel." in said
    assert "Reads along: Priya Raman" in said
    moved = facts.details().page
    said = read(standup_page.page(facts.details(page=replace(moved, moved_from=DAY))))
    assert "Next: Tuesday, 20 Oct (moved)" in said


def test_a_channels_standups_are_a_list() -> None:
    pages = [
        standup(JONAS, name="Fraud"),
        standup(paused=True, name="Churn", ceremony_id=5),
        standup(next_day=None, ceremony_id=6),
    ]
    view = standup_page.of_channel(pages, "C1")
    said = read(view)
    assert "Fraud\nTuesday and Thursday at 09:30 · 1 person is asked · next: Tuesday" in said
    assert "0 people are asked · paused" in said
    assert "0 people are asked · not planned yet" in said
    assert buttons(view) == ["Open", "Open", "Open", "Set up another one"]


def test_the_next_run_is_moved_to_a_day_from_tomorrow_on() -> None:
    view = standup_setup.move_form(standup(JONAS), DAY)
    assert "The next one is planned for Tuesday, 20 Oct." in read(view)
    assert fields(view)["day"]["element"]["initial_date"] == "2026-10-20"
    view = standup_setup.move_form(standup(next_day=None), DAY)
    assert fields(view)["day"]["element"]["initial_date"] == "2026-10-16"


def test_settings_begin_as_they_are() -> None:
    form = fields(settings_blocks.settings_form(facts.SETTINGS))
    assert list(form) == ["ask_time", "workdays", "away_from", "away_to", "country", "nudges"]
    assert "initial_time" not in form["ask_time"]["element"]
    assert chosen(form["country"]) == "guess"
    form = fields(settings_blocks.settings_form(facts.CHANGED))
    assert form["ask_time"]["element"]["initial_time"] == "11:00"
    assert form["away_to"]["element"]["initial_date"] == "2026-11-06"
    assert chosen(form["country"]) == "DE"
    read(settings_blocks.settings_form(replace(facts.CHANGED, country="MU")))


def test_every_country_of_the_menu_has_holidays() -> None:
    import holidays  # noqa: PLC0415  (more than a second: for this test only)

    assert set(COUNTRIES) <= set(holidays.list_supported_countries())
    assert max(len(country_choices(code)) for code in (None, NO_HOLIDAYS, "DE", "MU")) <= 100
    assert [country_words(code) for code in (None, NO_HOLIDAYS, "DE", "MU")] == [
        "as the time zone suggests",
        "none",
        "Germany",
        "MU",
    ]


def test_what_is_left_is_said_when_nothing_is() -> None:
    assert "Thank you, that is everything." in read(waiting.update([]))
    assert "No standup asks you at the moment." in read(waiting.nothing_to_answer())
