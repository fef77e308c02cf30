"""The App Home: what waits for a person, their experiments, their standups, their settings."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.views import View

from handlers.blocks import home_asks, incidents, words
from handlers.blocks.countries import country_words
from handlers.blocks.document import Bold, Channel, Document, Span, button
from handlers.blocks.setup import OTHERWISE, WHAT_TO_DO
from handlers.blocks.text import shortened
from handlers.blocks.waiting import add_question
from handlers.ids import Click
from models.domain.cadence import WEEKDAYS, WORKDAYS
from models.domain.experiment import Status
from models.domain.facts_home import (
    HomeFacts,
    MyExperiment,
    MyProject,
    MyReview,
    MyStandup,
    Settings,
)
from models.domain.stages import LABEL

MOST_QUESTIONS = 3
MOST_EXPERIMENTS = 3
"""Questions, and experiments of each, among what waits; more of them behind `Show all`."""


def page(facts: HomeFacts, command: str) -> dict[str, Any]:
    """The whole Home; under a hundred blocks, whatever there is."""
    document = Document().heading(f"{facts.now:%A}, {facts.now.day} {facts.now:%B}")
    document.paragraph(*_today(facts))
    _waiting(document, facts)
    _experiments(document, facts)
    _reviews(document, facts.reviews)
    _team(document, facts, command)
    _settings(document, facts.settings, facts.now.strftime("%H:%M"))
    document.context(f"Everything here can be typed as well: {command} help")
    return _home(document, str(facts.mine.offset))


def trouble(sentence: str) -> dict[str, Any]:
    """What stands there when it could not be read."""
    return _home(Document().paragraph(Bold("That did not work. "), sentence), "")


def _home(document: Document, metadata: str) -> dict[str, Any]:
    return View(type="home", private_metadata=metadata, blocks=document.blocks()).to_dict()


def _count(facts: HomeFacts) -> int:
    asked = sum(
        sum(one.waits for one in question.experiments) or not question.experiments
        for question in facts.due
    )
    others = (facts.owed, facts.incidents, facts.blockers, facts.notices, facts.refused)
    return asked + sum(map(len, others))


def _today(facts: HomeFacts) -> list[Span]:
    count = _count(facts)
    if count:
        waits = "thing waits" if count == 1 else "things wait"
        return [Bold(f"{count} {waits} for you.")]
    return [Bold("Nothing waits for you. "), _next(facts)]


def _next(facts: HomeFacts) -> str:
    if facts.next_question is None:
        day = facts.answered_early
        if day is None:
            return "No standup will ask you."
        return f"Your answer for {day:%A}, {words.short_day(day)} is in already."
    at, _ = facts.next_question
    return f"Next question: {at:%A}, {words.short_day(at)} at {at:%H:%M}."


def _waiting(document: Document, facts: HomeFacts) -> None:
    due = facts.due
    if _count(facts):
        document.heading("Waiting for you")
    for question in due[:MOST_QUESTIONS]:
        add_question(document, question, most=MOST_EXPERIMENTS, named=len(due) > 1)
    for one in facts.owed:
        document.row(
            f"{one.key} · {shortened(one.title, 120)}\nWhat should the team remember?",
            button("Finish concluding", Click.CONCLUDE, f"{one.prompt_id}:{one.experiment_id}"),
        )
    for incident in facts.incidents:
        incidents.add_mine(document, incident)
    for blocker in facts.blockers:
        home_asks.blocker(document, blocker)
    for notice in facts.notices:
        home_asks.notice(document, notice)
    for standup in facts.refused:
        _refused(document, standup)
    _further(document, facts)


def _further(document: Document, facts: HomeFacts) -> None:
    """What didn't fit, or that nothing is due and one may answer early."""
    due = facts.due
    several = len(due) > MOST_QUESTIONS or any(
        len(question.experiments) > MOST_EXPERIMENTS for question in due
    )
    if several:
        document.actions("all", [button("Show all", Click.UPDATE)])
    elif not due and facts.next_question is not None:
        document.actions("early", [button("Answer early", Click.UPDATE)])
    elif not due and facts.answered_early is not None:
        document.actions("early", [button("Change it", Click.UPDATE)])


def _refused(document: Document, standup: MyStandup) -> None:
    """What Slack would not take, told to who can mend it (design §4-3)."""
    error = standup.refused or ""
    document.paragraph(
        Bold(f"Slack takes nothing of {shortened(standup.name, 80)} in "),
        Channel(standup.channel_id),
        f": {shortened(error, 100)}. {WHAT_TO_DO.get(error, OTHERWISE)}",
    )


def _experiments(document: Document, facts: HomeFacts) -> None:
    mine = facts.mine
    document.divider().heading(
        f"Your experiments ({mine.total})" if mine.total else "Your experiments"
    )
    for one in mine.rows:
        document.row(_experiment(one), button("Show", Click.SHOW_EXPERIMENT, one.key))
    if not mine.rows:
        document.paragraph("None is open. What do you believe, and what would show it?")
    controls = [button("New hypothesis", Click.NEW_HYPOTHESIS)]
    end = mine.offset + len(mine.rows)
    if end < mine.total:
        controls.append(button(f"Show {mine.total - end} more", Click.HOME_PAGE, str(end)))
    elif mine.offset:
        controls.append(button("Back to the first", Click.HOME_PAGE, "0"))
    document.actions("mine", controls)


