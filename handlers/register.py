"""The table of contents: every command, click, form and event of Slack's, and the function it leads to."""

import re

from slack_bolt.async_app import AsyncApp

from handlers import (
    blockers,
    chronicle,
    conclude,
    course,
    decision,
    digest,
    erasing,
    experiment,
    experiment_page,
    explain,
    export,
    find,
    gaps,
    home,
    lab,
    listing,
    measured,
    metrics,
    not_now,
    people,
    project,
    project_charter,
    project_parts,
    project_people,
    project_plan,
    questions,
    review,
    review_plan,
    scores,
    settings,
    standup,
    standup_page,
    surprises,
    update,
)
from handlers.deps import Deps
from handlers.doors import Doors
from handlers.errors import answers
from handlers.ids import Click, Form, Shortcut
from handlers.register_charts import charts
from handlers.register_checklists import checklists
from handlers.register_decisions import decisions
from handlers.register_digests import digests
from handlers.register_experiments import experiments
from handlers.register_live import live, scope
from handlers.register_reviews import reviews


def register(app: AsyncApp, deps: Deps) -> None:
    """Bind all listeners; called once, by `bot.app`."""
    bind(Doors(app, deps))
    app.error(answers(deps))


def bind(on: Doors) -> None:
    """The table itself; handlers/rights.py says which right each line asks for."""
    _forms(on)
    _project_forms(on)
    digests(on)
    decisions(on)
    charts(on)
    _commands(on)
    _shortcuts(on)
    _clicks(on)
    _in_the_way(on)
    _at_home(on)
    experiments(on)
    reviews(on)
    _standups(on)
    _findings(on)
    _numbers(on)
    _projects(on)
    _reviews(on)
    scope(on)
    live(on)
    checklists(on)
    _events(on)


def _commands(on: Doors) -> None:
    on.verb("", says=lab.menu)
    on.verb("help", says=lab.help_page)
    on.verb("list", says=listing.say)
    on.verb("find", opens=find.open_page)
    on.verb("show", says=experiment_page.show)
    on.verb("conclude", opens=conclude.open_form)
    on.verb("new", opens=experiment.open_form)
    on.verb("project", opens=project.open_page)
    on.verb("gaps", says=gaps.say)
    on.verb("standup", opens=standup_page.open_channel)
    on.verb("update", prepares=update.open_one)
    on.verb("settings", opens=settings.open_form)
    on.verb("export", opens=export.open_choice)
    on.verb("review", opens=review_plan.open_list)
    on.verb("decide", opens=decision.open_verb)
    on.verb("explain", says=explain.say)
    on.verb("score", opens=scores.open_score)
    on.any_other_verb(says=lab.nearest)


def _shortcuts(on: Doors) -> None:
    on.shortcut(Shortcut.NEW_HYPOTHESIS, opens=experiment.open_form)
    on.shortcut(Shortcut.LOG_HYPOTHESIS, opens=experiment.log_message)


def _clicks(on: Doors) -> None:
    on.click(Click.MENU_NEW, opens=experiment.open_form)
    on.click(Click.MENU_FIND, opens=find.open_form)
    on.click(Click.MENU_LIST, says=listing.say)
    on.click(Click.MENU_STANDUP, opens=standup_page.open_channel)
    on.click(Click.MENU_PROJECT, opens=project.choose)
    on.click(Click.MENU_HELP, says=lab.help_page)

    on.click(Click.ANSWER, opens=standup.open_answer)
    on.click(Click.NO_CHANGE, stores=standup.no_change, then=update.what_is_left)
    on.click(Click.CONCLUDE, opens=standup.open_conclusion)
    on.click(Click.MORE, opens=standup.show_more)
    on.click(Click.DOING_ELSE, stores=standup.doing_else, then=update.what_is_left)
    on.click(Click.SHOW, opens=standup.show_all)
    on.click(Click.NOT_NOW, opens=not_now.open_form)
    on.click(Click.TO_THREAD, stores=standup.take_to_thread)
    on.click(Click.NEW_HYPOTHESIS, opens=experiment.open_form)
    on.modal(Click.FIND_PAGE, updates=find.turn)
    on.modal(Click.FIND_PAGE_MORE, updates=find.turn)
    on.modal(Click.HYPOTHESIS_BACK, updates=experiment.back)
    on.modal(Click.HYPOTHESIS_PROJECT, updates=experiment.choose_project)
    on.modal(Click.UPDATE, prepares=update.open_one)

    on.click(Click.NUMBER_CONFIRM, stores=surprises.confirm)
    on.click(Click.NUMBER_DOUBT, opens=surprises.doubt)


