"""A standup's page and the settings: what they say."""

from dataclasses import replace

import pytest

from handlers.blocks import settings as settings_blocks
from handlers.blocks import standup_page, standup_setup
from handlers.blocks.countries import COUNTRIES, country_choices, country_words
from models.domain.cadence import NO_HOLIDAYS
from tests.handlers import home_facts as facts
from tests.handlers.facts import DAY, JONAS, PRIYA, standup
from tests.handlers.test_home_blocks import buttons, read
from tests.handlers.views import chosen, fields


def test_a_standups_page_says_everything() -> None:
    view = standup_page.page(facts.details())
    assert read(view) == (
        "Summary in C1 · about Card fraud alerts\n"
        "Tuesday and Thursday at 09:30 on each person's own clock. "
        "Summary at 16:00 (Europe/Berlin) at the latest, 24 hours to answer.\n"
        "Next: Tuesday, 20 Oct\n"
        "• 20:30 on Monday: Sofía Álvarez\n"
        "• 07:30: Jonas Brandt and Priya Raman\n"
        "On your clock (UTC)\n"
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
