"""The App Home: what waits for a person, their experiments, their standups, their settings."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.views import View

from handlers.blocks import words
from handlers.blocks.countries import country_words
from handlers.blocks.document import Bold, Channel, Document, Span, button
from handlers.blocks.text import shortened
from handlers.blocks.waiting import add_question
from handlers.ids import Click
from models.domain.cadence import WEEKDAYS, WORKDAYS
from models.domain.facts_home import (
    HomeFacts,
    MyBlocker,
    MyExperiment,
    MyNotice,
    MyStandup,
    Settings,
)

MOST_QUESTIONS = 4
MOST_EXPERIMENTS = 3
"""Questions, and experiments of each, among what waits; more of them behind `Show all`."""


def page(facts: HomeFacts, command: str) -> dict[str, Any]:
    """The whole Home; under a hundred blocks, whatever there is."""
    document = Document().heading(f"{facts.now:%A}, {facts.now.day} {facts.now:%B}")
    document.paragraph(*_today(facts))
    _waiting(document, facts)
    _experiments(document, facts)
    _standups(document, facts)
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
    return asked + len(facts.owed) + len(facts.blockers) + len(facts.notices)


def _notice(document: Document, notice: MyNotice) -> None:
    """A second look that is wanted, or a question how something stands; in the messages, too."""
    named = f"{notice.key} · {shortened(notice.title, 120)}"
    if notice.measurement_id is not None:
        document.paragraph("A number wants a second look: ", Bold(named))
        value = str(notice.measurement_id)
        buttons = [
            button("Confirm", Click.NUMBER_CONFIRM, value, style="primary"),
            button("Not so fast", Click.NUMBER_DOUBT, value),
        ]
    else:
        document.paragraph("Somebody would like to know how it stands: ", Bold(named))
        value = f"0|experiment:{notice.experiment_id}|silent"
        buttons = [
            button("Add a number", Click.FINDING_NUMBER, value, style="primary"),
            button("Conclude", Click.FINDING_CONCLUDE, value),
        ]
    document.actions(f"notice_{notice.experiment_id}_{notice.measurement_id or 0}", buttons)


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
    for blocker in facts.blockers:
        _blocker(document, blocker)
    for notice in facts.notices:
        _notice(document, notice)
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


def _blocker(document: Document, blocker: MyBlocker) -> None:
    since = f", open for {words.count_of(blocker.days, 'working day')}" if blocker.days else ""
    document.paragraph(
        Bold(f"{shortened(blocker.raised_by, 60)} needs "),
        f"{shortened(blocker.text, 300)} ({shortened(blocker.project_name, 80)}, "
        f"{blocker.kind.label.lower()}{since}). Can you clear it?",
    )
    value = str(blocker.blocker_id)
    controls = [
        button("It's cleared", Click.BLOCKER_CLEARED, value),
        button("Not me", Click.BLOCKER_NOT_ME, value),
    ]
    if not blocker.acknowledged:
        controls.insert(0, button("I'm on it", Click.BLOCKER_ON_IT, value, style="primary"))
    document.actions(f"blocker_{value}", controls)


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
    elif one.status == "paused":
        state = ["paused"]
    if one.criterion:
        state.append(words.goal_words(one.criterion))
    if one.numbers and (one.criterion is None or one.criterion.is_primary):
        state.append(words.best_words(one.numbers))
    return (
        f"{one.key} · {shortened(one.title, 120)}\n"
        f"{shortened(one.project_name, 80)} · {' · '.join(state)}"
    )


def _standups(document: Document, facts: HomeFacts) -> None:
    document.divider().heading("Standups")
    for standup in facts.standups:
        document.paragraph(*_standup(standup))
        document.actions(
            f"standup_{standup.ceremony_id}",
            [button("Open", Click.STANDUP_PAGE, str(standup.ceremony_id))],
        )
    if facts.standups_more:
        document.context(f"{facts.standups_more} more: type the command in their channels")
    if not facts.standups:
        document.paragraph("You are in none yet.")
    document.actions("set_up", [button("Set up a standup", Click.STANDUP_NEW)])


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