def _in_the_way(on: Doors) -> None:
    on.click(Click.BLOCKER_ON_IT, stores=blockers.on_it)
    on.click(Click.BLOCKER_CLEARED, stores=blockers.cleared)
    on.click(Click.BLOCKER_TAKE, stores=blockers.take)
    on.click(Click.BLOCKER_NOT_ME, opens=blockers.not_me)
    on.click(Click.BLOCKERS, opens=blockers.page)
    on.modal(Click.BLOCKERS_TURN, updates=blockers.page)
    on.click(Click.BLOCKER_RAISE, opens=blockers.open_raise)
    on.click(Click.BLOCKER_UPDATE, opens=blockers.open_update)
    on.click(Click.CHRONICLE, opens=chronicle.page)
    on.modal(Click.CHRONICLE_TURN, updates=chronicle.page)


def _at_home(on: Doors) -> None:
    on.opens_home(turns=Click.HOME_PAGE, page=home.page, notes=home.opened)
    on.click(Click.SETTINGS, opens=settings.open_form)
    on.click(Click.ERASE, opens=erasing.open_form)
    on.click(Click.EXPORT, opens=export.open_choice)
    on.click(Click.EXPORT_OWN, stores=export.own, then=export.on_its_way)
    on.click(Click.EXPORT_CSV, stores=export.whole_as_csv, then=export.on_its_way)
    on.click(Click.EXPORT_JSONL, stores=export.whole_as_json_lines, then=export.on_its_way)


def _standups(on: Doors) -> None:
    on.click(Click.STANDUP_PAGE, opens=standup_page.page)
    on.click(Click.STANDUP_NEW, opens=standup_page.open_setup)
    on.click(Click.STANDUP_CHANGE, opens=standup_page.open_change)
    on.click(Click.STANDUP_MOVE, opens=standup_page.open_move)
    on.click(Click.STANDUP_RUN_NOW, stores=standup_page.run_now, then=standup_page.page)
    on.click(Click.STANDUP_PAUSE, stores=standup_page.pause, then=standup_page.page)
    on.click(Click.STANDUP_RESUME, stores=standup_page.resume, then=standup_page.page)
    on.click(Click.STANDUP_END, stores=standup_page.end, then=standup_page.page)
    on.click(Click.QUESTIONS, opens=questions.open_form)


def _findings(on: Doors) -> None:
    on.click(Click.FINDING_ASK, stores=course.ask_owner)
    on.click(Click.FINDING_NUMBER, opens=course.open_number)
    on.click(Click.FINDING_CONCLUDE, opens=course.open_conclusion)
    on.click(Click.FINDING_EXTEND, opens=course.open_extension)
    on.click(Click.FINDING_CLEARED, stores=course.cleared, then=digest.open_more)
    on.click(Click.FINDING_ESCALATE, opens=course.open_escalation)
    on.click(Click.FINDING_NEW, opens=course.open_new)
    on.click(Click.FINDING_SNOOZE, opens=digest.open_snooze)
    on.click(Click.FINDING_MORE, opens=digest.open_more)


def _numbers(on: Doors) -> None:
    on.click(Click.NUMBERS_PAGE, opens=metrics.open_page)
    on.click(Click.METRIC_ADD, opens=metrics.open_add)
    on.click(Click.METRIC_CHANGE, opens=metrics.open_change)
    on.click(Click.ACCEPTANCE_CHANGE, opens=metrics.open_acceptance)
    on.click(Click.BENCHMARK_NEW, opens=metrics.open_version)
    on.click(Click.AGREE_BUSINESS, stores=metrics.agree_for_business, then=metrics.page)
    on.click(Click.AGREE_MAKERS, stores=metrics.agree_for_makers, then=metrics.page)
    on.click(Click.NUMBER_FULL, opens=measured.open_full)
    on.modal(Click.NUMBER_MORE, updates=measured.open_more)
    on.click(Click.MEASURED, opens=measured.open_list)
    on.click(Click.MEASURED_ASIDE, opens=measured.open_aside)
    on.click(Click.MEASURED_CONFIRM, stores=measured.confirm, then=measured.page)

    on.submit(Form.METRIC_ADD, stores=metrics.add, then=metrics.page, once=True)
    on.submit(Form.METRIC_CHANGE, stores=metrics.change, then=metrics.page)
    on.submit(Form.ACCEPTANCE, stores=metrics.change_acceptance, then=metrics.page)
    on.submit(Form.BENCHMARK, stores=metrics.new_version, then=metrics.page, once=True)
    on.submit(Form.NUMBER_FULL, stores=measured.add, once=True)
    on.submit(Form.NUMBER_LISTED, stores=measured.add, then=measured.page, once=True)
    on.submit(Form.MEASURED_ASIDE, stores=measured.set_aside, then=measured.page)


