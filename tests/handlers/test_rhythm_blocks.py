"""The reminder, what an owner is told, and “Pause / I'm away”."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.blocks import not_now, notices
from handlers.blocks.reminder import reminder
from handlers.blocks.trouble import HAPPENED, trouble
from models.domain.facts import Person, PromptFacts
from models.domain.facts_notices import NoticesFacts
from models.domain.facts_trouble import TroubleFacts
from models.domain.standup import PromptState, Trouble
from tests.handlers.facts import card

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 10, 15, 10, 30, tzinfo=UTC)
FACTS = PromptFacts(
    7,
    Person(1, "U1", "Jonas Brandt"),
    date(2026, 10, 15),
    closed=False,
    cards=(card(),),
    doing_else=None,
    until=datetime(2026, 10, 16, 9, 30, tzinfo=BERLIN),
)


def test_a_reminder_says_until_when_with_the_answer_one_click_away() -> None:
    assert reminder(FACTS, NOON).text == (
        "Still time until tomorrow 09:30.\n"
        "*What did you learn?*\n"
        "• FRAUD-11 · 18 months of history\n"
        "[Update] [No change, still running] [It's concluded] [Pause / I'm away]"
    )


@pytest.mark.parametrize(
    ("days", "words"), [(0, "10:00"), (1, "tomorrow 10:00"), (4, "Monday 10:00")]
)
def test_the_end_is_said_as_people_say_it(days: int, words: str) -> None:
    until = datetime(2026, 10, 15, 10, tzinfo=BERLIN) + timedelta(days=days)
    facts = replace(FACTS, until=until)
    assert reminder(facts, NOON - timedelta(hours=3)).text.startswith(f"Still time until {words}.")


def test_several_experiments_are_behind_one_button() -> None:
    cards = tuple(card(experiment_id=n) for n in range(7))
    text = reminder(replace(FACTS, cards=cards), NOON).text
    assert text.endswith("2 more.\n[Show]")


def test_who_has_nothing_open_is_asked_what_is_next() -> None:
    text = reminder(replace(FACTS, cards=()), NOON).text
    assert text == (
        "Still time until tomorrow 09:30.\n"
        "No experiment of yours is open. What will you try next?\n"
        "[New hypothesis] [Skip / I'm away]"
    )


def test_after_the_own_time_an_answer_is_late() -> None:
    text = reminder(FACTS, NOON + timedelta(days=1)).text
    assert text.startswith("You can still answer, marked as late.")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"state": PromptState.ANSWERED}, "Thank you, that is everything."),
        ({"state": PromptState.SKIPPED}, "Nothing is left to do here."),
        ({"closed": True}, "Nothing is left to do here."),
    ],
)
def test_what_is_done_has_nothing_to_click(changes: dict[str, object], text: str) -> None:
    assert reminder(replace(FACTS, **changes), NOON).text == text  # type: ignore[arg-type]


def test_every_trouble_has_its_words() -> None:
    assert set(HAPPENED) == set(Trouble)


@pytest.mark.parametrize(
    ("what", "about", "said"),
    [
        (Trouble.LEFT, "Ana {x}", "Ana {x} was deactivated"),
        (Trouble.SKIPPED, "2026-10-13,2026-10-15", "nobody was asked for 13 Oct and 15 Oct."),
        (Trouble.BACK, "", "it goes on"),
    ],
)
def test_an_owner_is_told_what_happened(what: Trouble, about: str, said: str) -> None:
    text = trouble(TroubleFacts(what, about, "Fraud", "C1", date(2026, 10, 20))).text
    assert text.startswith("Fraud in <#C1>: ")
    assert said in text
    assert text.endswith("Next: Tuesday, 20 October")


def test_news_of_a_standup_is_a_part_of_the_days_message() -> None:
    news = TroubleFacts(Trouble.LEFT, "Ana", "Fraud", "C1", None)
    guests = replace(news, what=Trouble.GUESTS, about="")
    text = notices.notices(NoticesFacts(FACTS.person, (news, guests))).text
    assert text.startswith("Hello Jonas. 2 things for you")
    assert "Fraud in <#C1>: Ana was deactivated" in text
    assert "guests in the channel are not asked" in text


def test_not_now_offers_to_pause_the_experiment_only_while_it_is_open() -> None:
    offered = not_now.form(FACTS, 11, "{}")["blocks"][0]["element"]["options"]
    assert [option["value"] for option in offered] == ["skip", "away", "pause"]
    offered = not_now.form(FACTS, 0, "{}")["blocks"][0]["element"]["options"]
    assert [option["value"] for option in offered] == ["skip", "away"]
