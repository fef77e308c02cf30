"""Which right every command, click and form asks for: the table behind docs/permissions.md.

`python -m handlers.rights > docs/permissions.md` writes the page; a test keeps it true, and another one
tries every line with somebody who may and somebody who may not.
"""

from collections.abc import Mapping
from enum import StrEnum

from handlers import rights_reviews
from handlers.ids import Click, Form, Shortcut
from handlers.right import Free, Right
from models.domain.permissions import ALLOWED, Action, Tie

VERBS: Mapping[str, Right] = {
    "": Free.READ,
    "help": Free.READ,
    "list": Free.READ,
    "show": Free.READ,
    "find": Free.READ,
    "digest": Free.READ,
    "status": Free.READ,
    "decide": Action.DECIDE,
    "review": Free.READ,
    "conclude": Free.OWN,
    "new": Action.ADD_HYPOTHESIS,
    "project": Free.READ,
    "gaps": Free.READ,
    "standup": Action.SET_UP_STANDUP,
    "score": Free.READ,
    "explain": Free.READ,
    "update": Free.OWN,
    "settings": Free.OWN,
    "export": Free.OWN,
}
"""`/lab standup` is read where the channel has one; setting one up is asked for where it has none."""

CLICKS: Mapping[str, Right] = {
    Click.MENU_NEW: Action.ADD_HYPOTHESIS,
    Click.MENU_LIST: Free.READ,
    Click.MENU_STANDUP: Action.SET_UP_STANDUP,
    Click.MENU_PROJECT: Free.READ,
    Click.PROJECT_NEW: Action.START_PROJECT,
    Click.PROJECT_PAGE: Free.READ,
    Click.PROJECT_ROLES: Free.READ,
    Click.CHARTER: Free.READ,
    Click.CHARTER_TOPIC: Free.READ,
    Click.GOVERNANCE: Free.READ,
    Click.GAPS: Free.READ,
    Click.PROJECT_GOAL: Action.CHANGE_PROJECT,
    Click.PROJECT_PLAN: Action.CHANGE_PROJECT,
    Click.PROJECT_STAGE: Action.MOVE_STAGE,
    Click.PROJECT_STATUS: Action.CHANGE_PROJECT,
    Click.PROJECT_ROLE: Action.CHANGE_PROJECT,
    Click.GOVERNANCE_TRACK: Action.CHANGE_PROJECT,
    Click.THRESHOLDS: Action.CHANGE_PROJECT,
    Click.GAP_FILL: Action.CHANGE_PROJECT,
    Click.EXPECTATIONS_SEND: Action.CHANGE_PROJECT,
    Click.EXPECTATIONS_READ: Free.OWN,
    Click.MENU_HELP: Free.READ,
    Click.MENU_FIND: Free.READ,
    Click.FIND_PAGE: Free.READ,
    Click.FIND_PAGE_MORE: Free.READ,
    Click.HYPOTHESIS_BACK: Free.OWN,
    Click.MENU_DIGEST: Free.READ,
    Click.ANSWER: Free.OWN,
    Click.NO_CHANGE: Free.OWN,
    Click.CONCLUDE: Free.OWN,
    Click.MORE: Free.READ,
    Click.DOING_ELSE: Free.OWN,
    Click.SHOW: Free.READ,
    Click.NOT_NOW: Free.OWN,
    Click.TO_THREAD: Action.TAKE_TO_THREAD,
    Click.NEW_HYPOTHESIS: Action.ADD_HYPOTHESIS,
    Click.HYPOTHESIS_PROJECT: Free.READ,
    Click.UPDATE: Free.OWN,
    Click.BLOCKER_ON_IT: Free.OWN,
    Click.BLOCKER_CLEARED: Free.OWN,
    Click.BLOCKER_TAKE: Free.OWN,
    Click.BLOCKER_NOT_ME: Free.OWN,
    Click.BLOCKERS: Free.READ,
    Click.BLOCKERS_TURN: Free.READ,
    Click.BLOCKER_RAISE: Action.RAISE_BLOCKER,
    Click.BLOCKER_UPDATE: Free.OWN,
    Click.SCOPE_CHANGE: Action.CHANGE_SCOPE,
    Click.SCOPE_CONFIRM: Free.OWN,
    Click.SCOPE_SHOW: Free.READ,
    Click.CHRONICLE: Free.READ,
    Click.CHRONICLE_TURN: Free.READ,
    Click.NUMBER_CONFIRM: Free.OWN,
    Click.NUMBER_DOUBT: Free.OWN,
    Click.NUMBERS_PAGE: Free.READ,
    Click.METRIC_ADD: Action.CHANGE_BENCHMARK,
    Click.METRIC_CHANGE: Action.CHANGE_BENCHMARK,
    Click.ACCEPTANCE_CHANGE: Action.CHANGE_BENCHMARK,
    Click.BENCHMARK_NEW: Action.CHANGE_BENCHMARK,
    Click.AGREE_BUSINESS: Action.AGREE_AS_PM,
    Click.AGREE_MAKERS: Action.AGREE_AS_TECHNICAL,
    **dict.fromkeys((Click.LIVE_VALUE, Click.PARITY), Action.ADD_NUMBER),
    Click.NUMBER_FULL: Action.ADD_NUMBER,
    Click.NUMBER_MORE: Action.ADD_NUMBER,
    Click.MEASURED: Free.READ,
    Click.MEASURED_ASIDE: Action.SET_NUMBER_ASIDE,
    Click.MEASURED_CONFIRM: Free.OWN,
    Click.SCORE_PAGE: Free.READ,
    Click.SCORE_REVEAL: Free.OWN,
    Click.SCORE_AGAIN: Free.READ,
    Click.SCORE_LIST: Free.READ,
    Click.CONFIDENCE: Action.SAY_CONFIDENCE,
    Click.CHART: Free.READ,
    Click.PORTFOLIO_CHART: Free.READ,
    Click.WORTH: Free.READ,
    Click.WORTH_POINTS: Action.CHANGE_PROJECT,
    Click.WORTH_CASES: Action.CHANGE_PROJECT,
    Click.HOME_PAGE: Free.READ,
    Click.SHOW_EXPERIMENT: Free.READ,
    Click.LIST_PAGE: Free.READ,
    Click.CONCLUDE_WHICH: Action.CHANGE_EXPERIMENT,
    Click.EXPERIMENT_START: Action.CHANGE_EXPERIMENT,
    Click.EXPERIMENT_RESUME: Action.CHANGE_EXPERIMENT,
    Click.EXPERIMENT_NUMBER: Action.ADD_NUMBER,
    Click.EXPERIMENT_CONCLUDE: Action.CHANGE_EXPERIMENT,
    Click.EXPERIMENT_FOLLOW_UP: Action.ADD_HYPOTHESIS,
    Click.EXPERIMENT_MORE: Action.CHANGE_EXPERIMENT,
    Click.SETTINGS: Free.OWN,
    Click.ERASE: Free.OWN,
    Click.EXPORT: Free.OWN,
    Click.EXPORT_OWN: Free.OWN,
    Click.EXPORT_CSV: Action.EXPORT_WORKSPACE,
    Click.EXPORT_JSONL: Action.EXPORT_WORKSPACE,
    Click.STANDUP_PAGE: Free.READ,
    Click.STANDUP_NEW: Action.SET_UP_STANDUP,
    Click.STANDUP_CHANGE: Action.CHANGE_STANDUP,
    Click.STANDUP_MOVE: Action.CHANGE_STANDUP,
    Click.STANDUP_RUN_NOW: Action.CHANGE_STANDUP,
    Click.STANDUP_PAUSE: Action.CHANGE_STANDUP,
    Click.STANDUP_RESUME: Action.CHANGE_STANDUP,
    Click.STANDUP_END: Action.CHANGE_STANDUP,
    Click.QUESTIONS: Action.CHANGE_STANDUP,
    Click.DIGEST_SCHEDULE: Action.SCHEDULE_DIGEST,
    Click.DIGEST_POST: Action.SCHEDULE_DIGEST,
    Click.DIGEST_STOP: Action.SCHEDULE_DIGEST,
    Click.LEADERS_DRAFT: Free.READ,
    Click.LEADERS_NOTE: Action.CHANGE_PROJECT,
    Click.FINDING_ASK: Action.ASK_OWNER,
    Click.FINDING_NUMBER: Action.ADD_NUMBER,
    Click.FINDING_CONCLUDE: Action.CHANGE_EXPERIMENT,
    Click.FINDING_EXTEND: Action.CHANGE_EXPERIMENT,
    Click.FINDING_CLEARED: Free.OWN,
    Click.FINDING_ESCALATE: Action.CALL_FOR_HELP,
    Click.FINDING_NEW: Action.ADD_HYPOTHESIS,
    Click.FINDING_REMIND: Action.REMIND,
    Click.FINDING_SNOOZE: Action.PUT_OFF,
    Click.FINDING_MORE: Free.READ,
    **rights_reviews.CLICKS,
}