def _projects(on: Doors) -> None:
    on.modal(Click.PROJECT_NEW, updates=project.open_form)
    on.modal(Click.PROJECT_PAGE, updates=project_parts.page)
    on.modal(Click.PROJECT_ROLES, updates=project_parts.roles)
    on.modal(Click.CHARTER, updates=project_parts.charter)
    on.modal(Click.GOVERNANCE, updates=project_parts.governance)
    on.modal(Click.GAPS, updates=project_parts.gaps_page)
    on.click(Click.PROJECT_GOAL, opens=project_plan.open_goal)
    on.click(Click.PROJECT_PLAN, opens=project_plan.open_plan)
    on.click(Click.PROJECT_STAGE, opens=project_plan.open_move)
    on.click(Click.PROJECT_STATUS, stores=project_plan.set_status, then=project_parts.page)
    on.click(Click.PROJECT_ROLE, opens=project_people.open_role)
    on.click(
        Click.EXPECTATIONS_SEND, stores=project_people.send_expectations, then=project_parts.page
    )
    on.click(Click.EXPECTATIONS_READ, stores=project_people.have_read)
    on.click(Click.CHARTER_TOPIC, opens=project_charter.open_topic)
    on.click(Click.GOVERNANCE_TRACK, opens=project_charter.open_track)
    on.click(Click.THRESHOLDS, opens=project_plan.open_thresholds)
    on.click(Click.GAP_FILL, opens=gaps.fill)


def _reviews(on: Doors) -> None:
    on.click(Click.REVIEW_SEE, opens=review.see)
    on.click(Click.REVIEW_BEGIN, stores=review_plan.begin, then=review.see)
    on.click(Click.REVIEW_CLOSE, opens=review.open_close)


def _forms(on: Doors) -> None:
    on.submit(Form.PROJECT, stores=project.start, once=True)
    on.submit(Form.HYPOTHESIS, stores=experiment.start)
    on.submit(Form.TRIED_BEFORE, stores=experiment.start_anyway)
    on.submit(Form.FIND, stores=find.search)
    on.submit(Form.STANDUP, stores=standup_page.set_up, then=standup_page.after_set_up, once=True)
    on.submit(Form.MOVE, stores=standup_page.move, then=standup_page.page)
    on.submit(Form.ANSWER, stores=standup.answer, then=update.what_is_left)
    on.submit(Form.CONCLUSION, stores=standup.conclude, then=update.what_is_left)
    on.submit(Form.SETTINGS, stores=settings.save)
    on.submit(Form.ERASE, stores=erasing.erase)
    on.submit(Form.NOT_NOW, stores=not_now.store, then=update.what_is_left)
    on.submit(Form.QUESTIONS, stores=questions.reword)
    on.submit(Form.BLOCKER_OWNER, stores=blockers.hand_on)
    on.submit(Form.BLOCKER_RAISE, stores=blockers.raise_one, then=blockers.page, once=True)
    on.submit(Form.BLOCKER_UPDATE, stores=blockers.say_how_it_stands, then=blockers.page)
    on.submit(Form.SET_ASIDE, stores=surprises.set_aside)
    on.submit(Form.SNOOZE, stores=digest.snooze, once=True)
    on.submit(Form.ESCALATE, stores=course.escalate)
    on.submit(Form.REVIEW_CLOSE, stores=review.close)


def _project_forms(on: Doors) -> None:
    on.submit(Form.PROJECT_GOAL, stores=project_plan.describe, then=project_parts.back)
    on.submit(Form.PROJECT_PLAN, stores=project_plan.set_plan, then=project_parts.back)
    on.submit(Form.PROJECT_STAGE, stores=project_plan.move, then=project_parts.back)
    on.submit(Form.PROJECT_ROLE, stores=project_people.set_role, then=project_parts.back)
    on.submit(Form.CHARTER, stores=project_charter.answer, then=project_parts.back)
    on.submit(Form.GOVERNANCE, stores=project_charter.set_track, then=project_parts.back)
    on.submit(Form.THRESHOLDS, stores=project_plan.set_thresholds, then=project_parts.back)


def _events(on: Doors) -> None:
    on.event("user_change", hears=people.changed)
    on.event("member_joined_channel", hears=people.joined)
    on.event("member_left_channel", hears=people.left)
    for kind in ("channel", "group"):
        on.event(f"{kind}_left", hears=people.removed)
        on.event(f"{kind}_archive", hears=people.archived)
        on.event(f"{kind}_unarchive", hears=people.unarchived)
        on.event(f"{kind}_deleted", hears=people.deleted)
        on.event(f"{kind}_rename", hears=people.renamed)
    on.event("app_uninstalled", hears=people.uninstalled)
    on.event("tokens_revoked", hears=people.uninstalled)
    on.event(re.compile(".*"), hears=people.nothing_to_do)