def _experiment(one: MyExperiment) -> str:
    state = [words.day_words(one.day, one.timebox)]
    if one.pending is not None:
        state = [f"{one.pending.label.lower()}, not concluded yet"]
    elif one.status is Status.PAUSED:
        until = f", goes on {words.short_day(one.paused_until)}" if one.paused_until else ""
        state = [f"paused{until}"]
    if one.criterion:
        state.append(words.goal_words(one.criterion))
    if one.numbers and (one.criterion is None or one.criterion.is_primary):
        state.append(words.best_words(one.numbers))
    return (
        f"{one.key} · {shortened(one.title, 120)}\n"
        f"{shortened(one.project_name, 80)} · {' · '.join(state)}"
    )


def _reviews(document: Document, reviews: Sequence[MyReview]) -> None:
    if not reviews:
        return
    document.divider().heading("Your reviews")
    for one in reviews:
        part = "you lead it" if one.leads else "you take part"
        opens = "" if one.is_open else ", not open yet"
        document.row(
            f"{one.kind.label} of {shortened(one.project_name, 80)}\n"
            f"due {words.short_day(one.due)}{opens} · {part}",
            button("Open", Click.REVIEW_SEE, str(one.review_id)),
        )


def _team(document: Document, facts: HomeFacts, command: str) -> None:
    """The projects that this person is in, with where they stand, and their standups."""
    document.divider().heading("Your team")
    if not facts.projects:
        document.paragraph("You have a part in no project that is in work.")
    for project in facts.projects:
        document.row(_project(project), button("Open", Click.PROJECT_PAGE, str(project.project_id)))
    if facts.projects_more:
        document.context(f"{words.count_of(facts.projects_more, 'more project')}: {command} list")
    _standups(document, facts)


def _project(project: MyProject) -> str:
    stands = f" · {words.three_numbers(project.numbers)}" if project.numbers else ""
    running = words.count_of(project.running, "experiment") + " running"
    return (
        f"{shortened(project.name, 80)} ({project.key})\n{LABEL[project.stage]} · {running}{stands}"
    )


def _standups(document: Document, facts: HomeFacts) -> None:
    for standup in facts.standups:
        document.paragraph(*_standup(standup))
        document.actions(
            f"standup_{standup.ceremony_id}",
            [button("Open", Click.STANDUP_PAGE, str(standup.ceremony_id))],
        )
    if facts.standups_more:
        document.context(f"{facts.standups_more} more: type the command in their channels")
    if not facts.standups:
        document.paragraph("You are in no standup yet.")
    document.actions(
        "set_up",
        [
            *([] if facts.projects else [button("New project", Click.PROJECT_NEW)]),
            button("All projects", Click.MENU_PROJECT),
            button("Set up a standup", Click.STANDUP_NEW),
        ],
    )


def _standup(standup: MyStandup) -> list[Span]:
    when = f"{words.named_days(standup.days)} at {standup.local_time}"
    if standup.paused:
        then = "paused"
    elif standup.next_at is not None:
        then = f"asks you next on {standup.next_at:%A}, {words.short_day(standup.next_at)}"
        then += f" at {standup.next_at:%H:%M}"
    elif standup.next_day is not None:
        then = f"next: {standup.next_day:%A}, {words.short_day(standup.next_day)}"
        then += "" if standup.works or not standup.asked else ", you are not at work"
    else:
        then = "not planned yet"
    part = "" if standup.asked else " · you are not asked"
    return [
        Bold(shortened(standup.name, 80)),
        " in ",
        Channel(standup.channel_id),
        f"\n{when} · {then}{part}",
    ]


def _settings(document: Document, settings: Settings, now: str) -> None:
    document.divider().heading("Your settings")
    at = f"{settings.ask_time:%H:%M}" if settings.ask_time else "at each standup's own time"
    days = [day for day in WEEKDAYS if day in settings.workdays]
    lines = [
        f"Asked: {at}",
        f"Time zone: {settings.tz}, {now} now (follows Slack)",
        f"Working days: {_days(days)}",
        f"Public holidays: {country_words(settings.country)}",
    ]
    if not settings.nudges:
        lines.append("Reminders between standups: muted")
    if settings.away_from and settings.away_to:
        span = f"{words.short_day(settings.away_from)} to {words.short_day(settings.away_to)}"
        lines.append(f"Away: {span}")
    document.paragraph("\n".join(lines))
    document.actions(
        "settings", [button("Change", Click.SETTINGS), button("Help", Click.MENU_HELP)]
    )


def _days(days: Sequence[str]) -> str:
    """“Monday to Friday”, or the days by name."""
    return "Monday to Friday" if list(days) == WORKDAYS.split(",") else words.named_days(days)
