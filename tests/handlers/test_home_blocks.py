"""The Home and the standup's page: what they say, and that Slack takes them whatever there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import checks
from handlers.blocks import home, standup_page, waiting
from handlers.limits import check_view
from models.domain.experiment import Status
from models.domain.facts import Person
from models.domain.facts_home import MyExperiments
from models.domain.standup import PromptState
from models.home import MOST_NOTICES, PER_PAGE
from models.home_asks import MOST_BLOCKERS, MOST_INCIDENTS, MOST_REVIEWS
from models.home_team import MOST_PROJECTS, MOST_STANDUPS
from tests.handlers import home_facts as facts
from tests.handlers.facts import standup
from tests.handlers.test_any_text import spoiled, texts
from tests.stories.reading import elements, shown

ROOM = 6
"""Blocks."""


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
    assert "You are in no standup yet." in read(view)
    assert "None is open." in read(view)
    assert buttons(view) == [
        *("New hypothesis", "New project", "All projects", "Set up a standup", "Change", "Help")
    ]
    assert "You have a part in no project that is in work." in read(view)


def test_owed_conclusions_and_blockers_wait_too() -> None:
    owed = facts.mine(12, pending=facts.PENDING["pending"], prompt_id=6)
    paused = facts.mine(
        13,
        status=Status.PAUSED,
        paused_until=date(2026, 10, 20),
        criterion=None,
        numbers=None,
    )
    rows = MyExperiments((owed, paused), 0, 2)
    view = home.page(facts.home(questions=(), mine=rows, blockers=(facts.BLOCKER,)), "/lab")
    said = read(view)
    assert "2 things wait for you." in said
    assert "What should the team remember? [Finish concluding]" in said
    assert (
        "Tom needs Invoices before 2024 (Cash flow, data access, open for 8 working days). "
        "Can you clear it?"
    ) in said
    assert "[I'm on it] [It's cleared] [Update] [Not me]" in said
    assert "Card fraud alerts · ruled out, not concluded yet" in said
    assert "Card fraud alerts · paused, goes on 20 Oct [Show]" in said


def test_a_second_look_and_a_question_wait_with_their_buttons() -> None:
    view = home.page(facts.home(questions=(), notices=facts.NOTICES), "/lab")
    said = read(view)
    assert "2 things wait for you." in said
    assert "A number wants a second look: FRAUD-7 · A deeper net" in said
    assert "[Confirm] [Not so fast]" in said
    assert "Somebody would like to know how it stands: FRAUD-8 · A wider net" in said
    assert "[Add a number] [Conclude]" in said


def test_a_scope_change_waits_with_its_button() -> None:
    said = read(home.page(facts.home(questions=(), notices=(facts.SCOPE,)), "/lab"))
    assert "1 thing waits for you." in said
    assert "The scope of Cash flow has changed: Invoices only." in said
    assert "[Read it all] [I've read it]" in said


def test_the_end_of_a_model_and_values_that_fell_wait_with_their_buttons() -> None:
    said = read(home.page(facts.home(questions=(), notices=(facts.END, facts.FELL)), "/lab"))
    assert "2 things wait for you." in said
    assert "De-duplication stops on 15 October. From then on: The list in the console." in said
    assert "[Read it all] [I know]" in said
    assert "De-duplication: did an input change?" in said
    assert "[Open incident] [Live number]" in said


def test_reviews_say_when_they_are_due_and_what_is_ones_part() -> None:
    later = replace(facts.REVIEW, review_id=5, is_open=False, leads=False)
    said = read(home.page(facts.home(reviews=(facts.REVIEW, later)), "/lab"))
    assert "Launch check of Card fraud alerts\ndue 15 Oct · you lead it" in said
    assert "due 15 Oct, not open yet · you take part" in said
    assert "Your reviews" not in read(home.page(facts.home(), "/lab"))


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


@settings(max_examples=30, deadline=None)
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
            replace(facts.BLOCKER, blocker_id=n)
            for n in range(data.draw(st.integers(0, MOST_BLOCKERS)))
        ),
        notices=tuple(
            (replace(facts.SCOPE, scope_id=n), replace(facts.END, notice_id=n))[n - 2]
            if n in (2, 3)
            else replace(facts.NOTICES[n % 2], experiment_id=n, measurement_id=n if n % 2 else None)
            for n in range(data.draw(st.integers(0, MOST_NOTICES)))
        ),
        reviews=tuple(
            replace(facts.REVIEW, review_id=n)
            for n in range(data.draw(st.integers(0, MOST_REVIEWS)))
        ),
        projects=tuple(
            replace(facts.PROJECT, project_id=n)
            for n in range(data.draw(st.integers(0, MOST_PROJECTS)))
        ),
        standups=tuple(
            facts.my_standup(n, refused=data.draw(st.sampled_from([None, "is_archived"])))
            for n in range(data.draw(st.integers(0, MOST_STANDUPS)))
        ),
    )
    read(home.page(spoiled(shown_home, words), "/lab"))
    read(waiting.update(spoiled(prompts, words)))


def test_the_fullest_home_fits() -> None:
    prompts = tuple(
        facts.question(*(facts.open_one(10 * n + m) for m in range(5)), prompt_id=n)
        for n in range(9)
    )
    fullest = facts.home(
        questions=prompts,
        mine=MyExperiments(
            tuple(facts.mine(1_000 + n, prompt_id=n) for n in range(PER_PAGE)), 100, 200
        ),
        blockers=tuple(replace(facts.BLOCKER, blocker_id=n) for n in range(MOST_BLOCKERS)),
        notices=tuple(replace(facts.NOTICES[0], measurement_id=n) for n in range(MOST_NOTICES)),
        incidents=(facts.INCIDENT,) * MOST_INCIDENTS,
        projects=tuple(replace(facts.PROJECT, project_id=n) for n in range(MOST_PROJECTS)),
        projects_more=494,
        standups=tuple(facts.my_standup(n, refused="is_archived") for n in range(MOST_STANDUPS)),
        standups_more=3,
    )
    view = home.page(fullest, "/lab")
    read(view)
    assert len(view["blocks"]) <= 100 - ROOM, "what is to be acknowledged fits beside all that"


def test_a_team_and_what_slack_takes_nothing_of() -> None:
    refused = facts.my_standup(refused="is_archived")
    view = home.page(
        facts.home(
            questions=(),
            projects=(facts.PROJECT, replace(facts.PROJECT, numbers=None, running=1)),
            projects_more=4,
            standups=(refused, facts.my_standup(5, refused="weird")),
        ),
        "/lab",
    )
    said = read(view)
    assert "2 things wait for you." in said
    assert "Slack takes nothing of Fraud in C1: is_archived. The channel is archived" in said
    assert "weird. On the bot's machine, labmate doctor tells more." in said
    assert (
        "Card fraud alerts (FRAUD)\nDevelopment · 3 experiments running · baseline 41, best 53.8, "
        "needed 60 of 100 [Open]"
    ) in said
    assert "Development · 1 experiment running [Open]" in said
    assert "4 more projects: /lab list" in said


answered: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {"answered": True}, facts.PENDING]
)


@settings(max_examples=30, deadline=None)
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


def test_what_is_left_is_said_when_nothing_is() -> None:
    assert "Thank you, that is everything." in read(waiting.update([]))
    assert "No standup asks you at the moment." in read(waiting.nothing_to_answer())


def test_an_open_incident_waits_for_who_sees_to_it() -> None:
    said = read(home.page(facts.home(questions=(), incidents=(facts.INCIDENT,)), "/lab"))
    assert "1 thing waits for you." in said
    since = f"since {facts.INCIDENT.since.day} {facts.INCIDENT.since:%b}, not over yet"
    assert f"De-duplication: an incident\n{since} [Say how it stands]" in said