FORMS: Mapping[str, Right] = {
    Form.PROJECT: Action.START_PROJECT,
    Form.PROJECT_GOAL: Action.CHANGE_PROJECT,
    Form.PROJECT_PLAN: Action.CHANGE_PROJECT,
    Form.PROJECT_STAGE: Action.MOVE_STAGE,
    Form.PROJECT_ROLE: Action.CHANGE_PROJECT,
    Form.CHARTER: Action.CHANGE_PROJECT,
    Form.GOVERNANCE: Action.CHANGE_PROJECT,
    Form.THRESHOLDS: Action.CHANGE_PROJECT,
    Form.HYPOTHESIS: Action.ADD_HYPOTHESIS,
    Form.TRIED_BEFORE: Action.ADD_HYPOTHESIS,
    Form.FIND: Free.READ,
    Form.STANDUP: Action.CHANGE_STANDUP,
    Form.MOVE: Action.CHANGE_STANDUP,
    Form.ANSWER: Free.OWN,
    Form.CONCLUSION: Free.OWN,
    Form.SETTINGS: Free.OWN,
    Form.ERASE: Free.OWN,
    Form.NOT_NOW: Free.OWN,
    Form.QUESTIONS: Action.CHANGE_STANDUP,
    Form.BLOCKER_OWNER: Free.OWN,
    Form.BLOCKER_RAISE: Action.RAISE_BLOCKER,
    Form.BLOCKER_UPDATE: Free.OWN,
    Form.SCOPE_CHANGE: Action.CHANGE_SCOPE,
    Form.SET_ASIDE: Free.OWN,
    Form.DIGEST: Action.SCHEDULE_DIGEST,
    Form.LEADERS_NOTE: Action.CHANGE_PROJECT,
    Form.SNOOZE: Action.PUT_OFF,
    Form.NUMBER: Action.ADD_NUMBER,
    Form.CONCLUDE_NOW: Action.CHANGE_EXPERIMENT,
    Form.EXTEND: Action.CHANGE_EXPERIMENT,
    Form.ESCALATE: Action.CALL_FOR_HELP,
    Form.EXPERIMENT_MOVE: Action.CHANGE_EXPERIMENT,
    Form.METRIC_ADD: Action.CHANGE_BENCHMARK,
    Form.METRIC_CHANGE: Action.CHANGE_BENCHMARK,
    Form.ACCEPTANCE: Action.CHANGE_BENCHMARK,
    Form.BENCHMARK: Action.CHANGE_BENCHMARK,
    **dict.fromkeys((Form.NUMBER_FULL, Form.NUMBER_LISTED, Form.PARITY), Action.ADD_NUMBER),
    Form.MEASURED_ASIDE: Action.SET_NUMBER_ASIDE,
    Form.SCORE: Action.SCORE_BENEFIT,
    Form.CONFIDENCE: Action.SAY_CONFIDENCE,
    Form.WORTH_POINTS: Action.CHANGE_PROJECT,
    Form.WORTH_CASES: Action.CHANGE_PROJECT,
    **rights_reviews.FORMS,
}

SHORTCUTS: Mapping[str, Right] = {
    Shortcut.NEW_HYPOTHESIS: Action.ADD_HYPOTHESIS,
    Shortcut.LOG_HYPOTHESIS: Action.ADD_HYPOTHESIS,
    Shortcut.RECORD_DECISION: Free.READ,
}
"""“Record decision” shows a form only; its project is chosen there, and asked for when it is sent."""

INTRODUCTION = """# Who may do what

This page is written by `python -m handlers.rights`; a test compares it with the code. Every click, form and
command is checked again when it arrives, whatever was shown before: a button or a form that somebody kept
open gives no right. Who is refused is told who may, and whom to ask.

- **Guests and people from other companies** read the projects that they belong to, and no others: {ties}.
  They answer the standups that they are asked in, and change nothing else.
- **An admin** is an owner or admin of the Slack workspace. Where none is known yet, it is whoever starts the
  first project or standup; the last one that is known stays one until there is another.
- **Everybody** reads the whole record, and adds hypotheses and what is in the way.

| What | Who |
|---|---|"""


def page() -> str:
    """docs/permissions.md."""
    lines = [INTRODUCTION.format(ties="; ".join(tie.value for tie in Tie))]
    lines += [f"| {_start(action)} | {_list(ALLOWED[action])} |" for action in Action]
    lines += ["", "## Every command, click and form", "", "| | asks for |", "|---|---|"]
    lines += [f"| `{f'/lab {verb}'.strip()}` | {right.value} |" for verb, right in VERBS.items()]
    lines += [f"| click `{name}` | {right.value} |" for name, right in CLICKS.items()]
    lines += [f"| form `{name}` | {right.value} |" for name, right in FORMS.items()]
    lines += [f"| shortcut `{name}` | {right.value} |" for name, right in SHORTCUTS.items()]
    return "\n".join(lines) + "\n"


def _start(action: Action) -> str:
    return action.value[0].upper() + action.value[1:]


def _list(people: tuple[StrEnum, ...]) -> str:
    return ", ".join(person.value for person in people)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  (its output is the page)
